"""The account that the window works with: practice, a saved connection, or a key for this session only."""

from dataclasses import dataclass, replace

from desktop.domain.connections import DATA_CENTRES, PRACTICE_NAME, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import SecretStoreUnavailable
from desktop.engine.ports import Services
from desktop.engine.preparing import with_account


@dataclass(frozen=True)
class SignedIn:
    """A connection with its account and key; ``in_keyring`` says where the key is kept."""

    connection: Connection
    key: Key
    in_keyring: bool = False


def sign_in_to_practice(services: Services) -> SignedIn:
    """The practice CRM; blocks while it starts."""
    connection, key = services.practice.connect()
    return _known(services, connection, key)


def sign_in_with_token(services: Services, data_centre: str, environment: Environment, token: str) -> SignedIn:
    """Try a pasted token, then keep it: in the keyring, else only in memory. Raises the CrmError leaves."""
    centre = DATA_CENTRES[data_centre]
    name = f"{centre.code}-{environment}"
    address = centre.api_url(environment)
    known = _known(
        services, Connection(f"token-{name}", name, centre.code, environment, address, centre.accounts_url), Key.pasted(token)
    )
    try:
        services.connections.add(known.connection, known.key)
    except SecretStoreUnavailable:
        return known
    return replace(known, in_keyring=True)


def sign_in_again(services: Services, before: Connection) -> SignedIn:
    """The account of an earlier run. Raises ConnectionNotFound, SecretStoreUnavailable, or the CrmError leaves."""
    if before.id == PRACTICE_NAME:
        return sign_in_to_practice(services)
    connection = services.connections.find(before.name)
    return replace(_known(services, connection, services.connections.secret_of(connection)), in_keyring=True)


def newest_saved(services: Services) -> SignedIn | None:
    """The first saved connection whose key is there, or None; asks the keyring, not the network."""
    for connection in services.connections.all():
        try:
            return SignedIn(connection, services.connections.secret_of(connection), in_keyring=True)
        except SecretStoreUnavailable:
            continue
    return None


def _known(services: Services, connection: Connection, key: Key) -> SignedIn:
    crm = services.open_crm(connection, key)
    try:
        return SignedIn(with_account(crm), key)
    finally:
        crm.close()
