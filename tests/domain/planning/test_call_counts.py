"""How many calls each end makes and what is short then: a change and its reverse leave everything as it was."""

from random import Random

from desktop.domain.planning.call_counts import CallCounts
from desktop.domain.planning.link_graph import LinkGraph, Sharing

# Parents 0, 1; related 2, 3, 4. With room for two links a call, parent 0 is large.
PAIRS = [(0, 2), (0, 3), (0, 4), (1, 3), (1, 4)]


def counts_of(start: list[int], room: int = 2) -> CallCounts:
    graph = LinkGraph([parent for parent, _ in PAIRS], [related for _, related in PAIRS], [room] * 5)
    return CallCounts(Sharing(graph), range(5), start)


def told(counts: CallCounts) -> tuple[list[int], list[int], list[int], set[int]]:
    return list(counts.calls), sorted(counts.calling), list(counts.shortage), set(counts.short)


def test_the_first_calls_are_those_of_the_start_and_nothing_is_short() -> None:
    counts = counts_of([0, 0, 0, 1, 1])
    assert (counts.is_large, counts.calls, counts.short) == ([True, False, False, False, False], [2, 1, 0, 0, 0], set())


def test_without_its_calls_the_links_of_an_end_are_short() -> None:
    counts = counts_of([0, 0, 0, 1, 1])
    counts.close_call(0)
    assert counts.short == {0} and counts.shortage[0] == 1
    counts.open_call(4)
    assert counts.short == set(), "the small end sends that link"
    counts.close_call(1)
    assert counts.short == {1, 3}, "of the two links of that end one is sent from the other side, one from nowhere"


def test_closing_what_was_opened_leaves_everything_as_it_was() -> None:
    counts, dice = counts_of([0, 0, 0, 1, 1]), Random(1)
    before = told(counts)
    opened = [dice.randrange(5) for _ in range(50)]
    for end in opened:
        counts.open_call(end)
    dice.shuffle(opened)
    for end in opened:
        counts.close_call(end)
    assert told(counts) == before


def test_the_calls_remembered_send_every_link_once_from_one_of_its_ends() -> None:
    counts = counts_of([0, 0, 0, 1, 1])
    counts.close_call(0)
    counts.open_call(4)
    counts.keep()
    counts.close_call(1)
    kept = dict(counts.kept())
    assert set(kept) == set(range(len(PAIRS))) and all(end in PAIRS[link] for link, end in kept.items())
    assert kept[2] == 4 and kept[3] == 1, "what came after the best is forgotten"


def test_a_large_end_that_is_short_leaves_a_link_to_a_large_neighbour_with_room() -> None:
    """Two campaigns with two contacts each, which both have three campaigns: all ends have more links than a call takes."""
    pairs = [(parent, 3 + related) for parent in range(3) for related in range(3)]
    graph = LinkGraph([parent for parent, _ in pairs], [related for _, related in pairs], [2] * 6)
    counts = CallCounts(Sharing(graph), range(6), [parent for parent, _ in pairs])
    assert all(counts.is_large) and counts.calls == [2, 2, 2, 0, 0, 0]
    counts.close_call(0)
    counts.open_call(3)
    counts.lend()
    assert counts.short == set()
    assert sum(end == 3 for end in counts.sender.values()) == 1
