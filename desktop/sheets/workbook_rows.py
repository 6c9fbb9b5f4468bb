"""Rows of a workbook as exact text.

python-calamine reads fast, but every number comes as a float, and an error cell comes as nothing. So a number of more
than 15 digits, and a sheet with error cells, are looked at a second time by a reader that knows what is stored
(:mod:`exact_cells`). In the text of a cell a rounded number is shown with an exponent, as Excel shows it, so that
nothing downstream takes it for an ID.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.errors import SheetChoiceWrong, SheetUnreadable
from desktop.domain.readings import Worksheet
from desktop.sheets.child import blocks_from_child
from desktop.sheets.exact_cells import look_again
from desktop.sheets.extents import check_size, is_small
from desktop.sheets.formats import DAMAGED, PASSWORD, FileKind, told_plainly
from desktop.sheets.hidden import Hidden
from desktop.sheets.hidden_rows import find_front, find_hidden, may_hide
from desktop.sheets.own_results import TO_FIX, is_own
from desktop.sheets.packed_rows import BLOCK, CUT, PackedRows
from desktop.sheets.stored_cells import EXACT, ExactCells, Place, shown
from desktop.sheets.worksheet_scan import Mentions, scan_worksheets

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# A hostile file is small, and the scan is done with it before anything is laid out; a large one is laid out meanwhile.
_SCAN_FIRST_S = 0.25

NOT_SEEN_TWICE = "The cells could not be read a second time; numbers of more than 15 digits count as damaged, errors as empty."
HIDDEN_UNKNOWN = "Whether rows are hidden or filtered out cannot be found out in this workbook; all of its rows are read."
BARE_FORMULAS = "Some formulas have no stored value and count as empty; open the file in Excel, save it, and open it here again."


@dataclass(frozen=True, slots=True)
class Opening:
    """The worksheets of a workbook and the name of the one that is read."""

    worksheets: tuple[Worksheet, ...]
    sheet_name: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the rows that the user should know; ``if_blank``: only when an ID is missing somewhere."""

    text: str
    if_blank: bool = False


Part = Opening | Hidden | PackedRows | Note
"""``Hidden`` comes once, before the first rows, and only when something is hidden."""


def workbook_parts(path: Path, kind: FileKind, wanted: str | None, cancelled: Callable[[], bool]) -> Iterator[Part]:
    """The opening, then the rows in blocks from the first one, and notes; in this process when the file is small in every sense.

    Even opening a big one costs: the library reads all shared texts at once.
    Raises SheetUnreadable, SheetUnsafe, SheetLocked, SheetChoiceWrong.
    """
    if kind is FileKind.XLSX and is_small(path):
        return stream_workbook(path, kind, wanted)
    return blocks_from_child(path, stream_workbook, (kind, wanted), cancelled)


def stream_workbook(path: Path, kind: FileKind, wanted: str | None) -> Iterator[Part]:
    """What :func:`workbook_parts` gives, read in this process."""
    with ThreadPoolExecutor(1) as beside:
        scanning = beside.submit(scan_worksheets, path) if kind is FileKind.XLSX else None
        scanned_by = time.monotonic() + _SCAN_FIRST_S
        glancing = beside.submit(may_hide, path, kind)
        with opened_workbook(path) as workbook:
            worksheets = _worksheets_of(workbook, find_front(path, kind))
            name = choose_worksheet(path, worksheets, wanted)
            yield Opening(worksheets, name)
            with suppress(TimeoutError):
                _mentions(scanning, name, max(0.0, scanned_by - time.monotonic()))
            place = [one.name for one in workbook.sheets_metadata].index(name)
            finding = beside.submit(lambda: _hidden(path, kind, (name, place), scanning, glancing))
            sheet = workbook.get_sheet_by_name(name)  # most of the time goes here, without the interpreter lock
            mentions, hidden = _mentions(scanning, name), finding.result()
            if hidden := hidden and hidden.within(*used_area(sheet)):
                yield hidden
            second = SecondLook(path, kind, name, needed=mentions.errors)
            yield from row_blocks(path, sheet, second, mentions.fractions)
    if hidden is None:
        yield Note(HIDDEN_UNKNOWN)
    if second.failed:
        yield Note(NOT_SEEN_TWICE)
    if mentions.bare_formulas:
        yield Note(BARE_FORMULAS, if_blank=True)


def choose_worksheet(path: Path, worksheets: tuple[Worksheet, ...], name: str | None) -> str:
    """The worksheet of this name, else the one that was in front, else the first that is not hidden; of our own results
    the one to fix.

    Raises SheetChoiceWrong, SheetUnreadable.
    """
    names = [sheet.name for sheet in worksheets]
    if name is not None:
        if name not in names:
            known = ", ".join(f"“{sheet}”" for sheet in names)
            raise SheetChoiceWrong(str(path), f"there is no worksheet “{name}”, only {known}")
        return name
    if is_own(worksheets):
        return TO_FIX
    visible = [sheet for sheet in worksheets if not sheet.hidden]
    for sheet in sorted(visible, key=lambda sheet: not sheet.in_front):
        return sheet.name
    raise SheetUnreadable(str(path), "it has no worksheet that is not hidden")


