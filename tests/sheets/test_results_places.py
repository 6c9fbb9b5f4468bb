"""Where results go: odd names, full disks, split worksheets; and what they are when they come back."""

import ctypes
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.domain.errors import ResultsUnwritable
from desktop.domain.outcomes import REMOVED
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import parse_relation
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_results import write_results
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, NOT_LINKED, balances, contact, links, refused, run_of, workbook

SEVERAL = [
    HEADERS,
    (CAMPAIGN, f'{contact(1)}; ="{contact(2)}"'),
    (CAMPAIGN, f'="{contact(3)}"'),
    (CAMPAIGN, "3.65E+18"),
    ("", contact(4)),
    (CAMPAIGN, f"zcrm_{contact(5)}, {contact(6)}"),
]


def sheet_of(folder: Path, rows: Sequence[tuple[str, ...]], choice: ReadingChoice | None = None) -> SheetLinks:
    return open_sheet(workbook(folder / "list.xlsx", rows), choice or ReadingChoice())


@pytest.mark.parametrize(
    "name",
    [
        "CON.xlsx",
        "aux.csv",
        "trailing dot..csv",
        "…… emoji 🎉.xlsx",
        "نتائج.xlsx",
        "a\u202eb.csv",
        "two\nlines.xlsx",
        "'quotes\".csv",
        " leading blank.xlsx",
        "no suffix",
        "results.XLSX",
        "x" * 250 + ".csv",
        "é" * 120 + ".xlsx",
        "a/b/c/d.xlsx",
        ".hidden.xlsx",
        "%41;&$(x).csv",
    ],
)
def test_results_can_have_any_name_that_the_disk_accepts(tmp_path: Path, name: str) -> None:
    with run_of(sheet_of(tmp_path, list(links(2))), tmp_path / "run", [REMOVED]) as record:
        assert write_results(record, tmp_path / "out" / name) == 2
    assert (tmp_path / "out" / name).stat().st_size > 100
    assert sum(1 for file in (tmp_path / "out").rglob("*") if file.is_file()) == 1


@pytest.mark.parametrize("name", ["x" * 300 + ".xlsx", "y" * 5000 + ".csv", "\ud800.xlsx", "nul\0.csv"])
def test_a_name_that_the_disk_refuses_is_reported(tmp_path: Path, name: str) -> None:
    with run_of(sheet_of(tmp_path, list(links(2))), tmp_path / "run", [REMOVED]) as record, pytest.raises(ResultsUnwritable):
        write_results(record, tmp_path / name)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a user for whom a folder can be read-only")
def test_a_read_only_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with run_of(sheet_of(tmp_path, list(links(2))), tmp_path / "run", [REMOVED]) as record, pytest.raises(ResultsUnwritable):
        write_results(record, tmp_path / "locked" / "results.xlsx")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Make a disk of 256 KB, if this user may."""
    place = tmp_path / "disk"
    place.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if os.name != "posix" or libc.mount(b"none", bytes(place), b"tmpfs", 0, b"size=256k") != 0:
        pytest.skip("this user may not mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_full_disk_keeps_the_older_results(tmp_path: Path, small_disk: Path, suffix: str) -> None:
    target = small_disk / f"results{suffix}"
    target.write_text("old")
    sheet = sheet_of(tmp_path, list(links(6000)))
    with run_of(sheet, tmp_path / "run", [REMOVED] * 6000) as record, pytest.raises(ResultsUnwritable) as caught:
        write_results(record, target)
    assert say_text(caught.value.detail) == "no space left on device"
    assert [(file.name, file.read_text()) for file in small_disk.iterdir()] == [(target.name, "old")]


def test_what_is_to_fix_is_read_again_entry_by_entry_without_an_edit(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, SEVERAL, ReadingChoice(fill_down=True))
    outcomes = [REMOVED, refused("no"), REMOVED, NOT_LINKED, refused("no")]
    with run_of(sheet, tmp_path / "run", outcomes) as record:
        write_results(record, tmp_path / "results.xlsx")
    again = open_sheet(tmp_path / "results.xlsx")
    assert list(again.links.related_ids) == [contact(2), contact(5), contact(6)]
    assert (again.books.duplicates, sum(again.books.rejected.values())) == (0, sum(sheet.books.rejected.values()))
    assert balances(again)


def test_results_as_text_give_the_same_links_again_with_a_note(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, SEVERAL)
    with run_of(sheet, tmp_path / "run", [REMOVED]) as record:
        write_results(record, tmp_path / "results.csv")
    again = open_sheet(tmp_path / "results.csv")
    assert set(again.links.related_ids) == set(sheet.links.related_ids)
    assert again.links.parent_ids == sheet.links.parent_ids
    assert tuple(map(say_text, again.reading.notes)) == (
        "These are results of run run-1; all of its rows are read, also what was removed.",
    )
    assert balances(again)


def test_our_own_columns_are_never_taken_for_the_sheet_s(tmp_path: Path) -> None:
    """A record's address is an ID to the eye of the reader; localised headers and damaged IDs leave it as the better column."""
    rows = [("Kampagne", "Kontakt"), (CAMPAIGN, contact(1)), (CAMPAIGN, contact(2)), ("", "Ben")]
    choice = ReadingChoice(parse_relation("Campaigns/Contacts"))
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", rows), ReadingChoice(choice.relation, "A", "B"))
    with run_of(sheet, tmp_path / "run", [refused("no"), refused("no")]) as record:
        write_results(record, tmp_path / "results.xlsx")
    again = open_sheet(tmp_path / "results.xlsx", ReadingChoice(choice.relation, sheet_name="All rows", parent_column="A"))
    assert (again.columns.parent, again.columns.related) == (0, 1)
