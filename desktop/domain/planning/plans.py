"""Links become calls: which end is the parent of each call, and where a call ends.

Rules. A call names one parent record and as many related ids as fit (call_limits.py: at most 100, in 2,000 characters).
Either end of a link may be the parent of the call where both directions are built in, so ``auto`` gives every link of
such a relation to one of its two ends, so that the calls are as few as sides.py finds: as in the sheet where that costs no
more, and never more calls than from either side alone. A call holds links of one relation and of one side. Calls stand in
the order in which their first links stand in the sheet. A plan is frozen: what the user was shown is what is sent.
"""

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, compress
from typing import overload

from desktop.domain.collector import let_go, without_collector
from desktop.domain.entries import Links
from desktop.domain.planning.call_limits import MAX_IDS, cut, fits_one_call, only_their_number_counts, room_for
from desktop.domain.planning.link_graph import LinkGraph, number_ends
from desktop.domain.planning.sides import choose_sides
from desktop.domain.records import RecordId, are_record_ids
from desktop.domain.relations import Relation, reverse_of

# Calls as lists of link numbers, with 1 for each that is reversed, and how many there would be as in the sheet.
_Found = tuple[list[list[int]], bytearray, int]


class Side(StrEnum):
    """Which end of its links is the parent of a call: the sheet's own parent, or its related record (reversed)."""

    PARENT = "parent"
    RELATED = "related"


class SideChoice(StrEnum):
    """The side from which the user wants links to be sent."""

    AUTO = "auto"
    AS_SHEET = "as-sheet"


@dataclass(frozen=True, slots=True)
class Batch:
    """The links of one call. ``ids[i]`` is the far end of link ``link_numbers[i]``; ``relation`` is the sheet's own.

    ``call_relation`` and ``call_parent_id`` are what the call's address names. A batch that Zoho could not be sent as one
    call, or that would not tell which id is which link, raises ValueError when it is made.
    """

    number: int
    relation: Relation
    side: Side
    call_parent_id: RecordId
    ids: tuple[RecordId, ...]
    link_numbers: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("batches are numbered from 0")
        _check_pairs(self.ids, self.link_numbers)
        if not are_record_ids((self.call_parent_id, *self.ids)):
            raise ValueError("a call names records by their IDs")
        if not fits_one_call(self.ids):
            raise ValueError("that is more than fits into one call")
        if self.side is Side.RELATED and reverse_of(self.relation) is None:
            raise ValueError(f"{self.relation} has no other direction")

    @classmethod
    def of_checked(
        cls,
        number: int,
        relation: Relation,
        side: Side,
        call_parent_id: RecordId,
        ids: tuple[RecordId, ...],
        link_numbers: tuple[int, ...],
    ) -> "Batch":
        """A batch whose maker has checked all this already, for a plan may have a million of them.

        :class:`PlannedCalls` is the only caller: :func:`make_plan` cut its calls within the limits, from links that were
        checked when they were built, and there each link stands once.
        """
        batch = object.__new__(cls)
        assign = object.__setattr__  # as the constructor of a frozen value does
        assign(batch, "number", number)
        assign(batch, "relation", relation)
        assign(batch, "side", side)
        assign(batch, "call_parent_id", call_parent_id)
        assign(batch, "ids", ids)
        assign(batch, "link_numbers", link_numbers)
        return batch

    @property
    def call_relation(self) -> Relation:
        """The relation as the call addresses it: the sheet's own, or its reverse."""
        reverse = reverse_of(self.relation) if self.side is Side.RELATED else None
        return reverse or self.relation

    def __len__(self) -> int:
        return len(self.ids)

    def numbered_ids(self) -> Iterator[tuple[int, RecordId]]:
        """Each link's number with the ID of its far end."""
        return zip(self.link_numbers, self.ids, strict=True)

    def split(self, ids: Container[RecordId]) -> tuple[list[int], list[int]]:
        """The numbers of the links whose far end is among ``ids``, and those of the others."""
        among: list[int] = []
        others: list[int] = []
        for link, far in self.numbered_ids():
            (among if far in ids else others).append(link)
        return among, others

    def part(self, number: int, indexes: Sequence[int]) -> "Batch":
        """The same call for some of its links, under a number of its own."""
        ids = tuple(self.ids[i] for i in indexes)
        return Batch(number, self.relation, self.side, self.call_parent_id, ids, tuple(self.link_numbers[i] for i in indexes))

    def only(self, number: int, links: Container[int]) -> "Batch":
        """The same call for only these of its links, under a number of its own."""
        return self.part(number, [index for index, link in enumerate(self.link_numbers) if link in links])


def _check_pairs(ids: tuple[RecordId, ...], link_numbers: tuple[int, ...]) -> None:
    """Raise ValueError unless each id stands for one link, and each link for one id."""
    if not ids or len(ids) != len(link_numbers):
        raise ValueError("a batch has links, and one id for each")
    if min(link_numbers) < 0:
        raise ValueError("links are numbered from 0")
    if len(frozenset(ids)) < len(ids) or len(frozenset(link_numbers)) < len(ids):
        raise ValueError("a batch names no record and no link twice")


