"""Read rows of a text file: encoding by mark or zeros, then strict UTF-8, then Windows-1252; delimiter by vote.

Text separated by commas or semicolons must be quoted properly: a quotation mark that is opened and never closed would swallow
the rest of the file without a word, so it is an error. With other signs a mark may be text, see :mod:`text_quotes`.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from pathlib import Path

from desktop.domain.errors import SheetChoiceWrong, SheetError, SheetUnreadable, SheetUnsafe
from desktop.domain.readings import DELIMITERS, ENCODINGS
from desktop.domain.texts import Text
from desktop.sheets.child import blocks_from_child
from desktop.sheets.extents import MOST_COLUMNS
from desktop.sheets.formats import as_sheet_errors
from desktop.sheets.packed_rows import BLOCK, CUT, PackedRows
from desktop.sheets.text_quotes import (
    LONGEST_FIELD,
    QuoteHabits,
    RowsOpen,
    Writer,
    habits_of,
    lines_like_rows,
    rows_with_bare_marks,
)
from desktop.sheets.text_scan import END_OF_DOS_FILE, MARK_OF_ORDER, MOST_TEXT_ROWS, row_of_first_oddity, scan_text
from desktop.sheets.text_vote import STRICTLY_QUOTED, Vote, named_delimiter, vote

_BIG_BYTES = 5 * 1024 * 1024
_SAMPLE_CHARACTERS = 256 * 1024
_PIECE = 1024 * 1024
_OTHER_LINE_ENDS = "\u2028\u2029\x85\x0b\x0c\x1e"
_LABELS = {codecs.lookup(name).name: label for name, label in ENCODINGS.items()} | {
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}

_FORMATS = {
    ",": Text("comma-separated-text"),
    ";": Text("semicolon-separated-text"),
    "\t": Text("tab-separated-text"),
    "|": Text("bar-separated-text"),
}


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How to read a text file; ``encoding_named``: the user named it.

    ``odd_row`` is the first row with bytes that do not fit (0: they all do). ``line_end`` is set if neither CR nor LF ends a
    line. ``marks`` is set if quotation marks may be text. ``skips_blanks``: a cell begins after blanks. ``doubles_marks``: the
    writer is seen to quote properly. ``is_clean``: the lines can be read as they are, see :class:`Scanned`.
    """

    encoding: str
    delimiter: str
    skip_first_line: bool = False
    encoding_named: bool = False
    odd_row: int = 0
    line_end: str = ""
    marks: QuoteHabits | None = None
    skips_blanks: bool = False
    is_clean: bool = False
    doubles_marks: bool = False

    @property
    def label(self) -> Text:
        """Name the format for people: ``Semicolon-separated text``."""
        return _FORMATS.get(self.delimiter) or Text("separated-by", sign=repr(self.delimiter))

    @property
    def encoding_label(self) -> str:
        """Name the encoding for people: ``Windows-1252``."""
        return _LABELS.get(self.encoding, self.encoding)

    @property
    def notes(self) -> tuple[Text, ...]:
        """Return what the user should know about the encoding."""
        if not self.odd_row:
            return ()
        if self.encoding == "cp1252":
            return (Text("not-utf-8", row=str(self.odd_row)),)
        return (Text("odd-letters", encoding=self.encoding_label, row=str(self.odd_row)),)


def find_format(path: Path, encoding: str | None, delimiter: str | None) -> TextFormat:
    """Find out how to read the file; what the user named is used as it is. Raises SheetChoiceWrong, SheetUnreadable."""
    csv.field_size_limit(LONGEST_FIELD)
    asked_for = None if delimiter is None else _checked_delimiter(path, delimiter)
    scanned = scan_text(path) if encoding is None else None
    chosen = scanned.encoding if scanned else _checked_encoding(path, encoding or "")
    is_odd = scanned is not None and scanned.is_odd
    plain = TextFormat(chosen, ",", encoding_named=encoding is not None, odd_row=int(is_odd))
    try:
        with as_sheet_errors(path), _decoding(path, plain) as file:
            sample = file.read(_SAMPLE_CHARACTERS).lstrip(MARK_OF_ORDER)
            is_whole = not file.read(1)
    except UnicodeError as exc:
        raise _not_decoded(path, plain) from exc
    line_end = _other_line_end(sample)
    lines = list(io.StringIO(sample.replace(line_end, "\n") if line_end else sample, newline=""))
    named_by_file = named_delimiter(lines[0]) if lines else None
    lines = lines[named_by_file is not None :]
    lines = lines if is_whole else lines[:-1] or lines  # the last line of a sample may be cut
    voted = Vote(asked_for or named_by_file or "") if asked_for or named_by_file else vote(lines)
    may_be_bare = voted.delimiter not in STRICTLY_QUOTED or voted.is_one_column
    habits = habits_of(lines, voted.delimiter, is_whole=is_whole)
    text_format = TextFormat(
        chosen,
        voted.delimiter,
        skip_first_line=named_by_file is not None,
        encoding_named=encoding is not None,
        line_end=line_end,
        marks=habits if may_be_bare else None,
        skips_blanks=voted.skips_blanks,
        is_clean=scanned is not None and scanned.is_clean and not line_end,
        doubles_marks=habits.writer is Writer.DOUBLES,
    )
    return _with_odd_row(path, text_format) if is_odd else text_format


