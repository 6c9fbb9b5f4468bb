"""Lists that the organisation made itself: found when the user wants them, for the account that the window works for.

What one account offers says nothing of another. When the account becomes another one, the lists of the one before are no
longer offered, and a sheet that was read with one of them is put away: the user accepted that list for that account.
Lives on the window's thread.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from desktop.application.serving import OpenCrm
from desktop.domain.connections import Connection, same_account
from desktop.domain.relations import Relation
from desktop.qt.error_words import words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.flows.place_flow import PlaceFlow
from desktop.qt.jobs.clean_up import CleanUp
from desktop.qt.jobs.own_lists import OwnLists
from desktop.qt.main_window import MainWindow
from desktop.words import say, say_count


class OwnListsFlow(QObject):
    """Finds lists that the organisation made itself. Made once for a window."""

    def __init__(
        self,
        ports: OpenCrm,
        window: MainWindow,
        clean_up: CleanUp,
        accounts: AccountFlow,
        place: PlaceFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._clean_up, self._accounts, self._place = window, clean_up, accounts, place
        self._lists = OwnLists(ports, self)
        self._asked_in: Connection | None = None
        window.sheet.wants_own_lists.connect(self._on_wants_own_lists)
        accounts.changed.connect(self._on_account_changed)
        self._lists.found.connect(self._on_found)
        self._lists.failed.connect(self._on_failed)

    @Slot()
    def _on_wants_own_lists(self) -> None:
        if self._window.turns_away():
            return
        account = self._accounts.account
        if account is None:
            self._accounts.ask(self._go_on)
            return
        self._asked_in = account.connection
        self._window.message.say(say("Asking Zoho for the lists that your organisation made…"))
        self._lists.find(account)

    def _go_on(self) -> None:
        self._window.show_page(self._window.sheet)
        self._on_wants_own_lists()

    @Slot(object)
    def _on_found(self, relations: Sequence[Relation]) -> None:
        self._window.sheet.offer_own_lists(relations)
        words = say("Zoho offers no list of your own whose links can be taken off, or this sign-in may not ask for it.")
        if relations:
            words = say_count(
                "{n} list of your own can be chosen now where the links are named.",
                "{n} lists of your own can be chosen now where the links are named.",
                len(relations),
            )
        self._window.message.say(words)

    @Slot(str, object)
    def _on_failed(self, _: str, error: Exception) -> None:
        words = words_for(error)
        self._window.message.say(f"{words.title}. {words.why} {words.what_to_do}".strip())

    @Slot()
    def _on_account_changed(self) -> None:
        present, asked = self._accounts.account, self._asked_in
        if asked is None or present is None or same_account(asked, present.connection):
            return
        self._asked_in = None
        self._lists.forget()
        window, work = self._window, self._clean_up
        window.sheet.offer_own_lists(())
        if work.bound is not None or work.sheet is None or not work.sheet.choice.accepted_relations:
            return
        work.forget_sheet()
        if window.held_page is None and window.page in (window.sheet, window.check, window.confirm):
            window.welcome.show_full()
            window.show_page(window.welcome)
        self._place.say_on(
            (window.welcome,),
            say("The account is another one now, and the list was accepted for the one before: open the sheet again."),
        )
