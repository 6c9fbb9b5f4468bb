"""The links about which nothing needs to be searched: those at records that have no other link, and what follows.

Two rules, each without loss whatever the rest of the sheet looks like, repeated until neither applies:

1. A record whose only undecided link is this one leaves it to the other end: a call of its own would cost one more
   call, and the other end needs at most one more for it.
2. A call that must be made anyway and has room for all that is undecided at its end takes it: that costs nothing.

Most sheets are decided by these rules alone. (They are the leaf rule for vertex covers, Karp and Sipser 1981, for
vertices that cover 100 edges at a time.)
"""

from desktop.domain.planning.link_graph import OPEN, Sharing


def settle_leaves(sharing: Sharing) -> None:
    """Decide every link that the two rules reach; the others stay OPEN."""
    waiting, load, end_of, graph = sharing.waiting, sharing.load, sharing.end_of, sharing.graph
    rooms, links_at, both, parents = graph.rooms, graph.links_at, graph.both, graph.parents
    ends = [end for end, links in enumerate(waiting) if links == 1]
    while ends:
        end = ends.pop()
        links = waiting[end]
        if links and load[end] and -load[end] % rooms[end] >= links:
            _take_all(sharing, end, ends)
        elif links == 1:
            for link in links_at[end]:
                if end_of[link] == OPEN:
                    break
            other = both[link] - end
            left = waiting[other] - 1
            # Of two ends with a single link the parent record takes it.
            taker = other if left else parents[link]
            end_of[link] = taker
            load[taker] += 1
            waiting[end] = 0
            waiting[other] = left
            if left == 1 or (left and -load[taker] % rooms[taker] >= left):
                ends.append(taker)


def _take_all(sharing: Sharing, end: int, ends: list[int]) -> None:
    """An end takes its OPEN links; where a rule applies at their other ends then, these are appended to ``ends``."""
    waiting, load, end_of, graph = sharing.waiting, sharing.load, sharing.end_of, sharing.graph
    rooms, both = graph.rooms, graph.both
    for link in graph.links_at[end]:
        if end_of[link] == OPEN:
            end_of[link] = end
            other = both[link] - end
            left = waiting[other] = waiting[other] - 1
            if left == 1 or (left and load[other] and -load[other] % rooms[other] >= left):
                ends.append(other)
    load[end] += waiting[end]
    waiting[end] = 0
