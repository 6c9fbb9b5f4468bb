"""A run on its own thread, watched from the window's: moments, pause, stop, and an end that leaves nothing behind."""

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from desktop.application.result_files import WrittenResults
from desktop.application.serving import OpenAccount, SignedIn
from desktop.application.starting import OpenRun
from desktop.compose import build_services
from desktop.domain.causes import CauseCode
from desktop.domain.credentials import Key
from desktop.domain.errors import TokenRejected
from desktop.domain.outcomes import CallAnswer, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import Change, Ending, Moment, RunState, StateChange
from desktop.qt.jobs.run_controller import RunController
from desktop.qt.jobs.run_worker import MomentBox
from desktop.storage.secrets import MemorySecrets
from tests.engine.rehearsal import CONNECTION, Book, Deed, FakeCrm, JumpingClock, Rehearsal, after_doing, works
from tests.patience import PATIENCE_MS, PATIENCE_S

LONG_MS = PATIENCE_MS
MANY = [(parent, related) for parent in range(60) for related in range(2)]


def opened(book: Book, crm: FakeCrm) -> OpenRun:
    return OpenRun(book, OpenAccount(crm, SignedIn(CONNECTION, Key.pasted("a"))))


class Stage(QObject):
    """A rehearsal's book and CRM under a real controller; listens on the window's thread."""

    def __init__(self, qtbot: QtBot, pairs: Sequence[tuple[int, int]], script: Sequence[Deed | Exception] = ()) -> None:
        super().__init__()
        self.qtbot = qtbot
        rehearsal = Rehearsal(pairs, script)
        self.book, self.crm = rehearsal.book, rehearsal.crm
        self.closed: list[str] = []
        self.book.close = lambda: self.closed.append("book")  # type: ignore[method-assign]
        self.crm.close = lambda: self.closed.append("crm")  # type: ignore[method-assign]
        services = replace(build_services(MemorySecrets()), clock=JumpingClock())
        self.controller = RunController(services)
        self.moments: list[Moment] = []
        self.changes: list[Change] = []
        self.states: list[tuple[RunState, CauseCode | None]] = []
        self.endings: list[Ending | Exception] = []
        self.elsewhere = 0
        self.running_when_ended: list[bool] = []
        self.controller.moment.connect(self._on_moment)
        self.controller.state_changed.connect(self._on_state)
        self.controller.ended.connect(self._on_ended)

    def start(self) -> None:
        self.controller.start(opened(self.book, self.crm))

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=LONG_MS)

    def until_state(self, state: RunState) -> None:
        self.until(lambda: self.states and self.states[-1][0] is state)

    def end(self) -> Ending:
        self.until(lambda: self.endings)
        ending = self.endings[0]
        assert isinstance(ending, Ending)
        return ending

    def _note(self) -> None:
        self.elsewhere += QThread.currentThread() is not self.thread()

    @Slot(object, object)
    def _on_moment(self, moment: Moment, changes: list[Change]) -> None:
        self._note()
        self.moments.append(moment)
        self.changes.extend(changes)

    @Slot(object, object)
    def _on_state(self, state: RunState, cause: CauseCode | None) -> None:
        self._note()
        self.states.append((state, cause))

    @Slot(object)
    def _on_ended(self, ending: Ending | Exception) -> None:
        self._note()
        self.running_when_ended.append(self.controller.is_running)
        self.endings.append(ending)


MakeStage = Callable[..., Stage]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[MakeStage]:
    made: list[Stage] = []

    def stage(pairs: Sequence[tuple[int, int]] = MANY, script: Sequence[Deed | Exception] = ()) -> Stage:
        made.append(Stage(qtbot, pairs, script))
        return made[-1]

    yield stage
    for one in made:
        if one.controller.is_running:
            one.controller.stop(0)
            one.until(lambda one=one: not one.controller.is_running)  # type: ignore[misc]


