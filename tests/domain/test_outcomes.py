"""What became of links: outcomes whose cause fits them, and counts that add up."""

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import PUT_BACK, REMOVED, LinkOutcome, Outcome, Tally, shows_effect


def test_a_tally_counts_every_link_once() -> None:
    tally = Tally.of([Outcome.DELINKED, Outcome.REFUSED, Outcome.DELINKED])
    assert (tally[Outcome.DELINKED], tally[Outcome.REFUSED], tally[Outcome.UNKNOWN], tally.total) == (2, 1, 0, 3)
    assert Tally().total == Tally.of([]).total == 0


def test_a_cause_of_another_outcome_is_refused() -> None:
    with pytest.raises(ValueError):
        LinkOutcome(Outcome.DELINKED, CauseCode.ANSWER_LOST)


def test_only_what_a_call_changed_shows_its_effect() -> None:
    assert shows_effect(REMOVED) and shows_effect(PUT_BACK)
    assert not shows_effect(LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST))
