"""Check how far a worksheet reaches: no further than a spreadsheet can, and not far away from what stands in it.

A file of one kilobyte can name a single cell in the last row and column. A reader that makes room for everything between that
cell and the first one asks for hundreds of gigabytes, and the whole program ends.
"""

from pathlib import Path

from desktop.domain.errors import SheetUnsafe
from desktop.domain.texts import Text

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_BLANK_AREA = 17_000_000  # a whole worksheet of Excel 97, of 65,536 rows and 256 columns
_AREA_A_CELL = 20


def check_size(path: Path, rows: int, columns: int) -> None:
    """Raise SheetUnsafe for more rows or columns than a spreadsheet can have."""
    if rows > MOST_ROWS:
        raise SheetUnsafe(str(path), Text("too-many-rows", most=MOST_ROWS))
    if columns > MOST_COLUMNS:
        raise SheetUnsafe(str(path), Text("too-many-columns", most=MOST_COLUMNS))


def check_area(path: Path, area: int, cells: int) -> None:
    """Raise SheetUnsafe if the used area (from A1) is far larger than what stands in it.

    A reader makes room for all of it: two cells, one of them in the last corner, would cost hundreds of gigabytes.
    """
    if is_wide_area(area, cells):
        raise SheetUnsafe(str(path), Text("cell-far-away"))


def is_wide_area(area: int, cells: int) -> bool:
    """True for an area far larger than that many cells make likely."""
    return area > _BLANK_AREA + _AREA_A_CELL * cells


def column_number(letters: str) -> int:
    """Turn letters into a column number: ``A`` is 1, ``XFD`` is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
