"""A hand that works the window and takes a picture of what it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.qt.main_window import MainWindow

PATIENCE_MS = 15_000
Kind = TypeVar("Kind", bound=QWidget)


class Photographer:
    """Pictures go to ``folder``, named as they are taken."""

    def __init__(self, window: MainWindow, folder: Path, size: tuple[int, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.window, self.folder = window, folder
        window.resize(*size)
        window.show()

    def take(self, name: str) -> None:
        """What the window shows now."""
        self.wait(150)
        self.window.grab().save(str(self.folder / f"{name}.png"))

    def find(self, kind: type[Kind], name: str) -> Kind:
        """The control of this name that can be seen."""
        found = [one for one in self.window.findChildren(kind, name) if one.isVisibleTo(self.window)]
        assert len(found) == 1, name  # noqa: S101
        return found[0]

    def shows(self, name: str) -> bool:
        """True when a control of this name can be seen."""
        return any(one.isVisibleTo(self.window) for one in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        """A button."""
        self.find(QPushButton, name).click()

    def wait(self, milliseconds: int) -> None:
        """Let the window work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let it work until this holds."""
        for _ in range(PATIENCE_MS // 30):
            if holds():
                return
            self.wait(30)
        raise SystemExit(f"the window did not get there; it shows {self.window.page.objectName()}")
