"""Remove, or put back: how far it is, what is going on, what went wrong; pause and stop."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.entries import Links
from desktop.domain.operations import Operation
from desktop.domain.outcomes import LinkOutcome, Tally
from desktop.domain.records import RecordId
from desktop.domain.runs import Change, Moment, RunState, Settled
from desktop.domain.texts import Text
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.run_words import RunWords
from desktop.qt.theme import scaled
from desktop.qt.widgets.bars import OutcomeBar, SpeedLine
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.durations import duration_words
from desktop.qt.widgets.first_links_table import FirstLinksTable
from desktop.qt.widgets.frames import ProblemPanel
from desktop.qt.widgets.labels import PlainLabel, caption_label
from desktop.qt.widgets.problems_table import ProblemsTable
from desktop.words import say, say_count
from desktop.words.causes import explain_cause, explain_outage
from desktop.words.joining import side_by_side

_STILL_AFTER_MS = 4000
SPEEDS = (1, 2, 5, 10, 15, 20, 25)


class RemovePage(Page):
    """Signals what the user asks for; shows moments."""

    step = 3

    wants_pause = Signal()
    wants_resume = Signal()
    wants_stop = Signal()
    wants_sign_in = Signal()
    speed_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_remove",
            RunWords(Operation.REMOVE).title(),
            say("Every outcome is on disk before it is shown here."),
            parent,
        )
        self._state = RunState.RUNNING
        self._cause: CauseCode | None = None
        self._stopping = False
        self._calls, self._done_of = 0, (0, 0)
        self._first: tuple[int, ...] = ()
        self._trouble: Text | str = ""
        self._last: Moment | None = None
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_AFTER_MS)
        self._still.timeout.connect(self._on_still)
        self.body.addLayout(self._head())
        self._bar = OutcomeBar("progress_run")
        self.body.addWidget(self._bar)
        self._sentence = PlainLabel()
        self._sentence.setObjectName("label_sentence")
        self.body.addLayout(self._sentence_row())
        self._panel = ProblemPanel(name="panel_paused")
        self._panel.hide()
        self.body.addWidget(self._panel)
        self._make_buttons()
        self._table = ProblemsTable(
            "table_problems", say("Links that need a look"), when_empty=say("Links that need a look appear here.")
        )
        self.body.addWidget(self._table, 1)
        self._first_table = FirstLinksTable("table_first_links", say("The links that were tried first"))
        self._first_table.hide()
        self.body.addWidget(self._first_table, 1)

    def begin(self, operation: Operation, links: Links, total: int, tally: Tally, first: Sequence[int] = ()) -> None:
        """A run with this operation starts; ``first`` are the links that it tries before it pauses."""
        self.operation, self._first = operation, tuple(first)
        self._show_first(False)
        self.title.setText(RunWords(operation).title())
        self._table.problems.begin(links, operation)
        self._trouble = ""
        self._speed.clear()
        self._last = None
        self._still.stop()
        self._state, self._stopping, self._calls, self._cause = RunState.RUNNING, False, 0, None
        self._show_count(0, total)
        self._bar.show_tally(tally, operation.outcomes)
        self._numbers.setText("")
        self._may_sleep.hide()
        self._panel.hide()
        self._sentence.setText(say("Starting…"))
        self._update_buttons()
        self.show_full()

    def show_first(self, links: Links, outcomes: Mapping[int, LinkOutcome]) -> None:
        """What became of the links that were tried first, while the run waits for the word to go on."""
        self._first = ()
        self._show_count(*self._done_of)
        self._first_table.first.show_links(links, outcomes, self.operation)
        self._show_first(True)

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Names of the records of those links."""
        self._first_table.first.show_names(names)

    def show_speed(self, lanes: int | None) -> None:
        """The number of calls at once that is set; None: they adapt."""
        self._speed_choice.setCurrentIndex(max(0, self._speed_choice.findData(lanes)))

    @Slot()
    def say_may_sleep(self) -> None:
        """Say that the computer cannot be kept awake."""
        self._may_sleep.show()

    def show_moment(self, moment: Moment, changes: Sequence[Change]) -> None:
        if moment.done != self._done_of[0]:
            self._still.start()
        self._show_count(moment.done, moment.total)
        self._bar.show_tally(moment.tally, self.operation.outcomes)
        self._trouble = moment.trouble or self._trouble
        self._table.problems.add([pair for change in changes if isinstance(change, Settled) for pair in change.outcomes])
        if moment.links_per_s is not None:
            self._speed.add(moment.links_per_s)
        self._last = moment
        self._show_numbers(moment)
        if self._state is RunState.RUNNING and not self._stopping:
            self._sentence.setText(self._what_goes_on(moment))

    @Slot()
    def _on_still(self) -> None:
        if self._last is not None and self._state is RunState.RUNNING:
            self._show_numbers(self._last)

    def _show_numbers(self, moment: Moment) -> None:
        """A rate and a time left only while something moves: both would stand still with a call that is held."""
        parts, moves = [], self._still.isActive()
        if moves and moment.seconds_left is not None and moment.done < moment.total:
            parts.append(say("about {duration} left", duration=duration_words(moment.seconds_left)))
        if moves and moment.links_per_s is not None:
            parts.append(say_count("{n} link a second", "{n} links a second", round(moment.links_per_s)))
        self._calls = moment.calls
        parts += [
            say_count("{n} call made", "{n} calls made", moment.calls),
            say_count("{n} at once", "{n} at once", moment.lanes),
        ]
        if moment.credits_left is not None:
            parts.append(say_count("{n} credits left today", "{n} credits left today", moment.credits_left))
        self._numbers.setText(side_by_side(*parts))

    def show_state(self, state: RunState, cause: CauseCode | None) -> None:
        self._state, self._cause = state, cause
        self.title.setText(say("Paused") if state is RunState.PAUSED else RunWords(self.operation).title())
        if state is not RunState.PAUSED:
            self._show_first(False)
        if state is not RunState.RUNNING:
            self._numbers.setText(say_count("{n} call made", "{n} calls made", self._calls))
        own = state is RunState.PAUSED and cause not in (None, CauseCode.ASKED)
        self._panel.setVisible(own)
        self._sentence.setVisible(not own)
        if own and cause is not None:
            told = explain_outage(self._trouble) if cause is CauseCode.OFFLINE else explain_cause(cause, self.operation)
            self._panel.tell(told, calm=True)  # the title and the words say what is amiss; nothing burns while nothing is sent
            self._sign_in.setVisible(cause_of(cause).signing_in_helps)
        words = {
            RunState.PAUSED: say("Paused. Nothing is sent; what is done is kept. Continue whenever you like."),
            RunState.STOPPED: say("Stopped. What is done is kept; you can continue later."),
        }
        self._sentence.setText(words.get(state, say("Going on…")))
        self._update_buttons()

    @property
    def is_paused(self) -> bool:
        """True while the run that is shown is held in a pause and nobody has asked for its end."""
        return self._state is RunState.PAUSED and not self._stopping

    @property
    def wants_new_key(self) -> bool:
        """True while the run is held because its key is over: going on with that one would only pause it again."""
        return self.is_paused and self._cause is CauseCode.SIGNED_OUT

    def say_writing(self, done: int, total: int) -> None:
        """In a pause: so many lines of so many are in the results workbook; 0 of 0 when it is written no longer."""
        words = [say_count("{n} call made", "{n} calls made", self._calls)]
        if total:
            words.append(
                say_count("writing the results: {done} of {n} row", "writing the results: {done} of {n} rows", total, done=done)
            )
        self._numbers.setText(side_by_side(*words))

    def show_stopping(self) -> None:
        """The stop was asked for and calls in flight are still out."""
        self._stopping = True
        self._sentence.setText(say("Stopping: the calls in flight are finished first."))
        self._update_buttons()

    def first_focus(self) -> QWidget:
        """Give the keyboard a place where a stray key changes nothing."""
        return self._table if self._first_table.isHidden() else self._first_table

    def footer(self) -> FooterSpec:
        if not self.is_full:
            return FooterSpec(has_back=False)
        extras = [self._pause, self._stop] if self._state in (RunState.RUNNING, RunState.PAUSED) else []
        go_on = say("Remove anyway") if self._cause is CauseCode.COPY_WITHOUT_FIELDS else say("Continue")
        if self._cause is CauseCode.FIRST_LINKS_DONE:
            done, total = self._done_of
            go_on = say_count("Continue with {n} link", "Continue with {n} links", total - done)
        if self.wants_new_key:
            return FooterSpec(has_back=False, extras=extras, right=[self._sign_in])
        primary = go_on if self._state is not RunState.RUNNING else ""
        return FooterSpec(primary, has_back=False, extras=extras, enabled=not self._stopping)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        self._count = PlainLabel(wraps=False)
        self._count.setObjectName("label_count")
        scaled(self._count, 2.2, strong=True)
        self._numbers = PlainLabel(kind="secondary")
        texts.addWidget(self._count)
        texts.addWidget(self._numbers)
        self._speed = SpeedLine()
        row.addLayout(texts, 3)
        row.addWidget(self._speed, 1)
        return row

    def _sentence_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._speed_choice = QComboBox()
        self._speed_choice.setObjectName("combo_speed")
        self._speed_choice.setAccessibleName(say("Speed"))
        self._speed_choice.addItem(say("as fast as Zoho allows"), None)
        for lanes in SPEEDS:
            self._speed_choice.addItem(say_count("{n} call at once", "{n} calls at once", lanes), lanes)
        self._speed_choice.activated.connect(self._on_speed)
        self._may_sleep = caption_label(say("Keep this computer awake yourself: it does not let programs do that."))
        self._may_sleep.setObjectName("label_may_sleep")
        self._may_sleep.hide()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._sentence)
        texts.addWidget(self._may_sleep)
        row.addLayout(texts, 1)
        row.addWidget(PlainLabel(say("Speed"), wraps=False))
        row.addWidget(self._speed_choice)
        return row

    def _make_buttons(self) -> None:
        self._pause = self.make_footer_button(say("Pause"), "button_pause", glyph="pause")
        self._pause.clicked.connect(self._on_pause)
        self._stop = self.make_footer_button(say("Stop"), "button_stop", glyph="stop")
        self._stop.setToolTip(say("Finishes the calls in flight, then stops; you can continue later"))
        self._stop.clicked.connect(self.wants_stop)
        self._sign_in = Button(say("Sign in again"), "button_sign_in_again", glyph="key")
        self._sign_in.clicked.connect(self.wants_sign_in)
        self._panel.ways.addWidget(self._sign_in)
        self._panel.ways.addStretch(1)

    def _update_buttons(self) -> None:
        self._pause.setEnabled(not self._stopping and self._state is RunState.RUNNING)
        self._stop.setEnabled(not self._stopping)
        self._place_sign_in()
        self.footer_changed.emit()

    def _place_sign_in(self) -> None:
        """At the right of the footer where it is the one way on; beside the words where it is one of two."""
        self._sign_in.set_kind("primary" if self.wants_new_key else "")
        if not self.wants_new_key and self._panel.ways.indexOf(self._sign_in) < 0:
            self._panel.ways.insertWidget(0, self._sign_in)
        if self._stopping:
            self._sign_in.hide()

    def _show_first(self, shown: bool) -> None:
        self._first_table.setVisible(shown)
        self._table.setVisible(not shown)

    def _show_count(self, done: int, total: int) -> None:
        """Before the pause after the first links, progress counts to them: that is the number that was typed."""
        self._done_of = done, total
        if self._first:
            total = len(self._first)
        self._count.setText(say("{done} of {total}", done=done, total=total))

    def _what_goes_on(self, moment: Moment) -> str:
        match moment.waiting_for:
            case CauseCode.LIMIT_REACHED:
                return say_count(
                    "Zoho asked us to wait {n} second.", "Zoho asked us to wait {n} seconds.", round(moment.waiting_s)
                )
            case CauseCode.OFFLINE:
                return say_count(
                    "Zoho cannot be reached; trying again in {n} second.",
                    "Zoho cannot be reached; trying again in {n} seconds.",
                    round(moment.waiting_s),
                )
            case CauseCode.ANSWER_LOST:
                return say("Waiting two minutes before the last look at links whose answer was lost.")
        words = RunWords(self.operation)
        return words.first_at_work(len(self._first)) if self._first else words.goes_on(moment.in_flight)

    @Slot()
    def _on_speed(self) -> None:
        self.speed_changed.emit(self._speed_choice.currentData())

    @Slot()
    def _on_pause(self) -> None:
        self._pause.setEnabled(False)
        self._sentence.setText(say("Pausing: the calls in flight are finished first."))
        self.wants_pause.emit()