def text_blocks(path: Path, text_format: TextFormat, cancelled: Callable[[], bool]) -> Iterator[PackedRows | Text]:
    """Yield blocks of records from the first, then notes on them; a big file is read in a child process.

    Raises SheetUnreadable, SheetUnsafe, SheetChoiceWrong (the named encoding does not fit).
    """
    with as_sheet_errors(path):
        big = path.stat().st_size > _BIG_BYTES
    if big:
        return blocks_from_child(path, read_blocks, (text_format,), cancelled)
    return read_blocks(path, text_format)


def read_blocks(path: Path, text_format: TextFormat) -> Iterator[PackedRows | Text]:
    """Yield the blocks, read in this process; a record is a row as a spreadsheet would number it."""
    csv.field_size_limit(LONGEST_FIELD)  # again: a child process has a csv module of its own
    rows_above, width, records = 0, 0, list[list[str]]()
    note: Text | None = None
    try:
        with as_sheet_errors(path), _decoding(path, text_format) as file:
            reader = _reader(file, text_format)
            while True:
                records.extend(islice(reader, BLOCK))  # the rows before an error are kept: their number tells its row
                if not records:
                    break
                block = _checked(path, rows_above, records)
                yield block
                width = width or Counter(map(len, records)).most_common(1)[0][0]
                _check_backslashes(path, rows_above, block, width, text_format)
                note = note or _note_on_long_cell(path, rows_above, block, text_format)
                rows_above += len(records)
                records.clear()
    except csv.Error as exc:
        raise SheetUnreadable(str(path), _csv_trouble(exc, rows_above + len(records) + 1)) from exc
    except RowsOpen as exc:
        raise SheetUnreadable(str(path), _mark_open(exc, rows_above + len(records) + 1)) from exc
    except UnicodeError as exc:
        raise _not_decoded(path, text_format) from exc
    if note is not None:
        yield note


def _reader(file: io.TextIOWrapper, text_format: TextFormat) -> Iterator[list[str]]:
    if text_format.marks is not None:
        return rows_with_bare_marks(_pieces(file, text_format), text_format.delimiter, text_format.marks)
    lines = _clean_lines(file, text_format) if text_format.is_clean else chain.from_iterable(_pieces(file, text_format))
    return csv.reader(lines, delimiter=text_format.delimiter, strict=True, skipinitialspace=text_format.skips_blanks)


def _clean_lines(file: io.TextIOWrapper, text_format: TextFormat) -> Iterator[str]:
    """Return the lines of the file as they are, without a first line that names the delimiter."""
    first = file.readline().lstrip(MARK_OF_ORDER)
    return file if text_format.skip_first_line else chain([first] if first else [], file)


def _pieces(file: io.TextIOWrapper, text_format: TextFormat) -> Iterator[list[str]]:
    """Yield the lines of the file, many at a time.

    Byte order marks are dropped where they begin a line, as they do in files that were joined; so is the sign that ends a file
    of old DOS programs, and a first line that only names the delimiter.
    """
    is_first = True
    while lines := _some_lines(file, text_format.line_end):
        if MARK_OF_ORDER in "".join(lines):
            lines = [line.lstrip(MARK_OF_ORDER) for line in lines]
        if lines[-1].endswith(END_OF_DOS_FILE):
            lines[-1] = lines[-1].rstrip(END_OF_DOS_FILE)
        if is_first and text_format.skip_first_line:
            del lines[0]  # a spreadsheet takes it as an instruction, not as a row
        is_first = False
        yield lines if lines and lines[-1] else lines[:-1]


def _some_lines(file: io.TextIOWrapper, line_end: str) -> list[str]:
    if not line_end:
        return file.readlines(_PIECE)
    # Without CR and LF all of it is one line. scan_text has limited its length, unless the user named an encoding; then a big
    # file is limited by the memory of the child process.
    text = file.read()
    return [f"{line}\n" for line in text.removesuffix(line_end).split(line_end)] if text else []


def _other_line_end(sample: str) -> str:
    """Return what ends the lines of a text without CR and LF; empty if it has one of them, or if nothing seems to."""
    if "\n" in sample or "\r" in sample:
        return ""
    commonest = max(_OTHER_LINE_ENDS, key=sample.count)
    return commonest if commonest in sample else ""


