"""Listens on this computer for the browser, which comes back here after a sign-in: on one path, once, for a few minutes.

Zoho compares the address letter for letter with a registered one, the port included, so there are three fixed ports and no
random one. The registered addresses say ``localhost``, which Zoho is known to take. The listener itself is bound to 127.0.0.1
and answers to no other name, so that neither the network nor a web page of another name reaches it. Whatever does not carry this
sign-in's own ``state`` is turned away.
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
_PATIENCE_S = 5.0  # for the request of a browser that has connected
_LOOK_S = 0.1  # how soon a cancelled sign-in, or the end of the server, is noticed
_PAGE = (
    '<!doctype html><html lang="{}" dir="{}"><meta charset="utf-8"><title>Delink</title>'
    '<body style="font-family: sans-serif; margin: 3em"><h1>{}</h1><p>{}</p></body></html>'
)
# The page runs no scripts and loads nothing. Its address holds the code, so it is neither kept nor named to any other page.
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
    """Says the sentences of the page that the browser shows after the sign-in."""

    @property
    def code(self) -> str: ...
    @property
    def right_to_left(self) -> bool: ...
    def say_text(self, text: Text) -> str: ...


class ReturnAddress:
    """Listens from when it is made until the end of its ``with``. Raises SignInFailed if all ports are taken.

    ``fits`` says whether the other parameters of an answer with the right state may be believed; if not, the sign-in ends and
    nothing of the answer is used. ``language`` gives the words of the page; without it the page is empty.
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
        """Wait for the browser and return the parameters of its answer.

        Raises SignInFailed if Zoho refused, the answer named a foreign server, or ``has_time`` returned False.
        """
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

    def accept(self, host: str, target: str) -> bool:
        """Judge a GET; True if it is the one answer that the sign-in waits for. Any thread may call."""
        # The host must be ours: a web page whose name somebody points to 127.0.0.1 sends its own name.
        if len(target) > _LONGEST_TARGET or host != urlsplit(self.uri).netloc:
            return False
        parts = urlsplit(target)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=20)
        answer = dict(pairs)
        # A parameter that stands there twice, or both a code and an error, is nothing that Zoho sends.
        if parts.path != RETURN_PATH or len(answer) != len(pairs) or ("code" in answer) == ("error" in answer):
            return False
        # compare_digest, so that the time of the answer says nothing about the state.
        if not hmac.compare_digest(answer.get("state", "").encode(), self._state.reveal().encode()):
            return False
        fits = self._fits(answer)
        with self._guard:
            is_first, self._used = not self._used, True
        if is_first:
            self._answers.put(answer if fits else None)
        return is_first and fits

    def page(self, *, accepted: bool) -> str:
        """Return the page that the browser shows after the answer was accepted, or was not. Any thread may call."""
        if self._language is None:
            return ""
        language = self._language()
        names = ("you-are-back", "page-can-be-closed") if accepted else ("not-the-answer", "waiting-for-another")
        title, words = (escape(language.say_text(Text(name))) for name in names)
        return _PAGE.format(language.code, "rtl" if language.right_to_left else "ltr", title, words)

    def _listen(self, ports: tuple[int, ...]) -> "_Listener":
        for port in ports:
            try:
                return _Listener(port, self)
            except OSError:
                continue
        raise SignInFailed(self._name, SignInProblem.PORTS_TAKEN)


class _Listener(socketserver.ThreadingTCPServer):
    """The server. Browsers open connections ahead of use, and one of those must not block the real one: each has a thread."""

    daemon_threads = True
    block_on_close = False
    # On Windows this option lets two programs listen at one address, so another one could listen in. Elsewhere it only makes a
    # port usable again at once after it was closed.
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
        super().server_close()
        if self._other_half is not None:
            self._other_half.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # somebody who hangs up or talks nonsense is no error; the base class would print a traceback


def _held_on_ipv6(port: int) -> socket.socket | None:
    """Hold the same port at [::1] without listening there; None if there is no IPv6. Raises OSError if it is taken.

    ``localhost`` may lead to [::1], too, and no other program must listen there. A browser that is refused at [::1] goes on to
    127.0.0.1.
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
        pass  # the address holds the code, so it is logged nowhere

    def do_GET(self) -> None:
        try:
            hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
            # A browser that Zoho sends back names no origin. If a script of another page calls, the browser names that page.
            is_alone = len(hosts) == 1 and all(origin == f"http://{hosts[0]}" for origin in origins)
            accepted = is_alone and self.server.owner.accept(hosts[0], self.path)
        except ValueError:  # an address that cannot be taken apart
            accepted = False
        body = self.server.owner.page(accepted=accepted).encode()
        self.send_response(200 if accepted else 400)
        for name, value in {**_HEADERS, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