class PlannedCalls(Sequence[Batch]):
    """The calls of a plan in columns, for there may be a million; each is made when it is asked for, numbered from 0."""

    __slots__ = ("_first_places", "_link_numbers", "_links", "_reversed")

    def __init__(self, links: Links) -> None:
        self._links = links
        self._link_numbers = array("L")
        self._first_places = array("L", [0])
        self._reversed = bytearray()

    def extend(self, calls: Sequence[Sequence[int]], are_reversed: bytes | bytearray) -> None:
        """Append a call for each of these lists of link numbers, all of one relation; 1 where it is reversed, else 0."""
        first = len(self._link_numbers)
        self._first_places.extend([first + length for length in accumulate(map(len, calls))])
        for call in calls:
            if not 0 < len(call) <= MAX_IDS:
                raise ValueError("a call has links, and no more than fit")
            self._link_numbers.extend(call)
        self._reversed.extend(are_reversed)

    def __len__(self) -> int:
        return len(self._reversed)

    @overload
    def __getitem__(self, index: int) -> Batch: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Batch, ...]: ...
    def __getitem__(self, index: int | slice) -> Batch | tuple[Batch, ...]:
        if isinstance(index, slice):
            return tuple([self[number] for number in range(*index.indices(len(self)))])
        number = range(len(self))[index]
        call = self._link_numbers[self._first_places[number] : self._first_places[number + 1]]
        side = Side.RELATED if self._reversed[number] else Side.PARENT
        near, far = _ends(self._links, side)
        ids = tuple([far[link] for link in call])
        return Batch.of_checked(number, self._links.relation(call[0]), side, near[call[0]], ids, tuple(call))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(one == another for one, another in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]  # equal to any sequence of equal calls


@dataclass(frozen=True, slots=True)
class Plan:
    """The ordered calls of a run. ``calls_as_sheet`` is what the sheet's own direction would have cost.

    ``pause_after`` is the number of leading batches after which the run pauses ("first try a few"), or None.
    """

    batches: Sequence[Batch]
    links_to_send: int
    calls_as_sheet: int
    pause_after: int | None = None

    def __post_init__(self) -> None:
        if min(self.links_to_send, self.calls_as_sheet) < 0:
            raise ValueError("a plan counts its links and calls from 0")
        if self.pause_after is not None and not 0 <= self.pause_after <= len(self.batches):
            raise ValueError("a pause comes after some of the plan's calls")

    @property
    def calls(self) -> int:
        """How many calls the plan makes when each is answered at once."""
        return len(self.batches)

    @property
    def first_links(self) -> tuple[int, ...]:
        """The links that go before the pause, in the order of the sheet; none where there is no such pause."""
        return tuple(sorted(link for batch in self.batches[: self.pause_after or 0] for link in batch.link_numbers))

    @property
    def side(self) -> str:
        """The side of all calls: ``parent``, ``related``, or ``mixed`` where they differ."""
        sides = {batch.side for batch in self.batches}
        return "mixed" if len(sides) > 1 else str(next(iter(sides), Side.PARENT))


def make_plan(links: Links, choice: SideChoice = SideChoice.AUTO, numbers: Iterable[int] | None = None, first: int = 0) -> Plan:
    """Plan the links ``numbers`` (all that may be sent when None), the first ``first`` of them in calls of their own."""
    chosen = links.sendable() if numbers is None else _in_order(numbers, len(links))
    head, tail = (chosen[:first], chosen[first:]) if first > 0 else ([], chosen)
    calls = PlannedCalls(links)
    with without_collector():
        _plan(links, head, choice, calls)
        pause_after = len(calls) if head else None
        as_sheet = _plan(links, tail, choice, calls)
        if head:  # the sheet itself would not have been cut in two
            groups = _by_relation(links, chosen).values()
            as_sheet = sum(_calls_as_sheet(group, *_ids(links, group))[2] for group in groups)
    return Plan(calls, len(chosen), as_sheet, pause_after)


def split_calls(
    links: Links, relation: Relation, numbers: Iterable[int], first_number: int, side: Side = Side.PARENT
) -> Iterator[Batch]:
    """The calls for these links of one relation on one side, the sheet's own by itself, numbered from ``first_number``."""
    in_order = sorted(numbers)
    parents, relateds = _ids(links, in_order)
    near, far = (parents, relateds) if side is Side.PARENT else (relateds, parents)
    calls, _ = cut(in_order, near, far, only_their_number_counts(far))
    for number, call in enumerate(calls, first_number):
        near_ids, far_ids = _ends(links, side)
        yield Batch(number, relation, side, near_ids[call[0]], tuple([far_ids[link] for link in call]), tuple(call))


def _in_order(numbers: Iterable[int], most: int) -> list[int]:
    """Each of these numbers below ``most`` once, from the smallest on."""
    is_in = bytearray(most)
    for number in numbers:
        is_in[number] = 1
    return list(compress(range(most), is_in))


