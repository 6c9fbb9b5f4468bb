"""Rows of a text file: encoding by mark, then strict UTF-8, then Windows-1252; delimiter by vote; quoting strict.

A quote that is opened and never closed would swallow the rest of the file in silence, so it is an error.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop.domain.errors import SheetChoiceWrong, SheetUnreadable
from desktop.sheets.formats import told_plainly

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE_CHARACTERS = 256 * 1024
_SAMPLE_ROWS = 200
_LONGEST_FIELD = 1024 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LABELS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How to read a text file."""

    encoding: str
    delimiter: str
    skip_first_line: bool

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
    chosen = _checked_encoding(path, encoding) if encoding else _find_encoding(path)
    with told_plainly(path), _decoding(path, chosen) as file:
        sample = file.read(_SAMPLE_CHARACTERS)
    first, _, rest = sample.partition("\n")
    says = first.strip().lower()
    named = says[4:5] if says.startswith("sep=") else ""
    if says == "sep=":
        named = "\t"
    if delimiter is not None:
        named_by_user = {"tab": "\t", "\\t": "\t", **{word: sign for sign, word in DELIMITERS.items()}}.get(delimiter, delimiter)
        if len(named_by_user) != 1:
            raise SheetChoiceWrong(str(path), f"“{delimiter}” is not a delimiter")
        return TextFormat(chosen, named_by_user, bool(named))
    return TextFormat(chosen, named or _vote(rest if named else sample), bool(named))


def text_rows(path: Path, text_format: TextFormat) -> Iterator[tuple[str, ...]]:
    """Every record as a spreadsheet would number it, from the first. Raises SheetUnreadable."""
    csv.field_size_limit(_LONGEST_FIELD)
    with told_plainly(path), _decoding(path, text_format.encoding) as file:
        if text_format.skip_first_line:
            file.readline()
        reader = csv.reader(_without_nul(path, file), delimiter=text_format.delimiter, strict=True)
        number = 0
        try:
            for record in reader:
                number += 1
                yield tuple(record)
        except csv.Error as exc:
            raise SheetUnreadable(str(path), _csv_words(exc, number + 1)) from exc
        except UnicodeError as exc:
            raise SheetUnreadable(str(path), f"row {number + 1} is not {_LABELS.get(text_format.encoding, 'text')}") from exc


def _decoding(path: Path, encoding: str) -> codecs.StreamReaderWriter:
    return open(path, encoding=encoding, errors="replace" if encoding == "cp1252" else "strict", newline="")  # type: ignore[return-value]  # noqa: PTH123


def _without_nul(path: Path, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if "\x00" in line:
            raise SheetUnreadable(str(path), f"line {number} holds binary data")
        yield line


def _csv_words(exc: csv.Error, row: int) -> str:
    text = str(exc)
    if "field larger" in text:
        return f"a cell in row {row} is larger than 1 MB"
    return f"a quotation mark in or after row {row} is not closed or not doubled"


def _checked_encoding(path: Path, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError) as exc:
        raise SheetChoiceWrong(str(path), f"“{encoding}” is not an encoding") from exc
    return "utf-8-sig" if name == "utf-8" else name


def _find_encoding(path: Path) -> str:
    with told_plainly(path), path.open("rb") as file:
        start = file.read(4)
        for mark, encoding in _BOMS:
            if start.startswith(mark):
                return encoding
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while piece := file.read(1024 * 1024):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _vote(sample: str) -> str:
    """The delimiter that cuts most records into the same number of fields, more than one."""
    return max(DELIMITERS, key=lambda sign: _agreement(sample, sign))


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    lines = sample.splitlines(keepends=True)
    records = csv.reader(lines[:-1] or lines, delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(records, _SAMPLE_ROWS) if record)
    except csv.Error:
        return (0.0, 0)
    del widths[1]
    if not widths:
        return (0.0, 0)
    width, agreeing = widths.most_common(1)[0]
    return (agreeing / max(1, min(len(lines), _SAMPLE_ROWS)), width)
