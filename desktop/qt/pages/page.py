"""What all pages share: a title, one sentence what the page is for, four states, and what they want in the footer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.connections import Connection
from desktop.domain.operations import Operation
from desktop.qt.announcements import announcements
from desktop.qt.theme import MARGIN
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.column import keep_in_column
from desktop.qt.widgets.frames import Card, ProblemPanel, clear_layout, scrolling
from desktop.qt.widgets.labels import PlainLabel, title_label
from desktop.words import say, say_count
from desktop.words.explanations import Explanation

_SHOW_WORK_AFTER_MS = 300


@dataclass(frozen=True)
class FooterSpec:
    """What a page wants in the footer: its own buttons beside Back and at the right; an empty ``primary`` means none.

    The buttons are made with :meth:`Page.make_footer_button`.
    """

    primary: str = ""
    enabled: bool = True
    danger: bool = False
    hint: str = ""
    has_back: bool = True
    extras: Sequence[QWidget] = field(default_factory=tuple)
    right: Sequence[QWidget] = field(default_factory=tuple)


class Page(QWidget):
    """Add the full state to ``body``, what is needed during work to ``working_body``, what stands below a problem to
    ``problem_body``.

    ``footer_changed`` asks the window to show the footer anew. ``operation`` is that of the run that the page is about; steps
    below ``reachable`` may be gone back to from here. ``place_changed`` asks for the account of the page to be shown anew.
    ``step`` is the place of a page in the bar of steps, from 0. Its flow says with :meth:`leads` where the ways out lead.
    """

    step: int | None = None

    footer_changed = Signal()
    place_changed = Signal()
    cancelled = Signal()

    def __init__(self, name: str, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operation, self.reachable = Operation.REMOVE, 0
        self._connection: Connection | None = None
        self._leads_on: Callable[[], None] = lambda: None
        self._leads_back: Callable[[], Page | None] = lambda: None
        self.setObjectName(name)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 14, MARGIN, 16)
        outer.setSpacing(2)
        self.title = title_label(title)
        self.purpose = PlainLabel(purpose, kind="secondary")
        outer.addWidget(self.title)
        outer.addWidget(self.purpose)
        outer.addSpacing(14)
        self._states = QStackedWidget()
        self._full = QWidget()
        self.body = QVBoxLayout(self._full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self._working, self._problem_page = QWidget(), QWidget()
        self._make_working()
        self._make_problem()
        for state in (self._full, self._working, self._problem_page):
            self._states.addWidget(state)
        outer.addWidget(self._states, 1)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_SHOW_WORK_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (layout := self.layout()) is not None:
            keep_in_column(self, layout)
        super().resizeEvent(event)

    @property
    def connection(self) -> Connection | None:
        """The account that what stands here belongs to; None: the one that the window works for."""
        return self._connection

    def belongs_to(self, connection: Connection | None) -> None:
        """What stands here from now on is of this account, whichever one the window works for."""
        self._connection = connection
        self.place_changed.emit()

    def leads(self, primary: Callable[[], None] | None = None, back: Callable[[], "Page | None"] | None = None) -> None:
        """What the page's primary button does, and to which page Back leads; None, or no word of it: to the first page."""
        self._leads_on = primary or self._leads_on
        self._leads_back = back or self._leads_back

    def go_on(self) -> None:
        """Follow the way of the primary button."""
        self._leads_on()

    def page_before(self) -> "Page | None":
        """The page that Back leads to; None: the first page."""
        return self._leads_back()

    def footer(self) -> FooterSpec:
        """What the page wants in the footer now."""
        return FooterSpec()

    def make_footer_button(self, text: str, name: str, *, kind: str = "", glyph: str = "") -> Button:
        """A button for :meth:`footer`, hidden and in the page's care until the footer takes it.

        Without a parent it would be a window of its own, which only Python knows to be part of this one. When this one goes,
        such a button stays behind, alive, in a circle of Python objects, until the garbage collector destroys it on whichever
        thread happens to make the next object, while the window's thread walks through the list of all windows.
        """
        button = Button(text, name, self, kind=kind, glyph=glyph)
        button.hide()
        return button

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins; never a button that sends something."""
        return None

    @property
    def is_full(self) -> bool:
        """True when the page shows its contents and no work is under way, not even one too short to be shown."""
        return self._states.currentWidget() is self._full and not self._patience.isActive()

    @property
    def has_problem(self) -> bool:
        """True when the page shows what went wrong."""
        return self._states.currentWidget() is self._problem_page and not self._patience.isActive()

    def show_full(self) -> None:
        """Show the contents of the page, not that it works or has a problem."""
        self._patience.stop()
        self._states.setCurrentWidget(self._full)
        self.footer_changed.emit()

    def show_working(self, words: str, *, can_cancel: bool = True) -> None:
        """Show, after a moment, that work is going on."""
        self.say_progress(words)
        self._cancel.setVisible(can_cancel)
        self._patience.start()
        self.footer_changed.emit()

    def say_progress(self, words: str, done: int = 0, total: int = 0) -> None:
        """How far the work is; without a ``total`` the bar only shows that it goes on."""
        self._words.setText(words)
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    @Slot(int)
    def say_waiting(self, seconds: int) -> None:
        """A lost call may still take effect: what it did is read in so many seconds, unless the user cancels."""
        self.say_progress(
            say_count(
                "The answer of a call was lost a moment ago, and the call may still take effect.\nDelink "
                "reads what became of it in {n} second.",
                "The answer of a call was lost a moment ago, and the call may still take effect.\nDelink "
                "reads what became of it in {n} seconds.",
                seconds,
            )
        )
        self._cancel.show()

    def show_problem(self, cause: Explanation, ways: Sequence[QWidget] = ()) -> None:
        """Show what went wrong and the ways on, in place of the page."""
        self._patience.stop()
        self._problem.tell(cause)
        clear_layout(self._problem.ways)
        for way in ways:
            self._problem.ways.addWidget(way)
            way.show()  # Qt would show it a moment later
        self._problem.ways.addStretch(1)
        self._states.setCurrentWidget(self._problem_page)
        announcements.say(self, cause.whole(), at_once=True)
        self.footer_changed.emit()

    def _on_patience_over(self) -> None:
        self._states.setCurrentWidget(self._working)
        self.footer_changed.emit()

    def _make_working(self) -> None:
        layout = QVBoxLayout(self._working)
        layout.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self._words = PlainLabel()
        self._progress = QProgressBar()
        self._progress.setFixedHeight(8)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(say("Working"))
        self._cancel = Button(say("Cancel"), "button_cancel")
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.addWidget(self._cancel)
        row.addStretch(1)
        card.body.addWidget(self._words)
        self.working_body = QVBoxLayout()
        card.body.addLayout(self.working_body)
        card.body.addWidget(self._progress)
        card.body.addLayout(row)
        layout.addWidget(card)
        layout.addStretch(1)

    def _make_problem(self) -> None:
        contents = QWidget()
        self.problem_body = QVBoxLayout(contents)
        self.problem_body.setContentsMargins(0, 0, 0, 0)
        self.problem_body.setSpacing(12)
        self._problem = ProblemPanel()
        self.problem_body.addWidget(self._problem)
        self.problem_body.addStretch(0)
        layout = QVBoxLayout(self._problem_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(contents))
