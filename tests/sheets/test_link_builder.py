"""Rows become entries: links, duplicates and rejections, each with its reason."""

from collections.abc import Sequence

import pytest

from desktop.domain.entries import NO_LINK, Entry, Rejection
from desktop.domain.readings import Cells, Columns, ReadingChoice
from desktop.domain.records import Verdict
from desktop.domain.relations import Relation, parse_relation
from desktop.sheets.columns import Layout
from desktop.sheets.link_builder import LinkBuilder
from desktop.sheets.packed_rows import PackedRows
from tests.sheets.making_sheets import CAMPAIGN, OTHER_CAMPAIGN, contact

CAMPAIGNS_CONTACTS = parse_relation("Campaigns/Contacts")
ADDRESS = "https://crm.zoho.eu/crm/org20099900001/tab"


def build(
    rows: Sequence[Cells],
    choice: ReadingChoice | None = None,
    relation: Relation | None = CAMPAIGNS_CONTACTS,
    *,
    named: bool = False,
) -> LinkBuilder:
    columns = Columns(0, 1, 2, 3) if named else Columns(0, 1)
    builder = LinkBuilder(Layout(1, ("Campaign Id", "Contact Id"), columns, relation), choice or ReadingChoice())
    builder.add_block(2, PackedRows.of(rows))
    builder.finish()
    return builder


@pytest.mark.parametrize(
    ("parent", "related", "reason"),
    [
        ("", contact(1), Rejection.BLANK_PARENT),
        (" \u200b\u00a0", contact(1), Rejection.BLANK_PARENT),
        (CAMPAIGN, "", Rejection.BLANK_RELATED),
        (CAMPAIGN, "\ufeff ", Rejection.BLANK_RELATED),
        (CAMPAIGN, "Ben Ortiz", Rejection.NOT_AN_ID),
        ("Spring Fair", contact(1), Rejection.NOT_AN_ID),
        (f"{CAMPAIGN}, {OTHER_CAMPAIGN}", contact(1), Rejection.NOT_AN_ID),
        (CAMPAIGN, "123456789", Rejection.NOT_AN_ID),
        (CAMPAIGN, "1" * 21, Rejection.NOT_AN_ID),
        (CAMPAIGN, "３６５２３９７０００００", Rejection.NOT_AN_ID),
        (CAMPAIGN, "3_652_397_000", Rejection.NOT_AN_ID),
        (CAMPAIGN, "-3652397000000", Rejection.NOT_AN_ID),
        (CAMPAIGN, "3652397000000.5", Rejection.NOT_AN_ID),
        (CAMPAIGN, "3.65E+18", Rejection.DAMAGED),
        ("3,6524E+18", contact(1), Rejection.DAMAGED),
        (CAMPAIGN, "#N/A", Rejection.ERROR_CELL),
        ("#bezug!", contact(1), Rejection.ERROR_CELL),
        (CAMPAIGN, "#PYTHON!", Rejection.ERROR_CELL),
        (CAMPAIGN, CAMPAIGN, Rejection.SAME_RECORD),
        (CAMPAIGN, f"zcrm_{CAMPAIGN}", Rejection.SAME_RECORD),
        (CAMPAIGN, f"{ADDRESS}/Leads/{contact(1)}", Rejection.WRONG_MODULE),
        (f"{ADDRESS}/Products/{CAMPAIGN}", contact(1), Rejection.WRONG_MODULE),
    ],
)
def test_what_cannot_be_sent_is_rejected_with_its_reason(parent: str, related: str, reason: Rejection) -> None:
    built = build([(parent, related)])
    assert list(built.entries) == [Entry(2, parent, related, NO_LINK, False, reason)]
    assert len(built.links) == 0


@pytest.mark.parametrize(
    "spelling",
    [
        "zcrm_{}",
        " {}\u00a0",
        "'{}",
        '"{}"',
        '="{}"',
        "\u200b{}",
        ADDRESS + "/Contacts/{}",
    ],
)
def test_a_link_is_recognised_in_any_spelling(spelling: str) -> None:
    built = build([(CAMPAIGN, contact(1)), (f"zcrm_{CAMPAIGN}", spelling.format(contact(1)))])
    assert len(built.links) == 1
    assert [entry.duplicate for entry in built.entries] == [False, True]
    assert built.verdicts() == {Verdict.FINE: 1, Verdict.CLEANED: 1, Verdict.SUSPICIOUS: 0, Verdict.DAMAGED: 0}


def test_the_same_related_record_under_two_parents_is_two_links() -> None:
    built = build([(CAMPAIGN, contact(1)), (OTHER_CAMPAIGN, contact(1))])
    assert [built.links[number].parent_id for number in range(len(built.links))] == [CAMPAIGN, OTHER_CAMPAIGN]


def test_each_id_of_a_list_is_an_entry() -> None:
    built = build([(CAMPAIGN, f"{contact(1)}, {contact(2)}\nzcrm_{contact(3)}; {contact(1)}")])
    assert [(entry.row, entry.related_text, entry.link, entry.rejection) for entry in built.entries] == [
        (2, contact(1), 0, None),
        (2, contact(2), 1, None),
        (2, f"zcrm_{contact(3)}", 2, None),
        (2, contact(1), 0, None),
    ]