class Gate:
    """A call that arrives, waits at the gate, and then works."""

    def __init__(self) -> None:
        self.arrived, self.opened = threading.Event(), threading.Event()

    def __call__(self, crm: FakeCrm, batch: Batch) -> CallAnswer:
        self.arrived.set()
        assert self.opened.wait(PATIENCE_S), "nobody opened the gate"
        return works(crm, batch)

    def has_arrived(self) -> bool:
        return self.arrived.is_set()


def test_a_run_goes_through_and_tells_everything_on_the_windows_thread(make: MakeStage) -> None:
    stage = make()
    stage.start()
    assert stage.controller.is_running and stage.controller.book is stage.book
    ending = stage.end()
    assert ending.state is RunState.FINISHED and ending.tally[Outcome.DELINKED] == len(MANY)
    assert stage.crm.linked == set()
    assert stage.elsewhere == 0
    assert stage.states == [(RunState.RUNNING, None), (RunState.FINISHED, None)]


def test_no_change_is_lost_or_told_twice_or_out_of_order(make: MakeStage) -> None:
    stage = make()
    stage.start()
    stage.end()
    told = [change for change in stage.changes if not isinstance(change, StateChange)]
    assert told == [change for change in stage.book.changes if not isinstance(change, StateChange)]


def test_everything_that_happens_between_two_looks_is_one_moment(make: MakeStage) -> None:
    stage = make()
    finished = threading.Event()
    commit = stage.book.commit

    def committed(changes: Sequence[Change]) -> None:
        commit(changes)
        if any(isinstance(change, StateChange) and change.state is RunState.FINISHED for change in changes):
            finished.set()

    stage.book.commit = committed  # type: ignore[method-assign]
    stage.start()
    # The window is busy all the while.
    assert finished.wait(PATIENCE_S)
    stage.end()
    assert 1 <= len(stage.moments) <= 2 < len(stage.book.commits)
    assert stage.moments[-1].done == stage.moments[-1].total == len(MANY)


def test_the_box_gives_the_latest_moment_and_all_changes_once() -> None:
    box = MomentBox()
    assert box.take() == (None, [], [])
    rehearsal = Rehearsal([(0, 0), (1, 1), (2, 2)])
    rehearsal.run()
    moments = rehearsal.audience.moments
    for moment in moments:
        box.recorded(moment)
    box.state_changed(RunState.FINISHED, None)
    latest, changes, states = box.take()
    assert latest is moments[-1]
    assert changes == [change for moment in moments for change in moment.changes]
    assert states == [(RunState.FINISHED, None)]
    assert box.take() == (None, [], [])


def test_counts_of_the_moments_only_ever_grow(make: MakeStage) -> None:
    stage = make()
    stage.start()
    stage.end()
    done = [moment.done for moment in stage.moments]
    assert done == sorted(done) and done[-1] == len(MANY)


def test_a_pause_holds_the_run_until_it_is_resumed(make: MakeStage) -> None:
    gate = Gate()
    stage = make(script=[gate] * 60)
    stage.start()
    stage.until(gate.has_arrived)
    stage.controller.pause()
    gate.opened.set()
    stage.until_state(RunState.PAUSED)
    assert stage.states[-1] == (RunState.PAUSED, CauseCode.ASKED)
    assert stage.controller.is_running and not stage.endings
    sent = len(stage.crm.sent)
    assert sent < 60
    stage.controller.resume()
    assert stage.end().state is RunState.FINISHED
    assert len(stage.crm.sent) == 60 > sent
    states = [state for state, _ in stage.states]
    assert states == [RunState.RUNNING, RunState.PAUSED, RunState.RUNNING, RunState.FINISHED]


def test_a_run_that_pauses_by_itself_says_why_and_goes_on_with_another_token(make: MakeStage) -> None:
    stage = make([(0, 0)], [TokenRejected("c")])
    tokens: list[Key] = []
    stage.crm.use_key = tokens.append  # type: ignore[method-assign,assignment]
    stage.start()
    stage.until_state(RunState.PAUSED)
    assert stage.states[-1][1] is CauseCode.SIGNED_OUT
    stage.controller.use_account(SignedIn(CONNECTION, Key.pasted("another")))
    assert stage.end().tally[Outcome.DELINKED] == 1
    assert tokens == [Key.pasted("another")]


