"""The runs around a run, one line each, with the way to them: what it follows on, its retry, its undos."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.history import Family, put_back_by
from desktop.domain.operations import Operation
from desktop.domain.origins import Origin, RetryOf
from desktop.domain.runs import RunSummary
from desktop.qt.clock import on_this_clock
from desktop.qt.run_words import RunWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Glyph, clear_layout
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say, say_count


class FamilyRows(QWidget):
    """``wants_run`` (RunSummary) when the user wants to see one of them."""

    wants_run = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[QObject, RunSummary] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)

    def show_family(self, operation: Operation, origin: Origin, family: Family) -> None:
        """Those of a run with this operation and origin."""
        clear_layout(self._rows)
        self._runs = {}
        if (parent := family.parent) is not None:
            words = RunWords(operation).what_it_follows(origin, on_this_clock(parent.started))
            glyph = "play" if isinstance(origin, RetryOf) else "undo"
            self._add(
                glyph, words, parent, "button_run_before", say("Show that run"), say("Show that run: {run}", run=parent.run)
            )
        if (retry := family.retry) is not None:
            words = say("What it left was tried again on {when}", when=on_this_clock(retry.started))
            way, whole_way = say("Show the retry"), say("Show the retry: {run}", run=retry.run)
            self._add("play", words, retry, "button_run_retry", way, whole_way)
        for number, undo in enumerate(family.undos):
            words = say_count(
                "{n} link of this run put back on {when}",
                "{n} links of this run put back on {when}",
                put_back_by(undo),
                when=on_this_clock(undo.started),
            )
            name = "button_run_undo" + (f"_{number + 1}" if number else "")
            self._add("undo", words, undo, name, say("Show the undo"), say("Show the undo: {run}", run=undo.run))
        self.setVisible(bool(self._runs))

    def _add(self, glyph: str, words: str, run: RunSummary, name: str, way: str, whole_way: str) -> None:
        """``way`` is the text of the button, ``whole_way`` says also which run it shows."""
        button = Button(way, name, kind="quiet")
        button.setAccessibleName(whole_way)
        button.setToolTip(run.run)
        button.clicked.connect(self._on_clicked)
        self._runs[button] = run
        row = QHBoxLayout()
        row.setSpacing(8)
        parts = (Glyph(glyph, "secondary", 16), PlainLabel(words, wraps=False), button)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._rows.addLayout(row)
        for part in parts:
            part.show()  # Qt would show it a moment later

    @Slot()
    def _on_clicked(self) -> None:
        self.wants_run.emit(self._runs[self.sender()])
