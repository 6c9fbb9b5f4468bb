"""Why links of a run need somebody."""

from collections.abc import Sequence

from desktop.application.causes_of_run import causes_of
from desktop.domain.causes import CauseCode
from desktop.domain.ledger import UNANSWERED, Ledger
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.runs import RunState, Settled, StateChange

LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)
NO_PARENT = LinkOutcome(Outcome.REFUSED, CauseCode.PARENT_NOT_FOUND)


def ledger_of(outcomes: Sequence[LinkOutcome]) -> Ledger:
    settled = Settled(None, tuple(enumerate(outcomes)), 2.0)
    return Ledger(len(outcomes)).replay([StateChange(RunState.RUNNING, None, 1.0), settled])


def test_a_run_in_which_all_went_names_no_cause() -> None:
    assert causes_of(ledger_of([REMOVED, REMOVED])) == ()


def test_the_commonest_cause_comes_first_and_equally_common_ones_in_the_order_of_their_codes() -> None:
    found = causes_of(ledger_of([LOCKED, NO_PARENT, REMOVED, UNANSWERED, UNANSWERED]))
    assert found == [(UNANSWERED.cause, 2), *sorted([(CauseCode.RECORD_LOCKED, 1), (CauseCode.PARENT_NOT_FOUND, 1)])]
