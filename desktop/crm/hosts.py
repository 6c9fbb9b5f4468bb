"""Where a secret may travel: Zoho's known hosts over https, and a loopback that the user typed. Nothing else."""

from urllib.parse import urlsplit

from desktop.domain.connections import DATA_CENTRES, Connection, Environment, centre_of_accounts
from desktop.domain.errors import HostNotAllowed
from desktop.domain.texts import Text

_ZOHO_HOSTS = frozenset(
    {centre.accounts_host for centre in DATA_CENTRES.values()}
    | {
        urlsplit(centre.api_url(environment)).hostname or ""
        for centre in DATA_CENTRES.values()
        for environment in (Environment.PRODUCTION, Environment.SANDBOX, Environment.DEVELOPER)
    }
)
_LOOPBACKS = frozenset({"127.0.0.1", "localhost", "::1"})


def check_base_url(connection: Connection, url: str) -> str:
    """Return ``url`` (scheme and host, no path) without a trailing slash if requests may go there.

    A loopback is allowed only where all addresses of the connection, which the user typed, are one.
    Raises HostNotAllowed. The spelling must be exact: no user information, other port, upper case or trailing dot.
    """
    typed = [address for address in (connection.api_url, connection.accounts_url) if address]
    if is_zoho(url) or (is_loopback(url) and all(map(is_loopback, typed))):
        return url.removesuffix("/")
    raise HostNotAllowed(connection.name, _shown(url))


def check_accounts_url(connection: Connection, url: str) -> str:
    """The same for an accounts server: one of Zoho's, or the very loopback that the user typed for this connection."""
    typed = url.removesuffix("/") == connection.accounts_url.removesuffix("/")
    if centre_of_accounts(url) or (typed and is_loopback(url)):
        return check_base_url(connection, url)
    raise HostNotAllowed(connection.name, _shown(url))


def is_zoho(url: str) -> bool:
    """True for ``https://`` and one of the known hosts, spelled exactly."""
    base = url.removesuffix("/")
    return base.startswith("https://") and base.removeprefix("https://") in _ZOHO_HOSTS


def is_loopback(url: str) -> bool:
    """True for an address of this computer: ``http://127.0.0.1:8080``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    spelled = f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")
    return parts.scheme in ("http", "https") and host in _LOOPBACKS and url.removesuffix("/") == spelled


def _shown(url: str) -> Text | str:
    """The host for a message; never user information or a query, which may hold a secret."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return host[:100] if host else Text("some-address")
