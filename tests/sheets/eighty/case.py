"""One case of the eighty: how its file is made, and what must come out, down to the row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.entries import Rejection
from desktop.domain.errors import SheetError
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.texts import Text
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact, raw_workbook, row, text_file, workbook

Pair = tuple[str, str]
AS_FOUND = ReadingChoice()

Read = Callable[[Path, ReadingChoice], SheetLinks]


@dataclass(frozen=True)
class Case:
    """``make`` writes the file into an empty folder. The sheet is then read (``links`` …) or refused (``error``, ``detail``)."""

    group: str
    name: str
    make: Callable[[Path], Path]
    links: Sequence[Pair] = ()
    rejected: Mapping[Rejection, Sequence[int]] = field(default_factory=dict)
    duplicates: int = 0
    blank: int = 0
    suspicious: int = 0
    reading: str = ""
    note: str = ""
    error: type[SheetError] | None = None
    detail: str = ""
    choice: ReadingChoice = AS_FOUND
    read: Read = open_sheet


def good(*numbers: int) -> tuple[Pair, ...]:
    """Return links of the usual campaign to these contacts."""
    return tuple((CAMPAIGN, contact(number)) for number in numbers)


def refused(group: str, name: str, make: Callable[[Path], Path], error: type[SheetError], detail: Text | str) -> Case:
    """Make a case of a sheet that must not be read."""
    return Case(group, name, make, error=error, detail=say_text(detail))


def of_rows(rows: Sequence[Sequence[object]]) -> Callable[[Path], Path]:
    """Return a maker of a workbook with these rows."""
    return lambda folder: workbook(folder / "list.xlsx", rows)


def of_text(text: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    """Return a maker of a text file with this text."""
    return lambda folder: text_file(folder / "list.csv", text, encoding)


def of_cell(xml: str) -> Callable[[Path], Path]:
    """Return a maker of a workbook with two good rows and this cell as the related one of row 4 (B4)."""

    def make(folder: Path) -> Path:
        data = row(1, *(cell(f"{letter}1", header) for letter, header in zip("AB", HEADERS, strict=True)))
        data += "".join(row(n, cell(f"A{n}", CAMPAIGN), cell(f"B{n}", contact(n))) for n in (2, 3))
        return raw_workbook(folder / "list.xlsx", data + row(4, cell("A4", CAMPAIGN), xml))

    return make


def with_cell(group: str, name: str, xml: str, becomes: str | Rejection, *, note: str = "", suspicious: int = 0) -> Case:
    """Make a case of one cell: the ID that it becomes, or why it is rejected."""
    if isinstance(becomes, Rejection):
        return Case(group, name, of_cell(xml), good(2, 3), {becomes: [4]}, note=note)
    return Case(group, name, of_cell(xml), (*good(2, 3), (CAMPAIGN, becomes)), note=note, suspicious=suspicious)


def with_text(group: str, name: str, text: str, becomes: str | Rejection, *, suspicious: int = 0) -> Case:
    """Make a case of the text of one cell."""
    return with_cell(group, name, cell("B4", text), becomes, suspicious=suspicious)
