"""What follows on what: from a sheet over check and confirmation to the run, and the frame around it.

Lives on the window's thread. Each part of the way has a flow of its own: sheet_flow.py, check_flow.py, account_flow.py,
run_flow.py, results_flow.py, follow_up_flow.py, history_flow.py.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from desktop.application.checking import is_recent
from desktop.application.serving import SignedIn
from desktop.domain.connections import same_account
from desktop.domain.errors import HiddenRowsOpen
from desktop.domain.previews import Preview, Unticked
from desktop.domain.relations import Relation, is_custom
from desktop.qt.error_words import words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.flows.check_flow import CheckFlow
from desktop.qt.flows.follow_up_flow import FollowUpFlow
from desktop.qt.flows.history_flow import HistoryFlow
from desktop.qt.flows.own_lists_flow import OwnListsFlow
from desktop.qt.flows.place_flow import PlaceFlow
from desktop.qt.flows.results_flow import ResultsFlow
from desktop.qt.flows.run_flow import RunFlow
from desktop.qt.flows.sheet_flow import SheetFlow
from desktop.qt.flows.support import SupportFlow
from desktop.qt.guide_window import GuideWindow
from desktop.qt.jobs.clean_up import CleanUp
from desktop.qt.jobs.run_errands import RunErrands
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.confirm_page import FIRST_LINKS
from desktop.qt.pages.page import Page
from desktop.qt.planned_run import PlannedRun
from desktop.qt.run_words import RunWords
from desktop.qt.window_ports import WindowPorts
from desktop.words import say
from desktop.words.explanations import Explanation


class Journey(QObject):
    """Created once a window; owns the clean-up and the flows."""

    def __init__(self, ports: WindowPorts, window: MainWindow, *, is_practice: bool) -> None:
        super().__init__(window)
        self._ports, self._window = ports, window
        self._guide: GuideWindow | None = None
        self.clean_up, self._errands = CleanUp(ports, self), RunErrands(ports, self)
        self.accounts = AccountFlow(ports, window, self, is_practice=is_practice)
        self._place = PlaceFlow(window, self.accounts, self)
        self._confirmed: SignedIn | None = None
        self._wants_confirm = False
        self.accounts.relations = self._relations_to_ask_for
        self.support = SupportFlow(ports, window, self)
        self.sheets = SheetFlow(ports, window, self.clean_up, self.accounts, self)
        self._own_lists = OwnListsFlow(ports, window, self.clean_up, self.accounts, self._place, self)
        self.check = CheckFlow(window, self.clean_up, self.accounts, self)
        self.history = HistoryFlow(ports, window, self.accounts, self)
        self.results = ResultsFlow(ports.results_folder, window, self._errands, self.accounts, self)
        self.runs = RunFlow(ports, window, self._errands, self.accounts, self.results, self.history, self)
        self.follow_up = FollowUpFlow(window, self.clean_up, self._errands, self.accounts, self)
        self._connect_frame()
        self._connect_pages()

    def _relations_to_ask_for(self) -> Sequence[Relation]:
        """What a sign-in is for. Of a list of one's own the rights that it needs are not known, so all are asked for."""
        relations = () if self.clean_up.sheet is None else self.clean_up.sheet.relations
        return () if any(map(is_custom, relations)) else relations

    def begin(self, sheet: Path | None) -> None:
        """Show the first page, or open a sheet at once."""
        self._window.welcome.show_state(None, is_practice=self.accounts.is_practice)
        self._show_welcome()
        self.history.begin()
        self.accounts.begin()
        if sheet is not None:
            self.sheets.open(sheet)

    @Slot()
    def end(self) -> None:
        """The system wants the program to end: stop the run if there is one, and close."""
        if self.runs.is_running:
            self.runs.close()
        else:
            self._window.close()

    @Slot()
    def let_go(self) -> None:
        """The window is gone: nothing that waits or reads may hold the program back."""
        self._errands.stop_reading()
        self.clean_up.give_up("check")
        self.sheets.let_go()

    @Slot(object)
    def come_forward(self, sheet: Path | None) -> None:
        """The program was started once more: show this window, and open the sheet that it was given."""
        self._window.come_forward()
        if sheet is not None:
            self.sheets.open(sheet)

    def _connect_frame(self) -> None:
        window = self._window
        window.wants_new.connect(self._on_new)
        window.wants_account.connect(self._on_account)
        window.wants_no_practice.connect(self._on_leave_practice)
        window.wants_guide.connect(self._on_wants_guide)
        window.wants_primary.connect(self._on_primary)
        window.wants_back.connect(self._on_back)
        window.wants_step.connect(self._on_step)
        window.closing.connect(self._on_closing)
        window.stop_and_close.clicked.connect(self._on_stop_and_close)

    def _connect_pages(self) -> None:
        window, work = self._window, self.clean_up
        window.sheet.leads(self._plan)
        window.check.leads(self._show_confirm, lambda: window.results if work.undo else window.sheet)
        window.confirm.leads(
            lambda: self.runs.start(work.planned_run, self._confirmed), lambda: window.results if work.retry else window.check
        )
        window.welcome.wants_practice.connect(self._on_practice)
        window.check.ticks_changed.connect(self._on_ticks)
        window.confirm.first_changed.connect(self._on_first_changed)
        window.confirm.copy_changed.connect(self._on_copy_changed)
        self.sheets.given_up.connect(self._show_welcome)
        self.follow_up.retry_taken.connect(self._show_confirm)
        self.runs.confirm_again.connect(self._show_confirm)
        self.runs.look_refused.connect(self._on_look_refused)
        self.accounts.changed.connect(self._on_account_changed)
        work.forgotten.connect(window.check.forget_findings)
        work.planned.connect(self._on_planned)
        work.names_read.connect(window.check.show_names)
        work.names_read.connect(window.sheet.show_names)
        work.failed.connect(self._on_failed)
        self._errands.earlier_found.connect(window.confirm.show_earlier)
        self._errands.results_read.connect(self.history.refresh)

    # The plan

    @Slot(object, object)
    def _on_planned(self, planned: PlannedRun, preview: Preview) -> None:
        window = self._window
        if window.page is window.check and not window.check.is_full:
            window.check.show_plan(planned, preview)
            window.check.show_names(self.clean_up.names)
            self._read_names()
        else:
            window.check.update_plan(planned)
        waits_for_it = self._wants_confirm and window.page in (window.check, window.connect_page)
        if waits_for_it or window.page is window.confirm:
            self._show_confirm()

    @Slot(object)
    def _on_ticks(self, unticked: Unticked) -> None:
        self.clean_up.unticked = unticked
        self.clean_up.make_plan()

    @Slot(bool)
    def _on_first_changed(self, on: bool) -> None:
        self.clean_up.first = FIRST_LINKS if on else 0
        self.clean_up.make_plan()

    @Slot(bool)
    def _on_copy_changed(self, on: bool) -> None:
        self.clean_up.safety_copy = on

    @Slot()
    def _show_confirm(self) -> None:
        """Show what would happen in the account of the plan; what was found too long ago is forgotten before."""
        planned, account = self.clean_up.planned_run, self.clean_up.bound or self.accounts.account
        self._wants_confirm = planned is None and self.clean_up.sheet is not None
        if planned is None:
            return  # it is being planned, and comes when that is done
        if account is None:
            self.accounts.ask(self._show_confirm)
            return
        if planned.findings is not None and not is_recent(planned.findings, self._ports.clock):
            self._wants_confirm = True
            self._forget_look()
            return
        self._confirmed = account
        self._window.confirm.show_planned(planned, account.connection)
        self._window.confirm.belongs_to(account.connection)
        if planned.parent is None:
            self._errands.find_earlier(planned.sheet, account)
        if self._window.page is not self._window.confirm:
            self._window.show_page(self._window.confirm)

    def _forget_look(self) -> None:
        self.clean_up.forget_look()
        self._place.say_on(
            (self._window.confirm,),
            say(
                "Zoho was asked more than 15 minutes ago, and links may have come or gone since. What it "
                "said counts no longer: every ticked link is in the number again. Check again for a fresh "
                "answer."
            ),
        )

    def _read_names(self) -> None:
        account = self.clean_up.bound or self.accounts.account
        if account is not None:
            self.clean_up.read_names(account)

    @Slot()
    def _on_look_refused(self) -> None:
        """The run did not begin; the page comes again, with the number as it is without the look."""
        self._window.confirm.show_full()
        self._wants_confirm = True
        self._forget_look()

    @Slot()
    def _on_account_changed(self) -> None:
        """What was found in another account is thrown away, and what stands on the screen is of the present one."""
        window, work, present = self._window, self.clean_up, self.accounts.account
        if work.bound is not None and present is not None and same_account(work.bound.connection, present.connection):
            work.bound = present  # the same account with a newer key
        if work.account_changed(present.connection if present is not None else None):
            window.check.show_look_ended()
            self._place.say_on(
                (window.sheet, window.check, window.confirm),
                say("The account is another one now: what Zoho said about the links before was thrown away. Check again."),
            )
        if not self.history.present:
            self.history.show_offer()
        self._place.refresh()
        if window.held_page is None and work.bound is None:
            if window.page is window.confirm:
                self._show_again(window.confirm)
            elif window.page in (window.sheet, window.check):
                self._read_names()

    # The frame

    def _plan(self) -> None:
        page = self._window.check
        if self.clean_up.sheet is not None and not self.clean_up.sheet.must_choose_rows:
            page.show_working(say("Planning the calls…"), can_cancel=False)
            page.reachable = 1
            page.belongs_to(None)
            self._window.show_page(page)
            self.clean_up.plan_anew()

    @Slot(object)
    def _on_primary(self, page: Page) -> None:
        page.go_on()

    @Slot(object)
    def _on_back(self, page: Page) -> None:
        window = self._window
        if not page.is_full:
            page.show_full()
        if window.held_page is not None:
            window.show_page(window.held_page)
            return
        self._show_again(page.page_before() or window.welcome)

    def _show_again(self, page: Page) -> None:
        """Back to a page, if what it shows is still there."""
        window, work = self._window, self.clean_up
        if page is window.remove or (page in (window.sheet, window.check, window.confirm) and work.sheet is None):
            page = window.welcome
        if page is window.confirm and work.bound is None and self.accounts.account is None:
            page = window.check
        if page is window.check and work.plan is None and not work.is_under_way("forget") and not work.is_under_way("plan"):
            page = window.welcome
        if page is window.confirm:
            self._show_confirm()  # the number is typed anew
        else:
            window.show_page(page)

    @Slot(int)
    def _on_step(self, step: int) -> None:
        if not self._window.turns_away():
            self._window.show_page((self._window.sheet, self._window.check)[min(step, 1)])

    @Slot()
    def _show_welcome(self) -> None:
        self._window.welcome.show_full()
        self._window.show_page(self._window.welcome)

    @Slot()
    def _on_new(self) -> None:
        if not self._window.turns_away():
            self.history.forget_present()
            self._show_welcome()

    @Slot(str)
    def _on_wants_guide(self, part: str) -> None:
        self._guide = self._guide or GuideWindow(self._window)
        self._guide.open_at(part)

    @Slot()
    def _on_account(self) -> None:
        if not self._window.turns_away():
            page = self._window.page
            self.accounts.ask(lambda: self._show_again(page))

    @Slot()
    def _on_practice(self) -> None:
        if not self._window.turns_away():
            self.accounts.practise()
            self.history.forget_present()

    @Slot()
    def _on_leave_practice(self) -> None:
        """Back to the first page, where the banner shows the account that is worked for now."""
        if self._window.turns_away():
            return
        if self.clean_up.bound is not None or (self.clean_up.sheet is not None and self.sheets.is_sample(self.clean_up.sheet)):
            self.clean_up.forget_sheet()
        if self.accounts.is_practice:
            self.accounts.leave_practice()
        self._on_new()

    # Closing, and what goes wrong

    @Slot()
    def _on_closing(self) -> None:
        self._window.ask_before_closing(
            Explanation(
                RunWords(self.runs.operation).in_work(),
                say("Closing stops after the calls in flight; what is done is kept."),
                say("You can continue this run at the next start."),
            )
        )

    @Slot()
    def _on_stop_and_close(self) -> None:
        self.runs.close()

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step == "plan" and isinstance(error, HiddenRowsOpen):
            self._window.sheet.show_full()
            self._window.show_page(self._window.sheet)
        elif step == "plan":
            self._window.check.show_problem(words_for(error))
            self._window.show_page(self._window.check)
