"""The real program with an unseen hand on it: goes through a run and closes the window at some moment of it.

    python -m tests.end_to_end.closing_program SHEET LINKS SECONDS [hang]

Closes SECONDS after the run's page came up; with ``hang``, SECONDS after the first call hangs. Prints ``closing`` when it
does. Everything else is the program as it is started, in practice mode.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from desktop.compose import PracticeRoom, Services, build_services
from desktop.qt.application import make_application, open_window
from desktop.qt.main_window import MainWindow
from desktop.storage.secrets import MemorySecrets


class Hand(QObject):
    """Looks thirty times a second what it can do next."""

    def __init__(self, services: Services, links: int, seconds: float, *, hang: bool) -> None:
        super().__init__()
        assert isinstance(services.practice, PracticeRoom)
        self._crm = services.practice.start()
        self._links, self._seconds, self._hang = links, seconds, hang
        self._closes = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_look)
        self._timer.start(30)

    @Slot()
    def _on_look(self) -> None:
        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
        if window is None or not window.page.is_full:
            return
        if window.page is window.confirm:
            self._crm.state.set(latency_ms=60)
            copy = window.findChild(QAbstractButton, "check_safety_copy")
            if self._hang and isinstance(copy, QAbstractButton) and copy.isChecked():
                # The calls that remove are to hang, not to wait for their reads.
                copy.click()
                return
            if self._hang:
                self._crm.faults.add([{"match": {"method": "DELETE", "skip": 3}, "times": 999, "do": "hold", "then": "fin"}])
            field = window.findChild(QLineEdit, "input_confirm_count")
            assert isinstance(field, QLineEdit)
            field.setText(str(self._links))
            self._click(window, "button_primary")
        elif window.page is window.remove and (self._crm.faults.held or not self._hang):
            self._timer.stop()
            QTimer.singleShot(int(1000 * self._seconds), self._close)
        elif window.page in (window.sheet, window.check):
            self._click(window, "button_primary")

    @Slot()
    def _close(self) -> None:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        print("closing", flush=True)
        window.close()
        if window.isVisible():
            self._click(window, "button_stop_and_close")

    @staticmethod
    def _click(window: QWidget, name: str) -> None:
        button = window.findChild(QAbstractButton, name)
        if isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def main() -> int:
    """Open the window and let the hand work."""
    sheet, links, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    make_application()
    services = build_services(MemorySecrets())
    hand = Hand(services, links, seconds, hang="hang" in sys.argv[4:])
    code = open_window(services, sheet, is_practice=True)
    hand.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
