"""Lay out rows with the fast library, python-calamine: those of .xlsb workbooks, and of the .xls that xlrd gives up.

The library gives every number as a float, which loses nothing in formats that store binary numbers, and an error as nothing. So
what our own reader of .xlsb finds of errors and merged areas is laid over the rows. A number of more than 15 digits is shown
with an exponent, as Excel shows it, so that nothing downstream takes it for an ID.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.damage import damage_as_sheet_errors
from desktop.sheets.extents import check_area, check_size
from desktop.sheets.formats import DAMAGED, PASSWORD
from desktop.sheets.merged_areas import MergedAreas
from desktop.sheets.packed_rows import BLOCK, CUT, PackedRows
from desktop.sheets.stored_cells import ExactCells, Place, shown

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_PANIC = "PanicException"


def used_area(sheet: "CalamineSheet", exact: ExactCells | None = None) -> tuple[int, int]:
    """Return how many rows and columns there are from A1 to the last filled cell, including those that ``exact`` adds."""
    first_column = sheet.start[1] if sheet.start else 0
    rows, columns = (sheet.end[0] + 1 if sheet.end else 0), first_column + sheet.width
    if exact is not None and exact.texts:
        rows = max(rows, max(row for row, _ in exact.texts) + 1)
        columns = max(columns, max(column for _, column in exact.texts) + 1)
    return rows, columns


def row_blocks(path: Path, sheet: "CalamineSheet", exact: ExactCells) -> Iterator[PackedRows]:
    """Yield blocks of rows, beginning with row 1 and column A, although the used area may begin later.

    The cells of ``exact`` are laid over the rows. Raises SheetUnsafe.
    """
    first_column = sheet.start[1] if sheet.start else 0
    (rows_laid_out, columns_laid_out), (last_row, width) = used_area(sheet), used_area(sheet, exact)
    check_size(path, last_row, width)
    if (last_row, width) != (rows_laid_out, columns_laid_out):  # errors stand beyond the last cell that the library gives
        check_area(path, last_row * width, rows_laid_out * columns_laid_out + len(exact.texts))
    merged = MergedAreas(path, [*(sheet.merged_cell_ranges or ()), *exact.merged])
    rows, first = chain(sheet.iter_rows(), repeat([], last_row - rows_laid_out)), 0
    while values := list(islice(rows, BLOCK)):
        block = _packed_as_it_is(values) if not (first_column or exact.texts) else None
        if block is None:
            texts = _texts_of(values, first_column)
            _put_right(texts, first, exact.texts, width)
            block = PackedRows.of(texts)
        yield merged.applied(first, block)
        first += len(values)


def _packed_as_it_is(values: list[list[Any]]) -> PackedRows | None:
    """Return the block if all of its cells are text, else None."""
    try:
        return PackedRows.of(values)
    except (TypeError, ValueError):
        return None


def _texts_of(values: list[list[Any]], first_column: int) -> list[list[str]]:
    padding = [""] * first_column
    return [padding + list(map(_text_of, row)) for row in values]


def _text_of(value: object) -> str:
    return value.replace(CUT, "\ufffd") if isinstance(value, str) else shown(value)


def _put_right(texts: list[list[str]], first: int, exact: Mapping[Place, str], width: int) -> None:
    """Replace the texts of cells that the second reader knows better; all rows get the given width."""
    if not exact:
        return
    for number, row in enumerate(texts, start=first):
        row += [""] * (width - len(row))
        for column in range(width):
            if (text := exact.get((number, column))) is not None:
                row[column] = text


@contextmanager
def opened_workbook(path: Path) -> Iterator["CalamineWorkbook"]:
    """Open a workbook; the library's errors are raised as ours."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with damage_as_sheet_errors(path):
            workbook = CalamineWorkbook.from_path(str(path))
            try:
                yield workbook
            finally:
                workbook.close()
    except PasswordError as exc:
        raise SheetUnreadable(str(path), PASSWORD) from exc
    except CalamineError as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    except BaseException as exc:
        # A panic of the library derives from BaseException, and its class cannot be imported: it is known by its name.
        if type(exc).__name__ != _PANIC:
            raise
        raise SheetUnreadable(str(path), DAMAGED) from exc