def _ends(links: Links, side: Side) -> tuple[Sequence[RecordId], Sequence[RecordId]]:
    """The records that calls of this side are addressed from, and those that they name."""
    return (links.parent_ids, links.related_ids) if side is Side.PARENT else (links.related_ids, links.parent_ids)


def _plan(links: Links, numbers: Sequence[int], choice: SideChoice, calls: "PlannedCalls") -> int:
    """Append the calls of these links, in the order in which their first links stand; returns how many as in the sheet."""
    as_sheet, groups = 0, []
    for relation, group in _by_relation(links, numbers).items():
        parents, relateds = _ids(links, group)
        find = _fewest_calls if choice is SideChoice.AUTO and reverse_of(relation) is not None else _calls_as_sheet
        found, reversed_, count = find(group, parents, relateds)
        groups.append((found, reversed_))
        as_sheet += count
    if len(groups) > 1:
        in_order = sorted(call for found, reversed_ in groups for call in zip(found, reversed_, strict=True))
        groups = [([call for call, _ in in_order], bytearray(is_reversed for _, is_reversed in in_order))]
    for found, reversed_ in groups:
        calls.extend(found, reversed_)
        let_go(found)
    return as_sheet


def _calls_as_sheet(numbers: Sequence[int], parents: Sequence[RecordId], relateds: Sequence[RecordId]) -> _Found:
    calls, _ = cut(numbers, parents, relateds, only_their_number_counts(relateds))
    return calls, bytearray(len(calls)), len(calls)


def _fewest_calls(numbers: Sequence[int], parents: Sequence[RecordId], relateds: Sequence[RecordId]) -> _Found:
    """The fewest calls for these links of one relation, on either side; as in the sheet where that costs no more."""
    by_parents, by_relateds = only_their_number_counts(parents), only_their_number_counts(relateds)
    graph = _graph_of(parents, relateds, by_parents, by_relateds)
    ends, first_related, by_number = choose_sides(graph), graph.parent_ends, by_parents and by_relateds
    pairs = zip(parents, relateds, ends, strict=True)
    far = () if by_number else [related if end < first_related else parent for parent, related, end in pairs]
    mixed, ends_of_calls = cut(numbers, ends, far, by_number)
    # Compared by what really fits: where ids are of many lengths, the choice was made by the longest of each record.
    if by_number:
        calls_of = [-(-len(links) // MAX_IDS) for links in graph.links_at]
        as_sheet, all_reversed = sum(calls_of[:first_related]), sum(calls_of[first_related:])
    else:
        as_sheet = len(cut(numbers, parents, relateds, by_relateds)[0])
        all_reversed = len(cut(numbers, relateds, parents, by_parents)[0])
    let_go(graph.links_at)
    if as_sheet <= len(mixed):
        return cut(numbers, graph.parents, relateds, by_relateds)[0], bytearray(as_sheet), as_sheet
    if all_reversed < len(mixed):
        return cut(numbers, graph.relateds, parents, by_parents)[0], bytearray(b"\1") * all_reversed, as_sheet
    return mixed, bytearray(end >= first_related for end in ends_of_calls), as_sheet


def _graph_of(parents: Sequence[RecordId], relateds: Sequence[RecordId], by_parents: bool, by_relateds: bool) -> LinkGraph:
    """The links of these ids; ``by_parents`` where any 100 of the parents' ids fit into a call, likewise ``by_relateds``."""
    ends_of_parents, parent_ends = number_ends(parents, 0)
    ends_of_relateds, all_ends = number_ends(relateds, parent_ends)
    rooms = [
        *_rooms(ends_of_parents, relateds, range(parent_ends), by_relateds),
        *_rooms(ends_of_relateds, parents, range(parent_ends, all_ends), by_parents),
    ]
    return LinkGraph(ends_of_parents, ends_of_relateds, rooms)


def _rooms(ends: Sequence[int], far: Sequence[RecordId], numbers: range, by_number: bool) -> list[int]:
    """For each of the ends with these numbers how many of its far ids fit into one call even if these are the longest."""
    if by_number:
        return [MAX_IDS] * len(numbers)
    far_of: list[list[RecordId]] = [[] for _ in numbers]
    for end, far_id in zip(ends, far, strict=True):
        far_of[end - numbers.start].append(far_id)
    return [room_for(ids) for ids in far_of]


def _ids(links: Links, numbers: Sequence[int]) -> tuple[Sequence[RecordId], Sequence[RecordId]]:
    """The parent ids and the related ids of these links."""
    if len(numbers) == len(links):
        return links.parent_ids, links.related_ids
    return [links.parent_ids[number] for number in numbers], [links.related_ids[number] for number in numbers]


def _by_relation(links: Links, numbers: Sequence[int]) -> dict[Relation, Sequence[int]]:
    if len(links.relations) == 1 or not numbers:
        return dict.fromkeys(links.relations[:1], numbers)
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(links.relation_of[number], []).append(number)
    return {links.relations[relation]: group for relation, group in groups.items()}
