"""Read text in which quotation marks need not quote: everything separated by tabs, bars or another rare sign.

The strict reader of the csv module takes a field that begins with a quotation mark as quoted, up to the mark that closes it,
however many lines below. That is right for commas and semicolons, where a writer has to quote. With tabs it is wrong:

* A spreadsheet puts cells on the clipboard with quotation marks around those that hold a tab or a line break, and leaves
  the marks of other cells as they are: ``5" pipe`` and ``"Spring" Fair`` come bare.
* A database that exports tab-separated text never quotes; a mark is a character like any other.
* A writer that does quote doubles every mark inside a field, so that a bare mark never occurs in its files.

So a field is quoted if it begins with a mark, and the next mark that is not doubled stands before a delimiter, the end of the
line or the end of the file. Otherwise its marks are text. One danger remains: two bare marks, one at the beginning of a field
and one at the end of a field many rows below, look like one quoted field, and the rows between would be lost without a word.
The lines between give it away: those of a true field hardly ever have as many cells as the rows of the sheet. So a stretch of
several lines is

* one field if the writer is seen to double its marks or to quote all cells, or if no line within it has the usual number
  of cells, nor its first and its last line together, nor one of these in a row of another number;
* rows of their own if all of its lines have the usual number of cells, and besides the row would otherwise have another
  number of cells, or both marks are cells by themselves (people write them for "the same as above"), or the stretch is
  longer than a cell of any spreadsheet, or the writer is seen to leave marks bare and never to quote, and no line below
  the first one holds two IDs;
* otherwise refused, because nobody can tell: read as one field it would swallow rows, and read as rows it could turn a
  note into links that nobody asked for. Bare marks prove little: a spreadsheet leaves them bare and quotes its notes.

If the usual number of cells is unknown, or a cell of such a stretch holds an ID beside a delimiter, the stretch is refused as
well, unless the writer is seen to double its marks; then the user is told about the cell.

Time is linear in the length of the text: a search in vain ends at the next mark that could open a field, and a stretch that is
cut into rows is not searched again.
"""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain

from desktop.sheets.packed_rows import PackedRows

LONGEST_FIELD = 1024 * 1024
_LONGEST_CELL = 32_767 + 1000  # the longest cell of a spreadsheet, and some room for the other cells of its row
_MARK = '"'
_LINE_ENDS = "\r\n"
_LINES = re.compile(r"\r\n|\r|\n")
_HOLDS_ID = re.compile(r"(?<![0-9])[0-9]{10,20}(?![0-9])", re.ASCII)


class Writer(Enum):
    """How the program that wrote the file treats quotation marks, as far as its beginning shows."""

    LEAVES_BARE = 1
    DOUBLES = 2
    UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class QuoteHabits:
    """How a file uses quotation marks; ``width`` is the usual number of cells of its rows, 0 if unknown."""

    width: int = 0
    writer: Writer = Writer.UNKNOWN


