"""Watches the socket of a conversation: knows whether a byte of the request left, and cuts a call when its time is over.

The library's exceptions alone tell neither: a reset may come before or after the request, and a server that sends a byte of
its headers now and then keeps every read timeout from expiring.
"""

import socket
import time
from math import inf
from threading import Condition, Lock, Thread
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Retry

from desktop.crm.tunnel import ProxyFailed, open_tunnel


class Wire:
    """Knows the state of the present call. The call's own thread writes it; the watchdog's thread cuts the call."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._socket: socket.socket | None = None
        # Whether at least one byte of the request may have left this computer, and whether the call was cut.
        self.bytes_sent = False
        self.expired = False

    def start(self, seconds: float) -> None:
        """Call before a call, which may take this long."""
        self.bytes_sent = self.expired = False
        _watchdog.watch(self, seconds)

    def end(self) -> None:
        """Call after a call, so that nothing cuts the connection any more."""
        _watchdog.forget(self)
        with self._guard:
            self._socket = None

    def note_tunnel(self, sock: socket.socket | None) -> None:
        """A proxy is asked for a way through this socket; nothing of the request has left."""
        with self._guard:
            self._socket = sock

    def note_send(self, sock: socket.socket | None) -> None:
        """The first bytes of the request are about to leave through this socket."""
        # Before they leave: a send that fails may have sent some of them.
        with self._guard:
            self._socket = sock
            self.bytes_sent = True

    def cut(self) -> None:
        """End the present call, because its time is over or its connection dead. Any thread may call."""
        with self._guard:
            self.expired = True
            if self._socket is not None:
                # shutdown() wakes the thread that reads from the socket; close() would leave it waiting.
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # it has ended by itself


class _Watchdog:
    """Cuts calls whose time is over, on one thread for all of them: a thread for each call would cost more than the call."""

    def __init__(self) -> None:
        self._changed = Condition(Lock())
        self._deadlines: dict[Wire, float] = {}
        self._wakes_at = inf
        self._thread: Thread | None = None

    def watch(self, wire: Wire, seconds: float) -> None:
        """Cut the wire in so many seconds, unless :meth:`forget` is called before."""
        deadline = time.monotonic() + seconds
        with self._changed:
            self._deadlines[wire] = deadline
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="call-deadlines", daemon=True)
                self._thread.start()
            # It sleeps until the earliest deadline. A later one need not wake it, nor does the end of a call.
            elif deadline < self._wakes_at:
                self._changed.notify()

    def forget(self, wire: Wire) -> None:
        """Do not cut the wire any more, because its call is over."""
        with self._changed:
            self._deadlines.pop(wire, None)

    def _serve(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for wire in [wire for wire, deadline in self._deadlines.items() if deadline <= now]:
                    del self._deadlines[wire]
                    wire.cut()
                self._wakes_at = min(self._deadlines.values(), default=inf)
                self._changed.wait(None if self._wakes_at == inf else self._wakes_at - now)


_watchdog = _Watchdog()


class WireAdapter(HTTPAdapter):
    """Sends requests over one connection, without retries of any kind, and shows its socket to a wire."""

    def __init__(self, wire: Wire) -> None:
        self._pools = _pools_on(wire)
        # urllib3 counts DELETE among the methods that may be repeated; 0 and read=False keep even the first retry from happening.
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=Retry(0, read=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        # Only the system decides which authorities are trusted; requests would add those of a bundle that it brings along.
        conn.cert_reqs = "CERT_REQUIRED"

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pools_on(wire: Wire) -> dict[str, type[HTTPConnectionPool]]:
    class WatchedConnection(HTTPConnection):
        """Tells the wire before bytes of a request leave; those that ask a proxy for a tunnel do not count."""

        def _tunnel(self) -> None:
            wire.note_tunnel(self.sock)
            open_tunnel(self.sock, self._tunnel_host or "", self._tunnel_port or 443, self._tunnel_headers)  # type: ignore[attr-defined]
            if wire.expired:
                raise ProxyFailed  # an answer that was cut in its headers looks like a whole one

        def send(self, data: Any) -> None:
            # Connected here, as the base class would do it later: while it connects, no byte of the request has left.
            if self.sock is None and self.auto_open:
                self.connect()
            wire.note_send(self.sock)
            super().send(data)

    class WatchedTlsConnection(WatchedConnection, HTTPSConnection):
        """The same for HTTPS."""

    class Pool(HTTPConnectionPool):
        """Connections over plain HTTP, which only a loopback is reached by."""

        ConnectionCls = WatchedConnection

    class TlsPool(HTTPSConnectionPool):
        """Connections over HTTPS."""

        ConnectionCls = WatchedTlsConnection

    return {"http": Pool, "https": TlsPool}
