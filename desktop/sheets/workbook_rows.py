"""Rows of a workbook as exact text.

python-calamine reads fast, but every number comes as a float, and an error cell comes as nothing. So a number of more
than 15 digits, and a sheet with error cells, are looked at again by openpyxl, which knows how the number was stored: a
whole number arrives as ``int``, digit for digit; anything else was rounded. In the text of a cell a rounded number is
shown with an exponent, as Excel shows it, so that nothing downstream takes it for an ID.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from desktop.domain.errors import SheetChoiceWrong, SheetUnreadable
from desktop.domain.readings import Worksheet
from desktop.domain.records import judge_number
from desktop.sheets.formats import FileKind, told_plainly

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_EXACT = 10**15
_MOST_COLUMNS = 16_384

Cells = tuple[str, ...]


def worksheets_of(path: Path) -> tuple[Worksheet, ...]:
    """The worksheets of a workbook in order; chart sheets are left out. Raises SheetUnreadable."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    with _calamine(path) as workbook:
        return tuple(
            Worksheet(sheet.name, sheet.visible is not SheetVisibleEnum.Visible)
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        )


def choose_worksheet(path: Path, worksheets: tuple[Worksheet, ...], name: str | None) -> str:
    """The worksheet of this name, else the first that is not hidden. Raises SheetChoiceWrong, SheetUnreadable."""
    if name is not None:
        if name not in [sheet.name for sheet in worksheets]:
            known = ", ".join(f"“{sheet.name}”" for sheet in worksheets)
            raise SheetChoiceWrong(str(path), f"there is no worksheet “{name}”, only {known}")
        return name
    for sheet in worksheets:
        if not sheet.hidden:
            return sheet.name
    raise SheetUnreadable(str(path), "it has no worksheet that is not hidden")


def stream_rows(path: Path, sheet_name: str, block: int) -> Iterator[tuple[list[Cells], set[tuple[int, int]]]]:
    """Blocks of rows from the first row of the worksheet, each with its doubtful cells (row indexes of the sheet)."""
    with _calamine(path) as workbook:
        sheet = workbook.get_sheet_by_name(sheet_name)
        left = sheet.start[1] if sheet.start else 0
        if left + sheet.width > _MOST_COLUMNS:
            raise SheetUnreadable(str(path), "it has more columns than a sheet can have")
        merged = _MergedCells(sheet.merged_cell_ranges or [])
        padding = ("",) * left
        rows: list[Cells] = []
        doubtful: set[tuple[int, int]] = set()
        for index, values in enumerate(sheet.iter_rows()):
            cells = padding + tuple([value if value.__class__ is str else _shown(value) for value in values])
            for column, value in enumerate(values, start=left):
                if value.__class__ is float and abs(value) >= _EXACT:
                    doubtful.add((index, column))
            rows.append(merged.fill(index, cells))
            if len(rows) >= block:
                yield rows, doubtful
                rows, doubtful = [], set()
        yield rows, doubtful


def has_error_cells(path: Path, kind: FileKind) -> bool:
    """True when any worksheet stores an error cell; a scan of the XML without parsing it."""
    if kind is not FileKind.XLSX:
        return False
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    tail = b""
                    while piece := part.read(1024 * 1024):
                        if b't="e"' in tail + piece:
                            return True
                        tail = piece[-8:]
    return False


def second_opinion(
    path: Path, sheet_name: str, columns: set[int], cancelled: Callable[[], bool]
) -> Iterator[tuple[int, int, str]]:
    """(row index, column, text) of every numeric or error cell in these columns, as openpyxl finds it stored."""
    from openpyxl import load_workbook

    with told_plainly(path):
        workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        for row in workbook[sheet_name].iter_rows():
            if cancelled():
                return
            for cell in row:
                column = getattr(cell, "column", None)
                if column is not None and column - 1 in columns and cell.data_type in ("n", "e") and cell.value is not None:
                    yield cell.row - 1, column - 1, _second_text(cell.value)
    finally:
        workbook.close()


def _second_text(value: object) -> str:
    if isinstance(value, int):
        judged = judge_number(str(value))
        return str(value) if judged.record_id is not None or abs(value) < _EXACT else f"{value:.14E}"
    return _shown(value)


def _shown(value: object) -> str:
    """A value that is not text, as a spreadsheet shows it; a number only as far as it is exact."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return _shown_number(value)
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def _shown_number(value: float) -> str:
    if value == value // 1 and abs(value) < _EXACT:
        return f"{value:.0f}"
    return f"{value:.14E}" if abs(value) >= _EXACT else repr(value)


class _MergedCells:
    """Gives the value of a merged area to every row of it (its first column), as rows go by from the top."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._last_rows = {top: last_row for top, (last_row, _) in ranges if last_row > top[0]}
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, index: int, cells: Cells) -> Cells:
        """The cells of row ``index`` with the values of areas that began above it."""
        if not self._last_rows:
            return cells
        filled = list(cells)
        for column, cell in enumerate(cells):
            if (last_row := self._last_rows.get((index, column))) is not None:
                self._open[column] = (last_row, cell)
            elif column in self._open and index <= self._open[column][0]:
                filled[column] = cell or self._open[column][1]
        return tuple(filled)


@contextmanager
def _calamine(path: Path) -> Iterator["CalamineWorkbook"]:
    """An open workbook; the library's errors in our words."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with told_plainly(path):
            workbook = CalamineWorkbook.from_path(str(path))
            try:
                yield workbook
            finally:
                workbook.close()
    except PasswordError as exc:
        raise SheetUnreadable(str(path), "it is protected with a password") from exc
    except (CalamineError, ValueError, EOFError) as exc:
        raise SheetUnreadable(str(path), "it is cut short or damaged") from exc
