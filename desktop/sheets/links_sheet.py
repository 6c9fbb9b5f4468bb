"""A sheet becomes links: every row is read, every entry ends as a link, a duplicate or a rejection with its reason."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import overload

from desktop.domain.collector import without_collector
from desktop.domain.entries import Books, SheetRow
from desktop.domain.errors import RelationUnclear, SheetChoiceWrong, SheetUnreadable, SheetWithoutLinks
from desktop.domain.readings import Reading, ReadingChoice, SheetLinks
from desktop.domain.relations import check_allowed
from desktop.sheets.columns import ChoiceNotThere, ColumnsNotFound, Layout, RelationOpen, find_layout
from desktop.sheets.formats import FileKind, identify, told_plainly
from desktop.sheets.link_builder import LinkBuilder
from desktop.sheets.text_rows import find_format, text_blocks
from desktop.sheets.workbook_rows import Cells, WorkbookReader

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]

_NOT_UTF_8 = "The file is not UTF-8; it was read as Windows-1252."
_NOT_SEEN_TWICE = "The numbers could not be read a second time; those of more than 15 digits count as damaged."


class RowsBelow(Sequence[SheetRow]):
    """All rows below the header, blank ones included; the number of a row is its place in the file."""

    def __init__(self, rows: list[Cells], skipped: int) -> None:
        self._rows = rows
        self._skipped = skipped

    def __len__(self) -> int:
        return max(0, len(self._rows) - self._skipped)

    @overload
    def __getitem__(self, index: int) -> SheetRow: ...
    @overload
    def __getitem__(self, index: slice) -> "list[SheetRow]": ...
    def __getitem__(self, index: int | slice) -> "SheetRow | list[SheetRow]":
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        place = self._skipped + (index if index >= 0 else len(self) + index)
        if not self._skipped <= place < len(self._rows):
            raise IndexError(index)
        return SheetRow(place + 1, self._rows[place])


def open_sheet(
    path: Path,
    choice: ReadingChoice = ReadingChoice(),  # noqa: B008 (a frozen value, shared without harm)
    progress: Progress = lambda _: None,
    cancelled: Cancelled = lambda: False,
) -> SheetLinks:
    """Read a sheet to the end. ``progress`` gets the rows read so far; when cancelled, what was read so far is returned.

    Raises SheetUnreadable, SheetUnsafe, SheetLocked, SheetWithoutLinks, SheetChoiceWrong, RelationUnclear, RelationNotAllowed.
    """
    path = path.absolute()
    if choice.relation is not None:
        check_allowed(choice.relation)
    kind = identify(path, encoding_named=choice.encoding is not None)
    with told_plainly(path), without_collector(), _unchanged(path):
        if kind is FileKind.TEXT:
            rows, reading = _text(path, choice, progress, cancelled)
            layout = _layout_of(path, rows, choice)
        else:
            rows, reading, layout = _workbook(path, kind, choice, progress, cancelled)
        return _assemble(path, rows, reading, layout, choice)


def _text(path: Path, choice: ReadingChoice, progress: Progress, cancelled: Cancelled) -> tuple[list[Cells], Reading]:
    text_format = find_format(path, choice.encoding, choice.delimiter)
    rows: list[Cells] = []
    for block in text_blocks(path, text_format, cancelled):
        rows += block
        progress(len(rows))
        if cancelled():
            break
    guessed = text_format.encoding == "cp1252" and choice.encoding is None
    return rows, Reading(
        f"{text_format.label} text",
        encoding=text_format.encoding_label,
        delimiter=text_format.delimiter,
        notes=(_NOT_UTF_8,) if guessed else (),
    )


def _workbook(
    path: Path, kind: FileKind, choice: ReadingChoice, progress: Progress, cancelled: Cancelled
) -> tuple[list[Cells], Reading, Layout]:
    reader = WorkbookReader(path, kind, cancelled)
    (worksheets, name), blocks = reader.open(choice.sheet_name)
    rows: list[Cells] = []
    doubtful: set[tuple[int, int]] = set()
    for block, unsure in blocks:
        rows += block
        doubtful |= unsure
        progress(len(rows))
        if cancelled():
            break
    layout = _layout_of(path, rows, choice)
    columns = {layout.columns.parent, layout.columns.related}
    notes: tuple[str, ...] = ()
    if kind is FileKind.XLSX and (any(column in columns for _, column in doubtful) or reader.has_error_cells()):
        notes = _ask_again(reader, name, rows, columns)
    return rows, Reading(kind.value, worksheets, name, notes=notes), layout


def _ask_again(reader: WorkbookReader, name: str, rows: list[Cells], columns: set[int]) -> tuple[str, ...]:
    """Replace numbers past 15 digits and error cells in the ID columns by what is found stored; returns what to note."""
    try:
        for block in reader.opinions(name, columns):
            for index, column, text in block:
                if index < len(rows) and column < len(rows[index]) and rows[index][column] != text:
                    rows[index] = (*rows[index][:column], text, *rows[index][column + 1 :])
    except SheetUnreadable:
        return (_NOT_SEEN_TWICE,)
    return ()


def _layout_of(path: Path, rows: list[Cells], choice: ReadingChoice) -> Layout:
    try:
        return find_layout(rows, choice)
    except RelationOpen as exc:
        raise RelationUnclear(str(path), str(exc), exc.possible) from exc
    except ChoiceNotThere as exc:
        raise SheetChoiceWrong(str(path), str(exc)) from exc
    except ColumnsNotFound as exc:
        raise SheetWithoutLinks(str(path), str(exc)) from exc


def _assemble(path: Path, rows: list[Cells], reading: Reading, layout: Layout, choice: ReadingChoice) -> SheetLinks:
    builder = LinkBuilder(layout, choice)
    blank = sum(builder.take(number + 1, rows[number]) for number in range(layout.first_row, len(rows)))
    builder.finish()
    entries, links = builder.entries, builder.links
    books = Books(
        rows=max(0, len(rows) - layout.first_row),
        blank=blank,
        entries=len(entries),
        links=len(links),
        duplicates=entries.duplicates,
        rejected=entries.rejected(),
        suspicious=len(links.suspicious),
    )
    return SheetLinks(
        path=str(path),
        name=path.name,
        sha256=_sha256(path),
        reading=replace(reading, header_row=layout.header_row),
        headers=layout.headers,
        columns=layout.columns,
        choice=choice,
        rows=RowsBelow(rows, layout.first_row),
        entries=entries,
        links=links,
        books=books,
        verdicts=builder.verdicts(),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _unchanged(path: Path) -> Iterator[None]:
    """The file that was read, looked at again and summed is one and the same. Raises SheetUnreadable."""
    before = _print_of(path.stat())
    yield
    if _print_of(path.stat()) != before:
        raise SheetUnreadable(str(path), "it was changed while it was being read")


def _print_of(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