def test_a_stop_lets_calls_in_flight_finish_and_sends_no_more(make: MakeStage) -> None:
    gate = Gate()
    stage = make(script=[gate] * 60)
    stage.start()
    stage.until(gate.has_arrived)
    stage.controller.stop()
    gate.opened.set()
    ending = stage.end()
    assert ending.state is RunState.STOPPED
    assert 0 < len(stage.crm.sent) < 60
    assert ending.tally[Outcome.DELINKED] == sum(len(batch) for batch in stage.crm.sent)
    assert ending.tally[Outcome.UNKNOWN] == 0
    assert ending.tally.total == len(MANY)


def test_a_stop_while_paused_ends_the_run(make: MakeStage) -> None:
    stage = make(script=[after_doing(lambda: stage.controller.pause())])
    stage.start()
    stage.until_state(RunState.PAUSED)
    stage.controller.stop()
    assert stage.end().state is RunState.STOPPED


def test_closing_does_not_wait_for_a_call_that_hangs_and_never_claims_it(make: MakeStage) -> None:
    gate = Gate()
    stage = make([(0, 0)], [gate])
    stage.start()
    stage.until(gate.has_arrived)
    stage.controller.stop(0)
    try:
        ending = stage.end()
    finally:
        gate.opened.set()
    assert ending.state is RunState.STOPPED
    assert ending.tally[Outcome.DELINKED] == 0
    assert not stage.controller.is_running


def test_at_the_end_the_thread_is_gone_and_book_and_crm_are_closed_once(make: MakeStage) -> None:
    stage = make()
    stage.start()
    thread = stage.controller._thread
    assert thread is not None
    stage.end()
    assert stage.running_when_ended == [False], "whoever hears the end may start the next run"
    assert thread.isFinished() and not thread.isRunning()
    assert sorted(stage.closed) == ["book", "crm"]
    assert stage.controller.book is None and not stage.controller._timer.isActive()


def test_a_bug_in_the_run_ends_it_and_is_told(make: MakeStage) -> None:
    stage = make([(0, 0)])

    def broken(changes: Sequence[Change]) -> None:
        raise ZeroDivisionError("a bug")

    stage.book.commit = broken  # type: ignore[method-assign]
    stage.start()
    stage.until(lambda: stage.endings)
    assert isinstance(stage.endings[0], ZeroDivisionError)
    assert not stage.controller.is_running
    assert sorted(stage.closed) == ["book", "crm"]
    assert stage.crm.sent == [], "what could not be written was not sent"
    written = stage.controller.written
    assert isinstance(written, WrittenResults) and written.path is not None and written.path.exists(), "with results so far"


def test_one_controller_works_on_one_run_after_another(make: MakeStage) -> None:
    stage = make()
    stage.start()
    stage.end()
    other = Rehearsal([(0, 0), (1, 1)])
    stage.controller.start(opened(other.book, other.crm))
    stage.until(lambda: len(stage.endings) == 2)
    ending = stage.endings[1]
    assert isinstance(ending, Ending) and ending.tally.total == 2
    assert len(other.crm.sent) == 2


def test_without_a_run_there_is_nothing_to_pause_or_stop(make: MakeStage) -> None:
    stage = make()
    for ask in (stage.controller.pause, stage.controller.resume, stage.controller.stop):
        ask()
    stage.controller.use_account(SignedIn(CONNECTION, Key.pasted("another")))
    assert not stage.controller.is_running and stage.controller.book is None and not stage.endings


def test_a_working_thread_is_never_collected(make: MakeStage) -> None:
    gate = Gate()
    stage = make(script=[gate])
    stage.start()
    stage.until(gate.has_arrived)
    for _ in range(3):
        gc.collect()
    thread = stage.controller._thread
    assert thread is not None and thread.isRunning()
    gate.opened.set()
    assert stage.end().state is RunState.FINISHED
    del thread
    gc.collect()
    assert stage.controller._thread is None
