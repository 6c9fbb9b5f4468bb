"""Decides where a secret may travel: to Zoho's known hosts over https, and to a loopback that the user typed. Nowhere else."""

from urllib.parse import urlsplit

from desktop.domain.connections import DATA_CENTRES, Connection, Environment, centre_of_accounts
from desktop.domain.errors import HostNotAllowed
from desktop.domain.texts import Text

# A fixed list, not a pattern: "anything that ends in zohoapis.com" would let an attacker's own host name through.
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
    """Return ``url`` (scheme and host, no path) without a trailing slash if requests may go there. Raises HostNotAllowed.

    The spelling must be exact: no user information, no other port, no upper case, no trailing dot.
    """
    # A loopback is for the practice CRM. If only one address of the connection were one, a program on this computer could get
    # hold of a token of Zoho's.
    typed = [address for address in (connection.api_url, connection.accounts_url) if address]
    if is_zoho(url) or (is_loopback(url) and all(map(is_loopback, typed))):
        return url.removesuffix("/")
    raise HostNotAllowed(connection.name, _shown(url))


def check_accounts_url(connection: Connection, url: str) -> str:
    """Do the same for an accounts server: it must be one of Zoho's, or the loopback that the user typed for this connection."""
    typed = url.removesuffix("/") == connection.accounts_url.removesuffix("/")
    if centre_of_accounts(url) or (typed and is_loopback(url)):
        return check_base_url(connection, url)
    raise HostNotAllowed(connection.name, _shown(url))


def is_zoho(url: str) -> bool:
    """True for ``https://`` and one of the known hosts, spelled exactly."""
    base = url.removesuffix("/")
    return base.startswith("https://") and base.removeprefix("https://") in _ZOHO_HOSTS


def is_loopback(url: str) -> bool:
    """True for an address of this computer, such as ``http://127.0.0.1:8080``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    # The address is spelled anew from its parts and compared: what urlsplit passed over (a path, a user) makes a difference.
    host_in_url = f"[{host}]" if ":" in host else host
    spelled = f"{parts.scheme}://{host_in_url}" + (f":{port}" if port is not None else "")
    return parts.scheme in ("http", "https") and host in _LOOPBACKS and url.removesuffix("/") == spelled


def _shown(url: str) -> Text | str:
    """Return the host to show in a message. User information and a query may hold a secret, so they are left out."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return host[:100] if host else Text("some-address")
