"""What became of a link, of a call, and of a whole run: values, never exceptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.domain.causes import CauseCode
from desktop.domain.records import RecordId

# What a link has of its own, such as Member_Status or list_price: names of the CRM's interface, values as JSON has them.
LinkFields = Mapping[str, Any]


class Outcome(StrEnum):
    """Every link ends in exactly one of these; the values are the codes of the command line and the journal."""

    DELINKED = "delinked"
    NOT_LINKED = "not_linked"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_ATTEMPTED = "not_attempted"


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.DELINKED: "Removed",
    Outcome.NOT_LINKED: "Was not linked",
    Outcome.REFUSED: "Refused",
    Outcome.UNKNOWN: "Not confirmed",
    Outcome.NOT_ATTEMPTED: "Not sent",
}


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """The outcome of one link with its cause; ``code`` and ``message`` are the CRM's own, shown as details only."""

    outcome: Outcome
    cause: CauseCode
    code: str = ""
    message: str = ""


REMOVED = LinkOutcome(Outcome.DELINKED, CauseCode.REMOVED, "SUCCESS")


class RefusalScope(StrEnum):
    """How far the refusal of a whole call reaches, and with it what helps."""

    IDS = "ids"  # one bad id spoils the call: halve until it stands alone
    CALL = "call"  # this call only: its links are refused
    PARENT = "parent"  # the parent record: its links are refused, halving is no use
    RUN = "run"  # scope, permission, module, list, address: every call would be refused alike


@dataclass(frozen=True, slots=True)
class Refusal:
    """A whole call that the CRM refused without doing anything."""

    scope: RefusalScope
    cause: CauseCode
    status: int
    code: str
    message: str

    def as_outcome(self) -> LinkOutcome:
        """The outcome of each link of the refused call."""
        return LinkOutcome(Outcome.REFUSED, self.cause, self.code, self.message)


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """A delink call's answer, one outcome for every id that was asked for (UNKNOWN where the answer says nothing of it).

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
    """What was read for the safety copy: the links that are there, each with the fields of its own.

    ``whole``: every other id that was asked for is proven not linked. Without it nothing is said of the others.
    """

    links: Mapping[RecordId, LinkFields]
    whole: bool = True
    credits_left: int | None = None
    reads: int = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the five outcomes. ``total`` counts every link of the run."""

    counts: Mapping[Outcome, int] = field(default_factory=dict)

    def __getitem__(self, outcome: Outcome) -> int:
        return self.counts.get(outcome, 0)

    @property
    def total(self) -> int:
        """All links counted."""
        return sum(self.counts.values())

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Tally":
        """Count these outcomes."""
        counts: dict[Outcome, int] = {}
        for outcome in outcomes:
            counts[outcome] = counts.get(outcome, 0) + 1
        return cls(counts)
