"""Who the window works for: signs in behind the background door and says when the account changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.connecting import sign_out
from desktop.application.serving import SignedIn
from desktop.application.signing_in import (
    SignInRequest,
    find_elsewhere,
    leave,
    saved_before,
    sign_in,
    sign_in_to_practice,
    use_saved,
)
from desktop.domain.connections import Connection
from desktop.engine.ports import Services
from desktop.qt.background import Work, start

_LAST_USED = "last_connection"


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

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._work: Work | None = None
        self._errand: Work | None = None
        self.account: SignedIn | None = None

    def find_saved(self) -> None:
        """The saved connection that was used last, or another one whose key is there; asks the keyring, not the network."""
        last = self.last_used
        self._begin(lambda _: saved_before(self._services, last))

    def practise(self) -> None:
        """The practice CRM."""
        self._begin(lambda _: sign_in_to_practice(self._services))

    def sign_in(self, wish: SignInRequest) -> None:
        """In the way that the user chose."""
        self._begin(lambda work: sign_in(self._services, wish, self._show_from(work), work.is_cancelled))

    def use(self, connection: Connection) -> None:
        """A saved connection."""
        self._begin(lambda _: use_saved(self._services, connection))

    def find_elsewhere(self, wish: SignInRequest) -> None:
        """Ask Zoho's other environments and data centres whose token it is; ends in ``changed`` or ``nowhere``."""
        self._begin(lambda _: find_elsewhere(self._services, wish), self._on_searched)

    def take(self, account: SignedIn | None) -> None:
        """Work for this account from now on."""
        self.account = account
        if account is not None and account.kept_in:
            self._services.settings.set(_LAST_USED, account.connection.id)
        self.changed.emit(account)

    @property
    def last_used(self) -> str:
        """The saved connection that the next start begins with."""
        return str(self._services.settings.get(_LAST_USED, ""))

    def take_back(self, account: SignedIn | None, last_used: str) -> None:
        """Work for the account of before again, and begin with the connection of before at the next start too."""
        self._services.settings.set(_LAST_USED, last_used)
        self.take(account)

    def cancel(self) -> None:
        """Give up the sign-in that is under way."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def list_saved(self) -> None:
        """Ends in ``listed``."""
        self._run(lambda _: None, self._on_errand_done)

    def rename(self, connection: Connection, name: str) -> None:
        """Give a saved connection another name; ends in ``listed`` or ``refused``."""
        self._run(lambda _: self._services.connections.rename(connection, name), self._on_errand_done)

    def sign_out(self, connection: Connection) -> None:
        """End a saved key at Zoho and forget it; ends in ``left`` and ``listed``, or ``refused``."""
        if self.account is not None and self.account.connection.id == connection.id:
            self.take(None)
        self._run(lambda _: (connection.name, sign_out(self._services, connection)), self._on_left)

    def leave(self) -> None:
        """Sign out of the present account; ends as :meth:`sign_out` does."""
        account = self.account
        if account is not None:
            self.take(None)
            self._run(lambda _: (account.connection.name, leave(self._services, account)), self._on_left)

    def _show_from(self, work: Work) -> Callable[[str, str], None]:
        def show(address: str, code: str) -> None:
            if not work.is_cancelled():
                self.shown.emit(address, code)

        return show

    def _begin(self, function: Callable[[Work], SignedIn | None], done: Callable[[SignedIn | None], None] | None = None) -> None:
        self.cancel()
        self._work = Work(function)
        self._work.done.connect(done or self._on_done)
        self._work.failed.connect(self._on_failed)
        start(self._work)

    def _run(self, errand: Callable[[Work], object], done: Callable[..., None]) -> None:
        """Do something with the saved connections, and read them anew."""

        def both(work: Work) -> tuple[object, Sequence[Connection]]:
            return errand(work), self._services.connections.all()

        self._errand = Work(both)
        self._errand.done.connect(done)
        self._errand.failed.connect(self._on_refused)
        start(self._errand)

    @Slot(object)
    def _on_done(self, account: SignedIn | None) -> None:
        self.take(account)
        self.list_saved()

    @Slot(object)
    def _on_searched(self, account: SignedIn | None) -> None:
        if account is None:
            self.nowhere.emit()
        else:
            self._on_done(account)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_errand_done(self, result: tuple[object, Sequence[Connection]]) -> None:
        self.listed.emit(result[1])

    @Slot(object)
    def _on_left(self, result: tuple[tuple[str, bool], Sequence[Connection]]) -> None:
        self.listed.emit(result[1])
        self.left.emit(*result[0])

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self.refused.emit(error)
