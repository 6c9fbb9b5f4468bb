"""What a look into the CRM found about the links of a sheet, before anything is removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, same_account
from desktop.domain.planning.plans import Plan
from desktop.domain.records import RecordId

# Records are asked for by id, whose list is at most 2,000 characters long, as in a removal: 95 of the longest fit.
RECORDS_A_READ = 95
# Links come and go while somebody reads a page. A look that began longer ago than this proves nothing any more.
LOOK_COUNTS_FOR_S = 15 * 60.0


class Presence(IntEnum):
    """Whether a link exists in the CRM now. NOT_ASKED: nobody looked; UNCLEAR: the answers proved nothing."""

    NOT_ASKED = 0
    LINKED = 1
    NOT_LINKED = 2
    NOT_FOUND = 3
    UNCLEAR = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a look: the presence of every link by number, names of records, and what it cost.

    ``at`` is seconds since the epoch, ``seconds`` how long it took with ``lanes`` reads at once. A record whose id is in
    ``names`` exists, even under an empty name. ``refused`` are the causes for which Zoho did not show some of the lists, whose
    links are then UNCLEAR. ``asked_in`` is the account that was asked, and ``begun`` the monotonic second of this program at
    which the first read left; findings without them count nowhere (see engine/looks.py).
    """

    presence: bytearray
    names: Mapping[RecordId, str] = field(default_factory=dict)
    reads: int = 0
    at: float = 0.0
    seconds: float = 0.0
    lanes: int = 1
    refused: tuple[CauseCode, ...] = ()
    asked_in: Connection | None = None
    begun: float | None = None

    def of(self, link: int) -> Presence:
        return Presence(self.presence[link])

    def count(self, presence: Presence) -> int:
        """Count the links with this presence."""
        return self.presence.count(presence)

    def links_with(self, *presences: Presence) -> list[int]:
        """The numbers of the links that are so, in sheet order."""
        return [link for link, presence in enumerate(self.presence) if presence in presences]

    def speak_for(self, connection: Connection) -> bool:
        """True when it was this account that was asked."""
        return self.asked_in is not None and same_account(self.asked_in, connection)

    @property
    def seconds_a_read(self) -> float | None:
        """How long one read took; None when nothing was read."""
        return self.seconds * self.lanes / self.reads if self.reads else None


def reads_to_look(plan: Plan) -> int:
    """How many reads a look at a plan's links takes at most: one a call, and the names of both ends by the hundred or so."""
    ids: dict[str, set[RecordId]] = {}
    for batch in plan.batches:
        ids.setdefault(batch.call_relation.parent_module, set()).add(batch.call_parent_id)
        ids.setdefault(batch.call_relation.related_list, set()).update(batch.ids)
    return plan.calls + sum(-(-len(some) // RECORDS_A_READ) for some in ids.values())
