"""Confirm: what will happen, what will not, and the number to type. Enter never sets it off."""

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.connections import Connection
from desktop.domain.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.relations import ModuleWords, words_of
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.widgets.frames import Card, Glyph
from desktop.qt.widgets.labels import PlainLabel, section_label

FIRST_LINKS = 5


class ConfirmPage(Page):
    """``first_changed`` (bool) when the user wants to try a few links first."""

    first_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_confirm", self.tr("Confirm"), self.tr("Read this once more. After this page links are removed."), parent
        )
        self._number = 0
        columns = QHBoxLayout()
        columns.setSpacing(16)
        self._will, self._will_texts = self._list_card(self.tr("This will happen"))
        self._wont, self._wont_texts = self._list_card(self.tr("This will not happen"))
        columns.addWidget(self._will, 1)
        columns.addWidget(self._wont, 1)
        self.body.addLayout(columns)
        no_undo = Card(kind="notice", name="card_no_undo")
        text = self.tr(
            "Every link is read before it is removed and kept in a safety copy on this computer; that takes about as many calls "
            "again. This version cannot put links back yet, so keep your sheet."
        )
        no_undo.body.addWidget(PlainLabel(text))
        self.body.addWidget(no_undo)
        self._first = QCheckBox(self.tr("Try first with %n link(s), then pause", "", FIRST_LINKS))
        self._first.setObjectName("check_first")
        self._first.setAccessibleName(self._first.text())
        self._first.toggled.connect(self.first_changed)
        self.body.addWidget(self._first)
        card = Card(name="card_confirm")
        self._ask = section_label("")
        self._input = QLineEdit()
        self._input.setObjectName("input_confirm_count")
        self._input.setAccessibleName(self.tr("Number of links"))
        self._input.setMaximumWidth(220)
        self._input.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,9}"), self._input))
        self._input.textChanged.connect(self._on_typed)
        self._state = PlainLabel(kind="secondary", wraps=False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._input)
        row.addWidget(self._state)
        row.addStretch(1)
        card.body.addWidget(self._ask)
        card.body.addLayout(row)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def show_plan(self, sheet: SheetLinks, plan: Plan, connection: Connection, *, was_run_before: bool) -> None:
        """What would be removed and where; the number must be typed anew."""
        self._number = plan.links_to_send
        relation = sheet.relations[0]
        parent, related = words_of(relation.parent_module), words_of(relation.related_list)
        parents = {sheet.links.parent_ids[link] for batch in plan.batches for link in batch.link_numbers}
        related_ids = {sheet.links.related_ids[link] for batch in plan.batches for link in batch.link_numbers}
        links = self.tr("%n link(s)", "", self._number)
        will = [
            self.tr("%1 between %2 and %3 are removed in %4.")
            .replace("%1", links)
            .replace("%2", _counted(len(parents), parent))
            .replace("%3", _counted(len(related_ids), related))
            .replace("%4", connection.label),
            self.tr("It takes %n call(s) to Zoho.", "", plan.calls),
            self.tr("Each outcome is written to this computer before you see it, so nothing is lost if the program ends."),
        ]
        if was_run_before:
            will.append(self.tr("This sheet was run here before: what is already removed ends as “Was not linked”."))
        wont = [
            self.tr("No %1 and no %2 is deleted: only the link between them goes.")
            .replace("%1", parent.one.lower())
            .replace("%2", related.one.lower()),
            self.tr("Rows that are damaged, suspicious or rejected are not sent."),
        ]
        self._fill(self._will_texts, will, "check", "removed")
        self._fill(self._wont_texts, wont, "cross", "secondary")
        self._ask.setText(
            self.tr("Type %1 to remove %2 in %3")
            .replace("%1", str(self._number))
            .replace("%2", links)
            .replace("%3", connection.label)
        )
        self._input.clear()
        self._first.setVisible(self._number > FIRST_LINKS)
        self.show_full()

    def first_focus(self) -> QWidget:
        """The number to type."""
        return self._input

    def is_armed(self) -> bool:
        """True when the right number stands in the field."""
        return self._number > 0 and self._input.text() == str(self._number)

    def footer(self) -> FooterWish:
        """The one dangerous button of the program."""
        if not self.is_full:
            return FooterWish()
        text = self.tr("Remove %n link(s)", "", self._number)
        return FooterWish(text, enabled=self.is_armed(), danger=True)

    def _list_card(self, title: str) -> tuple[Card, QVBoxLayout]:
        card, texts = Card(title), QVBoxLayout()
        texts.setSpacing(8)
        card.body.addLayout(texts)
        card.body.addStretch(1)
        return card, texts

    def _fill(self, layout: QVBoxLayout, lines: list[str], glyph: str, token: str) -> None:
        while item := layout.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            row.addWidget(Glyph(glyph, token, 20), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(line), 1)
            layout.addWidget(holder)

    @Slot()
    def _on_typed(self) -> None:
        typed = self._input.text()
        wrong = bool(typed) and not str(self._number).startswith(typed)
        self._state.setText(self.tr("Ready") if self.is_armed() else self.tr("That is another number") if wrong else "")
        self.footer_changed.emit()


def _counted(number: int, words: ModuleWords) -> str:
    return f"{number:,} {(words.one if number == 1 else words.many).lower()}"
