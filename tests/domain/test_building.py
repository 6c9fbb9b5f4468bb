"""Columns while they are collected: what was put in comes out, once, and what makes no sense is refused as it comes."""

import pytest

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.entries import (
    KIND_DUPLICATE,
    KIND_LINK,
    KIND_OF_REJECTION,
    NO_LINK,
    REJECTION_ORDER,
    Entry,
    Rejection,
)
from desktop.domain.records import Link, RecordId
from desktop.domain.relations import parse_relation

CONTACTS, LEADS = parse_relation("Campaigns/Contacts"), parse_relation("Campaigns/Leads")
PARENT, ONE, OTHER = (RecordId(f"36523970000009{n:05d}") for n in (1, 2, 3))
DAMAGED = KIND_OF_REJECTION[Rejection.DAMAGED]


def test_entries_come_out_as_they_went_in() -> None:
    building = EntriesBuilder()
    building.add_link(2, PARENT, ONE, 0, duplicate=False)
    building.add_link(3, f"zcrm_{PARENT}", ONE, 0, duplicate=True)
    building.add_rejected(4, PARENT, "Ben", Rejection.NOT_AN_ID)
    building.extend([5, 6], [PARENT] * 2, [OTHER] * 2, [1, 1], bytes([0, KIND_DUPLICATE]))
    entries = building.build()
    assert list(entries) == [
        Entry(2, PARENT, ONE, 0, False, None),
        Entry(3, f"zcrm_{PARENT}", ONE, 0, True, None),
        Entry(4, PARENT, "Ben", NO_LINK, False, Rejection.NOT_AN_ID),
        Entry(5, PARENT, OTHER, 1, False, None),
        Entry(6, PARENT, OTHER, 1, True, None),
    ]
    assert (len(entries), entries.duplicates, entries.rejected()) == (5, 2, {Rejection.NOT_AN_ID: 1})


def test_every_reason_for_a_rejection_is_kept_and_counted_apart() -> None:
    building = EntriesBuilder()
    for number, reason in enumerate(REJECTION_ORDER):
        for _ in range(number + 1):
            building.add_rejected(2, "", "", reason)
    entries = building.build()
    assert entries.rejected() == {reason: number + 1 for number, reason in enumerate(REJECTION_ORDER)}
    assert {entry.rejection for entry in entries} == set(Rejection) and entries.duplicates == 0


def test_a_link_is_found_by_its_number_with_its_own_relation() -> None:
    building = LinksBuilder()
    wanted = [(CONTACTS, PARENT, ONE, 2), (LEADS, PARENT, OTHER, 3), (CONTACTS, PARENT, OTHER, 4)]
    assert [building.add(*one) for one in wanted] == [0, 1, 2]
    building.extend(LEADS, [PARENT], [ONE], [9])
    links = building.build()
    assert links.relations == (CONTACTS, LEADS)
    assert [links[number] for number in range(3)] == [
        Link(CONTACTS, PARENT, ONE),
        Link(LEADS, PARENT, OTHER),
        Link(CONTACTS, PARENT, OTHER),
    ]
    assert (links[3], list(links.first_rows)) == (Link(LEADS, PARENT, ONE), [2, 3, 4, 9])


def test_links_are_appended_with_both_their_ids_and_their_rows_or_not_at_all() -> None:
    links = LinksBuilder()
    with pytest.raises(ValueError, match="two IDs and a row"):
        links.extend(CONTACTS, (PARENT, PARENT), (ONE,), (2, 3))
    assert len(links) == 0
    links.extend(CONTACTS, (PARENT, PARENT), (ONE, OTHER), (2, 3))
    built = links.build()
    assert [built[number] for number in (0, 1)] == [Link(CONTACTS, PARENT, ONE), Link(CONTACTS, PARENT, OTHER)]


def test_links_of_several_relations_come_at_once_with_the_places_of_their_relations() -> None:
    building = LinksBuilder([CONTACTS, LEADS])
    building.extend_mixed((1, 0), (PARENT, PARENT), (ONE, OTHER), (2, 3))
    links = building.build({1}, included=True)
    assert [links[0], links[1]] == [Link(LEADS, PARENT, ONE), Link(CONTACTS, PARENT, OTHER)]
    assert (links.suspicious, links.included) == (frozenset({1}), True)
    building = LinksBuilder([CONTACTS])
    building.extend_mixed((1,), (PARENT,), (ONE,), (2,))
    with pytest.raises(ValueError, match="one of the relations"):
        building.build()


def test_a_builder_has_nothing_left_of_what_it_built() -> None:
    links, entries = LinksBuilder(), EntriesBuilder()
    links.add(CONTACTS, PARENT, ONE, 2)
    entries.add_link(2, PARENT, ONE, 0, duplicate=False)
    built = links.build(), entries.build()
    assert (len(links), len(entries), list(links.parent_ids), list(links.related_ids)) == (0, 0, [], [])
    links.add(LEADS, PARENT, OTHER, 3)
    entries.add_rejected(1, "", "", Rejection.DAMAGED)
    assert [len(one) for one in built] == [1, 1]
    assert links.build()[0] == Link(LEADS, PARENT, OTHER)
    assert [entry.rejection for entry in entries.build()] == [Rejection.DAMAGED]


def test_rejected_entries_and_links_may_come_at_once() -> None:
    entries = EntriesBuilder()
    kinds = bytes([KIND_LINK, DAMAGED, KIND_DUPLICATE])
    entries.extend((2, 2, 5), (PARENT,) * 3, (ONE, "3.65E+18", ONE), (0, NO_LINK, 0), kinds)
    assert [(entry.link, entry.duplicate, entry.rejection) for entry in entries.build()] == [
        (0, False, None),
        (NO_LINK, False, Rejection.DAMAGED),
        (0, True, None),
    ]


@pytest.mark.parametrize("rows", [[3, 2], [1, 2], range(3, 1, -1), range(1, 3)])
def test_entries_come_in_the_order_of_their_rows(rows: list[int] | range) -> None:
    entries = EntriesBuilder()
    entries.add_link(2, PARENT, ONE, 0, duplicate=False)
    with pytest.raises(ValueError, match="order of their rows"):
        entries.extend(rows, [PARENT] * 2, [ONE] * 2, [0, 0], bytes([KIND_DUPLICATE] * 2))
    with pytest.raises(ValueError, match="order of their rows"):
        entries.add_rejected(1, PARENT, "Ben", Rejection.NOT_AN_ID)
    assert len(entries) == 1


@pytest.mark.parametrize(
    ("links", "kinds"),
    [
        ((0, NO_LINK), bytes([KIND_LINK, KIND_DUPLICATE])),
        ((0, 1), bytes([KIND_LINK, DAMAGED])),
        ((NO_LINK, NO_LINK), bytes([KIND_LINK, DAMAGED])),
        ((-2, NO_LINK), bytes([DAMAGED, DAMAGED])),
    ],
)
def test_an_entry_has_a_link_or_a_reason_why_it_has_none(links: tuple[int, ...], kinds: bytes) -> None:
    entries = EntriesBuilder()
    with pytest.raises(ValueError, match="a reason why"):
        entries.extend((2, 3), (PARENT,) * 2, (ONE,) * 2, links, kinds)
    with pytest.raises(ValueError, match="from 0"):
        entries.add_link(2, PARENT, ONE, NO_LINK, duplicate=False)
    with pytest.raises(ValueError, match="two texts"):
        entries.extend((2, 3), (PARENT,), (ONE,) * 2, (0, 0), bytes([KIND_LINK, KIND_DUPLICATE]))
    assert len(entries) == 0
