"""What is said of columns and rows: counts in groups, filters in one sentence each, nothing that does not hold."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from desktop.domain.entries import Entries, Links, SheetRow
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.row_choices import Condition, HiddenCounts, HiddenRows, LeftOut, RowsLeftOut
from desktop.domain.sheet_habits import RowsBefore
from desktop.qt.sheet_words import SheetWords
from tests.qt.staging import sheet_with

HEADERS = ("Campaign Id", "Contact Id", "Status")


def sheet_of(
    rows: int = 1180,
    *,
    choice: ReadingChoice | None = None,
    hidden: HiddenCounts | None = None,
    left_out: dict[LeftOut, int] | None = None,
    headers: tuple[str, ...] = HEADERS,
) -> SheetLinks:
    """A sheet of so many rows, of which the first are left out."""
    made = sheet_with([SheetRow(2, ())] * rows, Entries(), Links(), headers)
    out, first = RowsLeftOut(), 2
    for reason, count in (left_out or {}).items():
        out.add(range(first, first + count), bytes([reason]) * count)
        first += count
    books = replace(made.books, hidden=out.count(LeftOut.HIDDEN), left_out=out.count(LeftOut.FILTERED))
    return replace(made, choice=choice or ReadingChoice(), hidden=hidden or HiddenCounts(), left_out=out, books=books)


def ones(column: int, *values: str, excluded: bool = False) -> tuple[Condition, ...]:
    return tuple(Condition(column, value, excluded) for value in values)


@pytest.mark.parametrize(
    ("choice", "hidden", "words"),
    [
        (None, HiddenCounts(), "All 1,180 rows."),
        (None, HiddenCounts(412, 400), "Choose above: visible or all."),
        (HiddenRows.READ, HiddenCounts(are_known=False), "All 1,180 rows."),
        (HiddenRows.SKIP, HiddenCounts(412, 400), "768 visible rows; 412 hidden ones are left out."),
        (HiddenRows.SKIP, HiddenCounts(1, 1), "1,179 visible rows; 1 hidden one is left out."),
        (HiddenRows.READ, HiddenCounts(412, 400), "All 1,180 rows; 412 of them are hidden in the workbook."),
        (None, HiddenCounts(2, 0), "1,178 visible rows; 2 hidden ones hold no link and are not read."),
    ],
)
def test_which_rows_are_meant_is_said_in_words(choice: HiddenRows | None, hidden: HiddenCounts, words: str) -> None:
    assert SheetWords(sheet_of(choice=ReadingChoice(hidden_rows=choice), hidden=hidden)).rows_meant() == words


def test_a_filter_says_how_many_of_the_rows_that_can_be_read_it_leaves() -> None:
    sheet = sheet_of(choice=ReadingChoice(where=ones(2, "a")), left_out={LeftOut.HIDDEN: 180, LeftOut.FILTERED: 588})
    assert SheetWords(sheet).rows_left() == "412 of 1,000 rows"


@pytest.mark.parametrize(
    ("where", "sentences"),
    [
        (ones(2, "Unsubscribed"), ["“Status” is “Unsubscribed”"]),
        (ones(2, "a", "b", "c", "d"), ["“Status” is “a” or “b” or “c” or “d”"]),
        (ones(2, "a", "b", "c", "d", "e"), ["“Status” is “a” or “b” or “c” or one of 2 others"]),
        (ones(2, "a", "b", "c", "d", "e", excluded=True), ["“Status” is not “a” and not “b” and not “c” and none of 2 others"]),
        (ones(2, ""), ["“Status” is empty"]),
        (ones(2, "", excluded=True), ["“Status” is not empty"]),
        ((*ones(2, "a"), *ones(0, "b")), ["“Status” is “a”", "“Campaign Id” is “b”"]),
        (ones(2, "x" * 60), [f"“Status” is “{'x' * 39}…”"]),
    ],
)
def test_a_filter_is_one_sentence_for_each_column(where: Sequence[Condition], sentences: list[str]) -> None:
    told = SheetWords(sheet_of(choice=ReadingChoice(where=tuple(where)))).filters()
    assert [sentence for _, sentence in told] == sentences


def test_a_filter_names_which_of_two_columns_of_one_title_it_means() -> None:
    sheet = sheet_of(choice=ReadingChoice(where=ones(2, "a")), headers=("Campaign Id", "Status", "Status"))
    assert SheetWords(sheet).filter() == "“Status (C)” is “a”"


def test_hidden_columns_are_named_as_hidden_and_untitled_ones_by_their_letter() -> None:
    made = sheet_of(headers=("Campaign Id", "Contact Id", "", "Contact Id"))
    sheet = replace(made, reading=replace(made.reading, hidden_columns=(1,)))
    assert SheetWords(sheet).titles() == ["Campaign Id", "Contact Id (B) (hidden)", "Column C", "Contact Id (D)"]


def test_a_title_of_our_own_counts_among_the_titles() -> None:
    sheet = sheet_of(headers=("Id", "Contact", "Status"))
    assert SheetWords(sheet).titles({0: "Campaign", 2: "Contact"}) == ["Campaign", "Contact (B)", "Contact (C)"]


def test_what_is_left_out_is_named_with_its_reason() -> None:
    choice = ReadingChoice(hidden_rows=HiddenRows.SKIP, where=ones(2, "a"))
    sheet = sheet_of(choice=choice, hidden=HiddenCounts(412, 400), left_out={LeftOut.HIDDEN: 412, LeftOut.FILTERED: 1})
    assert SheetWords(sheet).left_out() == [
        "412 hidden rows are left out, as you chose.",
        "1 row is left out by your filter: only rows where “Status” is “a”.",
    ]
    assert SheetWords(sheet).read_too() == []
    unasked = sheet_of(hidden=HiddenCounts(2, 0), left_out={LeftOut.HIDDEN: 2})
    assert SheetWords(unasked).left_out() == ["2 hidden rows hold no link and are left out."]
    assert SheetWords(sheet_of()).left_out() == []


def test_hidden_rows_that_are_read_are_said_to_be() -> None:
    sheet = sheet_of(choice=ReadingChoice(hidden_rows=HiddenRows.READ), hidden=HiddenCounts(412, 400))
    assert SheetWords(sheet).read_too() == ["412 hidden rows are read like all others, as you chose."]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (RowsBefore(HiddenRows.SKIP, ()), "Last time: only the visible rows."),
        (RowsBefore(HiddenRows.READ, ()), "Last time: all rows, hidden ones too."),
        (RowsBefore(None, ones(2, "Unsubscribed")), "Last time: only rows where “Status” is “Unsubscribed”."),
    ],
)
def test_the_choice_of_last_time_is_said_in_words(before: RowsBefore, words: str) -> None:
    assert SheetWords(sheet_of()).before(before) == words


def test_a_value_that_looks_like_a_place_for_a_number_is_shown_as_it_is() -> None:
    sheet = sheet_of(choice=ReadingChoice(where=ones(2, "%1 %2")), left_out={LeftOut.FILTERED: 3})
    assert SheetWords(sheet).left_out() == ["3 rows are left out by your filter: only rows where “Status” is “%1 %2”."]
