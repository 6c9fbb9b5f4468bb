"""The HTTP server: one thread per connection, loopback only; tokens, limits and faults around the rules."""

import secrets
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from desktop.practice.accounts import ACCOUNTS_PREFIX, Accounts
from desktop.practice.control import CONTROL_PREFIX, control
from desktop.practice.doors import CONTROL_HEADER, is_own_call, may_control, second_loopback
from desktop.practice.faults import Fault, FaultQueue, other_answer, rewritten
from desktop.practice.rules import Request, Response, answer, refusal
from desktop.practice.scopes import has_scope
from desktop.practice.state import State
from desktop.practice.tokens import IssuedTokens

_LONGEST_HOLD_S = 600.0
_MOST_PORTS = 20
_LARGEST_BODY = 4 * 1024 * 1024


class PracticeServer(ThreadingHTTPServer):
    """Owns the state, the tokens and the faults."""

    daemon_threads = True
    # Windows lets programs share an address that is in use, and another one could listen in; elsewhere this is safe.
    allow_reuse_address = sys.platform != "win32"
    request_queue_size = 128

    def __init__(self, state: State, tokens: IssuedTokens, port: int) -> None:
        self.state = state
        self.tokens = tokens
        self.accounts = Accounts(state, tokens)
        self.faults = FaultQueue()
        self._guard = threading.Lock()
        self._flying = 0
        self.control_secret = secrets.token_urlsafe(32)
        self._second: _SecondDoor | None = None
        self._second = self._listen(port)
        self.accounts.url = f"http://127.0.0.1:{self.server_port}"

    def _listen(self, port: int) -> "_SecondDoor | None":
        """Listen on both loopback addresses at one port.

        If another program has the second half of a free port, the next free port is tried.
        """
        for tries_left in reversed(range(1 if port else _MOST_PORTS)):
            super().__init__(("127.0.0.1", port), Handler)
            try:
                listener = second_loopback(self.server_port)
            except OSError:
                super().server_close()
                if not tries_left:
                    raise
            else:
                return None if listener is None else _SecondDoor(self, listener)
        raise AssertionError("the last try raises")

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        """Serve both addresses until :meth:`shutdown`."""
        if self._second is not None:
            threading.Thread(target=self._second.serve_forever, args=(poll_interval,), name="practice-crm-2", daemon=True).start()
        super().serve_forever(poll_interval)

    def shutdown(self) -> None:
        if self._second is not None:
            self._second.shutdown()
        super().shutdown()

    def server_close(self) -> None:
        if self._second is not None:
            self._second.server_close()
        super().server_close()

    def enter_call(self) -> int:
        """Count a call in flight; returns how many there are now."""
        with self._guard:
            self._flying += 1
            return self._flying

    @property
    def in_flight(self) -> int:
        """The number of calls without an answer so far."""
        return self._flying

    def leave_call(self) -> None:
        """Count a call as answered."""
        with self._guard:
            self._flying -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Do nothing: a client that hangs up is no error here."""


class _SecondDoor(ThreadingHTTPServer):
    """The listener at [::1]; the same server answers its calls."""

    daemon_threads = True
    address_family = socket.AF_INET6

    def __init__(self, server: PracticeServer, listener: socket.socket) -> None:
        super().__init__(listener.getsockname()[:2], Handler, bind_and_activate=False)
        self.socket.close()
        self.socket, self._server = listener, server

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Let the server itself answer."""
        Handler(request, client_address, self._server)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Do nothing: a client that hangs up is no error here."""


@dataclass(frozen=True)
class _Call:
    """A call as it was received: its fault, how many were in flight with it, and when (seconds since the epoch)."""

    request: Request
    fault: Fault | None
    flying: int
    at: float


class Handler(BaseHTTPRequestHandler):
    """Serves the calls of one connection."""

    protocol_version = "HTTP/1.1"
    server: PracticeServer
    disable_nagle_algorithm = True
    wbufsize = -1
    raw_requestline: bytes

    def log_message(self, format: str, *args: Any) -> None:
        """Do nothing: calls are logged in the state, not on the terminal."""

    def do_GET(self) -> None:
        """Serve a call of any method."""
        self._serve()

    do_DELETE = do_PUT = do_POST = do_PATCH = do_HEAD = do_GET

    def parse_request(self) -> bool:
        """Read the rest of the head, unless a fault holds the call after its first line."""
        words = self.raw_requestline.decode("latin-1").split()
        if len(words) == 3:
            fault = self.server.faults.for_call(Request(words[0], words[1]), read_whole=False)
            if fault is not None:
                self.server.faults.wait_for_release(_LONGEST_HOLD_S)
                self.close_connection = True
                return False
        return super().parse_request()

    def _serve(self) -> None:
        length = min(_LARGEST_BODY, int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, self.rfile.read(length))
        is_control = request.path.startswith(CONTROL_PREFIX)
        if not self._may_come_in(request, is_control=is_control):
            self.close_connection = True
            return self._send(Response(403, {"error": "this call is not meant for here"}))
        if is_control:
            server = self.server
            return self._send(control(request, server.state, server.faults, server.tokens, server.in_flight))
        if request.path.startswith(ACCOUNTS_PREFIX):
            return self._serve_accounts(request)
        flying = self.server.enter_call()
        try:
            self._serve_call(request, flying)
        finally:
            self.server.leave_call()
        return None

    def _may_come_in(self, request: Request, *, is_control: bool) -> bool:
        hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
        if not is_own_call(self.server.server_port, request.target, hosts, origins):
            return False
        brought = self.headers.get_all(CONTROL_HEADER, [])
        return not is_control or may_control(self.server.control_secret, brought, origins)

    def _serve_accounts(self, request: Request) -> None:
        response, fault = self.server.accounts.answer(request), self.server.faults.for_call(request, ACCOUNTS_PREFIX)
        self._send(response) if fault is None else self._misbehave(fault, response)

    def _serve_call(self, request: Request, flying: int) -> None:
        state, fault = self.server.state, self.server.faults.for_call(request)
        call = _Call(request, fault, flying, time.time())
        if latency_ms := state.setting("latency_ms"):
            time.sleep(latency_ms / 1000)
        refused = self._refused(request, flying)
        if refused is not None:
            return self._log_and_send(replace(call, fault=None), refused)
        if fault is None:
            return self._log_and_send(call, answer(request, state))
        if fault.get("apply") == "late":
            self.server.faults.wait_for_release(_LONGEST_HOLD_S)
        response = answer(request, state) if fault.get("apply", "no") != "no" else Response(200, {})
        return self._log_and_send(call, response)

    def _refused(self, request: Request, flying: int) -> Response | None:
        state = self.server.state
        if flying > state.setting("cap"):
            return refusal(429, "TOO_MANY_REQUESTS", "too many requests. please try again after some time")
        header = self.headers.get("Authorization", "")
        if not self.server.tokens.is_valid(header):
            return refusal(401, "INVALID_TOKEN", "invalid oauth token")
        asked_for = self.server.tokens.scopes_of(header)
        if not has_scope(state.setting("scopes"), request) or not (asked_for is None or has_scope(asked_for, request)):
            return refusal(401, "OAUTH_SCOPE_MISMATCH", "Unauthorized")
        return None

    def _log_and_send(self, call: _Call, response: Response) -> None:
        state, request, fault = self.server.state, call.request, call.fault
        status = int((fault or {}).get("status", response.status))
        with state.transaction() as db:
            state.count(db, calls=1, refused_429=int(status == 429), **{f"status_{status}": 1})
            db.execute(
                "INSERT INTO counts VALUES ('concurrent_max', ?) ON CONFLICT DO UPDATE SET value = MAX(value, excluded.value)",
                (call.flying,),
            )
            ids, did = request.asked, "" if fault is None else str(fault["do"])
            row = (call.at, request.method, request.path, len(ids), status, ",".join(ids), did)
            db.execute("INSERT INTO calls (at, method, path, ids, status, asked, fault) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if (credits_left := state.setting("credits")) is not None:
            response.headers["X-API-CREDITS-REMAINING"] = str(credits_left)
        if fault is None:
            self._send(response)
        else:
            self._misbehave(fault, response)

    def _misbehave(self, fault: Fault, response: Response) -> None:
        match fault["do"]:
            case "status" | "bomb" | "huge":
                self._send_bytes(*other_answer(fault))
            case "rewrite":
                self._send(rewritten(fault, response))
            case "cut":
                body = response.body()
                self._send_cut(response, {"Content-Length": str(len(body))}, body[: _left_by(fault)])
            case "chunk_cut":
                body = response.body()
                self._send_cut(
                    response, {"Transfer-Encoding": "chunked"}, f"{len(body):x}\r\n".encode() + body[: _left_by(fault)]
                )
            case "open_cut":
                self._send_cut(response, {"Connection": "close"}, response.body()[: _left_by(fault)])
            case "drip_headers" | "drip_body" as part:
                self._drip(response, float(fault.get("interval_s", 0.1)), headers_too=part == "drip_headers")
            case "hold":
                self._hold(fault, response)
            case how:
                self._end(how, response)

    def _hold(self, fault: Fault, response: Response) -> None:
        body = response.body()
        head = self._head(response.status, {"Content-Type": "application/json", "Content-Length": str(len(body))})
        sent_first = {"headers": head, "body": head + body}.get(str(fault.get("at")), b"")
        self._write(sent_first)
        if fault.get("apply") != "late":
            self.server.faults.wait_for_release(_LONGEST_HOLD_S)
        if not sent_first:
            self._end(str(fault.get("then", "answer")), response)
        elif sent_first == head:
            self._write(body)

    def _end(self, how: str, response: Response) -> None:
        if how == "answer":
            return self._send(response)
        if how == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._hang_up()
        return None

    def _hang_up(self) -> None:
        self.close_connection = True
        try:
            self.connection.close() if self._lingers_not() else self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the client was quicker

    def _lingers_not(self) -> bool:
        on, seconds = struct.unpack("ii", self.connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
        return bool(on) and seconds == 0

    def _send(self, response: Response) -> None:
        headers = (
            {"Content-Type": "application/json;charset=UTF-8", **response.headers}
            if response.json is not None
            else response.headers
        )
        self._send_bytes(response.status, headers, response.body())

    def _send_bytes(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._write(self._head(status, {**headers, "Content-Length": str(len(body))} if status != 204 else headers) + body)

    def _send_cut(self, response: Response, framing: dict[str, str], part: bytes) -> None:
        self._write(self._head(response.status, {"Content-Type": "application/json", **framing}) + part)
        self._hang_up()

    def _drip(self, response: Response, interval_s: float, *, headers_too: bool) -> None:
        body = response.body()
        head = self._head(response.status, {"Content-Type": "application/json", "Content-Length": str(len(body))})
        if not headers_too:
            self._write(head)
        for byte in head + body if headers_too else body:
            if not self._write(bytes([byte])):
                return
            time.sleep(interval_s)

    @staticmethod
    def _head(status: int, headers: dict[str, str]) -> bytes:
        try:
            phrase = HTTPStatus(status).phrase
        except ValueError:
            phrase = "Odd"
        lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        return "\r\n".join(lines).encode()

    def _write(self, data: bytes) -> bool:
        try:
            self.wfile.write(data)
            self.wfile.flush()
        except OSError:
            self.close_connection = True
            return False
        return True


def _left_by(fault: Fault) -> int:
    """Return how many bytes of the true body a cut leaves."""
    return int(fault.get("keep", 20))
