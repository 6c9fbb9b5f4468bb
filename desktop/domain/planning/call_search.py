"""A search for fewer calls in one connected part of a sheet, where neither a rule nor a matching finds the fewest.

It takes away one call after the other. When something is short then (see call_counts.py), it takes away one more, adds
the call that helps most at one of the short ends, picked by dice, and lets every shortage that stays weigh more from then
on, so that it does not run in circles. That is local search with row weighting, as found for set covers (Gao, Weise and
Li 2015) and for vertex covers (NuMVC: Cai, Su, Luo and Sattar 2013), here with calls that cover 100 links.

The dice are seeded, and the work is counted in looks at an end, not in seconds: the same sheet gives the same plan.
"""

from collections.abc import Sequence
from random import Random

from desktop.domain.planning.call_counts import CallCounts

# Of more candidates than this only so many are looked at, picked by dice.
_MOST_TO_CLOSE = 40
_MOST_TO_OPEN = 120


class CallSearch:
    """One search, run once; the fewest calls found are kept by the counts. Each ``seed`` makes another way through."""

    def __init__(self, counts: CallCounts, seed: int) -> None:
        self._counts = counts
        # What one missing link weighs: more where the last call of an end holds few links, which is soon saved.
        sizes = zip(counts.need, counts.room, strict=True)
        self._unit = [1 / ((need - 1) % room + 1) if need > 0 else 0.0 for need, room in sizes]
        self._weight = list(self._unit)
        self._changed_at = [0] * len(counts.need)
        self._time = 0
        self._opened = self._closed = -1
        self._dice = Random(seed).random  # noqa: S311 (chooses among calls, keeps no secret)
        self._work_of_a_look = 1 + sum(map(len, counts.helped)) // len(counts.helped)
        self._work_left = 0

    def run(self, work: int) -> None:
        """Search until so much work is done (neighbours looked at), or a single call is left."""
        counts, self._work_left = self._counts, work
        while self._work_left > 0:
            self._time += 1
            if not counts.short:
                counts.keep()
                if sum(counts.calls) <= 1:
                    break
                self._close_one()
            else:
                self._close_one()
                if counts.short:
                    self._open_one()
                    self._weigh()

    def _close_one(self) -> None:
        """Take away the call that is missed least, and of such the one that was longest untouched."""
        candidates = self._some(self._counts.calling, _MOST_TO_CLOSE)
        losses = [(self._loss(end), self._changed_at[end], end) for end in candidates if end != self._opened]
        if losses:
            end = self._closed = min(losses)[2]
            self._changed_at[end] = self._time
            self._counts.close_call(end)
            self._counts.lend()

    def _open_one(self) -> None:
        """Add the call that helps most at a short end."""
        counts = self._counts
        short = list(counts.short)
        end = short[int(self._dice() * len(short))]
        near = [*counts.small_near[end], *(other for link, other in counts.lendable[end] if counts.sender[link] == end)]
        gains = [
            (-self._gain(other), self._changed_at[other], other)
            for other in (end, *self._some(near, _MOST_TO_OPEN))
            if other != self._closed and (counts.is_large[other] or not counts.calls[other])
        ]
        end = self._opened = min(gains)[2] if gains else self._closed
        self._changed_at[end] = self._time
        counts.open_call(end)
        counts.lend()

    def _weigh(self) -> None:
        for end in self._counts.short:
            self._weight[end] += self._unit[end]

    def _some(self, ends: Sequence[int], most: int) -> Sequence[int]:
        """All of them, or this many picked by dice."""
        count = len(ends)
        self._work_left -= min(count, most) * self._work_of_a_look
        return ends if count <= most else [ends[int(self._dice() * count)] for _ in range(most)]

    def _loss(self, end: int) -> float:
        """The weight of what would be short without a call of this end."""
        shortage, weight, room = self._counts.shortage, self._weight, self._counts.room[end]
        missing = min(room, shortage[end] + room)
        own = weight[end] * missing if missing > 0 else 0.0
        return own + sum([weight[other] for other in self._counts.helped[end] if shortage[other] >= 0])

    def _gain(self, end: int) -> float:
        """The weight of the shortage that one more call of this end would end."""
        counts, weight = self._counts, self._weight
        shortage = counts.shortage
        own = weight[end] * min(counts.room[end], shortage[end]) if shortage[end] > 0 else 0.0
        lent = [weight[other] for link, other in counts.lendable[end] if shortage[other] > 0 and counts.sender[link] == other]
        return own + sum([weight[other] for other in counts.helped[end] if shortage[other] > 0]) + sum(lent)
