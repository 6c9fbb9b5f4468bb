"""From a key to a saved connection and back: who it belongs to, kept under a name, signed out again."""

import logging
from contextlib import closing
from dataclasses import replace

from desktop.domain.connections import Connection
from desktop.domain.credentials import Key
from desktop.domain.errors import ConnectionNotFound, CrmError, SecretStoreUnavailable
from desktop.engine.ports import Services
from desktop.engine.preparing import with_account

_log = logging.getLogger(__name__)


def identified(services: Services, connection: Connection, key: Key) -> Connection:
    """The connection with the company and user that its key belongs to. Raises TokenRejected, CrmUnreachable and others."""
    with closing(services.open_crm(connection, key)) as crm:
        return replace(with_account(crm), name=connection.name)


def save(services: Services, connection: Connection, key: Key) -> Connection:
    """Save under the connection's name; a new key for the same place keeps the id, by which runs know the connection.

    Returns what was saved. Raises SecretStoreUnavailable, and then nothing is saved.
    """
    before = _named(services, connection.name)
    renewed = before is not None and (before.api_url, before.environment) == (connection.api_url, connection.environment)
    known = replace(connection, id=before.id) if before is not None and renewed else connection
    services.connections.add(known, key)
    if before is not None and not renewed:
        services.connections.remove(before)
    return known


def sign_out(services: Services, connection: Connection) -> bool:
    """Revoke the key at Zoho and forget the connection; False when Zoho did not confirm the first.

    The second happens in any case: a key that cannot be reached is not kept for that. Raises SecretStoreUnavailable when the
    keyring does not forget.
    """
    try:
        ended = revoked(services, connection, services.connections.secret_of(connection))
    except SecretStoreUnavailable:
        ended = False
    services.connections.remove(connection)
    return ended


def revoked(services: Services, connection: Connection, key: Key) -> bool:
    """End a key at Zoho; False, and a line in the log, when that did not work."""
    try:
        return bool(connection.accounts_url) and services.sign_in().revoke(connection, key)
    except CrmError as error:
        _log.info("The key of %s could not be ended: %s", connection.name, type(error).__name__)
        return False


def _named(services: Services, name: str) -> Connection | None:
    try:
        return services.connections.find(name)
    except ConnectionNotFound:
        return None
