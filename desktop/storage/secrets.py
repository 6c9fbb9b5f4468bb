"""Stores secrets in the system's keyring, and nowhere else on disk.

The keyring library may silently pick a backend that stores nothing, or plain text. So only the operating systems' own stores are
accepted, every secret is read back after it was written, and a store that does not answer in time is given up. Call all of this
from a worker thread, because a locked keyring may ask the user something.
"""

import configparser
import os
import re
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.errors import KeyMissing, KeyNotForgotten, SecretStoreUnavailable
from desktop.domain.texts import Text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Delink"
# A blob of the Windows store holds 2,560 bytes, and keyring writes UTF-16.
WINDOWS_CHARACTERS = 1280

# By module: the classes in it, and the name of the sentence that says what people call the store.
_SAFE_BACKENDS = {
    "keyring.backends.SecretService": (("Keyring",), "store-secret-service"),
    "keyring.backends.libsecret": (("Keyring",), "store-secret-service"),
    "keyring.backends.kwallet": (("DBusKeyring", "DBusKeyringKWallet4"), "store-kwallet"),
    "keyring.backends.macOS": (("Keyring",), "store-macos"),
    "keyring.backends.Windows": (("WinVaultKeyring",), "store-windows"),
}
_KEYRINGS_OWN = re.compile(r"keyring\.backends\.\w+\.\w+", re.ASCII)
_ANY_STORE = "store-any"

Value = TypeVar("Value")


class KeyringSecrets:
    """The system's keyring. All methods raise SecretStoreUnavailable if it cannot be trusted or does not answer."""

    def __init__(self, timeout_s: float = 20.0) -> None:
        self._timeout_s = timeout_s

    def store(self, key: str, secret: str) -> None:
        """Write a secret and read it back. If the store times out or returns another value, the secret is deleted again."""
        # Set when this call has given up. The thread below may still be waiting for the user then, and must not leave a secret
        # behind that the caller believes was not stored.
        given_up = Event()

        def write_and_check() -> bool:
            backend = self._backend()
            # Windows itself refuses a longer one with an error that says nothing.
            if _backend_name(backend).startswith("keyring.backends.Windows") and _utf16_length(secret) > WINDOWS_CHARACTERS:
                raise SecretStoreUnavailable(Text("keyring-of-windows-too-small"))
            backend.set_password(SERVICE, key, secret)
            kept = not given_up.is_set() and backend.get_password(SERVICE, key) == secret
            if not kept or given_up.is_set():
                _delete(backend, key)
            return kept

        try:
            kept = self._within_time(write_and_check)
        finally:
            given_up.set()
        if not kept:
            raise SecretStoreUnavailable(Text("keyring-lost-key"))

    def fetch(self, key: str) -> str:
        """Return the secret. Raises KeyMissing if there is none under this key."""
        secret = self._within_time(lambda: self._backend().get_password(SERVICE, key))
        if secret is None:
            raise KeyMissing(Text("keyring-has-no-key"))
        return secret

    def forget(self, key: str) -> None:
        """Delete a secret; harmless if there is none. Raises KeyNotForgotten if the store still has it, or may have."""
        try:
            self._within_time(lambda: _delete(self._backend(), key))
        except SecretStoreUnavailable as error:
            raise KeyNotForgotten(error.detail) from error

    def name(self) -> Text:
        """Return the name that people know the store by."""
        backend = self._within_time(self._backend)
        return Text(_SAFE_BACKENDS.get(type(backend).__module__, ((), _ANY_STORE))[1])

    @staticmethod
    def _backend() -> "KeyringBackend":
        import keyring

        _refuse_foreign_choice()
        backend = keyring.get_keyring()
        # A chainer asks several stores in turn, so each of them has to be safe.
        members = (
            getattr(backend, "backends", None) if _backend_name(backend).startswith("keyring.backends.chainer") else [backend]
        )
        for member in members or []:
            module, _, name = _backend_name(member).rpartition(".")
            if module not in _SAFE_BACKENDS or name not in _SAFE_BACKENDS[module][0]:
                raise SecretStoreUnavailable(Text("keyring-unsafe"))
            if hasattr(member, "persist"):
                member.persist = "local machine"  # Windows: do not let the key roam with the profile
        if not members:
            raise SecretStoreUnavailable(Text("keyring-has-no-store"))
        return backend

    def _within_time(self, work: Callable[[], Value]) -> Value:
        from keyring.errors import KeyringError

        # A thread that hangs in the keyring cannot be ended. It is a daemon, so it does not keep the program from ending, and
        # its late answer goes into a queue that nobody reads.
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
            raise SecretStoreUnavailable(Text("keyring-did-not-answer")) from None
        if isinstance(error, SecretStoreUnavailable):
            raise error
        if isinstance(error, KeyringError):
            raise SecretStoreUnavailable(Text("keyring-is-locked")) from error
        if error is not None:
            raise SecretStoreUnavailable(Text("keyring-failed")) from error
        return value  # type: ignore[return-value]  # None only where the work itself returns None


def _refuse_foreign_choice() -> None:
    """Raise SecretStoreUnavailable if a variable or keyring's settings file names code that is not keyring's own."""
    # Asking keyring for its store would load that code, and then it would be too late to look at it.
    from keyring.util import platform_

    chosen = [os.environ.get("PYTHON_KEYRING_BACKEND")]
    settings = configparser.RawConfigParser()
    try:
        settings.read(platform_.config_root() / "keyringrc.cfg", encoding="utf-8")
        chosen.append(settings.get("backend", "default-keyring", fallback=None))
        adds_folder = settings.has_option("backend", "keyring-path")
    except (configparser.Error, UnicodeError, OSError) as exc:
        raise SecretStoreUnavailable(Text("keyring-settings-unreadable")) from exc
    if adds_folder or any(name is not None and not _KEYRINGS_OWN.fullmatch(name.strip()) for name in chosen):
        raise SecretStoreUnavailable(Text("keyring-unsafe-choice"))


def _delete(backend: "KeyringBackend", key: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        backend.delete_password(SERVICE, key)
    except PasswordDeleteError as exc:
        # Stores raise the same error if there was no secret and if the user did not allow the deletion, so they are asked.
        if backend.get_password(SERVICE, key) is not None:
            raise SecretStoreUnavailable(Text("keyring-still-has-key")) from exc


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _backend_name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


class MemorySecrets:
    """Keeps secrets in memory until the program ends. For a computer without a safe keyring, once the user was told so."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def store(self, key: str, secret: str) -> None:
        self._secrets[key] = secret

    def fetch(self, key: str) -> str:
        """Return the secret. Raises KeyMissing if there is none."""
        try:
            return self._secrets[key]
        except KeyError:
            raise KeyMissing(Text("keyring-has-no-key")) from None

    def forget(self, key: str) -> None:
        self._secrets.pop(key, None)

    def name(self) -> Text:
        return Text("store-memory")
