"""check with options: which columns, rows, worksheet, characters and relation are meant."""

from pathlib import Path

import pytest

from tests.cli.driving import SAMPLE, delink, write_sheet
from tests.sheets.making_sheets import cell, raw_workbook, row, workbook

CONTACTS = ("--relation", "Campaigns/Contacts", "--side", "as-sheet", "--json")
C = "3652397000000925{:03d}"


def campaign(number: int) -> str:
    return f"3652397000000327{number:03d}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def four_columns(tmp_path: Path) -> Path:
    """Headers that look like letters and numbers; the number of distinct parents tells which column was taken."""
    rows = [[campaign(n % 3), campaign(n % 2), C.format(n), campaign(n % 5)] for n in range(30)]
    return workbook(tmp_path / "four.xlsx", [["C", "Campaign Id", "Contact Id", "2"], *rows])


@pytest.mark.parametrize(
    ("named", "parents"),
    [
        pytest.param("Campaign Id", 2, id="header"),
        pytest.param("A", 3, id="letter"),
        pytest.param("B", 2, id="another letter"),
        pytest.param("1", 3, id="number from 1"),
        pytest.param("4", 5, id="another number"),
        pytest.param("C", 3, id="a header wins over the letter"),
        pytest.param("2", 5, id="a header wins over the number"),
    ],
)
def test_a_column_is_an_exact_header_then_a_letter_then_a_number(
    home: Path, four_columns: Path, named: str, parents: int
) -> None:
    told = delink(home, "check", str(four_columns), "--parent-column", named, "--related-column", "Contact Id", *CONTACTS).json
    assert (told["parents"], told["links"]) == (parents, 30)


def test_the_columns_may_stand_the_other_way_round(home: Path, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "a.csv", [(campaign(n % 2), C.format(n)) for n in range(8)])
    turned = ("--parent-column", "2", "--related-column", "1", "--relation", "Contacts/Campaigns", "--side", "as-sheet", "--json")
    assert delink(home, "check", str(sheet), *CONTACTS).json["parents"] == 2
    assert delink(home, "check", str(sheet), *turned).json["parents"] == 8


@pytest.mark.parametrize(
    "options",
    [
        ("--parent-column", "Nope"),
        ("--parent-column", "ZZ"),
        ("--related-column", "99"),
        ("--related-column", "0"),
        ("--sheet-name", "Nope"),
        ("--header-row", "999"),
    ],
)
def test_what_the_sheet_does_not_have_is_named(home: Path, options: tuple[str, str]) -> None:
    ended = delink(home, "check", str(SAMPLE), *options, "--json")
    assert (ended.code, ended.json["error"]) == (2, "sheet_choice")
    assert options[1] in ended.err and len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(("option", "wrong"), [("--encoding", "klingon"), ("--delimiter", "xx")])
def test_a_reading_that_does_not_exist_is_named(home: Path, tmp_path: Path, option: str, wrong: str) -> None:
    sheet = write_sheet(tmp_path / "a.csv", [(campaign(1), C.format(1))])
    ended = delink(home, "check", str(sheet), option, wrong, "--json")
    assert (ended.code, ended.json["error"]) == (2, "sheet_choice") and wrong in ended.err


def test_worksheet_header_row_encoding_and_delimiter_are_taken_as_given(home: Path, tmp_path: Path) -> None:
    rows = [["Report"], ["Campaign Id", "Contact Id"], [campaign(1), C.format(1)], [campaign(2), C.format(2)]]
    book = raw_workbook(tmp_path / "two.xlsx", "", names=("First", "Second"))
    assert delink(home, "check", str(book), "--sheet-name", "Second", "--json").code == 2
    book = workbook(tmp_path / "late.xlsx", rows, sheet="Only")
    assert delink(home, "check", str(book), "--sheet-name", "Only", "--header-row", "2", "--json").json["rows"] == 2
    text = tmp_path / "odd.txt"
    text.write_text("\n".join("|".join(line) for line in rows[1:]), encoding="utf-16")
    assert delink(home, "check", str(text), "--encoding", "utf-16", "--delimiter", "|", "--json").json["links"] == 2


@pytest.mark.parametrize(
    ("cells", "books"),
    [
        pytest.param([(campaign(1), f"{C.format(1)}; {C.format(2)}")], (1, 0, 2, 2, 0, {}), id="two in one cell"),
        pytest.param([(campaign(1), C.format(1))] * 3, (3, 0, 3, 1, 2, {}), id="the same three times"),
        pytest.param([(campaign(1), C.format(1)), ("", "")], (2, 1, 1, 1, 0, {}), id="a blank row"),
        pytest.param(
            [
                (campaign(1), f"{C.format(1)},{campaign(1)}"),
                (campaign(1), f"{C.format(2)},abc"),
                ("", C.format(1)),
                (campaign(1), "3.65E+18"),
            ],
            (4, 0, 5, 1, 0, {"blank_parent": 1, "not_an_id": 1, "damaged": 1, "same_record": 1}),
            id="four ways to be rejected",
        ),
    ],
)
def test_the_books_balance(
    home: Path, tmp_path: Path, cells: list[tuple[str, str]], books: tuple[int, int, int, int, int, dict[str, int]]
) -> None:
    told = delink(home, "check", str(write_sheet(tmp_path / "a.csv", cells)), *CONTACTS).json
    assert tuple(told[key] for key in ("rows", "blank", "entries", "links", "duplicates", "rejected")) == books
    assert told["entries"] == told["links"] + told["duplicates"] + sum(told["rejected"].values())


def test_suspicious_ids_count_as_parents_only_when_they_are_sent(home: Path, tmp_path: Path) -> None:
    rounded = "3652397000000900000"
    sheet = write_sheet(tmp_path / "a.csv", [(campaign(1), C.format(1)), (campaign(2), rounded)])
    held = delink(home, "check", str(sheet), *CONTACTS).json
    sent = delink(home, "check", str(sheet), "--include-suspicious", *CONTACTS).json
    assert [(told["links"], told["suspicious"]) for told in (held, sent)] == [(2, 1), (2, 1)]
    assert [(told["parents"], told["calls"]) for told in (held, sent)] == [(1, 1), (2, 2)]


def hostile(folder: Path, what: str) -> Path:
    path = folder / f"{what}.xlsx"
    one = row(1, cell("A1", campaign(1)), cell("B1", C.format(1)))
    if what == "entities":
        return raw_workbook(path, one, before='<!DOCTYPE x [<!ENTITY a "boom">]>')
    if what == "bomb":
        return raw_workbook(path, row(1, cell("A1", "9" * 300_000_000)))
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)
    return path


@pytest.mark.parametrize("what", ["entities", "bomb", "encrypted"])
def test_a_hostile_workbook_is_one_sentence(home: Path, tmp_path: Path, what: str) -> None:
    ended = delink(home, "check", str(hostile(tmp_path, what)), "--json")
    assert ended.code == 2
    assert ended.json["error"] in ("sheet_unsafe", "sheet_unreadable")
    assert len(ended.err.splitlines()) == 1 and ended.json["message"] == ended.err.strip()
