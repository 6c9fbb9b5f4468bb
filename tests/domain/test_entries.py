"""Entries and links in columns: what was put in comes out, held-back links are not sent, and the books balance."""

from desktop.domain.entries import KIND_DUPLICATE, NO_LINK, REJECTION_ORDER, Books, Entries, Entry, Links, Rejection
from desktop.domain.records import Link, RecordId
from desktop.domain.relations import parse_relation
from tests.domain.graphs import links_of

CONTACTS, LEADS = parse_relation("Campaigns/Contacts"), parse_relation("Campaigns/Leads")
PARENT, ONE, OTHER = (RecordId(f"36523970000009{n:05d}") for n in (1, 2, 3))


def test_entries_come_out_as_they_went_in() -> None:
    entries = Entries()
    entries.add_link(2, PARENT, ONE, 0, duplicate=False)
    entries.add_link(3, f"zcrm_{PARENT}", ONE, 0, duplicate=True)
    entries.add_rejected(4, PARENT, "Ben", Rejection.NOT_AN_ID)
    entries.add_links([5, 6], [PARENT] * 2, [OTHER] * 2, [1, 1], bytes([0, KIND_DUPLICATE]))
    assert list(entries) == [
        Entry(2, PARENT, ONE, 0, False, None),
        Entry(3, f"zcrm_{PARENT}", ONE, 0, True, None),
        Entry(4, PARENT, "Ben", NO_LINK, False, Rejection.NOT_AN_ID),
        Entry(5, PARENT, OTHER, 1, False, None),
        Entry(6, PARENT, OTHER, 1, True, None),
    ]
    assert (len(entries), entries.duplicates, entries.rejected()) == (5, 2, {Rejection.NOT_AN_ID: 1})


def test_every_reason_for_a_rejection_is_kept_and_counted_apart() -> None:
    entries = Entries()
    for number, reason in enumerate(REJECTION_ORDER):
        for _ in range(number + 1):
            entries.add_rejected(2, "", "", reason)
    assert entries.rejected() == {reason: number + 1 for number, reason in enumerate(REJECTION_ORDER)}
    assert {entry.rejection for entry in entries} == set(Rejection) and entries.duplicates == 0


def test_a_link_is_found_by_its_number_with_its_own_relation() -> None:
    links = Links()
    assert [links.add(CONTACTS, PARENT, ONE, 2), links.add(LEADS, PARENT, OTHER, 3), links.add(CONTACTS, PARENT, OTHER, 4)] == [
        0,
        1,
        2,
    ]
    assert links.relations == [CONTACTS, LEADS]
    assert [links[number] for number in range(3)] == [
        Link(CONTACTS, PARENT, ONE),
        Link(LEADS, PARENT, OTHER),
        Link(CONTACTS, PARENT, OTHER),
    ]
    links.extend(LEADS, [PARENT], [ONE], [9])
    assert (links[3], list(links.first_rows)) == (Link(LEADS, PARENT, ONE), [2, 3, 4, 9])


def test_a_suspicious_link_is_not_sent_until_it_is_included() -> None:
    links = links_of([(0, n) for n in range(4)])
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([0, 1, 2, 3], 4, 0)
    links.suspicious = {0, 2}
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([1, 3], 2, 1)
    assert not links.may_be_sent(2) and links.may_be_sent(3)
    links.included = True
    assert (links.sendable(), links.sendable_count, links.first_sendable) == ([0, 1, 2, 3], 4, 0)
    assert links.may_be_sent(2)


def test_a_sheet_of_which_nothing_may_be_sent_has_no_first_link() -> None:
    links = links_of([(0, 0)])
    links.suspicious = {0}
    assert links.first_sendable is None and links.sendable() == []
    assert Links().first_sendable is None and Links().sendable_count == 0


def test_books_balance_while_every_entry_is_in_one_count() -> None:
    books = Books(rows=10, blank=1, entries=9, links=5, duplicates=2, rejected={Rejection.DAMAGED: 2}, hidden=2, left_out=1)
    assert books.balance and books.rows_with_entries == 6
    assert not Books(rows=10, blank=1, entries=9, links=5, duplicates=2).balance
