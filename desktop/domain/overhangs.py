"""Large parts of a sheet: records whose links do not quite fit into full calls leave the few too many to other records.

A record with 105 links makes two calls, unless five of them are sent from their other ends. A call from such an other end
helps all the records that it has links with, so the question is a set multicover: which calls, each taking one link off
every record it touches, take off all the overhangs for less than the calls they save? It is answered greedily (Dobson
1982): each link of an overhang of n links is worth 1/n of a call, and the call that is worth most is made, as long as it
is worth more than itself; then what is left is valued anew. Its time grows with the links, so it is for parts that are
too large to be searched; where a search follows (call_search.py), it starts from the better one.

Ends are small or large here as in call_counts.py.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace

from desktop.domain.link_graph import Sharing

_MOST_ROUNDS = 8
_TINY = 1e-9  # what sums of fractions may be off by


def share_overhangs(sharing: Sharing, parts: Sequence[Sequence[int]], end_of: list[int]) -> None:
    """Assign the OPEN links of these parts anew in ``end_of``, where that takes fewer calls than the ends that stand there."""
    if parts:
        found = _Overhangs(sharing, parts, end_of)
        for _ in range(_MOST_ROUNDS):
            if not found.make_calls():
                break
        found.take_back_calls()
        for part in parts:
            if found.calls(part) < _calls(sharing, part, end_of):
                found.assign(part)


def _calls(sharing: Sharing, part: Sequence[int], end_of: Sequence[int]) -> int:
    """How many calls the ends of a part make."""
    graph, calls = sharing.graph, 0
    for end in part:
        sent = sum([end_of[link] == end for link in sharing.open_links(end)])
        calls += -(-(sharing.load[end] + sent) // graph.rooms[end])
    return calls


class _Overhangs:
    """The calls of these parts while they are chosen. Lists have a place for each end of the sheet.

    ``over``: the links of a large end that none of its calls has room for, below zero the room that is left.
    """

    def __init__(self, sharing: Sharing, parts: Sequence[Sequence[int]], end_of: list[int]) -> None:
        self._sharing, self._end_of = sharing, end_of
        loads = zip(sharing.load, sharing.waiting, sharing.graph.rooms, strict=True)
        self._is_large = bytearray(load > 0 or waiting > room for load, waiting, room in loads)
        self._small = [end for part in parts for end in part if not self._is_large[end]]
        self._calling = bytearray(len(sharing.waiting))
        self._full_calls = [0] * len(sharing.waiting)
        self._over = [0] * len(sharing.waiting)
        self._larges_near: list[list[int]] = [[] for _ in sharing.waiting]
        larges = [end for part in parts for end in part if self._is_large[end]]
        self._find_larges(larges)
        self._make_needed_calls()
        self._make_full_calls(larges)

    def make_calls(self) -> int:
        """One round: value every link of an overhang, and make the calls that are worth it; returns how many."""
        over, calling, near = self._over, self._calling, self._larges_near
        worth = [1 / links if links > 0 else 0.0 for links in over]
        values = [(-sum([worth[large] for large in near[end]]), end) for end in self._small if not calling[end]]
        heap = [one for one in values if one[0] < -1 - _TINY]
        heapify(heap)
        made = 0
        while heap:
            promised, end = heap[0]
            # Less than promised, where other calls took off what this one would have.
            value = -sum([worth[large] for large in near[end]])
            if value >= -1 - _TINY:
                heappop(heap)
            elif value > promised + _TINY:
                heapreplace(heap, (value, end))
            else:
                heappop(heap)
                made += 1
                self._call(end)
                for large in near[end]:
                    if over[large] <= 0:
                        worth[large] = 0.0
        return made

    def take_back_calls(self) -> None:
        """Give up each call of a small end whose links its other ends have room for."""
        calling, near, over = self._calling, self._larges_near, self._over
        room = [a_call - links if links > 0 else -links for a_call, links in zip(self._sharing.graph.rooms, over, strict=True)]
        for end in self._small:
            if calling[end] and all([room[large] for large in near[end]]) and not self._is_needed(end):
                calling[end] = 0
                for large in near[end]:
                    room[large] -= 1
                    over[large] += 1

    def calls(self, part: Sequence[int]) -> int:
        """How many calls the ends of a part make."""
        load, rooms = self._sharing.load, self._sharing.graph.rooms
        paid = sum([-(-load[end] // rooms[end]) for end in part])
        return paid + sum([self._calling[end] + self._full_calls[end] + (self._over[end] > 0) for end in part])

    def assign(self, part: Sequence[int]) -> None:
        """Small ends that make a call send all their links, and of two such ends the parent; large ends send the others."""
        calling, end_of, graph = self._calling, self._end_of, self._sharing.graph
        for end in part:
            if not self._is_large[end]:
                others = graph.others_of(end)
                for link in self._sharing.open_links(end):
                    other = others[link]
                    if not calling[end] or (calling[other] and other < end):
                        end_of[link] = other
                    else:
                        end_of[link] = end

    def _find_larges(self, larges: Sequence[int]) -> None:
        """Where the large ends are near, and how many links each has to send while no small end makes a call."""
        end_of, is_large, near = self._end_of, self._is_large, self._larges_near
        for end in larges:
            others, elsewhere = self._sharing.graph.others_of(end), 0
            for link in self._sharing.open_links(end):
                other = others[link]
                if not is_large[other]:
                    near[other].append(end)
                elif end_of[link] == other:
                    elsewhere += 1
            self._over[end] = self._sharing.waiting[end] - self._sharing.slack(end) - elsewhere

    def _make_needed_calls(self) -> None:
        """Of the calls that small ends make now those that links between small ends need."""
        sharing, calling = self._sharing, self._calling
        between = [end for end in self._small if len(self._larges_near[end]) < sharing.waiting[end]]
        for end in between:
            calling[end] = any([self._end_of[link] == end for link in sharing.open_links(end)])
        for end in between:
            if calling[end]:
                calling[end] = 0
                if self._is_needed(end):
                    self._call(end)

    def _is_needed(self, end: int) -> bool:
        """Whether a small end has a link to a small end that makes no call."""
        if len(self._larges_near[end]) == self._sharing.waiting[end]:
            return False
        others = self._sharing.graph.others_of(end)
        near = [others[link] for link in self._sharing.open_links(end)]
        return not all([self._is_large[other] or self._calling[other] for other in near])

    def _call(self, end: int) -> None:
        self._calling[end] = 1
        for large in self._larges_near[end]:
            self._over[large] -= 1

    def _make_full_calls(self, larges: Sequence[int]) -> None:
        for end in larges:
            if self._over[end] > 0:
                self._full_calls[end], self._over[end] = divmod(self._over[end], self._sharing.graph.rooms[end])
