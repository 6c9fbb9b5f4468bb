"""Searching the links of a group of results: behind the background door where there are many."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.row_search import links_matching
from desktop.domain.entries import Links
from desktop.domain.records import RecordId
from desktop.qt.jobs.background import Work, start

_AT_ONCE = 10_000


class RowFinder(QObject):
    """``found`` (numbers of links) for the latest question only. Lives on the window's thread."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._asked = 0

    def find(self, links: Links, numbers: Sequence[int], text: str, names: Mapping[RecordId, str]) -> None:
        """Look for links; of few links at once, and at once too where nothing is asked for."""
        self.forget()
        if len(numbers) <= _AT_ONCE or not text.strip():
            self.found.emit(links_matching(links, numbers, text, names))
            return
        number = self._asked
        self._work = Work(lambda _: (number, links_matching(links, numbers, text, names)))
        self._work.done.connect(self._on_done)
        start(self._work)

    def forget(self) -> None:
        """What was asked for is not wanted any more."""
        self._asked += 1  # an answer may be on its way already
        if self._work is not None:
            self._work.cancel()
            self._work = None

    @Slot(object)
    def _on_done(self, answer: tuple[int, Sequence[int]]) -> None:
        number, numbers = answer
        if number == self._asked:
            self.found.emit(numbers)
