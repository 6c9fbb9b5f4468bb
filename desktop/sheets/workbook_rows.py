"""Rows of a workbook as exact text.

python-calamine reads fast, but every number comes as a float, and an error cell comes as nothing. So a number of more
than 15 digits, and a sheet with error cells, are looked at again by openpyxl, which knows how the number was stored: a
whole number arrives as ``int``, digit for digit; anything else was rounded. In the text of a cell a rounded number is
shown with an exponent, as Excel shows it, so that nothing downstream takes it for an ID.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from desktop.domain.errors import SheetChoiceWrong, SheetUnreadable
from desktop.domain.readings import Worksheet
from desktop.domain.records import judge_number
from desktop.sheets.child import blocks_from_child
from desktop.sheets.extents import check_size, is_small
from desktop.sheets.formats import PASSWORD, FileKind, told_plainly

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

BLOCK = 5000
OWN_RESULTS = ("Summary", "All rows", "To fix")
_EXACT = 10**15

Cells = tuple[str, ...]
Opinion = tuple[int, int, str]
Opening = tuple[tuple[Worksheet, ...], str]
RowBlock = tuple[list[Cells], set[tuple[int, int]]]


class WorkbookReader:
    """Reads one workbook, in this process when it is small in every sense, else in a child process.

    Even opening a big one costs: the library reads all shared texts at once.
    """

    def __init__(self, path: Path, kind: FileKind, cancelled: Callable[[], bool]) -> None:
        self._path = path
        self._kind = kind
        self._cancelled = cancelled
        self._here = kind is FileKind.XLSX and is_small(path)

    def open(self, wanted: str | None) -> tuple[Opening, Iterator[RowBlock]]:
        """The worksheets, the chosen one, and its rows: blocks from its first row, each with its doubtful cells (from 0).

        Raises SheetUnreadable, SheetUnsafe, SheetLocked, SheetChoiceWrong.
        """
        blocks = self._blocks(stream_workbook, wanted)
        return next(blocks, ((), "")), blocks

    def opinions(self, sheet_name: str, columns: set[int]) -> Iterator[list[Opinion]]:
        """Blocks of (row, column, text), from 0: the stored numbers and error cells of these columns. Raises like open."""
        return self._blocks(stream_opinions, sheet_name, columns)

    def has_error_cells(self) -> bool:
        """True when any worksheet stores an error cell; a scan of the XML without parsing it."""
        if self._kind is not FileKind.XLSX:
            return False
        with told_plainly(self._path), ZipFile(self._path) as archive:
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            return any(_mentions_error(archive, name) for name in names)

    def _blocks(self, work: Callable[..., Iterator[Any]], *args: object) -> Iterator[Any]:
        return work(self._path, *args) if self._here else blocks_from_child(self._path, work, args, self._cancelled)


def stream_workbook(path: Path, wanted: str | None) -> Iterator[Opening | RowBlock]:
    """First what :meth:`WorkbookReader.open` tells of the worksheets, then the blocks of rows."""
    with _calamine(path) as workbook:
        worksheets = _worksheets_of(workbook)
        name = choose_worksheet(path, worksheets, wanted)
        yield worksheets, name
        yield from _rows_of(path, workbook.get_sheet_by_name(name))


def stream_opinions(path: Path, sheet_name: str, columns: set[int]) -> Iterator[list[Opinion]]:
    """Every numeric or error cell in these columns as openpyxl finds it stored. Raises SheetUnreadable."""
    from openpyxl import load_workbook

    block: list[Opinion] = []
    try:
        with told_plainly(path):
            workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                sheet = workbook[sheet_name]
                sheet.reset_dimensions()
                for row in sheet.iter_rows():
                    block += _opinions_of(row, columns)
                    if len(block) >= BLOCK:
                        yield block
                        block = []
            finally:
                workbook.close()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, BadZipFile, zlib.error, EOFError) as exc:
        raise SheetUnreadable(str(path), "its numbers cannot be read exactly") from exc
    yield block


def choose_worksheet(path: Path, worksheets: tuple[Worksheet, ...], name: str | None) -> str:
    """The worksheet of this name, else the first that is not hidden; of our own results the one to fix.

    Raises SheetChoiceWrong, SheetUnreadable.
    """
    names = [sheet.name for sheet in worksheets]
    if name is not None:
        if name not in names:
            known = ", ".join(f"“{sheet}”" for sheet in names)
            raise SheetChoiceWrong(str(path), f"there is no worksheet “{name}”, only {known}")
        return name
    if names and names[0] == OWN_RESULTS[0] and set(OWN_RESULTS) <= set(names):
        return OWN_RESULTS[-1]
    for sheet in worksheets:
        if not sheet.hidden:
            return sheet.name
    raise SheetUnreadable(str(path), "it has no worksheet that is not hidden")


def _worksheets_of(workbook: "CalamineWorkbook") -> tuple[Worksheet, ...]:
    """The worksheets in order; chart sheets are left out."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return tuple(
        Worksheet(sheet.name, sheet.visible is not SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
    )


def _rows_of(path: Path, sheet: "CalamineSheet") -> Iterator[RowBlock]:
    """Blocks of rows from the first row of the worksheet; the used area need not begin in its first column."""
    left = sheet.start[1] if sheet.start else 0
    check_size(path, sheet.end[0] + 1 if sheet.end else 0, left + sheet.width)
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
        if len(rows) >= BLOCK:
            yield rows, doubtful
            rows, doubtful = [], set()
    yield rows, doubtful


def _opinions_of(row: tuple[Any, ...], columns: set[int]) -> list[Opinion]:
    found = []
    for cell in row:
        column = getattr(cell, "column", None)
        if column is not None and column - 1 in columns and cell.data_type in ("n", "e") and cell.value is not None:
            found.append((cell.row - 1, column - 1, _second_text(cell.value)))
    return found


def _mentions_error(archive: ZipFile, name: str) -> bool:
    mark, tail = b't="e"', b""
    with archive.open(name) as part:
        while piece := part.read(1024 * 1024):
            if mark in tail + piece:
                return True
            tail = piece[-len(mark) :]
    return False


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
        raise SheetUnreadable(str(path), PASSWORD) from exc
    except (CalamineError, ValueError, EOFError) as exc:
        raise SheetUnreadable(str(path), "it is cut short or damaged") from exc
