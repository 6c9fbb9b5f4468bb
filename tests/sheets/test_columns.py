"""Header, columns and relation are found by content and words, or the refusal says what is missing."""

import pytest

from desktop.domain.column_titles import letter_of
from desktop.domain.readings import NO_HEADER, Cells, ReadingChoice
from desktop.domain.relations import Relation, parse_relation
from desktop.sheets.columns import (
    ChoiceNotThere,
    ColumnsNotFound,
    RelationOpen,
    find_header,
    find_layout,
    look_up,
)
from desktop.words import say_text
from tests.sheets.making_results import OUTCOME_HEADERS
from tests.sheets.making_sheets import CAMPAIGN, contact, links

CAMPAIGNS_CONTACTS = parse_relation("Campaigns/Contacts")
PAIR = (CAMPAIGN, contact(1))
NOTHING_TO_FIX = "these are results of an earlier run with nothing left to fix; all of them are on the worksheet “All rows”"


def _rows(*headers: str, count: int = 3, parent: int = 0, related: int = 1) -> list[Cells]:
    """Return a header and rows with a parent ID, a related ID, and words elsewhere."""
    rows = [headers]
    for number in range(count):
        cells = [f"words {number}"] * len(headers)
        cells[parent], cells[related] = CAMPAIGN, contact(number)
        rows.append(tuple(cells))
    return rows


@pytest.mark.parametrize(
    ("above", "header_row"),
    [
        ([("Campaign Id", "Contact Id")], 1),
        ([("Kampagne", "Kontakt")], 1),
        ([("A title", ""), ("", ""), ("Campaign Id", "Contact Id")], 3),
        ([("Report 4711000000", ""), ("Campaign Id", "Contact Id")], 2),
        ([("Exported by", "Ann"), ("Campaign Id", "Contact Id")], 2),
        ([("Kampagne", "Kontakt"), ("Ben Ortiz", "ben@example.com")], 1),
        ([("Kampagne", "Kontakt"), ("", contact(9))], 1),
        ([("Campaign Id", "Contact Id"), ("Campaign", "Ben")], 1),
        ([("", "")] * 18 + [("Campaign Id", "Contact Id")], 19),
        ([], NO_HEADER),
        ([("A title alone", "")], NO_HEADER),
        ([("", contact(9))], NO_HEADER),
    ],
)
def test_the_header_is_found_and_no_row_of_ids_is_taken_for_one(above: list[Cells], header_row: int) -> None:
    assert find_header([*above, PAIR, PAIR]) == header_row


def test_a_sheet_without_ids_has_no_header() -> None:
    assert find_header([("Name", "Mail"), ("Ann", "ann@example.com")]) == NO_HEADER
    assert find_header([]) == NO_HEADER


@pytest.mark.parametrize(
    ("headers", "relation", "columns"),
    [
        (("Campaign Id", "Contact Id"), "Campaigns/Contacts", (0, 1)),
        (("Contact Id", "Campaign Id"), "Campaigns/Contacts", (1, 0)),
        (("Campaign Name.id", "Lead Id"), "Campaigns/Leads", (0, 1)),
        (("Product Id", "Potential Id"), "Products/Deals", (0, 1)),
        (("Price Book Id", "Product Id"), "Products/Price_Books", (1, 0)),
        (("Service Id", "Appointment Id"), "Appointments__s/Services__s", (1, 0)),
    ],
)
def test_headers_that_name_one_relation_decide_it(headers: Cells, relation: str, columns: tuple[int, int]) -> None:
    layout = find_layout([headers, PAIR, PAIR], ReadingChoice())
    assert layout.relation == parse_relation(relation)
    assert (layout.columns.parent, layout.columns.related) == columns
    assert layout.header_row == layout.first_row == 1


def test_other_columns_of_ids_do_not_confuse_the_named_ones() -> None:
    rows = [("Record Id", "Contact Id", "Owner", "Campaign Id"), *[(contact(9), *PAIR[::-1], CAMPAIGN)] * 3]
    layout = find_layout(rows, ReadingChoice())
    assert (layout.columns.parent, layout.columns.related) == (3, 1)


