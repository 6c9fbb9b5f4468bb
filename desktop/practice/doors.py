"""Decide who may call: programs of this computer, but never a web page in the user's browser.

A page can make a browser call any port of this computer. If its own name is made to lead here (DNS rebinding), the call names
that page as its ``Host``; if it posts across, the browser names the page as ``Origin``. So a call must name one of our own
addresses, and may come from no other page. The control interface, which no page of ours uses, accepts no ``Origin`` at all, and
requires a secret in a header that a page cannot send across.
"""

import errno
import hmac
import socket
from collections.abc import Sequence

CONTROL_HEADER = "X-Control-Secret"
_NAMES = ("127.0.0.1", "localhost", "[::1]")
# Errors of a system without IPv6, or without it on the loopback: then nobody else can listen there either.
_NO_IPV6 = frozenset({errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT, errno.ENOPROTOOPT, errno.EINVAL})


def is_own_call(port: int, target: str, hosts: Sequence[str], origins: Sequence[str]) -> bool:
    """True if a call names exactly one of this server's addresses as its host, and comes from no page but the server's own."""
    if len(hosts) != 1 or len(origins) > 1 or not target.startswith("/"):
        return False
    host = hosts[0].strip().lower()
    return host in {f"{name}:{port}" for name in _NAMES} and all(origin.lower() == f"http://{host}" for origin in origins)


def may_control(secret: str, secrets: Sequence[str], origins: Sequence[str]) -> bool:
    """True if a call to the control interface brings its secret once, and comes from no page."""
    return len(secrets) == 1 and not origins and hmac.compare_digest(secrets[0].encode(), secret.encode())


def second_loopback(port: int) -> socket.socket | None:
    """Listen on ``[::1]`` at the same port, so that ``localhost`` leads to nobody else; None without IPv6.

    Raises OSError if another program listens there.
    """
    try:
        listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    except OSError:
        return None
    try:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(("::1", port))
        listener.listen(128)
    except OSError as exc:
        listener.close()
        if exc.errno in _NO_IPV6:
            return None
        raise
    return listener
