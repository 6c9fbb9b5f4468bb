"""Links become calls: which end is the parent of each call, and where a call ends.

Rules. A call names one parent record and at most 100 related ids (Zoho's page of the call), whose comma-separated list
is at most 2,000 characters long (Zoho's specification of ``ids``): 100 ids of 19 digits just fit, of 20 digits only 95.
Either end of a link may be the parent of the call where both directions are built in, so ``auto`` takes, for each
relation, the direction that needs fewer calls. A plan is frozen: what the user was shown is what is sent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.entries import Links
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, reverse_of

MAX_IDS = 100
MAX_IDS_CHARACTERS = 2000


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
    as_sheet = sum(_count_calls(links, group, Side.PARENT) for group in _by_relation(links, wanted).values())
    head, tail = (wanted[:first], wanted[first:]) if first > 0 else ([], wanted)
    batches = [*_batches(links, head, choice, 0)]
    pause_after = len(batches) if head else None
    batches.extend(_batches(links, tail, choice, len(batches)))
    return Plan(tuple(batches), len(wanted), as_sheet, pause_after)


def _batches(links: Links, numbers: Sequence[int], choice: SideChoice, first_number: int) -> Iterator[Batch]:
    number = first_number
    for relation, group in _by_relation(links, numbers).items():
        for batch in split_calls(links, relation, group, _cheaper_side(links, relation, group, choice), number):
            number += 1
            yield batch


def _cheaper_side(links: Links, relation: Relation, numbers: Sequence[int], choice: SideChoice) -> Side:
    if choice is SideChoice.AS_SHEET or reverse_of(relation) is None:
        return Side.PARENT
    reversed_calls = _count_calls(links, numbers, Side.RELATED)
    return Side.RELATED if reversed_calls < _count_calls(links, numbers, Side.PARENT) else Side.PARENT


def _by_relation(links: Links, numbers: Sequence[int]) -> dict[Relation, list[int]]:
    groups: dict[Relation, list[int]] = {}
    for number in numbers:
        groups.setdefault(links.relation(number), []).append(number)
    return groups


def _by_anchor(links: Links, numbers: Iterable[int], side: Side) -> dict[RecordId, list[int]]:
    anchors = links.parent_ids if side is Side.PARENT else links.related_ids
    groups: dict[RecordId, list[int]] = {}
    for number in numbers:
        groups.setdefault(anchors[number], []).append(number)
    return groups


def _count_calls(links: Links, numbers: Iterable[int], side: Side) -> int:
    far = links.related_ids if side is Side.PARENT else links.parent_ids
    return sum(sum(1 for _ in _within_limits(far, group)) for group in _by_anchor(links, numbers, side).values())


def split_calls(links: Links, relation: Relation, numbers: Iterable[int], side: Side, first_number: int) -> Iterator[Batch]:
    """The calls for these links of one relation on one side, numbered from ``first_number``, within both limits."""
    far = links.related_ids if side is Side.PARENT else links.parent_ids
    number = first_number
    for anchor, group in _by_anchor(links, numbers, side).items():
        for chunk in _within_limits(far, group):
            yield Batch(number, relation, side, anchor, tuple(far[n] for n in chunk), tuple(chunk))
            number += 1


def _within_limits(far: Sequence[RecordId], numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    start, characters = 0, -1
    for index, number in enumerate(numbers):
        characters += len(far[number]) + 1
        if index - start == MAX_IDS or characters > MAX_IDS_CHARACTERS:
            yield numbers[start:index]
            start, characters = index, len(far[number])
    if start < len(numbers):
        yield numbers[start:]