def test_headers_that_fit_two_relations_are_asked_about() -> None:
    with pytest.raises(RelationOpen) as caught:
        find_layout([("Campaign Id", "Contact Id", "Lead Id"), (*PAIR, contact(2))], ReadingChoice())
    assert say_text(caught.value.detail) == "the headers fit several kinds of links"
    assert caught.value.possible == ["Campaigns/Leads", "Campaigns/Contacts"]


def test_headers_that_say_nothing_lead_to_a_question_with_all_relations() -> None:
    with pytest.raises(RelationOpen) as caught:
        find_layout([("Eins", "Zwei"), PAIR], ReadingChoice())
    assert say_text(caught.value.detail) == "the headers do not tell which links are meant"
    assert (caught.value.possible[0], caught.value.possible[-1]) == ("Campaigns/Leads", "Appointments__s/Services__s")


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (("Eins", "Zwei"), (0, 1)),
        (("Kontakt", "Kampagne"), (1, 0)),
        (("", ""), (0, 1)),
        (("Related Id", "Parent Id"), (1, 0)),
        (("ID", "Campaign"), (1, 0)),
        (("Lead Id", "Product Id"), (0, 1)),
        (("Record Id", "Campaign Id"), (1, 0)),
        (("Contact Id", "Record Id"), (1, 0)),
        (("Campaign Id", "Contact Id"), (0, 1)),
        (("Contact Id", "Campaign Id"), (1, 0)),
        (("Record Id", "Contact Id"), (0, 1)),
    ],
)
def test_with_a_named_relation_the_headers_decide_the_parent_or_else_it_is_the_left_column(
    headers: Cells, columns: tuple[int, int]
) -> None:
    layout = find_layout([headers, PAIR, PAIR], ReadingChoice(relation=CAMPAIGNS_CONTACTS))
    assert (layout.columns.parent, layout.columns.related) == columns
    assert layout.relation == CAMPAIGNS_CONTACTS


def test_the_reverse_relation_is_considered_only_if_a_column_was_named() -> None:
    rows = [("Campaign Id", "Contact Id"), PAIR]
    layout = find_layout(rows, ReadingChoice(parent_column="Contact Id"))
    assert (layout.columns.parent, layout.columns.related) == (1, 0)
    assert layout.relation == Relation("Contacts", "Campaigns")


def test_telephone_numbers_are_not_taken_for_ids_beside_real_ones() -> None:
    rows = [("Eins", "Zwei", "Drei"), *[("4930123456", *PAIR)] * 3]
    layout = find_layout(rows, ReadingChoice(relation=CAMPAIGNS_CONTACTS))
    assert (layout.columns.parent, layout.columns.related) == (1, 2)


def test_columns_are_found_although_some_cells_hold_rubbish() -> None:
    rows = _rows("Campaign Id", "Name", "Contact Id", count=4, related=2)
    rows += [(CAMPAIGN, "x", "Ben"), (CAMPAIGN, "x", "3.65E+18"), ("", "", "")]
    layout = find_layout(rows, ReadingChoice())
    assert (layout.columns.parent, layout.columns.related) == (0, 2)


def test_a_sheet_that_names_its_relations_needs_no_other() -> None:
    rows = [("Module", "Parent Id", "Related List", "Related Id"), ("Campaigns", CAMPAIGN, "Contacts", contact(1))]
    layout = find_layout(rows, ReadingChoice())
    assert layout.relation is None
    assert (layout.columns.parent, layout.columns.related) == (1, 3)
    assert (layout.columns.module, layout.columns.related_list) == (0, 2)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "it has no filled rows"),
        ([("", ""), ("", "")], "it has no filled rows"),
        ([("Campaign Id", "Contact Id")], "it has no rows below its header"),
        (
            [("Campaign Id", "Contact Id", *OUTCOME_HEADERS)],
            "these are results of an earlier run with nothing left to fix; all of them are on the worksheet “All rows”",
        ),
        ([("Ann", "Ben")], "no column holds record IDs"),
        ([("Name", "Mail"), ("Ann", "ann@example.com")], "column B holds e-mail addresses, and no column holds record IDs"),
        ([("Name", "Id"), ("Ann", CAMPAIGN)], "only column B holds record IDs, and a second one is needed"),
    ],
)
def test_the_refusal_says_what_stands_there_instead_of_ids(rows: list[Cells], words: str) -> None:
    with pytest.raises(ColumnsNotFound) as caught:
        find_layout(rows, ReadingChoice())
    assert say_text(caught.value.detail) == words


