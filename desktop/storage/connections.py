"""Saved connections: who and where in a small file, the secret of each in the keyring."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from desktop.domain.connections import Connection
from desktop.domain.errors import ConnectionNotFound, SettingsUnreadable
from desktop.storage.atomic_file import write_json
from desktop.storage.journal_codec import decode_connection


class Secrets(Protocol):
    """Where the secrets of connections lie."""

    def store(self, key: str, secret: str) -> None: ...
    def fetch(self, key: str) -> str: ...
    def forget(self, key: str) -> None: ...


class ConnectionBook:
    """All saved connections. The file never holds a secret."""

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self._path = path
        self._secrets = secrets

    def all(self) -> Sequence[Connection]:
        """Every connection by name. Raises SettingsUnreadable when the file is damaged."""
        try:
            fields = json.loads(self._path.read_text("utf-8"))
            return sorted((decode_connection(one) for one in fields), key=lambda connection: connection.name)
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise SettingsUnreadable(str(self._path)) from exc

    def find(self, name: str) -> Connection:
        """The connection of this name. Raises ConnectionNotFound."""
        for connection in self.all():
            if connection.name == name:
                return connection
        raise ConnectionNotFound(name)

    def add(self, connection: Connection, secret: str) -> None:
        """Save it, or replace one of the same name. Raises SecretStoreUnavailable, and then nothing is saved."""
        self._secrets.store(connection.id, secret)
        others = [one for one in self.all() if one.name != connection.name]
        self._write([*others, connection])

    def secret_of(self, connection: Connection) -> str:
        """The connection's secret. Raises SecretStoreUnavailable."""
        return self._secrets.fetch(connection.id)

    def remove(self, connection: Connection) -> None:
        """Forget the secret, then the connection."""
        self._secrets.forget(connection.id)
        self._write([one for one in self.all() if one.id != connection.id])

    def _write(self, connections: Sequence[Connection]) -> None:
        write_json(self._path, [asdict(connection) for connection in connections])
