"""The table of links with their outcome, cause and what to do, on Remove and Results."""

from PySide6.QtWidgets import QWidget

from desktop.qt.models.problems_model import CAUSE, OUTCOME, PARENT, RELATED, ROW, ProblemsModel
from desktop.qt.widgets.tables import IdDelegate, TableView, set_widths


class ProblemsTable(TableView):
    """A table of rows with a problem. It owns its model, ``problems``."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None, *, when_empty: str = "") -> None:
        super().__init__(name, title, parent, when_empty=when_empty)
        self.problems = ProblemsModel(parent=self)
        self.setModel(self.problems)
        digits = self.fontMetrics().horizontalAdvance("0" * 20)
        widths = {ROW: digits // 2, OUTCOME: digits * 4 // 3, PARENT: digits, RELATED: digits, CAUSE: 2 * digits}
        set_widths(self, widths)
        self.problems.modelReset.connect(self._on_other_titles)
        for column in (PARENT, RELATED):
            self.setItemDelegateForColumn(column, IdDelegate(self))

    def _on_other_titles(self) -> None:
        """Other links have other titles, such as Campaign, which may need more room than those before."""
        set_widths(self, {column: self.columnWidth(column) for column in range(self.problems.columnCount())})