def test_rows_wider_than_the_header_keep_their_cells() -> None:
    rows = [*links(2500), (*PAIR, "beyond", "the header")]
    assert find_layout(rows, ReadingChoice()).headers == ("Campaign Id", "Contact Id", "", "")


@pytest.mark.parametrize(("header_row", "headers"), [(0, ("", "")), (1, ("Campaign Id", "Contact Id")), (2, PAIR)])
def test_a_named_header_row_is_used(header_row: int, headers: Cells) -> None:
    rows = [("Campaign Id", "Contact Id"), PAIR, PAIR]
    layout = find_layout(rows, ReadingChoice(header_row=header_row, relation=CAMPAIGNS_CONTACTS))
    assert (layout.header_row, layout.headers) == (header_row, headers)


@pytest.mark.parametrize("header_row", [-1, 3, 10**9])
def test_a_header_row_that_does_not_exist_is_reported(header_row: int) -> None:
    with pytest.raises(ChoiceNotThere) as caught:
        find_layout([("Campaign Id", "Contact Id"), PAIR], ReadingChoice(header_row=header_row))
    assert say_text(caught.value.detail) == f"it has no row {header_row}"


@pytest.mark.parametrize(
    ("text", "column"),
    [("Contact Id", 1), ("B", 2), ("b", 2), ("contact id ", 1), ("D", 3), ("3", 2), ("1", 4), ("4", 3), ("a", 0)],
)
def test_a_column_is_an_exact_header_then_a_letter_then_a_number(text: str, column: int) -> None:
    assert look_up(("Campaign Id", "Contact Id", "B", "x", "1"), text) == (2 if text in ("B", "b") else column)


@pytest.mark.parametrize(
    ("headers", "text", "words"),
    [
        (
            ("Id", "Contact Id", "Contact Id"),
            "Contact Id",
            "columns B and C are all headed “Contact Id”: name one of them by its letter",
        ),
        (
            ("contact id", "Name", "CONTACT ID "),
            "Contact Id",
            "columns A and C are all headed “Contact Id”: name one of them by its letter",
        ),
        (("x", "B", "B"), "B", "columns 2 and 3 are all headed “B”: name one of them by its number"),
    ],
)
def test_a_title_that_several_columns_have_names_none_of_them(headers: Cells, text: str, words: str) -> None:
    with pytest.raises(ChoiceNotThere) as caught:
        look_up(headers, text)
    assert say_text(caught.value.detail) == words


def test_a_title_in_exactly_this_spelling_wins_over_others() -> None:
    assert look_up(("contact id", "Contact Id"), "Contact Id") == 1
    assert look_up(("Contact Id", "Contact Id"), "B") == look_up(("Contact Id", "Contact Id"), 1) == 1


@pytest.mark.parametrize("text", ["", "F", "6", "0", "-1", "Contact", "１", "AAAAAA"])
def test_a_column_that_does_not_exist_is_reported(text: str) -> None:
    with pytest.raises(ChoiceNotThere):
        look_up(("Campaign Id", "Contact Id", "C", "D", "E"), text)


def test_parent_and_related_cannot_be_one_column() -> None:
    with pytest.raises(ChoiceNotThere):
        find_layout([("Campaign Id", "Contact Id"), PAIR], ReadingChoice(parent_column="A", related_column="Campaign Id"))


def test_letters_go_on_after_z() -> None:
    assert [letter_of(column) for column in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


@pytest.mark.parametrize("sign", ["]", "(", "#", ":", "\x1b"])
def test_no_delimiter_is_advised_if_the_columns_are_separated_already(sign: str) -> None:
    rows = [("Campaign Id", "Contact Id"), *((f"365239700000032700{n}", f"{sign}365239700000091001{n}{sign}") for n in range(4))]
    with pytest.raises(ColumnsNotFound) as refused:
        find_layout(rows, ReadingChoice(), ",")
    assert refused.value.delimiter is None
