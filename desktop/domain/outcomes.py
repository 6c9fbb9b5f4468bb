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
    """Every link ends in exactly one of these; the values are the codes of the command line and the journal.

    The runs of each operation have five of them (``outcomes`` in operations.py), and three are the same in all.
    """

    DELINKED = "delinked"
    NOT_LINKED = "not_linked"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_ATTEMPTED = "not_attempted"
    RELINKED = "relinked"
    ALREADY_LINKED = "already_linked"


# What was asked for is not so, or nobody knows: the link needs somebody.
OPEN_OUTCOMES = (Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED)
# What was asked for is so, by this run or without it: nothing is left to do.
AS_WISHED = frozenset({Outcome.DELINKED, Outcome.NOT_LINKED, Outcome.RELINKED, Outcome.ALREADY_LINKED})
# What was asked for is so, and a call of this run did it.
DONE = frozenset({Outcome.DELINKED, Outcome.RELINKED})


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.DELINKED: "Removed",
    Outcome.NOT_LINKED: "Was not linked",
    Outcome.REFUSED: "Refused",
    Outcome.UNKNOWN: "Not confirmed",
    Outcome.NOT_ATTEMPTED: "Not sent",
    Outcome.RELINKED: "Put back",
    Outcome.ALREADY_LINKED: "Was linked again already",
}


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """The outcome of one link with its cause; ``code`` and ``message`` are the CRM's own, shown as details only."""

    outcome: Outcome
    cause: CauseCode
    code: str = ""
    message: str = ""


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
    they ``may_hide`` another read would say no more: this CRM shows some records only on a wish that it refuses.
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
        """All links counted."""
        return sum(self.counts.values())

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Tally":
        """Count these outcomes."""
        counts: dict[Outcome, int] = {}
        for outcome in outcomes:
            counts[outcome] = counts.get(outcome, 0) + 1
        return cls(counts)
