"""What of a run is said aloud: each kind of trouble once, progress now and then, a pause that nobody asked for."""

import pytest

from desktop.application.news_of_run import News, NewsOfRun, pauses_by_itself
from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.runs import Change, RunState, Settled

LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)
FORBIDDEN = LinkOutcome(Outcome.REFUSED, CauseCode.NO_PERMISSION)
LOST = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST)
LEFT_OUT = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.LEFT_OUT)


def settled(*outcomes: LinkOutcome) -> list[Change]:
    return [Settled(1, tuple(enumerate(outcomes)), 0.0)]


def test_each_kind_of_trouble_is_told_once() -> None:
    news = NewsOfRun(0.0)
    assert news.of_changes(settled(REMOVED, LOCKED, LOCKED, LOST), 1.0).causes == (LOCKED.cause, LOST.cause)
    assert news.of_changes(settled(LOCKED, LOST), 2.0).causes == ()
    assert news.of_changes(settled(FORBIDDEN, LOCKED), 3.0).causes == (FORBIDDEN.cause,)


def test_what_went_well_or_was_not_wanted_is_no_trouble() -> None:
    assert NewsOfRun(0.0).of_changes(settled(REMOVED, LEFT_OUT), 1.0) == News((), False)


def test_progress_is_told_every_ten_seconds_at_most() -> None:
    news = NewsOfRun(100.0)
    told = [at for at in range(101, 140) if news.of_changes([], float(at)).tells_progress]
    assert told == [110, 120, 130]


def test_after_a_silence_progress_is_told_once_and_not_made_up_for() -> None:
    news = NewsOfRun(0.0)
    assert [news.of_changes([], at).tells_progress for at in (45.0, 46.0, 54.0, 55.0)] == [True, False, False, True]


@pytest.mark.parametrize("cause", [one for one in CauseCode if one is not CauseCode.ASKED])
def test_a_pause_for_any_other_cause_than_a_wish_is_one_by_itself(cause: CauseCode) -> None:
    assert pauses_by_itself(RunState.PAUSED, cause)
    assert not pauses_by_itself(RunState.STOPPED, cause)


def test_a_pause_that_was_asked_for_surprises_nobody() -> None:
    assert not pauses_by_itself(RunState.PAUSED, CauseCode.ASKED)
