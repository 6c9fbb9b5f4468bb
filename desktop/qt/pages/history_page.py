"""History: every run kept on this computer, how long runs are kept, and the way back into one."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.domain.history import FOR_EVER, KEEP_DAYS, Family, is_settled
from desktop.domain.runs import RunState, RunSummary
from desktop.qt.models.history_model import (
    ACCOUNT,
    KEPT,
    KIND,
    LINKS,
    OUTCOME_COLUMNS,
    SHEET,
    STARTED,
    STATE,
    HistoryModel,
)
from desktop.qt.models.runs_model import SUMMARY_ROLE
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import ProblemPanel
from desktop.qt.widgets.labels import PlainLabel, caption_label
from desktop.qt.widgets.tables import TableView, set_widths
from desktop.words import say, say_count
from desktop.words.explanations import Explanation
from desktop.words.joining import sentences


class HistoryPage(Page):
    """``chosen`` (RunSummary), ``wants_pin`` (run, bool), ``wants_remove`` (run), ``wants_folder``, ``keep_changed`` (days).

    ``wants_report`` and ``wants_support`` (run): what people who help are shown, to the clipboard or to a file.
    """

    chosen = Signal(object)
    wants_pin = Signal(str, bool)
    wants_remove = Signal(str)
    wants_folder = Signal()
    keep_changed = Signal(int)
    wants_report = Signal(str)
    wants_support = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_history",
            say("History"),
            say("Every run on this computer. The list stays here: nothing of it is sent anywhere."),
            parent,
        )
        self._pinned: Collection[str] = ()
        self._model = HistoryModel(self)
        self._make_buttons()
        self.body.addLayout(self._keep_row())
        self._panel = self._remove_panel()
        self.body.addWidget(self._panel)
        self._table = TableView(
            "table_history",
            say("Runs on this computer"),
            when_empty=say("No run yet. Once links were removed, the run stands here."),
        )
        self._table.setModel(self._model)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(STARTED, Qt.SortOrder.DescendingOrder)
        self._table.horizontalHeader().setSectionsMovable(True)
        digit = self._table.fontMetrics().horizontalAdvance("0")
        counts = dict(zip(OUTCOME_COLUMNS, (9, 16, 11, 16, 11), strict=True))
        widths = {SHEET: 19, STARTED: 19, ACCOUNT: 20, KIND: 27, STATE: 15, LINKS: 9, **counts, KEPT: 9}
        set_widths(self._table, {column: width * digit for column, width in widths.items()})
        self._table.selectionModel().selectionChanged.connect(self._on_selected)
        self._table.doubleClicked.connect(self._on_activated)
        self.body.addWidget(self._table, 1)
        self.body.addLayout(self._support_row())
        self._on_selected()

    def show_runs(
        self,
        runs: Sequence[RunSummary],
        pinned: Collection[str],
        keep_days: int,
        related: Mapping[str, Family] | None = None,
    ) -> None:
        """Show the list, and how long finished runs are kept. ``related`` is as in the model."""
        run = self._present()
        self._pinned = pinned
        self._model.show_runs(runs, pinned, related)
        self._keep.blockSignals(True)
        self._keep.setCurrentIndex(self._keep.findData(keep_days))
        self._keep.blockSignals(False)
        self._select(run.run if run else "")

    def first_focus(self) -> QWidget:
        return self._table

    def footer(self) -> FooterSpec:
        """Into the chosen run, and what can be done with it."""
        run = self._present()
        extras = [self._folder, self._pin, self._remove] if self.is_full else []
        if run is None:
            return FooterSpec(say("Open run"), enabled=False, extras=extras)
        if run.state is RunState.RUNNING:
            return FooterSpec(say("Show run"), extras=extras)
        text = say("Open results") if is_settled(run) else say("Continue this run")
        return FooterSpec(text, extras=extras)

    def say(self, words: str) -> None:
        """What became of a report or a support file."""
        self._said.setText(words)

    def primary(self) -> None:
        if (run := self._present()) is not None:
            self.chosen.emit(run)

    def _present(self) -> RunSummary | None:
        rows = self._table.selectionModel().selectedRows()
        summary = rows[0].data(SUMMARY_ROLE) if rows else None
        return summary if isinstance(summary, RunSummary) else None

    def _select(self, run: str) -> None:
        if (row := self._model.row_of(run)) is not None:
            self._table.selectRow(row)
            return
        self._table.clearSelection()
        self._on_selected()

    def _make_buttons(self) -> None:
        self._folder = self.make_footer_button(say("Open folder"), "button_open_folder", glyph="folder")
        self._folder.clicked.connect(self.wants_folder)
        self._pin = self.make_footer_button(say("Pin"), "button_pin", glyph="pin")
        self._pin.clicked.connect(self._on_pin)
        self._remove = self.make_footer_button(say("Remove from list…"), "button_remove_run", glyph="bin")
        self._remove.clicked.connect(self._on_remove)

    def _keep_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._keep = QComboBox()
        self._keep.setObjectName("combo_keep_for")
        self._keep.setAccessibleName(say("Keep finished runs for"))
        for days in KEEP_DAYS:
            self._keep.addItem(say("ever") if days == FOR_EVER else say_count("{n} day", "{n} days", days), days)
        self._keep.currentIndexChanged.connect(self._on_keep)
        row.addWidget(PlainLabel(say("Keep finished runs for"), wraps=False))
        row.addWidget(self._keep)
        row.addSpacing(8)
        note = say("Pinned runs stay, and so does every run that is unfinished or has links that are not confirmed.")
        row.addWidget(caption_label(note), 1)
        return row

    def _support_row(self) -> QHBoxLayout:
        self._report = Button(say("Copy report"), "button_copy_report", glyph="copy")
        self._report.clicked.connect(self._on_report)
        self._support = Button(say("Save support file…"), "button_save_support", glyph="save")
        self._support.clicked.connect(self._on_support)
        self._said = caption_label(say("For people who help you: no record, no name and no key is in it."))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._report)
        row.addWidget(self._support)
        row.addWidget(self._said, 1)
        return row

    def _remove_panel(self) -> ProblemPanel:
        panel = ProblemPanel(name="panel_remove_run")
        keep = Button(say("Keep it"), "button_keep_run", kind="primary")
        keep.clicked.connect(panel.hide)
        sure = Button(say("Remove from list"), "button_remove_run_sure", glyph="bin")
        sure.clicked.connect(self._on_sure)
        panel.ways.addWidget(keep)
        panel.ways.addWidget(sure)
        panel.ways.addStretch(1)
        panel.hide()
        return panel

    @Slot()
    def _on_selected(self) -> None:
        run = self._present()
        self._panel.hide()
        self._pin.setEnabled(run is not None)
        self._pin.say(say("Unpin") if run is not None and run.run in self._pinned else say("Pin"))
        self._remove.setEnabled(run is not None and run.state is not RunState.RUNNING)
        for button in (self._report, self._support):
            button.setEnabled(run is not None)
        self.footer_changed.emit()

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self.primary()

    @Slot()
    def _on_pin(self) -> None:
        if (run := self._present()) is not None:
            self.wants_pin.emit(run.run, run.run not in self._pinned)

    @Slot()
    def _on_remove(self) -> None:
        run = self._present()
        if run is None:
            return
        left = say("It is not finished: without its record nobody can tell what became of its last calls.")
        why = say("Its outcomes go from this computer and it can no longer be continued or undone.")
        self._panel.tell(
            Explanation(
                say("Remove the run {run} from this computer?", run=run.run),
                why if is_settled(run) else sentences(left, why),
                say("A results workbook that was written stays where it is."),
            )
        )
        self._panel.show()

    @Slot()
    def _on_sure(self) -> None:
        self._panel.hide()
        if (run := self._present()) is not None:
            self.wants_remove.emit(run.run)

    @Slot()
    def _on_report(self) -> None:
        if (run := self._present()) is not None:
            self.wants_report.emit(run.run)

    @Slot()
    def _on_support(self) -> None:
        if (run := self._present()) is not None:
            self.wants_support.emit(run.run)

    @Slot()
    def _on_keep(self) -> None:
        self.keep_changed.emit(int(self._keep.currentData()))
