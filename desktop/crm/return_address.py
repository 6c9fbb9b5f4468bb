"""The address on this computer that the browser comes back to after a sign-in: one path, one use, for a few minutes.

Zoho matches a registered address letter for letter, port included, so there are three fixed ones and no random port. They say
``localhost``, which Zoho is known to take; the listener itself is bound to 127.0.0.1 and answers to no other name, so neither
the network nor a web page of another name reaches it. Whatever does not carry this sign-in's own ``state`` is turned away.
"""

import errno
import hmac
import socket
import socketserver
import sys
from collections.abc import Callable, Mapping
from html import escape
from http.server import BaseHTTPRequestHandler
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from desktop.crm.accounts_server import problem_of, word_of
from desktop.domain.connections import RETURN_PATH, RETURN_PORTS
from desktop.domain.credentials import Secret
from desktop.domain.errors import SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from desktop.domain.texts import Text

_LONGEST_TARGET = 4096
_PATIENCE_S = 5.0
_LOOK_S = 0.1
_PAGE = (
    '<!doctype html><html lang="{}" dir="{}"><meta charset="utf-8"><title>Delink</title>'
    '<body style="font-family: sans-serif; margin: 3em"><h1>{}</h1><p>{}</p></body></html>'
)
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}

Parameters = Mapping[str, str]


class PageLanguage(Protocol):
    """Says the sentences of the page that the browser shows in the end."""

    @property
    def code(self) -> str: ...
    @property
    def right_to_left(self) -> bool: ...
    def say_text(self, text: Text) -> str: ...


class ReturnAddress:
    """Listens from the start until :meth:`close`; a context manager. Raises SignInFailed when all ports are taken.

    ``fits`` says whether the other parameters of an answer with the right state may be believed; one that may not ends the
    sign-in, and nothing of it is used. ``language`` is asked for the words of the page; without one the page is empty.
    """

    def __init__(
        self,
        name: str,
        state: Secret,
        fits: Callable[[Parameters], bool],
        ports: tuple[int, ...] = RETURN_PORTS,
        language: Callable[[], PageLanguage] | None = None,
    ) -> None:
        self._name, self._state, self._fits, self._language = name, state, fits, language
        self._answers: SimpleQueue[Parameters | None] = SimpleQueue()
        self._guard = Lock()
        self._used = False
        self._server = self._listen(ports)
        self.uri = f"http://localhost:{self._server.server_address[1]}{RETURN_PATH}"
        Thread(target=self._server.serve_forever, args=(_LOOK_S,), name="return-address", daemon=True).start()

    def __enter__(self) -> "ReturnAddress":
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self, has_time: Callable[[], bool]) -> Parameters:
        """The parameters of the browser's answer. Raises SignInFailed: refused, from elsewhere, or ``has_time`` said no."""
        while has_time():
            try:
                answer = self._answers.get(timeout=_LOOK_S)
            except Empty:
                continue
            if answer is None:
                raise SignInFailed(self._name, SignInProblem.OTHER_DATA_CENTRE)
            if "error" in answer:
                raise SignInFailed(self._name, problem_of(answer), word=word_of(answer))
            return answer
        raise SignInFailed(self._name, SignInProblem.TIMED_OUT)

    def take(self, host: str, target: str) -> bool:
        """Judge a GET; True when it is the one answer that was waited for. Any thread."""
        if len(target) > _LONGEST_TARGET or host != urlsplit(self.uri).netloc:
            return False
        parts = urlsplit(target)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=20)
        answer = dict(pairs)
        if parts.path != RETURN_PATH or len(answer) != len(pairs) or ("code" in answer) == ("error" in answer):
            return False
        if not hmac.compare_digest(answer.get("state", "").encode(), self._state.reveal().encode()):
            return False
        fits = self._fits(answer)
        with self._guard:
            first, self._used = not self._used, True
        if first:
            self._answers.put(answer if fits else None)
        return first and fits

    def page(self, *, taken: bool) -> str:
        """What the browser shows after an answer that was waited for, or after anything else. Any thread."""
        if self._language is None:
            return ""
        spoken = self._language()
        names = ("you-are-back", "page-can-be-closed") if taken else ("not-the-answer", "waiting-for-another")
        title, words = (escape(spoken.say_text(Text(name))) for name in names)
        return _PAGE.format(spoken.code, "rtl" if spoken.right_to_left else "ltr", title, words)

    def _listen(self, ports: tuple[int, ...]) -> "_Listener":
        for port in ports:
            try:
                return _Listener(port, self)
            except OSError:
                continue
        raise SignInFailed(self._name, SignInProblem.PORTS_TAKEN)


class _Listener(socketserver.ThreadingTCPServer):
    """A browser opens connections ahead of use, so each has a thread."""

    daemon_threads = True
    block_on_close = False
    # Where an address may be shared, another program could listen in; only Windows shares one that is in use.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, port: int, owner: ReturnAddress) -> None:
        self.owner = owner
        self._other_half: socket.socket | None = None
        super().__init__(("127.0.0.1", port), _Handler)
        try:
            self._other_half = _held_on_ipv6(port)
        except OSError:
            self.server_close()
            raise

    def server_close(self) -> None:
        """Give the port back."""
        super().server_close()
        if self._other_half is not None:
            self._other_half.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up or talks nonsense is no error here."""


def _held_on_ipv6(port: int) -> socket.socket | None:
    """The port at [::1], where ``localhost`` may lead too: held, so that no other program listens there, and left silent.

    A browser that is refused there goes on to 127.0.0.1. None without IPv6. Raises OSError when another program has it.
    """
    try:
        held = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    except OSError:
        return None
    try:
        held.bind(("::1", port))
    except OSError as exc:
        held.close()
        if exc.errno == errno.EADDRINUSE:
            raise
        return None
    return held


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    timeout = _PATIENCE_S

    def log_message(self, format: str, *args: Any) -> None:
        """The address holds the code, so it is logged nowhere."""

    def do_GET(self) -> None:
        """The only method."""
        try:
            hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
            # A browser that is sent back names no page that it comes from; a page that calls across is named.
            is_alone = len(hosts) == 1 and all(origin == f"http://{hosts[0]}" for origin in origins)
            taken = is_alone and self.server.owner.take(hosts[0], self.path)
        except ValueError:
            taken = False
        body = self.server.owner.page(taken=taken).encode()
        self.send_response(200 if taken else 400)
        for name, value in {**_HEADERS, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
