"""Entries and links as values: nobody can change them, held-back links are not sent, and the books balance."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.entries import Books, Entries, Links, Rejection
from desktop.domain.records import RecordId
from desktop.domain.relations import parse_relation
from tests.domain.graphs import links_of

CONTACTS, LEADS = parse_relation("Campaigns/Contacts"), parse_relation("Campaigns/Leads")
PARENT, ONE, OTHER = (RecordId(f"36523970000009{n:05d}") for n in (1, 2, 3))


def test_a_suspicious_link_is_not_sent_until_it_is_included() -> None:
    links = links_of([(0, n) for n in range(4)])
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([0, 1, 2, 3], 4, 0)
    links = replace(links, suspicious=frozenset({0, 2}))
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([1, 3], 2, 1)
    assert not links.may_be_sent(2) and links.may_be_sent(3)
    held_back, links = links, replace(links, included=True)
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([0, 1, 2, 3], 4, 0)
    assert links.may_be_sent(2)
    assert (held_back.included, replace(links, included=False).sendable()) == (False, [1, 3])


def test_a_sheet_of_which_nothing_may_be_sent_has_no_first_link() -> None:
    links = replace(links_of([(0, 0)]), suspicious=frozenset({0}))
    assert links.first_sendable is None and links.sendable() == []
    assert Links().first_sendable is None and Links().sendable_count == 0


def test_books_balance_while_every_entry_is_in_one_count() -> None:
    books = Books(rows=10, blank=1, entries=9, links=5, duplicates=2, rejected={Rejection.DAMAGED: 2}, hidden=2, left_out=1)
    assert books.balance and books.rows_with_entries == 6
    assert not Books(rows=10, blank=1, entries=9, links=5, duplicates=2).balance


def some_entries() -> Entries:
    entries = EntriesBuilder()
    entries.add_link(2, PARENT, ONE, 0, duplicate=False)
    entries.add_rejected(3, PARENT, "Ben", Rejection.NOT_AN_ID)
    return entries.build()


@pytest.mark.parametrize(
    "change",
    [
        lambda links, _: setattr(links, "suspicious", frozenset()),
        lambda links, _: setattr(links, "included", True),
        lambda links, _: links.suspicious.add(1),
        lambda links, _: links.parent_ids.append(ONE),
        lambda links, _: links.related_ids.__setitem__(0, PARENT),
        lambda links, _: links.relation_of.__setitem__(0, 1),
        lambda links, _: links.first_rows.__setitem__(0, 1),
        lambda links, _: links.relations.append(LEADS),
        lambda _, entries: setattr(entries, "kinds", b""),
        lambda _, entries: entries.rows.__setitem__(0, 9),
        lambda _, entries: entries.links.__setitem__(1, 0),
        lambda _, entries: entries.parent_texts.append(""),
        lambda _, entries: entries.related_texts.__setitem__(0, ""),
        lambda _, entries: entries.kinds.__setitem__(1, 0),
    ],
)
def test_nobody_can_change_what_was_built(change: Callable[[Any, Any], object]) -> None:
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        change(replace(links_of([(0, 0), (0, 1)]), suspicious=frozenset({0})), some_entries())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"suspicious": frozenset({2})}, "only links of the sheet"),
        ({"suspicious": frozenset({-1})}, "only links of the sheet"),
        ({"parent_ids": (PARENT,)}, "two IDs and a row"),
        ({"related_ids": (ONE, RecordId("3.65E+18"))}, "something else than an ID"),
        ({"parent_ids": (PARENT, RecordId(""))}, "something else than an ID"),
        ({"first_rows": memoryview(b"\2\2\2")}, "two IDs and a row"),
        ({"first_rows": memoryview(bytearray(2))}, "read-only"),
        ({"relations": ()}, "one of the relations"),
        ({"relations": (CONTACTS, CONTACTS)}, "one of the relations"),
        ({"relation_of": memoryview(b"\0\1")}, "one of the relations"),
        ({"relations": (CONTACTS, LEADS), "relation_of": memoryview(b"\0\2")}, "one of the relations"),
    ],
)
def test_links_that_contradict_themselves_are_not_made(wrong: dict[str, Any], words: str) -> None:
    links = LinksBuilder()
    links.extend(CONTACTS, [PARENT, PARENT], [ONE, OTHER], [2, 3])
    with pytest.raises(ValueError, match=words):
        replace(links.build(), **wrong)


def test_an_id_that_is_none_is_found_however_many_stand_before_it() -> None:
    links = LinksBuilder()
    links.extend(CONTACTS, [PARENT] * 120_000, [*[ONE] * 119_999, RecordId("365239700000092512a")], range(2, 120_002))
    with pytest.raises(ValueError, match="something else than an ID"):
        links.build()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kinds": b"\0"}, "a row, two texts"),
        ({"parent_texts": ()}, "a row, two texts"),
        ({"kinds": b"\0\xff"}, "a known reason"),
        ({"rows": memoryview(bytearray(2))}, "read-only"),
    ],
)
def test_entries_that_contradict_themselves_are_not_made(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(some_entries(), **wrong)
