"""Asks a proxy for a way to one of Zoho's hosts (CONNECT, RFC 9110 9.3.6), in place of the standard library.

That library throws away the headers of a refusal, and with them the kinds of login that the proxy would take.
"""

import socket
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse

_OK = 200


class ProxyFailed(OSError):
    """The proxy opened no way. ``status`` is that of its answer, 0 without one; ``logins`` are the kinds of login it takes."""

    def __init__(self, status: int = 0, logins: frozenset[str] = frozenset()) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status
        self.logins = logins


def open_tunnel(sock: socket.socket, host: str, port: int, headers: Mapping[str, str]) -> None:
    """Ask the proxy at ``sock`` for a way to ``host``; afterwards the socket leads there. Raises ProxyFailed."""
    place = f"{host}:{port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}", *(f"{name}: {value}" for name, value in headers.items())]
    answer = HTTPResponse(sock, method="CONNECT")
    try:
        sock.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        answer.begin()
    except (OSError, HTTPException) as exc:
        raise ProxyFailed from exc
    finally:
        answer.close()  # closes only the file that was made of the socket
    if answer.status != _OK:
        raise ProxyFailed(answer.status, _kinds(answer.msg.get_all("Proxy-Authenticate") or []))


def _kinds(offers: list[str]) -> frozenset[str]:
    """Return the first word of each offer, in lower case: ``basic``, ``ntlm``, ``negotiate``."""
    return frozenset(word.lower() for offer in offers for word in offer.split()[:1])
