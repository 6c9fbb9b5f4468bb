"""Fetch the notice with one GET from one https address. Redirects are not followed, and a large answer is refused."""

import http.client
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from desktop import __version__
from desktop.updates.notice import MOST_BYTES

# Short, because a window that is closed meanwhile waits for the answer.
_TIMEOUT_S = 5.0
_TOTAL_S = 10.0
_PIECE = 4096


class NoticeUnreachable(Exception):
    """The notice could not be fetched; the text says why, for the log."""


def fetch_notice(address: str, context: Callable[[], ssl.SSLContext] | None = None) -> bytes:
    """Return what lies at ``address``. ``context`` makes the judge of the server's certificate; by default the system judges.

    Raises NoticeUnreachable.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise NoticeUnreachable("its address is not https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    deadline = time.monotonic() + _TOTAL_S
    connection = http.client.HTTPSConnection(
        parts.hostname, parts.port or 443, timeout=_TIMEOUT_S, context=(context or _system_context)()
    )
    try:
        connection.request("GET", target, headers={"User-Agent": f"Delink/{__version__}", "Accept": "application/json"})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise NoticeUnreachable(f"the server answered {answer.status}")
        return _body_of(answer, deadline)
    except (OSError, http.client.HTTPException) as exc:
        raise NoticeUnreachable(type(exc).__name__) from exc
    finally:
        connection.close()


def _body_of(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    body = b""
    while piece := answer.read1(_PIECE):  # what has arrived, so that the deadline holds for a server that sends byte by byte
        body += piece
        if len(body) > MOST_BYTES:
            raise NoticeUnreachable("the answer is too large")
        if time.monotonic() > deadline:
            raise NoticeUnreachable("the answer took too long")
    return body


def _system_context() -> ssl.SSLContext:
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
