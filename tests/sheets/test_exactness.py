"""No ID is ever invented: generated sheets, written to real files of every kind, read by the whole of the reading.

Every ID that would be sent must stand in its row digit for digit: in a text, or as the number that the file stores.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import parse_relation
from desktop.sheets.links_sheet import open_sheet
from tests.sheets.making_ods import ods
from tests.sheets.making_sheets import HEADERS, balances, cell, raw_workbook, row, workbook
from tests.sheets.making_xlsb import xlsb
from tests.thorough import examples

CHOICE = ReadingChoice(parse_relation("Campaigns/Contacts"), parent_column="A", related_column="B", header_row=1)


@dataclass(frozen=True)
class Number:
    """A numeric cell, given by the literal that the file stores."""

    literal: str


Value = str | Number
Rows = Sequence[tuple[Value, Value]]

_digits = st.from_regex(r"[1-9][0-9]{7,20}", fullmatch=True)
_literals = st.one_of(
    st.from_regex(r"[1-9][0-9]{9,19}", fullmatch=True),
    st.from_regex(r"[1-9]\.[0-9]{1,18}E\+1[0-9]", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{9,18}\.[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,6}", fullmatch=True),
)
_wrapped = st.sampled_from(
    ["{}", "zcrm_{}", " {}\u00a0", "'{}", '="{}"', "\u200b{}", "https://crm.zoho.eu/crm/tab/Contacts/{}", "{}.0"]
)
_texts = st.one_of(
    st.builds(str.format, _wrapped, _digits),
    st.lists(_digits, min_size=2, max_size=4).flatmap(
        lambda ids: st.sampled_from([", ", ";", "\n", "|", " "]).map(lambda s: s.join(ids))
    ),
    st.sampled_from(
        ["", " ", "Ben", "3.65E+18", "3,65E+18", "#N/A", "１２３４５６７８９０", "a@b.example", "3652397_000_910133"]
    ),
)
_values: st.SearchStrategy[Value] = st.one_of(_texts, st.builds(Number, _literals))
_rows = st.lists(st.tuples(_values, _values), min_size=1, max_size=15)


def by_a_writer(path: Path, rows: Rows) -> Path:
    """Write with XlsxWriter, which stores 16 significant digits of a number."""
    return workbook(path / "list.xlsx", [HEADERS, *([_plain(value) for value in pair] for pair in rows)])


def by_hand(path: Path, rows: Rows) -> Path:
    """Write XML with the literals as they are."""
    lines = [row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1]))]
    for number, pair in enumerate(rows, start=2):
        cells = (
            cell(
                f"{letter}{number}",
                value if isinstance(value, str) else value.literal,
                "inlineStr" if isinstance(value, str) else "n",
            )
            for letter, value in zip("AB", pair, strict=True)
        )
        lines.append(row(number, *cells))
    return raw_workbook(path / "list.xlsx", "".join(lines))


def as_text(path: Path, rows: Rows) -> Path:
    """Write a text file, which has no numbers."""
    with (path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([HEADERS, *([_shown(value) for value in pair] for pair in rows)])
    return path / "list.csv"


def as_ods(path: Path, rows: Rows) -> Path:
    """Write an OpenDocument sheet with the literals as they are."""
    return ods(
        path / "list.ods",
        [[*HEADERS], *([(cell.literal,) if isinstance(cell, Number) else cell for cell in pair] for pair in rows)],
    )


def as_xlsb(path: Path, rows: Rows) -> Path:
    """Write a binary workbook, which stores binary numbers."""
    return xlsb(path / "list.xlsb", [HEADERS, *([_plain(value) for value in pair] for pair in rows)])


def _plain(value: Value) -> str | float:
    return value if isinstance(value, str) else float(value.literal)


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else value.literal


def _as_it_is(literal: str) -> str:
    return literal


def _by_the_writer(literal: str) -> str:
    return f"{float(literal):.16G}"


def _as_a_binary_number(literal: str) -> str:
    return repr(float(literal))


STORED: dict[Callable[[Path, Rows], Path], Callable[[str], str]] = {
    by_a_writer: _by_the_writer,
    by_hand: _as_it_is,
    as_text: _as_it_is,
    as_ods: _as_it_is,
    as_xlsb: _as_a_binary_number,
}
"""What each kind of file holds of a number that is given as a literal."""


def assert_nothing_is_invented(rows: Rows, sheet: SheetLinks, stored: Callable[[str], str]) -> None:
    assert balances(sheet)
    for entry in sheet.entries:
        if entry.rejection is None:
            link = sheet.links[entry.link]
            for value, record_id in zip(rows[entry.row - 2], (link.parent_id, link.related_id), strict=True):
                assert re.fullmatch("[0-9]{10,20}", record_id)
                assert stands_in(value, record_id, stored)


def stands_in(value: Value, record_id: str, stored: Callable[[str], str]) -> bool:
    """True if the ID stands in the cell; a number counts as the file holds it, and past 15 digits only by its literal."""
    if isinstance(value, str):
        return re.search(rf"(?<![0-9]){record_id}(?![0-9])", value) is not None
    if len(record_id) > 15:
        return record_id == stored(value.literal)
    return Decimal(record_id) == Decimal(stored(value.literal))


@pytest.mark.parametrize("write", [by_a_writer, by_hand, as_text])
@examples(70)
@example(rows=[("1000000000", Number("1000000000000001.0")), ("1000000000", Number("1.0000000000000001E+10"))])
@example(rows=[("1000000000", Number("20000000000000.001")), ("1000000000", Number("2.0000000000000001E+13"))])
@given(rows=_rows)
def test_every_id_stands_in_its_row(
    tmp_path_factory: pytest.TempPathFactory, write: Callable[[Path, Rows], Path], rows: Rows
) -> None:
    path = write(tmp_path_factory.mktemp("sheet"), rows)
    assert_nothing_is_invented(rows, open_sheet(path, CHOICE), STORED[write])


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("write", [by_a_writer, by_hand, as_text])
@settings(max_examples=3400)
@given(rows=_rows)
def test_every_id_of_ten_thousand_sheets_stands_in_its_row(
    tmp_path_factory: pytest.TempPathFactory, write: Callable[[Path, Rows], Path], rows: Rows
) -> None:
    path = write(tmp_path_factory.mktemp("sheet"), rows)
    assert_nothing_is_invented(rows, open_sheet(path, CHOICE), STORED[write])


@pytest.mark.parametrize("write", [as_ods, as_xlsb])
@examples(20)
@example(rows=[("1000000000", Number("20000000000000.001")), ("1000000000", Number("20000000000000.0"))])
@given(rows=_rows)
def test_every_id_of_the_other_formats_stands_in_its_row(
    tmp_path_factory: pytest.TempPathFactory, write: Callable[[Path, Rows], Path], rows: Rows
) -> None:
    path = write(tmp_path_factory.mktemp("sheet"), rows)
    assert_nothing_is_invented(rows, open_sheet(path, CHOICE), STORED[write])
