"""Which account stands in the banner: that of the run or the plan on the page, else the one that the window works for.

Title and colour follow it. Where a page of another account comes, or goes, that is said in words; so is what was thrown away
because the account changed. Lives on the window's thread.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from desktop.application.accounts import belongs_to_practice, looks_alike
from desktop.domain.connections import Connection
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.page import Page
from desktop.words import say


class PlaceFlow(QObject):
    """Decides which account the banner, the title and the colour show. Made once for a window."""

    def __init__(self, window: MainWindow, accounts: AccountFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._accounts = window, accounts
        self._shown: Connection | None = None
        self._was_of_page = False
        self._waiting: tuple[str, Sequence[Page]] = ("", ())
        window.place_changed.connect(self.refresh)

    @property
    def shown(self) -> Connection | None:
        """The account that the banner shows, or None."""
        return self._shown

    def say_on(self, pages: Sequence[Page], words: str) -> None:
        """Say it on the first of these pages that is shown: now, or when the user comes to one."""
        self._waiting = words, pages
        self._say_waiting()

    @Slot()
    def refresh(self) -> None:
        """The page, its account, or the account that the window works for may be another."""
        before, place = self._shown, self._place()
        self._shown = place
        window = self._window
        window.banner.show_connection(place)
        is_practice = place is not None and belongs_to_practice(place)
        window.setWindowTitle(say("Practice mode") if is_practice else "Delink")
        of_page = self._is_of_other_account()
        if place is not None and (before is None or not looks_alike(before, place)):
            if of_page:
                window.message.say(
                    say("What stands on this page belongs to {place}. The banner shows that account.", place=place.label)
                )
            elif self._was_of_page:
                window.message.say(say("The banner shows the account of new clean-ups again: {place}.", place=place.label))
        self._was_of_page = of_page
        self._say_waiting()

    def _place(self) -> Connection | None:
        """While a run works or is held, pages without an account of their own stand under that of the run."""
        held = self._window.held_page
        own = self._window.page.connection or (held.connection if held is not None else None)
        return own or self._accounts.place

    def _is_of_other_account(self) -> bool:
        """True where the banner shows another account than the one that the window works for."""
        present = self._accounts.place
        return self._shown is not None and (present is None or not looks_alike(self._shown, present))

    def _say_waiting(self) -> None:
        words, pages = self._waiting
        if words and self._window.page in pages:
            self._window.message.say(words)
            self._waiting = "", ()
