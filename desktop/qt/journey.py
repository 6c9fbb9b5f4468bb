"""What follows on what: from a sheet over check and confirmation to the run, and the frame around it.

Lives on the window's thread. Each part of the way has a flow of its own: sheet_flow.py, check_flow.py, account_flow.py,
run_flow.py, results_flow.py, follow_up_flow.py, history_flow.py.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from desktop.domain.causes import Cause
from desktop.domain.errors import HiddenRowsOpen
from desktop.domain.previews import Preview, Unticked
from desktop.engine.ports import Services
from desktop.qt.account_flow import AccountFlow
from desktop.qt.check_flow import CheckFlow
from desktop.qt.clean_up import CleanUp
from desktop.qt.error_words import words_for
from desktop.qt.follow_up_flow import FollowUpFlow
from desktop.qt.guide_window import GuideWindow
from desktop.qt.history_flow import HistoryFlow
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.confirm_page import FIRST_LINKS
from desktop.qt.pages.page import Page
from desktop.qt.results_flow import ResultsFlow
from desktop.qt.run_errands import RunErrands
from desktop.qt.run_flow import RunFlow
from desktop.qt.run_wish import RunWish
from desktop.qt.run_words import RunWords
from desktop.qt.sheet_flow import SheetFlow
from desktop.qt.support import SupportFlow


class Journey(QObject):
    """Created once a window; owns the clean-up and the flows."""

    def __init__(self, services: Services, window: MainWindow, *, is_practice: bool) -> None:
        super().__init__(window)
        self._window = window
        self._guide: GuideWindow | None = None
        self.clean_up, self._errands = CleanUp(services, self), RunErrands(services, self)
        self.accounts = AccountFlow(services, window, self, is_practice=is_practice)
        self.accounts.relations = lambda: () if self.clean_up.sheet is None else self.clean_up.sheet.relations
        self.support = SupportFlow(services, window, self)
        self.sheets = SheetFlow(services, window, self.clean_up, self.accounts, self)
        self.check = CheckFlow(window, self.clean_up, self.accounts, self)
        self.history = HistoryFlow(services, window, self.accounts, self)
        self.results = ResultsFlow(services, window, self._errands, self.accounts, self)
        self.runs = RunFlow(services, window, self._errands, self.accounts, self.results, self.history, self)
        self.follow_up = FollowUpFlow(window, self.clean_up, self._errands, self.accounts, self)
        self._connect_frame()
        self._connect_pages()

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
        window.wants_guide.connect(self._on_wants_guide)
        window.wants_primary.connect(self._on_primary)
        window.wants_back.connect(self._on_back)
        window.wants_step.connect(self._on_step)
        window.closing.connect(self._on_closing)
        window.stop_and_close.clicked.connect(self._on_stop_and_close)

    def _connect_pages(self) -> None:
        window, work = self._window, self.clean_up
        window.welcome.wants_practice.connect(self._on_practice)
        window.check.ticks_changed.connect(self._on_ticks)
        window.confirm.first_changed.connect(self._on_first_changed)
        window.confirm.copy_changed.connect(self._on_copy_changed)
        self.sheets.given_up.connect(self._show_welcome)
        self.follow_up.retry_taken.connect(self._show_confirm)
        work.planned.connect(self._on_planned)
        work.names_read.connect(window.check.show_names)
        work.names_read.connect(window.sheet.show_names)
        work.failed.connect(self._on_failed)
        self._errands.earlier_found.connect(window.confirm.show_earlier)
        self._errands.results_read.connect(self.history.refresh)

    # The plan

    @Slot(object, object)
    def _on_planned(self, wish: RunWish, preview: Preview) -> None:
        window, account = self._window, self.accounts.account
        if window.page is window.check and not window.check.is_full:
            window.check.show_plan(wish, preview)
            window.check.show_names(self.clean_up.names)
            if account is not None:
                self.clean_up.read_names(account)
        else:
            window.check.update_plan(wish)
        if window.page is window.confirm:
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
        wish, account = self.clean_up.wish, self.accounts.account
        if wish is None:
            return
        if account is None:
            self.accounts.ask(self._show_confirm)
            return
        self._window.confirm.show_wish(wish, account.connection)
        if wish.parent is None:
            self._errands.find_earlier(wish.sheet, account)
        if self._window.page is not self._window.confirm:
            self._window.show_page(self._window.confirm)

    # The frame

    @Slot(object)
    def _on_primary(self, page: Page) -> None:
        window = self._window
        if page is window.sheet:
            if self.clean_up.sheet is None or self.clean_up.sheet.must_choose_rows:
                return
            window.check.show_working(self.tr("Planning the calls…"), can_cancel=False)
            window.check.reachable = 1
            window.show_page(window.check)
            self.clean_up.plan_anew()
        elif page is window.check:
            self._show_confirm()
        elif page is window.confirm:
            self.runs.start(self.clean_up.wish)
        elif page is window.connect_page:
            self.accounts.primary()
        elif page is window.remove:
            self.runs.go_on()
        elif page is window.history:
            window.history.primary()

    @Slot(object)
    def _on_back(self, page: Page) -> None:
        window, work = self._window, self.clean_up
        if not page.is_full:
            page.show_full()
        before: dict[Page, Page] = {
            window.check: window.results if work.undo else window.sheet,
            window.confirm: window.results if work.retry else window.check,
            window.connect_page: self.accounts.before,
            window.results: window.results if window.results.run else window.welcome,
        }
        self._show_again(before.get(page, window.welcome))

    def _show_again(self, page: Page) -> None:
        """Back to a page, if what it shows is still there."""
        if page is self._window.check and self.clean_up.plan is None:
            page = self._window.welcome
        self._window.show_page(page)

    @Slot(int)
    def _on_step(self, step: int) -> None:
        if not self.runs.is_running:
            self._window.show_page((self._window.sheet, self._window.check)[min(step, 1)])

    @Slot()
    def _show_welcome(self) -> None:
        self._window.welcome.show_full()
        self._window.show_page(self._window.welcome)

    @Slot()
    def _on_new(self) -> None:
        if self.runs.is_running:
            self._window.show_page(self._window.remove)
            return
        self.history.forget_present()
        self._show_welcome()

    @Slot(str)
    def _on_wants_guide(self, part: str) -> None:
        self._guide = self._guide or GuideWindow(self._window)
        self._guide.open_at(part)

    @Slot()
    def _on_account(self) -> None:
        if not self.runs.is_running:
            page = self._window.page
            self.accounts.ask(lambda: self._show_again(page))

    @Slot()
    def _on_practice(self) -> None:
        self._window.setWindowTitle(self.tr("Practice mode"))
        self._window.welcome.show_state(None, is_practice=True)
        self.accounts.practise()

    # Closing, and what goes wrong

    @Slot()
    def _on_closing(self) -> None:
        self._window.ask_before_closing(
            Cause(
                RunWords(self.runs.kind).in_work(),
                self.tr("Closing stops after the calls in flight; what is done is kept."),
                self.tr("You can continue this run at the next start."),
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
