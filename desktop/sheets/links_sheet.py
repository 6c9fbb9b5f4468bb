"""Read a sheet into links: every row is read, and every entry ends as a link, a duplicate or a rejection with its reason.

Rows come in blocks while the file is still being read (a big one in a child process); the judging here runs beside it.
"""

import hashlib
import os
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from math import inf
from pathlib import Path

from desktop.domain.collector import set_aside, without_collector
from desktop.domain.entries import Books, Rejection
from desktop.domain.errors import RelationUnclear, SheetChoiceWrong, SheetError, SheetUnreadable, SheetWithoutLinks
from desktop.domain.readings import FIND_OUT, Cancelled, Cells, Progress, Propose, Reading, ReadingChoice, SheetLinks
from desktop.domain.relations import check_allowed
from desktop.domain.result_tables import ONLY_ENGLISH, KnownResults
from desktop.domain.row_choices import Condition, HiddenCounts, HiddenRows, LeftOut, filter_in_words
from desktop.domain.texts import Text, chained
from desktop.sheets.columns import ENOUGH_ROWS, ChoiceNotThere, ColumnsNotFound, Layout, RelationOpen, find_layout
from desktop.sheets.csv_escapes import original_block
from desktop.sheets.document_properties import words_in
from desktop.sheets.formats import FileKind, as_sheet_errors, identify
from desktop.sheets.hidden import Hidden
from desktop.sheets.link_builder import LinkBuilder
from desktop.sheets.overlong_rows import overlong_rows
from desktop.sheets.own_results import (
    Words,
    left_out_before,
    note_on_results,
    own_names,
    source_width,
    was_written_by_us,
    words_by_place,
)
from desktop.sheets.packed_rows import BLOCK, PackedRows, RowsBelow
from desktop.sheets.row_picking import RowPicker, filter_of, title_of
from desktop.sheets.text_rows import find_format, text_blocks
from desktop.sheets.workbook_rows import HIDDEN_UNKNOWN, Note, Opening, workbook_parts

_READ_AS_LAST_TIME = Text("read-as-last-time")
_HIDDEN_UNKNOWN = Text("skipping-impossible")
_TOP_ROWS = 50


def open_sheet(
    path: Path,
    choice: ReadingChoice = FIND_OUT,
    progress: Progress = lambda _: None,
    cancelled: Cancelled = lambda: False,
    propose: Propose = lambda _, __: None,
    known: KnownResults = ONLY_ENGLISH,
) -> SheetLinks:
    """Read a sheet to the end. ``progress`` gets the rows read so far; if cancelled, what was read so far is returned.

    ``propose`` may complete the choice when it sees the first rows; a proposal that does not fit them is dropped. ``known``
    says how our own results are recognised.

    Raises SheetUnreadable, SheetUnsafe, SheetLocked, SheetWithoutLinks, SheetChoiceWrong, RelationUnclear, RelationNotAllowed.
    """
    path = path.absolute()
    if choice.relation is not None:
        check_allowed(choice.relation, choice.accepted_relations)
    kind = identify(path, encoding_named=choice.encoding is not None)
    draft = _Draft(path, choice, propose, known.words)
    with draft.errors_with_reading(), as_sheet_errors(path), without_collector(), _unchanged(path):
        for block in _text(draft, cancelled, known) if kind is FileKind.TEXT else _workbook(draft, kind, cancelled):
            draft.add_block(block)
            progress(draft.rows)
            if cancelled():
                break
        sheet = draft.finished()
        set_aside(len(sheet.rows) + len(sheet.entries))
        return sheet


def _text(draft: "_Draft", cancelled: Cancelled, known: KnownResults) -> Iterator[PackedRows]:
    # Set before find_format, which may fail: errors take the reading along (errors_with_reading), so that a text that cannot
    # be decoded can be offered again with another encoding.
    choice = draft.choice
    draft.reading = Reading(Text(FileKind.TEXT.value), encoding=choice.encoding or "", delimiter=choice.delimiter or "")
    if draft.choice.sheet_name is not None:
        raise SheetChoiceWrong(str(draft.path), Text("text-without-worksheet", name=draft.choice.sheet_name))
    text_format = find_format(draft.path, draft.choice.encoding, draft.choice.delimiter)
    draft.reading = Reading(
        text_format.label,
        encoding=text_format.encoding_label,
        delimiter=text_format.delimiter,
        notes=text_format.notes,
    )
    was_written_here: bool | None = None  # our own files have their header in the first row
    for part in text_blocks(draft.path, text_format, cancelled):
        if isinstance(part, Text):
            draft.notes.append(Note(part))
            continue
        if was_written_here is None:
            was_written_here = any(draft.is_our_header(row, known) for row in part.rows()[:1])
        yield original_block(part) if was_written_here else part


