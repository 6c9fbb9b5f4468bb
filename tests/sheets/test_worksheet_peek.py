"""The first rows of the worksheets that were not chosen."""

import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from desktop.sheets import worksheet_peek
from desktop.sheets.formats import identify
from desktop.sheets.worksheet_peek import MOST_PEEKED, Peek, peek_worksheets
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact, links, raw_workbook, row
from tests.sheets.making_xls import Page, xls
from tests.sheets.making_xlsb import xlsb

FILES = Path(__file__).parent / "files"


def peeks_at(path: Path, *names: str, rows: int = 200) -> list[Peek]:
    return peek_worksheets(path, identify(path), names, rows)


def several(path: Path, sizes: dict[str, int]) -> Path:
    """A workbook whose worksheets have a header and this many links."""
    with Workbook(str(path)) as made:
        for name, size in sizes.items():
            page = made.add_worksheet(name)
            for number, cells in enumerate(links(size)):
                page.write_row(number, 0, cells)
    return path


def test_the_first_rows_and_the_height_of_each_worksheet_are_told(tmp_path: Path) -> None:
    path = several(tmp_path / "list.xlsx", {"First": 3, "To & fro": 500, "Empty": -1})
    assert peeks_at(path, "To & fro", "First", rows=2) == [
        Peek("To & fro", (HEADERS, (CAMPAIGN, contact(0))), 501),
        Peek("First", (HEADERS, (CAMPAIGN, contact(0))), 4),
    ]


def test_a_big_workbook_is_looked_at_in_a_child(tmp_path: Path) -> None:
    path = several(tmp_path / "list.xlsx", {"First": 30_000, "Second": 2})
    assert peeks_at(path, "Second") == [Peek("Second", tuple(links(2)), 3)]


def test_other_formats_are_looked_at_too(tmp_path: Path) -> None:
    old = xls(tmp_path / "list.xls", [Page("First", [["a"]]), Page("Second", [["b", "c"], ["d", "e"]])])
    assert peeks_at(old, "Second") == [Peek("Second", (("b", "c"), ("d", "e")), 2)]
    assert peeks_at(FILES / "hidden-rows.ods", "First", "Last") == [
        Peek("First", (("not", "this one"),), 1),
        Peek("Last", (("nor", "this one"),), 1),
    ]
    binary = xlsb(tmp_path / "list.xlsb", [["x", "y"]], hidden_first=True)
    assert peeks_at(binary, "List") == [Peek("List", (("x", "y"),), 1)]


def test_a_long_number_is_told_digit_for_digit(tmp_path: Path) -> None:
    data = row(1, cell("A1", CAMPAIGN, "n"), cell("B1", "x"))
    path = raw_workbook(tmp_path / "list.xlsx", data, names=("List", "Other"))
    assert peeks_at(path, "List") == [Peek("List", ((CAMPAIGN, "x"),), 1)]


def test_an_empty_worksheet_was_looked_at(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "x")), names=("List", "Other"))
    assert peeks_at(path, "Other") == [Peek("Other", (), 0)]


def test_only_so_many_worksheets_are_looked_at(tmp_path: Path) -> None:
    names = [f"Sheet {number}" for number in range(MOST_PEEKED + 2)]
    path = several(tmp_path / "list.xlsx", dict.fromkeys(names, 1))
    assert [peek.rows is None for peek in peeks_at(path, *names)] == [False] * MOST_PEEKED + [True] * 2


def test_a_worksheet_that_is_too_big_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = several(tmp_path / "list.xlsx", {"Big": 800, "Small": 3, "Other": 3})
    monkeypatch.setattr(worksheet_peek, "MOST_BYTES", 50_000)
    assert [(peek.name, peek.height) for peek in peeks_at(path, "Big", "Small", "Other")] == [
        ("Big", None),
        ("Small", 4),
        ("Other", 4),
    ]
    monkeypatch.setattr(worksheet_peek, "MOST_BYTES", 10_000)
    assert [peek.height for peek in peeks_at(path, "Small", "Other")] == [None, None]  # the shared texts alone are more


def test_what_cannot_be_read_was_not_looked_at(tmp_path: Path) -> None:
    far = row(1, cell("A1", "x")) + row(1_048_576, cell("XFD1048576", "y"))
    assert peeks_at(padded(raw_workbook(tmp_path / "far.xlsx", far, names=("List", "Other"))), "List") == [Peek("List")]
    path = raw_workbook(tmp_path / "broken.xlsx", "<row", names=("List", "Other"))
    assert peeks_at(path, "List", "Nobody") == [Peek("List"), Peek("Nobody")]
    shutil.copy(path, tmp_path / "gone.xlsx")
    kind = identify(tmp_path / "gone.xlsx")
    (tmp_path / "gone.xlsx").unlink()
    assert peek_worksheets(tmp_path / "gone.xlsx", kind, ("List",)) == [Peek("List")]


def padded(path: Path) -> Path:
    """The workbook with a part that makes it big enough for a child."""
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(3 * 1024 * 1024))
    return path
