"""Keeps saved connections: who and where in a small file, the secret of each in the keyring."""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME, Connection
from desktop.domain.credentials import Key
from desktop.domain.errors import ConnectionNotFound, NameTaken, SettingsUnreadable, StorageUnwritable
from desktop.domain.system_reasons import reason_of
from desktop.domain.texts import Text
from desktop.storage.atomic_file import write_json
from desktop.storage.journal_codec import decode_connection
from desktop.storage.keys import decode_key, encode_key

_LONGEST_NAME = 60

_log = logging.getLogger(__name__)


class Secrets(Protocol):
    """The store in which the secrets of connections lie."""

    def store(self, key: str, secret: str) -> None: ...
    def fetch(self, key: str) -> str: ...
    def forget(self, key: str) -> None: ...
    def name(self) -> Text: ...


class ConnectionBook:
    """The list of all saved connections. The file never holds a secret."""

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self._path = path
        self._secrets = secrets
        self._logged: list[int] = []  # the damaged entries that the log has named already

    def all(self) -> Sequence[Connection]:
        """Return all connections, sorted by name.

        Raises SettingsUnreadable if the file is damaged. It is set aside then, so that the next call finds none.
        """
        connections = [connection for _, connection in self._entries() if connection is not None]
        return sorted(connections, key=lambda connection: connection.name)

    def left_out(self) -> int:
        """Count the entries of the file that cannot be read. They stay in the file. Raises SettingsUnreadable."""
        return sum(connection is None for _, connection in self._entries())

    def _entries(self) -> Sequence[tuple[Any, Connection | None]]:
        """Return each entry of the file, with its connection, or None if the entry is damaged. Raises SettingsUnreadable."""
        try:
            stored = json.loads(self._path.read_text("utf-8"))
            if not isinstance(stored, list):
                raise ValueError("it is no list")
        except FileNotFoundError:
            return []
        except OSError as exc:
            # It may be readable another time, so it is not set aside.
            raise SettingsUnreadable(str(self._path), reason_of(exc)) from exc
        except (ValueError, RecursionError) as exc:
            raise SettingsUnreadable(str(self._path), self._set_aside()) from exc
        entries = [(entry, _connection_of(entry)) for entry in stored]
        damaged = [number for number, (_, connection) in enumerate(entries, start=1) if connection is None]
        if damaged and damaged != self._logged:
            _log.warning("Of the saved connections these entries cannot be read and are left out: %s", damaged)
        self._logged = damaged
        return entries

    def store_name(self) -> Text:
        """Return what people call the store of the keys. Raises SecretStoreUnavailable if there is no safe one."""
        return self._secrets.name()

    @staticmethod
    def check_name(name: str) -> None:
        """Raise NameTaken for a name that no connection may have."""
        if not is_name(name):
            raise NameTaken(name)

    def find(self, name: str) -> Connection:
        """Return the connection of this name. Raises ConnectionNotFound."""
        for connection in self.all():
            if connection.name == name:
                return connection
        raise ConnectionNotFound(name)

    def find_again(self, before: Connection) -> Connection:
        """Return the connection with the id of ``before``, or the one of the same name and place. Raises ConnectionNotFound."""
        for connection in self.all():
            if connection.id == before.id:
                return connection
        # A connection that was signed out and saved anew has another id. By its name alone it could lead to another place.
        same_name = self.find(before.name)
        if (same_name.api_url, same_name.environment) != (before.api_url, before.environment):
            raise ConnectionNotFound(before.name)
        return same_name

    def add(self, connection: Connection, key: Key) -> None:
        """Save a connection and its key, in place of one with the same name.

        Raises NameTaken, SecretStoreUnavailable or StorageUnwritable; then nothing is saved.
        """
        self.check_name(connection.name)
        before, existed = self.all(), self._path.exists()
        others = [saved for saved in before if saved.name != connection.name and saved.id != connection.id]
        # The list comes before the key: a program that dies in between leaves a connection that asks to sign in again (or has
        # its earlier key). The other way round it could leave a key in the keyring that nothing names any more.
        self._write([*others, connection])
        try:
            self._secrets.store(connection.id, encode_key(connection, key))
        except BaseException:  # Ctrl-C too, while the keyring waits for the user
            self._write(before) if existed else self._path.unlink()
            raise

    def secret_of(self, connection: Connection) -> Key:
        """Return the connection's key. Raises SecretStoreUnavailable, also if the key was stored for other addresses."""
        return decode_key(connection, self._secrets.fetch(connection.id))

    def rename(self, connection: Connection, name: str) -> Connection:
        """Give a connection another name. Raises NameTaken."""
        saved = self.all()
        if not is_name(name) or any(other.name == name and other.id != connection.id for other in saved):
            raise NameTaken(name)
        renamed = replace(connection, name=name)
        # The key lies under the connection's id, so it need not be moved.
        self._write([renamed if other.id == connection.id else other for other in saved])
        return renamed

    def remove(self, connection: Connection) -> None:
        """Forget a connection and its key."""
        # The key goes first: if the keyring refuses, the connection still stands in the list, and it can be tried again.
        self._secrets.forget(connection.id)
        self._write([saved for saved in self.all() if saved.id != connection.id])

    def _write(self, connections: Sequence[Connection]) -> None:
        """Replace the list. Raises StorageUnwritable; the earlier list is then untouched."""
        entries = self._entries()
        # A newer version may have written fields that this one does not know, or entries that it cannot read. Both are kept.
        before = {connection.id: entry for entry, connection in entries if connection is not None}
        damaged = [entry for entry, connection in entries if connection is None]
        try:
            write_json(self._path, [*(_entry_of(saved, before.get(saved.id, {})) for saved in connections), *damaged])
        except OSError as exc:
            raise StorageUnwritable(str(self._path), reason_of(exc)) from exc

    def _set_aside(self) -> Text:
        """Move the damaged list out of the way of a new one. Returns a clause that says what became of it."""
        aside = self._path.with_name(f"connections.damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
        try:
            self._path.rename(aside)
        except OSError:
            return Text("connections-damaged")
        return Text("connections-set-aside", name=aside.name)


def _connection_of(entry: Any) -> Connection | None:
    try:
        return decode_connection(entry)
    except (ValueError, KeyError, TypeError):
        return None


def _entry_of(connection: Connection, before: dict[str, Any]) -> dict[str, Any]:
    fields = asdict(connection)
    return {**before, **fields, "account": {**before.get("account", {}), **fields["account"]}}


def is_name(name: str) -> bool:
    """True for a name that a person can see and type as an argument of a command."""
    plain = name.isprintable() and name.strip() == name and not name.startswith("-")
    return plain and 0 < len(name) <= _LONGEST_NAME and name not in (PRACTICE_NAME, ONE_OFF_NAME)