def _checked(path: Path, rows_above: int, records: list[list[str]]) -> PackedRows:
    if rows_above + len(records) > MOST_TEXT_ROWS:
        raise SheetUnsafe(str(path), Text("too-many-rows", most=MOST_TEXT_ROWS))
    for row, record in enumerate(records, start=rows_above + 1):
        if len(record) > MOST_COLUMNS:
            raise SheetUnsafe(str(path), Text("too-many-columns-in-row", row=str(row), most=MOST_COLUMNS))
    try:
        return PackedRows.of(records)
    except ValueError as exc:
        row = next(row for row, record in enumerate(records, start=rows_above + 1) if any(CUT in cell for cell in record))
        raise SheetUnreadable(str(path), Text("binary-row", row=str(row))) from exc


def _check_backslashes(path: Path, rows_above: int, block: PackedRows, width: int, text_format: TextFormat) -> None:
    """Raise SheetUnreadable for a mark escaped with a backslash: it would end its cell and shift all cells after it.

    Such a row is wider than the others, and the cell ends with the backslash. The strict reader has already refused most such
    marks, because a letter follows them.
    """
    if text_format.marks is not None or block.widths is None or f"\\{CUT}" not in block.texts[0]:
        return
    for row, cells in enumerate(block.rows(), start=rows_above + 1):
        if len(cells) > width > 1 and any(cell.endswith("\\") and following.endswith('"') for cell, following in pairwise(cells)):
            raise SheetUnreadable(str(path), Text("mark-behind-backslash", row=str(row)))


def _note_on_long_cell(path: Path, rows_above: int, block: PackedRows, text_format: TextFormat) -> Text | None:
    cell = lines_like_rows(block, text_format.delimiter)
    if cell is None:
        return None
    row, lines = rows_above + cell[0] + 1, cell[1]
    if text_format.marks is None and not text_format.doubles_marks:
        raise SheetUnreadable(str(path), _mark_open(RowsOpen(lines + 1), row))
    return Text("cell-of-many-lines", row=str(row), lines=lines + 1)


def _decoding(path: Path, text_format: TextFormat) -> io.TextIOWrapper:
    """Open the file as text. Windows-1252 has five bytes without a meaning; they become replacement characters."""
    errors = "replace" if text_format.encoding == "cp1252" or text_format.odd_row else "strict"
    return path.open(encoding=text_format.encoding, errors=errors, newline="")


def _with_odd_row(path: Path, text_format: TextFormat) -> TextFormat:
    expected = "utf-8" if text_format.encoding == "cp1252" else text_format.encoding
    row = row_of_first_oddity(path, expected, has_quoted_lines=text_format.marks is None) - text_format.skip_first_line
    return replace(text_format, odd_row=max(row, 1))


def _not_decoded(path: Path, text_format: TextFormat) -> SheetError:
    try:
        row = row_of_first_oddity(path, text_format.encoding, has_quoted_lines=text_format.marks is None)
    except UnicodeError:
        row = 1  # some encodings cannot replace what they do not know
    detail = Text("row-in-another-encoding", row=str(max(row, 1)), encoding=text_format.encoding_label)
    return (SheetChoiceWrong if text_format.encoding_named else SheetUnreadable)(str(path), detail)


def _csv_trouble(exc: csv.Error, row: int) -> Text:
    if "field larger" in str(exc):
        return Text("cell-too-large", row=str(row))
    return Text("mark-not-closed", row=str(row))


def _mark_open(exc: RowsOpen, row: int) -> Text:
    if exc.lines > 2:
        return Text("mark-closed-far-below", row=str(row), lines=exc.lines - 1)
    return Text("mark-closed-in-next-line", row=str(row))


def _checked_delimiter(path: Path, delimiter: str) -> str:
    """Return the sign that the user named by itself or in words. A letter or digit would cut IDs and names apart."""
    words = {"\\t": "\t", **{word: sign for sign, word in DELIMITERS.items()}}
    sign = words.get(delimiter.lower(), delimiter)
    if len(sign) != 1 or sign in '"\r\n\0' or sign.isalnum():
        raise SheetChoiceWrong(str(path), Text("no-delimiter", sign=delimiter))
    return sign


def _checked_encoding(path: Path, encoding: str) -> str:
    """Return the name of an encoding that turns bytes into text (some of Python's turn bytes into bytes)."""
    try:
        name = codecs.lookup(encoding).name
        io.TextIOWrapper(io.BytesIO(), encoding=name).close()
    except (LookupError, ValueError) as exc:
        raise SheetChoiceWrong(str(path), Text("no-encoding", name=encoding)) from exc
    return "utf-8-sig" if name == "utf-8" else name
