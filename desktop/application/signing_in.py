"""Signs in: to the practice CRM, to a saved connection, or with a new key that is then kept.

A key that was got must not be lost: it is kept in the keyring, or (where the person accepts that) in this program's memory
alone, or it is ended at Zoho. Everything here blocks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from desktop.application.connecting import KeepPorts, asked, revoked, save, sign_out
from desktop.application.serving import AccountPorts, OpenCrm, SignedIn, identified, opened, practice_account
from desktop.domain.connections import DATA_CENTRES, Connection
from desktop.domain.credentials import NO_SECRET, Client, Key, Secret
from desktop.domain.errors import DelinkError, SecretStoreUnavailable, SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from desktop.domain.texts import Text
from desktop.engine.permissions import Permissions, check_permissions, find_place, relations_of
from desktop.words import say
from desktop.words.labels import environment_label

__all__ = [
    "Permissions",
    "SignIn",
    "SignInPorts",
    "SignInRequest",
    "Way",
    "check_can_keep",
    "check_saved",
    "find_elsewhere",
    "is_searchable",
    "leave",
    "relations_of",
    "saved_before",
    "saved_elsewhere",
    "sign_in",
    "sign_in_to_practice",
    "use_saved",
]

_LONGEST_COMPANY = 40


class Way(StrEnum):
    """The ways in which somebody can sign in."""

    BROWSER = "browser"
    DEVICE = "device"
    SELF_CLIENT = "self_client"
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 (the name of a way)
    TOKEN = "token"  # noqa: S105 (the name of a way)


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """Where to sign in and how. The connection is named after the company that it turns out to be, unless it ``has_name``.

    ``secret`` is the pasted token, the Self Client's code or the refresh token. A key that ``must_be_kept`` is refused where
    no keyring takes it; another one then stays in this program's memory.
    """

    way: Way
    place: Connection
    client: Client = field(default_factory=lambda: Client("", NO_SECRET))
    secret: Secret = NO_SECRET
    must_be_kept: bool = False
    has_name: bool = False


class SignIn(Protocol):
    """The ways to get a key. Each raises SignInFailed, HostNotAllowed, CrmBusy, or a leaf of the transport.

    The connection that comes back stands where the account really is. ``show`` is told an address and, for a device, the
    code to be typed there; ``cancelled`` is asked often.
    """

    def in_browser(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Connection, Key]:
        """In the browser of this computer, within five minutes."""
        ...

    def by_device(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Connection, Key]:
        """On any other device, within five minutes."""
        ...

    def with_code(self, connection: Connection, client: Client, code: Secret) -> tuple[Connection, Key]:
        """With a code of a Self Client."""
        ...

    def with_refresh_token(self, connection: Connection, client: Client, refresh_token: Secret) -> tuple[Connection, Key]:
        """With a refresh token that is there already."""
        ...

    def revoke(self, connection: Connection, key: Key) -> bool:
        """End a key at Zoho; False when Zoho did not confirm it."""
        ...


class SavedConnections(Protocol):
    """The saved connections, as far as somebody signs in."""

    def all(self) -> Sequence[Connection]: ...
    def find(self, name: str) -> Connection: ...
    def find_again(self, before: Connection) -> Connection: ...
    def check_name(self, name: str) -> None: ...
    def store_name(self) -> Text: ...
    def add(self, connection: Connection, key: Key) -> None: ...
    def remove(self, connection: Connection) -> None: ...
    def secret_of(self, connection: Connection) -> Key: ...


class SignInPorts(KeepPorts, AccountPorts, Protocol):
    """What a sign-in needs of the outside."""

    @property
    def connections(self) -> SavedConnections: ...
    @property
    def sign_in(self) -> Callable[[], SignIn]: ...


Show = Callable[[str, str], None]
"""Gets an address to open, and for another device the code to type there."""
Cancelled = Callable[[], bool]


def sign_in_to_practice(ports: AccountPorts) -> SignedIn:
    """The practice CRM, which is started if need be, with the company and user that it tells."""
    with identified(ports, practice_account(ports)) as account:
        return account.account


def check_can_keep(ports: SignInPorts, name: str) -> None:
    """Nobody shall sign in for a key that cannot be kept. Raises NameTaken, SecretStoreUnavailable."""
    ports.connections.check_name(name)
    ports.connections.store_name()


def sign_in(ports: SignInPorts, request: SignInRequest, show: Show, cancelled: Cancelled = lambda: False) -> SignedIn:
    """Get a key in the way that was chosen, ask whose it is and what it may do, and keep it.

    A key that lasts and is not kept is ended at Zoho, unless it was there before. Raises SignInFailed also where it was
    cancelled, SecretStoreUnavailable for a key that must be kept, and the CrmError leaves.
    """
    connection, key = _key_of(ports, request, show, cancelled)
    try:
        _check_goes_on(connection, cancelled)
        return _kept(ports, _checked(ports, connection, key), request, cancelled)
    except DelinkError:
        if key.lasts and request.way is not Way.REFRESH_TOKEN:
            revoked(ports, connection, key)
        raise


def find_elsewhere(ports: SignInPorts, request: SignInRequest) -> SignedIn | None:
    """A pasted token that was not accepted, tried at Zoho's other environments and data centres; None: nowhere."""
    key = Key(request.secret)
    place = find_place(ports.open_crm, request.place, key)
    return None if place is None else _kept(ports, _checked(ports, place, key), request)


