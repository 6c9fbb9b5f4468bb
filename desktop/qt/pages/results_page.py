"""Results: one sentence, the bar, and the outcomes grouped by cause with what to do about each."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.domain.causes import CauseCode, cause_of
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import Outcome
from desktop.domain.rejections import REJECTIONS
from desktop.qt.models.problems_model import CAUSE, OUTCOME, PARENT, RELATED, ROW, ProblemsModel
from desktop.qt.models.run_results import RunResults
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.widgets.bars import OUTCOME_TOKENS, OutcomeBar
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, Glyph, clear_layout
from desktop.qt.widgets.labels import PlainLabel, caption_label, section_label
from desktop.qt.widgets.tables import IdDelegate, TableView


class ResultsPage(Page):
    """``wants_open`` and ``wants_save`` for the workbook, ``wants_retry`` for what the run left."""

    wants_retry = Signal()
    wants_open = Signal()
    wants_save = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_results", self.tr("Results"), "", parent)
        self._results: RunResults | None = None
        self._summary = ""
        self._sentence = section_label("")
        self._sentence.setObjectName("label_result")
        self._bar = OutcomeBar("bar_outcomes")
        self._where = caption_label("")
        self._where.setObjectName("label_results_path")
        self.body.addWidget(self._sentence)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._where)
        groups = QWidget()
        self._groups = QVBoxLayout(groups)
        self._groups.setContentsMargins(0, 0, 6, 0)
        self._groups.setSpacing(10)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(groups)
        self._rows = ProblemsModel(parent=self)
        self._table = TableView("table_rows", self.tr("Rows of the chosen cause"))
        self._table.setModel(self._rows)
        digits = self._table.fontMetrics().horizontalAdvance("0" * 20)
        for column, width in ((ROW, digits // 2), (OUTCOME, digits), (PARENT, digits), (RELATED, digits), (CAUSE, 2 * digits)):
            self._table.setColumnWidth(column, width)
        for column in (PARENT, RELATED):
            self._table.setItemDelegateForColumn(column, IdDelegate(self._table))
        self._table.hide()
        split = QSplitter()
        split.setOrientation(split.orientation().Vertical)
        split.addWidget(scroll)
        split.addWidget(self._table)
        split.setChildrenCollapsible(False)
        self.body.addWidget(split, 1)
        self._save = Button(self.tr("Save as…"), "button_results_save", glyph="save")
        self._save.clicked.connect(self.wants_save)
        self._copy = Button(self.tr("Copy summary"), "button_copy_summary", glyph="copy")
        self._copy.clicked.connect(self._on_copy)
        self._retry = Button("", "button_retry", glyph="play")
        self._retry.clicked.connect(self.wants_retry)
        self._open = Button(self.tr("Open results in Excel"), "button_results_open", kind="primary", glyph="open")
        self._open.clicked.connect(self.wants_open)

    def show_record(self, record: RunRecord, results: RunResults, workbook: Path | None, trouble: str = "") -> None:
        """Show a run; ``trouble`` is why it has no workbook where one was wanted."""
        self._results = results
        tally = record.ledger.tally
        removed = self.tr("%n link(s) removed", "", tally[Outcome.DELINKED])
        words = {
            Outcome.NOT_LINKED: self.tr("%n were not linked", "", tally[Outcome.NOT_LINKED]),
            Outcome.REFUSED: self.tr("%n refused", "", tally[Outcome.REFUSED]),
            Outcome.UNKNOWN: self.tr("%n not confirmed", "", tally[Outcome.UNKNOWN]),
            Outcome.NOT_ATTEMPTED: self.tr("%n not sent", "", tally[Outcome.NOT_ATTEMPTED]),
        }
        others = [text for outcome, text in words.items() if tally[outcome]]
        rejected = sum(record.entries.rejected().values())
        others += [self.tr("%n rejected in the sheet", "", rejected)] if rejected else []
        text = removed + (", " + ", ".join(others) if others else "") + "."
        self._sentence.setText(text)
        self.purpose.setText(f"{record.facts.sheet_name} · {record.facts.connection.label} · {record.facts.run}")
        self._bar.show_tally(tally)
        where = self.tr("Results workbook: %1").replace("%1", str(workbook)) if workbook else ""
        self._where.setText(f"{trouble} {where}".strip())
        self._open.setEnabled(workbook is not None)
        self._summary = f"{self.purpose.text()}\n{text}\n{where}"
        self._table.hide()
        self._rows.begin(results.links)
        self._retry.setEnabled(results.left > 0)
        self._retry.say(self.tr("Try %n link(s) again…", "", results.left))
        self._fill_groups(record, results)
        self.show_full()

    def footer(self) -> FooterWish:
        """The workbook, and a new clean-up by the list at the left."""
        retry = [self._retry] if self._retry.isEnabled() else []
        return FooterWish(has_back=False, right=[self._copy, self._save, *retry, self._open] if self.is_full else [])

    def _fill_groups(self, record: RunRecord, results: RunResults) -> None:
        clear_layout(self._groups)
        order = list(Outcome)
        for (outcome, cause), count in sorted(results.counts.items(), key=lambda one: (order.index(one[0][0]), -one[1])):
            self._groups.addWidget(self._group(outcome, cause, count))
        for reason, count in record.entries.rejected().items():
            words = REJECTIONS[reason]
            self._groups.addWidget(self._card("cross", "refused", f"{count:,} · {words.title}", words.why, words.what_to_do))
        self._groups.addStretch(1)

    def _group(self, outcome: Outcome, cause: CauseCode, count: int) -> Card:
        token, glyph = OUTCOME_TOKENS[outcome]
        words = cause_of(cause)
        show = Button(self.tr("Show rows"), f"button_show_{cause}", glyph="search")
        show.setAccessibleName(f"{self.tr('Show rows')}: {words.title}")
        show.setProperty("cause", str(cause))
        show.clicked.connect(self._on_show)
        return self._card(glyph, token, f"{count:,} · {words.title}", words.why, words.what_to_do, show)

    @staticmethod
    def _card(glyph: str, token: str, title: str, why: str, what_to_do: str, button: QWidget | None = None) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Glyph(glyph, token, 20))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(section_label(title))
        texts.addWidget(PlainLabel(" ".join(part for part in (why, what_to_do) if part), kind="secondary"))
        row.addLayout(texts, 1)
        if button is not None:
            row.addWidget(button)
        card.body.addLayout(row)
        return card

    @Slot()
    def _on_show(self) -> None:
        results = self._results
        if results is None:
            return
        wanted = CauseCode(self.sender().property("cause"))
        self._rows.show_links(results.links, results.numbers[wanted], results.outcomes)
        self._table.show()
        self._table.setFocus()

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._summary)
