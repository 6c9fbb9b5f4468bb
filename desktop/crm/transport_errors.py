"""The library's exceptions in our words: one function. What left and what did not decides, not the exception's name."""

import socket
import ssl
from collections.abc import Callable

import requests
import urllib3.exceptions as transport

from desktop.crm.proxies import Proxy
from desktop.crm.tunnel import ProxyFailed
from desktop.domain.errors import AnswerMissing, CrmError, CrmUnreachable
from desktop.domain.texts import Text

# The first class that fits an exception, or one of its causes, names the sentence; text of the library may hold addresses.
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
    left: bool,
    expired: bool,
    proxy: Proxy | None = None,
    advice: Callable[[], Text | None] = lambda: None,
) -> CrmError:
    """CrmUnreachable when no byte of the request left this computer, else AnswerMissing: its fate is open.

    ``advice`` is asked, and may add a clause, when a direct way out was not found.
    """
    words = words_for(exc, proxy, expired=expired)
    if left:
        return AnswerMissing(connection, words)
    if words == _TOO_LONG and proxy is not None:
        words = Text("proxy-let-nothing-through", proxy=proxy.place)
    more = advice() if proxy is None and not _is_certificate(exc) else None
    return CrmUnreachable(connection, words if more is None else Text("trouble-with-advice", trouble=words, advice=more))


def words_for(exc: BaseException, proxy: Proxy | None = None, *, expired: bool = False) -> Text:
    """A short clause for people, of the exception or the most telling of its causes; ``expired``: the call was cut by us."""
    chain = _chain(exc)
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            words = Text(_CERTIFICATES.get(getattr(one, "verify_code", 0), _UNKNOWN_AUTHORITY))
            return words if proxy is None else Text("certificate-behind-proxy", trouble=words, proxy=proxy.place)
    if proxy is not None and (of_proxy := _words_of_proxy(chain, proxy, expired)) is not None:
        return of_proxy
    return _TOO_LONG if expired else _plain_words(chain)


def _words_of_proxy(chain: list[BaseException], proxy: Proxy, expired: bool) -> Text | None:
    """What the proxy did, or kept from happening; None when it opened the way."""
    asked = next((one for one in chain if isinstance(one, ProxyFailed)), None)
    if asked is not None and asked.status:
        return proxy.complaint(asked)
    if asked is not None or any(isinstance(one, transport.ProxyError | requests.exceptions.ProxyError) for one in chain):
        if any(isinstance(one, ConnectionRefusedError | socket.gaierror | transport.NameResolutionError) for one in chain):
            return Text("proxy-cannot-be-reached", proxy=proxy.place)
        if expired or any(isinstance(one, TimeoutError | transport.TimeoutError) for one in chain):
            return Text("proxy-did-not-answer", proxy=proxy.place)
        return proxy.complaint(ProxyFailed())
    return None


def _is_certificate(exc: BaseException) -> bool:
    return any(isinstance(one, ssl.SSLError) for one in _chain(exc))


def _plain_words(chain: list[BaseException]) -> Text:
    for kind, name in _SENTENCES:
        if any(isinstance(one, kind) for one in chain):
            return Text(name)
    return Text("connection-failed")


def _chain(exc: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[object] = [exc]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found
