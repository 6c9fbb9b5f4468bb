"""The account that the window works with: practice, a saved connection, or a key for this session only.

Everything here blocks and runs behind the background door.
"""

import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.domain.connections import DATA_CENTRES, PRACTICE_NAME, Connection, Environment
from desktop.domain.credentials import NO_SECRET, Client, Key, Secret
from desktop.domain.errors import DelinkError, SecretStoreUnavailable, SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from desktop.engine.connecting import asked, revoked, save, sign_out
from desktop.engine.permissions import Permissions, check_permissions, find_place, relations_of
from desktop.engine.ports import Services
from desktop.engine.preparing import with_account

_LONGEST_COMPANY = 40


class Way(StrEnum):
    """How to sign in."""

    BROWSER = "browser"
    DEVICE = "device"
    SELF_CLIENT = "self_client"
    TOKEN = "token"  # noqa: S105 (the name of a way)


@dataclass(frozen=True, slots=True)
class SignInWish:
    """What the Connect page was filled in with; ``secret`` is the pasted token or the Self Client's code."""

    way: Way
    data_centre: str
    environment: Environment
    relations: tuple[str, ...] = ()
    client: Client = field(default_factory=lambda: Client("", NO_SECRET))
    secret: Secret = NO_SECRET


@dataclass(frozen=True)
class SignedIn:
    """A connection with its account and key. ``kept_in`` names the store of the key; empty: only this program's memory, with
    ``keyring_trouble`` saying why no keyring took it."""

    connection: Connection
    key: Key
    kept_in: str = ""
    keyring_trouble: str = ""
    permissions: Permissions | None = None


Show = Callable[[str, str], None]
Cancelled = Callable[[], bool]


def sign_in_to_practice(services: Services) -> SignedIn:
    """The practice CRM; blocks while it starts."""
    connection, key = services.practice.connect()
    with closing(services.open_crm(connection, key)) as crm:
        return SignedIn(with_account(crm), key)


def sign_in(services: Services, wish: SignInWish, show: Show, cancelled: Cancelled) -> SignedIn:
    """Get a key in the way that the user chose and keep it: in the keyring, else only in memory. Raises the CrmError leaves."""
    connection, key = _key_of(services, wish, show, cancelled)
    try:
        if cancelled():
            raise SignInFailed(connection.name, SignInProblem.CANCELLED)
        return keep(services, connection, key, cancelled)
    except DelinkError:
        if key.lasts:
            revoked(services, connection, key)
        raise


def keep(services: Services, connection: Connection, key: Key, cancelled: Cancelled = lambda: False) -> SignedIn:
    """Ask what the key may do and keep it. Raises SignInFailed when it was cancelled meanwhile, TokenRejected and others."""
    known = _checked(services, connection, key)
    if cancelled():
        raise SignInFailed(connection.name, SignInProblem.CANCELLED)
    known = replace(known, connection=_named(services, known.connection))
    try:
        return replace(known, connection=save(services, known.connection, key), kept_in=services.connections.store_name())
    except SecretStoreUnavailable as error:
        return replace(known, keyring_trouble=error.detail)


def sign_in_again(services: Services, before: Connection) -> SignedIn:
    """The account of an earlier run. Raises ConnectionNotFound, SecretStoreUnavailable, or the CrmError leaves."""
    if before.id == PRACTICE_NAME:
        return sign_in_to_practice(services)
    return use_saved(services, services.connections.find_again(before))


def use_saved(services: Services, connection: Connection) -> SignedIn:
    """A saved connection with its key, tested. Raises SecretStoreUnavailable or the CrmError leaves."""
    key = services.connections.secret_of(connection)
    return replace(_checked(services, connection, key), kept_in=services.connections.store_name())


def saved_before(services: Services, last: str) -> SignedIn | None:
    """The saved connection that was used last (by its id), else the first whose key is there, or None.

    Asks the keyring, not the network.
    """
    for connection in sorted(services.connections.all(), key=lambda one: one.id != last):
        try:
            return SignedIn(connection, services.connections.secret_of(connection), services.connections.store_name())
        except SecretStoreUnavailable:
            continue
    return None


def find_elsewhere(services: Services, wish: SignInWish) -> SignedIn | None:
    """A pasted token that was not accepted, tried at Zoho's other environments and data centres; None: nowhere."""
    connection, key = _place_of(wish), Key(wish.secret)
    place = find_place(services, connection, key)
    return None if place is None else keep(services, place, key)


def leave(services: Services, account: SignedIn) -> bool:
    """Sign out: end the key at Zoho and forget it; False when Zoho did not confirm the first."""
    if account.kept_in:
        return sign_out(services, account.connection)
    return revoked(services, account.connection, account.key)


def _key_of(services: Services, wish: SignInWish, show: Show, cancelled: Cancelled) -> tuple[Connection, Key]:
    connection = _place_of(wish)
    if wish.way is Way.TOKEN:
        return connection, Key(wish.secret)
    ways = services.sign_in()
    match wish.way:
        case Way.BROWSER:
            return ways.in_browser(connection, wish.client, show, cancelled)
        case Way.DEVICE:
            return ways.by_device(connection, wish.client, show, cancelled)
        case _:
            return ways.with_code(connection, wish.client, wish.secret)


def _place_of(wish: SignInWish) -> Connection:
    centre, environment = DATA_CENTRES[wish.data_centre], wish.environment
    addresses = centre.api_url(environment), centre.accounts_url
    return Connection(uuid.uuid4().hex, centre.code, centre.code, environment, *addresses, relations=wish.relations)


def _named(services: Services, place: Connection) -> Connection:
    """The connection under the name of the same account, if that is saved already, else under a new one."""
    saved = services.connections.all()
    for one in saved:
        if (one.api_url, one.account.organisation_id, one.account.email) == (
            place.api_url,
            place.account.organisation_id,
            place.account.email,
        ):
            return replace(place, name=one.name)
    company = "".join(filter(str.isprintable, place.account.company)).strip(" -")[:_LONGEST_COMPANY]
    base = f"{company or place.data_centre} ({place.environment})" if not place.is_production or not company else company
    names, number, name = {one.name for one in saved}, 1, base
    while name in names:
        number += 1
        name = f"{base} {number}"
    return replace(place, name=name)


def _checked(services: Services, connection: Connection, key: Key) -> SignedIn:
    relations = relations_of(connection)
    place, found = asked(services, connection, key, lambda crm: check_permissions(crm, relations, key.scopes))
    return SignedIn(replace(place, account=found.account), key, permissions=found)
