"""From which of its two ends each link is sent, so that the calls are as few as can be found.

The problem. Every link is sent from one of its two records. A call is addressed from one record and takes at most 100
links of it. Wanted is the assignment with the smallest sum of calls over all records: a star cover of a bipartite graph
with stars of at most 100 edges. While no record has more than 100 links, that is a smallest vertex cover, which is found
exactly and fast; records with more links make it as hard as set covers.

The method, each step on what the one before leaves open:

1. Links at records with no other link, and what follows from them, are decided by two rules without loss (leaves.py).
2. A record with more links than fit into one call counts as several, each with up to 100 of its links: those first whose
   other record has few links. Among these pieces a smallest vertex cover is found by König's theorem (matching.py).
   Where no record was cut into pieces, that is the fewest calls.
3. Elsewhere a local search over the calls goes on from there (call_search.py), part by part.
4. Links go back to their parent record where that costs nothing more.

The work of 2 and 3 is bounded, so that a million links are planned in seconds; what is found by then is used.
"""

from collections.abc import Iterator

from desktop.domain.call_counts import CallCounts
from desktop.domain.call_search import CallSearch
from desktop.domain.leaves import settle_leaves
from desktop.domain.link_graph import OPEN, LinkGraph, Sharing
from desktop.domain.matching import Matching

# In steps of well below a microsecond: an edge or a neighbour looked at.
_MATCHING_WORK = 2_500_000
_SEARCH_WORK = 400_000

_PAID = -1


def choose_sides(graph: LinkGraph) -> list[int]:
    """For each link the end that sends it."""
    sharing = Sharing(graph)
    settle_leaves(sharing)
    end_of = _cover(sharing)
    if any(_is_large(sharing, end) for end, waiting in enumerate(sharing.waiting) if waiting):
        _search(sharing, end_of)
    _give_back(graph, end_of)
    return end_of


def _search(sharing: Sharing, end_of: list[int]) -> None:
    """Look for fewer calls in every part in which a record was cut into pieces; each gets its share of the work."""
    parts = [part for part in _parts(sharing) if any(_is_large(sharing, end) for end in part)]
    sizes = [sum(sharing.waiting[end] for end in part) for part in parts]
    for part, size in zip(parts, sizes, strict=True):
        counts = CallCounts(sharing, part, end_of)
        CallSearch(counts).run(_SEARCH_WORK * size // sum(sizes))
        for link, end in counts.kept():
            end_of[link] = end


def _is_large(sharing: Sharing, end: int) -> bool:
    """Whether the links at an end do not fit into one call."""
    return sharing.load[end] + sharing.waiting[end] > sharing.graph.rooms[end]


def _cover(sharing: Sharing) -> list[int]:
    """For each link an end to start from: that of a small cover of the pieces for those that are OPEN."""
    graph = sharing.graph
    piece_at_parent, lefts = _pieces(sharing, range(graph.parent_ends))
    piece_at_related, rights = _pieces(sharing, range(graph.parent_ends, len(graph.rooms)))
    neighbours: list[list[int]] = [[] for _ in range(lefts)]
    for left, right in zip(piece_at_parent, piece_at_related, strict=True):
        if left >= 0 and right >= 0:
            neighbours[left].append(right)
    matching = Matching(neighbours, rights)
    matching.grow(_MATCHING_WORK - 2 * len(graph.both))
    in_left, in_right = matching.cover()
    if lefts <= sum(in_left) + sum(in_right):
        in_left, in_right = bytearray(b"\1") * lefts, bytearray(rights)
    start = list(sharing.end_of)
    for link, left in enumerate(piece_at_parent):
        if start[link] == OPEN:
            right = piece_at_related[link]
            by_parent = left == _PAID or (right != _PAID and in_left[left])
            start[link] = graph.parents[link] if by_parent else graph.relateds[link]
    return start


def _pieces(sharing: Sharing, ends: range) -> tuple[list[int], int]:
    """For each OPEN link its piece at these ends, PAID if a call that is made anyway takes it; and how many there are."""
    piece_of, pieces = [_PAID] * len(sharing.end_of), 0
    for end in ends:
        if not sharing.waiting[end]:
            continue
        links, room = sharing.open_links(end), sharing.graph.rooms[end]
        if _is_large(sharing, end):
            links = sorted(links, key=lambda link: sharing.waiting[sharing.graph.both[link] - end])[sharing.slack(end) :]
        for first in range(0, len(links), room):
            for link in links[first : first + room]:
                piece_of[link] = pieces
            pieces += 1
    return piece_of, pieces


def _parts(sharing: Sharing) -> Iterator[list[int]]:
    """The ends that OPEN links connect, one connected part after the other."""
    both, seen = sharing.graph.both, bytearray(len(sharing.waiting))
    for first, waiting in enumerate(sharing.waiting):
        if waiting and not seen[first]:
            seen[first] = 1
            part = [first]
            for end in part:
                for link in sharing.open_links(end):
                    other = both[link] - end
                    if not seen[other]:
                        seen[other] = 1
                        part.append(other)
            yield part


def _give_back(graph: LinkGraph, end_of: list[int]) -> None:
    """Let parent records send what they can send without a further call, or with one that saves one elsewhere."""
    load = [0] * len(graph.rooms)
    for end in end_of:
        load[end] += 1
    for related in range(graph.parent_ends, len(graph.rooms)):
        if not load[related]:
            continue
        kept = []
        for link in graph.links_at[related]:
            if end_of[link] == related:
                parent = graph.parents[link]
                if -load[parent] % graph.rooms[parent]:
                    end_of[link] = parent
                    load[parent] += 1
                else:
                    kept.append(link)
        if len(kept) == 1:
            end_of[kept[0]] = graph.parents[kept[0]]
            load[graph.parents[kept[0]]] += 1
