"""Which rows were meant is remembered for the same headers and offered, but never applied by itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.row_choices import Condition, HiddenRows
from desktop.domain.sheet_habits import RowsBefore, digest_of_headers
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.sheet_memory import SheetMemory
from desktop.storage.settings import SettingsFile
from tests.sheets.making_sheets import CAMPAIGN, contact

HEADERS = ("Campaign Id", "Contact Id", "Status")


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def memory(settings: SettingsFile) -> SheetMemory:
    return SheetMemory(settings, open_sheet)


def a_list(path: Path, *statuses: str) -> Path:
    lines = [f"{CAMPAIGN},{contact(number)},{status}" for number, status in enumerate(statuses, start=1)]
    path.write_text(",".join(HEADERS) + "\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def read(memory: SheetMemory, path: Path, *where: Condition, hidden: HiddenRows | None = None) -> SheetLinks:
    return memory.open(path, ReadingChoice(where=where, hidden_rows=hidden))


def test_a_filter_is_offered_for_the_next_sheet_and_not_applied(tmp_path: Path, memory: SheetMemory) -> None:
    filtered = read(memory, a_list(tmp_path / "first.csv", "Left", "Active"), Condition(2, "Left"), hidden=HiddenRows.SKIP)
    assert len(filtered.links) == 1
    memory.remember(filtered)
    again = memory.open(a_list(tmp_path / "next.csv", "Active", "Left", "Active"), ReadingChoice())
    assert len(again.links) == 3 and again.choice.where == () and again.choice.hidden_rows is None
    assert memory.rows_before(again) == RowsBefore(HiddenRows.SKIP, (Condition(2, "Left"),))


def test_conditions_keep_their_order_and_what_they_exclude(tmp_path: Path, memory: SheetMemory) -> None:
    where = (Condition(2, "Left", excluded=True), Condition(2, "", excluded=True))
    sheet = read(memory, a_list(tmp_path / "list.csv", "Left", "Active"), *where)
    memory.remember(sheet)
    assert memory.rows_before(sheet) == RowsBefore(None, where)


def test_a_later_sheet_without_a_filter_forgets_it(tmp_path: Path, memory: SheetMemory) -> None:
    path = a_list(tmp_path / "list.csv", "Left", "Active")
    memory.remember(read(memory, path, Condition(2, "Left")))
    plain = read(memory, path)
    memory.remember(plain)
    assert memory.rows_before(plain) is None


def test_other_headers_are_offered_nothing(tmp_path: Path, memory: SheetMemory) -> None:
    memory.remember(read(memory, a_list(tmp_path / "list.csv", "Left", "Active"), Condition(2, "Left")))
    other = tmp_path / "other.csv"
    other.write_text(f"Campaign Id,Contact Id,State\n{CAMPAIGN},{contact(1)},Left\n", "utf-8")
    assert memory.rows_before(memory.open(other, ReadingChoice())) is None


@pytest.mark.parametrize("column", [0, 1])
def test_a_filter_of_an_id_column_is_not_remembered_and_no_part_of_it(
    tmp_path: Path, memory: SheetMemory, settings: SettingsFile, column: int
) -> None:
    path = a_list(tmp_path / "list.csv", "Left", "Active")
    named = CAMPAIGN if column == 0 else contact(1)
    memory.remember(read(memory, path, Condition(2, "Left"), Condition(column, named)))
    kept = json.dumps(settings.get("sheets/habits"))
    assert named not in kept and "Left" not in kept, "a part of a filter would let more rows through"


def test_a_filter_of_very_many_values_is_not_remembered(tmp_path: Path, memory: SheetMemory) -> None:
    values = [f"value {number}" for number in range(101)]
    sheet = read(memory, a_list(tmp_path / "list.csv", *values), *(Condition(2, value) for value in values))
    memory.remember(sheet)
    assert memory.rows_before(sheet) is None


@pytest.mark.parametrize(
    "kept",
    [
        {"hidden_rows": "all", "where": []},
        {"hidden_rows": "skip", "where": [{"column": 0, "value": "x", "excluded": False}]},
        {"hidden_rows": "skip", "where": [{"column": 3, "value": 7, "excluded": False}]},
        {"hidden_rows": "skip", "where": [{"column": 4, "value": "x", "excluded": False}]},
        {"hidden_rows": "skip", "where": [{"column": 3, "value": "x", "excluded": False}, "x"]},
        {"hidden_rows": ["skip"], "where": []},
        {"hidden_rows": None, "where": []},
        "x",
    ],
)
def test_a_damaged_memory_offers_nothing(tmp_path: Path, memory: SheetMemory, settings: SettingsFile, kept: object) -> None:
    sheet = memory.open(a_list(tmp_path / "list.csv", "Left"), ReadingChoice())
    settings.set("sheets/habits", {digest_of_headers(HEADERS) or "": kept})
    assert memory.rows_before(sheet) is None


def test_a_sheet_without_a_header_row_is_offered_nothing(tmp_path: Path, memory: SheetMemory) -> None:
    sheet = read(memory, a_list(tmp_path / "list.csv", "Left", "Active"), Condition(2, "Left"))
    memory.remember(sheet)
    assert memory.rows_before(replace(sheet, reading=replace(sheet.reading, header_row=0))) is None
