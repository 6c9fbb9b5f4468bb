"""Holds a conversation over HTTP in which nothing happens behind our back.

A session of requests would follow a redirect (turning DELETE into GET), repeat a DELETE on a dropped connection, put a
``.netrc`` password in the place of the token, and wait for ever for a server that sends a byte now and then. So only the adapter
below its sessions is used: it knows no redirects, cookies or environment (and takes half the time). There are no retries, the
token stands in an auth object, the whole call has one deadline, and the answer has a largest size.
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

# Counted after unpacking: a gzip answer of 300 KB can grow to 300 MB.
ANSWER_CAP = 1024 * 1024
# Servers close idle connections. If a removal leaves on one that is just being closed, nobody knows what became of it.
_IDLE_LIMIT_S = 4.0
_PIECE = 16 * 1024
# JSON, or a form.
Body = bytes | Mapping[str, str] | None
_HEADERS = {"User-Agent": f"Delink/{__version__}", "Accept": "application/json", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds to connect, to wait for the next bytes, and for a whole call."""

    connect_s: float = 10.0
    read_s: float = 30.0
    total_s: float = 90.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request: its status, its headers (names in lower case) and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)  # it may hold a token


class TokenAuth(AuthBase):
    """Puts the token in the header. It is applied last, so that nothing can replace the token; it masks itself when printed."""

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Zoho-oauthtoken {self._access_token}"
        return request

    def __repr__(self) -> str:
        return "TokenAuth(***)"


class Conversation:
    """Makes calls for one thread, over at most one connection that is kept alive between them."""

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

        Raises CrmUnreachable (no byte left), AnswerMissing (sent, but no whole answer), AnswerNotUnderstood (too large).
        """
        return self._within_deadline(method, target, TokenAuth(access_token), body)

    def post(self, target: str, form: Mapping[str, str]) -> Answer:
        """Send a form in the same way, without a token: its secrets stand in the body. Raises what :meth:`call` raises."""
        return self._within_deadline("POST", target, None, form)

    def _within_deadline(self, method: str, target: str, auth: AuthBase | None, body: Body) -> Answer:
        # The call must not go around a proxy that cannot be used: the user, or an administrator, wants it to go through one.
        if self._proxy is not None and (objection := self._proxy.objection) is not None:
            raise CrmUnreachable(self._name, objection)
        if time.monotonic() - self._used_at > _IDLE_LIMIT_S:
            self._adapter.close()
        self._wire.start(self._deadlines.total_s)
        started = time.monotonic()
        try:
            answer = self._exchange(method, target, auth, body)
            # Without the query, which holds IDs or what a sign-in asks for.
            _log.debug(
                "%s %s: %d in %.0f ms", method, target.partition("?")[0], answer.status, (time.monotonic() - started) * 1e3
            )
            return answer
        except (requests.RequestException, transport.HTTPError, OSError) as exc:
            self._adapter.close()  # the rest of a late answer must not be taken for the answer to the next call
            bytes_sent, expired = self._wire.bytes_sent, self._wire.expired
            raise as_ours(
                self._name, exc, bytes_sent=bytes_sent, expired=expired, proxy=self._proxy, advice=self._advice
            ) from exc
        finally:
            self._wire.end()
            self._used_at = time.monotonic()

    def _advice(self) -> Text | None:
        return None if is_loopback(self._base_url) else automatic_configuration()

    def hang_up(self) -> None:
        """Cut the call in flight, and make the next one on a new connection. Any thread may call."""
        self._used_at = float("-inf")  # the connection counts as idle for too long, so the next call closes it
        self._wire.cut()

    def close(self) -> None:
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
        # In pieces, so that a bomb is noticed before it fills the memory.
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > ANSWER_CAP:
                self._adapter.close()
                raise AnswerNotUnderstood(self._name, response.status_code, Text("answer-too-large"))
        # A cut in the middle of a body without a length looks like its end.
        if self._wire.expired:
            raise AnswerMissing(self._name, Text("answer-took-too-long"))
        return bytes(body)
