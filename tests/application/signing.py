"""Saved connections in memory, ways to sign in that do as they are told, and a CRM that knows whose a key is."""

from collections.abc import Callable, Sequence
from typing import cast

from desktop.application.signing_in import SignIn
from desktop.domain.connections import DATA_CENTRES, Account, Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import ConnectionNotFound, CrmError, SecretStoreUnavailable, TokenRejected
from desktop.engine.ports import Crm

LASTING = Key(Secret("1000.a.b"), Secret("1000.c.d"))


def at(code: str, environment: Environment = Environment.PRODUCTION, name: str = "acme") -> Connection:
    centre = DATA_CENTRES[code]
    return Connection(name, name, code, environment, centre.api_url(environment), centre.accounts_url)


class Ways:
    """Every way ends in ``key``, or in ``error``; ``used`` are the ways that were gone, ``revoked`` the keys that were ended."""

    def __init__(self, key: Key = LASTING, *, confirms: bool = True, error: CrmError | None = None) -> None:
        self.key, self.confirms, self.error = key, confirms, error
        self.used, self.revoked = list[str](), list[Key]()

    def in_browser(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Connection, Key]:
        return self._got("browser", connection)

    def by_device(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Connection, Key]:
        return self._got("device", connection)

    def with_code(self, connection: Connection, client: Client, code: Secret) -> tuple[Connection, Key]:
        return self._got("self_client", connection)

    def with_refresh_token(self, connection: Connection, client: Client, refresh_token: Secret) -> tuple[Connection, Key]:
        return self._got("refresh_token", connection)

    def revoke(self, connection: Connection, key: Key) -> bool:
        if self.error is not None:
            raise self.error
        self.revoked.append(key)
        return self.confirms

    def _got(self, way: str, connection: Connection) -> tuple[Connection, Key]:
        self.used.append(way)
        return connection, self.key


class Saved:
    """Saved connections; a keyring that ``refuses`` takes nothing, one that ``is_locked`` gives nothing."""

    def __init__(self, known: Sequence[Connection], refuses: bool, is_locked: bool) -> None:
        self.known, self.refuses, self.is_locked = list(known), refuses, is_locked
        self.keys = {one.id: LASTING for one in known}

    def all(self) -> Sequence[Connection]:
        return self.known

    def find(self, name: str) -> Connection:
        for one in self.known:
            if one.name == name:
                return one
        raise ConnectionNotFound(name)

    def find_again(self, before: Connection) -> Connection:
        return self.find(before.name)

    def check_name(self, name: str) -> None: ...

    def store_name(self) -> str:
        if self.refuses:
            raise SecretStoreUnavailable("the keyring is locked")
        return "a keyring"

    def add(self, connection: Connection, key: Key) -> None:
        self.store_name()
        self.known = [one for one in self.known if one.id != connection.id] + [connection]
        self.keys[connection.id] = key

    def remove(self, connection: Connection) -> None:
        self.known = [one for one in self.known if one.id != connection.id]

    def secret_of(self, connection: Connection) -> Key:
        if self.is_locked or connection.id not in self.keys:
            raise SecretStoreUnavailable("the keyring is locked")
        return self.keys[connection.id]


class _KnownKey:
    """A client with the one key; where that is not accepted, every question is refused."""

    def __init__(self, account: Account | None) -> None:
        self._account = account

    def who_am_i(self) -> Account:
        if self._account is None:
            raise TokenRejected("c")
        return self._account

    def try_module(self, module: str) -> None: ...

    def visible_lists(self, module: str) -> frozenset[str] | None:
        return None

    def close(self) -> None: ...


class Kept:
    """What it takes to sign in, in memory. ``accepted_at`` are the API addresses where a key is accepted; none: everywhere."""

    def __init__(
        self, known: Sequence[Connection], *, refuses: bool = False, is_locked: bool = False, ways: Ways | None = None
    ) -> None:
        self.connections = Saved(known, refuses, is_locked)
        self.ways = ways or Ways()
        self.account = Account("Acme", "1", "Ann", "ann@acme.example")
        self.accepted_at: tuple[str, ...] = ()

    def sign_in(self) -> SignIn:
        return self.ways

    def open_crm(self, connection: Connection, key: Key) -> Crm:
        accepted = not self.accepted_at or connection.api_url in self.accepted_at
        return cast(Crm, _KnownKey(self.account if accepted else None))
