"""Searching and filtering the links of a plan: behind the background door where there are many."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.previews import LinkFate, Preview, Shown
from desktop.domain.records import RecordId
from desktop.qt.jobs.background import Work, start

_AT_ONCE = 10_000


class PlanFinder(QObject):
    """``found`` (Shown, the fates that were asked for) for the latest question only. Lives on the window's thread."""

    found = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._asked = 0

    def find(self, preview: Preview, text: str, names: Mapping[RecordId, str], fates: Collection[LinkFate]) -> None:
        """Look for parents; of few links at once. See Preview.find."""
        self.forget()
        if len(preview.order) <= _AT_ONCE:
            self.found.emit(preview.find(text, names, fates), fates)
            return
        number = self._asked
        self._work = Work(lambda _: (number, preview.find(text, names, fates), fates))
        self._work.done.connect(self._on_done)
        start(self._work)

    def forget(self) -> None:
        """What was asked for is not wanted any more."""
        self._asked += 1  # an answer may be on its way already
        if self._work is not None:
            self._work.cancel()
            self._work = None

    @Slot(object)
    def _on_done(self, answer: tuple[int, Shown, Collection[LinkFate]]) -> None:
        number, shown, fates = answer
        if number == self._asked:
            self.found.emit(shown, fates)
