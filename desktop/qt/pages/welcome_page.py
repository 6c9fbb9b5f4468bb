"""The first page: an interrupted run first, else a place to drop a sheet; practice mode; nothing needs a connection."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.application.accounts import account_of, belongs_to_practice
from desktop.domain.connections import Connection
from desktop.domain.history import ALONE, Family
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState, RunSummary
from desktop.domain.updates import UpdateNotice
from desktop.qt.clock import on_this_clock
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.place_words import environment_name, environment_words
from desktop.qt.run_words import RunWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.drop_area import DropArea
from desktop.qt.widgets.frames import Card, Glyph
from desktop.qt.widgets.labels import PlainLabel, section_label
from desktop.words import say, say_count
from desktop.words.joining import sentences


class WelcomePage(Page):
    """Signals what the user wants; the window does it."""

    wants_resume = Signal(str)
    wants_results = Signal(str)
    wants_practice = Signal()
    wants_update = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_welcome",
            say("Remove links from a sheet"),
            say("Delink takes records off campaigns, products and price books in Zoho CRM. The records themselves stay."),
            parent,
        )
        self._run, self._is_practice = "", False
        self._unfinished = Card(kind="notice", name="card_unfinished")
        self._told = section_label("")
        self._continue = Button("", "button_continue_run", kind="primary", glyph="play")
        self._first = self._continue
        self._continue.clicked.connect(self._on_continue)
        self._environment = PlainLabel(wraps=False)
        self._environment.setObjectName("label_run_environment")
        self._environment.setContentsMargins(8, 2, 8, 2)
        self._what_follows = PlainLabel(kind="secondary")
        self._what_follows.setObjectName("label_what_follows")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._told, 1)
        head.addWidget(self._environment, 0, Qt.AlignmentFlag.AlignTop)
        self._unfinished.body.addLayout(head)
        self._unfinished.body.addWidget(self._what_follows)
        self._results = Button(say("Show its results so far"), "button_show_results", glyph="list")
        self._results.clicked.connect(self._on_results)
        self._ways = QHBoxLayout()
        self._ways.addWidget(self._continue)
        self._ways.addWidget(self._results)
        self._ways.addStretch(1)
        self._unfinished.body.addLayout(self._ways)
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

    def show_state(self, unfinished: RunSummary | None, *, is_practice: bool, family: Family = ALONE) -> None:
        """The newest run that waits to be continued with the runs around it, and whether practice mode is on."""
        self._is_practice = is_practice
        self._show_own_ways()
        self._unfinished.setVisible(unfinished is not None)
        if unfinished is None:
            return
        self._run = unfinished.run
        tally, words, place = unfinished.tally, RunWords(unfinished.operation), account_of(unfinished)
        done = tally.total - tally[Outcome.UNKNOWN] - tally[Outcome.NOT_ATTEMPTED]
        unknown = tally[Outcome.UNKNOWN]
        where = place.account.company or place.name
        begun = words.begun(
            unfinished.links,
            is_paused=unfinished.state is RunState.PAUSED,
            done=done,
            when=on_this_clock(unfinished.started),
            place=where,
        )
        unconfirmed = say_count("{n} is unconfirmed.", "{n} are unconfirmed.", unknown) if unknown else ""
        put_back = self._put_back_words(family, done) if family.put_back else ""
        self._told.setText(sentences(begun, unconfirmed, put_back))
        self._show_ways(results_first=family.is_undone and not unknown)
        self._show_place(
            place,
            words.goes_on_in(
                unknown, say("{company} ({environment})", company=where, environment=environment_name(place.environment))
            ),
        )
        check = (
            say_count("Check that one and continue", "Check those {n} and continue", unknown)
            if unknown
            else say("Continue this run")
        )
        self._continue.say(check)

    def _put_back_words(self, family: Family, done: int) -> str:
        if family.is_undone and family.removed == done:
            return say_count("That one was put back since.", "Those {n} were put back since.", done)
        if family.is_undone:
            return say_count(
                "The one that it removed was put back since.", "All {n} that it removed were put back since.", family.put_back
            )
        return say_count(
            "Of {removed} removed links one was put back since.",
            "Of {removed} removed links {n} were put back since.",
            family.put_back,
            removed=family.removed,
        )

    def _show_ways(self, *, results_first: bool) -> None:
        """Whoever undid a run hardly wants it to go on: its results come first then."""
        first, second = (self._results, self._continue) if results_first else (self._continue, self._results)
        self._first = first
        for place, (button, kind) in enumerate(((first, "primary"), (second, ""))):
            self._ways.insertWidget(place, button)
            button.set_kind(kind)
        QWidget.setTabOrder(first, second)

    def belongs_to(self, connection: Connection | None) -> None:
        """With an account: the page is about one run of it, and nothing else begins here."""
        super().belongs_to(connection)
        self._show_own_ways()

    def _show_own_ways(self) -> None:
        is_own = self.connection is None
        self.drop_area.setVisible(is_own)
        self._practice.setVisible(is_own and not self._is_practice)

    def _show_place(self, place: Connection, what_follows: str) -> None:
        """Whose run it is, what going on does there, and whether that is another world than the window's."""
        tint, word = environment_words(place.environment)
        self._environment.setProperty("chip", tint)
        self._environment.setText(word)
        self._environment.style().unpolish(self._environment)
        self._environment.style().polish(self._environment)
        if belongs_to_practice(place):
            what_follows = sentences(what_follows, say("It is a practice run: nothing real is changed."))
        elif self._is_practice:
            what_follows = sentences(
                what_follows, say("This is no practice: that account is changed, although this window practises.")
            )
        self._what_follows.setText(what_follows)

    def show_update(self, notice: UpdateNotice) -> None:
        """Say that a newer version is out."""
        self._update_text.setText(
            say("Delink {version} is available. Your IT department may want to install it for you.", version=notice.version)
        )
        self._update.show()

    def first_focus(self) -> QWidget:
        return self._first if self._unfinished.isVisibleTo(self) else self.drop_area.choose

    def footer(self) -> FooterSpec:
        """Nothing to go back to, and nothing to do without a sheet."""
        return FooterSpec(has_back=False)

    def _make_update_card(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._update_text, 1)
        to_page = Button(say("Open the download page"), "button_update")
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
                say("New here? Practise first: the whole program against a CRM of its own on this computer, without an account.")
            ),
            1,
        )
        practise = Button(say("Practice mode"), "button_practice")
        practise.clicked.connect(self.wants_practice)
        row.addWidget(practise)
        card.body.addLayout(row)
        return card
