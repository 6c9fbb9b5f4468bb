"""The eighty sheets, table-driven: links digit for digit, rejections with their rows, balanced books, or one sentence.

``DELINK_TABLE=file`` writes the table of what was read there.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.entries import Rejection
from desktop.domain.errors import SheetError
from desktop.domain.readings import SheetLinks
from desktop.words import say_text
from desktop.words.errors import explain_error
from tests.sheets.eighty.case import Case
from tests.sheets.eighty.containers import CONTAINERS
from tests.sheets.eighty.ids import IDS
from tests.sheets.eighty.layouts import LAYOUTS
from tests.sheets.eighty.texts import TEXTS
from tests.sheets.making_sheets import balances

EIGHTY = (*IDS, *LAYOUTS, *CONTAINERS, *TEXTS)
_READ_BY_OPENPYXL = (".xlsx", ".xlsm")


@pytest.fixture(scope="module")
def table() -> Iterator[dict[str, str]]:
    """What each sheet gave, in the order of the table; written where the caller wants it."""
    lines: dict[str, str] = {}
    yield lines
    if target := os.environ.get("DELINK_TABLE"):
        order = [f"{case.group}: {case.name}" for case in EIGHTY]
        found = sorted(lines, key=order.index)
        text = "| sheet | what was read |\n|---|---|\n" + "".join(f"| {name} | {lines[name]} |\n" for name in found)
        Path(target).write_text(text, encoding="utf-8")


def test_there_are_eighty() -> None:
    assert [len(part) for part in (IDS, LAYOUTS, CONTAINERS, TEXTS)] == [25, 20, 17, 18]
    assert len({(case.group, case.name) for case in EIGHTY}) == 80


@pytest.mark.parametrize("case", EIGHTY, ids=lambda case: f"{case.group}: {case.name}")
def test_each_sheet_is_read_exactly_or_refused_in_a_sentence(tmp_path: Path, case: Case, table: dict[str, str]) -> None:
    path = case.make(tmp_path)
    if case.error is not None:
        with pytest.raises(SheetError) as caught:
            case.read(path, case.choice)
        assert (type(caught.value), say_text(caught.value.detail)) == (case.error, case.detail)
        sentence = explain_error(caught.value).in_one_line()
        assert path.name in sentence and "nothing was sent" in sentence
        table[f"{case.group}: {case.name}"] = sentence.replace(str(path), path.name)
        return
    sheet = case.read(path, case.choice)
    found = [(link.parent_id, link.related_id) for link in (sheet.links[number] for number in range(len(sheet.links)))]
    assert found == list(case.links)
    assert rejected_rows(sheet) == {reason: list(rows) for reason, rows in case.rejected.items()}
    assert (sheet.books.duplicates, sheet.books.blank, sheet.books.suspicious) == (case.duplicates, case.blank, case.suspicious)
    assert balances(sheet)
    assert case.reading in ("", say_text(sheet.reading.sentence()))
    notes = [*map(say_text, sheet.reading.notes)]
    assert [note for note in notes if case.note and case.note in note] == notes
    if path.suffix in _READ_BY_OPENPYXL and case.reading.startswith(("Excel", "")) and path.exists():
        assert_the_other_reader_agrees(path, sheet)
    table[f"{case.group}: {case.name}"] = summary(sheet)


def rejected_rows(sheet: SheetLinks) -> dict[Rejection, list[int]]:
    rows: dict[Rejection, list[int]] = {}
    for entry in sheet.entries:
        if entry.rejection is not None:
            rows.setdefault(entry.rejection, []).append(entry.row)
    return rows


def assert_the_other_reader_agrees(path: Path, sheet: SheetLinks) -> None:
    """openpyxl sees the very text of every ID that would be sent (of a merged cell, in the first one of its area)."""
    if sheet.reading.sheet_name is None:
        return
    made = load_workbook(path, read_only=True, data_only=True)
    page = made[sheet.reading.sheet_name]
    columns = (sheet.columns.parent, sheet.columns.related)
    above: dict[int, str] = {}
    seen: dict[int, list[str]] = {}
    for number, values in enumerate(page.iter_rows(values_only=True), start=1):
        for column in columns:
            value = values[column] if column < len(values) else None
            if value is not None:
                above[column] = str(value)
        seen[number] = [above.get(column, "") for column in columns]
    made.close()
    for entry in sheet.entries:
        if entry.rejection is None:
            assert seen[entry.row] == [sheet.rows[entry.row - sheet.rows[0].number].cells[column] for column in columns]


def summary(sheet: SheetLinks) -> str:
    """Return one line for the table."""
    books = sheet.books
    last = [f"…{link.related_id[-6:]}" for link in (sheet.links[number] for number in range(min(4, len(sheet.links))))]
    parts = [say_text(sheet.reading.sentence()), f"{books.rows:,} rows", f"{books.links:,} links ({', '.join(last)})"]
    parts += [f"{count} {what}" for count, what in ((books.duplicates, "duplicates"), (books.blank, "blank")) if count]
    parts += [f"{reason} in row {', '.join(map(str, rows))}" for reason, rows in rejected_rows(sheet).items()]
    return "; ".join([*parts, *map(say_text, sheet.reading.notes)])
