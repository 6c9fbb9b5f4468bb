"""Where a CRM account lives: data centres, environments, and the connection that a user saved. No secret is inside.

Hosts are those of Zoho's SDK and its multi-data-centre page; ``confirmed`` is False where only third parties name them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.texts import Text


class Environment(StrEnum):
    """Which of an organisation's systems a connection reaches. PRACTICE is Delink's own CRM on this computer."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"
    DEVELOPER = "developer"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class DataCentre:
    """A region whose hosts answer; ``api_domain`` is the part behind ``www.``, ``sandbox.`` or ``developer.``."""

    code: str
    accounts_host: str
    api_domain: str
    confirmed: bool = True

    def api_url(self, environment: Environment) -> str:
        """The base address of the API for an environment."""
        return f"https://{_API_PREFIX[environment]}.{self.api_domain}"

    @property
    def accounts_url(self) -> str:
        """The base address of the accounts server."""
        return f"https://{self.accounts_host}"

    @property
    def console_url(self) -> str:
        """Where clients are made: Zoho's API console."""
        return f"https://{self.accounts_host.replace('accounts.', 'api-console.', 1)}"


_API_PREFIX = {Environment.PRODUCTION: "www", Environment.SANDBOX: "sandbox", Environment.DEVELOPER: "developer"}

DATA_CENTRES: dict[str, DataCentre] = {
    centre.code: centre
    for centre in (
        DataCentre("us", "accounts.zoho.com", "zohoapis.com"),
        DataCentre("eu", "accounts.zoho.eu", "zohoapis.eu"),
        DataCentre("in", "accounts.zoho.in", "zohoapis.in"),
        DataCentre("au", "accounts.zoho.com.au", "zohoapis.com.au"),
        DataCentre("jp", "accounts.zoho.jp", "zohoapis.jp"),
        DataCentre("cn", "accounts.zoho.com.cn", "zohoapis.com.cn"),
        DataCentre("ca", "accounts.zohocloud.ca", "zohoapis.ca"),
        DataCentre("sa", "accounts.zoho.sa", "zohoapis.sa"),
        DataCentre("uk", "accounts.zoho.uk", "zohoapis.uk", confirmed=False),
        DataCentre("ae", "accounts.zoho.ae", "zohoapis.ae", confirmed=False),
    )
}

API_VERSIONS: tuple[str, ...] = ("v2.1", "v3", "v4", "v5", "v6", "v7", "v8")
DEFAULT_API_VERSION = "v8"
# Where the browser comes back to after a sign-in; a client in Zoho's API console lists all three, letter for letter.
RETURN_PATH = "/delink/signed-in"
RETURN_PORTS = (17653, 28417, 39581)
RETURN_ADDRESSES = tuple(f"http://localhost:{port}{RETURN_PATH}" for port in RETURN_PORTS)
PRACTICE_NAME = "practice"
ONE_OFF_NAME = "one-off"


def place_of_api(url: str) -> tuple[DataCentre, Environment] | None:
    """The data centre and environment that an API address belongs to; None for any that is not spelled exactly."""
    return _API_PLACES.get(url.removesuffix("/"))


def centre_of_accounts(url: str) -> DataCentre | None:
    """The data centre of an accounts server; None for any address that is not spelled exactly."""
    return _ACCOUNTS_SERVERS.get(url.removesuffix("/"))


_API_PLACES = {
    centre.api_url(environment): (centre, environment) for centre in DATA_CENTRES.values() for environment in _API_PREFIX
}
_ACCOUNTS_SERVERS = {centre.accounts_url: centre for centre in DATA_CENTRES.values()}