class RowsOpen(Exception):
    """Nobody can tell whether a stretch of ``lines`` lines is one quoted field or rows of their own."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.lines = lines


def habits_of(lines: Sequence[str], delimiter: str, *, is_whole: bool) -> QuoteHabits:
    """Find the habits of a file from its first lines. ``is_whole``: the file has no more lines."""
    widths = Counter(line.count(delimiter) + 1 for line in lines if _MARK not in line)
    del widths[1]  # lines of one cell may be remarks, or parts of a field
    width = widths.most_common(1)[0][0] if widths else 0
    survey = _Survey(lines, delimiter, width, is_whole=is_whole)
    return QuoteHabits(width, survey.writer())


def rows_with_bare_marks(pieces: Iterable[Sequence[str]], delimiter: str, habits: QuoteHabits) -> Iterator[list[str]]:
    """Yield the rows of lines that come in pieces. Raises csv.Error for a field longer than LONGEST_FIELD, and RowsOpen."""
    return _Rows(pieces, delimiter, habits).rows()


@dataclass(slots=True)
class _Cut:
    """A row as the marks in it say, and the ``lines`` that it takes. The counts say how marks were used.

    ``spans`` has the first and the last line (from 0) of each field that holds a line end.
    """

    lines: list[str]
    cells: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    quoted: int = 0
    bare: int = 0
    doubled: int = 0


class _Rows:
    """Turns lines into rows by the rules above."""

    _longest_search = LONGEST_FIELD

    def __init__(self, pieces: Iterable[Sequence[str]], delimiter: str, habits: QuoteHabits) -> None:
        self._pieces = iter(pieces)
        self._delimiter = delimiter
        sign = re.escape(delimiter)
        # A field begins with a mark, and what follows the next mark ends a field, or there is no further mark in the line.
        self._may_be_quoted = re.compile(rf'(?:\A|{sign})"(?:[^"]|"")*+(?:"(?:{sign}|[\r\n]|\Z)|\Z)')
        self._ends = (delimiter, "\r", "\n", "")
        self._habits = habits
        self._waiting = deque[str]()

    def rows(self) -> Iterator[list[str]]:
        return chain.from_iterable(self._portions())

    def _portions(self) -> Iterator[Iterable[list[str]]]:
        """Yield rows piece by piece. Where no field spans lines or holds a delimiter, the csv module does the work."""
        while self._waiting or self._add_piece():
            text = "".join(self._waiting)
            if _MARK not in text:
                yield csv.reader([*self._waiting], delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
                self._waiting.clear()
            elif (rows := self._at_once(text)) is not None:
                yield rows
                self._waiting.clear()
            else:
                yield from self._one_by_one(len(self._waiting))

    def _add_piece(self) -> bool:
        self._waiting.extend(next(self._pieces, ()))
        return bool(self._waiting)

    def _at_once(self, text: str) -> list[list[str]] | None:
        """Return the rows of all waiting lines in one step; None if they must be read one by one."""
        try:
            rows = list(csv.reader(self._waiting, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None
        cells = sum(map(len, rows)) + rows.count([])
        is_plain = len(rows) == len(self._waiting) and cells == text.count(self._delimiter) + len(rows)
        return rows if is_plain else None

    def _one_by_one(self, lines: int) -> Iterator[Iterable[list[str]]]:
        for _ in range(lines):
            if self._waiting:
                yield self._rows_from(self._waiting.popleft())

    def _rows_from(self, line: str) -> Iterator[list[str]]:
        """Yield the row that begins with this line, or several if what looks like one field is rows of their own."""
        if self._may_be_quoted.search(line) is None:
            yield self._without_marks(line)
            return
        cut = self._cut(line)
        if not cut.spans:
            yield self._row_of(cut)
        elif self._is_one_row(cut):
            yield _checked(cut.cells)
        else:
            for single in cut.lines:
                yield self._row_of(self._cut(single, may_go_on=False))

    def _without_marks(self, line: str) -> list[str]:
        bare = line.rstrip(_LINE_ENDS)
        return _checked(bare.split(self._delimiter)) if bare else []

    def _row_of(self, cut: _Cut) -> list[str]:
        """Return the cells of one line. Marks around a delimiter are text if the row has its usual width only without them."""
        line = cut.lines[0]
        may_be_bare = self._habits.writer is not Writer.DOUBLES
        is_bare = may_be_bare and len(cut.cells) != self._habits.width == line.count(self._delimiter) + 1
        return self._without_marks(line) if is_bare else _checked(cut.cells)

    def _is_one_row(self, cut: _Cut) -> bool:
        """True if a field really spans these lines, False if they are rows of their own. Raises RowsOpen."""
        width, writer = self._habits.width, self._habits.writer
        if writer is Writer.DOUBLES:
            return True
        may_hold_rows = any(self._delimiter in cell and _HOLDS_ID.search(cell) is not None for cell in cut.cells)
        if width <= 1:
            if may_hold_rows or self._begins_and_ends_alike(cut):
                raise RowsOpen(len(cut.lines))
            return True
        usual = [width in (line.count(self._delimiter) + 1, len(self._cut(line, may_go_on=False).cells)) for line in cut.lines]
        has_usual_width = len(cut.cells) == width
        looks_like_rows = [
            any(usual[first + 1 : last]) or (usual[first] and usual[last]) or (not has_usual_width and usual[first] | usual[last])
            for first, last in cut.spans
        ]
        if not any(looks_like_rows) and not may_hold_rows:
            return True
        are_marks_cells = self._has_mark_as_cell(cut.lines[0]) and self._has_mark_as_cell(cut.lines[-1])
        is_too_long = sum(map(len, cut.lines)) > _LONGEST_CELL
        is_bare = not has_usual_width or are_marks_cells or is_too_long
        if writer is Writer.LEAVES_BARE and not any(len(_HOLDS_ID.findall(line)) > 1 for line in cut.lines[1:]):
            is_bare = True  # no link can come of these rows
        if is_bare and all(usual):
            return False
        raise RowsOpen(len(cut.lines))

    def _has_mark_as_cell(self, line: str) -> bool:
        return _MARK in self._without_marks(line)

    def _begins_and_ends_alike(self, cut: _Cut) -> bool:
        """True if first and last line have equally many cells and an ID each: they may be rows of their own."""
        first, last = cut.lines[0], cut.lines[-1]
        delimiters = first.count(self._delimiter)
        hold_ids = _HOLDS_ID.search(first) is not None and _HOLDS_ID.search(last) is not None
        return hold_ids and delimiters > 0 and last.count(self._delimiter) == delimiters

    def _cut(self, line: str, *, may_go_on: bool = True) -> _Cut:
        """Return the row that begins with this line, as the marks in it say."""
        cut, at = _Cut([line]), 0
        while True:
            quoted = self._quoted_field(cut, line, at + 1, may_go_on=may_go_on) if line.startswith(_MARK, at) else None
            if quoted is not None:
                cell, line, at = quoted
            else:
                end = line.find(self._delimiter, at)
                cell = line[at:].rstrip(_LINE_ENDS) if end < 0 else line[at:end]
                at = len(line) if end < 0 else end
                cut.bare += _MARK in cell
            cut.cells.append(cell)
            if not line.startswith(self._delimiter, at):
                return cut
            at += 1

    def _quoted_field(self, cut: _Cut, line: str, start: int, *, may_go_on: bool) -> tuple[str, str, int] | None:
        """Read the field whose opening mark stands before ``start``: its text, the line that closes it, and the place behind
        it.

        None if it is not quoted; the lines that were searched in vain then wait to be read by themselves.
        """
        parts, cell_start, at, size, lines_before = list[str](), start, start, 0, len(cut.lines)
        while True:
            mark = line.find(_MARK, at)
            if mark >= 0 and line.startswith(_MARK, mark + 1) and mark - cell_start <= LONGEST_FIELD:
                at = mark + 2
                continue
            if mark >= 0 and line[mark + 1 : mark + 2] in self._ends:
                text = "".join([*parts, line[cell_start:mark]])
                cell = text.replace(_MARK * 2, _MARK)
                cut.quoted += 1
                if len(cut.lines) > lines_before:
                    cut.spans.append((lines_before - 1, len(cut.lines) - 1))
                # Around a line end or a delimiter two bare marks that stand far apart may look doubled: these do not count.
                cut.doubled += cell != text and cell.strip(_MARK) != "" and not {self._delimiter, *_LINE_ENDS} & set(cell)
                return cell, line, mark + 1
            parts.append(line[cell_start:])
            size += len(line)
            may_go_on = may_go_on and mark < 0 and size <= self._longest_search
            if not may_go_on or (following := self._next_line()) is None:
                self._waiting.extendleft(reversed(cut.lines[lines_before:]))
                del cut.lines[lines_before:]
                return None
            cut.lines.append(following)
            line, cell_start, at = following, 0, 0

    def _next_line(self) -> str | None:
        if not self._waiting and not self._add_piece():
            return None
        return self._waiting.popleft()


class _Survey(_Rows):
    """Reads the first lines of a file to find the habits of its writer."""

    _longest_search = _LONGEST_CELL

    def __init__(self, lines: Sequence[str], delimiter: str, width: int, *, is_whole: bool) -> None:
        super().__init__([], delimiter, QuoteHabits(width))
        self._lines, self._is_whole, self._has_run_out = lines, is_whole, False

    def writer(self) -> Writer:
        """Judge the writer by all rows that can be read in one way only."""
        bare = doubled = spans = 0
        rows = list(self._rows_as_marked())
        if rows and all(len(cut.cells) == cut.quoted > 1 for cut in rows):
            return Writer.DOUBLES
        for cut in self._rows_as_marked():
            try:
                is_one_row = not cut.spans or self._is_one_row(cut)
            except RowsOpen:
                continue
            bare += cut.bare if is_one_row else 1
            doubled += cut.doubled
            spans += len(cut.spans) if is_one_row else 0
        if bare and not doubled and not spans:
            return Writer.LEAVES_BARE
        return Writer.DOUBLES if doubled and not bare else Writer.UNKNOWN

    def _rows_as_marked(self) -> Iterator[_Cut]:
        """Yield the rows as the marks in them say, except blank ones."""
        self._waiting, self._has_run_out = deque(self._lines), False
        while self._waiting:
            cut = self._cut(self._waiting.popleft())
            if self._has_run_out and not self._is_whole:
                return  # a field that is open here may be closed further down
            if cut.cells != [""]:
                yield cut

    def _next_line(self) -> str | None:
        self._has_run_out = not self._waiting
        return super()._next_line()


def _holds_row(cell: str, delimiter: str) -> bool:
    """True for a cell of several lines, one of which holds an ID beside another cell."""
    if delimiter not in cell or ("\n" not in cell and "\r" not in cell):
        return False
    return any(delimiter in line and _HOLDS_ID.search(line) is not None for line in _LINES.split(cell))


def _checked(cells: list[str]) -> list[str]:
    if max(map(len, cells)) > LONGEST_FIELD:
        raise csv.Error("field larger than field limit")
    return cells


def lines_like_rows(block: PackedRows, delimiter: str) -> tuple[int, int] | None:
    """Find a row (from 0) with a quoted cell whose lines look like rows of their own; returns it and how many lines those are.

    Such a cell may be a note that quotes a list. But it may also come from a mark that somebody forgot to close, closed by
    chance far below. By the rules it is read as one cell, but the user should know.
    """
    if not any("\n" in text or "\r" in text for text in block.texts):
        return None
    for number, cells in enumerate(block.rows()):
        for cell in cells:
            if _holds_row(cell, delimiter):
                return number, len(_LINES.findall(cell))
    return None
