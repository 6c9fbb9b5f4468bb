"""The window's account: the banner, the Connect page, and what follows once somebody is signed in.

Lives on the window's thread.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from desktop.domain.causes import Cause
from desktop.engine.ports import Services
from desktop.qt.account import SignedIn
from desktop.qt.error_words import words_for
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.page import Page
from desktop.qt.signing_in import SigningIn


class AccountFlow(QObject):
    """Created once a window. ``before`` is the page that Back on Connect leads to."""

    def __init__(self, services: Services, window: MainWindow, parent: QObject | None = None, *, is_practice: bool) -> None:
        super().__init__(parent)
        self._window, self._page = window, window.connect_page
        self._signing_in = SigningIn(services, self)
        self._then: Callable[[], None] | None = None
        self._is_practice = is_practice
        self.before: Page = window.welcome
        self._page.wants_connect.connect(self._on_wants_connect)
        self._signing_in.changed.connect(self._on_changed)
        self._signing_in.failed.connect(self._on_failed)

    @property
    def account(self) -> SignedIn | None:
        """The present account."""
        return self._signing_in.account

    @property
    def is_practice(self) -> bool:
        """True when the window works on the practice CRM."""
        return self._is_practice

    def begin(self) -> None:
        """Sign in without asking, where that is possible."""
        if self._is_practice:
            self._signing_in.practise()
        else:
            self._signing_in.find_saved()

    def practise(self) -> None:
        """Work on the practice CRM from now on."""
        self._is_practice = True
        self._signing_in.practise()

    def take(self, account: SignedIn) -> None:
        """Work for this account from now on."""
        self._signing_in.take(account)

    def ask(self, then: Callable[[], None], problem: Cause | None = None) -> None:
        """Show Connect; once signed in, its Continue does ``then``. Practice signs in by itself."""
        self._then = then
        if self._window.page is not self._page:
            self.before = self._window.page
        self._page.show_connected(None, in_keyring=False)
        if problem is not None:
            self._page.show_problem(problem)
        self._window.show_page(self._page)
        if self._is_practice:
            self._page.show_working(self.tr("Signing in to the practice CRM…"), can_cancel=False)
            self._signing_in.practise()

    def primary(self) -> None:
        """Connect's primary button: connect, or go on where the user was."""
        if not self._page.primary() and self._then is not None:
            self._then()

    @Slot(str, str, str)
    def _on_wants_connect(self, data_centre: str, environment: str, token: str) -> None:
        self._page.show_working(self.tr("Asking Zoho who you are…"), can_cancel=False)
        self._signing_in.use_token(data_centre, environment, token)

    @Slot(object)
    def _on_changed(self, account: SignedIn | None) -> None:
        self._window.banner.show_connection(account.connection if account else None)
        if account is None or self._window.page is not self._page:
            return
        self._page.show_connected(account.connection, in_keyring=account.in_keyring)
        if self._is_practice and self._then is not None:
            self._then()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._window.page is self._page:
            self._page.show_problem(words_for(error))
