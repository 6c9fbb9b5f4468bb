"""The two rules without loss: a record with one link leaves it to the other end, and a call that is made anyway fills up."""

from random import Random

import pytest

from desktop.domain.planning.leaves import settle_leaves
from desktop.domain.planning.link_graph import OPEN, LinkGraph, Sharing
from tests.domain.graphs import SHAPES, Pairs, fewest_calls


def settled(pairs: Pairs, room: int = 100) -> Sharing:
    """Parents keep their numbers; related records come after them."""
    first = max(parent for parent, _ in pairs) + 1
    ends = first + max(related for _, related in pairs) + 1
    graph = LinkGraph([parent for parent, _ in pairs], [first + related for _, related in pairs], [room] * ends)
    sharing = Sharing(graph)
    settle_leaves(sharing)
    return sharing


def calls_of(sharing: Sharing) -> int:
    return sum(-(-load // room) for load, room in zip(sharing.load, sharing.graph.rooms, strict=True))


def test_a_star_is_sent_from_its_middle_on_whichever_side_that_is() -> None:
    assert settled([(0, n) for n in range(5)]).end_of == [0] * 5
    assert settled([(n, 0) for n in range(5)]).end_of == [5] * 5


def test_a_single_link_is_sent_from_its_parent() -> None:
    assert settled([(0, 0)]).end_of == [0]


def test_a_path_is_decided_from_its_ends_inwards() -> None:
    sharing = settled([(0, 0), (1, 0), (1, 1), (2, 1)])
    assert OPEN not in sharing.end_of and calls_of(sharing) == 2


def test_a_call_that_is_made_anyway_takes_what_it_has_room_for() -> None:
    """Parent 0 has a leaf and two links of a square; its call takes these too, which leaves the square a path."""
    sharing = settled([(0, 9), (0, 0), (0, 1), (1, 0), (1, 1)])
    assert sharing.end_of[:3] == [0, 0, 0] and OPEN not in sharing.end_of and calls_of(sharing) == 2


def test_a_square_is_left_open_and_a_full_call_takes_no_more() -> None:
    square = [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert settled(square).end_of == [OPEN] * 4
    full = settled([(0, 9), (0, 0), (0, 1), (1, 0), (1, 1)], room=2)
    assert full.end_of.count(OPEN) == 4, "the call of the leaf has room for one of the two"


@pytest.mark.parametrize("seed", range(20))
def test_what_the_rules_decide_costs_no_call_more_than_the_fewest(seed: int) -> None:
    dice = Random(seed)
    pairs = list(dict.fromkeys((dice.randrange(8), dice.randrange(10)) for _ in range(14)))
    sharing = settled(pairs, room=3)
    assert sum(sharing.load) == len(pairs) - sharing.end_of.count(OPEN)
    if OPEN not in sharing.end_of:
        assert calls_of(sharing) == fewest_calls(pairs, room=3)[0]


@pytest.mark.parametrize("name", ["grid, 5 × 300", "power law, steep", "2,500 campaigns, one of 5 contacts each"])
def test_the_counts_fit_what_was_decided(name: str) -> None:
    sharing = settled(SHAPES[name](Random(1)))
    graph = sharing.graph
    for end, links in enumerate(graph.links_at):
        assert sharing.load[end] == sum(sharing.end_of[link] == end for link in links)
        assert sharing.waiting[end] == sum(sharing.end_of[link] == OPEN for link in links)
