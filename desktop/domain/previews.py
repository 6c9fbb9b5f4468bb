"""A plan as the user thinks of it: their own parents in sheet order, under each its links, and the counts to confirm.

Both values look at every link, so for a large sheet they are made off the window's thread.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress

from desktop.domain.entries import Links
from desktop.domain.findings import Findings, Presence, reads_to_look
from desktop.domain.plans import Plan, Side
from desktop.domain.records import RecordId

Parent = tuple[str, RecordId]


class LinkFate(IntEnum):
    """What the plan does with a link, as far as is known. UNCLEAR: it is sent, but could not be read before."""

    WILL_BE_SENT = 0
    NOT_LINKED = 1
    NOT_FOUND = 2
    HELD_BACK = 3
    UNCLEAR = 4


SENT = (LinkFate.WILL_BE_SENT, LinkFate.UNCLEAR)
_FATES = {Presence.NOT_LINKED: LinkFate.NOT_LINKED, Presence.NOT_FOUND: LinkFate.NOT_FOUND, Presence.UNCLEAR: LinkFate.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Unticked:
    """What the user does not want: whole parents by their place, and single links by number."""

    places: frozenset[int] = frozenset()
    links: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.places or self.links)


@dataclass(frozen=True, slots=True)
class Preview:
    """``parents[place]`` is a module and a record id, ``members[place]`` the numbers of its links, ``fates`` by number.

    ``counts[fate][place]`` is how many links of a parent have a fate.
    """

    parents: Sequence[Parent]
    members: Sequence[Sequence[int]]
    fates: bytearray
    counts: Mapping[LinkFate, Sequence[int]]

    @classmethod
    def of(cls, links: Links, findings: Findings | None = None) -> "Preview":
        """All links of a sheet by their parents, in sheet order."""
        groups: dict[Parent, list[int]] = {}
        modules = [relation.parent_module for relation in links.relations]
        for number, (relation, parent_id) in enumerate(zip(links.relation_of, links.parent_ids, strict=True)):
            groups.setdefault((modules[relation], parent_id), []).append(number)
        members = list(groups.values())
        fates = _fates_of(links, findings)
        return cls(list(groups), members, fates, _counts_of(members, fates))

    def with_findings(self, links: Links, findings: Findings) -> "Preview":
        """The same after a look into the CRM."""
        fates = _fates_of(links, findings)
        return Preview(self.parents, self.members, fates, _counts_of(self.members, fates))

    def count(self, *fates: LinkFate) -> int:
        """How many links have one of these fates."""
        return sum(map(self.fates.count, fates))

    def places_with(self, *fates: LinkFate) -> list[int]:
        """The places of parents that have such a link, in order."""
        either = map(any, zip(*(self.counts[fate] for fate in fates), strict=True))
        return list(compress(range(len(self.parents)), either))

    def ticked(self, unticked: Unticked) -> list[int]:
        """The links that are sent when these are left out."""
        fates, left_out = self.fates, unticked.links
        places = (place for place in range(len(self.parents)) if place not in unticked.places)
        return [link for place in places for link in self.members[place] if fates[link] in SENT and link not in left_out]


def _fates_of(links: Links, findings: Findings | None) -> bytearray:
    fates = bytearray(len(links))
    if findings is not None:
        for presence, fate in _FATES.items():
            for link in findings.links_with(presence):
                fates[link] = fate
    for link in () if links.included else links.suspicious:
        fates[link] = LinkFate.HELD_BACK
    return fates


def _counts_of(members: Sequence[Sequence[int]], fates: bytearray) -> Mapping[LinkFate, Sequence[int]]:
    by_value = [array("L", bytes(array("L").itemsize * len(members))) for _ in LinkFate]
    for place, some in enumerate(members):
        for link in some:
            by_value[fates[link]][place] += 1
    return dict(zip(LinkFate, by_value, strict=True))


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """How many parents and related records a plan touches, and the calls for each of the sheet's parents.

    ``calls_of`` counts those addressed from the parent itself, ``shared_by`` those addressed from a related record, which
    serve several parents at once. ``reads`` is how many reads a look at the links takes at most.
    """

    parents: int
    related: int
    calls_of: Mapping[RecordId, int]
    shared_by: Mapping[RecordId, int]
    reads: int

    @classmethod
    def of(cls, plan: Plan) -> "PlanFacts":
        """The facts of a plan."""
        calls_of: dict[RecordId, int] = {}
        shared_by: dict[RecordId, int] = {}
        related: set[RecordId] = set()
        for batch in plan.batches:
            if batch.side is Side.PARENT:
                calls_of[batch.call_parent_id] = calls_of.get(batch.call_parent_id, 0) + 1
                related.update(batch.ids)
            else:
                related.add(batch.call_parent_id)
                for parent_id in batch.ids:
                    shared_by[parent_id] = shared_by.get(parent_id, 0) + 1
        parents = len(calls_of) + sum(parent_id not in calls_of for parent_id in shared_by)
        return cls(parents, len(related), calls_of, shared_by, reads_to_look(plan))
