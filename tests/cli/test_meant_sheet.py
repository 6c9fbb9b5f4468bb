"""Hidden rows and filters on the command line: nothing is sent before it is clear which rows are meant."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.cli.driving import Ended, delink
from tests.sheets.making_sheets import CAMPAIGN, contact

HEADERS = ("Campaign Id", "Contact Id", "Status")
STATUSES = ("Responded", "Unsubscribed", "Responded", "unsubscribed ", "", "Unsubscribed", "Bounced", "Responded")
HIDDEN = (2, 4, 6)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def filtered(tmp_path: Path) -> Path:
    """Eight links of which the rows 2, 4 and 6 are hidden."""
    return write(tmp_path / "filtered.xlsx", [(CAMPAIGN, contact(n), status) for n, status in enumerate(STATUSES)], HIDDEN)


def write(path: Path, rows: Sequence[tuple[str, str, str]], hidden: Sequence[int] = ()) -> Path:
    with Workbook(str(path)) as book:
        page = book.add_worksheet("List")
        for number, cells in enumerate([HEADERS, *rows]):
            page.write_row(number, 0, cells)
        for number in hidden:
            page.set_row(number - 1, options={"hidden": True})
    return path


def check(home: Path, sheet: Path, *options: str) -> Ended:
    return delink(home, "check", str(sheet), "--json", *options)


def books(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told[key] for key in ("rows", "hidden", "left_out", "blank", "rows_with_entries", "links"))


def test_a_workbook_that_may_hide_rows_and_does_not_say_which_is_asked_about(home: Path, filtered: Path) -> None:
    sheet = filtered.with_name("unapplied.xlsx")
    with Workbook(str(sheet)) as book:
        page = book.add_worksheet("List")
        for number, cells in enumerate([HEADERS, *((CAMPAIGN, contact(n), status) for n, status in enumerate(STATUSES))]):
            page.write_row(number, 0, cells)
        page.autofilter(0, 0, 8, 2)
        page.filter_column("C", "Status == Unsubscribed")
    asked = check(home, sheet)
    assert (asked.code, asked.json["error"]) == (2, "hidden_rows")
    assert "cannot be found out" in asked.json["message"] and "--hidden-rows read if all 8 rows" in asked.json["message"]
    skipped = check(home, sheet, "--hidden-rows", "skip")
    assert (skipped.code, skipped.json["error"]) == (2, "sheet_choice")
    read = check(home, sheet, "--hidden-rows", "read")
    assert (read.code, read.json["links"]) == (0, 8)


@pytest.mark.parametrize("command", [("check",), ("run", "--practice", "--yes")])
def test_hidden_rows_that_hold_links_are_asked_for(home: Path, filtered: Path, command: tuple[str, ...]) -> None:
    ended = delink(home, command[0], str(filtered), *command[1:], "--json")
    assert (ended.code, ended.json["error"]) == (2, "hidden_rows")
    assert "3 of its 8 rows are hidden" in ended.json["message"]
    assert "--hidden-rows skip for the 5 visible rows" in ended.json["message"]
    assert "--hidden-rows read for all 8" in ended.json["message"]
    assert delink(home, "runs", "--json").json["runs"] == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--hidden-rows", "skip"), (8, 3, 0, 0, 5, 5)),
        (("--hidden-rows", "read"), (8, 0, 0, 0, 8, 8)),
        (("--hidden-rows", "skip", "--where", "Status=Unsubscribed"), (8, 3, 2, 0, 3, 3)),
        (("--hidden-rows", "read", "--where", "Status=Unsubscribed"), (8, 0, 5, 0, 3, 3)),
        (("--hidden-rows", "read", "--where", "C=unsubscribed", "--where", "C=Bounced"), (8, 0, 4, 0, 4, 4)),
        (("--hidden-rows", "read", "--where", "Status!="), (8, 0, 1, 0, 7, 7)),
    ],
)
def test_the_books_tell_every_row(home: Path, filtered: Path, options: tuple[str, ...], expected: tuple[int, ...]) -> None:
    ended = check(home, filtered, *options)
    assert ended.code == 0
    assert books(ended.json) == expected


def test_hidden_rows_without_links_are_no_question(home: Path, tmp_path: Path) -> None:
    rows = [(CAMPAIGN, contact(1), ""), ("", "", "a note"), (CAMPAIGN, "to be found", "")]
    ended = check(home, write(tmp_path / "a.xlsx", rows, hidden=(3, 4)))
    assert ended.code == 0
    assert books(ended.json) == (3, 2, 0, 0, 1, 1)


def test_a_sheet_that_hides_nothing_is_told_as_before(home: Path, tmp_path: Path) -> None:
    told = check(home, write(tmp_path / "a.xlsx", [(CAMPAIGN, contact(1), "")])).json
    assert not {"hidden", "left_out", "rows_with_entries"} & told.keys()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--where", "Status=Nowhere"), "the filter leaves no row of it"),
        (("--where", "Colour=red"), "A “Campaign Id”, B “Contact Id” and C “Status”"),
        (("--where", "Status=a", "--where", "Status!=b"), "for values of “Status” and against"),
        (("--where", "Status"), "COLUMN=VALUE"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(home: Path, filtered: Path, options: tuple[str, ...], words: str) -> None:
    ended = check(home, filtered, "--hidden-rows", "read", *options)
    assert (ended.code, ended.json["error"]) == (2, "sheet_choice")
    assert words in ended.json["message"]


def test_all_rows_hidden_leaves_none_to_read(home: Path, tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.xlsx", [(CAMPAIGN, contact(1), "")], hidden=(2,))
    assert check(home, sheet).json["error"] == "hidden_rows"
    assert check(home, sheet, "--hidden-rows", "skip").json["error"] == "sheet_choice"
    assert check(home, sheet, "--hidden-rows", "read").json["links"] == 1


def test_a_run_sends_what_was_meant_and_the_results_name_the_rest(home: Path, filtered: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.xlsx"
    options = (
        "--practice",
        "--yes",
        "--hidden-rows",
        "skip",
        "--where",
        "Status!=Responded",
        "--results",
        str(results),
        "--json",
    )
    ended = delink(home, "run", str(filtered), *options)
    told = ended.json
    assert (ended.code, told["links"], told["delinked"] + told["not_linked"]) == (0, 4, 4)
    book = load_workbook(results)
    lines = {int(str(row[3])): str(row[4]) for row in book["All rows"].iter_rows(min_row=2, values_only=True)}
    left_out = {row: words for row, words in lines.items() if words.startswith("Left out")}
    assert left_out == {
        2: "Left out: a hidden row",
        4: "Left out: a hidden row",
        6: "Left out: a hidden row",
        9: "Left out by your filter",
    }
    assert sorted(lines) == list(range(2, 10))
    assert book["To fix"].max_row == 1
    summary = {str(row[0]): row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert (summary["Rows: left out by your filter"], summary["Rows: left out: a hidden row"]) == (1, 3)
    assert "only the visible rows, only rows where “Status” is not “Responded”" in str(summary["Read as"])


def test_rows_that_were_left_out_stay_so_when_the_results_are_opened_again(home: Path, filtered: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.xlsx"
    delink(home, "run", str(filtered), "--practice", "--yes", "--hidden-rows", "skip", "--results", str(results))
    told = check(home, results, "--sheet-name", "All rows").json
    assert (told["links"], told["left_out"]) == (5, 3)


def test_fill_down_takes_its_value_from_a_hidden_row(home: Path, tmp_path: Path) -> None:
    other = "3652397000000327018"
    rows = [(CAMPAIGN, contact(1), ""), (other, contact(2), ""), ("", contact(3), "")]
    sheet = write(tmp_path / "a.xlsx", rows, hidden=(3,))
    told = check(home, sheet, "--hidden-rows", "skip", "--fill-down").json
    assert (told["links"], told["parents"]) == (2, 2)
