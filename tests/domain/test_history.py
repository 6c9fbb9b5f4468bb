"""How long runs are kept, and which of them belong together."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.history import ALONE, FOR_EVER, Family, expired_runs, families, is_settled
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf, kind_of
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState, RunSummary

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO, LATELY = "2026-08-01T00:00:00Z", "2026-11-01T00:00:00Z"
REMOVAL = f"run-{LONG_AGO}"


def a_run(started: str, state: RunState = RunState.FINISHED, unknown: int = 0, finished: str | None = None) -> RunSummary:
    tally = Tally({Outcome.DELINKED: 3, Outcome.UNKNOWN: unknown})
    return RunSummary(f"run-{started}", Operation.REMOVE, Fresh(), state, started, finished, "a.xlsx", "eu", tally)


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


def test_an_undo_stays_as_long_as_its_run_and_goes_with_it() -> None:
    undo = undo_of_it(LONG_AGO, relinked=3)
    runs = [undo, a_run(LONG_AGO)]
    assert not expired_runs(runs, {f"run-{LONG_AGO}"}, 90, NOW)
    assert set(expired_runs(runs, (), 90, NOW)) == {undo.run, f"run-{LONG_AGO}"}
    assert list(expired_runs([undo], (), 90, NOW)) == [undo.run], "its run was removed by hand"


def undo_of_it(started: str, **counts: int) -> RunSummary:
    return follower(Operation.RESTORE, UndoOf(REMOVAL), started, **counts)


def retry_of_it(started: str, **counts: int) -> RunSummary:
    return follower(Operation.REMOVE, RetryOf(REMOVAL), started, **counts)


def follower(operation: Operation, origin: Origin, started: str, **counts: int) -> RunSummary:
    """A run that follows on another, with a name of its own."""
    tally = Tally({Outcome(name): count for name, count in counts.items()})
    return RunSummary(
        f"{kind_of(operation, origin)}-{started}", operation, origin, RunState.FINISHED, started, None, "a.xlsx", "eu", tally
    )


def family_of_the_removal(*followers: RunSummary) -> Family:
    return families([*reversed(followers), a_run(LONG_AGO)])[f"run-{LONG_AGO}"]


def test_a_run_that_nothing_followed_on_stands_alone() -> None:
    assert family_of_the_removal() == Family(removed=3)
    assert not family_of_the_removal().is_undone


def test_a_run_knows_its_retry_and_its_undos_and_they_know_it() -> None:
    retry, undo = retry_of_it("2026-08-02T00:00:00Z"), undo_of_it("2026-08-03T00:00:00Z", relinked=2)
    later = undo_of_it("2026-08-04T00:00:00Z", relinked=1)
    found = family_of_the_removal(retry, undo, later)
    assert (found.retry, found.undos) == (retry, (undo, later))
    around = families([later, undo, retry, a_run(LONG_AGO)])
    assert all(around[one.run].parent == a_run(LONG_AGO) for one in (retry, undo, later))


@pytest.mark.parametrize(
    ("undos", "put_back", "is_undone"),
    [
        ([{"relinked": 3}], 3, True),
        ([{"relinked": 2, "already_linked": 1}], 3, True),
        ([{"relinked": 2, "refused": 1}], 2, False),
        ([{"relinked": 2, "refused": 1}, {"relinked": 1}], 3, True),
        ([{"relinked": 3}, {"already_linked": 3}], 3, True),
        ([{"not_attempted": 3}], 0, False),
    ],
)
def test_what_its_undos_put_back_is_counted_once(undos: list[dict[str, int]], put_back: int, is_undone: bool) -> None:
    followers = [undo_of_it(f"2026-08-0{day}T00:00:00Z", **one) for day, one in enumerate(undos, start=2)]
    found = family_of_the_removal(*followers)
    assert (found.put_back, found.is_undone) == (put_back, is_undone)


def test_a_run_that_removed_nothing_is_not_undone_by_an_empty_undo() -> None:
    assert not ALONE.is_undone


def test_the_run_before_may_be_forgotten() -> None:
    undo = undo_of_it(LATELY, relinked=3)
    assert families([undo])[undo.run].parent is None


def test_what_the_retry_of_an_undo_put_back_was_put_back_by_the_undo() -> None:
    undo = undo_of_it("2026-08-02T00:00:00Z", relinked=1, refused=2)
    retry = follower(Operation.RESTORE, RetryOf(undo.run), "2026-08-03T00:00:00Z", relinked=1, refused=1)
    again = follower(Operation.RESTORE, RetryOf(retry.run), "2026-08-04T00:00:00Z", already_linked=1)
    around = families([again, a_run(LONG_AGO), retry, undo])
    assert around[REMOVAL].undos == (undo, retry, again)
    assert (around[REMOVAL].put_back, around[REMOVAL].is_undone, around[REMOVAL].retry) == (3, True, None)
    assert (around[undo.run].retry, around[undo.run].undos) == (retry, ())
    assert (around[retry.run].parent, around[retry.run].retry) == (undo, again)


def test_of_an_undo_and_its_retry_in_the_same_second_the_retry_is_the_later() -> None:
    undo = replace(undo_of_it(LATELY, relinked=1, refused=2), run="z")
    retry = replace(follower(Operation.RESTORE, RetryOf("z"), LATELY, relinked=2), run="a")
    for runs in ([undo, retry], [retry, undo]):
        assert families([*runs, a_run(LONG_AGO)])[REMOVAL].undos == (undo, retry)


def test_a_retry_of_an_undo_stays_as_long_as_the_run_does() -> None:
    undo = undo_of_it(LONG_AGO, relinked=1, refused=2)
    retry = follower(Operation.RESTORE, RetryOf(undo.run), LONG_AGO, relinked=2)
    runs = [retry, undo, a_run(LONG_AGO)]
    assert not expired_runs(runs, {REMOVAL}, 90, NOW)
    assert set(expired_runs(runs, (), 90, NOW)) == {retry.run, undo.run, REMOVAL}


def test_the_retry_of_a_removal_takes_nothing_back() -> None:
    retry = retry_of_it(LATELY, delinked=1)
    again = follower(Operation.REMOVE, RetryOf(retry.run), "2026-11-02T00:00:00Z", delinked=1)
    assert not any(family.undos for family in families([again, retry, a_run(LONG_AGO)]).values())


@pytest.mark.parametrize("names", [("x", "x"), ("x", "y")])
def test_runs_that_name_each_other_in_a_circle_are_listed_all_the_same(names: tuple[str, str]) -> None:
    one, other = (follower(Operation.RESTORE, RetryOf(name), LATELY) for name in names)
    runs = [replace(one, run=names[1]), replace(other, run=names[0])]
    assert set(families(runs)) == set(names)
