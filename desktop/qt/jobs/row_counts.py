"""What has to look at every row of a sheet for a filter: the values of a column, and the counts of a mark.

Lives on the window's thread and counts behind the background door.
"""

from PySide6.QtCore import Signal

from desktop.application.row_filters import ColumnValue, mark_columns, values_of
from desktop.domain.readings import SheetLinks
from desktop.domain.row_choices import Condition
from desktop.qt.jobs.background import Steps, Work

_VALUES, _MARKS = "values", "marks"


class RowCounts(Steps):
    """``values_counted`` (column, its ColumnValues or None when there are too many), ``mark_found`` (column, ColumnValues)."""

    values_counted = Signal(int, object)
    mark_found = Signal(int, object)

    def count_values(self, sheet: SheetLinks, column: int) -> None:
        """Count the values of a column (from 0); ends in ``values_counted``."""

        def count(work: Work) -> tuple[int, list[ColumnValue] | None]:
            return column, values_of(sheet, column, work.is_cancelled)

        self.begin(_VALUES, count, self._on_values)

    def look_for_mark(self, sheet: SheetLinks) -> None:
        """Look for a column that looks like a mark and tells rows apart; ends in ``mark_found`` where there is one."""
        filtered = {one.column for one in sheet.choice.where if isinstance(one, Condition)}

        def look(work: Work) -> tuple[int, list[ColumnValue]] | None:
            for column in mark_columns(sheet):
                values = None if column in filtered or work.is_cancelled() else values_of(sheet, column, work.is_cancelled)
                if values is not None and len(values) > 1:
                    return column, values
            return None

        self.begin(_MARKS, look, self._on_mark)

    def give_up_values(self) -> None:
        """Nobody waits for the values any more."""
        self.give_up(_VALUES)

    def give_up_all(self) -> None:
        """Another sheet is read, or the window is gone."""
        self.give_up(_VALUES, _MARKS)

    def _on_values(self, counted: tuple[int, list[ColumnValue] | None]) -> None:
        self.values_counted.emit(*counted)

    def _on_mark(self, found: tuple[int, list[ColumnValue]] | None) -> None:
        if found is not None:
            self.mark_found.emit(*found)
