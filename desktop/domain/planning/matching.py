"""The smallest vertex cover of a bipartite graph, by König's theorem; knows nothing of links and calls.

König (1931): in a bipartite graph the smallest set of vertices that touches every edge is as large as the largest
matching. The matching is grown along shortest augmenting paths, all of one length at a time (Hopcroft and Karp 1973),
from a greedy one. The cover follows from alternating paths: walk from every unmatched left vertex, to the right over any
edge, to the left over matched ones; the left vertices *not* reached and the right ones that are make the cover.
That set touches every edge whatever the matching is, so the work can be bounded: with a largest matching it is a smallest
cover, else it is larger by the unmatched right vertices that were reached.
"""

from collections.abc import Iterator, Sequence

_FREE = -1
_DEAD_END = -2


class Matching:
    """A matching of a graph that is given as the right neighbours of each left vertex; ``steps`` counts edges looked at."""

    def __init__(self, neighbours: Sequence[Sequence[int]], rights: int) -> None:
        self._neighbours = neighbours
        self._right_of = [_FREE] * len(neighbours)
        self._left_of = [_FREE] * rights
        self._level: list[int] = []
        self._is_largest = False
        self.steps = 0

    def grow(self, most_steps: int) -> None:
        """Make it as large as it can be, or until more than this many edges were looked at."""
        self._start()
        while self.steps < most_steps:
            if not self._layer():
                self._is_largest = True
                break
            self._augment()

    def cover(self) -> tuple[bytearray, bytearray]:
        """Which left and which right vertices are in the cover; of all smallest covers the one with most left ones."""
        if not self._is_largest:
            self._layer(to_the_end=True)
        reached = bytearray(len(self._left_of))
        for left, level in enumerate(self._level):
            if level >= 0:
                for right in self._neighbours[left]:
                    reached[right] = 1
        return bytearray(level < 0 for level in self._level), reached

    def _start(self) -> None:
        """Match each left vertex with a free neighbour, the ones with the fewest neighbours first."""
        left_of, neighbours = self._left_of, self._neighbours
        by_number: dict[int, list[int]] = {}
        for left, near in enumerate(neighbours):
            by_number.setdefault(len(near), []).append(left)
        for _, lefts in sorted(by_number.items()):
            for left in lefts:
                for right in neighbours[left]:
                    if left_of[right] < 0:
                        left_of[right], self._right_of[left] = left, right
                        break

    def _layer(self, *, to_the_end: bool = False) -> bool:
        """Number the left vertices by their distance from unmatched ones; True when an unmatched right one was met.

        Stops behind the layer in which that happens, unless it shall go ``to_the_end``.
        """
        left_of, neighbours = self._left_of, self._neighbours
        level = self._level = [0 if right < 0 else _FREE for right in self._right_of]
        layer = [left for left, right in enumerate(self._right_of) if right < 0]
        met, depth = False, 0
        while layer and (to_the_end or not met):
            depth += 1
            following: list[int] = []
            for left in layer:
                self.steps += len(neighbours[left])
                for right in neighbours[left]:
                    back = left_of[right]
                    if back < 0:
                        met = True
                    elif level[back] == _FREE:
                        level[back] = depth
                        following.append(back)
            layer = following
        return met

    def _augment(self) -> None:
        """Flip shortest augmenting paths that share no vertex until there is none left of this length."""
        untried = [iter(near) if level >= 0 else iter(()) for near, level in zip(self._neighbours, self._level, strict=True)]
        for left in [left for left, right in enumerate(self._right_of) if right < 0]:
            self._search(left, untried)

    def _search(self, start: int, untried: Sequence[Iterator[int]]) -> None:
        """Look for a path from this unmatched left vertex, always one layer further, and flip it."""
        left_of, level = self._left_of, self._level
        path, taken = [start], [_FREE]
        while path:
            left = path[-1]
            for right in untried[left]:
                self.steps += 1
                back = left_of[right]
                if back < 0:
                    taken.append(right)
                    return self._flip(path, taken[1:])
                if level[back] == level[left] + 1:
                    path.append(back)
                    taken.append(right)
                    break
            else:
                level[left] = _DEAD_END
                path.pop()
                taken.pop()
        return None

    def _flip(self, lefts: Sequence[int], rights: Sequence[int]) -> None:
        for left, right in zip(lefts, rights, strict=True):
            self._right_of[left], self._left_of[right] = right, left