def _workbook(draft: "_Draft", kind: FileKind, cancelled: Cancelled) -> Iterator[PackedRows]:
    if (brought := words_in(draft.path)) is not None:
        draft.words = brought, *draft.words
    sheet_name = draft.choice.sheet_name
    for part in workbook_parts(draft.path, kind, draft.words if sheet_name is None else sheet_name, cancelled):
        match part:
            case Opening():
                is_own = own_names(part.worksheets, draft.words) is not None
                draft.reading = Reading(Text(kind.value), part.worksheets, part.sheet_name, is_own_results=is_own)
            case Hidden(rows, columns):
                draft.hidden_rows = rows
                draft.reading = replace(draft.reading, hidden_columns=columns)
            case Note(text):
                draft.notes.append(part)
                draft.are_hidden_known = draft.are_hidden_known and text != HIDDEN_UNKNOWN
            case PackedRows():
                yield part


class _Draft:
    """A sheet that is being read. Rows are held back until there are enough of them to find the columns."""

    def __init__(self, path: Path, choice: ReadingChoice, propose: Propose, words: Words) -> None:
        self._propose = propose
        self.words = words
        self.path = path
        self.choice = choice
        self.reading = Reading("")
        self.notes: list[Note] = []
        self.hidden_rows = array("L")
        self.are_hidden_known = True
        self.rows = 0
        self._blocks: list[PackedRows] = []
        self._started: tuple[LinkBuilder, Layout] | None = None
        self._names_columns = None not in (choice.parent_column, choice.related_column)
        self._enough: float = ENOUGH_ROWS + (choice.header_row or 0)

    def is_our_header(self, row: Cells, known: KnownResults) -> bool:
        """True for the header of a text that we wrote: it has our words, or a run recorded the file.

        In the second case the words of the file are used from then on to recognise results.
        """
        if was_written_by_us(row, self.words):
            return True
        brought = words_by_place(row)
        if brought is None or not known.run_of(_sha256(self.path)):
            return False
        self.words = brought, *self.words
        return True

    def add_block(self, block: PackedRows) -> None:
        self._blocks.append(block)
        self.rows += len(block)
        if self._started is not None:
            self._started[0].add_block(self.rows - len(block) + 1, block)
        elif self.rows >= self._enough:
            try:
                self._start()
            except SheetChoiceWrong:
                self._enough = inf  # the named column may exist only in a longer row further down: try again at the end

    @contextmanager
    def errors_with_reading(self) -> Iterator[None]:
        """Attach to an error how the file was read so far, so that the user can have it read in another way."""
        try:
            yield
        except SheetError as exc:
            exc.reading = self.reading if self.reading.format_name else None
            exc.top = [row for block in self._blocks[:1] for row in block.rows()[:_TOP_ROWS]]
            raise

    def finished(self) -> SheetLinks:
        """Build the sheet after the last row. Raises the errors of a sheet without links or with a wrong choice."""
        builder, layout = self._started or self._start()
        builder.finish()
        self._report_overlong_rows(layout)
        self.notes += map(Note, (*layout.notes, *builder.notes()))
        entries, links, rows = builder.entries, builder.links, RowsBelow(self._blocks, layout.first_row)
        width = max((block.widest for block in self._blocks), default=0)
        books = Books(
            rows=len(rows),
            blank=builder.blank,
            entries=len(entries),
            links=len(links),
            duplicates=entries.duplicates,
            rejected=entries.rejected(),
            suspicious=len(links.suspicious),
            hidden=builder.left_out.count(LeftOut.HIDDEN),
            left_out=builder.left_out.count(LeftOut.FILTERED),
        )
        self._check_rows_left(books)
        return SheetLinks(
            path=str(self.path),
            name=self.path.name,
            sha256=_sha256(self.path),
            reading=replace(
                self.reading,
                header_row=layout.header_row,
                notes=self.reading.notes + self._notes_on(books),
                rows_meant=self._rows_meant(layout.headers, books),
                hidden_columns=tuple(column for column in self.reading.hidden_columns if column < width),
            ),
            headers=layout.headers + ("",) * (width - len(layout.headers)),
            columns=layout.columns,
            choice=self.choice,
            rows=rows,
            entries=entries,
            links=links,
            books=books,
            verdicts=builder.verdicts(),
            left_out=builder.left_out,
            hidden=HiddenCounts(builder.hidden_rows, builder.hidden_with_links, self.are_hidden_known),
        )

    def _report_overlong_rows(self, layout: Layout) -> None:
        """Refuse a text whose rows have IDs outside its columns; add a note for a workbook, or if the user named the columns."""
        header = self._blocks[0].rows()[layout.header_row - 1] if self._blocks and 0 < layout.header_row <= BLOCK else ()
        overlong = overlong_rows(self._blocks, layout, header)
        if overlong is None:
            return
        if self.reading.delimiter and not self._names_columns and overlong.cells > len(header):
            raise SheetUnreadable(str(self.path), overlong.refusal())
        self.notes.append(Note(overlong.note()))

    def _start(self) -> tuple[LinkBuilder, Layout]:
        """Find header and columns, and judge the rows that were held back."""
        top = [row for block in self._blocks for row in block.rows()]
        layout = self._layout_of(top)
        self._note_own_results(layout, top)
        builder = LinkBuilder(layout, self.choice, self._picker(layout))
        for place, block in enumerate(self._blocks):
            first = place * BLOCK
            start = min(max(layout.first_row - first, 0), len(block))
            builder.add_block(first + start + 1, block, start)
        self._started = builder, layout
        return self._started

    def _picker(self, layout: Layout) -> RowPicker:
        """Return what decides which rows are meant; from now on the conditions of the filter name their columns by index."""
        try:
            where = self.choice.where or left_out_before(self.reading.sheet_name, layout.headers, self.words)
            conditions, row_filter = filter_of(where, layout.headers)
        except ChoiceNotThere as exc:
            raise SheetChoiceWrong(str(self.path), exc.detail) from exc
        self.choice = replace(self.choice, where=conditions)
        return RowPicker(self.hidden_rows, row_filter, reads_hidden=self.choice.hidden_rows is HiddenRows.READ)

    def _check_rows_left(self, books: Books) -> None:
        """Raise SheetChoiceWrong if the filter or the skipping of hidden rows leaves nothing, or if nobody knows what is
        hidden.
        """
        if self.choice.hidden_rows is HiddenRows.SKIP and not self.are_hidden_known:
            raise SheetChoiceWrong(str(self.path), _HIDDEN_UNKNOWN)
        if books.rows_with_entries or not (books.left_out or books.hidden):
            return
        if books.left_out:
            raise SheetChoiceWrong(str(self.path), Text("filter-leaves-nothing"))
        if self.choice.hidden_rows is HiddenRows.SKIP:
            raise SheetChoiceWrong(str(self.path), Text("all-rows-hidden"))

    def _rows_meant(self, headers: Cells, books: Books) -> Text | str:
        """Say for people which rows are read; empty if all of them are."""
        conditions = [condition for condition in self.choice.where if isinstance(condition, Condition)]
        parts = [Text("only-visible-rows")] if books.hidden else []
        if conditions:
            where = filter_in_words(conditions, lambda column: title_of(headers, column))
            parts.append(Text("only-rows-where", where=where))
        return chained("side-by-side", parts) if parts else ""

    def _layout_of(self, top: Sequence[Cells]) -> Layout:
        if (proposed := self._propose(top, self.choice)) is not None:
            with suppress(SheetError):
                layout = _layout_of(self.path, top, proposed, self.reading, self.words)
                self.choice = proposed
                self.notes.append(Note(_READ_AS_LAST_TIME))
                return layout
        return _layout_of(self.path, top, self.choice, self.reading, self.words)

    def _note_own_results(self, layout: Layout, top: Sequence[Cells]) -> None:
        first = top[layout.first_row] if layout.first_row < len(top) else ()
        if note := note_on_results(self.reading.sheet_name, layout.headers, first, self.words):
            self.notes.append(Note(note))
            self.reading = replace(self.reading, first_own_column=source_width(layout.headers, self.words))

    def _notes_on(self, books: Books) -> tuple[Text, ...]:
        blank = {Rejection.BLANK_PARENT, Rejection.BLANK_RELATED} & books.rejected.keys()
        return tuple(note.text for note in self.notes if blank or not note.if_blank)


def _layout_of(path: Path, rows: Sequence[Cells], choice: ReadingChoice, reading: Reading, words: Words) -> Layout:
    try:
        return find_layout(rows, choice, reading.delimiter, reading.hidden_columns, words)
    except RelationOpen as exc:
        raise RelationUnclear(str(path), exc.detail, exc.possible) from exc
    except ChoiceNotThere as exc:
        raise SheetChoiceWrong(str(path), exc.detail) from exc
    except ColumnsNotFound as exc:
        raise SheetWithoutLinks(str(path), exc.detail, exc.header_rows, exc.delimiter) from exc


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _unchanged(path: Path) -> Iterator[None]:
    """Raise SheetUnreadable if the file changed between its first reading and its digest."""
    stamp = _stamp_of(path.stat())
    yield
    if _stamp_of(path.stat()) != stamp:
        raise SheetUnreadable(str(path), Text("changed-while-read"))


def _stamp_of(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