def _worksheets_of(workbook: "CalamineWorkbook", front: int | str | None) -> tuple[Worksheet, ...]:
    """The worksheets in order; chart sheets are left out. ``front``: the sheet in front, by its place or its name."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return tuple(
        Worksheet(sheet.name, hidden, in_front=not hidden and front in (place, sheet.name))
        for place, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ is SheetTypeEnum.WorkSheet
        for hidden in (sheet.visible is not SheetVisibleEnum.Visible,)
    )


def _mentions(scanning: Future[dict[str, Mentions]] | None, name: str, timeout_s: float | None = None) -> Mentions:
    """What the scan found in this worksheet; one that was not scanned may hold errors."""
    found = {} if scanning is None else scanning.result(timeout_s)
    return found.get(name, Mentions(errors=True, hides=True))


def _hidden(
    path: Path,
    kind: FileKind,
    sheet: tuple[str, int],
    scanning: Future[dict[str, Mentions]] | None,
    glancing: Future[bool],
) -> Hidden | None:
    """What the worksheet (its name, its place among all sheets) hides; None when the workbook cannot be asked."""
    if not (glancing.result() and _mentions(scanning, sheet[0]).hides):
        return Hidden()
    try:
        return find_hidden(path, kind, *sheet)
    except SheetUnreadable:
        return None


def used_area(sheet: "CalamineSheet") -> tuple[int, int]:
    """How many rows and columns there are from the first one to the last filled one."""
    left = sheet.start[1] if sheet.start else 0
    return (sheet.end[0] + 1 if sheet.end else 0), left + sheet.width


class SecondLook:
    """What another reader finds stored, asked for once, when it is first needed."""

    def __init__(self, path: Path, kind: FileKind, sheet_name: str, *, needed: bool) -> None:
        self._asked = path, kind, sheet_name
        self._found: ExactCells | None = None
        self.failed = False
        if needed:
            self.cells()

    def cells(self) -> ExactCells:
        """The cells; none when that reader cannot read the file."""
        if self._found is None:
            try:
                self._found = look_again(*self._asked)
            except SheetUnreadable:
                self._found, self.failed = ExactCells(), True
        return self._found

    @property
    def known(self) -> ExactCells:
        """The cells if they were asked for."""
        return self._found or ExactCells()


def row_blocks(path: Path, sheet: "CalamineSheet", second: SecondLook, literals: Mapping[Place, str]) -> Iterator[PackedRows]:
    """Blocks of rows from the first row of the worksheet; the used area need not begin in its first column."""
    left = sheet.start[1] if sheet.start else 0
    check_size(path, *used_area(sheet))
    merged = _MergedCells([*(sheet.merged_cell_ranges or ()), *second.known.merged])
    rows, first = sheet.iter_rows(), 0
    while values := list(islice(rows, BLOCK)):
        block = _packed_as_it_is(values) if not (left or merged or literals or second.known.texts) else None
        if block is None:
            texts = _texts_of(values, left)
            if any(map(_has_long_number, values)):
                second.cells()
            _put_right(texts, first, {**literals, **second.known.texts})
            block = PackedRows.of([merged.fill(number, row) for number, row in enumerate(texts, start=first)])
        yield block
        first += len(values)


def _packed_as_it_is(values: list[list[Any]]) -> PackedRows | None:
    """The block when all of its cells are text."""
    try:
        return PackedRows.of(values)
    except (TypeError, ValueError):
        return None


def _texts_of(values: list[list[Any]], left: int) -> list[list[str]]:
    padding = [""] * left
    return [padding + list(map(_text_of, row)) for row in values]


def _text_of(value: object) -> str:
    return value.replace(CUT, "\ufffd") if isinstance(value, str) else shown(value)


def _has_long_number(row: Sequence[object]) -> bool:
    return any(value.__class__ is float and abs(value) >= EXACT for value in row)


def _put_right(texts: list[list[str]], first: int, exact: Mapping[Place, str]) -> None:
    """Replace the texts of cells that the second reader knows better."""
    if not exact:
        return
    for number, row in enumerate(texts, start=first):
        for column in range(len(row)):
            if (text := exact.get((number, column))) is not None:
                row[column] = text


class _MergedCells:
    """Gives the value of a merged area to every row of it (its first column), as rows go by from the top."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._last_rows = {top: last_row for top, (last_row, _) in ranges if last_row > top[0]}
        self._open: dict[int, tuple[int, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._last_rows)

    def fill(self, index: int, cells: Sequence[str]) -> Sequence[str]:
        """The cells of row ``index`` with the values of areas that began above it."""
        if not self._last_rows:
            return cells
        filled = list(cells)
        for column, cell in enumerate(cells):
            if (last_row := self._last_rows.get((index, column))) is not None:
                self._open[column] = (last_row, cell)
            elif column in self._open and index <= self._open[column][0]:
                filled[column] = cell or self._open[column][1]
        return filled


@contextmanager
def opened_workbook(path: Path) -> Iterator["CalamineWorkbook"]:
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
        raise SheetUnreadable(str(path), DAMAGED) from exc
