"""Who the window works for: signs in behind the background door and says when the account changed."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.connecting import NamedConnections, NamePorts, list_connections, rename_connection, sign_out
from desktop.application.serving import SignedIn
from desktop.application.settings import Values, remember, remembered_in
from desktop.application.signing_in import (
    SavedConnections,
    SignInPorts,
    SignInRequest,
    find_elsewhere,
    leave,
    saved_before,
    sign_in,
    sign_in_to_practice,
    use_saved,
)
from desktop.domain.connections import Connection
from desktop.qt.jobs.background import Steps, Work

_SIGN_IN = "sign in"


class UsedConnections(SavedConnections, NamedConnections, Protocol):
    """The saved connections, as far as the window needs them."""


class SigningInPorts(SignInPorts, NamePorts, Protocol):
    """What it takes to sign in, and to begin the next time with the account of the last."""

    @property
    def connections(self) -> UsedConnections: ...
    @property
    def settings(self) -> Values: ...


class SigningIn(QObject):
    """Keeps the present account and lists the saved ones. Lives on the window's thread.

    ``changed`` (SignedIn or None) and ``failed`` (the error) end every sign-in; ``nowhere`` ends a search in vain. ``shown``
    (address, code) is what the user needs during one. ``listed`` (connections), ``left`` (whether Zoho confirmed) and
    ``refused`` (the error) are about the saved ones.
    """

    changed = Signal(object)
    failed = Signal(object)
    nowhere = Signal()
    shown = Signal(str, str)
    listed = Signal(object)
    left = Signal(str, bool)
    refused = Signal(object)

    def __init__(self, ports: SigningInPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._steps = Steps(self)
        self._steps.failed.connect(self._on_failed)
        self.account: SignedIn | None = None

    def find_saved(self) -> None:
        """The saved connection that was used last, or another one whose key is there; asks the keyring, not the network."""
        last = self.last_used
        self._begin(lambda _: saved_before(self._ports, last))

    def practise(self) -> None:
        """Sign in to the practice CRM."""
        self._begin(lambda _: sign_in_to_practice(self._ports))

    def sign_in(self, request: SignInRequest) -> None:
        """In the way that the user chose."""
        self._begin(lambda work: sign_in(self._ports, request, self._show_from(work), work.is_cancelled))

    def use(self, connection: Connection) -> None:
        """Sign in with a saved connection."""
        self._begin(lambda _: use_saved(self._ports, connection))

    def find_elsewhere(self, request: SignInRequest) -> None:
        """Ask Zoho's other environments and data centres whose token it is; ends in ``changed`` or ``nowhere``."""
        self._begin(lambda _: find_elsewhere(self._ports, request), self._on_searched)

    def take(self, account: SignedIn | None) -> None:
        """Work for this account from now on."""
        self.account = account
        if account is not None and account.kept_in:
            remember(self._ports.settings, last_connection=account.connection.id)
        self.changed.emit(account)

    @property
    def last_used(self) -> str:
        """The saved connection that the next start begins with."""
        return remembered_in(self._ports.settings).last_connection

    def take_back(self, account: SignedIn | None, last_used: str) -> None:
        """Work for the account of before again, and begin with the connection of before at the next start too."""
        remember(self._ports.settings, last_connection=last_used)
        self.take(account)

    def cancel(self) -> None:
        """Give up the sign-in that is under way."""
        self._steps.give_up(_SIGN_IN)

    def list_saved(self) -> None:
        """Read the saved connections; ``listed`` brings them."""
        self._run("list", lambda _: None, self._on_errand_done)

    def rename(self, connection: Connection, name: str) -> None:
        """Give a saved connection another name; ends in ``listed`` or ``refused``."""
        self._run("rename", lambda _: rename_connection(self._ports, connection, name), self._on_errand_done)

    def sign_out(self, connection: Connection) -> None:
        """End a saved key at Zoho and forget it; ends in ``left`` and ``listed``, or ``refused``."""
        if self.account is not None and self.account.connection.id == connection.id:
            self.take(None)
        self._sign_out(connection, lambda: sign_out(self._ports, connection))

    def leave(self) -> None:
        """Sign out of the present account; ends as :meth:`sign_out` does."""
        account = self.account
        if account is not None:
            self.take(None)
            self._sign_out(account.connection, lambda: leave(self._ports, account))

    def _sign_out(self, connection: Connection, end: Callable[[], bool]) -> None:
        self._run(f"sign out of {connection.id}", lambda _: (connection.name, end()), self._on_left)

    def _show_from(self, work: Work) -> Callable[[str, str], None]:
        def show(address: str, code: str) -> None:
            if not work.is_cancelled():
                self.shown.emit(address, code)

        return show

    def _begin(self, function: Callable[[Work], SignedIn | None], done: Callable[[SignedIn | None], None] | None = None) -> None:
        self._steps.begin(_SIGN_IN, function, done or self._on_done)

    def _run(self, step: str, errand: Callable[[Work], object], done: Callable[..., None]) -> None:
        """Do something with the saved connections, and read them anew."""

        def both(work: Work) -> tuple[object, Sequence[Connection]]:
            return errand(work), list_connections(self._ports)

        self._steps.begin(step, both, done)

    def _on_done(self, account: SignedIn | None) -> None:
        self.take(account)
        self.list_saved()

    def _on_searched(self, account: SignedIn | None) -> None:
        if account is None:
            self.nowhere.emit()
        else:
            self._on_done(account)

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step == _SIGN_IN:
            self.failed.emit(error)
        else:
            self.refused.emit(error)

    def _on_errand_done(self, result: tuple[object, Sequence[Connection]]) -> None:
        self.listed.emit(result[1])

    def _on_left(self, result: tuple[tuple[str, bool], Sequence[Connection]]) -> None:
        self.listed.emit(result[1])
        self.left.emit(*result[0])
