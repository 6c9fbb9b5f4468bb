"""The calls of ``auto`` against the fewest that a solver proves, and what holds of every plan of both sides."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.building import LinksBuilder
from desktop.domain.planning.plans import Side, SideChoice, make_plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from tests.domain.graphs import CONTACTS, SHAPES, Pairs, fewest_calls, is_sound, links_of, overhang, turned
from tests.thorough import examples

SWIFT = [name for name in SHAPES if "grid" in name or "sparse" in name or "power" in name or "one " in name or "small" in name]


@pytest.mark.parametrize("name", SWIFT)
def test_plans_of_many_shapes_stay_within_two_percent_of_the_optimum(name: str) -> None:
    pairs = SHAPES[name](Random(1))
    optimum, bound = fewest_calls(pairs)
    links = links_of(pairs)
    plan = make_plan(links)
    assert is_sound(links, plan)
    assert optimum == bound <= plan.calls <= 1.02 * bound


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", list(SHAPES))
def test_plans_of_all_shapes_stay_within_two_percent_of_the_optimum(name: str, seed: int) -> None:
    pairs = SHAPES[name](Random(seed))
    assert make_plan(links_of(pairs)).calls <= 1.02 * fewest_calls(pairs, limit_s=60)[1]


@pytest.mark.parametrize(("digits", "room"), [(19, 100), (20, 95)])
@pytest.mark.parametrize("seed", range(4))
def test_small_graphs_with_loads_just_over_full_calls_get_the_fewest(digits: int, room: int, seed: int) -> None:
    pairs = overhang(Random(seed), 6, room, 4, room + 20)
    if seed % 2:
        pairs = turned(pairs)
    optimum, bound = fewest_calls(pairs, room)
    links = links_of(pairs, digits)
    plan = make_plan(links)
    assert is_sound(links, plan)
    assert plan.calls == optimum == bound


def graph(draw: st.DrawFn) -> Pairs:
    """Dense or sparse, with a few records that have more links than fit into one call."""
    dice = Random(draw(st.integers(0, 10**6)))
    pairs = draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=80))
    for hub in range(draw(st.integers(0, 3))):
        pairs += [(hub, other) for other in dice.sample(range(230), draw(st.integers(0, 220)))]
    for hub in range(draw(st.integers(0, 3))):
        pairs += [(other, hub) for other in dice.sample(range(230), draw(st.integers(0, 220)))]
    return list(dict.fromkeys(pairs))


GRAPHS = st.composite(graph)()


@examples(30)
@given(GRAPHS, st.sampled_from([18, 19, 20]))
def test_auto_is_sound_never_above_either_pure_side_and_always_the_same(pairs: Pairs, digits: int) -> None:
    links, other_way = links_of(pairs, digits), links_of(turned(pairs), digits)
    plan = make_plan(links)
    as_sheet = make_plan(links, SideChoice.AS_SHEET)
    all_reversed = make_plan(other_way, SideChoice.AS_SHEET).calls
    assert is_sound(links, plan) and is_sound(links, as_sheet)
    assert plan.calls <= min(as_sheet.calls, all_reversed)
    assert plan.calls_as_sheet == as_sheet.calls
    assert plan.side == "parent" or plan.calls < as_sheet.calls, "the sheet's own side where it costs nothing more"
    assert make_plan(links) == plan


@examples(30)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 250), st.integers(10, 20), st.integers(10, 20)), max_size=500),
)
def test_both_limits_hold_where_ids_are_of_many_lengths(drawn: list[tuple[int, int, int, int]]) -> None:
    building, seen = LinksBuilder(), set()
    for row, (parent, related, long, longer) in enumerate(drawn):
        ends = RecordId(f"1{parent:0{long - 1}d}"), RecordId(f"2{related:0{longer - 1}d}")
        if ends not in seen:
            seen.add(ends)
            building.add(CONTACTS, *ends, row)
    links = building.build()
    assert is_sound(links, make_plan(links))


@examples(30)
@given(GRAPHS)
def test_calls_stand_in_the_order_in_which_their_first_links_stand(pairs: Pairs) -> None:
    first = [batch.link_numbers[0] for batch in make_plan(links_of(pairs)).batches]
    assert first == sorted(first)


@examples(30)
@given(GRAPHS, st.integers(0, 60))
def test_the_first_links_in_sheet_order_are_calls_of_their_own(pairs: Pairs, first: int) -> None:
    links = links_of(pairs)
    plan = make_plan(links, first=first)
    assert is_sound(links, plan)
    head = plan.batches[: plan.pause_after or 0]
    assert sorted(link for batch in head for link in batch.link_numbers) == list(range(min(first, len(pairs))))


def test_relations_are_planned_each_by_themselves_and_never_share_a_call() -> None:
    building = LinksBuilder()
    for row in range(30):
        for relation in (CONTACTS, Relation("Contacts", "Campaigns"), Relation("Appointments__s", "Services__s")):
            building.add(relation, RecordId(f"365239700000000{row:04d}"), RecordId("3652397000000999999"), row)
    links = building.build()
    plan = make_plan(links)
    assert Counter((batch.relation.code, str(batch.side)) for batch in plan.batches) == {
        ("Campaigns/Contacts", "related"): 1,
        ("Contacts/Campaigns", "related"): 1,
        ("Appointments__s/Services__s", "parent"): 30,
    }
    assert all({links.relation(link) for link in batch.link_numbers} == {batch.relation} for batch in plan.batches)


def test_only_what_costs_more_as_in_the_sheet_is_turned() -> None:
    """Two campaigns share two contacts: two calls either way, so they stay; the 40 campaigns of one contact are turned."""
    links = links_of([(0, 0), (0, 1), (1, 0), (1, 1), *((n, 9) for n in range(10, 50))])
    plan = make_plan(links)
    assert [(str(batch.side), len(batch)) for batch in plan.batches] == [("parent", 2), ("parent", 2), ("related", 40)]


def test_a_chain_that_costs_the_same_either_way_stays_as_in_the_sheet() -> None:
    assert make_plan(links_of([(0, 0), (1, 0), (1, 1)])).side == "parent"


def test_every_reversed_link_is_named_from_its_other_record() -> None:
    links = links_of([(n, 1) for n in range(150)])
    plan = make_plan(links)
    assert [(batch.side, len(batch)) for batch in plan.batches] == [(Side.RELATED, 100), (Side.RELATED, 50)]
    assert {batch.call_relation.code for batch in plan.batches} == {"Contacts/Campaigns"}
