"""What a filter can be made of."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.row_filters import MOST_VALUES, ColumnValue, mark_columns, values_of
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.row_choices import LeftOut, RowsLeftOut
from desktop.sheets.links_sheet import open_sheet
from tests.sheets.making_sheets import CAMPAIGN, contact


def sheet_of(folder: Path, title: str, values: list[str]) -> SheetLinks:
    lines = [f"Campaign Id,Contact Id,{title}"]
    lines += [f"{CAMPAIGN},{contact(number)},{value}" for number, value in enumerate(values)]
    path = folder / "list.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return open_sheet(path, ReadingChoice())


def test_values_come_commonest_first_as_the_filter_tells_them_apart(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Status", [" Active", "active", "Bounced", "", "ACTIVE ", "\u200b"])
    assert values_of(sheet, 2) == [ColumnValue("Active", 3), ColumnValue("", 2), ColumnValue("Bounced", 1)]


def test_rows_that_are_not_read_are_not_counted_and_a_short_row_shows_nothing(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Status", ["Active", "Active", "Bounced"])
    first = sheet.rows[0].number
    hidden = replace(sheet, left_out=RowsLeftOut.of_ranges([(first, first, LeftOut.HIDDEN)]))
    assert values_of(hidden, 2) == [ColumnValue("Active", 1), ColumnValue("Bounced", 1)]
    assert values_of(sheet, 9) == [ColumnValue("", 3)]


def test_counting_ends_soon_once_nobody_waits_for_it(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Status", ["Active"] * 5000)
    values = values_of(sheet, 2, lambda: True)
    assert values is not None and values[0].rows < 5000


def test_a_column_of_too_many_values_has_no_list(tmp_path: Path) -> None:
    assert values_of(sheet_of(tmp_path, "Name", [f"n{n}" for n in range(MOST_VALUES + 1)]), 2) is None
    values = values_of(sheet_of(tmp_path, "Name", [f"n{n}" for n in range(MOST_VALUES)]), 2)
    assert values is not None and len(values) == MOST_VALUES


@pytest.mark.parametrize(
    ("title", "values", "is_mark"),
    [
        ("Action", ["remove", "keep", "remove"], True),
        ("Keep?", ["no", "yes", ""], True),
        ("", ["x", "", "X"], True),
        ("Status", ["Active", "Bounced", "Active"], True),
        ("Name", ["Ben", "Siri", "Tom"], False),
        ("Action", ["", "", ""], False),
        ("Action", [f"call {n}" for n in range(20)], False),
    ],
)
def test_a_mark_is_known_by_its_title_or_its_values(tmp_path: Path, title: str, values: list[str], is_mark: bool) -> None:
    assert mark_columns(sheet_of(tmp_path, title, values)) == ((2,) if is_mark else ())
