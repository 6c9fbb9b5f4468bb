"""How long runs are kept."""

from datetime import UTC, datetime

import pytest

from desktop.domain.history import FOR_EVER, expired_runs, is_settled
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunKind, RunState, RunSummary

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO, LATELY = "2026-08-01T00:00:00Z", "2026-11-01T00:00:00Z"


def a_run(started: str, state: RunState = RunState.FINISHED, unknown: int = 0, finished: str | None = None) -> RunSummary:
    tally = Tally({Outcome.DELINKED: 3, Outcome.UNKNOWN: unknown})
    return RunSummary(f"run-{started}", RunKind.RUN, None, state, started, finished, "a.xlsx", "eu", tally)


def test_settled_runs_go_after_their_time_and_others_stay() -> None:
    runs = [a_run(LATELY), a_run(LONG_AGO)]
    assert list(expired_runs(runs, (), 90, NOW)) == [f"run-{LONG_AGO}"]
    assert list(expired_runs(runs, (), 365, NOW)) == []
    assert list(expired_runs(runs, (), 10, NOW)) == [f"run-{LATELY}", f"run-{LONG_AGO}"]


@pytest.mark.parametrize("state", [state for state in RunState if state is not RunState.FINISHED])
def test_an_unfinished_run_never_goes_by_itself(state: RunState) -> None:
    assert not is_settled(a_run(LONG_AGO, state))
    assert not expired_runs([a_run(LONG_AGO, state)], (), 30, NOW)


def test_a_run_with_unknown_links_never_goes_by_itself() -> None:
    assert not is_settled(a_run(LONG_AGO, unknown=1))
    assert not expired_runs([a_run(LONG_AGO, unknown=1)], (), 30, NOW)


def test_pinned_runs_and_a_wish_to_keep_for_ever_win() -> None:
    assert not expired_runs([a_run(LONG_AGO)], {f"run-{LONG_AGO}"}, 30, NOW)
    assert not expired_runs([a_run(LONG_AGO)], (), FOR_EVER, NOW)


def test_the_time_counts_from_the_end_of_a_run_that_was_continued_late() -> None:
    assert not expired_runs([a_run(LONG_AGO, finished=LATELY)], (), 90, NOW)
