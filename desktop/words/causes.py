"""What people are told about a cause: the same on the screen, on the command line and in the results."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.cause_codes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.texts import Text
from desktop.words.explanations import Explanation
from desktop.words.link_causes import LINK_CAUSES
from desktop.words.run_causes import RUN_CAUSES
from desktop.words.speaking import say
from desktop.words.undo_causes import UNDO_CAUSES

CAUSES: Mapping[CauseCode, Explanation] = {**LINK_CAUSES, **RUN_CAUSES}


def explain_cause(code: CauseCode | str, operation: Operation = Operation.REMOVE) -> Explanation:
    """The words for a code in a run with this operation; a code of a newer version is shown as it is rather than lost."""
    try:
        known = CauseCode(code)
    except ValueError:
        return Explanation(str(code), say("This cause was recorded by a newer version of Delink."))
    undo = UNDO_CAUSES.get(known) if operation is Operation.RESTORE else None
    return (undo or CAUSES[known]).said()


def explain_outage(trouble: Text | str) -> Explanation:
    """Why Zoho cannot be reached, with what is in the way (a clause, empty where nobody knows)."""
    words = explain_cause(CauseCode.OFFLINE)
    return replace(words, why=say("No connection to Zoho could be made: {trouble}.", trouble=trouble)) if trouble else words


def what_cannot_come_back() -> str:
    """What an undo does not bring back."""
    return say(
        "Three things do not come back: the dates of the links, what workflows did when they were removed, "
        "and links of records that were deleted since."
    )
