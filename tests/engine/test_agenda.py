"""What a run has to do at its start and at its end, by what its journal says."""

from collections.abc import Iterable

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import UNANSWERED
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.pacing import READ_AFTER_LOSS_S, SECOND_READ_AFTER_S
from desktop.domain.runs import Change, Intent, RunState, Settled, StateChange
from desktop.engine.agenda import Agenda, reopened
from desktop.engine.workload import Task, TaskKind, Workload
from tests.engine.rehearsal import NOT_FOUND, JumpingClock, Rehearsal

RUNNING = StateChange(RunState.RUNNING, None, 1000.0)
PAIRS = [(0, 0), (1, 0), (2, 0)]
SCOPE_MISSING = LinkOutcome(Outcome.REFUSED, CauseCode.SCOPE_MISSING, "OAUTH_SCOPE_MISMATCH")


class Stage:
    """An agenda over a book with these changes, and the tasks that it made."""

    def __init__(self, before: Iterable[Change] = (), first: int = 0) -> None:
        self.clock = JumpingClock()
        self.book = Rehearsal(PAIRS, before=before, first=first).book
        self.workload = Workload(self.book.links, 100)
        self.agenda = Agenda(self.book, self.clock, self.workload)

    def due(self, after_s: float = 0.0) -> list[tuple[TaskKind, tuple[int, ...]]]:
        """What may start so many seconds from now, in order."""
        found: list[Task] = []
        while (task := self.workload.next_task(self.clock.time + after_s)) is not None:
            found.append(task)
        return [(task.kind, task.batch.link_numbers) for task in found]


def intents(*calls: int, before: Iterable[Change] = ()) -> list[Change]:
    batches = Rehearsal(PAIRS).book.plan.batches
    return [RUNNING, *(Intent(batches[call], 1000.0) for call in calls), *before]


def test_calls_that_an_earlier_program_left_open_are_unknown_and_read_before_anything_else() -> None:
    stage = Stage(intents(1))
    left = stage.agenda.changes_at_start(1000.0)
    assert left == [Settled(1, ((1, UNANSWERED),), 1000.0)]
    stage.book.commit(left)
    stage.agenda.queue_start()
    assert stage.due() == [(TaskKind.SEND, (0,)), (TaskKind.SEND, (2,))]
    assert stage.due(READ_AFTER_LOSS_S) == [(TaskKind.READ_BACK, (1,))]


def test_after_the_first_links_the_rest_waits_until_the_pause_is_over() -> None:
    stage = Stage(first=1)
    stage.agenda.queue_start()
    assert stage.due() == [(TaskKind.SEND, (0,))]
    assert stage.agenda.queue_rest() and not stage.agenda.queue_rest()
    assert stage.due() == [(TaskKind.SEND, (1,)), (TaskKind.SEND, (2,))]


def test_run_resumed_after_its_first_links_is_not_paused_again() -> None:
    stage = Stage([RUNNING, StateChange(RunState.PAUSED, CauseCode.FIRST_LINKS_DONE, 1001.0)], first=1)
    stage.agenda.queue_start()
    assert len(stage.due()) == 3 and not stage.agenda.queue_rest()


def test_links_refused_run_wide_are_opened_again_and_go_first() -> None:
    stage = Stage(intents(2, before=[Settled(2, ((2, SCOPE_MISSING),), 1000.0)]))
    changes = reopened(stage.book.ledger, 1000.0)
    assert [one.links for one in changes] == [(2,)] and stage.agenda.changes_at_start(1000.0) == changes
    stage.agenda.queue_start()
    stage.agenda.queue_reopened(changes)
    assert stage.due()[0] == (TaskKind.SEND, (2,))


def test_a_run_that_is_over_opens_nothing_again() -> None:
    over = StateChange(RunState.FINISHED, None, 1001.0)
    assert Stage(intents(2, before=[Settled(2, ((2, SCOPE_MISSING),), 1000.0), over])).agenda.changes_at_start(1002.0) == []


def test_the_last_read_of_a_lost_call_waits_until_nothing_can_take_effect_late() -> None:
    stage = Stage(intents(0, 1, before=[Settled(0, ((0, UNANSWERED),), 1000.0), Settled(1, ((1, REMOVED),), 1000.0)]))
    assert stage.agenda.queue_last_read_backs() == (True, True)
    assert stage.due() == []
    assert stage.due(SECOND_READ_AFTER_S) == [(TaskKind.LAST_READ_BACK, (0,))]
    assert stage.agenda.queue_last_read_backs() == (False, False), "each is read once at the end"


def test_link_read_as_gone_after_a_loss_needs_no_wait() -> None:
    lost = [Settled(0, ((0, UNANSWERED),), 1000.0), Settled(None, ((0, NOT_FOUND),), 1001.0)]
    stage = Stage(intents(0, before=lost))
    assert stage.agenda.queue_last_read_backs() == (True, False)
    assert stage.due() == [(TaskKind.LAST_READ_BACK, (0,))]


def test_a_loss_of_this_run_is_measured_from_when_it_was_met() -> None:
    stage = Stage(intents(0))
    stage.agenda.queue_read_back(stage.book.plan.batches[0], [0], 3.0)
    assert stage.workload.next_due() == stage.clock.time + 3.0
