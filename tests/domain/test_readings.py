"""How a sheet was read, in one sentence; a choice that says all that was found out; rows that somebody has to choose."""

from dataclasses import replace

import pytest

from desktop.domain.entries import Books, Entries, Links
from desktop.domain.errors import HiddenRowsOpen
from desktop.domain.readings import (
    DELIMITERS,
    ENCODINGS,
    FIND_OUT,
    NO_HEADER,
    Columns,
    Reading,
    ReadingChoice,
    SheetLinks,
    check_rows_are_chosen,
)
from desktop.domain.relations import parse_relation
from desktop.domain.row_choices import HiddenCounts, HiddenRows
from desktop.domain.texts import Text
from desktop.words import say_text

CONTACTS = parse_relation("Campaigns/Contacts")
PLAIN = Columns(0, 2)
READ = Reading(Text("excel-workbook"), sheet_name="List", header_row=4)


def sheet(hidden: HiddenCounts, choice: ReadingChoice = FIND_OUT, columns: Columns = PLAIN, rows: int = 9) -> SheetLinks:
    links, books = Links((CONTACTS,)), Books(rows, 0, 0, 0, 0)
    return SheetLinks(
        "list.xlsx", "list.xlsx", "", READ, ("A", "B", "C"), columns, choice, (), Entries(), links, books, hidden=hidden
    )


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        (READ, "Excel workbook, sheet “List”, header in row 4"),
        (Reading(Text("text-file"), encoding="UTF-8"), "Text file, UTF-8, no header row"),
        (
            replace(READ, rows_meant=Text("only-visible-rows")),
            "Excel workbook, sheet “List”, header in row 4, only the visible rows",
        ),
        (Reading("Text of an older run"), "Text of an older run, no header row"),
        (Reading(Text("open-document-sheet"), sheet_name=""), "OpenDocument sheet, sheet “”, no header row"),
    ],
)
def test_a_reading_is_told_in_one_sentence(reading: Reading, sentence: str) -> None:
    assert say_text(reading.sentence()) == sentence
    assert sentence.startswith(say_text(reading.file_sentence()))


def test_hidden_rows_that_hold_links_have_to_be_chosen() -> None:
    assert sheet(HiddenCounts(3, 1)).must_choose_rows
    assert not sheet(HiddenCounts(3, 0)).must_choose_rows, "nothing would be sent of them"
    for said in HiddenRows:
        assert not sheet(HiddenCounts(3, 1), ReadingChoice(hidden_rows=said)).must_choose_rows


def test_so_do_rows_of_a_workbook_that_does_not_tell_which_are_hidden() -> None:
    unknown = HiddenCounts(are_known=False)
    assert sheet(unknown).must_choose_rows
    assert not sheet(unknown, rows=0).must_choose_rows, "an empty sheet hides nothing"
    assert not sheet(unknown, ReadingChoice(hidden_rows=HiddenRows.READ)).must_choose_rows


def test_a_sheet_goes_on_only_when_its_rows_are_chosen() -> None:
    chosen = sheet(HiddenCounts(3, 0))
    assert check_rows_are_chosen(chosen) is chosen
    with pytest.raises(HiddenRowsOpen) as caught:
        check_rows_are_chosen(sheet(HiddenCounts(3, 1)))
    assert (caught.value.hidden, caught.value.rows) == (3, 9)
    with pytest.raises(HiddenRowsOpen) as caught:
        check_rows_are_chosen(sheet(HiddenCounts(are_known=False)))
    assert caught.value.hidden is None


def test_what_was_found_out_becomes_a_choice_and_what_was_chosen_stays() -> None:
    asked = ReadingChoice(hidden_rows=HiddenRows.SKIP, encoding="cp1252", fill_down=True)
    assert sheet(HiddenCounts(), asked).as_chosen() == replace(
        asked, relation=CONTACTS, parent_column=0, related_column=2, sheet_name="List", header_row=4
    )


def test_a_sheet_that_names_its_relations_itself_goes_on_doing_so() -> None:
    assert sheet(HiddenCounts(), columns=Columns(0, 2, module=1, related_list=3)).as_chosen().relation is None


def test_what_is_offered_has_a_name_and_no_header_is_no_row() -> None:
    assert all(len(sign) == 1 for sign in DELIMITERS) and len(set(DELIMITERS.values())) == len(DELIMITERS)
    assert len(set(ENCODINGS.values())) == len(ENCODINGS) and all("".encode(name) is not None for name in ENCODINGS)
    assert NO_HEADER == 0
