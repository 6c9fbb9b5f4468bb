"""Results: one sentence, the bar, and the outcomes grouped by cause with what to do about each; what a later look found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.application.follow_ups import Verification
from desktop.application.run_results import RunResults
from desktop.domain.causes import LEFT_BY_CHOICE, CauseCode
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunFacts, RunState
from desktop.qt.models.cells import OUTCOME_TOKENS
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.run_words import RunWords
from desktop.qt.widgets.bars import OutcomeBar
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.family_rows import FamilyRows
from desktop.qt.widgets.frames import Card, Glyph, clear_layout
from desktop.qt.widgets.labels import PlainLabel, caption_label, section_label
from desktop.qt.widgets.problems_table import ProblemsTable
from desktop.words import language, say, say_count, say_text
from desktop.words.causes import explain_cause
from desktop.words.explanations import Explanation
from desktop.words.joining import sentences, side_by_side
from desktop.words.rejections import explain_rejection


class ResultsPage(Page):
    """``wants_open`` and ``wants_save`` (run) for the workbook; ``wants_retry`` (run, links that were found linked) for what
    the run left, ``wants_verify`` (run) to read its links again, ``wants_resume`` (run), ``wants_run`` (RunSummary) for another.

    ``wants_undo`` (run, links that were put back and are gone again, by their two records) to put links back; ``cancelled``
    ends a reading.
    """

    step = 4

    wants_retry = Signal(str, object)
    wants_open = Signal()
    wants_save = Signal(str)
    wants_verify = Signal(str)
    wants_undo = Signal(str, object)
    wants_resume = Signal(str)
    wants_run = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_results", say("Results"), "", parent)
        self._record: RunRecord | None = None
        self._results: RunResults | None = None
        self._found: Verification | None = None
        self._rows_of: dict[QObject, tuple[CauseCode, Sequence[int]]] = {}
        self._summary = ""
        self._make_buttons()
        self._sentence = section_label("")
        self._sentence.setObjectName("label_result")
        self._bar = OutcomeBar("bar_outcomes")
        self._no_undo = caption_label("")
        self._no_undo.setObjectName("label_no_undo")
        self._family = FamilyRows()
        self._family.wants_run.connect(self.wants_run)
        self.body.addWidget(self._sentence)
        self.body.addWidget(self._family)
        self.body.addWidget(self._bar)
        self.body.addLayout(self._where_row())
        self.body.addWidget(self._no_undo)
        self.body.addWidget(self._split(), 1)

    def show_record(self, record: RunRecord, results: RunResults, workbook: Path | None, trouble: str = "") -> None:
        """Show a run; ``trouble`` is why it has no workbook where one was asked for."""
        self._record, self._results, self._found, self.operation = record, results, None, record.facts.operation
        tally = record.ledger.tally
        rejected = sum(record.entries.rejected().values())
        counts = RunWords(self.operation).counts_in_a_sentence(
            tally, say_count("{n} rejected in the sheet", "{n} rejected in the sheet", rejected) if rejected else ""
        )
        text = sentences(counts, self._put_back_words(results))
        self._family.show_family(self.operation, record.facts.origin, results.family)
        self._sentence.setText(text)
        self.purpose.setText(self._run_words(record.facts))
        self._bar.show_tally(tally, self.operation.outcomes)
        where = ""
        if workbook:
            where = say("Results workbook: {path}", path=str(workbook))
        self._where.setText(sentences(trouble, where))
        self._open.setEnabled(workbook is not None)
        self._summary = "\n".join((self.purpose.text(), text, where))
        self._table.problems.begin(results.links)
        self._show_ways(record, results)
        self._fill_groups(record, results)
        self.show_full()

    def show_verification(self, found: Verification) -> None:
        """What the links of the run that is shown are now."""
        if self._record is not None and self._results is not None:
            self._found = found
            self._show_ways(self._record, self._results)
            self._fill_groups(self._record, self._results)
            self.show_full()

    @property
    def run(self) -> str:
        """The run that is shown, empty before the first one."""
        return self._record.facts.run if self._record is not None else ""

    @property
    def links_shown(self) -> int:
        """How many links the run has that is shown."""
        return len(self._results.outcomes) if self._results is not None else 0

    def first_focus(self) -> QWidget:
        return self._open

    def footer(self) -> FooterSpec:
        """The workbook at the right, what else can be done with the run at the left."""
        if not self.is_full:
            return FooterSpec(has_back=self.has_problem)
        right = [one for one in (self._go_on, self._retry) if one.isEnabled()]
        extras = [self._verify] if self.operation.undone_by is None else [self._undo, self._verify]
        return FooterSpec(has_back=False, extras=extras, right=[*right, self._open])

    def _put_back_words(self, results: RunResults) -> str:
        """What became of the links since; the outcomes stay what the run did."""
        if not (back := len(results.put_back)):
            return ""
        if back == results.family.removed:
            return say("This run was undone: all that it removed was put back.")
        return say_count(
            "This run was undone in part: {n} link of it was put back.",
            "This run was undone in part: {n} links of it were put back.",
            back,
        )

    def _run_words(self, facts: RunFacts) -> str:
        follows = "" if facts.origin.run is None else RunWords(facts.operation).follows(facts.origin, facts.origin.run)
        return side_by_side(facts.sheet_name, say_text(facts.connection.label), facts.run, follows)

    def _make_buttons(self) -> None:
        self._save = Button(say("Save as…"), "button_results_save", kind="quiet", glyph="save")
        self._save.clicked.connect(self._on_save)
        self._copy = Button(say("Copy summary"), "button_copy_summary", kind="quiet", glyph="copy")
        self._copy.clicked.connect(self._on_copy)
        self._undo = self.make_footer_button("", "button_undo", glyph="undo")
        self._undo.clicked.connect(self._on_undo)
        self._verify = self.make_footer_button(say("Check again in Zoho"), "button_verify", glyph="search")
        self._verify.clicked.connect(self._on_verify)
        self._go_on = self.make_footer_button(say("Continue this run"), "button_go_on", glyph="play")
        self._go_on.clicked.connect(self._on_go_on)
        self._retry = self.make_footer_button("", "button_retry", glyph="play")
        self._retry.clicked.connect(self._on_retry)
        self._open = self.make_footer_button(say("Open results in Excel"), "button_results_open", kind="primary", glyph="open")
        self._open.clicked.connect(self.wants_open)

    def _where_row(self) -> QHBoxLayout:
        self._where = caption_label("")
        self._where.setObjectName("label_results_path")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._where, 1)
        row.addWidget(self._save)
        row.addWidget(self._copy)
        return row

    def _split(self) -> QSplitter:
        groups = QWidget()
        self._groups = QVBoxLayout(groups)
        self._groups.setContentsMargins(0, 0, 6, 0)
        self._groups.setSpacing(10)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(groups)
        self._table = ProblemsTable("table_rows", say("Rows of the chosen cause"))
        self._chosen = QWidget()
        chosen = QVBoxLayout(self._chosen)
        chosen.setContentsMargins(0, 6, 0, 0)
        chosen.setSpacing(6)
        self._chosen_title = section_label("")
        chosen.addWidget(self._chosen_title)
        chosen.addWidget(self._table, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(scroll)
        self._splitter.addWidget(self._chosen)
        self._splitter.setChildrenCollapsible(False)
        return self._splitter

    def _show_ways(self, record: RunRecord, results: RunResults) -> None:
        """What can be done with the run now, and why it cannot be undone if it cannot."""
        left = results.left(self._found.to_retry if self._found is not None else ())
        self._retry.setEnabled(left > 0)
        self._retry.say(say_count("Try {n} link again…", "Try {n} links again…", left))
        handed_over = record.ledger.cause is CauseCode.HANDED_OVER
        self._go_on.setEnabled(record.ledger.state is not RunState.FINISHED and not handed_over)
        why_not = self._why_no_undo(record, results)
        self._undo.say(self._undo_words(results))
        self._undo.setEnabled(not why_not)
        self._no_undo.setText(why_not)
        self._no_undo.setVisible(bool(why_not))

    def _undo_words(self, results: RunResults) -> str:
        if results.put_back and (links := self._to_undo(results)):
            return say_count("Undo again ({n} link)…", "Undo again ({n} links)…", links)
        return say("Undo this run…")

    def _to_undo(self, results: RunResults) -> int:
        """How many links an undo of this run may still have to put back, those among them that a look found gone again."""
        return results.to_undo + (len(self._found.missing) if self._found is not None else 0)

    def _why_no_undo(self, record: RunRecord, results: RunResults) -> str:
        if self.operation.undone_by is None:
            return ""
        if not record.facts.safety_copy:
            return say("This run cannot be undone: it took no safety copy of its links.")
        if not results.has(Outcome.DELINKED, Outcome.UNKNOWN):
            return say("There is nothing to undo: this run removed no link.")
        if not self._to_undo(results):
            return say_count(
                "The link that it removed was put back; there is nothing to undo.",
                "All {n} links that it removed were put back; there is nothing to undo.",
                len(results.put_back),
            )
        return ""

    def _fill_groups(self, record: RunRecord, results: RunResults) -> None:
        clear_layout(self._groups)
        self._rows_of = {}
        self._chosen.hide()
        if self._found is not None:
            self._add_found(self._found, results)
        order = [*self.operation.outcomes, *Outcome]
        for (outcome, cause), count in sorted(results.counts.items(), key=lambda one: (order.index(one[0][0]), -one[1])):
            token, glyph = OUTCOME_TOKENS[outcome]
            why = (
                self._why_now(explain_cause(cause, self.operation).why, results, results.numbers[cause])
                if results.put_back
                else ""
            )
            self._add_group(glyph, token, cause, count, results.numbers[cause], why)
        for reason, count in record.entries.rejected().items():
            rejection = explain_rejection(reason)
            self._add_card("cross", "refused", _counted(count, rejection), rejection)
        self._groups.addStretch(1)

    def _add_found(self, found: Verification, results: RunResults) -> None:
        """What the look found: how many are as they should be, the differences, and what could not be read."""
        is_undo = found.operation.ends_linked
        there = say_count("{n} is there", "{n} are there", len(found.still_linked))
        words = say_count("{n} link is gone, {there}.", "{n} links are gone, {there}.", len(found.gone), there=there)
        if found.back:
            back = say_count(
                "{n} of them was put back by an undo of this run.",
                "{n} of them were put back by an undo of this run.",
                len(found.back),
            )
            words = sentences(words, back)
        title = say("Read again in Zoho at {time}", time=language().time(datetime.now()))
        self._add_card("search", "accent", title, Explanation(title, words), kind="notice")
        unread = [link for link in found.unknown if results.outcomes[link].cause not in LEFT_BY_CHOICE]
        for glyph, token, cause, links in (
            ("warning", "refused", CauseCode.FOUND_LINKED, found.unwanted),
            ("warning", "refused", CauseCode.FOUND_MISSING if is_undo else CauseCode.FOUND_GONE_AGAIN, found.missing),
            ("question", "unknown", CauseCode.FOUND_UNCLEAR, unread),
        ):
            if links:
                self._add_group(glyph, token, cause, len(links), links)

    def _add_group(self, glyph: str, token: str, cause: CauseCode, count: int, links: Sequence[int], why: str = "") -> None:
        """So many links that ended alike; ``links`` are all of the cause, ``why`` stands in place of the catalogue's words."""
        words = explain_cause(cause, self.operation)
        told = replace(words, why=why or words.why)
        self._add_card(glyph, token, _counted(count, words), told, self._show_button(cause, words.title, links))

    def _why_now(self, why: str, results: RunResults, links: Sequence[int]) -> str:
        """A cause tells how a link was left; where an undo put it back since, it is there although it was removed."""
        back = sum(link in results.put_back and results.outcomes[link].outcome is Outcome.DELINKED for link in links)
        if not back:
            return why
        if back == len(links):
            return say_count(
                "This run removed one link; it was put back since.",
                "This run removed these {n} links; all of them were put back since.",
                back,
            )
        return sentences(why, say_count("But one of them was put back since.", "But {n} of them were put back since.", back))

    def _show_button(self, cause: CauseCode, title: str, links: Sequence[int]) -> Button:
        show = Button(say("Show rows"), f"button_show_{cause}", glyph="search")
        show.setAccessibleName(say("Show rows: {cause}", cause=title))
        show.clicked.connect(self._on_show)
        self._rows_of[show] = cause, links
        return show

    def _add_card(
        self,
        glyph: str,
        token: str,
        title: str,
        words: Explanation,
        button: QWidget | None = None,
        kind: str = "card",
    ) -> None:
        """A card with a title of its own and, below it, why and what to do."""
        card = Card(kind=kind)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Glyph(glyph, token, 20))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(section_label(title))
        texts.addWidget(PlainLabel(words.in_one_line(), kind="secondary"))
        row.addLayout(texts, 1)
        if button is not None:
            row.addWidget(button)
        card.body.addLayout(row)
        self._groups.addWidget(card)

    @Slot()
    def _on_show(self) -> None:
        (cause, links), results = self._rows_of[self.sender()], self._results
        if results is None:
            return
        outcomes = results.outcomes
        if cause not in results.numbers:
            # What a look found is no outcome: it stands beside the one that was recorded.
            self._table.problems.show_links(
                results.links, links, {link: replace(outcomes[link], cause=cause) for link in links}, self.operation
            )
        else:
            self._table.problems.show_links(results.links, links, outcomes, self.operation)
        self._chosen_title.setText(side_by_side(explain_cause(cause, self.operation).title, language().number(len(links))))
        self._chosen.show()
        self._splitter.setSizes([self._splitter.height() // 2] * 2)
        self._table.setFocus()

    @Slot()
    def _on_undo(self) -> None:
        if self._record is not None:
            facts, links = self._record.facts, self._record.links
            gone = self._found.missing if self._found is not None else ()
            pairs = frozenset((links.parent_ids[link], links.related_ids[link]) for link in gone)
            self.wants_undo.emit(facts.run, pairs)

    @Slot()
    def _on_retry(self) -> None:
        self.wants_retry.emit(self.run, self._found.to_retry if self._found is not None else ())

    @Slot()
    def _on_go_on(self) -> None:
        self.wants_resume.emit(self.run)

    @Slot()
    def _on_verify(self) -> None:
        self.wants_verify.emit(self.run)

    @Slot()
    def _on_save(self) -> None:
        self.wants_save.emit(self.run)

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._summary)


def _counted(count: int, words: Explanation) -> str:
    return side_by_side(language().number(count), words.title)
