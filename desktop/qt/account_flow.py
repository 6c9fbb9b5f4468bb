"""The window's account: the banner, the Connect page, and what follows once somebody is signed in.

Lives on the window's thread.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.domain.causes import Cause
from desktop.domain.connections import Connection
from desktop.domain.errors import TokenRejected
from desktop.domain.relations import Relation
from desktop.engine.ports import Services
from desktop.qt.account import SignedIn, SignInWish
from desktop.qt.error_words import words_for
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.page import Page
from desktop.qt.signing_in import SigningIn


class AccountFlow(QObject):
    """Created once a window. ``before`` is the page that Back on Connect leads to; ``relations`` tells those of the sheet."""

    def __init__(self, services: Services, window: MainWindow, parent: QObject | None = None, *, is_practice: bool) -> None:
        super().__init__(parent)
        self._window, self._page = window, window.connect_page
        self._signing_in = SigningIn(services, self)
        self._then: Callable[[], None] | None = None
        self._is_practice = is_practice
        self.before: Page = window.welcome
        self.relations: Callable[[], Sequence[Relation]] = tuple
        self._connect_page()
        self._signing_in.changed.connect(self._on_changed)
        self._signing_in.failed.connect(self._on_failed)
        self._signing_in.nowhere.connect(self._on_nowhere)
        self._signing_in.shown.connect(self._on_shown)
        self._signing_in.listed.connect(self._page.saved.show_connections)
        self._signing_in.left.connect(self._on_left)
        self._signing_in.refused.connect(self._on_failed)

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
        self._page.say_why(self._reason())
        self._page.show_relations(self.relations())
        self._page.show_connected(None, in_keyring=False)
        self._signing_in.list_saved()
        if problem is not None:
            self._page.show_problem(problem)
        self._window.show_page(self._page)
        if self._is_practice:
            self._page.show_working(self.tr("Signing in to the practice CRM…"), can_cancel=False)
            self._signing_in.practise()

    def _reason(self) -> str:
        """A run that was signed out waits for the same account."""
        if self.before is not self._window.remove or self.account is None:
            return ""
        words = self.tr("Your run waits. Sign in to %1 once more, then press Continue: it goes on where it was.")
        return words.replace("%1", self.account.connection.label)

    def primary(self) -> None:
        """Connect's primary button: connect, or go on where the user was."""
        if not self._page.primary() and self._then is not None:
            self._then()

    def _connect_page(self) -> None:
        page = self._page
        page.wants_connect.connect(self._on_wants_connect)
        page.wants_search.connect(self._on_wants_search)
        page.wants_console.connect(self._on_wants_console)
        page.wants_leave.connect(self._signing_in.leave)
        page.cancelled.connect(self._on_cancelled)
        page.saved.wants_use.connect(self._on_wants_use)
        page.saved.wants_rename.connect(self._signing_in.rename)
        page.saved.wants_sign_out.connect(self._signing_in.sign_out)

    @Slot(object)
    def _on_wants_connect(self, wish: SignInWish) -> None:
        self._page.show_working(self.tr("Asking Zoho who you are…"))
        self._signing_in.sign_in(wish)

    @Slot(object)
    def _on_wants_search(self, wish: SignInWish) -> None:
        self._page.show_working(self.tr("Asking Zoho's other environments and data centres…"))
        self._signing_in.find_elsewhere(wish)

    @Slot(object)
    def _on_wants_use(self, connection: Connection) -> None:
        self._page.show_working(self.tr("Asking Zoho who you are…"))
        self._signing_in.use(connection)

    @Slot(str)
    def _on_wants_console(self, address: str) -> None:
        QDesktopServices.openUrl(QUrl(address))

    @Slot(str, str)
    def _on_shown(self, address: str, code: str) -> None:
        self._page.show_wait(address, code)

    @Slot()
    def _on_cancelled(self) -> None:
        self._signing_in.cancel()
        self._page.show_full()

    @Slot(object)
    def _on_changed(self, account: SignedIn | None) -> None:
        self._window.banner.show_connection(account.connection if account else None)
        self._page.saved.show_present(account.connection.id if account else "")
        if self._window.page is not self._page:
            return
        if account is None:
            self._page.show_connected(None, in_keyring=False)
            return
        self._page.say_why("")
        self._page.show_connected(
            account.connection,
            in_keyring=bool(account.kept_in),
            kept_in=account.kept_in,
            trouble=account.keyring_trouble,
            permissions=account.permissions,
        )
        if self._is_practice and self._then is not None:
            self._then()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._window.page is not self._page:
            return
        if isinstance(error, TokenRejected) and self._page.can_search():
            self._page.show_rejected()
        else:
            self._page.show_problem(words_for(error))

    @Slot()
    def _on_nowhere(self) -> None:
        self._page.show_problem(
            Cause(
                self.tr("No data centre knows this token"),
                self.tr("It has expired, was revoked, or was not copied whole."),
                self.tr("Get another one, or sign in with the browser; nothing was stored."),
            )
        )

    @Slot(str, bool)
    def _on_left(self, name: str, confirmed: bool) -> None:
        if self._window.page is not self._page or confirmed:
            return
        self._page.show_problem(
            Cause(
                self.tr("Signed out here, not confirmed by Zoho"),
                self.tr("The key of %1 was forgotten on this computer, but Zoho did not confirm that it ended.").replace(
                    "%1", name
                ),
                self.tr("Remove Delink in Zoho under Settings, Connected apps, if the key could be in other hands."),
            )
        )
