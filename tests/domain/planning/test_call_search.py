"""The search for fewer calls: it finds them, leaves every link a call, and goes the same way for the same seed."""

from itertools import product

import pytest

from desktop.domain.planning.call_counts import CallCounts
from desktop.domain.planning.call_search import CallSearch
from desktop.domain.planning.link_graph import LinkGraph, Sharing


def block(parents: int, relateds: int, room: int) -> tuple[list[tuple[int, int]], CallCounts]:
    """Everything with everything, in the beginning all sent from the parents."""
    pairs = [(parent, parents + related) for parent, related in product(range(parents), range(relateds))]
    graph = LinkGraph([parent for parent, _ in pairs], [other for _, other in pairs], [room] * (parents + relateds))
    return pairs, CallCounts(Sharing(graph), range(parents + relateds), [parent for parent, _ in pairs])


def searched(counts: CallCounts, seed: int = 1, work: int = 20_000) -> dict[int, int]:
    CallSearch(counts, seed).run(work)
    return dict(counts.kept())


def calls_of(sent: dict[int, int], room: int) -> int:
    loads: dict[int, int] = {}
    for end in sent.values():
        loads[end] = loads.get(end, 0) + 1
    return sum(-(-load // room) for load in loads.values())


def test_fewer_calls_are_found_and_every_link_keeps_one_of_its_ends() -> None:
    """Nine parents of eleven links with room for ten: ten calls with one related record's, where the start makes eighteen."""
    pairs, counts = block(9, 11, 10)
    sent = searched(counts)
    assert set(sent) == set(range(len(pairs))) and all(end in pairs[link] for link, end in sent.items())
    assert calls_of(sent, 10) == 10


def test_the_same_seed_goes_the_same_way() -> None:
    assert searched(block(6, 7, 5)[1], seed=4) == searched(block(6, 7, 5)[1], seed=4)


@pytest.mark.parametrize("work", [0, 1, 500])
def test_with_little_work_it_is_never_worse_than_the_start(work: int) -> None:
    pairs, counts = block(4, 7, 5)
    sent = searched(counts, work=work)
    assert len(sent) == len(pairs) and calls_of(sent, 5) <= 8


def test_it_ends_when_one_call_sends_all() -> None:
    pairs, counts = block(1, 3, 100)
    assert searched(counts, work=10**12) == dict.fromkeys(range(len(pairs)), 0)