def use_saved(ports: SignInPorts, connection: Connection) -> SignedIn:
    """A saved connection with its key, tested. Raises SecretStoreUnavailable or the CrmError leaves."""
    key = ports.connections.secret_of(connection)
    return replace(_checked(ports, connection, key), kept_in=ports.connections.store_name())


def check_saved(ports: SignInPorts, connection: Connection) -> Permissions:
    """What the key of a saved connection may do where it is saved for. Raises as :func:`use_saved` does."""
    key = ports.connections.secret_of(connection)
    with opened(ports, SignedIn(connection, key)) as account:
        return check_permissions(account.crm, relations_of(connection))


def is_searchable(ports: SignInPorts, connection: Connection) -> bool:
    """Whether a saved connection has a pasted token, which Zoho's other data centres can be asked about."""
    return connection.data_centre in DATA_CENTRES and not ports.connections.secret_of(connection).lasts


def saved_elsewhere(ports: SignInPorts, connection: Connection) -> Connection | None:
    """Where else the pasted token of a saved connection is accepted."""
    return find_place(ports.open_crm, connection, ports.connections.secret_of(connection))


def saved_before(ports: SignInPorts, last: str) -> SignedIn | None:
    """The saved connection that was used last (by its id), else the first whose key is there, or None.

    Asks the keyring, not the network.
    """
    for connection in sorted(ports.connections.all(), key=lambda one: one.id != last):
        try:
            return SignedIn(connection, ports.connections.secret_of(connection), ports.connections.store_name())
        except SecretStoreUnavailable:
            continue
    return None


def leave(ports: KeepPorts, account: SignedIn) -> bool:
    """Sign out: end the key at Zoho and forget it; False when Zoho did not confirm the first."""
    if account.kept_in:
        return sign_out(ports, account.connection)
    return revoked(ports, account.connection, account.key)


def _key_of(ports: SignInPorts, request: SignInRequest, show: Show, cancelled: Cancelled) -> tuple[Connection, Key]:
    if request.way is Way.TOKEN:
        return request.place, Key(request.secret)
    ways = ports.sign_in()
    match request.way:
        case Way.BROWSER:
            return ways.in_browser(request.place, request.client, show, cancelled)
        case Way.DEVICE:
            return ways.by_device(request.place, request.client, show, cancelled)
        case Way.REFRESH_TOKEN:
            return ways.with_refresh_token(request.place, request.client, request.secret)
        case _:
            return ways.with_code(request.place, request.client, request.secret)


def _check_goes_on(connection: Connection, cancelled: Cancelled) -> None:
    if cancelled():
        raise SignInFailed(connection.name, SignInProblem.CANCELLED)


def _kept(ports: SignInPorts, known: SignedIn, request: SignInRequest, cancelled: Cancelled = lambda: False) -> SignedIn:
    _check_goes_on(known.connection, cancelled)
    if not request.has_name:
        known = replace(known, connection=_named(ports, known.connection))
    try:
        return replace(known, connection=save(ports, known.connection, known.key), kept_in=ports.connections.store_name())
    except SecretStoreUnavailable as error:
        if request.must_be_kept:
            raise
        return replace(known, keyring_trouble=error.detail)


def _named(ports: SignInPorts, place: Connection) -> Connection:
    """The connection under the name of the same account, if that is saved already, else under a new one."""
    saved = ports.connections.all()
    for one in saved:
        if (one.api_url, one.account.organisation_id, one.account.email) == (
            place.api_url,
            place.account.organisation_id,
            place.account.email,
        ):
            return replace(place, name=one.name)
    company = "".join(filter(str.isprintable, place.account.company)).strip(" -")[:_LONGEST_COMPANY]
    base = company if place.is_production and company else _name_with_environment(place, company or place.data_centre)
    names, number, name = {one.name for one in saved}, 1, base
    while name in names:
        number += 1
        name = f"{base} {number}"
    return replace(place, name=name)


def _name_with_environment(place: Connection, name: str) -> str:
    if place.environment is None:
        return name
    return say("{name} ({environment})", name=name, environment=environment_label(place.environment))


def _checked(ports: OpenCrm, connection: Connection, key: Key) -> SignedIn:
    relations = relations_of(connection)
    place, found = asked(ports, connection, key, lambda crm: check_permissions(crm, relations, key.scopes))
    return SignedIn(replace(place, account=found.account), key, permissions=found)
