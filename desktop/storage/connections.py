"""Saved connections: who and where in a small file, the secret of each in the keyring."""

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
    """Where the secrets of connections lie."""

    def store(self, key: str, secret: str) -> None: ...
    def fetch(self, key: str) -> str: ...
    def forget(self, key: str) -> None: ...
    def name(self) -> Text: ...


class ConnectionBook:
    """All saved connections. The file never holds a secret."""

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self._path = path
        self._secrets = secrets
        self._logged: list[int] = []

    def all(self) -> Sequence[Connection]:
        """Every connection by name. Raises SettingsUnreadable: a damaged file is set aside, and the next look finds none."""
        found = [connection for _, connection in self._entries() if connection is not None]
        return sorted(found, key=lambda connection: connection.name)

    def left_out(self) -> int:
        """How many entries of the file cannot be read. They stay in it, and the others are used. Raises SettingsUnreadable."""
        return sum(connection is None for _, connection in self._entries())

    def _entries(self) -> Sequence[tuple[Any, Connection | None]]:
        """Each entry as it stands in the file, with its connection, or None where it is damaged. Raises SettingsUnreadable."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
            if not isinstance(found, list):
                raise ValueError("it is no list")
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise SettingsUnreadable(str(self._path), reason_of(exc)) from exc
        except (ValueError, RecursionError) as exc:
            raise SettingsUnreadable(str(self._path), self._set_aside()) from exc
        entries = [(one, _connection_of(one)) for one in found]
        damaged = [number for number, (_, connection) in enumerate(entries, start=1) if connection is None]
        if damaged and damaged != self._logged:
            _log.warning("Of the saved connections these entries cannot be read and are left out: %s", damaged)
        self._logged = damaged
        return entries

    def store_name(self) -> Text:
        """What people call the store of the keys. Raises SecretStoreUnavailable when there is none that is safe."""
        return self._secrets.name()

    @staticmethod
    def check_name(name: str) -> None:
        """Raises NameTaken for what no connection may be called."""
        if not is_name(name):
            raise NameTaken(name)

    def find(self, name: str) -> Connection:
        """The connection of this name. Raises ConnectionNotFound."""
        for connection in self.all():
            if connection.name == name:
                return connection
        raise ConnectionNotFound(name)

    def find_again(self, before: Connection) -> Connection:
        """The connection by its id; one that was signed out and saved anew for the same place, by its name.

        Raises ConnectionNotFound.
        """
        for connection in self.all():
            if connection.id == before.id:
                return connection
        again = self.find(before.name)
        if (again.api_url, again.environment) != (before.api_url, before.environment):
            raise ConnectionNotFound(before.name)
        return again

    def add(self, connection: Connection, key: Key) -> None:
        """Save it, or replace one of the same name.

        Raises SecretStoreUnavailable or StorageUnwritable, and then nothing is saved; NameTaken. A program that dies in
        between leaves a connection that asks to sign in again (or has its key of before), and never a key in the keyring
        that nothing names any more.
        """
        self.check_name(connection.name)
        before, existed = self.all(), self._path.exists()
        others = [one for one in before if one.name != connection.name and one.id != connection.id]
        self._write([*others, connection])
        try:
            self._secrets.store(connection.id, encode_key(connection, key))
        except BaseException:
            self._write(before) if existed else self._path.unlink()
            raise

    def secret_of(self, connection: Connection) -> Key:
        """The connection's key. Raises SecretStoreUnavailable, also when the key was stored for other addresses."""
        return decode_key(connection, self._secrets.fetch(connection.id))

    def rename(self, connection: Connection, name: str) -> Connection:
        """Give it another name; the key lies under the connection's id and stays. Raises NameTaken."""
        known = self.all()
        if not is_name(name) or any(one.name == name and one.id != connection.id for one in known):
            raise NameTaken(name)
        renamed = replace(connection, name=name)
        self._write([renamed if one.id == connection.id else one for one in known])
        return renamed

    def remove(self, connection: Connection) -> None:
        """Forget the key, then the connection."""
        self._secrets.forget(connection.id)
        self._write([one for one in self.all() if one.id != connection.id])

    def _write(self, connections: Sequence[Connection]) -> None:
        """Entries that cannot be read stay in the file, and so do fields of an entry that this version does not know.

        Raises StorageUnwritable; the list of before is then untouched.
        """
        entries = self._entries()
        before = {connection.id: entry for entry, connection in entries if connection is not None}
        damaged = [entry for entry, connection in entries if connection is None]
        try:
            write_json(self._path, [*(_entry_of(one, before.get(one.id, {})) for one in connections), *damaged])
        except OSError as exc:
            raise StorageUnwritable(str(self._path), reason_of(exc)) from exc

    def _set_aside(self) -> Text:
        """Make room for a new list without losing the damaged one; says in a clause what became of it."""
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
    """True for a name that a person can see and a command can be given."""
    plain = name.isprintable() and name.strip() == name and not name.startswith("-")
    return plain and 0 < len(name) <= _LONGEST_NAME and name not in (PRACTICE_NAME, ONE_OFF_NAME)
