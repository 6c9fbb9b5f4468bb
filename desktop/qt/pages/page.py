"""What all pages share: a title, one sentence what the page is for, four states, and what they want in the footer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.causes import Cause
from desktop.qt.theme import MARGIN
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, ProblemPanel, clear_layout
from desktop.qt.widgets.labels import PlainLabel, title_label

_SHOW_WORK_AFTER_MS = 300


@dataclass(frozen=True)
class FooterWish:
    """What a page wants in the footer: its own buttons beside Back and at the right; an empty ``primary`` means none."""

    primary: str = ""
    enabled: bool = True
    danger: bool = False
    hint: str = ""
    has_back: bool = True
    extras: Sequence[QWidget] = field(default_factory=tuple)
    right: Sequence[QWidget] = field(default_factory=tuple)


class Page(QWidget):
    """Add the full state to ``body``, and what is needed during work to ``working_body``.

    ``footer_changed`` asks the window to show the footer anew.
    """

    footer_changed = Signal()
    cancelled = Signal()

    def __init__(self, name: str, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 14, MARGIN, 14)
        outer.setSpacing(4)
        self.title = title_label(title)
        self.purpose = PlainLabel(purpose, kind="secondary")
        outer.addWidget(self.title)
        outer.addWidget(self.purpose)
        outer.addSpacing(10)
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

    def footer(self) -> FooterWish:
        """What the page wants in the footer now."""
        return FooterWish()

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins; never a button that sends something."""
        return None

    @property
    def is_full(self) -> bool:
        """True when the page shows its contents and no work is under way, not even one too short to be shown."""
        return self._states.currentWidget() is self._full and not self._patience.isActive()

    def show_full(self) -> None:
        """Show the page itself."""
        self._patience.stop()
        self._states.setCurrentWidget(self._full)
        self.footer_changed.emit()

    def show_working(self, words: str, *, can_cancel: bool = True) -> None:
        """Show, after a moment, that work is going on."""
        self._words.setText(words)
        self._cancel.setVisible(can_cancel)
        self._patience.start()
        self.footer_changed.emit()

    def say_progress(self, words: str) -> None:
        """How far the work is."""
        self._words.setText(words)

    def show_problem(self, cause: Cause, ways: Sequence[QWidget] = ()) -> None:
        """Show what went wrong and the ways on, in place of the page."""
        self._patience.stop()
        self._problem.tell(cause)
        clear_layout(self._problem.ways)
        for way in ways:
            self._problem.ways.addWidget(way)
        self._problem.ways.addStretch(1)
        self._states.setCurrentWidget(self._problem_page)
        self.footer_changed.emit()

    def _on_patience_over(self) -> None:
        self._states.setCurrentWidget(self._working)
        self.footer_changed.emit()

    def _make_working(self) -> None:
        layout = QVBoxLayout(self._working)
        layout.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self._words = PlainLabel()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setFixedHeight(8)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Working"))
        self._cancel = Button(self.tr("Cancel"), "button_cancel")
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.addWidget(self._cancel)
        row.addStretch(1)
        card.body.addWidget(self._words)
        self.working_body = QVBoxLayout()
        card.body.addLayout(self.working_body)
        card.body.addWidget(bar)
        card.body.addLayout(row)
        layout.addWidget(card)
        layout.addStretch(1)

    def _make_problem(self) -> None:
        layout = QVBoxLayout(self._problem_page)
        layout.setContentsMargins(0, 0, 0, 0)
        self._problem = ProblemPanel()
        layout.addWidget(self._problem)
        layout.addStretch(1)
