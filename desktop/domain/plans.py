"""Links become calls: which end is the parent of each call, and where a call ends.

Rules. A call names one parent record and at most 100 related ids (Zoho's page of the call), whose comma-separated list
is at most 2,000 characters long (Zoho's specification of ``ids``): 100 ids of 19 digits just fit, of 20 digits only 95.
Either end of a link may be the parent of the call where both directions are built in, so ``auto`` gives every link of
such a relation to one of its two ends, so that the calls are as few as sides.py finds: as in the sheet where that costs no
more, and never more calls than from either side alone. A call holds links of one relation and of one side. Calls stand in
the order in which their first links stand in the sheet. A plan is frozen: what the user was shown is what is sent.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, count
from typing import TypeVar

from desktop.domain.collector import without_collector
from desktop.domain.entries import Links
from desktop.domain.link_graph import LinkGraph
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, reverse_of
from desktop.domain.sides import choose_sides

MAX_IDS = 100
MAX_IDS_CHARACTERS = 2000

_Anchor = TypeVar("_Anchor", bound=Hashable)


class Side(StrEnum):
    """Which end of its links is the parent of a call: the sheet's own parent, or its related record (reversed)."""

    PARENT = "parent"
    RELATED = "related"


class SideChoice(StrEnum):
    """What the user asked for."""

    AUTO = "auto"
    AS_SHEET = "as-sheet"


@dataclass(frozen=True, slots=True)
class Batch:
    """The links of one call. ``ids[i]`` is the far end of link ``link_numbers[i]``; ``relation`` is the sheet's own.

    ``call_relation`` and ``call_parent_id`` are what the call's address names.
    """

    number: int
    relation: Relation
    side: Side
    call_parent_id: RecordId
    ids: tuple[RecordId, ...]
    link_numbers: tuple[int, ...]

    @property
    def call_relation(self) -> Relation:
        """The relation as the call addresses it: the sheet's own, or its reverse."""
        if self.side is Side.PARENT:
            return self.relation
        reverse = reverse_of(self.relation)
        if reverse is None:
            raise ValueError(f"{self.relation} has no other direction")
        return reverse

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, number: int, indexes: Sequence[int]) -> "Batch":
        """The same call for some of its links, under a number of its own."""
        ids = tuple(self.ids[i] for i in indexes)
        return Batch(number, self.relation, self.side, self.call_parent_id, ids, tuple(self.link_numbers[i] for i in indexes))


@dataclass(frozen=True, slots=True)
class Plan:
    """The ordered calls of a run. ``calls_as_sheet`` is what the sheet's own direction would have cost.

    ``pause_after`` is the number of leading batches after which the run pauses ("first try a few"), or None.
    """

    batches: tuple[Batch, ...]
    links_to_send: int
    calls_as_sheet: int
    pause_after: int | None = None

    @property
    def calls(self) -> int:
        """How many calls the plan makes when each is answered at once."""
        return len(self.batches)

    @property
    def side(self) -> str:
        """``parent``, ``related`` or ``mixed``."""
        sides = {batch.side for batch in self.batches}
        return "mixed" if len(sides) > 1 else str(next(iter(sides), Side.PARENT))


def make_plan(links: Links, choice: SideChoice = SideChoice.AUTO, numbers: Iterable[int] | None = None, first: int = 0) -> Plan:
    """Plan the links ``numbers`` (all that may be sent when None), the first ``first`` of them in calls of their own."""
    wanted = links.sendable() if numbers is None else sorted(set(numbers))
    with without_collector():
        as_sheet = sum(_count_calls(*_ids(links, group)) for group in _by_relation(links, wanted).values())
        head, tail = (wanted[:first], wanted[first:]) if first > 0 else ([], wanted)
        batches = _batches(links, head, choice, 0)
        pause_after = len(batches) if head else None
        batches += _batches(links, tail, choice, len(batches))
    return Plan(tuple(batches), len(wanted), as_sheet, pause_after)


def split_calls(
    links: Links, relation: Relation, numbers: Iterable[int], first_number: int, side: Side = Side.PARENT
) -> Iterator[Batch]:
    """The calls for these links of one relation on one side, the sheet's own by itself, numbered from ``first_number``."""
    in_order = sorted(numbers)
    parents, relateds = _ids(links, in_order)
    near, far = (parents, relateds) if side is Side.PARENT else (relateds, parents)
    for number, (_, call) in enumerate(_calls(in_order, near, far), first_number):
        yield _batch(links, relation, side, call, number)


def _batches(links: Links, numbers: Sequence[int], choice: SideChoice, first_number: int) -> list[Batch]:
    """The calls of these links, in the order in which their first links stand in the sheet."""
    calls: list[tuple[list[int], Relation, Side]] = []
    for relation, group in _by_relation(links, numbers).items():
        if choice is SideChoice.AUTO and reverse_of(relation) is not None:
            calls += [(call, relation, side) for call, side in _fewest_calls(links, group)]
        else:
            calls += [(call, relation, Side.PARENT) for _, call in _calls(group, *_ids(links, group))]
    calls.sort(key=lambda call: call[0][0])
    return [_batch(links, relation, side, call, number) for number, (call, relation, side) in enumerate(calls, first_number)]


def _batch(links: Links, relation: Relation, side: Side, call: Sequence[int], number: int) -> Batch:
    near, far = (links.parent_ids, links.related_ids) if side is Side.PARENT else (links.related_ids, links.parent_ids)
    return Batch(number, relation, side, near[call[0]], tuple([far[link] for link in call]), tuple(call))


