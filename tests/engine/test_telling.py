"""Progress tells the truth in every run: it never goes back, is full only at the end, and says why it waits."""

import random

import pytest

from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.errors import AnswerMissing, CrmBusy, CrmUnreachable, RequestRefused
from desktop.domain.outcomes import Outcome, Refusal, RefusalScope
from desktop.domain.runs import Moment, RunState
from tests.engine.rehearsal import JumpingClock, Rehearsal, applied_then, works

LOST = AnswerMissing("c", "cut")
TROUBLES = (LOST, applied_then(LOST), CrmBusy("c", 3.0), CrmBusy("c", None), CrmUnreachable("c", "refused"))
OPEN = (Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED)


@pytest.mark.parametrize("seed", range(60))
def test_progress_tells_the_truth_over_random_runs(seed: int) -> None:
    dice = random.Random(seed)
    stage = Rehearsal([(parent, related) for parent in range(10) for related in range(2)])
    stage.crm.script = [dice.choice(TROUBLES) if dice.random() < 0.4 else works for _ in range(15)]
    told: list[Moment] = []

    def recorded(moment: Moment) -> None:
        told.append(moment)
        tally = stage.book.ledger.tally
        assert moment.done < moment.total or not any(tally[outcome] for outcome in OPEN)
        if moment.waiting_for is not None:
            assert cause_of(moment.waiting_for).most_tries

    stage.audience.recorded = recorded  # type: ignore[method-assign]  # the audience is a fake
    ending = stage.run()
    done = [moment.done for moment in told]
    assert done == sorted(done)
    if ending.state is RunState.FINISHED and not ending.tally[Outcome.UNKNOWN]:
        assert done[-1] == told[-1].total


def test_rate_and_time_left_come_with_the_third_answer() -> None:
    stage = Rehearsal([(parent, 0) for parent in range(8)], lanes=1)

    clock = stage.clock
    assert isinstance(clock, JumpingClock)

    def slowly(crm: object, batch: object) -> object:
        clock.time += 2.0
        return works(crm, batch)  # type: ignore[arg-type]

    stage.crm.script = [slowly] * 8  # type: ignore[list-item]
    stage.run()
    answered = [moment for moment in stage.audience.moments if moment.done]
    rates = {moment.done: moment.links_per_s for moment in answered}
    assert rates[1] is None and rates[2] is None
    assert rates[3] == pytest.approx(0.5)
    assert next(moment.seconds_left for moment in answered if moment.done == 4) == pytest.approx(8.0)


def test_progress_names_reason_and_length_of_a_wait() -> None:
    stage = Rehearsal([(parent, 0) for parent in range(3)], [CrmBusy("c", 42.0)], lanes=1)
    stage.run()
    waits = [moment for moment in stage.audience.moments if moment.waiting_for is CauseCode.LIMIT_REACHED]
    assert waits[0].waiting_s == pytest.approx(42.0)


def test_links_that_a_resume_sends_again_count_as_open() -> None:
    """Three refusals of every call pause: their links are refused on the disk, and open for the progress."""
    refused = RequestRefused("c", Refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING, 401, "CODE", "words"))
    many = [(parent, related) for parent in range(10) for related in range(2)]
    first = Rehearsal(many, [works, works, refused, refused, refused], lanes=1)
    assert first.run().cause is CauseCode.REFUSED_THREE_TIMES
    assert first.audience.moments[-1].done == 4
    second = Rehearsal(many, before=first.book.changes, lanes=1)
    second.crm.linked = first.crm.linked
    second.run()
    done = [moment.done for moment in (*first.audience.moments, *second.audience.moments)]
    assert done == sorted(done)
    assert done[-1] == len(many)


def test_the_same_program_goes_on_from_where_the_progress_stood() -> None:
    refused = RequestRefused("c", Refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING, 401, "CODE", "words"))
    stage = Rehearsal([(parent, 0) for parent in range(10)], [works, refused, refused, refused], lanes=1, hold=True)
    at_pause: list[int] = []

    def go_on(state: RunState, _cause: CauseCode | None) -> None:
        if state is RunState.PAUSED:
            at_pause.append(stage.audience.moments[-1].done)
            stage.control.resume()  # at once, on the run's own thread

    stage.audience.on_state = go_on
    stage.run()
    done = [moment.done for moment in stage.audience.moments]
    assert (at_pause, done[-1]) == ([1], 10)
    assert done == sorted(done)


def test_refused_links_count_as_done_at_the_end_of_the_run() -> None:
    refused = RequestRefused("c", Refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING, 401, "CODE", "words"))
    stage = Rehearsal([(0, 0), (0, 1)], [refused])
    assert stage.run().state is RunState.FINISHED
    assert [moment.done for moment in stage.audience.moments][-2:] == [0, 2]
