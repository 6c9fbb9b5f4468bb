"""The system's proxies as Qt finds them: also those of an automatic configuration, which the standard library does not know.

The variables count before the system's settings, on every system: they are the way out where the settings cannot be used.
"""

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from PySide6.QtCore import QUrl


def find_proxies() -> Callable[[str], Mapping[str, str]] | None:
    """A function from an address to its proxies by scheme, or None where Qt's network library cannot be loaded.

    The function may block while an automatic configuration is asked: not for the window's thread.
    """
    try:
        from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery
    except ImportError:  # it needs a Kerberos library that a small system may lack
        return None

    def proxies_for(url: str) -> Mapping[str, str]:
        named = getproxies_environment()
        if {"https", "all"} & named.keys():
            return {} if proxy_bypass(urlsplit(url).hostname or "") else named
        kinds, socks = QNetworkProxy.ProxyType, ""
        for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))):
            if proxy.type() == kinds.NoProxy:
                return {}
            if proxy.type() in (kinds.HttpProxy, kinds.HttpCachingProxy):
                login = f"{quote(proxy.user(), '')}:{quote(proxy.password(), '')}@" if proxy.user() else ""
                return dict.fromkeys(("http", "https"), f"http://{login}{proxy.hostName()}:{proxy.port()}")
            if proxy.type() == kinds.Socks5Proxy:
                socks = f"socks5://{proxy.hostName()}:{proxy.port()}"
        # Not left out: whoever set it does not want to be connected directly, and is told that it cannot be used.
        return dict.fromkeys(("http", "https"), socks) if socks else {}

    return proxies_for
