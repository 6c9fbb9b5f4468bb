"""The end that sends each link: the fewest calls on small graphs, parents where it costs nothing, the same every time."""

from random import Random

import pytest

from desktop.domain.planning import sides
from desktop.domain.planning.link_graph import LinkGraph
from desktop.domain.planning.sides import choose_sides
from tests.domain.graphs import Pairs, fewest_calls, overhang, turned


@pytest.fixture(autouse=True)
def _short_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of the usual work is enough for graphs as small as these."""
    monkeypatch.setattr(sides, "_SEARCH_WORK", 15_000)
    monkeypatch.setattr(sides, "_LEAST_SEARCH_WORK", 15_000)
    monkeypatch.setattr(sides, "_LEAST_WORK_OF_A_TRY", 5_000)


def graph_of(pairs: Pairs, room: int = 100) -> LinkGraph:
    first = max((parent for parent, _ in pairs), default=-1) + 1
    ends = first + max((related for _, related in pairs), default=-1) + 1
    return LinkGraph([parent for parent, _ in pairs], [first + related for _, related in pairs], [room] * ends)


def calls_of(graph: LinkGraph, end_of: list[int]) -> int:
    loads = [0] * len(graph.rooms)
    for link, end in enumerate(end_of):
        assert end in (graph.parents[link], graph.relateds[link])
        loads[end] += 1
    return sum(-(-load // room) for load, room in zip(loads, graph.rooms, strict=True))


@pytest.mark.parametrize("seed", range(12))
def test_small_graphs_have_the_fewest_calls_that_there_are(seed: int) -> None:
    dice = Random(seed)
    pairs = list(dict.fromkeys((dice.randrange(6), dice.randrange(6)) for _ in range(4 + 2 * seed)))
    for room in (3, 100):
        graph = graph_of(pairs, room)
        assert calls_of(graph, choose_sides(graph)) == fewest_calls(pairs, room)[0]


def test_a_sheet_without_links_has_none() -> None:
    assert choose_sides(graph_of([])) == []


def test_where_both_ends_cost_the_same_the_parent_sends() -> None:
    square = [(0, 0), (0, 1), (1, 0), (1, 1)]
    graph = graph_of(square)
    assert choose_sides(graph) == graph.parents
    assert choose_sides(graph_of([(n, n) for n in range(50)])) == list(range(50))


def test_the_same_sheet_gives_the_same_plan() -> None:
    pairs = overhang(Random(5), 6, 100, 6, 130)
    assert choose_sides(graph_of(pairs)) == choose_sides(graph_of(pairs))


@pytest.mark.parametrize("turn", [False, True])
def test_what_is_over_the_full_calls_is_sent_from_the_other_side(turn: bool) -> None:
    pairs = [(parent, related) for parent in range(5) for related in range(101)]
    graph = graph_of(turned(pairs) if turn else pairs)
    assert calls_of(graph, choose_sides(graph)) == 6, "five full calls, and one for the five links that are over"


def test_with_no_work_allowed_every_link_is_sent_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found by then is used, however little that is."""
    for name in ("_MATCHING_WORK", "_SEARCH_WORK", "_LEAST_SEARCH_WORK", "_MOST_LINKS"):
        monkeypatch.setattr(sides, name, 0)
    pairs = overhang(Random(5), 6, 100, 6, 130)
    graph = graph_of(pairs)
    assert calls_of(graph, choose_sides(graph)) <= 12, "no more than one call more for each parent"
