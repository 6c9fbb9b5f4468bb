"""Which IDs of a sheet can be trusted: counts that filter its rows, and what to do about the others."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop.domain.entries import Rejection
from desktop.domain.readings import SheetLinks
from desktop.domain.records import Verdict
from desktop.qt.models.sheet_rows_model import RowKind
from desktop.qt.widgets.bars import VERDICT_TOKENS, Part, StackedBar
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import caption_label
from desktop.words import say, say_count
from desktop.words.joining import sentences

_FILTERS = (
    (RowKind.FINE, "filter_fine", "check"),
    (RowKind.CLEANED, "filter_cleaned", "check"),
    (RowKind.SUSPICIOUS, "filter_suspicious", "question"),
    (RowKind.REJECTED, "filter_rejected", "cross"),
    (RowKind.DAMAGED, "filter_damaged", "warning"),
)


class IdsCard(Card):
    """``filtered`` (frozenset of RowKind, empty for all), ``changed`` (ReadingChoice), ``wants_problems`` to save those rows."""

    filtered = Signal(object)
    changed = Signal(object)
    wants_problems = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("IDs"), parent)
        self._sheet: SheetLinks | None = None
        self._bar = StackedBar()
        self.body.addWidget(self._bar)
        self._filters: dict[RowKind, Button] = {}
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, (kind, name, glyph) in enumerate(_FILTERS):
            button = Button("", name, kind="quiet", glyph=glyph)
            button.setCheckable(True)
            button.clicked.connect(self._on_filter)
            grid.addWidget(button, place // 2, place % 2)
            self._filters[kind] = button
        self.body.addLayout(grid)
        self._notes = caption_label("")
        self._include = self._check(say("Include the suspicious ones"), "check_include_suspicious")
        self._fill_down = self._check(say("An empty parent means the one above"), "check_fill_down")
        self._problems = Button(say("Save the problem rows…"), "button_save_problems", glyph="save")
        self._problems.clicked.connect(self.wants_problems)
        self._saved = caption_label("")
        for widget in (self._notes, self._include, self._fill_down, self._problems, self._saved):
            self.body.addWidget(widget)

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Show the verdicts on this sheet; no filter is on."""
        self._sheet = sheet
        verdicts, books = sheet.verdicts, sheet.books
        damaged = verdicts.get(Verdict.DAMAGED, 0)
        other = sum(books.rejected.values()) - damaged
        parts = [Part(verdicts.get(verdict, 0), VERDICT_TOKENS[verdict][0]) for verdict in VERDICT_TOKENS]
        self._bar.show_parts(
            [*parts, Part(other, "not_sent", hatched=True)], say_count("{n} entry", "{n} entries", books.entries)
        )
        for kind, text in {
            RowKind.FINE: say_count("{n} fine", "{n} fine", verdicts.get(Verdict.FINE, 0)),
            RowKind.CLEANED: say_count("{n} cleaned", "{n} cleaned", verdicts.get(Verdict.CLEANED, 0)),
            RowKind.SUSPICIOUS: say_count("{n} suspicious", "{n} suspicious", verdicts.get(Verdict.SUSPICIOUS, 0)),
            RowKind.DAMAGED: say_count("{n} damaged by Excel", "{n} damaged by Excel", damaged),
            RowKind.REJECTED: say_count("{n} rejected", "{n} rejected", other),
        }.items():
            self._filters[kind].say(text)
            self._filters[kind].setChecked(False)
        self._show_notes(sheet)
        self._include.setVisible(bool(books.suspicious))
        self._include.setChecked(sheet.choice.include_suspicious)
        self._fill_down.setVisible(Rejection.BLANK_PARENT in books.rejected or sheet.choice.fill_down)
        self._fill_down.setChecked(sheet.choice.fill_down)
        self._problems.setVisible(bool(books.rejected or books.suspicious))
        self._saved.hide()

    def say_saved(self, words: str) -> None:
        """Where the problem rows are now, or why they are not."""
        self._saved.setText(words)
        self._saved.show()

    def _show_notes(self, sheet: SheetLinks) -> None:
        cleaned, repeats = sheet.verdicts.get(Verdict.CLEANED, 0), sheet.books.duplicates
        notes = [say("Cleaned: a prefix, blanks or quotes around an ID were taken off.")] if cleaned else []
        if sheet.books.suspicious and not sheet.links.included:
            notes += [say("Suspicious: not sent until you include them. Compare them with Zoho first.")]
        notes += [say_count("{n} repeat is sent once.", "{n} repeats are sent once.", repeats)] if repeats else []
        self._notes.setText(sentences(*notes))
        self._notes.setVisible(bool(notes))

    def _check(self, text: str, name: str) -> QCheckBox:
        check = QCheckBox(text)
        check.setObjectName(name)
        check.setAccessibleName(text)
        check.clicked.connect(self._on_changed)
        return check

    @Slot()
    def _on_filter(self) -> None:
        self.filtered.emit(frozenset(kind for kind, button in self._filters.items() if button.isChecked()))

    @Slot()
    def _on_changed(self) -> None:
        if self._sheet is not None:
            include, fill_down = self._include.isChecked(), self._fill_down.isChecked()
            self.changed.emit(replace(self._sheet.as_chosen(), include_suspicious=include, fill_down=fill_down))
