"""The links about which nothing needs to be searched: those at records that have no other link, and what follows.

Two rules, each without loss whatever the rest of the sheet looks like, repeated until neither applies:

1. A record whose only undecided link is this one leaves it to the other end: a call of its own would cost one more
   call, and the other end needs at most one more for it.
2. A call that must be made anyway and has room for all that is undecided at its end takes it: that costs nothing.

Most sheets are decided by these rules alone. (They are the leaf rule for vertex covers, Karp and Sipser 1981, for
vertices that cover 100 edges at a time.)
"""

from desktop.domain.link_graph import Sharing


def settle_leaves(sharing: Sharing) -> None:
    """Decide every link that the two rules reach; the others stay OPEN."""
    waiting = sharing.waiting
    ends = [end for end, links in enumerate(waiting) if links == 1]
    while ends:
        end = ends.pop()
        if not waiting[end]:
            continue
        if sharing.load[end] and sharing.slack(end) >= waiting[end]:
            _take_all(sharing, end, ends)
        elif waiting[end] == 1:
            _leave(sharing, end, ends)


def _take_all(sharing: Sharing, end: int, ends: list[int]) -> None:
    links = sharing.open_links(end)
    sharing.give(links, end)
    for link in links:
        other = sharing.graph.both[link] - end
        if _is_due(sharing, other):
            ends.append(other)


def _leave(sharing: Sharing, end: int, ends: list[int]) -> None:
    """The last link of an end goes to its other end; of two such ends the parent record takes it."""
    link = next(link for link in sharing.graph.links_at[end] if sharing.end_of[link] < 0)
    other = sharing.graph.both[link] - end
    taker = sharing.graph.parents[link] if sharing.waiting[other] == 1 else other
    sharing.give((link,), taker)
    if _is_due(sharing, taker):
        ends.append(taker)


def _is_due(sharing: Sharing, end: int) -> bool:
    links = sharing.waiting[end]
    return links == 1 or (links > 0 and sharing.load[end] > 0 and sharing.slack(end) >= links)
