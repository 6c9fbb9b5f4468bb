"""The system's proxies as the standard library knows them; the window asks Qt, which knows automatic configuration too."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def system_proxies(url: str) -> Mapping[str, str]:
    """Proxies for an address, by scheme; empty when it is reached directly. May block: not for the window's thread."""
    return {} if proxy_bypass(urlsplit(url).hostname or "") else getproxies()
