"""Knows the system's proxies: which one a call goes through, which kinds cannot be used, and what to say if one fails.

The standard library knows variables and the settings of Windows and macOS; the window asks Qt, which knows automatic
configuration (PAC), too. Neither goes around a proxy that cannot be used: the user is told of it instead.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from requests.utils import select_proxy

from desktop.crm.tunnel import ProxyFailed
from desktop.domain.texts import Text

_USABLE = ("http", "https")
_PROXY_LOGIN = 407
_FORBIDDEN = 403
_WINDOWS_LOGINS = frozenset({"ntlm", "negotiate", "kerberos"})
_LOOK_S = 3.0  # a program of the system that answers later is given up


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxy of a call: its scheme, its place (``host:port``), and whether a login is given for it (but not which)."""

    scheme: str
    place: Text | str
    has_login: bool

    @property
    def objection(self) -> Text | None:
        """A clause for people that says why the proxy cannot be used; None if it can."""
        if self.scheme in _USABLE:
            return None
        return Text("proxy-is-socks" if self.scheme.startswith("socks") else "proxy-not-understood", proxy=self.place)

    def complaint(self, failed: ProxyFailed) -> Text:
        """Return a clause for people that says why the proxy opened no way to Zoho."""
        if failed.status == _PROXY_LOGIN:
            return Text(self._login_trouble(failed.logins), proxy=self.place)
        if not failed.status:  # it answered, but not in HTTP
            return Text("proxy-answers-nonsense", proxy=self.place)
        name = "proxy-blocks-zoho" if failed.status == _FORBIDDEN else "proxy-cannot-reach-zoho"
        return Text(name, proxy=self.place, status=str(failed.status))

    def _login_trouble(self, logins: frozenset[str]) -> str:
        """Return the name of the sentence that tells which login the proxy wants."""
        if "basic" in logins:
            return "proxy-rejects-password" if self.has_login else "proxy-wants-password"
        # Logins of Windows and others are not supported; the user is told which kind it is.
        return "proxy-wants-windows-login" if logins & _WINDOWS_LOGINS else "proxy-wants-other-login"


def system_proxies(url: str) -> Mapping[str, str]:
    """Return the proxies for an address, by scheme; none if it is reached directly. May block: not for the window's thread."""
    return {} if proxy_bypass(urlsplit(url).hostname or "") else with_socks(getproxies(), sys.platform)


def with_socks(proxies: Mapping[str, str], platform: str) -> Mapping[str, str]:
    """Add a SOCKS proxy of Windows or macOS as the proxy of all schemes that have none of their own."""
    socks = proxies.get("socks", "")
    # Elsewhere it comes from a variable, and is meant for the scheme of that name only.
    if platform not in ("win32", "darwin") or not socks:
        return proxies
    return {"all": f"socks5://{socks.rpartition('/')[2]}", **proxies}


def proxy_of(url: str, proxies: Mapping[str, str]) -> Proxy | None:
    """Return the proxy that a call to this address goes through; None if it goes directly."""
    named = select_proxy(url, dict(proxies))
    if not named:
        return None
    try:
        parts = urlsplit(named if "://" in named else f"http://{named}")
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        # Not shown, since something that cannot be taken apart may hold a password at any place.
        return Proxy("", Text("proxy-in-settings"), has_login=False)
    return Proxy(parts.scheme.lower() if is_whole else "", parts.netloc.rpartition("@")[2], "@" in parts.netloc)


@cache
def automatic_configuration() -> Text | None:
    """Return a clause for people if a script sets the system's proxy, which this program cannot run; else None. May block."""
    return Text("proxy-is-automatic") if _is_automatic() else None


def _is_automatic() -> bool:
    if sys.platform == "win32":
        return _windows_script()
    if sys.platform == "darwin":
        return "ProxyAutoConfigEnable : 1" in _output_of("scutil", "--proxy")
    return "auto" in _output_of("gsettings", "get", "org.gnome.system.proxy", "mode")


def _windows_script() -> bool:
    if sys.platform != "win32":  # asked again, because mypy follows such a test only within one function
        return False
    import winreg

    settings = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, settings) as key:
            return bool(winreg.QueryValueEx(key, "AutoConfigURL")[0])
    except OSError:
        return False


def _output_of(program: str, *arguments: str) -> str:
    """Return what a program of the system prints; an empty text if there is no such program or it takes too long."""
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        ended = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=_LOOK_S)  # noqa: S603 (fixed words)
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return ended.stdout
