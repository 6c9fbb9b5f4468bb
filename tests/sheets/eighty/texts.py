"""CSV (18): how a text file may be written."""

import os
from pathlib import Path

from desktop.domain.entries import Rejection
from desktop.domain.errors import SheetUnreadable, SheetUnsafe, SheetWithoutLinks
from tests.sheets.eighty.case import Case, good, of_text, refused
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, contact

_CSV = "CSV"
_NOT_UTF_8 = "read as Windows-1252"


def _lines(delimiter: str = ",", end: str = "\n", note: str = "x") -> str:
    return "".join(delimiter.join((*pair, note)) + end for pair in (HEADERS, *good(1, 2)))


def _utf_16_be(folder: Path) -> Path:
    (folder / "list.csv").write_bytes(b"\xfe\xff" + _lines(note="ü").encode("utf-16-be"))
    return folder / "list.csv"


def _utf_16_le(folder: Path) -> Path:
    (folder / "list.csv").write_bytes(b"\xff\xfe" + _lines(note="ü").encode("utf-16-le"))
    return folder / "list.csv"


def _lone_surrogate(folder: Path) -> Path:
    (folder / "list.csv").write_bytes(_lines(note="\ud800").encode("utf-8", "surrogatepass"))
    return folder / "list.csv"


def _huge(folder: Path) -> Path:
    path = folder / "list.csv"
    path.write_text(_lines())
    os.truncate(path, 1024**3 + 1)  # sparse: it takes no room
    return path


def _case(name: str, text: str, reading: str, encoding: str = "utf-8", note: str = "") -> Case:
    return Case(_CSV, name, of_text(text, encoding), good(1, 2), reading=reading, note=note)


TEXTS = (
    _case("byte order mark", "\ufeff" + _lines(), "Comma-separated text, UTF-8, header in row 1"),
    Case(_CSV, "UTF-16 LE", _utf_16_le, good(1, 2), reading="Comma-separated text, UTF-16, header in row 1"),
    Case(_CSV, "UTF-16 BE", _utf_16_be, good(1, 2), reading="Comma-separated text, UTF-16, header in row 1"),
    _case("Windows-1252", _lines(note="Müller"), "Comma-separated text, Windows-1252, header in row 1", "cp1252", _NOT_UTF_8),
    _case("semicolons", _lines(";"), "Semicolon-separated text, UTF-8, header in row 1"),
    _case("tabs", _lines("\t"), "Tab-separated text, UTF-8, header in row 1"),
    _case("bars", _lines("|"), "Bar-separated text, UTF-8, header in row 1"),
    refused(
        _CSV,
        "unbalanced quotation mark",
        of_text(_lines() + f'{CAMPAIGN},{contact(3)},"x\n{CAMPAIGN},{contact(4)},x\n'),
        SheetUnreadable,
        "a quotation mark in row 4 is not closed or not doubled",
    ),
    _case("CR only", _lines(end="\r"), "Comma-separated text, UTF-8, header in row 1"),
    Case(
        _CSV,
        "mixed line ends",
        of_text(f"Campaign Id,Contact Id\r{CAMPAIGN},{contact(1)}\r\n{CAMPAIGN},{contact(2)}\n"),
        good(1, 2),
        reading="Comma-separated text, UTF-8, header in row 1",
    ),
    refused(_CSV, "NUL", of_text(_lines() + "\0" * 5000), SheetUnreadable, "line 4 holds binary data"),
    _case("field of more than 131,072 characters", _lines(note="x" * 140_000), "Comma-separated text, UTF-8, header in row 1"),
    Case(
        _CSV,
        "ragged rows",
        of_text(f"Campaign Id,Contact Id\n{CAMPAIGN},{contact(1)},a,b,c\n{CAMPAIGN}\n\n{CAMPAIGN},{contact(2)}\n"),
        good(1, 2),
        {Rejection.BLANK_RELATED: [3]},
        blank=1,
    ),
    _case("trailing delimiters", _lines(note=""), "Comma-separated text, UTF-8, header in row 1"),
    _case("sep= line", "sep=|\r\n" + _lines("|", "\r\n"), "Bar-separated text, UTF-8, header in row 1"),
    Case(
        _CSV,
        "lone surrogate",
        _lone_surrogate,
        good(1, 2),
        reading="Comma-separated text, Windows-1252, header in row 1",
        note=_NOT_UTF_8,
    ),
    refused(
        _CSV,
        "one column",
        of_text(f"Contact Id\n{contact(1)}\n{contact(2)}\n"),
        SheetWithoutLinks,
        "only column A holds record IDs, and a second one is needed",
    ),
    refused(_CSV, "more than 1 GB", _huge, SheetUnsafe, "it is larger than 1 GB"),
)
