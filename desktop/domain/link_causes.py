"""The causes of what became of links: a row each, with its traits.

A new cause is its code, a row here (or in run_causes.py), and its words.
"""

from collections.abc import Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.domain.cause_rows import Cause, Remedy, Scope
from desktop.domain.outcome_codes import Outcome

LINK_CAUSES: Mapping[CauseCode, Cause] = {
    CauseCode.REMOVED: Cause(ends=(Outcome.DELINKED,)),
    CauseCode.REMOVED_PROVEN: Cause(ends=(Outcome.DELINKED,)),
    CauseCode.RELATION_NOT_FOUND: Cause(ends=(Outcome.NOT_LINKED,)),
    CauseCode.ABSENT_BEFORE: Cause(ends=(Outcome.NOT_LINKED,)),
    CauseCode.GONE_UNPROVEN: Cause(ends=(Outcome.NOT_LINKED,)),
    CauseCode.GONE_MEANWHILE: Cause(ends=(Outcome.NOT_LINKED,)),
    CauseCode.PARENT_NOT_FOUND: Cause(ends=(Outcome.REFUSED,), scope=Scope.CALL, names_address=True),
    CauseCode.LIST_NOT_FOUND: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True),
    CauseCode.MODULE_NOT_SUPPORTED: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True),
    CauseCode.ADDRESS_WRONG: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True),
    CauseCode.METHOD_REFUSED: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN),
    CauseCode.SCOPE_MISSING: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, remedy=Remedy.RIGHTS),
    CauseCode.NO_PERMISSION: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, remedy=Remedy.RIGHTS),
    CauseCode.PRIVILEGE_MISSING: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, remedy=Remedy.RIGHTS),
    CauseCode.ID_FORMAT: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.TOO_MANY_IDS: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.IDS_MISSING: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.RECORD_LOCKED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.RECORD_CONVERTED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.VERSION_NOT_SUPPORTED: Cause(ends=(Outcome.REFUSED,), scope=Scope.RUN, names_address=True),
    CauseCode.REFUSED_OTHER: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.STILL_LINKED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.SERVER_ERROR_EACH_TIME: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.DENIED_STILL_LINKED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.ANSWER_LOST: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.ANSWER_UNREADABLE: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.ANSWER_INCOMPLETE: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.ANSWER_CONTRADICTORY: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.SERVER_ERROR: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.REDIRECTED: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.INTERRUPTED: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.RECORD_CUT: Cause(ends=(Outcome.UNKNOWN,)),
    CauseCode.DENIED_UNPROVEN: Cause(ends=(Outcome.UNKNOWN,), needs_proof=True),
    CauseCode.SUCCESS_UNPROVEN: Cause(ends=(Outcome.UNKNOWN,), needs_proof=True),
    CauseCode.PUT_BACK: Cause(ends=(Outcome.RELINKED,)),
    CauseCode.PUT_BACK_PROVEN: Cause(ends=(Outcome.RELINKED,)),
    CauseCode.PUT_BACK_PARTLY: Cause(ends=(Outcome.RELINKED,)),
    CauseCode.LINKED_AGAIN: Cause(ends=(Outcome.ALREADY_LINKED,)),
    CauseCode.RECORD_GONE: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.VALUE_MISSING: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.VALUE_REFUSED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.DATA_REFUSED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.STILL_NOT_LINKED: Cause(ends=(Outcome.REFUSED,)),
    CauseCode.NOT_SENT_YET: Cause(ends=(Outcome.NOT_ATTEMPTED,)),
    CauseCode.HELD_BACK: Cause(ends=(Outcome.NOT_ATTEMPTED,), remedy=Remedy.CHOICE),
    CauseCode.LEFT_OUT: Cause(ends=(Outcome.NOT_ATTEMPTED,), remedy=Remedy.CHOICE),
    CauseCode.COPY_FAILED: Cause(ends=(Outcome.NOT_ATTEMPTED,)),
}
