"""The look into the CRM before the removal: asked for, watched, cancelled, shown, saved. Lives on the window's thread."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.domain.errors import TokenRejected
from desktop.domain.findings import Findings
from desktop.domain.previews import Preview
from desktop.qt.announcements import announcements
from desktop.qt.error_words import words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.jobs.clean_up import CleanUp
from desktop.qt.main_window import MainWindow, results_filter
from desktop.words import say, say_count


class CheckFlow(QObject):
    """Leads from the sheet to the check and on to the confirmation. Made once for a window."""

    def __init__(self, window: MainWindow, clean_up: CleanUp, accounts: AccountFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._page, self._clean_up, self._accounts = window, window.check, clean_up, accounts
        self._page.wants_check.connect(self._on_wants_check)
        self._page.wants_no_check.connect(self._on_wants_no_check)
        self._page.wants_save.connect(self._on_wants_save)
        clean_up.reads_made.connect(self._page.show_looking)
        clean_up.checked.connect(self._on_checked)
        clean_up.findings_saved.connect(self._on_saved)
        clean_up.failed.connect(self._on_failed)

    @Slot()
    def _on_wants_check(self) -> None:
        if self._accounts.account is None:
            self._accounts.ask(self._ask_again)
        else:
            self._clean_up.check(self._accounts.account)

    def _ask_again(self) -> None:
        self._window.show_page(self._page)
        self._page.ask()

    @Slot()
    def _on_wants_no_check(self) -> None:
        self._clean_up.give_up("check")
        self._page.show_look_ended()

    @Slot(object, object)
    def _on_checked(self, findings: Findings, preview: Preview) -> None:
        self._page.show_findings(findings, preview)
        announcements.say(self._page, self._page.found_words())
        self._clean_up.make_plan()

    @Slot()
    def _on_wants_save(self) -> None:
        sheet = self._clean_up.sheet
        if sheet is None:
            return
        path = Path(sheet.path)
        start_at = str(path.with_name(f"{path.stem}-checked.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self._window, say("Save what was found"), start_at, results_filter())
        if name:
            self._clean_up.save_findings(Path(name))

    @Slot(object, int)
    def _on_saved(self, path: Path, lines: int) -> None:
        self._page.say_saved(say_count("{n} row saved as {name}.", "{n} rows saved as {name}.", lines, name=path.name))

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        words = words_for(error)
        if step == "findings":
            self._page.say_saved(words.why)
        elif step == "check":
            self._page.show_look_failed(words)
            announcements.say(self._page, words.whole(), at_once=True)
            if isinstance(error, TokenRejected):
                self._accounts.ask(self._ask_again, words)