def _fewest_calls(links: Links, numbers: Sequence[int]) -> list[tuple[list[int], Side]]:
    """The fewest calls for these links of one relation, on either side; as in the sheet where that costs no more."""
    parents, relateds = _ids(links, numbers)
    graph = _graph_of(parents, relateds)
    ends = choose_sides(graph)
    first_related = graph.parent_ends
    pairs = zip(parents, relateds, ends, strict=True)
    mixed = _calls(numbers, ends, [related if end < first_related else parent for parent, related, end in pairs])
    # Compared by what really fits: where ids are of many lengths, the choice was made by the longest of each record.
    as_sheet, all_reversed = _count_by_end(graph, parents, relateds)
    if as_sheet <= len(mixed):
        return [(call, Side.PARENT) for _, call in _calls(numbers, parents, relateds)]
    if all_reversed < len(mixed):
        return [(call, Side.RELATED) for _, call in _calls(numbers, relateds, parents)]
    return [(call, Side.PARENT if end < first_related else Side.RELATED) for end, call in mixed]


def _count_by_end(graph: LinkGraph, parents: Sequence[RecordId], relateds: Sequence[RecordId]) -> tuple[int, int]:
    """How many calls all links take from their parent records, and from their related records."""
    if not (_only_their_number_counts(parents) and _only_their_number_counts(relateds)):
        return _count_calls(parents, relateds), _count_calls(relateds, parents)
    calls = [-(-len(links) // MAX_IDS) for links in graph.links_at]
    return sum(calls[: graph.parent_ends]), sum(calls[graph.parent_ends :])


def _ids(links: Links, numbers: Sequence[int]) -> tuple[list[RecordId], list[RecordId]]:
    """The parent ids and the related ids of these links."""
    if len(numbers) == len(links):
        return links.parent_ids, links.related_ids
    return [links.parent_ids[number] for number in numbers], [links.related_ids[number] for number in numbers]


def _by_relation(links: Links, numbers: Sequence[int]) -> dict[Relation, Sequence[int]]:
    if len(links.relations) == 1:
        return {links.relations[0]: numbers}
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(links.relation_of[number], []).append(number)
    return {links.relations[relation]: group for relation, group in groups.items()}


def _graph_of(parents: Sequence[RecordId], relateds: Sequence[RecordId]) -> LinkGraph:
    parent_ends: defaultdict[RecordId, int] = defaultdict(count().__next__)
    ends_of_parents = list(map(parent_ends.__getitem__, parents))
    related_ends: defaultdict[RecordId, int] = defaultdict(count(len(parent_ends)).__next__)
    ends_of_relateds = list(map(related_ends.__getitem__, relateds))
    rooms = [*_rooms(parents, relateds, parent_ends), *_rooms(relateds, parents, related_ends)]
    return LinkGraph(ends_of_parents, ends_of_relateds, rooms)


def _rooms(near: Sequence[RecordId], far: Sequence[RecordId], ends: Collection[RecordId]) -> list[int]:
    """For each end how many of its far ids fit into one call even if these are the longest."""
    if _only_their_number_counts(far):
        return [MAX_IDS] * len(ends)
    lengths: dict[RecordId, list[int]] = {end: [] for end in ends}
    for anchor, far_id in zip(near, far, strict=True):
        lengths[anchor].append(len(far_id) + 1)
    return [_room(sorted(one, reverse=True)) for one in lengths.values()]


def _room(lengths: Sequence[int]) -> int:
    """How many ids of these lengths, each with its comma and the longest first, fit into one call."""
    for fitting, characters in enumerate(accumulate(lengths[:MAX_IDS])):
        if characters > MAX_IDS_CHARACTERS + 1:
            return fitting
    return MAX_IDS


def _only_their_number_counts(far: Sequence[RecordId]) -> bool:
    """Whether any 100 of these ids fit into a call."""
    return MAX_IDS * (max(map(len, far), default=0) + 1) <= MAX_IDS_CHARACTERS + 1


def _calls(numbers: Iterable[int], anchors: Iterable[_Anchor], far: Sequence[RecordId]) -> list[tuple[_Anchor, list[int]]]:
    """The links of each anchor cut into calls within both limits, in the order of their first links.

    ``anchors[i]`` is what the call of link ``numbers[i]`` is addressed from, ``far[i]`` the id that it names.
    """
    return _by_number(numbers, anchors) if _only_their_number_counts(far) else _by_length(numbers, anchors, far)


def _by_number(numbers: Iterable[int], anchors: Iterable[_Anchor]) -> list[tuple[_Anchor, list[int]]]:
    calls: list[tuple[_Anchor, list[int]]] = []
    filling: dict[_Anchor, list[int]] = {}
    for number, anchor in zip(numbers, anchors, strict=True):
        call = filling.get(anchor)
        if call is None or len(call) == MAX_IDS:
            call = filling[anchor] = []
            calls.append((anchor, call))
        call.append(number)
    return calls


def _by_length(numbers: Iterable[int], anchors: Iterable[_Anchor], far: Iterable[RecordId]) -> list[tuple[_Anchor, list[int]]]:
    calls: list[tuple[_Anchor, list[int]]] = []
    filling: dict[_Anchor, tuple[list[int], int]] = {}
    for number, anchor, far_id in zip(numbers, anchors, far, strict=True):
        call, characters = filling.get(anchor, ([], 0))
        characters += len(far_id) + 1
        if not call or len(call) == MAX_IDS or characters > MAX_IDS_CHARACTERS + 1:
            call, characters = [], len(far_id) + 1
            calls.append((anchor, call))
        call.append(number)
        filling[anchor] = call, characters
    return calls


def _count_calls(anchors: Sequence[RecordId], far: Sequence[RecordId]) -> int:
    if _only_their_number_counts(far):
        return sum(-(-links // MAX_IDS) for links in Counter(anchors).values())
    return len(_by_length(range(len(far)), anchors, far))
