"""The socket of a conversation: whether a byte of the request left, and a way to cut it when its time is over.

Both cannot be learned from the library's exceptions alone: a reset may come before or after the request, and a server
that drips its headers keeps every read timeout from expiring.
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
    """What is known of the present call. Written by its thread, cut by the watchdog's."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._socket: socket.socket | None = None
        self.left = False
        self.expired = False

    def start(self, seconds: float) -> None:
        """A call begins and may take this long."""
        self.left = self.expired = False
        _watchdog.watch(self, seconds)

    def end(self) -> None:
        """The call is over; nothing cuts it any more."""
        _watchdog.forget(self)
        with self._guard:
            self._socket = None

    def asking_through(self, sock: socket.socket | None) -> None:
        """A proxy is asked for a way through this socket; nothing of the request has left."""
        with self._guard:
            self._socket = sock

    def sending_on(self, sock: socket.socket | None) -> None:
        """The first bytes are about to leave through this socket."""
        with self._guard:
            self._socket = sock
            self.left = True

    def cut(self) -> None:
        """End the present call, from any thread: its time is over, or its connection dead."""
        with self._guard:
            self.expired = True
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # it has ended by itself


class _Watchdog:
    """The one thread that cuts calls whose time is over; a thread for each call would cost more than the call.

    It sleeps until the earliest deadline. A later one, and the end of a call, need not wake it.
    """

    def __init__(self) -> None:
        self._changed = Condition(Lock())
        self._deadlines: dict[Wire, float] = {}
        self._wakes_at = inf
        self._thread: Thread | None = None

    def watch(self, wire: Wire, seconds: float) -> None:
        """Cut the wire in so many seconds, unless it is forgotten before."""
        deadline = time.monotonic() + seconds
        with self._changed:
            self._deadlines[wire] = deadline
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="call-deadlines", daemon=True)
                self._thread.start()
            elif deadline < self._wakes_at:
                self._changed.notify()

    def forget(self, wire: Wire) -> None:
        """The wire's call is over."""
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
    """One connection, no retries of any kind, and its socket known to a wire."""

    def __init__(self, wire: Wire) -> None:
        self._pools = _pools_on(wire)
        # requests counts a retry for DELETE like any other; 0 and read=False keep even the first one from happening.
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=Retry(0, read=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools with our connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The system's own trust decides, alone: requests would add the authorities of a bundle that it brings along."""
        conn.cert_reqs = "CERT_REQUIRED"

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:
        """The same through a proxy."""
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pools_on(wire: Wire) -> dict[str, type[HTTPConnectionPool]]:
    class WatchedConnection(HTTPConnection):
        """Tells the wire before bytes of a request leave; those that ask a proxy for a tunnel do not count."""

        def _tunnel(self) -> None:
            wire.asking_through(self.sock)
            open_tunnel(self.sock, self._tunnel_host or "", self._tunnel_port or 443, self._tunnel_headers)  # type: ignore[attr-defined]
            if wire.expired:
                raise ProxyFailed  # what was cut in its headers looks like a whole answer

        def send(self, data: Any) -> None:
            if self.sock is None and self.auto_open:
                self.connect()
            wire.sending_on(self.sock)
            super().send(data)

    class WatchedTlsConnection(WatchedConnection, HTTPSConnection):
        """The same over TLS."""

    class Pool(HTTPConnectionPool):
        """Plain HTTP, for a loopback only."""

        ConnectionCls = WatchedConnection

    class TlsPool(HTTPSConnectionPool):
        """HTTPS."""

        ConnectionCls = WatchedTlsConnection

    return {"http": Pool, "https": TlsPool}
