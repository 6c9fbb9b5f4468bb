"""What is over the full calls of large parts is shared out: never more calls, and every link is sent from an end of its own."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.planning.leaves import settle_leaves
from desktop.domain.planning.link_graph import OPEN, LinkGraph, Sharing, number_ends
from desktop.domain.planning.overhangs import share_overhangs
from desktop.domain.planning.plans import make_plan
from tests.domain.graphs import Pairs, is_sound, links_of, overhang, sparse, turned, union
from tests.thorough import examples


def graph_of(pairs: Pairs) -> LinkGraph:
    parents, parent_ends = number_ends([parent for parent, _ in pairs], 0)
    relateds, ends = number_ends([related for _, related in pairs], parent_ends)
    return LinkGraph(parents, relateds, [100] * ends)


def calls(graph: LinkGraph, end_of: list[int]) -> int:
    return sum(-(-sent // graph.rooms[end]) for end, sent in Counter(end_of).items())


def with_hubs(parents: int, hubs: int, own: int) -> Pairs:
    """Parents with links of their own, and all of them with the same few others."""
    pairs = [(parent, hub) for parent in range(parents) for hub in range(hubs)]
    return pairs + [(parent, 1_000 + parent * own + number) for parent in range(parents) for number in range(own)]


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_all_have_in_common_is_sent_from_there(is_turned: bool) -> None:
    pairs = with_hubs(100, 5, 100)
    graph = graph_of(turned(pairs) if is_turned else pairs)
    end_of = list(graph.relateds if is_turned else graph.parents)
    assert calls(graph, end_of) == 200
    share_overhangs(Sharing(graph), [list(range(len(graph.rooms)))], end_of)
    assert calls(graph, end_of) == 105


def test_nothing_changes_where_it_would_not_be_fewer_calls() -> None:
    graph = graph_of(with_hubs(3, 5, 100))
    end_of = list(graph.parents)
    share_overhangs(Sharing(graph), [list(range(len(graph.rooms)))], end_of)
    assert end_of == list(graph.parents), "five calls to save three"


@examples(40)
@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from([0, 3, 40]))
def test_every_link_keeps_an_end_of_its_own_and_calls_never_grow(seed: int, parents: int, sparse_links: int) -> None:
    dice = Random(seed)
    pairs = union(overhang(dice, parents, 100, 6, 130), sparse(dice, 8, 8, sparse_links), turned(overhang(dice, 3, 100, 3, 110)))
    pairs += [(dice.randrange(parents), 129 + dice.randrange(9)) for _ in range(sparse_links)]
    graph = graph_of(list(dict.fromkeys(pairs)))
    sharing = Sharing(graph)
    settle_leaves(sharing)
    ends = list(zip(graph.parents, graph.relateds, strict=True))
    end_of = [dice.choice(both) if end == OPEN else end for end, both in zip(sharing.end_of, ends, strict=True)]
    before = calls(graph, end_of)
    part = [end for end, waiting in enumerate(sharing.waiting) if waiting]
    share_overhangs(sharing, [part], end_of)
    assert calls(graph, end_of) <= before
    assert all(end in both for end, both in zip(end_of, ends, strict=True))
    assert all(end == was for end, was in zip(end_of, sharing.end_of, strict=True) if was != OPEN)


def test_a_plan_of_many_links_just_over_full_calls_saves_most_of_the_second_calls() -> None:
    pairs = overhang(Random(5), 120, 100, 5, 1500)
    links = links_of(pairs)
    plan = make_plan(links)
    assert is_sound(links, plan)
    assert plan.calls_as_sheet == 240
    assert plan.calls <= 165
