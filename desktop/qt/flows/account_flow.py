"""The account that the window works for: the Connect page, practice on and off, and what follows once somebody is signed in.

What stands on a page may belong to another account, that of a run; place_flow.py shows which. A sign-in that was asked for by
a run and leads elsewhere is taken back: new clean-ups must not go to an account that nobody chose for them.

Lives on the window's thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop.application.accounts import belongs_to_practice, looks_alike
from desktop.application.serving import SignedIn
from desktop.application.signing_in import SignInRequest
from desktop.domain.connections import PRACTICE_NAME, Connection, Environment, same_account
from desktop.domain.errors import TokenRejected
from desktop.domain.relations import Relation
from desktop.qt.error_words import words_for
from desktop.qt.jobs.signing_in import SigningIn, SigningInPorts
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.page import Page
from desktop.words import say
from desktop.words.explanations import Explanation


@dataclass(frozen=True)
class _Before:
    """What the window worked for when a run asked for its own account; ``last_used`` is what the next start begins with."""

    account: SignedIn | None
    is_practice: bool
    last_used: str


class AccountFlow(QObject):
    """Created once a window. ``before`` is the page that Back on Connect leads to; ``relations`` tells those of the sheet.

    ``changed`` when the window works for another account, with another key, or for none.
    """

    changed = Signal()

    def __init__(self, ports: SigningInPorts, window: MainWindow, parent: QObject | None = None, *, is_practice: bool) -> None:
        super().__init__(parent)
        self._window, self._page = window, window.connect_page
        self._signing_in = SigningIn(ports, self)
        self._then: Callable[[], None] | None = None
        self._is_practice = is_practice
        self._before_practice: SignedIn | None = None
        self._asked_for: Connection | None = None
        self._before_run: _Before | None = None
        self._is_connecting, self._goes_on = False, False
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
        """The account that is signed in, or None."""
        return self._signing_in.account

    @property
    def is_practice(self) -> bool:
        """True when the window works on the practice CRM, or is about to."""
        return self._is_practice

    @property
    def place(self) -> Connection | None:
        """Where the window works; practice is named before it is signed in to."""
        if self.account is None and self._is_practice:
            return Connection(PRACTICE_NAME, PRACTICE_NAME, "", Environment.PRACTICE, "")
        return self.account.connection if self.account is not None else None

    def begin(self) -> None:
        """Sign in without asking, where that is possible."""
        if self._is_practice:
            self._signing_in.practise()
        else:
            self._signing_in.find_saved()

    def practise(self) -> None:
        """Work on the practice CRM from now on, and for no other account meanwhile."""
        self.keep()
        if self._is_practice:
            if self.account is None:
                self._signing_in.practise()
            return
        self._before_practice, self._is_practice = self.account, True
        self._signing_in.take(None)
        self._signing_in.practise()

    def leave_practice(self) -> None:
        """Work for the account of before again, or for the saved one that was used last, or for none."""
        self.keep()
        before, self._before_practice, self._is_practice = self._before_practice, None, False
        self._signing_in.cancel()
        self._signing_in.take(before)
        if before is None:
            self._signing_in.find_saved()

    def take_key(self, account: SignedIn) -> None:
        """A run found its account by itself: where it is the window's own the key may be newer, and where there is none it
        is worked for from now on. Any other account of a run stays that run's alone."""
        self.keep()
        present = self.account
        if present is None:
            is_own = self._is_practice is belongs_to_practice(account.connection)
        else:
            is_own = same_account(present.connection, account.connection)
        if is_own:
            self._signing_in.take(account)

    def keep(self) -> None:
        """The run that asked for a sign-in goes on with it, so that there is nothing to take back."""
        self._before_run = None

    def take_back(self) -> None:
        """The sign-in that a run asked for leads elsewhere: work for the account of before again."""
        before, self._before_run = self._before_run, None
        if before is None or before.account is self.account:
            return
        then, self._then = self._then, None  # nothing goes on because of this change
        self._is_practice = before.is_practice
        self._signing_in.take_back(before.account, before.last_used)
        self._then = then
        if self._window.page is self._page:
            self._before_run = before
            self._show_request()

    def ask(
        self,
        then: Callable[[], None],
        problem: Explanation | None = None,
        place: Connection | None = None,
        *,
        may_vouch: bool = False,
    ) -> None:
        """Show Connect; once signed in, its Continue does ``then``. Practice signs in by itself.

        ``place`` is the account of the run that is asked for; without it, whichever the user likes. ``may_vouch``: the present
        account may be the run's own although nothing proves it, so the user may look at it and go on.
        """
        self._then, self._asked_for = then, place
        present = _Before(self.account, self._is_practice, self._signing_in.last_used)
        self._before_run = present if place is not None else None
        if self._window.page is not self._page:
            self.before = self._window.page
        self._page.show_relations(self.relations())
        self._show_request()
        if may_vouch and self.account is not None and place is not None:
            self._let_vouch(self.account, place)
        self._signing_in.list_saved()
        if problem is not None:
            self._page.show_problem(problem)
        self._window.show_page(self._page)
        if self._asks_for_practice():
            if not self._is_practice:
                self._before_practice = self.account
            self._page.show_working(say("Signing in to the practice CRM…"), can_cancel=False)
            self._signing_in.practise()

    def _show_request(self) -> None:
        """Whose account is asked for, and why; nobody is signed in to it yet."""
        self._page.belongs_to(self._asked_for)
        self._page.say_why(self._reason())
        self._page.show_connected(None, in_keyring=False)

    def _let_vouch(self, account: SignedIn, place: Connection) -> None:
        if account.connection.environment is place.environment:
            self._show_connected(account)

    def _asks_for_practice(self) -> bool:
        return belongs_to_practice(self._asked_for) if self._asked_for is not None else self._is_practice

    def _reason(self) -> str:
        """A run waits for its own account."""
        if self._asked_for is None or self._asks_for_practice():
            return ""
        if self.before is self._window.held_page:
            return say(
                "Your run waits. Sign in to {place} once more, then press Continue: it goes on where it was.",
                place=self._asked_for.label,
            )
        return say("This run belongs to {place}. Sign in to that account, then press Continue.", place=self._asked_for.label)

    def primary(self) -> None:
        """Connect's primary button: connect, or go on where the user was."""
        if not self._page.primary() and self._then is not None:
            self._goes_on = True
            self._then()
            self._goes_on = False

    def _connect_page(self) -> None:
        page = self._page
        page.leads(self.primary, lambda: self.before)
        page.wants_connect.connect(self._on_wants_connect)
        page.wants_search.connect(self._on_wants_search)
        page.wants_console.connect(self._on_wants_console)
        page.wants_leave.connect(self._signing_in.leave)
        page.cancelled.connect(self._on_cancelled)
        self._window.page_left.connect(self._on_page_left)
        page.saved.wants_use.connect(self._on_wants_use)
        page.saved.wants_rename.connect(self._signing_in.rename)
        page.saved.wants_sign_out.connect(self._signing_in.sign_out)

    @Slot(object)
    def _on_wants_connect(self, request: SignInRequest) -> None:
        self._is_connecting = True
        self._page.show_working(say("Asking Zoho who you are…"))
        self._signing_in.sign_in(request)

    @Slot(object)
    def _on_wants_search(self, request: SignInRequest) -> None:
        self._is_connecting = True
        self._page.show_working(say("Asking Zoho's other environments and data centres…"))
        self._signing_in.find_elsewhere(request)

    @Slot(object)
    def _on_wants_use(self, connection: Connection) -> None:
        self._is_connecting = True
        self._page.show_working(say("Asking Zoho who you are…"))
        self._signing_in.use(connection)

    @Slot(str)
    def _on_wants_console(self, address: str) -> None:
        QDesktopServices.openUrl(QUrl(address))

    @Slot(str, str)
    def _on_shown(self, address: str, code: str) -> None:
        self._page.show_wait(address, code)

    @Slot(object)
    def _on_page_left(self, page: Page) -> None:
        """A sign-in that was left must not change the account under another page later."""
        if page is self._page and self._is_connecting:
            self._is_connecting = False
            self._signing_in.cancel()
            page.show_full()
        if page is self._page and not self._goes_on:
            self._forget_stray_sign_in()

    def _forget_stray_sign_in(self) -> None:
        """The user went away without going on: an account that is plainly not the run's must not stay for new clean-ups."""
        account, place = self.account, self._asked_for
        if account is not None and place is not None and not looks_alike(account.connection, place):
            self.take_back()

    @Slot()
    def _on_cancelled(self) -> None:
        self._is_connecting = False
        self._signing_in.cancel()
        self._page.show_full()

    @Slot(object)
    def _on_changed(self, account: SignedIn | None) -> None:
        self._is_connecting = False
        if account is not None:
            self._is_practice = belongs_to_practice(account.connection)
        self._page.saved.show_present(account.connection.id if account else "")
        if self._window.page is self._page:
            self._show_on_page(account)
        self.changed.emit()
        if self._window.page is self._page and account is not None and self._is_practice and self._then is not None:
            self._then()

    def _show_on_page(self, account: SignedIn | None) -> None:
        if account is None:
            self._page.show_connected(None, in_keyring=False)
            return
        self._page.belongs_to(None)
        self._page.say_why("")
        self._show_connected(account)

    def _show_connected(self, account: SignedIn) -> None:
        self._page.show_connected(
            account.connection,
            in_keyring=bool(account.kept_in),
            kept_in=account.kept_in,
            trouble=account.keyring_trouble,
            permissions=account.permissions,
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._is_connecting = False
        if self._window.page is not self._page:
            self._window.message.say(words_for(error).whole())
            return
        if isinstance(error, TokenRejected) and self._page.can_search():
            self._page.show_rejected()
        else:
            self._page.show_problem(words_for(error))

    @Slot()
    def _on_nowhere(self) -> None:
        self._page.show_problem(
            Explanation(
                say("No data centre knows this token"),
                say("It has expired, was revoked, or was not copied whole."),
                say("Get another one, or sign in with the browser; nothing was stored."),
            )
        )

    @Slot(str, bool)
    def _on_left(self, name: str, confirmed: bool) -> None:
        if self._window.page is not self._page or confirmed:
            return
        self._page.show_problem(
            Explanation(
                say("Signed out here, not confirmed by Zoho"),
                say("The key of {name} was forgotten on this computer, but Zoho did not confirm that it ended.", name=name),
                say("Remove Delink in Zoho under Settings, Connected apps, if the key could be in other hands."),
            )
        )
