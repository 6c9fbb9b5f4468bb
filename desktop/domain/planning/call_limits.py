"""How many links fit into one call, and links cut into calls accordingly.

Zoho's two limits: at most 100 related ids a call (its page of the call), whose comma-separated list is at most 2,000
characters long (its specification of ``ids``). 100 ids of 19 digits just fit, of 20 digits only 95.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate
from typing import TypeVar

from desktop.domain.records import RecordId

MAX_IDS = 100
MAX_IDS_CHARACTERS = 2000

_Anchor = TypeVar("_Anchor", bound=Hashable)


def only_their_number_counts(ids: Sequence[RecordId]) -> bool:
    """Whether any 100 of these ids fit into a call."""
    return MAX_IDS * (max(map(len, ids), default=0) + 1) <= MAX_IDS_CHARACTERS + 1


def fits_one_call(ids: Sequence[RecordId]) -> bool:
    """Whether a call may name all of these ids at once."""
    return len(ids) <= MAX_IDS and sum(map(len, ids)) + len(ids) <= MAX_IDS_CHARACTERS + 1


def room_for(ids: Iterable[RecordId]) -> int:
    """How many of these ids fit into one call even if they are the longest."""
    lengths = sorted([len(one) + 1 for one in ids], reverse=True)  # each with its comma
    for fitting, characters in enumerate(accumulate(lengths[:MAX_IDS])):
        if characters > MAX_IDS_CHARACTERS + 1:
            return fitting
    return MAX_IDS


def cut(
    numbers: Iterable[int], anchors: Iterable[_Anchor], far: Sequence[RecordId], by_number: bool
) -> tuple[list[list[int]], list[_Anchor]]:
    """The links of each anchor cut into calls within both limits, in the order of their first links; and their anchors.

    ``anchors[i]`` is what the call of link ``numbers[i]`` is addressed from, ``far[i]`` the id that it names. With
    ``by_number`` the caller vouches that any 100 of the far ids fit.
    """
    return _cut_by_number(numbers, anchors) if by_number else _cut_by_length(numbers, anchors, far)


def _cut_by_number(numbers: Iterable[int], anchors: Iterable[_Anchor]) -> tuple[list[list[int]], list[_Anchor]]:
    calls: list[list[int]] = []
    anchors_of: list[_Anchor] = []
    filling: dict[_Anchor, list[int]] = {}
    for number, anchor in zip(numbers, anchors, strict=True):
        call = filling.get(anchor)
        if call is None or len(call) == MAX_IDS:
            call = filling[anchor] = []
            calls.append(call)
            anchors_of.append(anchor)
        call.append(number)
    return calls, anchors_of


def _cut_by_length(
    numbers: Iterable[int], anchors: Iterable[_Anchor], far: Iterable[RecordId]
) -> tuple[list[list[int]], list[_Anchor]]:
    calls: list[list[int]] = []
    anchors_of: list[_Anchor] = []
    filling: dict[_Anchor, tuple[list[int], int]] = {}
    for number, anchor, far_id in zip(numbers, anchors, far, strict=True):
        call, characters = filling.get(anchor, ([], 0))
        characters += len(far_id) + 1
        if not call or len(call) == MAX_IDS or characters > MAX_IDS_CHARACTERS + 1:
            call, characters = [], len(far_id) + 1
            calls.append(call)
            anchors_of.append(anchor)
        call.append(number)
        filling[anchor] = call, characters
    return calls, anchors_of
