"""What a worksheet does not show: rows and columns hidden by a filter, a person or a closed group."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, compress
from operator import lt

from desktop.sheets.extents import MOST_ROWS

_MOST_SEEN = 2 * MOST_ROWS  # a damaged workbook may name a row twice


def _no_rows() -> "array[int]":
    return array("L")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows (numbers from 1, ascending, each once) and columns (from 0, likewise) that the workbook does not show."""

    rows: "array[int]" = field(default_factory=_no_rows)
    columns: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)

    def within(self, rows: int, columns: int) -> "Hidden":
        """Return only what lies in the used area: below the last filled row, a million hidden rows may be stored."""
        return Hidden(self.rows[: bisect_right(self.rows, rows)], tuple(column for column in self.columns if column < columns))


class HiddenRowCollector:
    """Collects the hidden rows of a worksheet as its rows go by, in whatever order."""

    def __init__(self) -> None:
        self._hidden = _no_rows()
        self._shown = _no_rows()
        self._hides_others = False

    def hide_others(self) -> None:
        """Count rows that are never seen as hidden, too."""
        self._hides_others = True

    def see(self, row: int, *, hides: bool) -> None:
        """Add a row (from 1). Raises ValueError for more rows than there can be."""
        rows = self._hidden if hides else self._shown
        if len(rows) >= _MOST_SEEN:
            raise ValueError("it has more rows than a spreadsheet can have")
        rows.append(row)

    def hide_all(self, rows: Iterable[int]) -> None:
        """Add many hidden rows. Raises ValueError for more rows than there can be."""
        self._hidden.extend(rows)
        if len(self._hidden) > _MOST_SEEN:
            raise ValueError("it has more rows than a spreadsheet can have")

    def numbers(self) -> "array[int]":
        """Return the hidden rows in order, each once. Of the rows that were never seen, those below the last seen one are left
        out.
        """
        rows = self._hidden
        if self._hides_others:
            is_hidden = bytearray(b"\1") * (max(chain(rows, self._shown), default=0) + 1)
            for row in self._shown:
                is_hidden[row] = 0
            for row in rows:
                is_hidden[row] = 1
            return array("L", compress(range(1, len(is_hidden)), is_hidden[1:]))
        return rows if all(map(lt, rows, rows[1:])) else array("L", sorted(set(rows)))
