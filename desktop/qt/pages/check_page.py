"""Check: what will happen, grouped by the user's own parents, and on request what of it exists. What is ticked is what runs.

Before an undo it shows what the run removed: that was all there, so there is nothing to ask for and nothing to filter.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from desktop.application.starting import Undo
from desktop.domain.findings import Findings, Presence
from desktop.domain.planning.plans import Plan
from desktop.domain.previews import SENT, LinkFate, Preview, Shown
from desktop.domain.progress import seconds_for
from desktop.domain.records import RecordId
from desktop.qt.jobs.plan_finder import PlanFinder
from desktop.qt.models.plan_model import COUNT, RECORD, ROWS, PlanModel
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.planned_run import PlannedRun
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.durations import duration_words
from desktop.qt.widgets.labels import PlainLabel
from desktop.qt.widgets.tables import TreeView, set_widths
from desktop.qt.widgets.tile import Tile
from desktop.words import language, say, say_count
from desktop.words.explanations import Explanation
from desktop.words.joining import enumerated, sentences, side_by_side


class CheckPage(Page):
    """Signals: ``ticks_changed`` (Unticked), ``wants_check`` to look into the CRM, ``wants_no_check`` to end that,
    ``wants_save`` to keep what was found as a sheet."""

    step = 1

    ticks_changed = Signal(object)
    wants_check = Signal()
    wants_no_check = Signal()
    wants_save = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_check",
            say("Check"),
            "",
            parent,
        )
        self._plan: Plan | None = None
        self._model: PlanModel | None = None
        self._findings: Findings | None = None
        self._tiles: dict[tuple[LinkFate, ...], Tile] = {}
        self._finder = PlanFinder(self)
        self._finder.found.connect(self._on_found)
        self.body.addLayout(self._tile_row())
        self.body.addLayout(self._search_row())
        self._tree = TreeView("table_plan", say("Links to remove, by parent record"))
        self.body.addWidget(self._tree, 1)
        self._facts = PlainLabel(kind="secondary")
        self._facts.setObjectName("label_facts")
        self.body.addWidget(self._facts)

    def show_plan(self, planned: PlannedRun, preview: Preview) -> None:
        """Show a fresh plan of all that may be sent."""
        self.operation, self._findings = planned.operation, None
        self.reachable = 1 if planned.parent is None else 0
        self.purpose.setText(self._purpose(planned.undo))
        self._finder.forget()
        old, self._model = self._model, PlanModel(preview, self)
        self._model.operation = planned.operation
        self._model.ticked_changed.connect(self._on_ticked)
        self._tree.setModel(self._model)
        if old is not None:
            old.deleteLater()
        digits = self._tree.fontMetrics().horizontalAdvance("0" * 20)
        set_widths(self._tree, {RECORD: 3 * digits, COUNT: digits // 2, ROWS: digits})
        self._search.clear()
        self._end_look()
        self._show_tiles(preview)
        self.update_plan(planned)
        self.show_full()

    def update_plan(self, planned: PlannedRun) -> None:
        """The plan of what is ticked now."""
        self._plan = planned.plan
        if self._model is None:
            return
        self._model.show_calls(planned.facts)
        self._tiles[SENT].show_count(planned.plan.links_to_send)
        self._facts.setText(side_by_side(*self._facts_of(planned)))
        self.footer_changed.emit()

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Names of records, read from the CRM."""
        if self._model is not None:
            self._model.show_names(names)

    @Slot()
    def ask(self) -> None:
        """Show that Zoho is being asked."""
        self._ask.hide()
        self._looking.setText(say("Asking Zoho…"))
        self._bar.setRange(0, 0)
        for widget in (self._looking, self._bar, self._stop):
            widget.show()
        self.wants_check.emit()

    def show_looking(self, done: int, total: int) -> None:
        """So many reads of at most ``total`` came back."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._looking.setText(say("Asking Zoho: {done} of at most {total} reads", done=done, total=total))

    def show_findings(self, findings: Findings, preview: Preview) -> None:
        """What exists now; links that do not are no longer planned."""
        self._findings = findings
        self.purpose.setText(self._what_was_found(findings))
        self._end_look()
        if self._model is not None:
            self._model.show_preview(preview)
            self._model.show_names(findings.names)
        self._show_tiles(preview)
        self._find()

    def forget_findings(self, preview: Preview) -> None:
        """What was found counts no longer; what is ticked stays."""
        self._findings = None
        self.purpose.setText(self._purpose(None))
        self._end_look()
        if self._model is not None:
            self._model.show_preview(preview)
            self._model.show_names({})
        self._show_tiles(preview)
        self._find()

    def show_look_ended(self) -> None:
        """The user does not want to know any more; the plan stays as it was."""
        self._end_look()

    def show_look_failed(self, cause: Explanation) -> None:
        """The CRM could not be asked; the plan stays as it was."""
        self._end_look()
        self._facts.setText(cause.in_one_line())

    def found_words(self) -> str:
        """What a look has found, in one sentence to be said aloud."""
        shown = [tile.accessibleName() for tile in self._tiles.values() if not tile.isHidden()]
        return say("Checked: {counts}.", counts=enumerated(shown))

    def say_saved(self, words: str) -> None:
        """Where what was found is now, or why it is not."""
        self._facts.setText(words)

    @property
    def findings(self) -> Findings | None:
        """What the last look found, None before one."""
        return self._findings

    def first_focus(self) -> QWidget:
        """Give the keyboard a place where a stray key changes nothing."""
        return self._search

    def footer(self) -> FooterSpec:
        """On to the confirmation, with the number."""
        if self._plan is None or not self.is_full:
            return FooterSpec()
        number = self._plan.links_to_send
        extras = [self._save] if self._findings is not None else []
        return FooterSpec(
            say_count("Continue with {n} link", "Continue with {n} links", number), enabled=number > 0, extras=extras
        )

    def _tile_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for fates, name, word in (
            (SENT, "tile_will_be_removed", say("will be removed")),
            ((LinkFate.NOT_LINKED,), "tile_not_linked", say("already not linked")),
            ((LinkFate.NOT_FOUND,), "tile_not_found", say("not found")),
            ((LinkFate.HELD_BACK,), "tile_held_back", say("held back")),
        ):
            tile = Tile(name, word)
            tile.clicked.connect(self._find)
            row.addWidget(tile, 1)
            self._tiles[fates] = tile
        self._save = self.make_footer_button(say("Save what was found…"), "button_save_findings", glyph="save")
        self._save.clicked.connect(self.wants_save)
        return row

    def _search_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._search = QLineEdit()
        self._search.setObjectName("input_search")
        self._search.setAccessibleName(say("Search"))
        self._search.setPlaceholderText(say("Search an ID or a name"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find)
        every = Button(say("Select all"), "button_select_all", glyph="check")
        none = Button(say("Select none"), "button_select_none", glyph="cross")
        every.clicked.connect(self._on_select_all)
        none.clicked.connect(self._on_select_none)
        self._ask = Button(say("Check with Zoho (changes nothing)"), "button_check_with_zoho", glyph="search")
        self._ask.clicked.connect(self.ask)
        self._looking = PlainLabel(kind="secondary", wraps=False)
        self._bar = QProgressBar()
        self._bar.setFixedSize(120, 8)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("Asking Zoho"))
        self._stop = Button(say("Cancel"), "button_cancel_check")
        self._stop.clicked.connect(self.wants_no_check)
        for widget in (every, none, self._ask, self._looking, self._bar, self._stop):
            row.addWidget(widget)
        row.insertWidget(0, self._search, 1)
        return row

    def _show_tiles(self, preview: Preview) -> None:
        is_known = self._findings is not None
        hint = "" if is_known else say("Not known before Zoho was asked")
        for fates, tile in self._tiles.items():
            tile.setVisible(not self.operation.reads_each_first)
            always = LinkFate.NOT_LINKED not in fates and LinkFate.NOT_FOUND not in fates
            tile.show_count(preview.count(*fates) if is_known or always else None, hint if not always else "")
            tile.setChecked(False)

    def _what_was_found(self, findings: Findings) -> str:
        """Where and when Zoho was asked, and how many links it knows; a look counts for that account and a short time only."""
        linked = findings.count(Presence.LINKED)
        absent = findings.count(Presence.NOT_LINKED) + findings.count(Presence.NOT_FOUND)
        where = findings.asked_in.label if findings.asked_in is not None else ""
        asked_at = language().time(datetime.fromtimestamp(findings.at))
        not_linked = say_count("{n} is not", "{n} are not", absent)
        told = say_count(
            "Checked in {place} at {time}: {n} is linked, {others}.",
            "Checked in {place} at {time}: {n} are linked, {others}.",
            linked,
            place=where,
            time=asked_at,
            others=not_linked,
        )
        unclear = findings.count(Presence.UNCLEAR)
        unread = say_count("{n} could not be read.", "{n} could not be read.", unclear) if unclear else ""
        return sentences(told, unread, say("Untick what shall stay; nothing is sent yet."))

    def _purpose(self, undo: Undo | None) -> str:
        if undo is None:
            return say("This is what will be removed. Untick what shall stay; nothing is sent yet.")
        left_out = say_count(
            "{n} of them is left out: an undo put it back before.",
            "{n} of them are left out: an undo put them back before.",
            undo.put_back,
        )
        unconfirmed = say_count(
            "{n} could not be confirmed and is not touched.",
            "{n} could not be confirmed and are not touched.",
            undo.unconfirmed,
        )
        return sentences(
            say_count(
                "Run {run} removed {removed} of its {n} link.",
                "Run {run} removed {removed} of its {n} links.",
                undo.parent_links,
                run=undo.parent.run,
                removed=undo.removed,
            ),
            left_out if undo.put_back else "",
            say("What is ticked is put back; untick what shall stay as it is."),
            unconfirmed if undo.unconfirmed else "",
        )

    def _facts_of(self, planned: PlannedRun) -> list[str]:
        plan = planned.plan
        calls = say_count("{n} call", "{n} calls", plan.calls)
        if plan.calls < plan.calls_as_sheet:
            calls = say_count(
                "{n} call instead of {calls_as_sheet}",
                "{n} calls instead of {calls_as_sheet}",
                plan.calls,
                calls_as_sheet=plan.calls_as_sheet,
            )
        seconds = seconds_for(plan.calls, self._findings.seconds_a_read if self._findings is not None else None)
        first = [
            say_count("{n} link", "{n} links", plan.links_to_send),
            calls,
            say("about {duration}", duration=duration_words(seconds)),
        ]
        if not planned.operation.takes_copy:
            return [
                *first,
                say_count("about {n} credit, with the reads before", "about {n} credits, with the reads before", 2 * plan.calls),
            ]
        return [
            *first,
            say_count("about {n} credit, with the safety copy", "about {n} credits, with the safety copy", 2 * plan.calls),
            say_count("undo would take {n} call", "undo would take {n} calls", plan.calls),
            say_count(
                "checking with Zoho takes at most {n} read", "checking with Zoho takes at most {n} reads", planned.facts.reads
            ),
        ]

    def _end_look(self) -> None:
        for widget in (self._looking, self._bar, self._stop):
            widget.hide()
        self._ask.setVisible(not self.operation.reads_each_first)
        again = self._findings is not None
        self._ask.say(say("Check again") if again else say("Check with Zoho (changes nothing)"))

    @Slot()
    def _find(self) -> None:
        """What the search and the chosen tile leave."""
        if self._model is not None:
            chosen = [fate for fates, tile in self._tiles.items() if tile.isChecked() for fate in fates]
            self._finder.find(self._model.preview, self._search.text(), self._model.names, chosen)

    @Slot(object, object)
    def _on_found(self, shown: Shown, fates: Collection[LinkFate]) -> None:
        if self._model is not None:
            self._model.show_only(shown, fates)

    @Slot()
    def _on_select_all(self) -> None:
        if self._model is not None:
            self._model.tick_all(True)

    @Slot()
    def _on_select_none(self) -> None:
        if self._model is not None:
            self._model.tick_all(False)

    @Slot()
    def _on_ticked(self) -> None:
        if self._model is not None:
            self.ticks_changed.emit(self._model.unticked)
