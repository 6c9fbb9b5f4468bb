"""Opens the account that a run is worked on in, and proves that it is the run's own before anything is read or sent.

To which account a run belongs is told in accounts.py. Here is how the window and the command line come by it:

1. A token that was given for this one command serves, because somebody gave it for this very run.
2. The account that the person works with already serves where it is proven to be the run's, or where the person has just
   said that it is.
3. Else the practice CRM is signed in to anew, or the saved connection that the run was started with is looked up.

Whichever it is, it must lead to the same place as the run's first start. Where nothing proves that both are the same
organisation, ``vouch`` decides: at a terminal it asks, and in the window nothing is asked, because the page says it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, Self

from desktop.application.accounts import belongs_to_practice, is_proven, may_serve
from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import ConnectionNotFound
from desktop.domain.runs import RunFacts, check_same_place
from desktop.domain.texts import Text
from desktop.engine.permissions import Permissions
from desktop.engine.ports import Crm

Vouch = Callable[[Connection, Connection], None]
"""Gets the connections of the run and of the account; raises AccountNotProven where nobody says that they are the same."""


@dataclass(frozen=True)
class SignedIn:
    """A connection with its account and key. ``kept_in`` names the store of the key; empty: only this program's memory, with
    ``keyring_trouble`` saying why no keyring took it."""

    connection: Connection
    key: Key
    kept_in: Text | str = ""
    keyring_trouble: Text | str = ""
    permissions: Permissions | None = None


class OpenCrm(Protocol):
    """What a conversation with an account needs of the outside."""

    @property
    def open_crm(self) -> Callable[[Connection, Key], Crm]: ...


class PracticeSignIn(Protocol):
    """The practice CRM, as far as somebody signs in to it."""

    def connect(self) -> tuple[Connection, Key]:
        """Start it if need be; its connection and key."""
        ...


class SavedKeys(Protocol):
    """The saved connections, as far as one of them is to serve."""

    def find(self, name: str) -> Connection:
        """The connection that is saved under this name. Raises ConnectionNotFound."""
        ...

    def find_again(self, before: Connection) -> Connection:
        """The connection that a run was started with, whatever it is called now. Raises ConnectionNotFound."""
        ...

    def secret_of(self, connection: Connection) -> Key:
        """Return the key of a connection. Raises SecretStoreUnavailable."""
        ...

    def store_name(self) -> Text:
        """Return what people call the store of the keys. Raises SecretStoreUnavailable."""
        ...


class AccountPorts(OpenCrm, Protocol):
    """What it takes to find the account of a run."""

    @property
    def connections(self) -> SavedKeys: ...
    @property
    def practice(self) -> PracticeSignIn: ...


@dataclass(frozen=True)
class AccountOffer:
    """Which account a person offers for a run of an earlier start.

    ``given`` is a token for this one command. ``present`` is the account that the person works with; ``is_sure`` says that
    the person was asked for the run's account and went on with this one.
    """

    present: SignedIn | None = None
    is_sure: bool = False
    given: SignedIn | None = None
    vouch: Vouch = lambda _run, _account: None


class OpenAccount:
    """An account with the conversation that is open with its CRM; a context manager that ends the conversation."""

    def __init__(self, crm: Crm, account: SignedIn) -> None:
        self.crm, self.account = crm, account

    @property
    def connection(self) -> Connection:
        """Where the account is, with its company and user as far as they are known."""
        return self.account.connection

    def close(self) -> None:
        """Calls in flight end as they may."""
        self.crm.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


def opened(ports: OpenCrm, account: SignedIn) -> OpenAccount:
    """Begin a conversation with an account whose company and user are known already; nothing is asked yet."""
    return OpenAccount(ports.open_crm(account.connection, account.key), account)


def identified(ports: OpenCrm, account: SignedIn) -> OpenAccount:
    """Begin a conversation and ask whose account it is. Raises TokenRejected, CrmUnreachable and others."""
    crm = ports.open_crm(account.connection, account.key)
    try:
        return OpenAccount(crm, replace(account, connection=crm.connection.known_as(crm.who_am_i())))
    except BaseException:
        crm.close()
        raise


def practice_account(ports: AccountPorts) -> SignedIn:
    """The practice CRM, which is started if need be; whose it is has not been asked yet."""
    return SignedIn(*ports.practice.connect())


def one_off_connection(data_centre: str, environment: Environment | None, api_url: str, accounts_url: str) -> Connection:
    """A connection that is never saved; its token comes and goes with one command."""
    return Connection(ONE_OFF_NAME, ONE_OFF_NAME, data_centre, environment, api_url, accounts_url)


def saved_account(ports: AccountPorts, name: str) -> SignedIn:
    """A saved connection with its key. Raises ConnectionNotFound, SecretStoreUnavailable."""
    return _with_key(ports, ports.connections.find(name))


def account_of_run(ports: AccountPorts, run: RunFacts, offer: AccountOffer) -> OpenAccount:
    """The account that a run belongs to, opened.

    Raises RunElsewhere where the account is another one, ConnectionNotFound and SecretStoreUnavailable where nobody is
    signed in to it, AccountNotProven where nobody vouches for it, and the CrmError leaves.
    """
    before = run.connection
    present = offer.present
    if offer.given is None and present is not None and (offer.is_sure or may_serve(present.connection, before)):
        account = opened(ports, present)
    else:
        found = offer.given or _own_account(ports, before)
        # Calls go on in the API version that the run began with.
        here = replace(found.connection, api_version=before.api_version)
        account = identified(ports, replace(found, connection=here))
    try:
        check_same_place(run, account.connection)
        if not is_proven(account.connection, before):
            offer.vouch(before, account.connection)
    except BaseException:
        account.close()
        raise
    return account


def _own_account(ports: AccountPorts, before: Connection) -> SignedIn:
    """The account that a run was started with."""
    if before.id == PRACTICE_NAME and belongs_to_practice(before):
        return practice_account(ports)
    if before.id == ONE_OFF_NAME:
        raise ConnectionNotFound(ONE_OFF_NAME)
    return _with_key(ports, ports.connections.find_again(before))


def _with_key(ports: AccountPorts, saved: Connection) -> SignedIn:
    return SignedIn(saved, ports.connections.secret_of(saved), ports.connections.store_name())
