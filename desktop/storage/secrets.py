"""Secrets in the system's keyring, and nowhere else on disk.

keyring may silently pick a backend that stores nothing or plain text, so only the operating systems' own stores are
accepted, every secret is read back after writing, and a store that does not answer in time is given up. Call from a
worker thread: a locked keyring may ask the user something.
"""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.errors import SecretStoreUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Delink"
# A blob of the Windows store holds 2,560 bytes, and keyring writes UTF-16.
WINDOWS_CHARACTERS = 1280

_SAFE_BACKENDS = {
    "keyring.backends.SecretService": "Keyring",
    "keyring.backends.libsecret": "Keyring",
    "keyring.backends.kwallet": "DBusKeyring",
    "keyring.backends.macOS": "Keyring",
    "keyring.backends.Windows": "WinVaultKeyring",
}

Value = TypeVar("Value")


class KeyringSecrets:
    """The system's keyring. All methods raise SecretStoreUnavailable when it cannot be trusted or does not answer."""

    def __init__(self, timeout_s: float = 20.0) -> None:
        self._timeout_s = timeout_s

    def store(self, key: str, secret: str) -> None:
        """Write a secret and read it back."""
        if _backend_name(self._backend()).startswith("keyring.backends.Windows") and len(secret) > WINDOWS_CHARACTERS:
            raise SecretStoreUnavailable("the key is too long for the Windows store")

        def write_and_check() -> bool:
            backend = self._backend()
            backend.set_password(SERVICE, key, secret)
            return backend.get_password(SERVICE, key) == secret

        if not self._within_time(write_and_check):
            raise SecretStoreUnavailable("it did not give back what was stored")

    def fetch(self, key: str) -> str:
        """The secret; raises also when there is none under this key."""
        secret = self._within_time(lambda: self._backend().get_password(SERVICE, key))
        if secret is None:
            raise SecretStoreUnavailable("it holds no key for this connection")
        return secret

    def forget(self, key: str) -> None:
        """Remove a secret; harmless when there is none."""
        from keyring.errors import PasswordDeleteError

        def delete() -> None:
            try:
                self._backend().delete_password(SERVICE, key)
            except PasswordDeleteError:
                return

        self._within_time(delete)

    def backend_name(self) -> str:
        """The store in use, for people who look after the computer."""
        return _backend_name(self._backend())

    @staticmethod
    def _backend() -> "KeyringBackend":
        import keyring

        backend = keyring.get_keyring()
        members = (
            getattr(backend, "backends", None) if _backend_name(backend).startswith("keyring.backends.chainer") else [backend]
        )
        for member in members or []:
            module, _, name = _backend_name(member).rpartition(".")
            if _SAFE_BACKENDS.get(module) != name:
                raise SecretStoreUnavailable("its store would not be safe")
            if hasattr(member, "persist"):
                member.persist = "local machine"  # Windows: do not let the key roam with the profile
        if not members:
            raise SecretStoreUnavailable("there is no store")
        return backend

    def _within_time(self, work: Callable[[], Value]) -> Value:
        from keyring.errors import KeyringError

        answers: SimpleQueue[tuple[Value | None, Exception | None]] = SimpleQueue()

        def run() -> None:
            try:
                answers.put((work(), None))
            except Exception as exc:  # the edge of a thread: nothing may escape it
                answers.put((None, exc))

        Thread(target=run, name="keyring", daemon=True).start()
        try:
            value, error = answers.get(timeout=self._timeout_s)
        except Empty:
            raise SecretStoreUnavailable("it did not answer in time") from None
        if isinstance(error, SecretStoreUnavailable):
            raise error
        if isinstance(error, KeyringError):
            raise SecretStoreUnavailable("it is locked or missing") from error
        if error is not None:
            raise SecretStoreUnavailable("it failed") from error
        return value  # type: ignore[return-value]  # None only where the work itself returns None


def _backend_name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


class MemorySecrets:
    """Secrets until the program ends; for a computer without a safe keyring, when the user was told so."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def store(self, key: str, secret: str) -> None:
        """Keep a secret in memory."""
        self._secrets[key] = secret

    def fetch(self, key: str) -> str:
        """The secret. Raises SecretStoreUnavailable when there is none."""
        try:
            return self._secrets[key]
        except KeyError:
            raise SecretStoreUnavailable("it holds no key for this connection") from None

    def forget(self, key: str) -> None:
        """Forget a secret; harmless when there is none."""
        self._secrets.pop(key, None)
