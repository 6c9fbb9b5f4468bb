"""The background door: what was done comes back on the window's thread, and nothing escapes from behind it."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QThread, QThreadPool, Slot
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from desktop.domain.errors import SheetLocked
from desktop.qt.jobs.background import Steps, Work, finish, start
from tests.patience import PATIENCE_MS, PATIENCE_S

LONG_MS = PATIENCE_MS


class Ears(QObject):
    """On the window's thread; remembers what it was told and whether it was told there."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.done: list[object] = []
        self.failed: list[object] = []
        self.rows: list[int] = []
        self.here: set[bool] = set()
        work.done.connect(self._on_done)
        work.failed.connect(self._on_failed)
        work.progressed.connect(self._on_progressed)

    @property
    def told(self) -> bool:
        return bool(self.done or self.failed)

    def _note(self) -> None:
        self.here.add(QThread.currentThread() is self.thread())

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self._note()
        self.done.append(result)

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._note()
        self.failed.append(error)

    @Slot(int)
    def _on_progressed(self, rows: int) -> None:
        self._note()
        self.rows.append(rows)


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    yield
    assert QThreadPool.globalInstance().waitForDone(LONG_MS)


def listened(function: Callable[[Work], object]) -> tuple[Work, Ears]:
    work = Work(function)
    return work, Ears(work)


def test_the_function_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot) -> None:
    work, ears = listened(lambda _: threading.current_thread())
    start(work)
    qtbot.waitUntil(lambda: ears.told, timeout=LONG_MS)
    assert ears.here == {True}
    assert len(ears.done) == 1 and ears.done[0] is not threading.main_thread()


def test_a_result_of_nothing_is_told_too(qtbot: QtBot) -> None:
    work, ears = listened(lambda _: None)
    start(work)
    qtbot.waitUntil(lambda: ears.told, timeout=LONG_MS)
    assert ears.done == [None]


@pytest.mark.parametrize("error", [SheetLocked("list.xlsx"), ZeroDivisionError("a bug"), KeyError("another")])
def test_a_failure_is_told_here_as_it_was_and_does_not_escape(qtbot: QtBot, error: Exception) -> None:
    def fails(_: Work) -> object:
        raise error

    work, ears = listened(fails)
    start(work)
    qtbot.waitUntil(lambda: ears.told, timeout=LONG_MS)
    assert (ears.done, ears.failed, ears.here) == ([], [error], {True})


def test_progress_arrives_here_in_order_and_before_the_result(qtbot: QtBot) -> None:
    heard: list[object] = []

    def counts(work: Work) -> str:
        for rows in range(0, 5000, 5):
            work.progressed.emit(rows)
        return "all"

    work, ears = listened(counts)
    ears.rows = heard  # type: ignore[assignment]
    ears.done = heard
    start(work)
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] == "all", timeout=LONG_MS)
    assert heard == [*range(0, 5000, 5), "all"]
    assert ears.here == {True}


def test_a_cancelled_work_learns_it_and_tells_nothing(qtbot: QtBot) -> None:
    begun, may_end = threading.Event(), threading.Event()
    saw: list[bool] = []

    def waits(work: Work) -> str:
        begun.set()
        assert may_end.wait(PATIENCE_S)
        saw.append(work.is_cancelled())
        return "too late"

    work, ears = listened(waits)
    start(work)
    assert begun.wait(PATIENCE_S)
    assert not work.is_cancelled()
    work.cancel()
    may_end.set()
    assert QThreadPool.globalInstance().waitForDone(LONG_MS)
    told_all(qtbot)
    assert saw == [True]
    assert not ears.told


def test_the_failure_of_a_cancelled_work_is_of_no_interest(qtbot: QtBot) -> None:
    def fails(work: Work) -> object:
        work.cancel()
        raise SheetLocked("list.xlsx")

    work, ears = listened(fails)
    start(work)
    assert QThreadPool.globalInstance().waitForDone(LONG_MS)
    told_all(qtbot)
    assert not ears.told


def test_many_works_at_once_each_tell_their_own_result(qtbot: QtBot) -> None:
    def square_of(number: int) -> Callable[[Work], object]:
        return lambda _: number * number

    both = [listened(square_of(number)) for number in range(200)]
    for work, _ in both:
        start(work)
    qtbot.waitUntil(lambda: all(ears.told for _, ears in both), timeout=LONG_MS)
    assert [ears.done for _, ears in both] == [[number * number] for number in range(200)]


