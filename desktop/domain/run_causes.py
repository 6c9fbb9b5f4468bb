"""The causes that concern a run as a whole, why it paused above all, and what a look after it found."""

from collections.abc import Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.domain.cause_rows import ANY_OUTCOME, Cause, Remedy, Scope
from desktop.domain.outcome_codes import Outcome
from desktop.domain.pacing import BUSY_TRIES, UNREACHABLE_TRIES

RUN_CAUSES: Mapping[CauseCode, Cause] = {
    CauseCode.ASKED: Cause(scope=Scope.RUN),
    CauseCode.FIRST_LINKS_DONE: Cause(scope=Scope.RUN),
    CauseCode.SIGNED_OUT: Cause(scope=Scope.RUN, remedy=Remedy.SIGN_IN),
    CauseCode.LIMIT_REACHED: Cause(scope=Scope.RUN, most_tries=BUSY_TRIES),
    CauseCode.OFFLINE: Cause(scope=Scope.RUN, most_tries=UNREACHABLE_TRIES),
    CauseCode.REFUSED_THREE_TIMES: Cause(scope=Scope.RUN, remedy=Remedy.SIGN_IN),
    CauseCode.DISK_FULL: Cause(scope=Scope.RUN),
    CauseCode.COPY_REFUSED: Cause(ends=(Outcome.NOT_ATTEMPTED,), scope=Scope.RUN, remedy=Remedy.RIGHTS),
    CauseCode.READ_REFUSED: Cause(scope=Scope.RUN, remedy=Remedy.RIGHTS),
    CauseCode.LIST_NAME_REFUSED: Cause(scope=Scope.RUN, remedy=Remedy.RIGHTS),
    CauseCode.CREDITS_LOW: Cause(scope=Scope.RUN),
    CauseCode.COPY_WITHOUT_FIELDS: Cause(scope=Scope.RUN),
    CauseCode.CLOCK_JUMPED: Cause(scope=Scope.RUN),
    CauseCode.FOUND_LINKED: Cause(ends=ANY_OUTCOME),
    CauseCode.FOUND_GONE_AGAIN: Cause(ends=ANY_OUTCOME),
    CauseCode.FOUND_MISSING: Cause(ends=ANY_OUTCOME),
    CauseCode.FOUND_UNCLEAR: Cause(ends=ANY_OUTCOME),
    CauseCode.HANDED_OVER: Cause(scope=Scope.RUN),
}
