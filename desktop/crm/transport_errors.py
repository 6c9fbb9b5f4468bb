"""The library's exceptions in our words: one function. What left and what did not decides, not the exception's name."""

import socket
import ssl
from collections.abc import Callable

import requests
import urllib3.exceptions as transport

from desktop.crm.proxies import Proxy
from desktop.crm.tunnel import ProxyFailed
from desktop.domain.errors import AnswerMissing, CrmError, CrmUnreachable

# The first class that fits an exception, or one of its causes, gives the words; text of the library may hold addresses.
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (requests.exceptions.ProxyError, "the proxy refused or did not answer"),
    (transport.ProxyError, "the proxy refused or did not answer"),
    (requests.exceptions.SSLError, "no secure connection could be made"),
    (transport.SSLError, "no secure connection could be made"),
    (socket.gaierror, "the name of the server is not known"),
    (transport.NameResolutionError, "the name of the server is not known"),
    (ConnectionRefusedError, "the server refused the connection"),
    (requests.exceptions.ConnectTimeout, "the server did not answer"),
    (transport.ConnectTimeoutError, "the server did not answer"),
    (requests.exceptions.ReadTimeout, "the answer took too long"),
    (transport.ReadTimeoutError, "the answer took too long"),
    (transport.TimeoutError, "the answer took too long"),
    (TimeoutError, "the answer took too long"),
    (transport.IncompleteRead, "the answer was cut short"),
    (transport.InvalidChunkLength, "the answer was cut short"),
    (requests.exceptions.ChunkedEncodingError, "the answer was cut short"),
    (requests.exceptions.ContentDecodingError, "the answer was damaged"),
    (transport.DecodeError, "the answer was damaged"),
    (ConnectionResetError, "the connection was cut"),
    (BrokenPipeError, "the connection was cut"),
    (requests.exceptions.ConnectionError, "the connection was cut"),
    (requests.exceptions.RequestException, "the connection failed"),
    (transport.HTTPError, "the connection failed"),
    (OSError, "the connection failed"),
)

# OpenSSL's verification codes (X509_V_ERR_*). Each cause has another remedy, so each has its own words.
_CERTIFICATE_WORDS = {
    9: "the server's certificate is not valid yet; is this computer's clock right?",
    10: "the server's certificate has expired; is this computer's clock right?",
    18: "the server made its certificate itself",
    19: "the server's certificate comes from an authority that this computer does not know",
    20: "the server's certificate comes from an authority that this computer does not know",
    21: "the server's certificate comes from an authority that this computer does not know",
    62: "the server's certificate belongs to another name",
    64: "the server's certificate belongs to another name",
    66: "the server's certificate has a key that is too weak",
    67: "the server's certificate has a key that is too weak",
    68: "the server's certificate is signed in a way that is too weak",
}
_UNKNOWN_AUTHORITY = "the server's certificate is not trusted by this computer"
_TOO_LONG = "the answer took too long"


def as_ours(
    connection: str,
    exc: BaseException,
    *,
    left: bool,
    expired: bool,
    proxy: Proxy | None = None,
    advice: Callable[[], str] = lambda: "",
) -> CrmError:
    """CrmUnreachable when no byte of the request left this computer, else AnswerMissing: its fate is open.

    ``advice`` is asked, and may add a clause, when a direct way out was not found.
    """
    words = words_for(exc, proxy, expired=expired)
    if left:
        return AnswerMissing(connection, words)
    if words == _TOO_LONG and proxy is not None:
        words = f"nothing came through the proxy {proxy.place} in time"
    more = advice() if proxy is None and not _is_certificate(exc) else ""
    return CrmUnreachable(connection, f"{words}; {more}" if more else words)


def words_for(exc: BaseException, proxy: Proxy | None = None, *, expired: bool = False) -> str:
    """A short clause for people, of the exception or the most telling of its causes; ``expired``: the call was cut by us."""
    chain = _chain(exc)
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            words = _CERTIFICATE_WORDS.get(getattr(one, "verify_code", 0), _UNKNOWN_AUTHORITY)
            return f"{words} (behind the proxy {proxy.place})" if proxy is not None else words
    if proxy is not None and (words := _words_of_proxy(chain, proxy, expired)):
        return words
    return _TOO_LONG if expired else _plain_words(chain)


def _words_of_proxy(chain: list[BaseException], proxy: Proxy, expired: bool) -> str:
    """What the proxy did, or kept from happening; empty when it opened the way."""
    asked = next((one for one in chain if isinstance(one, ProxyFailed)), None)
    if asked is not None and asked.status:
        return proxy.complaint(asked)
    if asked is not None or any(isinstance(one, transport.ProxyError | requests.exceptions.ProxyError) for one in chain):
        if any(isinstance(one, ConnectionRefusedError | socket.gaierror | transport.NameResolutionError) for one in chain):
            return f"the proxy {proxy.place} cannot be reached"
        if expired or any(isinstance(one, TimeoutError | transport.TimeoutError) for one in chain):
            return f"the proxy {proxy.place} did not answer"
        return proxy.complaint(ProxyFailed())
    return ""


def _is_certificate(exc: BaseException) -> bool:
    return any(isinstance(one, ssl.SSLError) for one in _chain(exc))


def _plain_words(chain: list[BaseException]) -> str:
    for kind, words in _WORDS:
        if any(isinstance(one, kind) for one in chain):
            return words
    return "the connection failed"


def _chain(exc: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[object] = [exc]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found
