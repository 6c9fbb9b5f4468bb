"""Rows of a text file: encoding by mark or zeros, then strict UTF-8, then Windows-1252; delimiter by vote; quoting strict.

A quote that is opened and never closed would swallow the rest of the file in silence, so it is an error.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop.domain.errors import SheetChoiceWrong, SheetError, SheetUnreadable, SheetUnsafe
from desktop.domain.readings import DELIMITERS, ENCODINGS
from desktop.sheets.child import blocks_from_child
from desktop.sheets.extents import MOST_COLUMNS
from desktop.sheets.formats import told_plainly
from desktop.sheets.packed_rows import BLOCK, CUT, PackedRows
from desktop.sheets.text_scan import MOST_TEXT_ROWS, find_encoding

_BIG_BYTES = 5 * 1024 * 1024
_SAMPLE_CHARACTERS = 256 * 1024
_SAMPLE_ROWS = 200
_LONGEST_FIELD = 1024 * 1024
_LABELS = {codecs.lookup(name).name: label for name, label in ENCODINGS.items()} | {
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How to read a text file; ``encoding_named`` when the user said it."""

    encoding: str
    delimiter: str
    skip_first_line: bool = False
    encoding_named: bool = False

    @property
    def label(self) -> str:
        """For people: ``Semicolon-separated``."""
        return f"{DELIMITERS.get(self.delimiter, repr(self.delimiter)).capitalize()}-separated"

    @property
    def encoding_label(self) -> str:
        """For people: ``Windows-1252``."""
        return _LABELS.get(self.encoding, self.encoding)


def find_format(path: Path, encoding: str | None, delimiter: str | None) -> TextFormat:
    """How the file is to be read; what the user named is taken as it is. Raises SheetChoiceWrong, SheetUnreadable."""
    wanted = None if delimiter is None else _checked_delimiter(path, delimiter)
    chosen = find_encoding(path) if encoding is None else _checked_encoding(path, encoding)
    plain = TextFormat(chosen, ",", encoding_named=encoding is not None)
    try:
        with told_plainly(path), _decoding(path, plain) as file:
            sample = file.read(_SAMPLE_CHARACTERS)
    except UnicodeError as exc:
        raise _not_decoded(path, plain, 1) from exc
    first = io.StringIO(sample, newline="").readline()
    rest = sample[len(first) :]
    says = first.strip("\r\n ").lower()
    names_itself = says.startswith("sep=") and len(says) <= len("sep=,")
    itself = says[4:] or "\t" if names_itself else None
    found = wanted or itself or _vote(rest if names_itself else sample)
    return TextFormat(chosen, found, names_itself, encoding is not None)


def text_blocks(path: Path, text_format: TextFormat, cancelled: Callable[[], bool]) -> Iterator[PackedRows]:
    """Blocks of records from the first, in a child process when the file is big.

    Raises SheetUnreadable, SheetUnsafe, SheetChoiceWrong (the named encoding does not fit).
    """
    with told_plainly(path):
        big = path.stat().st_size > _BIG_BYTES
    if big:
        return blocks_from_child(path, read_blocks, (text_format,), cancelled)
    return read_blocks(path, text_format)


def read_blocks(path: Path, text_format: TextFormat) -> Iterator[PackedRows]:
    """The blocks, read in this process; a record is a row as a spreadsheet would number it."""
    csv.field_size_limit(_LONGEST_FIELD)
    done, records = 0, list[list[str]]()
    try:
        with told_plainly(path), _decoding(path, text_format) as file:
            if text_format.skip_first_line:
                file.readline()  # a spreadsheet takes it as an instruction, not as a row
            reader = csv.reader(file, delimiter=text_format.delimiter, strict=True)
            while True:
                records.extend(islice(reader, BLOCK))  # what came before an error is kept, and tells its row
                if not records:
                    return
                yield _checked(path, done, records)
                done += len(records)
                records.clear()
    except csv.Error as exc:
        raise SheetUnreadable(str(path), _csv_words(exc, done + len(records) + 1)) from exc
    except UnicodeError as exc:
        raise _not_decoded(path, text_format, done + len(records) + 1) from exc


def _checked(path: Path, done: int, records: list[list[str]]) -> PackedRows:
    if done + len(records) > MOST_TEXT_ROWS:
        raise SheetUnsafe(str(path), f"it has more than {MOST_TEXT_ROWS:,} rows")
    for row, record in enumerate(records, start=done + 1):
        if len(record) > MOST_COLUMNS:
            raise SheetUnsafe(str(path), f"row {row} has more than {MOST_COLUMNS:,} columns")
    try:
        return PackedRows.of(records)
    except ValueError as exc:
        row = next(row for row, record in enumerate(records, start=done + 1) if any(CUT in cell for cell in record))
        raise SheetUnreadable(str(path), f"row {row} holds binary data") from exc


def _decoding(path: Path, text_format: TextFormat) -> io.TextIOWrapper:
    """The file as text. Windows-1252 has five bytes without a meaning; they become replacement characters."""
    errors = "replace" if text_format.encoding == "cp1252" else "strict"
    return path.open(encoding=text_format.encoding, errors=errors, newline="")


def _not_decoded(path: Path, text_format: TextFormat, row: int) -> SheetError:
    detail = f"row {row} or one soon after it is not {text_format.encoding_label}"
    return (SheetChoiceWrong if text_format.encoding_named else SheetUnreadable)(str(path), detail)


def _csv_words(exc: csv.Error, row: int) -> str:
    if "field larger" in str(exc):
        return f"a cell in row {row} is larger than 1 MB"
    return f"a quotation mark in row {row} is not closed or not doubled"


def _checked_delimiter(path: Path, delimiter: str) -> str:
    """The sign that the user named by itself or in words."""
    words = {"\\t": "\t", **{word: sign for sign, word in DELIMITERS.items()}}
    sign = words.get(delimiter.lower(), delimiter)
    if len(sign) != 1 or sign in '"\r\n\0':
        raise SheetChoiceWrong(str(path), f"“{delimiter}” is not a delimiter")
    return sign


def _checked_encoding(path: Path, encoding: str) -> str:
    """The name of an encoding that turns bytes into text (some of Python's turn bytes into bytes)."""
    try:
        name = codecs.lookup(encoding).name
        io.TextIOWrapper(io.BytesIO(), encoding=name).close()
    except (LookupError, ValueError) as exc:
        raise SheetChoiceWrong(str(path), f"“{encoding}” is not an encoding of text") from exc
    return "utf-8-sig" if name == "utf-8" else name


def _vote(sample: str) -> str:
    """The delimiter that cuts most records into the same number of fields, more than one; of equals, the first met.

    The one met first cuts columns; the other then stands inside a cell with several IDs.
    """
    lines = list(io.StringIO(sample, newline=""))
    whole = lines[:-1] or lines
    last = whole[-1] if whole else ""
    return max(DELIMITERS, key=lambda sign: (_agreement(whole, sign), -(last + sign).index(sign)))


def _agreement(lines: list[str], delimiter: str) -> float:
    """The share of records that this delimiter cuts into the same number of fields."""
    records = csv.reader(lines, delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(records, _SAMPLE_ROWS) if record)
    except csv.Error:
        return 0.0
    total = widths.total()
    del widths[1]
    return max(widths.values()) / total if widths else 0.0
