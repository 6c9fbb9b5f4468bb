"""Exit codes are a contract with scripts: each ending and each error has its own, and a new error has one too."""

import pytest

from desktop.cli import exit_codes
from desktop.domain import errors
from desktop.domain.causes import PERMISSION_CAUSES, CauseCode
from desktop.domain.outcomes import Outcome, Refusal, RefusalScope, Tally
from desktop.domain.runs import Ending, RunState

DELINKED = Tally({Outcome.DELINKED: 3})
LEFT = Tally({Outcome.DELINKED: 3, Outcome.UNKNOWN: 1})


def code_of(
    state: RunState,
    cause: CauseCode | None = None,
    tally: Tally = DELINKED,
    *,
    refused: frozenset[CauseCode] = frozenset(),
    rejected: int = 0,
    written: bool = True,
    interrupted: bool = False,
) -> int:
    ending = Ending(state, cause, tally, calls=1, reads=0)
    return exit_codes.of_ending(
        ending, refused_causes=refused, rejected=rejected, results_written=written, interrupted=interrupted
    )


def test_only_a_run_that_left_nothing_ends_0() -> None:
    assert code_of(RunState.FINISHED) == exit_codes.DONE
    assert code_of(RunState.FINISHED, tally=LEFT) == exit_codes.SOMETHING_LEFT
    assert code_of(RunState.FINISHED, rejected=1) == exit_codes.SOMETHING_LEFT
    assert code_of(RunState.FINISHED, written=False) == exit_codes.SOMETHING_LEFT


def test_what_a_sign_in_would_mend_is_told_from_other_pauses() -> None:
    permission = frozenset(PERMISSION_CAUSES)
    assert code_of(RunState.PAUSED, CauseCode.SIGNED_OUT) == exit_codes.SIGN_IN
    assert code_of(RunState.PAUSED, CauseCode.COPY_REFUSED) == exit_codes.SIGN_IN
    assert code_of(RunState.PAUSED, CauseCode.REFUSED_THREE_TIMES, refused=permission) == exit_codes.SIGN_IN
    assert code_of(RunState.PAUSED, CauseCode.REFUSED_THREE_TIMES) == exit_codes.PAUSED
    assert code_of(RunState.STOPPED) == exit_codes.PAUSED


def test_an_interrupt_counts_before_everything_else() -> None:
    assert code_of(RunState.PAUSED, CauseCode.SIGNED_OUT, interrupted=True) == exit_codes.INTERRUPTED


def refused(cause: CauseCode) -> errors.RequestRefused:
    return errors.RequestRefused("c", Refusal(RefusalScope.RUN, cause, 403, "CODE", ""))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.TokenRejected("c"), exit_codes.SIGN_IN),
        (errors.AccountNotProven("a", "b"), exit_codes.SIGN_IN),
        (refused(CauseCode.NO_PERMISSION), exit_codes.SIGN_IN),
        (refused(CauseCode.MODULE_NOT_SUPPORTED), exit_codes.PAUSED),
        (errors.HostNotAllowed("c", "http://evil.example"), exit_codes.WRONG_USE),
        (errors.CrmUnreachable("c", "cut"), exit_codes.PAUSED),
        (errors.CrmBusy("c", 3.0), exit_codes.PAUSED),
        (errors.StorageUnwritable("p", "full"), exit_codes.PAUSED),
        (errors.ResultsUnwritable("p", "full"), exit_codes.SOMETHING_LEFT),
        (errors.ConnectionNotFound("x"), exit_codes.WRONG_USE),
    ],
)
def test_each_error_has_its_code(error: errors.DelinkError, code: int) -> None:
    assert exit_codes.of_error(error) == code
