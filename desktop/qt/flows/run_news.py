"""Tells of a run those who do not look at it: screen readers, notices of the desktop, the task bar. Window's thread."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.application.news_of_run import NewsOfRun, pauses_by_itself
from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.runs import Change, Ending, Moment, RunState
from desktop.qt.announcements import announcements
from desktop.qt.jobs.notices import Notices
from desktop.qt.jobs.task_bar import TaskBar
from desktop.qt.run_words import RunWords
from desktop.words import say
from desktop.words.causes import explain_cause
from desktop.words.joining import sentences


class RunNewsPorts(Protocol):
    """What it takes to tell of a run: notices of the desktop, and the task bar."""

    @property
    def notify(self) -> Callable[[str, str], bool]: ...
    @property
    def task_bar(self) -> Callable[[float | None, bool], bool]:
        """Gets how far a run is (0 to 1, None: there is none) and whether it needs somebody."""
        ...


class RunNews(QObject):
    """Created once a window; ``begin`` for every run."""

    def __init__(self, window: QWidget, ports: RunNewsPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._notices = Notices(window, ports.notify, self)
        self._task_bar = TaskBar(ports.task_bar, self)
        self._operation, self._news = Operation.REMOVE, NewsOfRun(0.0)
        self._reached = 0.0

    def begin(self, operation: Operation) -> None:
        """A run with this operation starts, or goes on after an earlier start."""
        self._operation, self._news, self._reached = operation, NewsOfRun(time.monotonic()), 0.0

    def tell_moment(self, moment: Moment, changes: Sequence[Change]) -> None:
        news = self._news.of_changes(changes, time.monotonic())
        for cause in news.causes:
            announcements.say(self._window, explain_cause(cause, self._operation).whole())
        if news.tells_progress:
            announcements.say(self._window, RunWords(self._operation).progress(moment.done, moment.total))
        self._reached = moment.done / moment.total if moment.total else 1.0
        self._task_bar.show(self._reached)

    def tell_state(self, state: RunState, cause: CauseCode | None) -> None:
        if state is RunState.RUNNING:
            self._task_bar.show(self._reached)
        if state is not RunState.PAUSED or cause is None:
            return
        words, by_itself = explain_cause(cause, self._operation), pauses_by_itself(state, cause)
        announcements.say(self._window, words.whole(), at_once=by_itself)
        if by_itself:
            self._notices.tell(RunWords(self._operation).paused(), words.whole())
            self._task_bar.show(self._reached, needs_you=True)

    def tell_end(self, ending: Ending) -> None:
        """The run ended, for now or for good."""
        words = RunWords(self._operation)
        title, summary = words.ended(ending.state), words.summary(ending.tally)
        announcements.say(self._window, sentences(say("{title}.", title=title), summary), at_once=True)
        self._notices.tell(title, summary)

    def end(self) -> None:
        """Tell the task bar that nothing is at work any more."""
        self._task_bar.show(None)
