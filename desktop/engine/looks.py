"""Whether what a look found before a run may still be believed when the run begins.

A look into the CRM says which links exist. A run that believes it ends the absent ones as *Was not linked* without sending
them, and takes the others as seen. Both are false where the look was made in another account, and both may be false where it
was made long ago. So a look counts only for the account that was asked, and only for fifteen minutes.

What a look that does not count left out of the plan cannot quietly come back into it: the user confirmed a number. The run is
refused then, and whoever asked for it plans anew without the look and shows the new number. Where the plan leaves out nothing
because of the look, the run begins without it; its safety copy reads every link anyway.

The age is measured by both clocks and the larger one holds. The monotonic clock may stand still while the computer sleeps,
and the wall clock can be set back. A clock that was set forward only makes a look seem old, which costs another look.
"""

from desktop.domain.connections import Connection
from desktop.domain.errors import LookElsewhere, LookOutdated
from desktop.domain.findings import LOOK_COUNTS_FOR_S, Findings, Presence
from desktop.domain.planning.plans import Plan
from desktop.domain.texts import Text
from desktop.engine.ports import Clock


def age_of(findings: Findings, clock: Clock) -> float:
    """The seconds since the look began; endless where nobody noted when."""
    if findings.begun is None:
        return float("inf")
    by_wall = clock.now() - (findings.at - findings.seconds)
    return max(0.0, clock.monotonic() - findings.begun, by_wall)


def is_recent(findings: Findings, clock: Clock) -> bool:
    """True as long as a look may be believed of the account that was asked."""
    return age_of(findings, clock) <= LOOK_COUNTS_FOR_S


def believed(findings: Findings | None, plan: Plan, connection: Connection, clock: Clock) -> Findings | None:
    """The findings if they count for a run of this plan on this connection, else None.

    Raises LookElsewhere or LookOutdated when they do not count and the plan leaves out links because of them.
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
