"""The smallest cover of a bipartite graph: it touches every edge, and no smaller set does."""

from itertools import combinations
from random import Random

import pytest

from desktop.domain.planning.matching import Matching

Near = list[list[int]]


def cover_of(neighbours: Near, rights: int, most_steps: int = 10**6) -> set[tuple[str, int]]:
    matching = Matching(neighbours, rights)
    matching.grow(most_steps)
    lefts, others = matching.cover()
    return {("l", n) for n, is_in in enumerate(lefts) if is_in} | {("r", n) for n, is_in in enumerate(others) if is_in}


def touches_all(cover: set[tuple[str, int]], neighbours: Near) -> bool:
    return all(("l", left) in cover or ("r", right) in cover for left, near in enumerate(neighbours) for right in near)


def smallest(neighbours: Near, rights: int) -> int:
    """The size of a smallest cover, found by trying all of them."""
    vertices = [("l", n) for n in range(len(neighbours))] + [("r", n) for n in range(rights)]
    return next(
        size
        for size in range(len(vertices) + 1)
        if any(touches_all(set(some), neighbours) for some in combinations(vertices, size))
    )


def drawn(seed: int, lefts: int, rights: int, edges: int) -> Near:
    dice, near = Random(seed), [set[int]() for _ in range(lefts)]
    for _ in range(edges):
        near[dice.randrange(lefts)].add(dice.randrange(rights))
    return [sorted(some) for some in near]


@pytest.mark.parametrize("seed", range(30))
def test_no_smaller_set_touches_every_edge(seed: int) -> None:
    neighbours = drawn(seed, 5, 5, 4 + seed % 9)
    cover = cover_of(neighbours, 5)
    assert touches_all(cover, neighbours) and len(cover) == smallest(neighbours, 5)


def test_a_matching_that_began_badly_is_grown_along_longer_paths() -> None:
    """A ladder on which the greedy start takes edges that have to be given back."""
    rungs = 40
    neighbours = [[n, n + 1] for n in range(rungs)] + [[0]]
    assert len(cover_of(neighbours, rungs + 1)) == rungs + 1


@pytest.mark.parametrize("most_steps", [0, 1, 50, 200])
def test_work_that_was_cut_short_still_touches_every_edge(most_steps: int) -> None:
    neighbours = drawn(3, 60, 60, 150)
    bounded, whole = cover_of(neighbours, 60, most_steps), cover_of(neighbours, 60)
    assert touches_all(bounded, neighbours) and len(bounded) >= len(whole)


def test_of_equal_covers_the_one_with_most_left_vertices_is_taken() -> None:
    assert cover_of([[0], [1]], 2) == {("l", 0), ("l", 1)}
    assert cover_of([[0], [0]], 1) == {("r", 0)}
    assert cover_of([[], []], 3) == set() == cover_of([], 0)
