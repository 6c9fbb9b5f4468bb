"""The system's proxies: which one a call goes through, which kinds cannot be used, and what is said of one that fails.

The standard library knows variables and the settings of Windows and macOS; the window asks Qt, which knows automatic
configuration (PAC) too. Neither goes around a proxy that cannot be used: the user hears of it instead.
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
_LOOK_S = 3.0


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxy of a call: its scheme, where it stands (``host:port``), whether a login is given for it (never which)."""

    scheme: str
    place: Text | str
    has_login: bool

    @property
    def objection(self) -> Text | None:
        """Why it cannot be used, as a clause for people; None where it can."""
        if self.scheme in _USABLE:
            return None
        return Text("proxy-is-socks" if self.scheme.startswith("socks") else "proxy-not-understood", proxy=self.place)

    def complaint(self, failed: ProxyFailed) -> Text:
        """What became of asking it for a way to Zoho, as a clause for people."""
        if failed.status == _PROXY_LOGIN:
            return Text(self._login_trouble(failed.logins), proxy=self.place)
        if not failed.status:
            return Text("proxy-answers-nonsense", proxy=self.place)
        name = "proxy-blocks-zoho" if failed.status == _FORBIDDEN else "proxy-cannot-reach-zoho"
        return Text(name, proxy=self.place, status=str(failed.status))

    def _login_trouble(self, logins: frozenset[str]) -> str:
        """The name of the sentence that tells which login the proxy wants."""
        if "basic" in logins:
            return "proxy-rejects-password" if self.has_login else "proxy-wants-password"
        return "proxy-wants-windows-login" if logins & _WINDOWS_LOGINS else "proxy-wants-other-login"


def system_proxies(url: str) -> Mapping[str, str]:
    """Proxies for an address, by scheme; empty when it is reached directly. May block: not for the window's thread."""
    return {} if proxy_bypass(urlsplit(url).hostname or "") else with_socks(getproxies(), sys.platform)


def with_socks(proxies: Mapping[str, str], platform: str) -> Mapping[str, str]:
    """On Windows and macOS a SOCKS proxy is for all that has none of its own; elsewhere it is a variable like any other."""
    socks = proxies.get("socks", "")
    if platform not in ("win32", "darwin") or not socks:
        return proxies
    return {"all": f"socks5://{socks.rpartition('/')[2]}", **proxies}


def proxy_of(url: str, proxies: Mapping[str, str]) -> Proxy | None:
    """The one that a call to this address goes through; None where it goes directly."""
    named = select_proxy(url, dict(proxies))
    if not named:
        return None
    try:
        parts = urlsplit(named if "://" in named else f"http://{named}")
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return Proxy("", Text("proxy-in-settings"), has_login=False)
    return Proxy(parts.scheme.lower() if is_whole else "", parts.netloc.rpartition("@")[2], "@" in parts.netloc)


@cache
def automatic_configuration() -> Text | None:
    """A clause for people where the system's proxy comes from a script that nobody here can read; else None. May block."""
    return Text("proxy-is-automatic") if _is_automatic() else None


def _is_automatic() -> bool:
    if sys.platform == "win32":
        return _windows_script()
    if sys.platform == "darwin":
        return "ProxyAutoConfigEnable : 1" in _told_by("scutil", "--proxy")
    return "auto" in _told_by("gsettings", "get", "org.gnome.system.proxy", "mode")


def _windows_script() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    place = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            return bool(winreg.QueryValueEx(key, "AutoConfigURL")[0])
    except OSError:
        return False


def _told_by(program: str, *arguments: str) -> str:
    """What a program of the system prints; empty where there is none or it takes too long."""
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        told = subprocess.run([found, *arguments], capture_output=True, text=True, timeout=_LOOK_S)  # noqa: S603 (fixed words)
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return told.stdout
