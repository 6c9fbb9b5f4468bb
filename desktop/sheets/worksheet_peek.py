"""The first rows of the worksheets that were not chosen, to tell which of them hold IDs as well.

Each worksheet that is looked at is laid out whole by the library that reads it, and before the first one all shared
texts are. So only so much is looked at as costs a fraction of reading a big sheet; the others are given by name alone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from desktop.domain.errors import SheetError, SheetUnreadable
from desktop.domain.readings import Cells
from desktop.sheets import xlsb_records
from desktop.sheets.child import blocks_from_child
from desktop.sheets.extents import is_small
from desktop.sheets.formats import DAMAGED, FileKind, told_plainly
from desktop.sheets.hidden_rows import DAMAGE
from desktop.sheets.open_xml import Package, read_book
from desktop.sheets.workbook_rows import SecondLook, opened_workbook, row_blocks
from desktop.sheets.worksheet_scan import Mentions, scan_worksheets

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

PEEKED_ROWS = 200
MOST_PEEKED = 20
MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Peek:
    """The first rows of a worksheet and how many it has from its first to its last filled one; both None when it was not
    looked at, because there were too many, it is too big, or it could not be read.
    """

    name: str
    rows: tuple[Cells, ...] | None = None
    height: int | None = None


def peek_worksheets(
    path: Path,
    kind: FileKind,
    names: Sequence[str],
    rows: int = PEEKED_ROWS,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Peek]:
    """One for each of these worksheets, in this order. Nothing is raised about a sheet: what cannot be read was not seen.

    A big workbook is looked at in a child process, with the limits that reading it has.
    """
    found: dict[str, Peek] = {}
    with suppress(SheetError), told_plainly(path):
        if kind is FileKind.XLSX and is_small(path):
            peeks = stream_peeks(path, kind, tuple(names), rows)
        else:
            peeks = blocks_from_child(path, stream_peeks, (kind, tuple(names), rows), cancelled)
        for peek in peeks:
            found[peek.name] = peek
    return [found.get(name, Peek(name)) for name in names]


def stream_peeks(path: Path, kind: FileKind, names: tuple[str, ...], rows: int) -> Iterator[Peek]:
    """What :func:`peek_worksheets` finds, read in this process. Raises SheetUnreadable, SheetUnsafe."""
    try:
        affordable = _affordable(path, kind, names[:MOST_PEEKED])
    except DAMAGE as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    if not affordable:
        return
    mentions = scan_worksheets(path, affordable) if kind is FileKind.XLSX else {}
    with opened_workbook(path) as workbook:
        for name in affordable:
            found = mentions.get(name, Mentions())
            second = SecondLook(path, kind, name, needed=found.errors, rows=rows)
            yield _peek(path, workbook, second, found, name)


def _peek(path: Path, workbook: "CalamineWorkbook", second: SecondLook, found: Mentions, name: str) -> Peek:
    from python_calamine import CalamineError

    try:
        sheet = workbook.get_sheet_by_name(name)
        block = next(row_blocks(path, sheet, second, found.fractions), None)
    except (CalamineError, ValueError, EOFError, SheetError):
        return Peek(name)  # the next one may be sound
    return Peek(name, tuple(block.rows()[: second.rows]) if block is not None else (), sheet.height)


def _affordable(path: Path, kind: FileKind, names: Sequence[str]) -> list[str]:
    """The first of these worksheets that unpack, together with what all of them need, to no more than MOST_BYTES."""
    left, sizes = MOST_BYTES, dict.fromkeys(names, 0)
    match kind:
        case FileKind.XLS:
            left -= path.stat().st_size
        case FileKind.ODS:
            with ZipFile(path) as archive:
                left -= archive.getinfo("content.xml").file_size
        case _:
            with ZipFile(path) as archive:
                package = Package(archive)
                book = (xlsb_records.read_book if kind is FileKind.XLSB else read_book)(package)
                shared = (one.part for one in package.relations(package.workbook()).values() if one.kind == "sharedStrings")
                left -= sum(package.size(part) for part in shared if part in package)
                sizes = {sheet.name: package.size(sheet.part) for sheet in book.sheets if sheet.part in package}
    chosen = []
    for name in names:
        if name in sizes and sizes[name] <= left:
            left -= sizes[name]
            chosen.append(name)
    return chosen if left >= 0 else []
