"""Decides whether a run may still believe the check that was made before it (checking.py).

The check says which links exist. A run that believes it ends the absent ones as *Was not linked* without sending them, and
counts the others as seen. Both would be wrong if the check was made in another account, and both may be wrong if it was made
long ago. So its findings count only for the account that was asked, and only for fifteen minutes.

If findings do not count any more, the links that were left out of the plan because of them cannot quietly come back into it:
the user confirmed a number. The run is refused then, and whoever asked for it makes a new plan without the findings and shows
the new number. If the plan leaves out nothing because of them, the run begins without them; its safety copy reads every link
anyway.

The age is measured by both clocks, and the larger figure counts. The monotonic clock may stand still while the computer sleeps,
and the wall clock can be set back. A wall clock that was set forward only makes findings seem old, which costs another check.
"""

from desktop.domain.connections import Connection
from desktop.domain.errors import LookElsewhere, LookOutdated
from desktop.domain.findings import LOOK_COUNTS_FOR_S, Findings, Presence
from desktop.domain.planning.plans import Plan
from desktop.domain.texts import Text
from desktop.engine.ports import Clock


def age_of(findings: Findings, clock: Clock) -> float:
    """Return the seconds since the check began; infinity if nobody noted when."""
    if findings.begun is None:
        return float("inf")
    # ``at`` is when the check ended, and it took ``seconds``: what it read first is that much older.
    by_wall_clock = clock.now() - (findings.at - findings.seconds)
    return max(0.0, clock.monotonic() - findings.begun, by_wall_clock)


def is_recent(findings: Findings, clock: Clock) -> bool:
    """True as long as the findings may be believed for the account that was asked."""
    return age_of(findings, clock) <= LOOK_COUNTS_FOR_S


def usable_findings(findings: Findings | None, plan: Plan, connection: Connection, clock: Clock) -> Findings | None:
    """Return the findings if they count for a run of this plan on this connection, else None.

    Raises LookElsewhere or LookOutdated if they do not count and the plan leaves out links because of them.
    """
    if findings is None:
        return None
    is_here = findings.speak_for(connection)
    if is_here and is_recent(findings, clock):
        return findings
    if not _left_out_by(findings, plan):
        return None
    if not is_here:
        raise LookElsewhere(findings.asked_in.label if findings.asked_in else Text("another-account"), connection.label)
    raise LookOutdated


def _left_out_by(findings: Findings, plan: Plan) -> bool:
    sent = {link for batch in plan.batches for link in batch.link_numbers}
    return not sent.issuperset(findings.links_with(Presence.NOT_LINKED, Presence.NOT_FOUND))
