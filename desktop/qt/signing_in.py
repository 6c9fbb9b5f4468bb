"""Who the window works for: signs in behind the background door and says when the account changed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.connections import Environment
from desktop.engine.ports import Services
from desktop.qt.account import SignedIn, newest_saved, sign_in_to_practice, sign_in_with_token
from desktop.qt.background import Work, start


class SigningIn(QObject):
    """Keeps the present account. ``changed`` (SignedIn or None) and ``failed`` (the error) end every sign-in.

    Lives on the window's thread.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._work: Work | None = None
        self.account: SignedIn | None = None

    def find_saved(self) -> None:
        """The first saved connection whose key is there; asks the keyring, not the network."""
        self._begin(lambda _: newest_saved(self._services))

    def practise(self) -> None:
        """The practice CRM."""
        self._begin(lambda _: sign_in_to_practice(self._services))

    def use_token(self, data_centre: str, environment: str, token: str) -> None:
        """Try a pasted token at Zoho and keep it."""
        place = Environment(environment)
        self._begin(lambda _: sign_in_with_token(self._services, data_centre, place, token))

    def take(self, account: SignedIn | None) -> None:
        """Work for this account from now on."""
        self.account = account
        self.changed.emit(account)

    def _begin(self, function: Callable[[Work], SignedIn | None]) -> None:
        if self._work is not None:
            self._work.cancel()
        self._work = Work(function)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        start(self._work)

    @Slot(object)
    def _on_done(self, account: SignedIn | None) -> None:
        self.take(account)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
