"""Exit codes: a contract with those who drive the program from scripts. The first that fits counts."""

from desktop.domain import errors
from desktop.domain.causes import PERMISSION_CAUSES, CauseCode
from desktop.domain.outcomes import OPEN_OUTCOMES, Refusal
from desktop.domain.runs import Ending, RunState

DONE = 0
SOMETHING_LEFT = 1
WRONG_USE = 2
SIGN_IN = 3
PAUSED = 4
INTERRUPTED = 130


def of_ending(
    ending: Ending, *, refused_causes: frozenset[CauseCode], rejected: int, results_written: bool, interrupted: bool
) -> int:
    """The exit code of a run, a resume or a retry; ``rejected`` counts entries of the sheet."""
    if interrupted:
        return INTERRUPTED
    if ending.state is not RunState.FINISHED:
        signed_out = ending.cause in (CauseCode.SIGNED_OUT, CauseCode.COPY_REFUSED)
        forbidden = ending.cause is CauseCode.REFUSED_THREE_TIMES and refused_causes & PERMISSION_CAUSES
        return SIGN_IN if signed_out or forbidden else PAUSED
    left = sum(ending.tally[outcome] for outcome in OPEN_OUTCOMES)
    return SOMETHING_LEFT if left or rejected or not results_written else DONE


def of_error(error: errors.DelinkError) -> int:
    """The exit code of a command that an error ended."""
    match error:
        case errors.TokenRejected() | errors.SignInFailed() | errors.SecretStoreUnavailable() | errors.AccountNotProven():
            return SIGN_IN
        case errors.RequestRefused(refusal=Refusal(cause=cause)):
            return SIGN_IN if cause in PERMISSION_CAUSES else PAUSED
        case errors.ResultsUnwritable():
            return SOMETHING_LEFT
        case errors.HostNotAllowed():
            return WRONG_USE
        case errors.CrmError() | errors.StorageUnwritable() | errors.LinksUnconfirmed():
            return PAUSED
    return WRONG_USE
