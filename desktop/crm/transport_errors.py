"""Turns the exceptions of requests and urllib3 into our errors, in one function.

Which error it is depends on whether a byte of the request left, not on the exception's name.
"""

import socket
import ssl
from collections.abc import Callable

import requests
import urllib3.exceptions as transport

from desktop.crm.proxies import Proxy
from desktop.crm.tunnel import ProxyFailed
from desktop.domain.errors import AnswerMissing, CrmError, CrmUnreachable
from desktop.domain.texts import Text

# The first class that fits an exception, or one of its causes, names the sentence, so special classes stand before general ones.
# The library's own text is never shown, because it may hold addresses with their queries.
_SENTENCES: tuple[tuple[type[BaseException], str], ...] = (
    (requests.exceptions.ProxyError, "proxy-failed"),
    (transport.ProxyError, "proxy-failed"),
    (requests.exceptions.SSLError, "connection-insecure"),
    (transport.SSLError, "connection-insecure"),
    (socket.gaierror, "server-name-unknown"),
    (transport.NameResolutionError, "server-name-unknown"),
    (ConnectionRefusedError, "server-refused-connection"),
    (requests.exceptions.ConnectTimeout, "server-did-not-answer"),
    (transport.ConnectTimeoutError, "server-did-not-answer"),
    (requests.exceptions.ReadTimeout, "answer-took-too-long"),
    (transport.ReadTimeoutError, "answer-took-too-long"),
    (transport.TimeoutError, "answer-took-too-long"),
    (TimeoutError, "answer-took-too-long"),
    (transport.IncompleteRead, "answer-cut-short"),
    (transport.InvalidChunkLength, "answer-cut-short"),
    (requests.exceptions.ChunkedEncodingError, "answer-cut-short"),
    (requests.exceptions.ContentDecodingError, "answer-damaged"),
    (transport.DecodeError, "answer-damaged"),
    (ConnectionResetError, "connection-cut"),
    (BrokenPipeError, "connection-cut"),
    (requests.exceptions.ConnectionError, "connection-cut"),
    (requests.exceptions.RequestException, "connection-failed"),
    (transport.HTTPError, "connection-failed"),
    (OSError, "connection-failed"),
)

# OpenSSL's verification codes (X509_V_ERR_*). Each cause has another remedy, so each has its own sentence.
_CERTIFICATES = {
    9: "certificate-not-valid-yet",
    10: "certificate-expired",
    18: "certificate-self-signed",
    19: "certificate-authority-unknown",
    20: "certificate-authority-unknown",
    21: "certificate-authority-unknown",
    62: "certificate-of-another-name",
    64: "certificate-of-another-name",
    66: "certificate-key-weak",
    67: "certificate-key-weak",
    68: "certificate-signature-weak",
}
_UNKNOWN_AUTHORITY = "certificate-not-trusted"
_TOO_LONG = Text("answer-took-too-long")


def as_ours(
    connection: str,
    exc: BaseException,
    *,
    bytes_sent: bool,
    expired: bool,
    proxy: Proxy | None = None,
    advice: Callable[[], Text | None] = lambda: None,
) -> CrmError:
    """Return CrmUnreachable if no byte of the request left this computer, else AnswerMissing, because its fate is open.

    If no direct way out was found, ``advice`` is called and may add a clause. With ``expired`` the call was cut by us.
    """
    words = words_for(exc, proxy, expired=expired)
    if bytes_sent:
        return AnswerMissing(connection, words)
    if words == _TOO_LONG and proxy is not None:
        words = Text("proxy-let-nothing-through", proxy=proxy.place)
    # Without a proxy, the reason may be that the system has one that this program cannot find. A bad certificate shows that
    # there is a way out.
    more = advice() if proxy is None and not _is_certificate(exc) else None
    return CrmUnreachable(connection, words if more is None else Text("trouble-with-advice", trouble=words, advice=more))


def words_for(exc: BaseException, proxy: Proxy | None = None, *, expired: bool = False) -> Text:
    """Return a short clause for people about an exception, or the most telling of its causes."""
    chain = _chain(exc)
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            words = Text(_CERTIFICATES.get(getattr(cause, "verify_code", 0), _UNKNOWN_AUTHORITY))
            # A proxy that looks into the traffic shows a certificate of its own, so it is named.
            return words if proxy is None else Text("certificate-behind-proxy", trouble=words, proxy=proxy.place)
    if proxy is not None and (of_proxy := _words_of_proxy(chain, proxy, expired)) is not None:
        return of_proxy
    return _TOO_LONG if expired else _plain_words(chain)


def _words_of_proxy(chain: list[BaseException], proxy: Proxy, expired: bool) -> Text | None:
    """Return a clause about what the proxy did or prevented; None if it opened the way."""
    failed = next((cause for cause in chain if isinstance(cause, ProxyFailed)), None)
    if failed is not None and failed.status:
        return proxy.complaint(failed)
    if failed is not None or any(isinstance(cause, transport.ProxyError | requests.exceptions.ProxyError) for cause in chain):
        if any(isinstance(cause, ConnectionRefusedError | socket.gaierror | transport.NameResolutionError) for cause in chain):
            return Text("proxy-cannot-be-reached", proxy=proxy.place)
        if expired or any(isinstance(cause, TimeoutError | transport.TimeoutError) for cause in chain):
            return Text("proxy-did-not-answer", proxy=proxy.place)
        return proxy.complaint(ProxyFailed())
    return None


def _is_certificate(exc: BaseException) -> bool:
    return any(isinstance(cause, ssl.SSLError) for cause in _chain(exc))


def _plain_words(chain: list[BaseException]) -> Text:
    for kind, name in _SENTENCES:
        if any(isinstance(cause, kind) for cause in chain):
            return Text(name)
    return Text("connection-failed")


def _chain(exc: BaseException | None) -> list[BaseException]:
    """Return an exception and everything that caused it."""
    # Both libraries hide the cause in other places than __cause__: urllib3 in ``reason``, requests in its arguments.
    chain: list[BaseException] = []
    unseen: list[object] = [exc]
    while unseen:
        cause = unseen.pop()
        if isinstance(cause, BaseException) and cause not in chain:
            chain.append(cause)
            unseen += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
    return chain
