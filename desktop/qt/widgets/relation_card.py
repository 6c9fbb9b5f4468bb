"""Which links are meant: the relation, the two columns, and one row of the sheet said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import ALLOWED, BUILT_IN, Relation, label_of, parse_relation, words_of
from desktop.qt.sheet_words import SheetWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.forms import Choice, SideForm
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import PlainLabel
from desktop.qt.widgets.tables import short_id
from desktop.words import say, say_text

FIND_OWN_LISTS = "*"
"""The entry of a list of relations that is no relation: whoever chooses it wants to find more of them."""


class RelationCard(Card):
    """``changed`` (ReadingChoice) when the user means other links, ``wants_own_list`` (ReadingChoice) when these are of a list
    that the organisation made itself, and ``wants_own_lists`` to find such lists.
    """

    changed = Signal(object)
    wants_own_list = Signal(object)
    wants_own_lists = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("What to remove"), parent)
        self._sheet: SheetLinks | None = None
        self._relation = Choice("combo_relation", say("Relation"))
        self.offer(())
        self._parent = Choice("combo_parent_column", say("Parent column"))
        self._related = Choice("combo_related_column", say("Related column"))
        form = SideForm()
        form.add(say("Links"), self._relation)
        form.add(say("Parent"), self._parent)
        form.add(say("Related"), self._related)
        self._relation.activated.connect(self._on_relation)
        for choice in (self._parent, self._related):
            choice.activated.connect(self._on_changed)
        swap = Button(say("Swap the columns"), "button_swap", glyph="swap")
        swap.clicked.connect(self._on_swap)
        self._example = PlainLabel(kind="secondary")
        self._example.setObjectName("label_example")
        self.body.addLayout(form)
        self.body.addWidget(swap)
        self.body.addWidget(self._example)

    def offer(self, own_lists: Sequence[Relation]) -> None:
        """The relations to choose from: the built-in ones, these beside them, and the way to find more."""
        self._relation.clear()
        for row in BUILT_IN:
            self._relation.addItem(say_text(label_of(row.relation)), row.relation.code)
        reverses = [row.reverse for row in BUILT_IN if row.reverse is not None]
        for relation in (*reverses, *own_lists):
            self._relation.addItem(say_text(label_of(relation)), relation.code)
        self._relation.addItem(say("Lists of your own in Zoho…"), FIND_OWN_LISTS)
        self._show_relation()

    def _show_relation(self) -> None:
        known = self._sheet.relations if self._sheet is not None else ()
        self._relation.setCurrentIndex(self._relation.findData(known[0].code if known else ""))

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Show what is meant in this sheet."""
        self._sheet = sheet
        for choice, column in ((self._parent, sheet.columns.parent), (self._related, sheet.columns.related)):
            choice.clear()
            for index, title in enumerate(SheetWords(sheet).titles()):
                choice.addItem(title, index)
            choice.setCurrentIndex(column)
        self._show_relation()
        self._relation.setEnabled(sheet.columns.related_list is None)
        self.show_names({})

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Say what the first link that can be sent means, with the names of its records where they are known."""
        sheet = self._sheet
        number = sheet.links.first_sendable if sheet is not None else None
        self._example.setVisible(number is not None)
        if sheet is None or number is None:
            return
        link = sheet.links[number]
        self._example.setText(
            say(
                "Row {row}, for example: remove {related} from {parent}.",
                row=sheet.links.first_rows[number],
                related=_called(link.relation.related_list, link.related_id, names),
                parent=_called(link.relation.parent_module, link.parent_id, names),
            )
        )

    @Slot()
    def _on_swap(self) -> None:
        parent, related = self._parent.currentIndex(), self._related.currentIndex()
        self._parent.setCurrentIndex(related)
        self._related.setCurrentIndex(parent)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        if self._sheet is not None:
            self.changed.emit(self._choice(self._sheet))

    @Slot()
    def _on_relation(self) -> None:
        """A list of one's own is not read before the user was asked: until then the links of before are shown as meant."""
        if self._sheet is None:
            return
        code = self._relation.currentData()
        self._show_relation()
        if code == FIND_OWN_LISTS:
            self.wants_own_lists.emit()
            return
        choice = replace(self._choice(self._sheet), relation=parse_relation(code))
        is_asked = choice.relation not in {*ALLOWED, *choice.accepted_relations}
        (self.wants_own_list if is_asked else self.changed).emit(choice)

    def _choice(self, sheet: SheetLinks) -> ReadingChoice:
        choice = sheet.as_chosen()
        return replace(choice, parent_column=self._parent.currentData(), related_column=self._related.currentData())


def _called(module: str, record_id: RecordId, names: Mapping[RecordId, str]) -> str:
    """Name a record as in “Contact Ben Ortiz (…5128)”."""
    kind, end, name = words_of(module).one, short_id(record_id), names.get(record_id)
    if name:
        return say("{kind} {name} ({id})", kind=kind, name=name, id=end)
    return say("{kind} {id}", kind=kind, id=end)
