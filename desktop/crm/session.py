"""A conversation over HTTP, built so that nothing happens behind our back.

requests would follow a redirect (turning DELETE into GET), repeat a DELETE on a dropped connection, put a ``.netrc``
password in place of the token, and wait for ever for a server that drips. None of that here: the adapter below its
sessions is used alone, which knows no redirects, cookies or environment (and takes half the time); no retries, the token
in an auth object, one deadline for the whole call, a cap on the answer.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests
import urllib3.exceptions as transport
from requests.auth import AuthBase

from desktop import __version__
from desktop.crm.hosts import is_loopback
from desktop.crm.proxies import automatic_configuration, proxy_of
from desktop.crm.transport_errors import as_ours
from desktop.crm.wire import Wire, WireAdapter
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmUnreachable
from desktop.domain.texts import Text

_log = logging.getLogger(__name__)

ANSWER_CAP = 1024 * 1024
# Servers close idle connections; a removal on one that is just being closed would leave its fate open.
_IDLE_LIMIT_S = 4.0
_PIECE = 16 * 1024
# JSON, or a form.
Body = bytes | Mapping[str, str] | None
_HEADERS = {"User-Agent": f"Delink/{__version__}", "Accept": "application/json", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: to connect, to wait for the next bytes, and for a whole call."""

    connect_s: float = 10.0
    read_s: float = 30.0
    total_s: float = 90.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers (names in lower case) and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class TokenAuth(AuthBase):
    """Puts the token in the header last, so that nothing else can replace it; masks itself when printed."""

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Zoho-oauthtoken {self._access_token}"
        return request

    def __repr__(self) -> str:
        return "TokenAuth(***)"


class Conversation:
    """One HTTP session for one thread: at most one connection, kept alive between calls."""

    def __init__(self, name: str, base_url: str, deadlines: Deadlines, proxies: Mapping[str, str]) -> None:
        self._name = name
        self._base_url = base_url
        self._deadlines = deadlines
        self._proxies = dict(proxies)
        self._proxy = proxy_of(base_url, proxies)
        self._used_at = 0.0
        self._wire = Wire()
        self._adapter = WireAdapter(self._wire)

    def call(self, method: str, target: str, access_token: str, body: bytes | None = None) -> Answer:
        """Make one request (``body`` is JSON) and read its whole answer; nothing is followed or repeated.

        Raises CrmUnreachable (no byte left), AnswerMissing (sent, no whole answer), AnswerNotUnderstood (too large).
        """
        return self._timed(method, target, TokenAuth(access_token), body)

    def post(self, target: str, form: Mapping[str, str]) -> Answer:
        """Send a form in the same way, without a token: its secrets stand in the body. Raises as :meth:`call` does."""
        return self._timed("POST", target, None, form)

    def _timed(self, method: str, target: str, auth: AuthBase | None, body: Body) -> Answer:
        if self._proxy is not None and (objection := self._proxy.objection) is not None:
            raise CrmUnreachable(self._name, objection)
        if time.monotonic() - self._used_at > _IDLE_LIMIT_S:
            self._adapter.close()
        self._wire.start(self._deadlines.total_s)
        started = time.monotonic()
        try:
            answer = self._exchange(method, target, auth, body)
            _log.debug(
                "%s %s: %d in %.0f ms", method, target.partition("?")[0], answer.status, (time.monotonic() - started) * 1e3
            )
            return answer
        except (requests.RequestException, transport.HTTPError, OSError) as exc:
            self._adapter.close()
            left, expired = self._wire.left, self._wire.expired
            raise as_ours(self._name, exc, left=left, expired=expired, proxy=self._proxy, advice=self._advice) from exc
        finally:
            self._wire.end()
            self._used_at = time.monotonic()

    def _advice(self) -> Text | None:
        return None if is_loopback(self._base_url) else automatic_configuration()

    def hang_up(self) -> None:
        """From any thread: cut the call in flight, and make the next one on a connection of its own."""
        self._used_at = float("-inf")
        self._wire.cut()

    def close(self) -> None:
        """Close the connection."""
        self._adapter.close()

    def _exchange(self, method: str, target: str, auth: AuthBase | None, body: Body) -> Answer:
        request = requests.PreparedRequest()
        request.method = method
        request.url = self._base_url + target
        request.prepare_headers(_HEADERS if not isinstance(body, bytes) else {**_HEADERS, "Content-Type": "application/json"})
        if body is not None:
            request.prepare_body(body, None)
        if auth is not None:
            auth(request)
        timeout = (self._deadlines.connect_s, self._deadlines.read_s)
        with self._adapter.send(request, stream=True, timeout=timeout, verify=True, proxies=self._proxies) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, self._body_of(response))

    def _body_of(self, response: requests.Response) -> bytes:
        body = bytearray()
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > ANSWER_CAP:
                self._adapter.close()
                raise AnswerNotUnderstood(self._name, response.status_code, Text("answer-too-large"))
        if self._wire.expired:
            raise AnswerMissing(self._name, Text("answer-took-too-long"))
        return bytes(body)
