"""What a run does to its links: it removes them, or it puts them back. Why the run exists is its origin (origins.py).

An operation is one row of traits. Whoever has to know how removing and putting back differ asks for the trait that it
needs (which outcome means done, which right is needed) and not which of the two operations it has. So a third operation,
such as adding links, is one row more here, its part in ``engine/operating.py``, and its words.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desktop.domain.outcomes import OPEN_OUTCOMES, Outcome


class CallName(StrEnum):
    """The calls that change links; the values stand in the settings, beside what was learnt of each call."""

    DELINK = "delink"
    RELINK = "relink"


@dataclass(frozen=True, eq=False)
class Operation:
    """The traits of an operation. There is one value of each, so two are the same only when they are one object.

    ``kind`` and ``retry_kind`` are the words by which journals, summaries and scripts know a run with this operation, and a
    retry of such a run. ``call`` is the call that is made, ``right`` what a sign-in needs for it beside reading.
    ``ends_linked`` says whether a link is to be there afterwards. A link that the run's call brought to that state ends as
    ``done``, one that was so before as ``already``. ``reads_each_first``: no link is sent before this run has read it, so no
    look before the run is needed. ``takes_copy``: what the run reads first is kept as a safety copy, so that it can be
    undone, by a run with the operation ``undone_by``. ``tells_rejected``: its links come out of a sheet, so the rows of it
    that were rejected are told at the end.
    """

    name: str
    kind: str
    retry_kind: str
    call: CallName
    right: str
    ends_linked: bool
    done: Outcome
    already: Outcome
    reads_each_first: bool
    takes_copy: bool
    tells_rejected: bool
    undone_by: "Operation | None" = None

    REMOVE: ClassVar["Operation"]
    RESTORE: ClassVar["Operation"]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The five outcomes that its links can have, in the order in which people are told; their values are keys of JSON."""
        return (self.done, self.already, *OPEN_OUTCOMES)

    def needs_call(self, is_linked: bool) -> bool:
        """True when a link that a read showed in this state is not as the operation wants it."""
        return is_linked is not self.ends_linked

    def __repr__(self) -> str:
        return f"Operation.{self.name}"


Operation.RESTORE = Operation(
    name="RESTORE",
    kind="undo",
    retry_kind="undo_retry",
    call=CallName.RELINK,
    right="UPDATE",
    ends_linked=True,
    done=Outcome.RELINKED,
    already=Outcome.ALREADY_LINKED,
    reads_each_first=True,
    takes_copy=False,
    tells_rejected=False,
)
Operation.REMOVE = Operation(
    name="REMOVE",
    kind="run",
    retry_kind="retry",
    call=CallName.DELINK,
    right="DELETE",
    ends_linked=False,
    done=Outcome.DELINKED,
    already=Outcome.NOT_LINKED,
    reads_each_first=False,
    takes_copy=True,
    tells_rejected=True,
    undone_by=Operation.RESTORE,
)
OPERATIONS = (Operation.REMOVE, Operation.RESTORE)
