"""Read rows of a workbook as exact text; each format has its reader.

An .xlsx and an .ods are read by our own parsers: no library gives a number digit for digit, an error by its name, or a cell's
text without that of the comments and drawings on it. .xls is read by xlrd, or by python-calamine where that gives up; .xlsb by
python-calamine, or by :mod:`xlsb_sheet` where that gives up. Everything but a small .xlsx is read in a child process.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from desktop.domain.errors import SheetChoiceWrong, SheetUnreadable
from desktop.domain.readings import Worksheet
from desktop.domain.texts import Text
from desktop.sheets import fast_rows, ods_cells, xls_cells, xlsb_records, xlsb_sheet
from desktop.sheets.child import blocks_from_child
from desktop.sheets.damage import damage_as_sheet_errors
from desktop.sheets.fast_rows import opened_workbook, used_area
from desktop.sheets.formats import DAMAGED, FileKind
from desktop.sheets.hidden import Hidden
from desktop.sheets.hidden_rows import find_front, find_hidden, may_hide
from desktop.sheets.open_xml import Package, read_workbook
from desktop.sheets.own_results import ENGLISH, Words, to_fix_among
from desktop.sheets.packages import UNUSUAL
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.row_packer import PackedSheet
from desktop.sheets.stored_cells import ExactCells
from desktop.sheets.worksheet_scan import rows_must_wait
from desktop.sheets.xlsb_cells import is_whole, read_xlsb
from desktop.sheets.xlsx_cells import StoredSheet

_SMALL_UNPACKED = 2 * 1024 * 1024

NOT_SEEN_TWICE = Text("cells-not-seen-twice")
HIDDEN_UNKNOWN = Text("hiding-unknown")
NO_WORKSHEET = Text("no-worksheet-inside")
BARE_FORMULAS = Text("formulas-without-values")


@dataclass(frozen=True, slots=True)
class Opening:
    """The worksheets of a workbook, and the name of the one that is read."""

    worksheets: tuple[Worksheet, ...]
    sheet_name: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the rows that the user should know; ``if_blank``: only if an ID is missing somewhere."""

    text: Text
    if_blank: bool = False


Wanted = str | Words | None
"""The name of the worksheet to read; if none is named, the words by which our own results are recognised."""

Part = Opening | Hidden | PackedRows | Note
"""``Hidden`` comes once, before the first rows, and only if something is hidden."""


def workbook_parts(path: Path, kind: FileKind, asked_for: Wanted, cancelled: Callable[[], bool]) -> Iterator[Part]:
    """Yield the opening, then the rows in blocks from the first one, and notes; a small .xlsx is read in this process.

    Raises SheetUnreadable, SheetUnsafe, SheetLocked, SheetChoiceWrong.
    """
    if kind is FileKind.XLSX and is_small(path):
        return stream_workbook(path, kind, asked_for)
    return blocks_from_child(path, stream_workbook, (kind, asked_for), cancelled)


def is_small(path: Path) -> bool:
    """True if all parts of a workbook unpack to little; no part can unpack to more than the archive's directory says.

    Raises SheetUnreadable.
    """
    with damage_as_sheet_errors(path), ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist()) <= _SMALL_UNPACKED


def stream_workbook(path: Path, kind: FileKind, asked_for: Wanted) -> Iterator[Part]:
    """Yield the same as :func:`workbook_parts`, read in this process."""
    streams = {FileKind.XLSX: _xlsx_parts, FileKind.ODS: _ods_parts, FileKind.XLS: _xls_parts, FileKind.XLSB: _xlsb_parts}
    return streams[kind](path, asked_for)


def _xlsx_parts(path: Path, asked_for: Wanted) -> Iterator[Part]:
    with damage_as_sheet_errors(path), ZipFile(path) as archive:
        package = Package(archive)
        workbook = read_workbook(package)
        worksheets = _worksheets_of(
            [(sheet.name, sheet.is_hidden, sheet.is_worksheet) for sheet in workbook.sheets], find_front(path, FileKind.XLSX)
        )
        if not worksheets:
            raise SheetUnreadable(str(path), NO_WORKSHEET)
        name = choose_worksheet(path, worksheets, asked_for)
        sheet = next(sheet for sheet in workbook.sheets if sheet.name == name and sheet.is_worksheet)
        yield Opening(worksheets, name)
        with ThreadPoolExecutor(1) as executor:
            # The scan unpacks the whole worksheet; the shared texts are read meanwhile.
            waiting = executor.submit(rows_must_wait, path, sheet.part) if not is_small(path) else None
            stored = StoredSheet(path, package, workbook, sheet)
            waits = waiting is None or waiting.result()
        if waits:
            yield from _with_hidden(stored.all_rows(), _hidden(path, FileKind.XLSX, name, workbook.sheets.index(sheet)))
        else:
            yield from stored.blocks()
        if stored.bare_formulas:
            yield Note(BARE_FORMULAS, if_blank=True)


def _ods_parts(path: Path, asked_for: Wanted) -> Iterator[Part]:
    with damage_as_sheet_errors(path):
        tables = ods_cells.read_tables(path)
        worksheets = _worksheets_of([(table.name, table.is_hidden, True) for table in tables], find_front(path, FileKind.ODS))
        name = choose_worksheet(path, worksheets, asked_for)
        yield Opening(worksheets, name)
        rows = ods_cells.read_table(path, name)
        yield from _with_hidden(rows, _hidden(path, FileKind.ODS, name, 0) if may_hide(path, FileKind.ODS) else Hidden())


