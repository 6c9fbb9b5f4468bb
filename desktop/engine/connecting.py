"""From a key to a saved connection and back: who it belongs to, kept under a name, signed out again."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

from desktop.domain.connections import Connection, other_environments
from desktop.domain.credentials import Key
from desktop.domain.errors import ConnectionNotFound, CrmError, SecretStoreUnavailable, TokenRejected
from desktop.engine.ports import Crm, Services

_log = logging.getLogger(__name__)

Found = TypeVar("Found")


def identified(services: Services, connection: Connection, key: Key) -> Connection:
    """The connection with the company and user that its key belongs to. Raises TokenRejected, CrmUnreachable and others."""
    place, account = asked(services, connection, key, lambda crm: crm.who_am_i())
    return place.known_as(account)


def asked(services: Services, connection: Connection, key: Key, question: Callable[[Crm], Found]) -> tuple[Connection, Found]:
    """Put a question to the CRM, in the environment where the key is accepted, and return where that was.

    Which environment a sign-in was for, its answer may not say rightly. So a key that lasts, which its own data centre made,
    is tried in that data centre's other environments too. Raises TokenRejected and the other CrmError leaves.
    """
    try:
        return connection, _answer(services, connection, key, question)
    except TokenRejected:
        for place in other_environments(connection) if key.lasts else ():
            try:
                return place, _answer(services, place, key, question)
            except TokenRejected:
                continue
        raise


def _answer(services: Services, connection: Connection, key: Key, question: Callable[[Crm], Found]) -> Found:
    with closing(services.open_crm(connection, key)) as crm:
        return question(crm)


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
        _log.info("A key could not be ended: %s", type(error).__name__)
        return False


def _named(services: Services, name: str) -> Connection | None:
    try:
        return services.connections.find(name)
    except ConnectionNotFound:
        return None
