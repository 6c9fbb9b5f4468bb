"""One window for each user, folder and mode: a second start hands its sheet to the first window, which comes to the front.

The lock says who is first and is given back by the system when a program dies; the socket carries the sheet. Only the
same user may open either. Lives on the window's thread.
"""

import hashlib
import json
import logging
import time
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_MOST_BYTES = 64 * 1024
_TRY_FOR_S = 5.0
_STEP_MS = 200
_HEARD = b"heard\n"


class FirstWindow(QObject):
    """``asked`` (a Path, or None) when another start wants the window; kept as long as the window lives."""

    asked = Signal(object)

    def __init__(self, home: Path, *, is_practice: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        mode = "practice" if is_practice else "work"
        # The folder's name may be too long for a socket's address.
        self._name = f"delink-{mode}-{hashlib.sha256(str(home).encode()).hexdigest()[:24]}"
        self._lock = QLockFile(str(home / f"window-{mode}.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self.is_first = self._lock.tryLock(0)
        if self.is_first:
            QLocalServer.removeServer(self._name)  # left by a program that was killed
            if not self._server.listen(self._name):
                _log.warning("Other starts cannot reach this window: %s", self._server.errorString())

    def hand_over(self, sheet: Path | None, try_for_s: float = _TRY_FOR_S) -> bool:
        """Ask the first window to come to the front, and to open a sheet; False when it does not answer. Blocks."""
        ends_at = time.monotonic() + try_for_s
        while time.monotonic() < ends_at:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(_STEP_MS):
                socket.write(json.dumps({"sheet": None if sheet is None else str(sheet.absolute())}).encode() + b"\n")
                return socket.waitForReadyRead(int(try_for_s * 1000)) and socket.readLine().data() == _HEARD
            time.sleep(_STEP_MS / 1000)  # it may have started just now
        return False

    def close(self) -> None:
        """Let the next program that starts be the first one."""
        self._server.close()
        if self.is_first:
            self._lock.unlock()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    @Slot()
    def _on_ready(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            sheet = _sheet_of(bytes(socket.readLine(_MOST_BYTES).data()))
            socket.write(_HEARD)
            socket.flush()
            socket.disconnectFromServer()
            self.asked.emit(sheet)
        elif socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()


def _sheet_of(line: bytes) -> Path | None:
    """The sheet that a start was given; None for none, and for anything that is not ours."""
    try:
        sheet = json.loads(line)["sheet"]
    except (ValueError, KeyError, TypeError):
        return None
    return Path(sheet) if isinstance(sheet, str) and sheet else None
