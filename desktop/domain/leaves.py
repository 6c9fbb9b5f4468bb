"""The links about which nothing needs to be searched: those at records that have no other link, and what follows.

Two rules, each without loss whatever the rest of the sheet looks like, repeated until neither applies:

1. A record whose only undecided link is this one leaves it to the other end: a call of its own would cost one more
   call, and the other end needs at most one more for it.
2. A call that must be made anyway and has room for all that is undecided at its end takes it: that costs nothing.

Most sheets are decided by these rules alone. (They are the leaf rule for vertex covers, Karp and Sipser 1981, for
vertices that cover 100 edges at a time.)
"""

from desktop.domain.link_graph import OPEN, Sharing


def settle_leaves(sharing: Sharing) -> None:
    """Decide every link that the two rules reach; the others stay OPEN."""
    waiting, load, rooms = sharing.waiting, sharing.load, sharing.graph.rooms
    ends = [end for end, links in enumerate(waiting) if links == 1]
    while ends:
        end = ends.pop()
        links = waiting[end]
        if links and load[end] and -load[end] % rooms[end] >= links:
            _take_all(sharing, end, ends)
        elif links == 1:
            taker = _leave(sharing, end)
            left = waiting[taker]
            if left == 1 or (left and -load[taker] % rooms[taker] >= left):
                ends.append(taker)


def _leave(sharing: Sharing, end: int) -> int:
    """The last link of an end goes to its other end, of two such ends to the parent record; returns who takes it."""
    graph, end_of, waiting = sharing.graph, sharing.end_of, sharing.waiting
    for link in graph.links_at[end]:
        if end_of[link] == OPEN:
            break
    other = graph.both[link] - end
    taker = graph.parents[link] if waiting[other] == 1 else other
    end_of[link] = taker
    sharing.load[taker] += 1
    waiting[end] -= 1
    waiting[other] -= 1
    return taker


def _take_all(sharing: Sharing, end: int, ends: list[int]) -> None:
    waiting, both = sharing.waiting, sharing.graph.both
    links = sharing.open_links(end)
    sharing.give(links, end)
    for link in links:
        other = both[link] - end
        if waiting[other] == 1 or (sharing.load[other] and 0 < waiting[other] <= sharing.slack(other)):
            ends.append(other)
