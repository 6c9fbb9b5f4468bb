"""What became of a link, of a call, and of a whole run: values, never exceptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.domain.causes import CauseCode
from desktop.domain.outcome_codes import (
    AS_MEANT,
    DONE,
    OPEN_OUTCOMES,
    Outcome,
)
from desktop.domain.records import RecordId

__all__ = [
    "AS_MEANT",
    "DONE",
    "OPEN_OUTCOMES",
    "PUT_BACK",
    "REMOVED",
    "CallAnswer",
    "CopyAnswer",
    "LinkFields",
    "LinkOutcome",
    "Outcome",
    "ReadAnswer",
    "Refusal",
    "RefusalScope",
    "Tally",
    "shows_effect",
]

# What a link has of its own, such as Member_Status or list_price: names of the CRM's interface, values as JSON has them.
LinkFields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """The outcome of one link with its cause; ``code`` and ``message`` are the CRM's own, shown as details only.

    Raises ValueError where the catalogue does not let the outcome have this cause.
    """

    outcome: Outcome
    cause: CauseCode
    code: str = ""
    message: str = ""

    def __post_init__(self) -> None:
        if self.outcome not in self.cause.traits.ends:
            raise ValueError(f"no link is {self.outcome} because of {self.cause}")


REMOVED = LinkOutcome(Outcome.DELINKED, CauseCode.REMOVED, "SUCCESS")
PUT_BACK = LinkOutcome(Outcome.RELINKED, CauseCode.PUT_BACK, "SUCCESS")


def shows_effect(outcome: LinkOutcome) -> bool:
    """True for what a link becomes when a read shows that a call changed it, from a state that a read had seen before."""
    return outcome.outcome in DONE or outcome.cause is CauseCode.GONE_MEANWHILE


class RefusalScope(StrEnum):
    """How far the refusal of a whole call reaches, and with it what helps."""

    IDS = "ids"  # one bad id spoils the call: halve until it stands alone
    CALL = "call"  # this call only: its links are refused
    PARENT = "parent"  # the parent record: its links are refused, halving is no use
    RUN = "run"  # scope, permission, module, list, address: every call would be refused alike


@dataclass(frozen=True, slots=True)
class Refusal:
    """A whole call that the CRM refused without doing anything.

    ``of_read``: the call was to read. ``parameter``: the one that the refusal names, or empty.
    """

    scope: RefusalScope
    cause: CauseCode
    status: int
    code: str
    message: str
    of_read: bool = False
    parameter: str = ""

    def __post_init__(self) -> None:
        if Outcome.REFUSED not in self.cause.traits.ends:
            raise ValueError(f"no call is refused because of {self.cause}")

    def as_outcome(self) -> LinkOutcome:
        """The outcome of each link of the refused call."""
        return LinkOutcome(Outcome.REFUSED, self.cause, self.code, self.message)


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """The answer of a call that removes links or puts them back: one outcome for every id that was asked for.

    An id of which the answer says nothing is UNKNOWN.

    ``credits_left`` is what the CRM said of the day's credits in this answer, or None.
    """

    outcomes: Mapping[RecordId, LinkOutcome]
    credits_left: int | None = None


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """Which of the ids that were asked for a trustworthy read saw linked; every other one is proven not linked.

    A read that proves nothing is not an answer: the client raises instead.
    """

    linked: frozenset[RecordId]
    credits_left: int | None = None
    reads: int = 1


@dataclass(frozen=True, slots=True)
class CopyAnswer:
    """What was read before a call: the links that are there, each with the fields of its own.

    ``whole``: every other id that was asked for is proven not linked. Without it nothing is said of the others, and where
    they ``may_hide`` another read would say no more: this CRM shows some records only for a parameter that it refuses.
    """

    links: Mapping[RecordId, LinkFields]
    whole: bool = True
    credits_left: int | None = None
    reads: int = 1
    may_hide: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a run's outcomes. ``total`` counts every link of the run."""

    counts: Mapping[Outcome, int] = field(default_factory=dict)

    def __getitem__(self, outcome: Outcome) -> int:
        return self.counts.get(outcome, 0)

    @property
    def total(self) -> int:
        """The number of all links that were counted."""
        return sum(self.counts.values())

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Tally":
        counts: dict[Outcome, int] = {}
        for outcome in outcomes:
            counts[outcome] = counts.get(outcome, 0) + 1
        return cls(counts)
