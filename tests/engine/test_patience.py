"""The one policy: what the CRM answers moves the lanes and the wait together."""

from desktop.domain.causes import CauseCode
from desktop.domain.pacing import READ_TRIES, read_again_after_s
from desktop.engine.patience import Patience
from tests.engine.rehearsal import JumpingClock


def test_a_429_takes_lanes_away_and_makes_all_wait() -> None:
    patience = Patience(JumpingClock(), None, 20)
    before = patience.pace.lanes
    assert patience.must_wait(CauseCode.LIMIT_REACHED, 1000.0)
    assert patience.pace.lanes < before and patience.backoff.is_on


def test_being_out_of_reach_makes_all_wait_and_takes_no_lanes_away() -> None:
    patience = Patience(JumpingClock(), None, 20)
    before = patience.pace.lanes
    assert patience.must_wait(CauseCode.OFFLINE, 1000.0, trouble="no route")
    assert patience.pace.lanes == before and patience.backoff.is_on and patience.backoff.trouble == "no route"


def test_a_good_answer_adds_a_lane_and_ends_a_wait_that_nobody_asked_for() -> None:
    patience = Patience(JumpingClock(), None, 20)
    before = patience.pace.lanes
    patience.must_wait(CauseCode.OFFLINE, 1000.0)
    patience.answered(1000.0)
    assert patience.pace.lanes == before + 1 and not patience.backoff.is_on


def test_a_read_that_proves_nothing_is_made_four_times() -> None:
    waits = [read_again_after_s(tries) for tries in range(1, 6)]
    assert waits == [5.0] * (READ_TRIES - 1) + [None] * 2
