"""A file of several worksheets is opened as the user most likely means it, and the others are named."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from desktop.application.opening import SheetOpening, open_as_before, open_as_told, open_whole, remember_reading
from desktop.domain.errors import HiddenRowsOpen, RelationUnclear, SheetChoiceWrong, SheetWithoutLinks
from desktop.domain.readings import Cancelled, OtherWorksheet, Progress, ReadingChoice, SheetLinks
from desktop.domain.relations import parse_relation
from desktop.domain.row_choices import HiddenRows
from desktop.domain.sheet_habits import RowsBefore
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, contact, links
from tests.sheets.refusing import refuses

COVER = [("How to use this file",), ("1. Filter", "2. Send")]
CONTACTS = parse_relation("Campaigns/Contacts")

Page = tuple[str, Sequence[Sequence[str]]]


def pages(path: Path, *all_pages: Page, front: int = 0, hidden: Sequence[str] = ()) -> Path:
    """A workbook of these worksheets, saved with one of them in front."""
    with Workbook(str(path)) as book:
        for place, (name, rows) in enumerate(all_pages):
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if place == front:
                page.activate()
                page.set_first_sheet()
            if name in hidden:
                page.hide()
    return path


@pytest.fixture
def opening() -> SheetOpening:
    return SheetOpening(open_sheet)


def test_the_worksheet_in_front_is_read_and_the_other_is_named(tmp_path: Path, opening: SheetOpening) -> None:
    path = pages(tmp_path / "a.xlsx", ("All members", links(40)), ("To remove", links(3)), front=1)
    sheet = opening(path)
    assert (sheet.reading.sheet_name, len(sheet.links)) == ("To remove", 3)
    assert sheet.others == (OtherWorksheet("All members", 40),)


def test_a_cover_sheet_in_front_is_passed_over(tmp_path: Path, opening: SheetOpening) -> None:
    path = pages(tmp_path / "a.xlsx", ("Read me", COVER), ("Links", links(5)), ("Old", links(4)), hidden=["Old"])
    sheet = opening(path)
    assert (sheet.reading.sheet_name, len(sheet.links), sheet.others) == ("Links", 5, ())
    assert tuple(map(say_text, sheet.reading.notes)) == (
        "The worksheet “Read me” holds no links (no column holds record IDs), so “Links” is read.",
    )


def test_a_worksheet_that_was_named_is_read_and_no_other(tmp_path: Path, opening: SheetOpening) -> None:
    path = pages(tmp_path / "a.xlsx", ("All", links(40)), ("Some", links(3)), ("Read me", COVER))
    assert len(opening(path, ReadingChoice(sheet_name="Some")).links) == 3
    with pytest.raises(SheetWithoutLinks) as caught:
        opening(path, ReadingChoice(sheet_name="Read me"))
    assert say_text(caught.value.detail).endswith("; record IDs stand on the worksheets “All” (40 links) and “Some” (3 links)")


def test_a_workbook_without_ids_is_refused_with_what_was_read_of_the_one_in_front(tmp_path: Path, opening: SheetOpening) -> None:
    path = pages(tmp_path / "a.xlsx", ("Notes", [("x",)]), ("Read me", COVER), front=1)
    with pytest.raises(SheetWithoutLinks) as caught:
        opening(path)
    reading = caught.value.reading
    assert reading is not None and reading.sheet_name == "Read me"
    assert [sheet.name for sheet in reading.worksheets] == ["Notes", "Read me"]
    assert caught.value.top == [("How to use this file", ""), ("1. Filter", "2. Send")]


def test_a_worksheet_whose_relation_is_open_is_named_without_a_count(tmp_path: Path, opening: SheetOpening) -> None:
    bare = [("One", "Other"), (CAMPAIGN, contact(1))]
    path = pages(tmp_path / "a.xlsx", ("Known", links(2)), ("Bare", bare))
    assert opening(path).others == (OtherWorksheet("Bare", None),)
    assert opening(path, ReadingChoice(relation=CONTACTS)).others == (OtherWorksheet("Bare", 1),)
    with pytest.raises(RelationUnclear) as caught:
        opening(path, ReadingChoice(sheet_name="Bare"))
    assert caught.value.reading is not None and caught.value.top[0] == ("One", "Other")


def test_results_of_a_run_are_not_told_as_several_lists(tmp_path: Path, opening: SheetOpening) -> None:
    path = pages(tmp_path / "a.xlsx", ("Summary", COVER), ("All rows", links(9)), ("To fix", links(2)))
    sheet = opening(path)
    assert (sheet.reading.sheet_name, sheet.others) == ("To fix", ())


def test_a_text_file_has_no_others(tmp_path: Path, opening: SheetOpening) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEADERS) + f"\n{CAMPAIGN},{contact(1)}\n", "utf-8")
    assert opening(path).others == ()


def test_a_wrong_choice_is_told_with_the_reading(tmp_path: Path, opening: SheetOpening) -> None:
    path = pages(tmp_path / "a.xlsx", ("List", links(2)))
    with pytest.raises(SheetChoiceWrong) as caught:
        opening(path, ReadingChoice(header_row=9))
    assert caught.value.reading is not None and len(caught.value.top) == 3


def test_when_the_reading_was_cancelled_no_other_worksheet_is_opened(tmp_path: Path) -> None:
    path = pages(tmp_path / "a.xlsx", ("One", links(2)), ("Two", links(2)))
    opened: list[str | None] = []

    def read(path: Path, choice: ReadingChoice, *callbacks: Callable[..., object]) -> SheetLinks:
        opened.append(choice.sheet_name)
        return open_sheet(path, choice)

    assert SheetOpening(read)(path, cancelled=lambda: True).others == ()
    assert opened == [None]


def test_an_empty_worksheet_that_was_named_is_refused_and_those_with_links_are_named(
    tmp_path: Path, opening: SheetOpening
) -> None:
    path = pages(tmp_path / "a.xlsx", ("Read me", COVER), ("Links", links(5)), ("Old", links(4)))
    with refuses(SheetWithoutLinks, r"worksheets “Links” \(5 links\) and “Old” \(4 links\)"):
        opening(path, ReadingChoice(sheet_name="Read me"))


def test_in_a_very_large_file_the_others_are_named_and_not_counted(
    tmp_path: Path, opening: SheetOpening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.application.opening._LARGEST_COUNTED_BYTES", 10)
    path = pages(tmp_path / "a.xlsx", ("All members", links(40)), ("To remove", links(3)), front=1)
    assert opening(path).others == (OtherWorksheet("All members", None),)


class Ports:
    """What opening a sheet takes, over the real reader, with a memory that holds one sheet."""

    def __init__(self) -> None:
        self.open_sheet = open_sheet
        self.sheet_memory = self
        self.remembered: list[SheetLinks] = []

    def open(
        self, path: Path, choice: ReadingChoice, progress: Progress = lambda _: None, cancelled: Cancelled = lambda: False
    ) -> SheetLinks:
        return open_sheet(path, choice)

    def remember(self, sheet: SheetLinks) -> None:
        self.remembered.append(sheet)

    def rows_before(self, sheet: SheetLinks) -> RowsBefore | None:
        return RowsBefore(HiddenRows.SKIP, ()) if self.remembered else None


def hiding(path: Path) -> Path:
    """A workbook that hides one of its three links."""
    with Workbook(str(path)) as book:
        page = book.add_worksheet("List")
        for number, row in enumerate(links(3)):
            page.write_row(number, 0, row)
        page.set_row(2, None, None, {"hidden": True})
    return path


def test_a_sheet_with_hidden_links_is_opened_only_when_somebody_said_which_are_meant(tmp_path: Path) -> None:
    path = hiding(tmp_path / "a.xlsx")
    with pytest.raises(HiddenRowsOpen):
        open_as_told(Ports(), path, ReadingChoice())
    assert len(open_as_told(Ports(), path, ReadingChoice(hidden_rows=HiddenRows.SKIP)).links) == 2


def test_the_practice_crm_gets_every_link_of_a_sheet(tmp_path: Path) -> None:
    assert len(open_whole(Ports(), hiding(tmp_path / "a.xlsx")).links) == 3


def test_which_rows_were_meant_before_is_offered_once_a_sheet_was_remembered(tmp_path: Path) -> None:
    ports, path = Ports(), pages(tmp_path / "a.xlsx", ("List", links(3)))
    sheet, before = open_as_before(ports, path, ReadingChoice())
    assert len(sheet.links) == 3 and before is None
    remember_reading(ports, sheet)
    assert open_as_before(ports, path, ReadingChoice())[1] == RowsBefore(HiddenRows.SKIP, ())
