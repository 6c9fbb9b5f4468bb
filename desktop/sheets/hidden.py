"""What a worksheet does not show: rows and columns that a filter, a person or a closed group has hidden."""

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field


def _no_rows() -> "array[int]":
    return array("L")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows (numbers from 1, ascending, no doubles) and columns (from 0, likewise) that the workbook does not show."""

    rows: "array[int]" = field(default_factory=_no_rows)
    columns: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)

    def within(self, rows: int, columns: int) -> "Hidden":
        """Only what lies in the used area: hidden rows below the last filled one would be told without end."""
        return Hidden(self.rows[: bisect_right(self.rows, rows)], tuple(one for one in self.columns if one < columns))
