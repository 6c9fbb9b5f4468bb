"""The results of a run: written, shown, opened, saved elsewhere, read again in the CRM. Lives on the window's thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.application.follow_ups import Verification, VerifiedRun
from desktop.application.run_results import SeenRun
from desktop.application.serving import AccountOffer
from desktop.domain.connections import Connection
from desktop.domain.errors import ConnectionNotFound, RunElsewhere
from desktop.qt.error_words import SIGNING_IN_HELPS, words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.jobs.run_errands import RunErrands
from desktop.qt.main_window import MainWindow, results_filter
from desktop.qt.pages.page import Page
from desktop.words import say, say_count
from desktop.words.joining import sentences


class ResultsFlow(QObject):
    """Leads from the results of a run to what can follow on it. Made once for a window."""

    def __init__(
        self, results_folder: Path, window: MainWindow, errands: RunErrands, accounts: AccountFlow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder, self._window, self._errands, self._accounts = results_folder, window, errands, accounts
        self._page = window.results
        self._path: Path | None = None
        self._found: tuple[str, Verification] | None = None
        self._trouble = ""
        self._page.leads(back=lambda: self._page if self._page.run else None)
        self._page.wants_open.connect(self._on_wants_open)
        self._page.wants_save.connect(self._on_wants_save)
        self._page.wants_verify.connect(self._on_wants_verify)
        self._page.cancelled.connect(self._on_cancelled)
        window.page_left.connect(self._on_page_left)
        errands.links_read.connect(self._on_links_read)
        errands.verified.connect(self._on_verified)
        errands.results_read.connect(self._on_read)
        errands.results_progressed.connect(self.say_writing)
        errands.failed.connect(self._on_failed)

    def show(self, run: str, words: str, trouble: str = "", place: Connection | None = None) -> None:
        """Show a run's results.

        ``words`` say meanwhile what is done, ``trouble`` what is amiss with its workbook, ``place`` is the run's account.
        """
        self._errands.stop_reading()
        self._trouble = trouble
        self._page.belongs_to(place)
        self._page.show_working(words, can_cancel=False)
        self._window.show_page(self._page)
        self._errands.read_results(run)

    @Slot(int, int)
    def say_writing(self, done: int, total: int) -> None:
        """So many lines of so many are written, of the run that has just ended or of the one that is shown."""
        words = say("Writing the results workbook…")
        if (held := self._window.held_page) is not None:  # the run that has just ended
            self._page.belongs_to(held.connection)
        if self._window.page is not self._page:
            self._page.show_working(words, can_cancel=False)
            self._window.show_page(self._page)
        self._page.say_progress(words, done, total)

    @Slot(object)
    def _on_read(self, seen: SeenRun) -> None:
        record, path = seen.record, seen.workbook
        self._path = path if path is not None and path.is_file() else None
        trouble, self._trouble = seen.trouble or self._trouble, ""
        self._page.belongs_to(record.facts.connection)
        self._page.show_record(record, seen.results, self._path, trouble or self._why_none(path))
        record.close()
        if self._found is not None and self._found[0] == record.facts.run:
            self._page.show_verification(self._found[1])
        self._found = None
        self._window.show_page(self._page)

    def _why_none(self, path: Path | None) -> str:
        """Why no workbook is named; it is never written because somebody looks."""
        if self._path is not None:
            return ""
        if path is None:
            return say("No results workbook has been written yet; Save as… writes one.")
        where = str(path)
        return say("The results workbook is no longer at {path}; Save as… writes it again.", path=where)

    @Slot()
    def _on_wants_open(self) -> None:
        if self._path is not None:
            self._open(self._path)

    def _open(self, path: Path) -> None:
        """Hand the workbook to the program for such files, and say where it is when there is none."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = say("No program on this computer opens this file: {path}. Save as… also writes a .csv.", path=str(path))
            self._window.message.say(words)

    @Slot(str)
    def _on_wants_save(self, run: str) -> None:
        start_at = str(self._path or self._folder)
        name, _ = QFileDialog.getSaveFileName(self._window, say("Save the results"), start_at, results_filter())
        if name:
            self._page.show_working(say("Writing the results workbook…"), can_cancel=False)
            self._errands.write_results(run, Path(name))

    @Slot(str)
    def _on_wants_verify(self, run: str) -> None:
        self._verify(run)

    def _verify(self, run: str, *, sure: bool = False) -> None:
        """``sure``: the user was asked for the run's account, signed in and went on."""
        self._page.show_working(say("Reading the links in Zoho; nothing is changed…"))
        self._window.show_page(self._page)
        self._errands.verify(run, AccountOffer(self._accounts.account, sure))

    @Slot(int)
    def _on_links_read(self, links: int) -> None:
        words = say_count("{n} link read in Zoho; nothing is changed…", "{n} links read in Zoho; nothing is changed…", links)
        self._page.say_progress(words, links, self._page.links_shown)

    @Slot(object)
    def _on_verified(self, verified: VerifiedRun) -> None:
        self._accounts.keep()
        if verified.has_settled:
            run = verified.record.facts.run
            self._found = run, verified.found
            self._trouble = "" if verified.written is None else sentences(*verified.written.sentences())
            self._errands.read_results(run)
        else:
            self._page.show_verification(verified.found)

    @Slot()
    def _on_cancelled(self) -> None:
        self._errands.stop_reading()
        self._page.show_full()

    @Slot(object)
    def _on_page_left(self, page: Page) -> None:
        """What is read for this page must not draw the user back to it."""
        if page is self._page:
            self._errands.stop_reading()
            self._page.show_full()

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step == "verify" and isinstance(error, SIGNING_IN_HELPS):
            again, may_vouch = partial(self._verify, self._page.run, sure=True), isinstance(error, ConnectionNotFound)
            self._accounts.ask(again, words_for(error), self._page.connection, may_vouch=may_vouch)
        elif step in ("verify", "results"):
            if isinstance(error, RunElsewhere):
                self._accounts.take_back()
            self._page.show_problem(words_for(error))
            self._window.show_page(self._page)
