"""A proxy that behaves in one way, good or bad, and keeps all that it was told; a context manager."""

import socket
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Self

from tests.patience import PATIENCE_S

Behaviour = Callable[[socket.socket, Event], None]


def answering(head: str, *headers: str) -> Behaviour:
    """Answers every request with this."""
    lines = "\r\n".join([f"HTTP/1.1 {head}", *headers, "Content-Length: 0", "Connection: close", "", ""])

    def answer(caller: socket.socket, over: Event) -> None:
        caller.sendall(lines.encode())

    return answer


def silent(caller: socket.socket, over: Event) -> None:
    """Takes the request and says nothing."""
    over.wait(PATIENCE_S)


def dripping(caller: socket.socket, over: Event) -> None:
    """Says one sign at a time, so that no wait for the next one is ever over."""
    for sign in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000:
        caller.sendall(bytes([sign]))
        if over.wait(0.1):
            return


def cutting(caller: socket.socket, over: Event) -> None:
    """Takes the request and hangs up."""


def babbling(caller: socket.socket, over: Event) -> None:
    """Is no proxy at all."""
    caller.sendall(b"220 mail.example ESMTP\r\n")


def bloated(caller: socket.socket, over: Event) -> None:
    """Send headers without an end."""
    caller.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000)


class ProxyStage:
    """``told``: the first bytes of every caller."""

    def __init__(self, behave: Behaviour) -> None:
        self.told: list[bytes] = []
        self._behave = behave
        self._over = Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._over.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            Thread(target=self._meet, args=(caller,), daemon=True).start()

    def _meet(self, caller: socket.socket) -> None:
        with caller:
            caller.settimeout(5)
            try:
                self.told.append(caller.recv(65536))
                self._behave(caller, self._over)
                self._hear_out(caller)
            except OSError:
                pass  # the caller was quicker

    def _hear_out(self, caller: socket.socket) -> None:
        """What comes after the answer must be nothing of ours."""
        caller.shutdown(socket.SHUT_WR)
        until = time.monotonic() + 2
        while time.monotonic() < until and (more := caller.recv(65536)):
            self.told.append(more)
