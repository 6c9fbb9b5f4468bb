"""Rows with more cells than the header: no ID in them is lost without a word."""

from pathlib import Path

import pytest

from desktop.domain.errors import SheetUnreadable
from desktop.domain.readings import ReadingChoice
from desktop.domain.relations import parse_relation
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, contact, text_file
from tests.sheets.refusing import refuses

ONE, TWO, THREE = contact(1), contact(2), contact(3)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Campaign Id,Contact Id", f"{ONE},{TWO},{THREE}"),
        ("Campaign Id,Contact Id", f"{ONE}, {TWO}"),
        ("Campaign Id,Contact Id", f"[{ONE},{TWO},{THREE}]"),
        ("Campaign Id,Contact Id", f"['{ONE}','{TWO}','{THREE}']"),
        ("Campaign Id,Contact Id", f"'{ONE}, {TWO}'"),
        ("Campaign Id,Contact Id,Note", f"[{ONE},{TWO},{THREE}],x"),
        ("Campaign Id,Contact Id,Note", f"{ONE},{TWO},x"),
    ],
)
@pytest.mark.parametrize("plain_rows", [0, 3, 6000])
def test_a_list_that_is_not_quoted_is_refused(tmp_path: Path, header: str, cells: str, plain_rows: int) -> None:
    rows = [f"{CAMPAIGN},{contact(number)}" for number in range(10, 10 + plain_rows)]
    path = text_file(tmp_path / "list.csv", "\n".join([header, *rows, f"{CAMPAIGN},{cells}"]))
    with refuses(SheetUnreadable, f"row {plain_rows + 2} has . cells below . headers"):
        open_sheet(path, ReadingChoice(relation=parse_relation("Campaigns/Contacts")))


def test_a_user_who_names_both_columns_learns_what_is_not_read(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", f"Campaign Id,Contact Id\n{CAMPAIGN},{ONE},{TWO}\n{CAMPAIGN},{THREE},{TWO}\n")
    sheet = open_sheet(path, ReadingChoice(parent_column="Campaign Id", related_column="Contact Id"))
    assert len(sheet.links) == 2
    assert tuple(map(say_text, sheet.reading.notes)) == (
        "Row 2 (and 1 more such row) has 3 cells below 2 headers, and IDs stand outside their columns; nothing of those is read.",
    )


def test_a_name_with_a_comma_makes_a_row_longer_and_loses_nothing(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", f"Campaign Id,Contact Id,Name\n{CAMPAIGN},{ONE},Doe, Ann\n{CAMPAIGN},{TWO},Bo,,\n")
    sheet = open_sheet(path)
    assert len(sheet.links) == 2
    assert tuple(map(say_text, sheet.reading.notes)) == ()
