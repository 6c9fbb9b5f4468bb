"""Large parts of a sheet: records whose links do not quite fit into full calls leave the few too many to other records.

A record with 105 links makes two calls, unless five of them are sent from their other ends. A call from such an other end
helps all the records that it has links with, so the question is a set multicover: which calls, each taking one link off
every record it touches, take off all the overhangs for less than the calls they save? It is answered greedily (Dobson
1982): the links of an overhang are together worth the call that they need, and the call that is worth most is made, as
long as it is worth more than itself; then what is left is valued anew. The first links of an overhang are worth more than
its last ones, so that all overhangs shrink evenly, and the calls that help many of them stay useful longest. The time
grows with the links, so this is for parts that are too large to be searched; where a search follows (call_search.py), it
starts from what is better.

Ends are small or large here as in call_counts.py.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heapreplace

from desktop.domain.planning.link_graph import Sharing

_MOST_ROUNDS = 8
_TINY = 1e-9  # what sums of fractions may be off by


def share_overhangs(sharing: Sharing, parts: Sequence[Sequence[int]], end_of: list[int]) -> None:
    """Assign the OPEN links of these parts anew in ``end_of``, where that takes fewer calls than the ends that stand there."""
    if parts:
        found = _Overhangs(sharing, parts, end_of)
        before = [found.calls(part) for part in parts]
        found.release_calls()
        for _ in range(_MOST_ROUNDS):
            if not found.make_calls():
                break
        found.take_back_calls()
        for part, calls in zip(parts, before, strict=True):
            if found.calls(part) < calls:
                found.assign(part)


def _worth(links: int, at_first: int) -> float:
    """What part of a call it is worth to take off one more link of an overhang, of which there were more at first.

    Together all of them are worth the one call that is saved, the first of them three times as much as the last.
    """
    if links <= 0:
        return 0.0
    return (0.5 + (links - 1) / (at_first - 1)) / at_first if at_first > 1 else 1.0


class _Overhangs:
    """The calls of these parts while they are chosen. Lists have a place for each end of the sheet.

    ``over``: the links of a large end that none of its full calls has room for, below zero the room that is left.
    """

    def __init__(self, sharing: Sharing, parts: Sequence[Sequence[int]], end_of: list[int]) -> None:
        self._sharing, self._end_of = sharing, end_of
        loads = zip(sharing.load, sharing.waiting, sharing.graph.rooms, strict=True)
        self._is_large = bytearray(load > 0 or waiting > room for load, waiting, room in loads)
        self._small = [end for part in parts for end in part if not self._is_large[end]]
        self._large = [end for part in parts for end in part if self._is_large[end]]
        self._called = bytearray(len(sharing.waiting))
        self._large_links = [0] * len(sharing.waiting)
        self._near: dict[int, list[int]] = {}
        self._full_calls = [0] * len(sharing.waiting)
        self._over = [0] * len(sharing.waiting)
        self._most_over = [0] * len(sharing.waiting)  # while no small end makes a call
        self._worth = [0.0] * len(sharing.waiting)
        self._values = [0.0] * len(sharing.waiting)
        self._take_in()
        self._calling = bytearray(self._called)

    def calls(self, part: Iterable[int]) -> int:
        """How many calls the ends of a part make."""
        load, rooms, calls = self._sharing.load, self._sharing.graph.rooms, 0
        for end in part:
            calls += -(-load[end] // rooms[end]) + self._calling[end] + self._full_calls[end] + (self._over[end] > 0)
        return calls

    def release_calls(self) -> None:
        """Keep of the calls that small ends make only those that links between small ends need."""
        needed = []
        for end in self._small:
            if self._calling[end]:
                self._calling[end] = 0
                if self._is_needed(end):
                    self._calling[end] = 1
                    needed.append(end)
        self._over[:] = self._most_over
        for end in needed:
            self._shift(end, -1)
        self._fill_calls()

    def make_calls(self) -> int:
        """One round: value every link of an overhang, and make the calls that are worth it; returns how many."""
        over, worth, values = self._over, self._worth, self._value_all()
        at_first = {end: over[end] for end in self._large}
        heap = [(-values[end], end) for end in self._small if values[end] > 1 + _TINY and not self._calling[end]]
        heapify(heap)
        made = 0
        while heap:
            promised, end = heap[0]
            # Less than promised, where other calls took off what this one would have.
            value = -sum([worth[large] for large in self._larges_near(end)])
            if value >= -1 - _TINY:
                heappop(heap)
            elif value > promised + _TINY:
                heapreplace(heap, (value, end))
            else:
                heappop(heap)
                made += 1
                self._calling[end] = 1
                self._shift(end, -1)
                for large in self._larges_near(end):
                    worth[large] = _worth(over[large], at_first[large])
        return made

    def take_back_calls(self) -> None:
        """Give up each call of a small end whose links its other ends have room for."""
        rooms, over = self._sharing.graph.rooms, self._over
        for end in self._small:
            if self._calling[end]:
                fits = all(0 < over[large] < rooms[large] or over[large] < 0 for large in self._larges_near(end))
                if fits and not self._is_needed(end):
                    self._calling[end] = 0
                    self._shift(end, 1)

    def assign(self, part: Iterable[int]) -> None:
        """Small ends that make a call send all their links, and of two such ends the parent; large ends send the others."""
        calling, end_of, graph = self._calling, self._end_of, self._sharing.graph
        for end in part:
            if not self._is_large[end] and (calling[end] or self._called[end]):
                others = graph.others_of(end)
                for link in self._sharing.open_links(end):
                    other = others[link]
                    end_of[link] = other if not calling[end] or (calling[other] and other < end) else end

    def _take_in(self) -> None:
        """Count the calls that stand in ``end_of``."""
        sharing, end_of, is_large = self._sharing, self._end_of, self._is_large
        called, large_links = self._called, self._large_links
        for end in self._large:
            others, lent, left = sharing.graph.others_of(end), 0, 0
            for link in sharing.open_links(end):
                other = others[link]
                large_links[other] += 1
                if end_of[link] == other:
                    if is_large[other]:
                        lent += 1
                    else:
                        called[other] = 1
                        left += 1
            self._most_over[end] = sharing.waiting[end] - sharing.slack(end) - lent
            self._over[end] = self._most_over[end] - left
        for end in self._small:
            if large_links[end] < sharing.waiting[end] and not called[end]:
                called[end] = any(end_of[link] == end for link in sharing.open_links(end))
        self._fill_calls()

    def _fill_calls(self) -> None:
        """As many full calls of each large end as its links make."""
        for end in self._large:
            self._full_calls[end] = 0
            if self._over[end] > 0:
                self._full_calls[end], self._over[end] = divmod(self._over[end], self._sharing.graph.rooms[end])

    def _is_needed(self, end: int) -> bool:
        """Whether a small end has a link to a small end that makes no call."""
        if self._large_links[end] == self._sharing.waiting[end]:
            return False
        others = self._sharing.graph.others_of(end)
        near = [others[link] for link in self._sharing.open_links(end)]
        return any(not self._is_large[other] and not self._calling[other] for other in near)

    def _larges_near(self, end: int) -> list[int]:
        near = self._near.get(end)
        if near is None:
            others = self._sharing.graph.others_of(end)
            near = self._near[end] = [others[link] for link in self._sharing.open_links(end) if self._is_large[others[link]]]
        return near

    def _shift(self, end: int, by: int) -> None:
        """So many links more at each large end near this one are left to it."""
        for large in self._larges_near(end):
            self._over[large] += by

    def _value_all(self) -> list[float]:
        """What a call of each small end would take off the overhangs as they are."""
        worth, values = self._worth, self._values
        for end in self._small:
            values[end] = 0.0
        for end in self._large:
            value = worth[end] = _worth(self._over[end], self._over[end])
            if value:
                others = self._sharing.graph.others_of(end)
                for link in self._sharing.open_links(end):
                    values[others[link]] += value
        return values
