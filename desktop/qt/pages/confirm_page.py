"""Confirm: what will happen, what will not, and the number to type. Enter never sets it off."""

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.connections import Connection
from desktop.domain.history import EarlierRun
from desktop.domain.relations import is_custom, label_of, words_of
from desktop.qt.clock import on_this_clock
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.planned_run import PlannedRun
from desktop.qt.run_words import RunWords
from desktop.qt.sheet_words import SheetWords
from desktop.qt.widgets.frames import Card, Glyph
from desktop.qt.widgets.labels import PlainLabel, section_label
from desktop.words import say, say_count
from desktop.words.joining import sentences

FIRST_LINKS = 5


class ConfirmPage(Page):
    """``first_changed`` (bool) when the user wants to try a few links first, ``copy_changed`` (bool) for the safety copy."""

    step = 2

    first_changed = Signal(bool)
    copy_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_confirm", say("Confirm"), "", parent)
        self._number = 0
        self._tries_first = False
        contents = QWidget()
        body = QVBoxLayout(contents)
        body.setContentsMargins(0, 0, 6, 0)
        body.setSpacing(12)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(contents)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(scroll, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        self._will, self._will_texts = self._list_card(say("This will happen"))
        self._wont, self._wont_texts = self._list_card(say("This will not happen"))
        columns.addWidget(self._will, 1)
        columns.addWidget(self._wont, 1)
        body.addLayout(columns)
        self._earlier = Card(kind="notice", name="card_earlier")
        self._earlier_words = PlainLabel()
        self._earlier.body.addWidget(self._earlier_words)
        self._earlier.hide()
        body.addWidget(self._earlier)
        self._copy_card = self._make_copy_card()
        body.addWidget(self._copy_card)
        self._first = QCheckBox(
            say_count("Try first with {n} link, then pause", "Try first with {n} links, then pause", FIRST_LINKS)
        )
        self._first.setObjectName("check_first")
        self._first.setAccessibleName(self._first.text())
        self._first.toggled.connect(self._on_first_toggled)
        body.addWidget(self._first)
        body.addWidget(self._make_number_card())
        body.addStretch(1)

    def _make_number_card(self) -> Card:
        card = Card(name="card_confirm")
        self._ask = section_label("")
        self._input = QLineEdit()
        self._input.setObjectName("input_confirm_count")
        self._input.setAccessibleName(say("Number of links"))
        self._input.setMaximumWidth(220)
        self._input.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
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
        return card

    def show_planned(self, planned: PlannedRun, connection: Connection) -> None:
        """What would happen and where; the number must be typed anew."""
        first = len(planned.plan.first_links)
        self.operation, self._number, self._tries_first = planned.operation, first or planned.plan.links_to_send, bool(first)
        self.reachable = 2 if planned.parent is None else 0
        words = RunWords(planned.operation)
        self.purpose.setText(words.before())
        put_back = planned.operation.ends_linked
        will = self._first_lines(planned, connection)
        will += self._put_back(planned, connection) if put_back else self._removed(planned, connection)
        will.append(say("Each outcome is written to this computer before you see it, so nothing is lost if the program ends."))
        self._fill(self._will_texts, will, "check", "removed")
        self._fill(
            self._wont_texts, self._not_put_back(planned) if put_back else self._not_removed(planned), "cross", "secondary"
        )
        self._ask.setText(words.to_type(self._number, connection.label))
        self._copy.setText(
            say_count(
                "Read the links first, with at most {n} read", "Read the links first, with at most {n} reads", planned.plan.calls
            )
        )
        self._copy.setAccessibleName(self._copy.text())
        self._copy.setChecked(planned.safety_copy)
        self._copy_card.setVisible(not put_back)
        self._input.clear()
        self._earlier.hide()
        with QSignalBlocker(self._first):
            self._first.setChecked(self._tries_first)
        self._first.setVisible(planned.plan.links_to_send > FIRST_LINKS)
        self.show_full()

    @Slot(object)
    def show_earlier(self, runs: Sequence[EarlierRun]) -> None:
        """Runs that had links of this sheet, newest first."""
        if not runs:
            return
        newest = runs[0]
        removed = say_count("removed {n} link", "removed {n} links", newest.removed)
        first = say_count(
            "{n} link of this sheet was in your run of {when} already, which {removed}.",
            "{n} links of this sheet were in your run of {when} already, which {removed}.",
            newest.shared,
            when=on_this_clock(newest.started),
            removed=removed,
        )
        put_back = say_count(
            "An undo has put {n} link of it back since.", "An undo has put {n} links of it back since.", newest.put_back
        )
        words = sentences(
            first,
            put_back if newest.put_back else "",
            say("What became of its unconfirmed links is read first.") if newest.unknown else "",
            say("What is already removed ends as “Was not linked”.") if newest.put_back < newest.removed else "",
        )
        self._earlier_words.setText(words)
        self._earlier.show()

    def first_focus(self) -> QWidget:
        return self._input

    def is_armed(self) -> bool:
        """True when the right number stands in the field."""
        return self._number > 0 and self._input.text() == str(self._number)

    def footer(self) -> FooterSpec:
        """The one dangerous button of the program."""
        if not self.is_full:
            return FooterSpec()
        words = RunWords(self.operation)
        text = words.button_first(self._number) if self._tries_first else words.button(self._number)
        return FooterSpec(text, enabled=self.is_armed(), danger=not self.operation.ends_linked)

    def _first_lines(self, planned: PlannedRun, connection: Connection) -> list[str]:
        if not self._tries_first:
            return []
        rest = planned.plan.links_to_send - self._number
        return [
            RunWords(self.operation).first(self._number, connection.label),
            say_count(
                "Only when you continue on the next page are the others sent, {n} link. In all:",
                "Only when you continue on the next page are the others sent, {n} links. In all:",
                rest,
            ),
        ]

    def _removed(self, planned: PlannedRun, connection: Connection) -> list[str]:
        will = [
            say_count(
                "{n} link between {parents} and {related} is removed in {place}.",
                "{n} links between {parents} and {related} are removed in {place}.",
                planned.plan.links_to_send,
                **_ends_of(planned),
                place=connection.label,
            ),
            say_count("It takes {n} call to Zoho.", "It takes {n} calls to Zoho.", planned.plan.calls),
            *SheetWords(planned.sheet).read_too(),
            *self._own_lists(planned),
        ]
        return will if planned.parent is None else [*will, self._what_is_followed(planned)]

    def _own_lists(self, planned: PlannedRun) -> list[str]:
        """Named once more where somebody accepts the number: that Zoho can put such links back is documented nowhere."""
        return [
            say(
                "{label} ({code}) is a list that your organisation made itself. Zoho does not document that its links can be "
                "removed and put back.",
                label=label_of(one),
                code=one.code,
            )
            for one in planned.sheet.relations
            if is_custom(one)
        ]

    def _what_is_followed(self, planned: PlannedRun) -> str:
        """From which earlier run the links are."""
        run = "" if planned.parent is None else planned.parent.run
        if planned.undo is None:
            return say("What run {run} left is tried again; that run can then not be continued.", run=run)
        return say_count(
            "They are among the {n} link that run {run} removed.",
            "They are among the {n} links that run {run} removed.",
            planned.undo.removed,
            run=run,
        )

    def _not_removed(self, planned: PlannedRun) -> list[str]:
        return [
            say("No record is deleted: only the link between them goes."),
            say("Rows that are damaged, suspicious or rejected are not sent."),
            *SheetWords(planned.sheet).left_out(),
        ]

    def _put_back(self, planned: PlannedRun, connection: Connection) -> list[str]:
        return [
            say_count(
                "{n} link between {parents} and {related} is put back in {place}, with its own fields as they were.",
                "{n} links between {parents} and {related} are put back in {place}, each with its own fields as they were.",
                planned.plan.links_to_send,
                **_ends_of(planned),
                place=connection.label,
            ),
            self._what_is_followed(planned),
            say_count(
                "It takes {n} call to Zoho, and before them at most as many reads.",
                "It takes {n} calls to Zoho, and before them at most as many reads.",
                planned.plan.calls,
            ),
        ]

    def _not_put_back(self, planned: PlannedRun) -> list[str]:
        return [
            say("A link that somebody has linked again since is left as it is, and reported."),
            say("Links that the run did not remove, or that you did not tick, are not touched."),
            say(
                "What does not come back: the dates of the links, what workflows did when they were "
                "removed, and links of records that were deleted since."
            ),
        ]

    def _make_copy_card(self) -> Card:
        card = Card(say("Safety copy"), name="card_safety_copy")
        self._copy = QCheckBox()
        self._copy.setObjectName("check_safety_copy")
        self._copy.setChecked(True)
        self._copy.toggled.connect(self._on_copy_toggled)
        self._copy_words = PlainLabel(kind="secondary")
        card.body.addWidget(self._copy)
        card.body.addWidget(self._copy_words)
        self._say_copy()
        return card

    def _say_copy(self) -> None:
        with_copy = say(
            "Each link is noted on this computer with its own fields, such as a member status or a "
            "list price, just before it is removed. With that copy the links can be put back, and after a "
            "lost answer Delink can tell what happened."
        )
        without = say("Without a copy this run cannot be undone, and what became of a link whose answer is lost may stay open.")
        self._copy_words.setText(with_copy if self._copy.isChecked() else without)

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
            holder.show()  # Qt would show it a moment later

    @Slot(bool)
    def _on_copy_toggled(self, on: bool) -> None:
        self._say_copy()
        self.copy_changed.emit(on)

    @Slot(bool)
    def _on_first_toggled(self, on: bool) -> None:
        """Another plan is made; until it is here no number fits, or more could go than the box says."""
        self._number = 0
        self._input.clear()
        self._on_typed()
        self.first_changed.emit(on)

    @Slot()
    def _on_typed(self) -> None:
        typed = self._input.text()
        wrong = bool(typed) and not str(self._number).startswith(typed)
        self._state.setText(say("Ready") if self.is_armed() else say("That is another number") if wrong else "")
        self.footer_changed.emit()


def _ends_of(planned: PlannedRun) -> dict[str, str]:
    """How many records the links are between at each end, with the module that they are of."""
    relation = planned.sheet.relations[0]
    return {
        "parents": say_count(
            "{n} parent record ({module})",
            "{n} parent records ({module})",
            planned.facts.parents,
            module=words_of(relation.parent_module).many,
        ),
        "related": say_count(
            "{n} related record ({module})",
            "{n} related records ({module})",
            planned.facts.related,
            module=words_of(relation.related_list).many,
        ),
    }
