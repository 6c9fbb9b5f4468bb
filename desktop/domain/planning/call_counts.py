"""How many calls each end of one connected part of a sheet makes, and what is still short then; decides nothing.

Ends are of two kinds here. A *small* end has room for all its links in one call: it makes that call and sends them all,
or it makes none. A *large* end makes calls for what the small ends around it leave to it. A link between two large ends
is lent by one that is short to one that has room. The *shortage* of a large end is the number of its links that none of
its calls has room for (below zero: its slack); that of a small end without a call, its links to small ends without one.
"""

from collections.abc import Iterator, Sequence

from desktop.domain.planning.link_graph import Sharing


class CallCounts:
    """The calls of one part, whose ends are numbered anew from 0. Owned by the search that changes it."""

    def __init__(self, sharing: Sharing, ends: Sequence[int], start: Sequence[int]) -> None:
        """``ends``: what OPEN links connect, in the sharing. ``start[link]``: the end that each of these is sent from now."""
        rooms = sharing.graph.rooms
        self._sharing, self._ends = sharing, ends
        self._links_at = [sharing.open_links(end) for end in ends]
        self.room = [rooms[end] for end in ends]
        self.is_large = [sharing.load[end] > 0 or sharing.waiting[end] > rooms[end] for end in ends]
        self.small_near: list[list[int]] = []  # small neighbours
        self.helped: list[list[int]] = []  # neighbours whose shortage a call of this end lessens
        self.lendable: list[list[tuple[int, int]]] = []  # links between large ends, each with its other end
        self._find_neighbours()
        number = {end: place for place, end in enumerate(ends)}
        self.sender = {link: number[start[link]] for near in self.lendable for link, _ in near}
        self.need = [self._need(end) for end in range(len(ends))]
        self.shortage = list(self.need)
        self.short = {end for end, need in enumerate(self.need) if need > 0}
        self.calls = [0] * len(ends)
        self.calling: list[int] = []  # the ends that make calls, in no order
        self._place = [0] * len(ends)
        self._open_first_calls(start)
        self.keep()

    def open_call(self, end: int) -> None:
        """Count one call more from this end."""
        if not self.calls[end]:
            self._place[end] = len(self.calling)
            self.calling.append(end)
        self.calls[end] += 1
        self._shift(end, -self.room[end])
        for other in self.helped[end]:
            self._shift(other, -1)

    def close_call(self, end: int) -> None:
        """Count one call less from this end."""
        self.calls[end] -= 1
        self._shift(end, self.room[end])
        for other in self.helped[end]:
            self._shift(other, 1)
        if not self.calls[end]:
            last, place = self.calling.pop(), self._place[end]
            if last != end:
                self.calling[place], self._place[last] = last, place

    def lend(self) -> None:
        """Let large ends that are short leave links to large neighbours with slack."""
        for end in [end for end in self.short if self.lendable[end]]:
            for link, other in self.lendable[end]:
                if self.shortage[end] > 0 > self.shortage[other] and self.sender[link] == end:
                    self.sender[link] = other
                    self._shift(end, -1)
                    self._shift(other, 1)

    def keep(self) -> None:
        """Remember these calls, with which nothing is short, as the best so far."""
        self._kept_calls, self._kept_senders = list(self.calls), dict(self.sender)

    def kept(self) -> Iterator[tuple[int, int]]:
        """Each link of the part with the end, as the sharing numbers it, that sends it by the calls remembered."""
        parents, both = self._sharing.graph.parents, self._sharing.graph.both
        number = {end: place for place, end in enumerate(self._ends)}
        for place, end in enumerate(self._ends):
            for link in self._links_at[place]:
                if parents[link] == end:
                    other = both[link] - end
                    yield link, end if self._is_sender(link, place, number[other]) else other

    def _is_sender(self, link: int, parent: int, related: int) -> bool:
        """Whether the parent's end sends the link: small ends with a call come first, and of two such ends the parent."""
        if self.is_large[parent] and self.is_large[related]:
            return self._kept_senders[link] == parent
        if self.is_large[parent]:
            return not self._kept_calls[related]
        return bool(self._kept_calls[parent])

    def _find_neighbours(self) -> None:
        number = {end: place for place, end in enumerate(self._ends)}
        both, is_large = self._sharing.graph.both, self.is_large
        for place, end in enumerate(self._ends):
            near = [(link, number[both[link] - end]) for link in self._links_at[place]]
            self.small_near.append([other for _, other in near if not is_large[other]])
            self.helped.append([] if is_large[place] else [other for _, other in near])
            self.lendable.append([one for one in near if is_large[one[1]]] if is_large[place] else [])

    def _need(self, end: int) -> int:
        """The shortage of an end while nobody makes a call."""
        if not self.is_large[end]:
            return len(self.small_near[end])
        lent = sum(self.sender[link] != end for link, _ in self.lendable[end])
        return len(self._links_at[end]) - lent - self._sharing.slack(self._ends[end])

    def _open_first_calls(self, start: Sequence[int]) -> None:
        for place, end in enumerate(self._ends):
            sent = sum(start[link] == end for link in self._links_at[place])
            if self.is_large[place]:
                sent -= self._sharing.slack(end)
            for _ in range(0, sent, self.room[place]):
                self.open_call(place)

    def _shift(self, end: int, by: int) -> None:
        shortage = self.shortage[end] = self.shortage[end] + by
        if shortage > 0:
            self.short.add(end)
        else:
            self.short.discard(end)