def test_a_work_that_everybody_forgot_is_still_done(qtbot: QtBot) -> None:
    begun, may_end, over = (threading.Event() for _ in range(3))

    def waits(_: Work) -> None:
        begun.set()
        assert may_end.wait(PATIENCE_S)
        over.set()

    start(Work(waits))
    assert begun.wait(PATIENCE_S)
    may_end.set()
    assert over.wait(PATIENCE_S)


def test_a_listener_that_is_gone_is_not_called(qtbot: QtBot) -> None:
    may_end = threading.Event()
    work, ears = listened(lambda _: may_end.wait(PATIENCE_S))
    start(work)
    with qtbot.waitSignal(ears.destroyed):
        ears.deleteLater()
    may_end.set()
    assert QThreadPool.globalInstance().waitForDone(LONG_MS)
    told_all(qtbot)
    assert not ears.done


@pytest.mark.parametrize("fails", [False, True])
def test_a_work_whose_signals_went_with_the_application_ends_quietly(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str], fails: bool
) -> None:
    may_end = threading.Event()

    def waits(_: Work) -> None:
        assert may_end.wait(PATIENCE_S)
        if fails:
            raise SheetLocked("a.xlsx")

    work = start(Work(waits))
    delete(work)
    may_end.set()
    assert QThreadPool.globalInstance().waitForDone(LONG_MS)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("fails", [False, True])
def test_the_qt_half_of_a_work_goes_on_its_own_thread_whoever_still_has_the_work(qtbot: QtBot, fails: bool) -> None:
    gone_on: list[bool] = []

    def works(_: Work) -> None:
        if fails:
            raise SheetLocked("a.xlsx")

    work, ears = listened(works)
    work.destroyed.connect(lambda _: gone_on.append(QThread.currentThread().isMainThread()), Qt.ConnectionType.DirectConnection)
    start(work)
    qtbot.waitUntil(lambda: bool(gone_on), timeout=LONG_MS)
    assert gone_on == [True] and not isValid(work)
    assert ears.told, "only after it was heard"


def test_works_are_given_a_moment_at_the_end_and_no_more(qtbot: QtBot) -> None:
    may_end = threading.Event()
    start(Work(lambda _: may_end.wait(PATIENCE_S)))
    assert not finish(0.05)
    may_end.set()
    assert finish(20.0)


def told_all(qtbot: QtBot) -> None:
    """Everything that was posted to this thread before now has arrived."""
    last, ears = listened(lambda _: "last")
    start(last)
    qtbot.waitUntil(lambda: ears.told, timeout=LONG_MS)


class Told:
    """What was made, in order."""

    def __init__(self) -> None:
        self.made: list[object] = []

    def __call__(self, result: object) -> None:
        assert QThread.currentThread().isMainThread()
        self.made.append(result)


def test_each_step_tells_what_it_made_and_failures_name_theirs(qtbot: QtBot) -> None:
    def fail(_: Work) -> None:
        raise SheetLocked("a.xlsx")

    steps, told = Steps(), Told()
    with qtbot.waitSignal(steps.failed, timeout=LONG_MS) as failed:
        steps.begin("good", lambda _: 7, told)
        steps.begin("bad", fail, told)
    qtbot.waitUntil(lambda: told.made == [7], timeout=LONG_MS)
    assert failed.args is not None
    assert (failed.args[0], type(failed.args[1])) == ("bad", SheetLocked)


def test_a_step_that_was_given_up_or_begun_anew_tells_nothing_even_if_it_was_done_already(qtbot: QtBot) -> None:
    steps, told = Steps(), Told()
    given_up = steps.begin("one", lambda _: "given up", told)
    older = steps.begin("two", lambda _: "older", told)
    assert QThreadPool.globalInstance().waitForDone(LONG_MS)
    assert not given_up.is_cancelled() and not older.is_cancelled(), "both are done, and wait to be told"
    steps.give_up("one")
    steps.begin("two", lambda _: "newer", told)
    qtbot.waitUntil(lambda: told.made == ["newer"], timeout=LONG_MS)
    qtbot.wait(50)
    assert told.made == ["newer"]


def test_steps_that_are_given_up_as_they_end_are_never_asked_for_once_they_are_gone(qtbot: QtBot) -> None:
    steps, told = Steps(), list[object]()
    for _ in range(1500):
        for _twice in range(2):
            for name in ("one", "two", "three", "four"):
                steps.begin(name, lambda _: 1, told.append)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: QThreadPool.globalInstance().activeThreadCount() == 0, timeout=PATIENCE_MS)
    assert told
