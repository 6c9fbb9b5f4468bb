"""What is remembered of a sheet holds for the same headers, never holds a value of a cell, and is not believed when damaged."""

from dataclasses import replace

import pytest

from desktop.domain.entries import Books, Entries, Links
from desktop.domain.readings import FIND_OUT, Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.relations import Relation, parse_relation
from desktop.domain.row_choices import Condition, HiddenRows
from desktop.domain.sheet_habits import (
    RowsBefore,
    columns_to_remember,
    digest_of_headers,
    digest_of_line,
    format_to_remember,
    rows_before,
    rows_to_remember,
    with_columns,
    with_format,
)

PLAIN = Columns(0, 2)
CONTACTS = parse_relation("Campaigns/Contacts")


def sheet(choice: ReadingChoice = FIND_OUT, columns: Columns = PLAIN, *relations: Relation, own: bool = False) -> SheetLinks:
    reading = Reading("Excel workbook", is_own_results=own)
    links, books = Links(relations), Books(0, 0, 0, 0, 0)
    return SheetLinks("list.xlsx", "list.xlsx", "", reading, ("A", "B", "C"), columns, choice, (), Entries(), links, books)


def test_the_same_titles_have_one_name_whatever_their_capitals_and_blanks() -> None:
    one = digest_of_headers(["Campaign Id", "Contact Id"])
    assert one == digest_of_headers([" campaign  ID", "CONTACT\nid ", "", ""]) is not None
    assert one not in {digest_of_headers(["Contact Id", "Campaign Id"]), digest_of_headers(["", "Campaign Id", "Contact Id"])}
    assert digest_of_headers(["ab", "c"]) != digest_of_headers(["a", "bc"])


@pytest.mark.parametrize("headers", [[], ["", ""], ["Campaign Id"], ["Campaign Id", "", ""]])
def test_too_few_titles_are_not_known_again(headers: list[str]) -> None:
    assert digest_of_headers(headers) is None


def test_half_a_letter_in_a_title_has_a_name_too() -> None:
    assert digest_of_headers(["Ben \ud800", "b"]) != digest_of_headers(["Ben", "b"])


def test_the_line_of_a_text_file_is_known_by_its_bytes() -> None:
    assert digest_of_line(b"a;b\r\n") == digest_of_line(b"a;b\n") != digest_of_line(b"a,b\n")
    assert digest_of_line(b" \r\n") is None
    assert digest_of_line(b"a\nb") != digest_of_headers(["a", "b"])


def test_columns_come_back_as_they_were_remembered() -> None:
    kept = columns_to_remember(sheet(FIND_OUT, Columns(0, 2), CONTACTS))
    assert kept == {"parent": 1, "related": 3, "relation": "Campaigns/Contacts"}
    again = with_columns(ReadingChoice(encoding="cp1252"), kept, 4)
    assert again == ReadingChoice(CONTACTS, parent_column="1", related_column="3", header_row=4, encoding="cp1252")


def test_a_list_of_ones_own_is_accepted_anew_for_every_sheet() -> None:
    own = Relation("Trade_Fairs", "Visitors")
    accepted = ReadingChoice(own, accepted_relations=frozenset({own}))
    assert with_columns(FIND_OUT, columns_to_remember(sheet(accepted, PLAIN, own)), 1) is None


def test_a_sheet_that_names_its_relations_has_none_remembered() -> None:
    kept = columns_to_remember(sheet(FIND_OUT, Columns(0, 2, 1, 3), CONTACTS))
    assert kept["relation"] is None
    again = with_columns(FIND_OUT, kept, 1)
    assert again is not None and again.relation is None


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        {},
        {"parent": 1, "related": 3},
        {"parent": 0, "related": 3, "relation": None},
        {"parent": 1, "related": 0, "relation": None},
        {"parent": "1", "related": 3, "relation": None},
        {"parent": 1, "related": 3, "relation": 7},
        {"parent": 1, "related": 3, "relation": "Leads/Notes"},
        {"parent": 1, "related": 3, "relation": "Vendors/Contacts"},
        {"parent": 1, "related": 3, "relation": "no relation"},
    ],
)
def test_columns_that_are_damaged_or_not_allowed_are_not_believed(kept: object) -> None:
    assert with_columns(FIND_OUT, kept, 1) is None


WHERE = (Condition(1, "Berlin"), Condition(1, "Paris", excluded=True))


def test_the_rows_that_were_meant_are_offered_again() -> None:
    kept = rows_to_remember(sheet(ReadingChoice(hidden_rows=HiddenRows.SKIP, where=WHERE)))
    assert rows_before(kept, 3) == RowsBefore(HiddenRows.SKIP, WHERE)
    assert rows_before(rows_to_remember(sheet(ReadingChoice(where=WHERE))), 3) == RowsBefore(None, WHERE)
    assert rows_before(rows_to_remember(sheet()), 3) is None, "there is nothing to offer"


@pytest.mark.parametrize(
    ("choice", "own"),
    [
        (ReadingChoice(where=(*WHERE, Condition(0, "3652397000000327001"))), False),
        (ReadingChoice(where=(Condition(2, "3652397000000925128"),)), False),
        (ReadingChoice(where=tuple(Condition(1, str(number)) for number in range(101))), False),
        (ReadingChoice(where=WHERE), True),
    ],
)
def test_a_filter_of_ids_or_of_our_own_results_is_not_remembered_and_no_part_of_one_is(choice: ReadingChoice, own: bool) -> None:
    assert rows_to_remember(sheet(choice, own=own))["where"] == []


def test_conditions_that_are_still_texts_are_not_remembered() -> None:
    assert rows_to_remember(sheet(ReadingChoice(where=("City=Berlin",))))["where"] == []


GOOD = {"column": 2, "value": "Berlin", "excluded": False}


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        {"hidden_rows": "perhaps", "where": [GOOD]},
        {"where": [GOOD, {**GOOD, "column": 0}]},
        {"where": [GOOD, {**GOOD, "column": 4}]},
        {"where": [GOOD, {**GOOD, "value": 7}]},
        {"where": [GOOD, {**GOOD, "excluded": "no"}]},
        {"where": [GOOD, "City=Berlin"]},
        {"where": "City=Berlin"},
    ],
)
def test_rows_that_are_damaged_are_not_offered_in_part(kept: object) -> None:
    """A part of a filter would let more rows through than were meant."""
    assert rows_before(kept, 3) is None


def test_a_format_comes_back_where_somebody_named_one() -> None:
    named = ReadingChoice(encoding="cp1252", delimiter=";")
    kept = format_to_remember(named)
    assert with_format(FIND_OUT, kept) == named
    assert format_to_remember(FIND_OUT) is None
    assert with_format(FIND_OUT, {"encoding": None, "delimiter": ";"}) == replace(FIND_OUT, delimiter=";")


@pytest.mark.parametrize("kept", [None, [], "cp1252", {"encoding": 7}, {"delimiter": [";"]}])
def test_a_format_that_is_damaged_is_not_believed(kept: object) -> None:
    assert with_format(FIND_OUT, kept) is None
