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
3. Elsewhere it goes on from there, part by part: in a part of many links what is over the full calls is shared out to
   other records (overhangs.py), and a part that is not too large is searched for fewer calls (call_search.py).
4. Links go back to their parent record where that costs nothing more.

The work of 2 and 3 is bounded, so that a million links are planned in seconds; what is found by then is used.
"""

from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.collector import let_go
from desktop.domain.planning.call_counts import CallCounts
from desktop.domain.planning.call_search import CallSearch
from desktop.domain.planning.leaves import settle_leaves
from desktop.domain.planning.link_graph import OPEN, LinkGraph, Sharing
from desktop.domain.planning.matching import Matching
from desktop.domain.planning.overhangs import share_overhangs

# In steps of well below a microsecond: an edge or a neighbour looked at.
_MATCHING_WORK = 2_500_000
_SEARCH_WORK = 1_500_000
_LEAST_SEARCH_WORK = 150_000
_LEAST_WORK_OF_A_TRY = 60_000
# In parts of more links the search gets too few looks a link to find much by itself: it begins with shared overhangs.
_MANY_LINKS = 4_000
# A larger part is not searched: to set a search up would take longer than all the rest.
_MOST_LINKS = 100_000

_PAID = -1


def choose_sides(graph: LinkGraph) -> list[int]:
    """For each link the end that sends it."""
    sharing = Sharing(graph)
    settle_leaves(sharing)
    is_large = sharing.large_ends()
    end_of = _cover(sharing, is_large)
    parts = [(part, sum(sharing.waiting[end] for end in part) // 2) for part in _parts(sharing, is_large)]
    share_overhangs(sharing, [part for part, size in parts if size > _MANY_LINKS], end_of)
    _search(sharing, [(part, size) for part, size in parts if size <= _MOST_LINKS], end_of)
    _give_back(graph, end_of)
    return end_of


def _search(sharing: Sharing, parts: Sequence[tuple[Sequence[int], int]], end_of: list[int]) -> None:
    """Look for fewer calls in these parts; each gets its share of the work."""
    all_links = sum(size for _, size in parts)
    total = max(_LEAST_SEARCH_WORK, _SEARCH_WORK - 4 * len(end_of) // 3)
    for part, size in parts:
        work = total * size // all_links
        # A search that is on a wrong way stays on it; several short ones, each from the best so far, find what one misses.
        tries = max(1, work // max(_LEAST_WORK_OF_A_TRY, 20 * size))
        for number in range(tries):
            counts = CallCounts(sharing, part, end_of)
            CallSearch(counts, number).run(work // tries)
            for link, end in counts.kept():
                end_of[link] = end


def _cover(sharing: Sharing, is_large: bytearray) -> list[int]:
    """For each link an end to start from: that of a small cover of the pieces for those that are OPEN."""
    graph, end_of = sharing.graph, list(sharing.end_of)
    relateds = graph.relateds
    waiting = [parent for parent in range(graph.parent_ends) if sharing.waiting[parent]]
    left_of = {parent: left for left, parent in enumerate(waiting)}
    at_parent, lefts = _cut(sharing, [parent for parent in waiting if is_large[parent]], left_of, len(waiting))
    related_ends = range(graph.parent_ends, len(graph.rooms))
    large_relateds = [end for end in related_ends if is_large[end]]
    at_related, rights = _cut(sharing, large_relateds, {end: end for end in large_relateds}, len(graph.rooms))
    neighbours: list[list[int]] = [[] for _ in range(lefts)]
    for first_left, parent in enumerate(waiting):
        links = sharing.open_links(parent)
        if not at_parent and not at_related:
            neighbours[first_left] = [relateds[link] for link in links]
            continue
        for link in links:
            left, right = at_parent.get(link, first_left), at_related.get(link, relateds[link])
            if left == _PAID or right == _PAID:
                end_of[link] = parent if left == _PAID else relateds[link]
            else:
                neighbours[left].append(right)
    in_left = _lefts_of_cover(neighbours, rights, _MATCHING_WORK - 2 * len(end_of))
    let_go(neighbours)
    for first_left, parent in enumerate(waiting):
        for link in sharing.open_links(parent):
            if end_of[link] == OPEN:
                end_of[link] = parent if in_left[at_parent.get(link, first_left)] else relateds[link]
    return end_of


def _lefts_of_cover(neighbours: Sequence[Sequence[int]], rights: int, work: int) -> bytearray:
    """Which left pieces are in the smallest cover that was found, of which all left ones are one."""
    matching = Matching(neighbours, rights)
    matching.grow(work)
    in_left, in_right = matching.cover()
    fewer = sum(in_left) + sum(in_right) < sum(map(bool, neighbours))
    return in_left if fewer else bytearray(b"\1") * len(neighbours)


def _cut(sharing: Sharing, ends: Sequence[int], first_piece: Mapping[int, int], pieces: int) -> tuple[dict[int, int], int]:
    """The piece of each OPEN link at these large ends. The first piece of an end is given, the others are numbered on.

    Returns the first number not used too. A link that a call which is made anyway has room for is in no piece but PAID.
    """
    piece_of: dict[int, int] = {}
    waiting, both = sharing.waiting, sharing.graph.both
    for end in ends:
        links, room, slack = sharing.open_links(end), sharing.graph.rooms[end], sharing.slack(end)
        # Those first whose other record has few links: the last ones are likely to be sent from there.
        by_waiting = sorted(zip([waiting[both[link] - end] for link in links], links, strict=True))
        links = [link for _, link in by_waiting]
        piece_of.update(dict.fromkeys(links[:slack], _PAID))
        piece_of.update(dict.fromkeys(links[slack : slack + room], first_piece[end]))
        for first in range(slack + room, len(links), room):
            piece_of.update(dict.fromkeys(links[first : first + room], pieces))
            pieces += 1
    return piece_of, pieces


def _parts(sharing: Sharing, is_large: bytearray) -> Iterator[list[int]]:
    """The ends that OPEN links connect, one connected part after the other, where one of them is large."""
    graph, seen = sharing.graph, bytearray(len(sharing.waiting))
    for first in [end for end, large in enumerate(is_large) if large]:
        if not seen[first]:
            seen[first] = 1
            part = [first]
            for end in part:
                others = graph.others_of(end)
                for link in sharing.open_links(end):
                    other = others[link]
                    if not seen[other]:
                        seen[other] = 1
                        part.append(other)
            yield part


def _give_back(graph: LinkGraph, end_of: list[int]) -> None:
    """Let parent records send what they can send without a further call, or with one that saves one elsewhere."""
    load = [0] * len(graph.rooms)
    for end in end_of:
        load[end] += 1
    slack = [-links % room for links, room in zip(load, graph.rooms, strict=True)]
    parents, relateds = graph.parents, graph.relateds
    # Looked at: a related record that sends a single link, or one of whose parents has room.
    worth_it = bytearray(links == 1 for links in load)
    for related in [
        related for end, parent, related in zip(end_of, parents, relateds, strict=True) if end == related and slack[parent]
    ]:
        worth_it[related] = 1
    for related in range(graph.parent_ends, len(graph.rooms)):
        if worth_it[related]:
            sent = [link for link in graph.links_at[related] if end_of[link] == related]
            back = [link for link in sent if slack[parents[link]]]
            if len(back) >= len(sent) - 1:
                back = sent
            for link in back:
                parent = parents[link]
                end_of[link] = parent
                if not slack[parent]:
                    for other in graph.links_at[parent]:
                        worth_it[relateds[other]] = 1
                slack[parent] = (slack[parent] - 1) % graph.rooms[parent]
