"""The head of a run's results: what was done of what was asked, how many links need somebody, and how to keep that."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.application.result_groups import ResultVerdict
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Tally
from desktop.qt.run_words import RunWords
from desktop.qt.theme import scaled
from desktop.qt.widgets.bars import OutcomeBar
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, Glyph
from desktop.qt.widgets.labels import PlainLabel, caption_label
from desktop.words import say, say_count


class VerdictBlock(Card):
    """A card; ``wants_save`` and ``wants_copy`` when its two links are followed."""

    wants_save = Signal()
    wants_copy = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, name="card_verdict")
        self._glyph = Glyph("check", "removed", 28)
        self._title = scaled(PlainLabel(), 1.6, strong=True)
        self._title.setObjectName("label_verdict")
        self._pill = PlainLabel(kind="asks", wraps=False)
        self._pill.setObjectName("label_need_you")
        scaled(self._pill, 1.0, strong=True)
        self._bar = OutcomeBar("bar_outcomes")
        self.sentence = PlainLabel(kind="secondary")
        self.sentence.setObjectName("label_result")
        self.where = caption_label("")
        self.where.setObjectName("label_results_path")
        self.body.addLayout(self._head())
        self.body.addWidget(self._bar)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.where)

    def show_verdict(self, verdict: ResultVerdict, tally: Tally, operation: Operation) -> None:
        """Say how a run with this operation ended."""
        words = RunWords(operation)
        self._glyph.draw(*(("check", "removed") if verdict.is_clean else ("warning", "unknown")))
        self._title.setText(words.done_of(verdict.done, verdict.asked))
        self._pill.setText(say_count("{n} needs you", "{n} need you", verdict.need_you))
        self._pill.setVisible(not verdict.is_clean)
        self._bar.show_tally(tally, operation.outcomes)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._title, 1)
        row.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        for text, name, glyph, signal in (
            (say("Save as…"), "button_results_save", "save", self.wants_save),
            (say("Copy summary"), "button_copy_summary", "copy", self.wants_copy),
        ):
            button = Button(text, name, kind="quiet", glyph=glyph)
            button.clicked.connect(signal)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
