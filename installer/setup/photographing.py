"""Operate the window like a user, and take pictures of what it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.qt.main_window import MainWindow

PATIENCE_MS = 15_000
Kind = TypeVar("Kind", bound=QWidget)


class Photographer:
    """Operates one window; pictures go to ``folder`` under the names given to take_picture()."""

    def __init__(self, window: MainWindow, folder: Path, size: tuple[int, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.window, self.folder = window, folder
        window.resize(*size)
        window.show()

    def take_picture(self, name: str) -> None:
        """Save a picture of what the window shows now."""
        self.wait(150)
        self.window.grab().save(str(self.folder / f"{name}.png"))

    def find(self, kind: type[Kind], name: str) -> Kind:
        """Return the one visible control of this name."""
        visible = [control for control in self.window.findChildren(kind, name) if control.isVisibleTo(self.window)]
        assert len(visible) == 1, name  # noqa: S101
        return visible[0]

    def shows(self, name: str) -> bool:
        """True if a control of this name is visible."""
        return any(control.isVisibleTo(self.window) for control in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        self.find(QPushButton, name).click()

    def wait(self, milliseconds: int) -> None:
        """Let the window work for some time."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window work until this holds."""
        for _ in range(PATIENCE_MS // 30):
            if holds():
                return
            self.wait(30)
        raise SystemExit(f"the window did not get there; it shows {self.window.page.objectName()}")
