"""Results: the verdict, then the causes as cards, problems first, with their rows beside; what a later look found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from desktop.application.follow_ups import Verification
from desktop.application.result_groups import verdict_of
from desktop.application.run_results import RunResults
from desktop.domain.causes import CauseCode
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.records import RecordId
from desktop.domain.relations import words_of
from desktop.domain.runs import RunFacts, RunState
from desktop.qt.jobs.row_finder import RowFinder
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.run_words import RunWords
from desktop.qt.theme import NARROW
from desktop.qt.widgets.family_rows import FamilyRows
from desktop.qt.widgets.frames import scrolling
from desktop.qt.widgets.labels import caption_label
from desktop.qt.widgets.result_cards import REJECTED, ResultCards
from desktop.qt.widgets.result_rows import ResultRows
from desktop.qt.widgets.verdict_block import VerdictBlock
from desktop.words import say, say_count, say_text
from desktop.words.causes import explain_cause
from desktop.words.joining import sentences, side_by_side

_RAIL = 120
# A call asks for the names of a hundred records at most.
_MOST_NAMES = 100


class ResultsPage(Page):
    """``wants_open`` and ``wants_save`` (run) for the workbook; ``wants_retry`` (run, links that were found linked) for what
    the run left, ``wants_verify`` (run) to read its links again, ``wants_resume`` (run), ``wants_run`` (RunSummary) for another.

    ``wants_undo`` (run, links that were put back and are gone again, by their two records) to put links back; ``cancelled``
    ends a reading, and ``wants_names`` (links, their numbers) asks for the names of the first rows that are shown.
    """

    step = 4

    wants_retry = Signal(str, object)
    wants_open = Signal()
    wants_save = Signal(str)
    wants_verify = Signal(str)
    wants_undo = Signal(str, object)
    wants_resume = Signal(str)
    wants_run = Signal(object)
    wants_names = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_results", say("Results"), "", parent)
        self._record: RunRecord | None = None
        self._results: RunResults | None = None
        self._found: Verification | None = None
        self._summary = ""
        self._make_buttons()
        self._verdict = VerdictBlock()
        self._verdict.wants_save.connect(self._on_save)
        self._verdict.wants_copy.connect(self._on_copy)
        self._no_undo = caption_label("")
        self._no_undo.setObjectName("label_no_undo")
        self._family = FamilyRows()
        self._family.wants_run.connect(self.wants_run)
        self._cards, self._rows = ResultCards(), ResultRows()
        self._cards.chosen.connect(self._on_chosen)
        self._rows.rows_shown.connect(self._on_rows_shown)
        self._finder = RowFinder(self)
        self._rows.wants_found.connect(self._finder.find)
        self._finder.found.connect(self._rows.show_found)
        contents = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._cards, 2)
        self._columns.addWidget(self._rows, 3)
        whole = QBoxLayout(QBoxLayout.Direction.TopToBottom, contents)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        for part in (self._verdict, self._family, self._no_undo):
            whole.addWidget(part)
        whole.addLayout(self._columns, 1)
        self.body.addWidget(scrolling(contents), 1)

    def show_record(self, record: RunRecord, results: RunResults, workbook: Path | None, trouble: str = "") -> None:
        """Show a run; ``trouble`` is why it has no workbook where one was asked for."""
        self._record, self._results, self._found, self.operation = record, results, None, record.facts.operation
        self._finder.forget()
        verdict = verdict_of(results)
        rejected = len(results.rejected)
        counts = RunWords(self.operation).counts_in_a_sentence(
            record.ledger.tally,
            say_count("{n} rejected in the sheet", "{n} rejected in the sheet", rejected) if rejected else "",
        )
        text = sentences(counts, self._put_back_words(results))
        is_over = record.ledger.state is RunState.FINISHED
        self.title.setText(say("Finished") if is_over else say("Stopped"))
        self.purpose.setText(self._run_words(record.facts))
        self._verdict.show_verdict(verdict, record.ledger.tally, self.operation)
        self._verdict.sentence.setText(text)
        where = ""
        if workbook:
            where = say("Results workbook: {path}", path=str(workbook))
        self._verdict.where.setText(sentences(trouble, where))
        self._family.show_family(self.operation, record.facts.origin, results.family)
        self._open.setEnabled(workbook is not None)
        self._summary = "\n".join((self.purpose.text(), text, where))
        self._rows.table.problems.begin(results.links)
        self._rows.begin(self.operation, results.parents, _by_parent(results))
        self._show_ways(record, results)
        self._show_cards(results)
        self.show_full()

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Show names of records beside their IDs."""
        self._rows.show_names(names)

    def show_verification(self, found: Verification) -> None:
        """What the links of the run that is shown are now."""
        if self._record is not None and self._results is not None:
            self._found = found
            self._show_ways(self._record, self._results)
            self._show_cards(self._results)
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
        self._undo = self.make_footer_button("", "button_undo", glyph="undo")
        self._undo.clicked.connect(self._on_undo)
        self._verify = self.make_footer_button(say("Check again in Zoho"), "button_verify", glyph="search")
        self._verify.clicked.connect(self._on_verify)
        self._go_on = self.make_footer_button(say("Continue this run"), "button_go_on", glyph="play")
        self._go_on.clicked.connect(self._on_go_on)
        self._retry = self.make_footer_button("", "button_retry", glyph="play")
        self._retry.clicked.connect(self._on_retry)
        self._open = self.make_footer_button(say("Open results in Excel"), "button_results_open", kind="primary", glyph="open")
        self._open.setText(say("Open results"))
        self._open.clicked.connect(self.wants_open)

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

    def _show_cards(self, results: RunResults) -> None:
        """Fill the list, and show the rows of what needs somebody most; where nothing does, the chart."""
        self._cards.show_results(results, self.operation, self._found)
        if first := self._cards.first_to_show:
            self._on_chosen(first)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        results = self._results
        if results is None:
            return
        self._cards.mark(name)
        self._finder.forget()
        if name == REJECTED:
            self._rows.show_rejected(say("Rows of the sheet that could not be used"), results.entries, results.rejected)
            return
        cause, links = CauseCode(name), self._cards.links_of(name)
        outcomes: Mapping[int, LinkOutcome] | Sequence[LinkOutcome] = results.outcomes
        if cause not in results.numbers:
            # What a look found is no outcome: it stands beside the one that was recorded.
            outcomes = {link: replace(results.outcomes[link], cause=cause) for link in links}
        self._rows.show_links(explain_cause(cause, self.operation).title, results.links, links, outcomes)

    @Slot()
    def _on_rows_shown(self) -> None:
        links, numbers = self._rows.first_shown
        self.wants_names.emit(links, numbers[:_MOST_NAMES])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rows below the cards where there is no room beside them."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if self.width() < NARROW - 2 * _RAIL else direction.LeftToRight)

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


def _by_parent(results: RunResults) -> str:
    """Name the chart by what its bars are, where they all are of one kind."""
    if len(results.links.relations) != 1:
        return say("By record")
    (relation,) = results.links.relations
    return say("By {module}", module=say_text(words_of(relation.parent_module).one))
