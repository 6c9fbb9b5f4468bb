"""The rail at the left: New clean-up, the runs of this computer, Help, and the account that the window works for."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.domain.connections import Connection
from desktop.qt.models.rail_model import RailModel
from desktop.qt.models.runs_model import SUMMARY_ROLE, RunsModel
from desktop.qt.place_words import environment_words
from desktop.qt.theme import scaled
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel, caption_label
from desktop.qt.widgets.run_rows import RunRows
from desktop.words import say, say_count

WIDTH = 240
_SEARCH_FROM = 8


class Rail(QFrame):
    """Signals what the user wants. ``account_button`` is the button that leads to another account."""

    run_chosen = Signal(object)

    def __init__(self, runs: RunsModel, account_button: Button, *, is_practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setFixedWidth(WIDTH)
        self.rows = RailModel(runs, self, shows_practice=is_practice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(8)
        self.new = Button(say("New clean-up"), "button_new_clean_up", glyph="plus")
        layout.addWidget(self.new)
        layout.addWidget(self._make_search())
        self._no_runs = caption_label(say("No runs on this computer yet"))
        self._no_runs.setContentsMargins(8, 8, 8, 0)
        layout.addWidget(self._no_runs)
        layout.addWidget(self._make_list(), 1)
        self._practice = Button("", "button_practice_runs", kind="rail", glyph="flask")
        self._practice.setCheckable(True)
        self._practice.setChecked(is_practice)
        self._practice.toggled.connect(self.rows.show_practice)
        layout.addWidget(self._practice)
        self.history = Button(say("History"), "button_history", kind="rail", glyph="clock")
        self.guide = Button(say("Help"), "button_help", kind="rail", glyph="question")
        layout.addWidget(self.history)
        layout.addWidget(self.guide)
        layout.addWidget(self._make_account(account_button))
        self.show_account(None)
        runs.modelReset.connect(self._on_runs_reset)
        self._on_runs_reset()

    def show_account(self, connection: Connection | None) -> None:
        """Say whose account it is, in which environment."""
        self._account_block.setVisible(connection is not None)
        if connection is None:
            return
        owner = connection.account
        self._company.setText(owner.company or connection.name)
        self._user.setText(owner.user or owner.email)
        tint, word = environment_words(connection.environment)
        if self._chip.property("chip") != tint:
            self._chip.setProperty("chip", tint)
            self._chip.style().unpolish(self._chip)
            self._chip.style().polish(self._chip)
        self._chip.setText(word)

    def _make_search(self) -> QLineEdit:
        self.search = QLineEdit()
        self.search.setObjectName("input_search_runs")
        self.search.setPlaceholderText(say("Search runs"))
        self.search.setAccessibleName(say("Search runs"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.rows.search)
        return self.search

    def _make_list(self) -> QListView:
        view = QListView()
        view.setObjectName("list_runs")
        view.setAccessibleName(say("Runs"))
        view.setProperty("kind", "runs")
        view.setModel(self.rows)
        view.setItemDelegate(RunRows(view))
        view.setMouseTracking(True)
        # Headings make rows unequal, so Qt asks each of them how high it is: of ten thousand runs some hundred a turn.
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self._on_run_clicked)
        view.activated.connect(self._on_run_clicked)
        self._view = view
        return view

    def _make_account(self, button: Button) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._account_block = QWidget()
        lines = QVBoxLayout(self._account_block)
        lines.setContentsMargins(8, 8, 8, 0)
        lines.setSpacing(2)
        self._company, self._user = ElidedLabel(), ElidedLabel()
        scaled(self._company, 1.0, strong=True)
        scaled(self._user, 0.9)
        self._chip = PlainLabel(wraps=False)
        scaled(self._chip, 0.78, strong=True)
        self._chip.setContentsMargins(6, 1, 6, 1)
        second = QHBoxLayout()
        second.addWidget(self._user, 1)
        second.addWidget(self._chip)
        lines.addWidget(self._company)
        lines.addLayout(second)
        column.addWidget(self._account_block)
        column.addWidget(button)
        return whole

    @Slot()
    def _on_runs_reset(self) -> None:
        runs, practice = self.rows.all_runs, self.rows.practice_runs
        self._no_runs.setVisible(runs == 0)
        self.search.setVisible(runs >= _SEARCH_FROM)
        self._practice.setVisible(practice > 0)
        self._practice.say(say_count("{n} practice run", "{n} practice runs", practice))

    @Slot(QModelIndex)
    def _on_run_clicked(self, index: QModelIndex) -> None:
        if (summary := index.data(SUMMARY_ROLE)) is not None:
            self.run_chosen.emit(summary)
