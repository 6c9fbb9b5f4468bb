"""Bars and lines that picture counts: outcomes, verdicts, speed. Every part is also said in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.records import Verdict
from desktop.qt.models.cells import OUTCOME_TOKENS
from desktop.qt.theme import color
from desktop.qt.widgets.frames import Glyph
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say
from desktop.words.joining import enumerated
from desktop.words.labels import outcome_label

VERDICT_TOKENS = {
    Verdict.FINE: ("removed", "check"),
    Verdict.CLEANED: ("accent", "check"),
    Verdict.SUSPICIOUS: ("unknown", "question"),
    Verdict.DAMAGED: ("refused", "cross"),
}
_LEAST_WIDTH = 3.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its count, its colour's token, whether it is hatched."""

    count: int
    token: str
    hatched: bool = False


def widths_of(counts: Sequence[int], width: float) -> list[float]:
    """The width of each part of a bar: in proportion, but never so narrow that a part that exists cannot be seen."""
    some = sum(1 for count in counts if count)
    least = min(_LEAST_WIDTH, width / some) if some else 0.0
    narrow: set[int] = set()
    while True:
        rest = sum(count for place, count in enumerate(counts) if place not in narrow)
        room = width - least * len(narrow)
        more = {n for n, count in enumerate(counts) if count and n not in narrow and room * count / rest < least}
        if not more:
            return [least if n in narrow else room * count / rest if count else 0.0 for n, count in enumerate(counts)]
        narrow |= more


class StackedBar(QWidget):
    """Parts side by side, in proportion; a part that exists is never invisible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[Part] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 14)

    def show_parts(self, parts: Sequence[Part], words: str) -> None:
        """Show counts; ``words`` say the same for those who cannot see it."""
        self._parts = parts
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), color("hairline"))
        left = 0.0
        for part, width in zip(self._parts, widths_of([part.count for part in self._parts], self.width()), strict=True):
            if part.count:
                tint = color(part.token)
                brush = QBrush(tint, Qt.BrushStyle.BDiagPattern if part.hatched else Qt.BrushStyle.SolidPattern)
                painter.fillRect(QRectF(left, 0, width - 1, self.height()), brush)
                left += width


class CountLegend(QWidget):
    """Icon, word and count for each part, in a row."""

    def __init__(self, rows: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """Take ``rows`` of three texts each: a token of the theme, a glyph, a word."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        self._labels: list[tuple[str, PlainLabel]] = []
        for column, (token, glyph, word) in enumerate(rows):
            cell = QHBoxLayout()
            cell.setSpacing(6)
            label = PlainLabel(word, wraps=False)
            cell.addWidget(Glyph(glyph, token, 16))
            cell.addWidget(label, 1)
            grid.addLayout(cell, 0, column)
            self._labels.append((word, label))
        grid.setColumnStretch(len(rows), 1)

    def show_counts(self, counts: Sequence[int]) -> None:
        """One count for each row, in order."""
        for (word, label), count in zip(self._labels, counts, strict=True):
            label.setText(say("{word}  {count}", word=word, count=count))


class OutcomeBar(QWidget):
    """The five outcomes: bar and legend. What is not sent yet is hatched, so the bar is also the progress."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._outcomes: tuple[Outcome, ...] = Operation.REMOVE.outcomes
        self._bar = StackedBar()
        self._legend = self._legend_of(self._outcomes)
        layout.addWidget(self._bar)
        layout.addWidget(self._legend)

    def show_tally(self, tally: Tally, outcomes: tuple[Outcome, ...] = Operation.REMOVE.outcomes) -> None:
        """Show the counts of a run whose links can have these outcomes."""
        if outcomes != self._outcomes:
            self._outcomes, before = outcomes, self._legend
            self._legend = self._legend_of(outcomes)
            self._layout.replaceWidget(before, self._legend)
            before.deleteLater()
        parts = [Part(tally[one], OUTCOME_TOKENS[one][0], hatched=one is Outcome.NOT_ATTEMPTED) for one in outcomes]
        words = enumerated(say("{word} {count}", word=outcome_label(one), count=tally[one]) for one in outcomes)
        self._bar.show_parts(parts, words)
        self._legend.show_counts([tally[one] for one in outcomes])

    def _legend_of(self, outcomes: tuple[Outcome, ...]) -> CountLegend:
        return CountLegend([(*OUTCOME_TOKENS[one], outcome_label(one)) for one in outcomes])


class SpeedLine(QWidget):
    """Links a second over the last minutes, as a small line."""

    _POINTS = 120

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speeds: list[float] = []
        self.setMinimumHeight(40)
        self.setAccessibleName(say("Speed over time"))

    def sizeHint(self) -> QSize:
        return QSize(220, 44)

    def add(self, speed: float) -> None:
        """Add the speed of this moment to the line."""
        self._speeds = [*self._speeds, speed][-self._POINTS :]
        self.update()

    def clear(self) -> None:
        """Forget all speeds, because another run begins."""
        self._speeds = []
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("hairline"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if len(self._speeds) < 2:
            return
        top = max(self._speeds) or 1.0
        step = self.width() / (self._POINTS - 1)
        points = [QPointF(n * step, (self.height() - 4) * (1 - speed / top) + 2) for n, speed in enumerate(self._speeds)]
        painter.setPen(QPen(color("accent"), 2))
        painter.drawPolyline(points)
