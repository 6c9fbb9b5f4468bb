"""What the window as a whole needs of the outside; each flow declares beside itself which part of that it uses."""

from pathlib import Path
from typing import Protocol

from desktop.application.outside import Outside
from desktop.application.settings import Values
from desktop.qt.flows.run_news import RunNewsPorts
from desktop.qt.flows.sheet_flow import SheetFlowPorts
from desktop.qt.flows.update_news import UpdatePorts


class FlushedValues(Values, Protocol):
    """Settings that the window waits for before it ends."""

    def flush(self, within_s: float | None = None) -> bool:
        """Wait until all is on disk; False where that took longer."""
        ...


class WindowPorts(Outside, RunNewsPorts, SheetFlowPorts, UpdatePorts, Protocol):
    """Whatever the window needs. ``home_folder`` is where this user's files lie: one window serves one of them."""

    @property
    def settings(self) -> FlushedValues: ...
    @property
    def home_folder(self) -> Path: ...
