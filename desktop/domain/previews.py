"""A plan as the user thinks of it: their own parents in sheet order, under each its links, and the counts to confirm.

What looks at every link is done off the window's thread for a large sheet: to make these values, and to find among them.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, compress

from desktop.domain.entries import Links
from desktop.domain.findings import Findings, Presence, reads_to_look
from desktop.domain.planning.plans import Plan, Side
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
_FATE_OF_PRESENCE = bytes(_FATES.get(Presence(n), LinkFate.WILL_BE_SENT) if n in list(Presence) else 0 for n in range(256))


@dataclass(frozen=True, slots=True)
class Unticked:
    """What the user does not want: 1 by the position of a link in the preview; empty where all is."""

    left_out: bytes = b""

    def __bool__(self) -> bool:
        return 1 in self.left_out


@dataclass(frozen=True, slots=True)
class Shown:
    """The places of the parents that search and filter leave, in order, and by position 1 for each link of theirs."""

    places: Sequence[int]
    positions: bytes


@dataclass(frozen=True, slots=True)
class Preview:
    """All links of a sheet, parent after parent in sheet order. A parent has a place, a link of it a position.

    In columns: ``order[position]`` is the number of a link; ``starts[place]`` is the first position of a parent, and behind
    the last one stands the number of links. ``fates`` are by link number; ``counts[fate][place]`` is how many links of a
    parent have a fate.
    """

    links: Links
    order: Sequence[int]
    starts: Sequence[int]
    fates: bytes
    counts: Mapping[LinkFate, Sequence[int]]

    @classmethod
    def of(cls, links: Links, findings: Findings | None = None) -> "Preview":
        """All links of a sheet by their parents."""
        place_of, sizes = _places_of(links)
        starts = array("L", accumulate(sizes, initial=0))
        order, free = array("L", bytes(starts.itemsize * len(links))), list(starts)
        for link, place in enumerate(place_of):
            order[free[place]] = link
            free[place] += 1
        fates = _fates_of(links, findings)
        return cls(links, order, starts, fates, _counts_of(order, starts, fates))

    def with_findings(self, findings: Findings | None) -> "Preview":
        """The same after a look into the CRM, or as if there had been none."""
        fates = _fates_of(self.links, findings)
        return Preview(self.links, self.order, self.starts, fates, _counts_of(self.order, self.starts, fates))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def parent(self, place: int) -> Parent:
        """The module and the record id of a parent."""
        first = self.order[self.starts[place]]
        return self.links.relation(first).parent_module, self.links.parent_ids[first]

    def positions_of(self, place: int) -> range:
        return range(self.starts[place], self.starts[place + 1])

    def count(self, *fates: LinkFate) -> int:
        """How many links have one of these fates."""
        return sum(map(self.fates.count, fates))

    def everything(self) -> Shown:
        """Choose every parent."""
        return Shown(range(len(self)), b"\1" * len(self.order))

    def find(self, text: str, names: Mapping[RecordId, str], fates: Collection[LinkFate]) -> Shown:
        """The parents whose id or name, or the id of one of whose links, contains the text, with a link of one of the fates.

        Looks at every link. An empty text and no fates leave every parent.
        """
        sought = text.strip().lower()
        if not sought and not fates:
            return self.everything()
        found = self._with_text(sought, names) if sought else bytearray(b"\1") * len(self)
        for place in [place for place, is_found in enumerate(found) if is_found] if fates else ():
            found[place] = any(self.counts[fate][place] for fate in fates)
        places = array("L", [place for place, is_found in enumerate(found) if is_found])
        positions = bytearray(len(self.order))
        for place in places:
            start, end = self.starts[place], self.starts[place + 1]
            positions[start:end] = b"\1" * (end - start)
        return Shown(places, bytes(positions))

    def _with_text(self, sought: str, names: Mapping[RecordId, str]) -> bytearray:
        """1 for each place that has the text somewhere."""
        named = {record_id for record_id, name in names.items() if sought in name.lower()}
        parent_ids, related_ids, order, starts = self.links.parent_ids, self.links.related_ids, self.order, self.starts
        found = bytearray(len(self))
        for place in range(len(self)):
            parent_id = parent_ids[order[starts[place]]]
            if sought in parent_id or parent_id in named:
                found[place] = 1
        if sought.isdigit():
            having = bytearray([sought in related_id for related_id in related_ids])
            for place in [place for place, is_found in enumerate(found) if not is_found]:
                found[place] = any(having[link] for link in order[starts[place] : starts[place + 1]])
        return found

    def ticked(self, unticked: Unticked) -> list[int]:
        """The numbers of the links that are sent when these are left out, in sheet order."""
        is_sent = bytearray(fate in SENT for fate in self.fates)
        for position in [position for position, is_out in enumerate(unticked.left_out) if is_out]:
            is_sent[self.order[position]] = 0
        return list(compress(range(len(is_sent)), is_sent))


def _places_of(links: Links) -> tuple[Sequence[int], list[int]]:
    """For each link the place of its parent; and for each place how many links it has."""
    of_module: dict[str, dict[RecordId, int]] = {relation.parent_module: {} for relation in links.relations}
    places = [of_module[relation.parent_module] for relation in links.relations]
    place_of, sizes = array("L"), list[int]()
    for relation, parent_id in zip(links.relation_of, links.parent_ids, strict=True):
        place = places[relation].setdefault(parent_id, len(sizes))
        if place == len(sizes):
            sizes.append(0)
        sizes[place] += 1
        place_of.append(place)
    return place_of, sizes


def _fates_of(links: Links, findings: Findings | None) -> bytes:
    fates = bytearray(len(links)) if findings is None else findings.presence.translate(_FATE_OF_PRESENCE)
    for link in () if links.included else links.suspicious:
        fates[link] = LinkFate.HELD_BACK
    return bytes(fates)


def _counts_of(order: Sequence[int], starts: Sequence[int], fates: bytes) -> Mapping[LinkFate, Sequence[int]]:
    by_position = bytes([fates[link] for link in order])
    ends = [(starts[place], starts[place + 1]) for place in range(len(starts) - 1)]
    return {fate: array("L", [by_position.count(fate, start, end) for start, end in ends]) for fate in LinkFate}


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
        """Work out the facts of a plan."""
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