_SYSTEMS = {
    "production": Environment.PRODUCTION,
    "bigin": Environment.PRODUCTION,
    "sandbox": Environment.SANDBOX,
    "developer": Environment.DEVELOPER,
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who a token belongs to, as the CRM tells it; empty where it may not be asked.

    ``system`` is Zoho's word for the kind of organisation: production, sandbox, developer or bigin.
    """

    company: str = ""
    organisation_id: str = ""
    user: str = ""
    email: str = ""
    edition: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """What the user saved to reach one CRM account; its secret lies in the keyring under ``id``.

    ``data_centre`` is a code of DATA_CENTRES, or empty for addresses that the user typed (loopback only).
    ``environment`` is None for a one-off token whose environment nobody told: it is then treated as production.
    ``relations`` are the codes of those that the sign-in asked leave for; empty where nobody told.

    Raises ValueError for a data centre or version that is not known. Where its addresses lead is checked for each call, by
    ``crm/hosts.py``; what a saved one may be called, by the list of connections.
    """

    id: str
    name: str
    data_centre: str
    environment: Environment | None
    api_url: str
    accounts_url: str = ""
    account: Account = Account()
    api_version: str = DEFAULT_API_VERSION
    relations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.data_centre and self.data_centre not in DATA_CENTRES:
            raise ValueError("no data centre has this code")
        if self.api_version not in API_VERSIONS:
            raise ValueError("Zoho's interface has no such version")

    @property
    def is_production(self) -> bool:
        """True where a removal touches real data, and where nobody can tell."""
        return self.environment in (None, Environment.PRODUCTION)

    @property
    def label(self) -> Text | str:
        """The connection in a few words: company (or name), data centre, environment."""
        label: Text | str = self.account.company or self.name
        if self.data_centre:
            label = Text("place-within", place=label, within=self.data_centre.upper())
        if self.environment is not None:
            label = Text("place-within", place=label, within=Text(f"environment-{self.environment}"))
        return label

    def known_as(self, account: Account) -> "Connection":
        """The same connection with what the CRM tells of it; its word for the environment counts where nobody named one."""
        return replace(self, account=account, environment=self.environment or _SYSTEMS.get(account.system.casefold()))

    def at(self, centre: DataCentre, environment: Environment) -> "Connection":
        """The same connection at another place of Zoho's."""
        api_url = centre.api_url(environment)
        return replace(self, data_centre=centre.code, environment=environment, api_url=api_url, accounts_url=centre.accounts_url)


def same_place(one: Connection, other: Connection) -> bool:
    """True unless the two lead to different systems: another host, another environment, another organisation.

    Organisations are compared where both are known, because a token may not be allowed to ask for its own. What Zoho tells of
    the environment at one time counts for both. The practice CRM has another port at each start, so it is known by its id.
    """
    both_practice = one.id == other.id == PRACTICE_NAME
    organisations = {one.account.organisation_id, other.account.organisation_id} - {""}
    same_host = one.api_url == other.api_url or both_practice
    told = other.account.system or one.account.system
    environments = {each.known_as(replace(each.account, system=told)).environment for each in (one, other)}
    return same_host and len(environments) == 1 and len(organisations) < 2


def labels_apart(one: Connection, other: Connection) -> tuple[Text | str, Text | str]:
    """The labels of two connections that are not the same place; where they read alike, each with what tells them apart."""
    if one.label != other.label:
        return one.label, other.label
    ids = one.account.organisation_id, other.account.organisation_id
    if all(ids) and ids[0] != ids[1]:
        return _with("place-of-organisation", (one, other), ids)
    if one.api_url != other.api_url:
        return _with("place-at-address", (one, other), (one.api_url, other.api_url))
    systems = one.account.system or Text("system-unknown"), other.account.system or Text("system-unknown")
    return _with("place-of-system", (one, other), systems)


def _with(name: str, places: tuple[Connection, Connection], apart: tuple[Text | str, Text | str]) -> tuple[Text, Text]:
    """The labels, each with what tells it apart from the other."""
    return Text(name, place=places[0].label, apart=apart[0]), Text(name, place=places[1].label, apart=apart[1])


def same_account(one: Connection, other: Connection) -> bool:
    """True where the two are proven to be the same account: what was read with one may be believed of the other.

    Two connections of one place that were saved apart are the same account only if both name the same organisation and the
    same user: another user may see other records.
    """
    if not same_place(one, other):
        return False
    here, there = one.account, other.account
    known = bool(here.organisation_id) and bool(here.email or here.user)
    same_user = (here.organisation_id, here.email, here.user) == (there.organisation_id, there.email, there.user)
    return one.id == other.id or (known and same_user)


def other_environments(connection: Connection) -> Sequence[Connection]:
    """The connection at the other environments of its data centre; none where the addresses were typed."""
    centre, present = DATA_CENTRES.get(connection.data_centre), connection.environment or Environment.PRODUCTION
    if centre is None or connection.api_url != centre.api_url(present):
        return ()
    return tuple(connection.at(centre, one) for one in _API_PREFIX if one is not present)
