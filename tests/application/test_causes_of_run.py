"""Why links of a run need somebody, commonest first."""

from desktop.application.causes_of_run import causes_of
from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.runs import Settled


def ledger_with(*causes: tuple[Outcome, CauseCode]) -> Ledger:
    outcomes = tuple((link, LinkOutcome(*known)) for link, known in enumerate(causes))
    return Ledger(len(causes)).replay([Settled(None, outcomes, 1.0)])


def test_the_commonest_cause_comes_first_and_what_went_well_is_none() -> None:
    locked, left_out = (Outcome.REFUSED, CauseCode.RECORD_LOCKED), (Outcome.NOT_ATTEMPTED, CauseCode.LEFT_OUT)
    ledger = ledger_with(left_out, locked, locked, (Outcome.DELINKED, CauseCode.REMOVED_PROVEN))
    assert causes_of(ledger) == [(CauseCode.RECORD_LOCKED, 2), (CauseCode.LEFT_OUT, 1)]


def test_a_run_that_went_well_has_none() -> None:
    assert causes_of(ledger_with((Outcome.DELINKED, CauseCode.REMOVED_PROVEN))) == ()
