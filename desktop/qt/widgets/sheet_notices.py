"""What is said above the rows of a sheet before anything else: a question, another worksheet, a column that looks like a mark."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.application.row_filters import ColumnValue
from desktop.domain.readings import OtherWorksheet, ReadingChoice, SheetLinks
from desktop.domain.relations import label_of
from desktop.domain.row_choices import HiddenRows
from desktop.qt.announcements import announcements
from desktop.qt.sheet_words import SheetWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, Glyph, clear_layout
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say, say_count
from desktop.words.joining import enumerated, sentences

_MOST_BUTTONS = 3
_MOST_VALUES = 4
_LONGEST_VALUE = _LONGEST_NAME = 24
_UNDER_THE_WORDS = 26


class _Notice(Card):
    """A line with an icon; add buttons to ``row``."""

    def __init__(self, name: str, glyph: str, token: str, parent: QWidget | None = None, *, kind: str = "card") -> None:
        super().__init__("", parent, kind=kind, name=name)
        self.body.setContentsMargins(12, 6, 6, 6)
        self.told = PlainLabel()
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        self.row.addWidget(Glyph(glyph, token, 20), 0, Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(self.told, 1)
        self.body.addLayout(self.row)
        self.hide()


class HiddenQuestion(_Notice):
    """Whether hidden rows are meant; hidden while there is nothing to ask. ``changed`` (ReadingChoice) is the answer."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel_hidden_rows", "hidden", "unknown", parent, kind="question")
        self.body.setContentsMargins(12, 8, 12, 8)
        self._sheet: SheetLinks | None = None
        font = self.told.font()
        font.setWeight(font.Weight.DemiBold)
        self.told.setFont(font)
        self._visible = Button("", "button_rows_visible")
        self._visible.clicked.connect(self._on_visible)
        self._all = Button("", "button_rows_all")
        self._all.clicked.connect(self._on_all)
        self.row.addWidget(self._visible)
        self.row.addWidget(self._all)

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Ask where it has to be asked."""
        self._sheet = sheet
        hidden, rows = sheet.hidden.rows, sheet.books.rows
        words = say_count(
            "{hidden} of {n} row is hidden in the workbook. Which rows are meant?",
            "{hidden} of {n} rows are hidden in the workbook. Which rows are meant?",
            rows,
            hidden=hidden,
        )
        if not sheet.hidden.are_known:
            words = say("Whether rows are hidden cannot be found out in this workbook. Are all of its rows meant?")
        self.told.setText(words)
        self._visible.setVisible(sheet.hidden.are_known)
        self._visible.say(say_count("Only the {n} visible row", "Only the {n} visible rows", rows - hidden))
        self._visible.setEnabled(rows > hidden and sheet.books.rows_with_entries > 0)
        self._all.say(say_count("All {n} row", "All {n} rows", rows))
        self.setVisible(sheet.must_choose_rows)

    @Slot()
    def _on_visible(self) -> None:
        self._answer(HiddenRows.SKIP)

    @Slot()
    def _on_all(self) -> None:
        self._answer(HiddenRows.READ)

    def _answer(self, answer: HiddenRows) -> None:
        if self._sheet is not None:
            self.changed.emit(replace(self._sheet.as_chosen(), hidden_rows=answer))


class OwnListQuestion(_Notice):
    """Whether a list that the organisation made itself is meant. ``accepted`` (ReadingChoice) only when the user says so."""

    accepted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel_own_list", "warning", "unknown", parent, kind="question")
        self.body.setContentsMargins(12, 8, 12, 8)
        self._asked: ReadingChoice | None = None
        accept = Button(say("Use this list"), "button_own_list_use")
        accept.clicked.connect(self._on_accept)
        self._leave = Button(say("Leave it"), "button_own_list_leave")
        self._leave.clicked.connect(self.hide)
        self.row.addWidget(accept)
        self.row.addWidget(self._leave)

    def ask(self, choice: ReadingChoice) -> None:
        """Name the relation of the choice, and wait for the answer."""
        relation = choice.relation
        if relation is None:
            return
        self._asked = choice
        self.told.setText(
            say(
                "{label} ({code}) is a list that your organisation made itself. Zoho does not document that its links can be "
                "removed and put back. Use it only if you know this list, and try a few links first.",
                label=label_of(relation),
                code=relation.code,
            )
        )
        self.show()
        self._leave.setFocus()
        announcements.say(self, self.told.text(), at_once=True)

    @Slot()
    def _on_accept(self) -> None:
        asked, self._asked = self._asked, None
        self.hide()
        if asked is not None and asked.relation is not None:
            self.accepted.emit(replace(asked, accepted_relations=frozenset({asked.relation})))


class WorksheetNotice(_Notice):
    """Which worksheet is read, where others hold links too. ``changed`` (ReadingChoice) to read another one."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel_worksheets", "sheet", "accent", parent)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        self._more_buttons = QHBoxLayout()
        self._more_buttons.setContentsMargins(_UNDER_THE_WORDS, 0, 0, 0)
        self._more_buttons.setSpacing(4)
        self.row.addLayout(self._buttons)
        self.body.addLayout(self._more_buttons)

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Say it where there is a choice."""
        for layout in (self._buttons, self._more_buttons):
            clear_layout(layout)
        self.setVisible(bool(sheet.others))
        if not sheet.others:
            return
        name = sheet.reading.sheet_name or ""
        if any(one.in_front and one.name == name for one in sheet.reading.worksheets):
            first = say("Worksheet “{name}” is read; it was in front when the file was saved.", name=name)
        else:
            first = say("Worksheet “{name}” is read.", name=name)
        self.told.setText(sentences(first, self._others(sheet.others)))
        buttons = other_worksheet_buttons(sheet.others[:_MOST_BUTTONS])
        place = self._buttons if len(buttons) == 1 else self._more_buttons
        for button in buttons:
            button.clicked.connect(self._on_clicked)
            place.addWidget(button)
            button.show()  # Qt would show it a moment later
        if place is self._more_buttons:
            place.addStretch(1)

    def _others(self, others: Sequence[OtherWorksheet]) -> str:
        if len(others) == 1 and others[0].links is not None:
            return say_count(
                "“{name}” holds {n} link too.", "“{name}” holds {n} links too.", others[0].links, name=others[0].name
            )
        worksheets = enumerated(self._counted(one) for one in others[:_MOST_BUTTONS])
        if len(others) == 1:
            return say("{worksheet} holds record IDs too.", worksheet=worksheets)
        if (rest := len(others) - _MOST_BUTTONS) > 0:
            return say("{worksheets} and {rest} more hold record IDs too.", worksheets=worksheets, rest=rest)
        return say("{worksheets} hold record IDs too.", worksheets=worksheets)

    def _counted(self, other: OtherWorksheet) -> str:
        if other.links is None:
            return say("“{name}”", name=other.name)
        return say_count("“{name}” ({n} link)", "“{name}” ({n} links)", other.links, name=other.name)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.changed.emit(ReadingChoice(sheet_name=button.property("worksheet")))


class MarkNotice(_Notice):
    """A column that looks like a mark beside the rows; the page shows it where there is one. ``wants_filter`` (column)."""

    wants_filter = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel_mark", "filter", "accent", parent)
        self._column = 0
        use = Button(say("Use it as a filter"), "button_filter_mark", kind="quiet")
        use.clicked.connect(self._on_use)
        self.row.addWidget(use)

    def show_mark(self, sheet: SheetLinks, column: int, values: Sequence[ColumnValue]) -> None:
        """Say what stands in this column, and how often."""
        self._column = column
        counted = [
            say("{value} {rows}", value=one.text[:_LONGEST_VALUE] or say("empty"), rows=one.rows) for one in values[:_MOST_VALUES]
        ]
        counted += ["…"] if len(values) > _MOST_VALUES else []
        title = SheetWords(sheet).titles()[column]
        self.told.setText(say("Column “{title}” looks like a mark ({counted}).", title=title, counted=enumerated(counted)))

    @Slot()
    def _on_use(self) -> None:
        self.wants_filter.emit(self._column)


def other_worksheet_buttons(others: Sequence[OtherWorksheet]) -> list[Button]:
    """A button for each of them; its property ``worksheet`` has the name."""
    made = []
    for number, other in enumerate(others, start=1):
        name = other.name if len(other.name) <= _LONGEST_NAME else other.name[: _LONGEST_NAME - 1] + "…"
        button = Button(say("Read “{name}” instead", name=name), f"button_other_worksheet_{number}", kind="quiet")
        button.setAccessibleName(say("Read “{name}” instead", name=other.name))
        button.setProperty("worksheet", other.name)
        made.append(button)
    return made
