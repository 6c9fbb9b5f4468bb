"""Links as the edges of a graph of records, and the end that each is sent from; numbers only, no ids and no rules of plans.

The records at both ends of the links are numbered: first the parent records, then the related ones. An *end* is such a
number. Each link is sent in a call of one of its two ends, and an end makes as many calls as its links need.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import count

OPEN = -1
_PORTION = 20_000


def number_ends(records: Sequence[Hashable], first: int) -> tuple[list[int], int]:
    """For each of these records its number, the same for equal ones, from ``first`` on as they come; and the next number."""
    numbers: defaultdict[Hashable, int] = defaultdict(count(first).__next__)
    ends: list[int] = []
    for start in range(0, len(records), _PORTION):  # by portions: in between other threads have their turn
        ends += map(numbers.__getitem__, records[start : start + _PORTION])
    return ends, first + len(numbers)


class LinkGraph:
    """The links between ends. ``rooms[end]`` is how many links fit into one call of that end, whichever they are."""

    __slots__ = ("both", "links_at", "parent_ends", "parents", "relateds", "rooms")

    def __init__(self, parents: Sequence[int], relateds: Sequence[int], rooms: Sequence[int]) -> None:
        self.parents = parents
        self.relateds = relateds
        self.rooms = rooms
        self.parent_ends = max(parents, default=-1) + 1
        # The other end of a link is this sum less the one end.
        self.both = [parent + related for parent, related in zip(parents, relateds, strict=True)]
        links_at: list[list[int]] = [[] for _ in rooms]
        for ends in (parents, relateds):
            for link, end in enumerate(ends):
                links_at[end].append(link)
        self.links_at = links_at

    def others_of(self, end: int) -> Sequence[int]:
        """By link the other end, for links at this end."""
        return self.relateds if end < self.parent_ends else self.parents


class Sharing:
    """Which end sends each link, while that is being decided.

    ``end_of[link]`` is an end or OPEN; ``load[end]`` counts the links it sends, ``waiting[end]`` its links still OPEN.
    """

    __slots__ = ("end_of", "graph", "load", "waiting")

    def __init__(self, graph: LinkGraph) -> None:
        self.graph = graph
        self.end_of = [OPEN] * len(graph.both)
        self.load = [0] * len(graph.rooms)
        self.waiting = [len(links) for links in graph.links_at]

    def slack(self, end: int) -> int:
        """How many more links the calls of this end can take."""
        return -self.load[end] % self.graph.rooms[end]

    def large_ends(self) -> bytearray:
        """1 for each end with OPEN links whose links, decided ones too, do not fit into one call."""
        loads = zip(self.load, self.waiting, self.graph.rooms, strict=True)
        return bytearray(waiting > 0 and load + waiting > room for load, waiting, room in loads)

    def open_links(self, end: int) -> list[int]:
        """The links at this end that nothing is decided about."""
        links = self.graph.links_at[end]
        return links if self.waiting[end] == len(links) else [link for link in links if self.end_of[link] == OPEN]
