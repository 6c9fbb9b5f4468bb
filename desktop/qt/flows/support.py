"""Help from others: a run's report to the clipboard, or with the log to a file. Lives on the window's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.application.past_runs import SupportPorts, save_support_file, support_report
from desktop.qt.error_words import words_for
from desktop.qt.jobs.background import Work, start
from desktop.qt.main_window import MainWindow, filter_of
from desktop.words import say


class SupportFlowPorts(SupportPorts, Protocol):
    """What it takes to help others to help, and where support files go."""

    @property
    def results_folder(self) -> Path: ...


class SupportFlow(QObject):
    """Created once a window; serves the History page."""

    def __init__(self, ports: SupportFlowPorts, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports, self._window = ports, window
        self._work: Work | None = None
        window.history.wants_report.connect(self._on_wants_report)
        window.history.wants_support.connect(self._on_wants_support)

    @Slot(str)
    def _on_wants_report(self, run: str) -> None:
        self._begin(lambda _: support_report(self._ports, run), self._on_report)

    @Slot(str)
    def _on_wants_support(self, run: str) -> None:
        start_at = str(self._ports.results_folder / f"delink-support-{run}.zip")
        name, _ = QFileDialog.getSaveFileName(
            self._window, say("Save the support file"), start_at, filter_of((say("Zip file"), "*.zip"))
        )
        if name:
            self._begin(lambda _: self._save(run, Path(name)), self._on_saved)

    def _save(self, run: str, path: Path) -> Path:
        """The user gave leave to replace what stands there."""
        save_support_file(self._ports, run, path, may_overwrite=True)
        return path

    def _begin(self, function: Callable[[Work], object], done: Callable[..., None]) -> None:
        self._work = Work(function)
        self._work.done.connect(done)
        self._work.failed.connect(self._on_failed)
        start(self._work)

    @Slot(object)
    def _on_report(self, report: str) -> None:
        QApplication.clipboard().setText(report)
        self._window.history.say(say("The report was copied; look at it before you send it."))

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._window.history.say(say("Saved as {name}; look at it before you send it.", name=path.name))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._window.history.say(words_for(error).why)
