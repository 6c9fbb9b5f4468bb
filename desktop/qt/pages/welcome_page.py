"""The first page: an interrupted run first, else a place to drop a sheet; practice mode; nothing needs a connection."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState, RunSummary
from desktop.domain.updates import UpdateNotice
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.run_words import RunWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.drop_area import DropArea
from desktop.qt.widgets.frames import Card, Glyph
from desktop.qt.widgets.labels import PlainLabel, section_label


class WelcomePage(Page):
    """Signals what the user wants; the window does it."""

    wants_resume = Signal(str)
    wants_results = Signal(str)
    wants_practice = Signal()
    wants_update = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_welcome",
            self.tr("Remove links from a sheet"),
            self.tr("Delink takes records off campaigns, products and price books in Zoho CRM. The records themselves stay."),
            parent,
        )
        self._run = ""
        self._unfinished = Card(kind="notice", name="card_unfinished")
        self._told = section_label("")
        self._continue = Button("", "button_continue_run", kind="primary", glyph="play")
        self._continue.clicked.connect(self._on_continue)
        self._unfinished.body.addWidget(self._told)
        row = QHBoxLayout()
        results = Button(self.tr("Show its results so far"), "button_show_results", glyph="list")
        results.clicked.connect(self._on_results)
        row.addWidget(self._continue)
        row.addWidget(results)
        row.addStretch(1)
        self._unfinished.body.addLayout(row)
        self._unfinished.hide()
        self.drop_area = DropArea()
        self.body.addWidget(self._unfinished)
        self.body.addWidget(self.drop_area, 4)
        self._practice = self._practice_card()
        self.body.addWidget(self._practice)
        self._update = Card(kind="notice", name="card_update")
        self._update_text = PlainLabel()
        self._make_update_card()
        self.body.addWidget(self._update)
        self.body.addStretch(1)

    def show_state(self, unfinished: RunSummary | None, *, is_practice: bool) -> None:
        """The newest run that waits to be continued, and whether practice mode is on."""
        self._practice.setVisible(not is_practice)
        self._unfinished.setVisible(unfinished is not None)
        if unfinished is None:
            return
        self._run = unfinished.run
        tally, words = unfinished.tally, RunWords(unfinished.kind)
        done = tally.total - tally[Outcome.UNKNOWN] - tally[Outcome.NOT_ATTEMPTED]
        when = datetime.fromisoformat(unfinished.started).astimezone().strftime("%d %B, %H:%M")
        unknown = tally[Outcome.UNKNOWN]
        how = self.tr("was paused") if unfinished.state is RunState.PAUSED else self.tr("stopped")
        text = f"{words.begun(unfinished.links)} ({when}) {how} " + self.tr("after %n.", "", done)
        if unknown:
            text += " " + self.tr("%n are unconfirmed.", "", unknown)
        self._told.setText(text)
        check = self.tr("Check those %n and continue", "", unknown) if unknown else self.tr("Continue this run")
        self._continue.say(check)

    def show_update(self, notice: UpdateNotice) -> None:
        """A newer version is out."""
        text = self.tr("Delink %1 is available. Your IT department may want to install it for you.")
        self._update_text.setText(text.replace("%1", notice.version))
        self._update.show()

    def first_focus(self) -> QWidget:
        """The way on for most people."""
        return self._continue if self._unfinished.isVisibleTo(self) else self.drop_area.choose

    def footer(self) -> FooterWish:
        """Nothing to go back to, and nothing to do without a sheet."""
        return FooterWish(has_back=False)

    def _make_update_card(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._update_text, 1)
        to_page = Button(self.tr("Open the download page"), "button_update")
        to_page.clicked.connect(self.wants_update)
        row.addWidget(to_page)
        self._update.body.addLayout(row)
        self._update.hide()

    @Slot()
    def _on_continue(self) -> None:
        self.wants_resume.emit(self._run)

    @Slot()
    def _on_results(self) -> None:
        self.wants_results.emit(self._run)

    def _practice_card(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Glyph("flask", "practice", 24))
        row.addWidget(
            PlainLabel(
                self.tr(
                    "New here? Practise first: the whole program against a CRM of its own on this computer, without an account."
                )
            ),
            1,
        )
        practise = Button(self.tr("Practice mode"), "button_practice")
        practise.clicked.connect(self.wants_practice)
        row.addWidget(practise)
        card.body.addLayout(row)
        return card
