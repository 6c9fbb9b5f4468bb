"""From a key to a saved connection and back: who it belongs to, kept under a name, listed, renamed, signed out again."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Protocol, TypeVar

from desktop.application.serving import OpenCrm
from desktop.domain.connections import Connection, other_environments
from desktop.domain.credentials import Key
from desktop.domain.errors import ConnectionNotFound, CrmError, SecretStoreUnavailable, TokenRejected
from desktop.engine.ports import Crm

_log = logging.getLogger(__name__)

Found = TypeVar("Found")


class EndKeys(Protocol):
    """The accounts server, as far as a key is ended there."""

    def revoke(self, connection: Connection, key: Key) -> bool:
        """End a key at Zoho; False when Zoho did not confirm it. Raises the CrmError leaves."""
        ...


class RevokePorts(Protocol):
    """What it takes to end a key."""

    @property
    def sign_in(self) -> Callable[[], EndKeys]: ...


class KeptConnections(Protocol):
    """The saved connections, as far as one is saved or forgotten."""

    def find(self, name: str) -> Connection: ...
    def add(self, connection: Connection, key: Key) -> None: ...
    def remove(self, connection: Connection) -> None: ...
    def secret_of(self, connection: Connection) -> Key: ...


class KeepPorts(RevokePorts, Protocol):
    """What it takes to keep a connection, and to end its key."""

    @property
    def connections(self) -> KeptConnections: ...


class NamedConnections(Protocol):
    """The saved connections, as far as they are listed, found and renamed."""

    def all(self) -> Sequence[Connection]:
        """Return every saved connection, by name."""
        ...

    def left_out(self) -> int:
        """How many saved entries cannot be read; they are kept, and the others can be used."""
        ...

    def find(self, name: str) -> Connection: ...
    def rename(self, connection: Connection, name: str) -> Connection: ...


class NamePorts(Protocol):
    """What it takes to list connections and to rename one."""

    @property
    def connections(self) -> NamedConnections: ...


def asked(ports: OpenCrm, connection: Connection, key: Key, question: Callable[[Crm], Found]) -> tuple[Connection, Found]:
    """Put a question to the CRM, in the environment where the key is accepted, and return where that was.

    Which environment a sign-in was for, its answer may not say rightly. So a key that lasts, which its own data centre made,
    is tried in that data centre's other environments too. Raises TokenRejected and the other CrmError leaves.
    """
    try:
        return connection, _answer(ports, connection, key, question)
    except TokenRejected:
        for place in other_environments(connection) if key.lasts else ():
            try:
                return place, _answer(ports, place, key, question)
            except TokenRejected:
                continue
        raise


def _answer(ports: OpenCrm, connection: Connection, key: Key, question: Callable[[Crm], Found]) -> Found:
    with closing(ports.open_crm(connection, key)) as crm:
        return question(crm)


def list_connections(ports: NamePorts) -> Sequence[Connection]:
    """Every saved connection that can be read, by name."""
    return ports.connections.all()


def count_unreadable_connections(ports: NamePorts) -> int:
    """How many saved connections cannot be read; they are kept, and the others can be used."""
    return ports.connections.left_out()


def find_connection(ports: NamePorts, name: str) -> Connection:
    """The saved connection of this name. Raises ConnectionNotFound."""
    return ports.connections.find(name)


def rename_connection(ports: NamePorts, connection: Connection, name: str) -> Connection:
    """Give it another name; its key stays where it is. Raises NameTaken."""
    return ports.connections.rename(connection, name)


def save(ports: KeepPorts, connection: Connection, key: Key) -> Connection:
    """Save under the connection's name; a new key for the same place keeps the id, by which runs know the connection.

    Returns what was saved. Raises SecretStoreUnavailable, and then nothing is saved.
    """
    before = _named(ports, connection.name)
    renewed = before is not None and (before.api_url, before.environment) == (connection.api_url, connection.environment)
    known = replace(connection, id=before.id) if before is not None and renewed else connection
    ports.connections.add(known, key)
    if before is not None and not renewed:
        ports.connections.remove(before)
    return known


def sign_out(ports: KeepPorts, connection: Connection) -> bool:
    """Revoke the key at Zoho and forget the connection; False when Zoho did not confirm the first.

    The second happens in any case: a key that cannot be reached is not kept for that. Raises SecretStoreUnavailable when the
    keyring does not forget.
    """
    try:
        ended = revoked(ports, connection, ports.connections.secret_of(connection))
    except SecretStoreUnavailable:
        ended = False
    ports.connections.remove(connection)
    return ended


def revoked(ports: RevokePorts, connection: Connection, key: Key) -> bool:
    """End a key at Zoho; False, and a line in the log, when that did not work."""
    try:
        return bool(connection.accounts_url) and ports.sign_in().revoke(connection, key)
    except CrmError as error:
        _log.info("A key could not be ended: %s", type(error).__name__)
        return False


def _named(ports: KeepPorts, name: str) -> Connection | None:
    try:
        return ports.connections.find(name)
    except ConnectionNotFound:
        return None