def _xls_parts(path: Path, asked_for: Wanted) -> Iterator[Part]:
    for only_cells in (False, True):
        try:
            with damage_as_sheet_errors(path):
                old = xls_cells.open_xls(path, only_cells=only_cells)
                worksheets = _worksheets_of(
                    [(sheet.name, sheet.is_hidden, sheet.is_worksheet) for sheet in old.sheets],
                    find_front(path, FileKind.XLS),
                )
                name = choose_worksheet(path, worksheets, asked_for)
                rows = xls_cells.read_worksheet(old, name)
        except SheetUnreadable as exc:
            if exc.detail != DAMAGED:
                raise
        else:
            yield Opening(worksheets, name)
            yield from _with_hidden(rows, _hidden(path, FileKind.XLS, name, old.place_of(name)))
            return
    yield from _other_parts(path, asked_for, FileKind.XLS)


def _xlsb_parts(path: Path, asked_for: Wanted) -> Iterator[Part]:
    """Read with the fast library or, if it gives up on a workbook that is whole, from the records."""
    yielded = 0
    try:
        for part in _other_parts(path, asked_for, FileKind.XLSB):
            yield part
            yielded += 1
    except SheetUnreadable as exc:
        if exc.detail != DAMAGED or not is_whole(path):
            raise
        if yielded:
            raise SheetUnreadable(str(path), UNUSUAL) from exc
        yield from _stored_xlsb(path, asked_for)


def _stored_xlsb(path: Path, asked_for: Wanted) -> Iterator[Part]:
    with damage_as_sheet_errors(path), ZipFile(path) as archive:
        package = Package(archive)
        workbook = xlsb_records.read_workbook(package)
        worksheets = _worksheets_of(
            [(sheet.name, sheet.is_hidden, sheet.is_worksheet) for sheet in workbook.sheets], find_front(path, FileKind.XLSB)
        )
        if not worksheets:  # a test version of Excel 2007 named its worksheets in another way
            raise SheetUnreadable(str(path), UNUSUAL)
        name = choose_worksheet(path, worksheets, asked_for)
        rows = xlsb_sheet.read_worksheet(path, package, workbook.part_of(name))
        yield Opening(worksheets, name)
        yield from _with_hidden(rows, _hidden(path, FileKind.XLSB, name, 0))


def _other_parts(path: Path, asked_for: Wanted, kind: FileKind) -> Iterator[Part]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    with opened_workbook(path) as workbook:
        listed = workbook.sheets_metadata
        worksheets = _worksheets_of(
            [
                (sheet.name, sheet.visible is not SheetVisibleEnum.Visible, sheet.typ is SheetTypeEnum.WorkSheet)
                for sheet in listed
            ],
            find_front(path, kind),
        )
        name = choose_worksheet(path, worksheets, asked_for)
        yield Opening(worksheets, name)
        hidden = _hidden(path, kind, name, [sheet.name for sheet in listed].index(name))
        sheet = workbook.get_sheet_by_name(name)
        exact = None
        with suppress(SheetUnreadable), damage_as_sheet_errors(path):
            exact = read_xlsb(path, name) if kind is FileKind.XLSB else None
        yield from _report_hidden(hidden, *used_area(sheet, exact))
        yield from fast_rows.row_blocks(path, sheet, exact or ExactCells())
        if exact is None:
            yield Note(NOT_SEEN_TWICE)


def _with_hidden(sheet: PackedSheet, hidden: Hidden | None) -> Iterator[Part]:
    yield from _report_hidden(hidden, sheet.rows, sheet.columns)
    yield from sheet.blocks


def _report_hidden(hidden: Hidden | None, rows: int, columns: int) -> Iterator[Part]:
    """Yield what is hidden in the used area, or a note that nobody can tell."""
    if hidden is None:
        yield Note(HIDDEN_UNKNOWN)
    elif hidden := hidden.within(rows, columns):
        yield hidden


def _hidden(path: Path, kind: FileKind, name: str, place: int) -> Hidden | None:
    """Find what the worksheet (its name, its place among all sheets) hides; None if the workbook cannot tell."""
    try:
        return find_hidden(path, kind, name, place)
    except SheetUnreadable:
        return None


def _worksheets_of(sheets: Iterable[tuple[str, bool, bool]], front: int | str | None) -> tuple[Worksheet, ...]:
    """List the worksheets in order, without chart sheets. ``sheets``: name, is it hidden, is it a worksheet.

    ``front`` is the sheet in front, by its place or its name.
    """
    return tuple(
        Worksheet(name, hidden, in_front=not hidden and front in (place, name))
        for place, (name, hidden, is_worksheet) in enumerate(sheets)
        if is_worksheet
    )


def choose_worksheet(path: Path, worksheets: tuple[Worksheet, ...], asked_for: Wanted) -> str:
    """Choose the worksheet that is named; of our own results the one to fix; else the one in front; else the first visible one.

    Raises SheetChoiceWrong, SheetUnreadable.
    """
    names = [sheet.name for sheet in worksheets]
    if isinstance(asked_for, str):
        if asked_for not in names:
            quoted = tuple(Text("in-quotes", text=sheet) for sheet in names)
            raise SheetChoiceWrong(str(path), Text("no-such-worksheet", name=asked_for, known=quoted))
        return asked_for
    if (to_fix := to_fix_among(worksheets, ENGLISH if asked_for is None else asked_for)) is not None:
        return to_fix
    visible = [sheet for sheet in worksheets if not sheet.hidden]
    for sheet in sorted(visible, key=lambda sheet: not sheet.in_front):
        return sheet.name
    raise SheetUnreadable(str(path), Text("all-worksheets-hidden"))
