"""The library's exceptions in our words: one function. What left and what did not decides, not the exception's name."""

import socket
import ssl

import requests
import urllib3.exceptions as transport

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
# http.client has no class of its own for a proxy that answers CONNECT with 407.
_TUNNEL_REFUSED_FOR_LOGIN = "Tunnel connection failed: 407"
_PROXY_WANTS_LOGIN = "the proxy wants a login of its own, which Delink cannot give; ask your IT department for a way without one"


def as_ours(connection: str, exc: BaseException, *, left: bool, expired: bool) -> CrmError:
    """CrmUnreachable when no byte of the request left this computer, else AnswerMissing: its fate is open."""
    words = "the answer took too long" if expired else words_for(exc)
    return AnswerMissing(connection, words) if left else CrmUnreachable(connection, words)


def words_for(exc: BaseException) -> str:
    """A short clause for people, of the exception or the most telling of its causes."""
    chain = _chain(exc)
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            return _CERTIFICATE_WORDS.get(getattr(one, "verify_code", 0), _UNKNOWN_AUTHORITY)
    if any(isinstance(one, OSError) and str(one).startswith(_TUNNEL_REFUSED_FOR_LOGIN) for one in chain):
        return _PROXY_WANTS_LOGIN
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
