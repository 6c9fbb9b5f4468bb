"""Sheets whose IDs were changed by a program, in every format: nothing of them is sent unless the user agrees."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.domain.entries import Rejection
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import parse_relation
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.domain.rounded_columns import WAYS
from tests.sheets.making_ods import Cell, ods
from tests.sheets.making_sheets import HEADERS, cell, raw_workbook, row, text_file, workbook
from tests.sheets.making_xlsb import xlsb

CHOICE = ReadingChoice(parse_relation("Campaigns/Contacts"))
XLS = Path(__file__).parent / "files" / "every-kind.xls"


def campaign(number: int) -> str:
    return f"41508689000003{10117 + 13 * (number % 5):05d}"


def contacts(count: int, length: int = 19) -> list[str]:
    chance = random.Random(7)
    return [f"4150868{chance.randrange(10 ** (length - 8)):0{length - 8}d}{chance.choice('1379')}" for _ in range(count)]


def as_text(folder: Path, ids: Sequence[str]) -> Path:
    lines = [",".join(HEADERS), *(f"{campaign(number)},{one}" for number, one in enumerate(ids))]
    return text_file(folder / "list.csv", "\n".join(lines) + "\n")


def as_numbers(folder: Path, ids: Sequence[str]) -> Path:
    """Write an .xlsx whose XML has all digits of each number."""
    data = row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1])) + "".join(
        row(number, cell(f"A{number}", campaign(number)), cell(f"B{number}", one, "n")) for number, one in enumerate(ids, 2)
    )
    return raw_workbook(folder / "list.xlsx", data)


def as_open_document(folder: Path, ids: Sequence[str]) -> Path:
    """Write an .ods whose ``office:value`` has all digits of each number."""
    rows: list[list[Cell]] = [[*HEADERS]]
    rows += [[campaign(number), (related_id,)] for number, related_id in enumerate(ids)]
    return ods(folder / "list.ods", rows)


def counts_of(sheet: SheetLinks) -> tuple[int, int, dict[Rejection, int]]:
    return len(sheet.links), sheet.links.sendable_count, dict(sheet.books.rejected)


@pytest.mark.parametrize("write", [as_text, as_numbers, as_open_document])
@pytest.mark.parametrize(("way", "length"), [("shortest", 19), ("exact", 19), ("Excel", 17), ("Excel", 19)])
def test_a_column_that_a_program_rounded_is_held_back(
    tmp_path: Path, write: Callable[[Path, Sequence[str]], Path], way: str, length: int
) -> None:
    sheet = open_sheet(write(tmp_path, [WAYS[way](related_id) for related_id in contacts(300, length)]), CHOICE)
    assert counts_of(sheet) == (300, 0, {})
    assert [note for note in sheet.reading.notes if "300 IDs may have been rounded by a program" in say_text(note)]


@pytest.mark.parametrize("write", [as_text, as_numbers, as_open_document])
def test_true_ids_are_sent_whether_text_or_numbers(tmp_path: Path, write: Callable[[Path, Sequence[str]], Path]) -> None:
    sheet = open_sheet(write(tmp_path, contacts(300)), CHOICE)
    assert counts_of(sheet) == (300, 300, {})
    assert tuple(map(say_text, sheet.reading.notes)) == ()


def test_numbers_with_a_point_or_an_exponent_stay_damaged(tmp_path: Path) -> None:
    for write in (as_numbers, as_open_document):
        sheet = open_sheet(write(tmp_path, ["4150868434439589175.0", "4.1508684344395894E+18", *contacts(4)]), CHOICE)
        assert counts_of(sheet) == (4, 4, {Rejection.DAMAGED: 2})


def test_binary_numbers_stay_damaged_past_15_digits(tmp_path: Path) -> None:
    numbers = [4150868434439589175, 4150868434439589376, 415086843443958917, 4150868434439580, 415086843443958]
    rows: list[Sequence[object]] = [
        HEADERS,
        *([campaign(number), float(value)] for number, value in enumerate(numbers)),
    ]
    sheet = open_sheet(xlsb(tmp_path / "list.xlsb", rows), CHOICE)
    assert counts_of(sheet) == (1, 1, {Rejection.DAMAGED: 4})
    old = open_sheet(XLS, CHOICE)
    assert old.books.rejected[Rejection.DAMAGED] == 1
    assert [old.rows[entry.row - 2].cells[2] for entry in old.entries if entry.rejection is Rejection.DAMAGED] == [
        "a number of 19 digits"
    ]


def test_numbers_written_by_a_library_are_damaged_or_judged_with_their_column(tmp_path: Path) -> None:
    """A writer that keeps 16 digits stores longer numbers with an exponent, and those of 16 digits whole."""
    rows: list[Sequence[object]] = [
        HEADERS,
        *((campaign(number), int(text)) for number, text in enumerate(contacts(5))),
    ]
    assert counts_of(open_sheet(workbook(tmp_path / "list.xlsx", rows), CHOICE)) == (0, 0, {Rejection.DAMAGED: 5})


def test_an_id_broken_in_two_is_rejected_in_every_row_or_in_one(tmp_path: Path) -> None:
    whole = contacts(300)
    sheet = open_sheet(as_text(tmp_path, [f"{one[:10]} {one[10:]}" for one in whole]), CHOICE)
    assert counts_of(sheet) == (0, 0, {Rejection.NOT_AN_ID: 300})
    broken = f'"{whole[-1][:10]}\n{whole[-1][10:]}"'
    assert counts_of(open_sheet(as_text(tmp_path, [*whole[:-1], broken]), CHOICE)) == (299, 299, {Rejection.NOT_AN_ID: 1})


def test_an_id_with_a_telephone_number_beside_it_is_rejected_and_named(tmp_path: Path) -> None:
    cells = [f"{one} {4915155501000 + number}" for number, one in enumerate(contacts(10))]
    sheet = open_sheet(as_text(tmp_path, cells), CHOICE)
    assert counts_of(sheet) == (0, 0, {Rejection.NOT_AN_ID: 10})
    assert [entry.related_text for entry in sheet.entries] == cells


@pytest.mark.parametrize("first", [491505550000, 20260105120000, 1767225600000])
@pytest.mark.parametrize("rows", [1, 5, 500])
def test_a_column_of_telephone_numbers_or_time_stamps_is_held_back(tmp_path: Path, first: int, rows: int) -> None:
    sheet = open_sheet(as_text(tmp_path, [str(first + 7 * number) for number in range(rows)]), CHOICE)
    assert counts_of(sheet) == (rows, 0, {})
    assert [note for note in sheet.reading.notes if "unlike the parent IDs" in say_text(note)]


def test_invisible_marks_around_an_id_are_taken_off(tmp_path: Path) -> None:
    ids = contacts(8)
    marked = [f"\u2067{ids[0]}\u2069", f"\u061c{ids[1]}\u180e", f"{ids[2]}\u2066", f"\ufe0f{ids[3]}", f"{ids[4]}\u00b7"]
    sheet = open_sheet(as_text(tmp_path, marked), CHOICE)
    assert list(sheet.links.related_ids) == ids[:4]
    assert sheet.books.rejected == {Rejection.NOT_AN_ID: 1}
