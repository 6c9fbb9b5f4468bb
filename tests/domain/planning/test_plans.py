"""Links become calls: both limits, both sides, nothing lost and nothing twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.building import LinksBuilder
from desktop.domain.entries import Links
from desktop.domain.planning.call_limits import MAX_IDS, MAX_IDS_CHARACTERS
from desktop.domain.planning.plans import Side, SideChoice, make_plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

CONTACTS = Relation("Campaigns", "Contacts")
ONE_WAY = Relation("Appointments__s", "Services__s")


def links_of(pairs: list[tuple[str, str]], relation: Relation = CONTACTS) -> Links:
    links = LinksBuilder()
    for row, (parent, related) in enumerate(pairs, start=2):
        links.add(relation, RecordId(parent), RecordId(related), row)
    return links.build()


def test_a_hundred_ids_of_19_digits_fit_and_20_digits_make_95() -> None:
    of_19 = make_plan(links_of([("3652397000000327001", f"365239700{n:010d}") for n in range(200)]))
    of_20 = make_plan(links_of([("3652397000000327001", f"3652397000{n:010d}") for n in range(200)]), SideChoice.AS_SHEET)
    assert [len(batch) for batch in of_19.batches] == [100, 100]
    assert [len(batch) for batch in of_20.batches] == [95, 95, 10]


def test_auto_turns_the_calls_round_when_that_is_cheaper() -> None:
    links = links_of([(f"3652397000000{n:06d}", f"365239700000050000{n % 5}") for n in range(2500)])
    plan = make_plan(links)
    assert (plan.calls, plan.calls_as_sheet, plan.side) == (25, 2500, "related")
    assert plan.batches[0].call_relation == Relation("Contacts", "Campaigns")
    assert make_plan(links, SideChoice.AS_SHEET).side == "parent"


def test_a_relation_without_a_reverse_stays_as_in_the_sheet() -> None:
    links = links_of([(f"3652397000000{n:06d}", "3652397000000500001") for n in range(50)], ONE_WAY)
    assert make_plan(links).side == "parent"


def test_the_first_links_are_calls_of_their_own() -> None:
    links = links_of([("3652397000000327001", f"365239700{n:010d}") for n in range(30)])
    plan = make_plan(links, first=7)
    assert plan.pause_after == 1
    assert plan.first_links == tuple(range(7)) and make_plan(links).first_links == ()
    assert [len(batch) for batch in plan.batches] == [7, 23]
    assert plan.links_to_send == 30


def test_suspicious_links_are_left_out_until_they_are_included() -> None:
    links = links_of([("3652397000000327001", f"365239700{n:010d}") for n in range(10)])
    links = replace(links, suspicious=frozenset({3, 4}))
    assert make_plan(links).links_to_send == 8
    assert make_plan(replace(links, included=True)).links_to_send == 10


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 300), st.booleans()), unique=True, max_size=400),
    st.sampled_from(SideChoice),
    st.integers(0, 20),
)
def test_every_link_is_in_exactly_one_call_within_both_limits(
    pairs: list[tuple[int, int, bool]], choice: SideChoice, first: int
) -> None:
    links = links_of([(f"36523970000003{p:05d}", f"{'9' if long else ''}365239700{r:010d}") for p, r, long in pairs])
    plan = make_plan(links, choice, first=first)
    sent = [link for batch in plan.batches for link in batch.link_numbers]
    assert sorted(sent) == list(range(len(links)))
    for batch in plan.batches:
        assert 1 <= len(batch.ids) <= MAX_IDS
        assert len(",".join(batch.ids)) <= MAX_IDS_CHARACTERS
        assert len(set(batch.ids)) == len(batch.ids)
        for far, link in zip(batch.ids, batch.link_numbers, strict=True):
            ends = (batch.call_parent_id, far) if batch.side is Side.PARENT else (far, batch.call_parent_id)
            assert ends == (links.parent_ids[link], links.related_ids[link])


def test_the_calls_of_a_plan_are_a_sequence_like_any_other() -> None:
    plan = make_plan(links_of([(f"365239700000000000{p}", f"365239700000000001{r}") for p in range(3) for r in range(2)]))
    calls = plan.batches
    assert len(calls) == 2 and [batch.number for batch in calls] == [0, 1]
    assert calls[-1] == calls[1] != calls[0]
    assert calls[:1] == (calls[0],) and calls[5:] == ()
    assert calls == tuple(calls) and calls != tuple(calls)[:1]
    with pytest.raises(IndexError):
        _ = calls[2]


def test_a_batch_is_split_by_the_ids_of_its_far_ends() -> None:
    links = links_of([("3652397000000327001", f"365239700000050000{n}") for n in range(4)])
    batch = make_plan(links).batches[0]
    assert batch.split({batch.ids[2], batch.ids[0], RecordId("3652397000000999999")}) == ([0, 2], [1, 3])
    assert batch.split(()) == ([], [0, 1, 2, 3])
    assert dict(batch.numbered_ids())[3] == "3652397000000500003"
    cut = batch.only(17, {1, 3})
    assert (cut.number, cut.link_numbers, cut.ids) == (17, (1, 3), (batch.ids[1], batch.ids[3]))