def test_a_cell_with_anything_but_ids_is_one_entry_with_all_of_its_text() -> None:
    cell = f"{contact(1)}, {contact(2)}\nBen; {contact(1)}"
    built = build([(CAMPAIGN, cell)])
    assert list(built.entries) == [Entry(2, CAMPAIGN, cell, NO_LINK, False, Rejection.NOT_AN_ID)]
    assert len(built.links) == 0


def test_only_a_row_without_anything_is_blank() -> None:
    builder = LinkBuilder(Layout(1, (), Columns(0, 1), CAMPAIGNS_CONTACTS), ReadingChoice())
    builder.add_block(1, PackedRows.of([(), ("", " ", "\u200b"), ("", "", "note")]))
    builder.finish()
    assert builder.blank == 2
    assert [entry.rejection for entry in builder.entries] == [Rejection.BLANK_PARENT]


def test_a_blank_parent_is_filled_from_above_only_when_asked() -> None:
    rows: list[Cells] = [(CAMPAIGN, contact(1)), ("", contact(2)), ("", ""), ("", contact(3))]
    assert len(build(rows).links) == 1
    filled = build(rows, ReadingChoice(fill_down=True))
    assert [filled.links[number].related_id for number in range(3)] == [contact(1), contact(2), contact(3)]
    assert {filled.links[number].parent_id for number in range(3)} == {CAMPAIGN}


def test_nothing_above_to_fill_from_leaves_the_parent_blank() -> None:
    built = build([("", contact(2))], ReadingChoice(fill_down=True))
    assert built.entries.rejected() == {Rejection.BLANK_PARENT: 1}


def test_a_row_may_name_its_relation() -> None:
    rows = [
        (CAMPAIGN, contact(1), "Campaigns", "Contacts"),
        (CAMPAIGN, contact(2), "campaign", "Leads"),
        (contact(1), CAMPAIGN, "Contacts", "Campaigns"),
        (CAMPAIGN, contact(3), "Campaigns", "Notes"),
        (CAMPAIGN, contact(4), "", ""),
        (CAMPAIGN, contact(5), "Campaigns", "Cases"),
    ]
    built = build(rows, relation=None, named=True)
    assert [str(built.links.relation(number)) for number in range(len(built.links))] == ["Campaigns/Contacts", "Campaigns/Leads"]
    assert [(entry.link, entry.duplicate, entry.rejection) for entry in built.entries] == [
        (0, False, None),
        (1, False, None),
        (0, True, None),
        (NO_LINK, False, Rejection.WRONG_MODULE),
        (NO_LINK, False, Rejection.WRONG_MODULE),
        (NO_LINK, False, Rejection.WRONG_MODULE),
    ]


def test_a_row_that_contradicts_the_chosen_relation_is_rejected() -> None:
    rows = [
        (CAMPAIGN, contact(1), "Campaigns", "Contacts"),
        (CAMPAIGN, contact(2), "Campaigns", "Leads"),
        (CAMPAIGN, contact(3), "", ""),
    ]
    built = build(rows, named=True)
    assert [entry.rejection for entry in built.entries] == [None, Rejection.WRONG_MODULE, None]


@pytest.mark.parametrize(
    "odd",
    ["3652397000000910000", "4876876000000111222", "4000000039247", "36523970000009100420"],
)
@pytest.mark.parametrize("end", ["parent", "related"])
def test_a_link_with_an_odd_id_at_either_end_is_suspicious(odd: str, end: str) -> None:
    rows: list[Cells] = [(f"36523970000003{number:05d}", contact(number)) for number in range(1, 41)]
    rows.append((odd, contact(50)) if end == "parent" else ("3652397000000399999", odd))
    built = build(rows)
    assert built.links.suspicious == {40}
    assert built.links.sendable() == list(range(40))
    assert (built.links.sendable_count, built.links.first_sendable) == (40, 0)
    assert built.verdicts()[Verdict.SUSPICIOUS] == 1


def test_suspicious_links_are_sent_when_included() -> None:
    built = build([(CAMPAIGN, "3652397000000910000")], ReadingChoice(include_suspicious=True))
    assert built.links.suspicious == {0}
    assert built.links.sendable() == [0]
    assert (built.links.sendable_count, built.links.first_sendable) == (1, 0)


def test_a_sheet_of_suspicious_links_only_sends_none() -> None:
    links = build([(CAMPAIGN, "3652397000000910000")]).links
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([], 0, None)


def test_ids_of_rejected_rows_also_show_that_a_column_was_rounded() -> None:
    rounded = [f"36523970000{number}000" for number in range(92001, 92031)]
    built = build([(CAMPAIGN, rounded[0]), *(("", record_id) for record_id in rounded[1:])])
    assert (len(built.links), built.links.suspicious) == (1, frozenset({0}))
    assert build([(CAMPAIGN, rounded[0])]).links.suspicious == set()


def test_a_column_of_few_ids_has_no_majority_to_compare_with() -> None:
    built = build([(CAMPAIGN, contact(number)) for number in range(10)] + [(CAMPAIGN, "4876876000000111222")])
    assert built.links.suspicious == set()
