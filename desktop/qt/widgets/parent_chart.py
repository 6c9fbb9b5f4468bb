"""The records with the most links as bars, each as long as its links are many and parted by what became of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.operations import Operation
from desktop.domain.outcomes import AS_MEANT, Outcome
from desktop.domain.parent_tallies import ParentTally
from desktop.domain.records import RecordId
from desktop.qt.models.cells import OUTCOME_TOKENS
from desktop.qt.theme import fixed_font
from desktop.qt.widgets.bars import Part, StackedBar
from desktop.qt.widgets.frames import Glyph, clear_layout
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel
from desktop.words import say, say_count
from desktop.words.joining import enumerated
from desktop.words.labels import outcome_label


class ParentChart(QWidget):
    """One line for each record: its name or ID, the bar, how many are as they were meant, and how many were refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart_parents")
        self._parents: Sequence[ParentTally] = ()
        self._operation = Operation.REMOVE
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)

    def show_parents(self, parents: Sequence[ParentTally], operation: Operation, names: Mapping[RecordId, str]) -> None:
        """Show these records, the largest first."""
        self._parents, self._operation = parents, operation
        clear_layout(self._grid)
        most = max((one.tally.total for one in parents), default=0)
        for row, one in enumerate(parents):
            self._add(row, one, names.get(one.parent, ""), most)
        self._grid.setRowStretch(len(parents), 1)

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Show the same records with the names that are known by now."""
        self.show_parents(self._parents, self._operation, names)

    def _add(self, row: int, one: ParentTally, name: str, most: int) -> None:
        label = ElidedLabel(name or one.parent)
        label.setToolTip(one.parent)
        if not name:
            label.setFont(fixed_font())
        bar = StackedBar()
        outcomes = self._operation.outcomes
        parts = [Part(one.tally[outcome], OUTCOME_TOKENS[outcome][0], outcome is Outcome.NOT_ATTEMPTED) for outcome in outcomes]
        said = enumerated(
            say("{word} {count}", word=outcome_label(outcome), count=one.tally[outcome])
            for outcome in outcomes
            if one.tally[outcome]
        )
        bar.show_parts([*parts, Part(most - one.tally.total, "surface")], said)
        meant = sum(one.tally[outcome] for outcome in AS_MEANT)
        count = PlainLabel(say("{done} of {total}", done=meant, total=one.tally.total), wraps=False)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        cells: list[QWidget] = [label, bar, count]
        if one.tally[Outcome.REFUSED]:
            token, glyph = OUTCOME_TOKENS[Outcome.REFUSED]
            refused = PlainLabel(say_count("{n} refused", "{n} refused", one.tally[Outcome.REFUSED]), kind="bad", wraps=False)
            cells += [Glyph(glyph, token, 16), refused]
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignVCenter if column else Qt.AlignmentFlag(0))
            cell.show()  # Qt would show it a moment later
