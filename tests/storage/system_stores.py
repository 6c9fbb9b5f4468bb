"""keyring's own classes for Windows, macOS and KWallet, on top of stand-ins for what those systems bring.

The stand-ins keep the systems' limits and manners; the code between them and us is the library's own.
"""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import keyring.backend
import keyring.backends
import keyring.errors
import pytest

BLOB_BYTES = 2560


def module(name: str, **parts: Any) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(parts)
    return made


@contextmanager
def loaded(name: str, beside: dict[str, ModuleType]) -> Iterator[ModuleType]:
    """A module of keyring, read anew beside these modules; its classes are forgotten afterwards."""
    patch = pytest.MonkeyPatch()
    known = set(keyring.backend.KeyringBackend._classes)
    place = Path(keyring.backends.__file__ or "").parent / name.removeprefix("keyring.backends.").replace(".", "/")
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[str(place)] if place.is_dir() else None)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    for other, stand_in in {**beside, name: found}.items():
        patch.setitem(sys.modules, other, stand_in)
    try:
        spec.loader.exec_module(found)
        yield found
    finally:
        patch.undo()
        keyring.backend.KeyringBackend._classes = known


class WindowsError(Exception):
    """Stands in for the error that pywintypes raises."""

    def __init__(self, winerror: int, funcname: str) -> None:
        super().__init__(winerror, funcname)
        self.winerror, self.funcname = winerror, funcname


class Vault:
    """The Credential Manager: UTF-16 blobs of at most 2,560 bytes."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_SESSION, CRED_PERSIST_LOCAL_MACHINE, CRED_PERSIST_ENTERPRISE = 1, 2, 3

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def CredRead(self, Type: int, TargetName: str) -> dict[str, Any]:
        if TargetName not in self.kept:
            raise WindowsError(1168, "CredRead")
        return self.kept[TargetName]

    def CredWrite(self, credential: dict[str, Any], flags: int) -> None:
        blob = credential["CredentialBlob"].encode("utf-16-le")
        if len(blob) > BLOB_BYTES:
            raise WindowsError(1783, "CredWrite")
        self.kept[credential["TargetName"]] = {**credential, "CredentialBlob": blob}

    def CredDelete(self, Type: int, TargetName: str) -> None:
        if self.kept.pop(TargetName, None) is None:
            raise WindowsError(1168, "CredDelete")


@contextmanager
def windows(vault: Vault) -> Iterator[keyring.backend.KeyringBackend]:
    parts = {name: getattr(vault, name) for name in dir(vault) if name.startswith(("Cred", "CRED"))}
    win32cred, pywintypes = module("win32cred", **parts), module("pywintypes", error=WindowsError)
    pywin32 = module("win32ctypes.pywin32", win32cred=win32cred, pywintypes=pywintypes)
    beside = {"win32ctypes": module("win32ctypes", pywin32=pywin32), "win32ctypes.pywin32": pywin32}
    with loaded("keyring.backends.Windows", beside) as found:
        yield found.WinVaultKeyring()


class Chain:
    """The Keychain's functions; ``is_denied`` refuses everything, as after a "Deny" in its question."""

    class Error(Exception):
        """Stands in for any error of the macOS keychain."""

    class NotFound(Error):
        """Stands in for the keychain's error for a key that it does not have."""

    class KeychainDenied(Error):
        """Stands in for the keychain's error after the user refused."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_denied = False

    def set_generic_password(self, keychain: object, service: str, username: str, password: str) -> None:
        self._ask()
        self.kept[service, username] = password

    def find_generic_password(self, keychain: object, service: str, username: str) -> str:
        self._ask()
        if (service, username) not in self.kept:
            raise self.NotFound
        return self.kept[service, username]

    def delete_generic_password(self, keychain: object, service: str, username: str) -> None:
        self._ask()
        if self.kept.pop((service, username), None) is None:
            raise self.NotFound

    def _ask(self) -> None:
        if self.is_denied:
            raise self.KeychainDenied


@contextmanager
def macos(chain: Chain) -> Iterator[keyring.backend.KeyringBackend]:
    parts = {name: getattr(chain, name) for name in dir(chain) if not name.startswith("_")}
    with loaded("keyring.backends.macOS", {"keyring.backends.macOS.api": module("keyring.backends.macOS.api", **parts)}) as found:
        yield found.Keyring()


class Wallet:
    """KWallet's interface on the bus; ``is_cancelled`` when the user closes its question."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_cancelled = False

    def networkWallet(self) -> str:
        return "kdewallet"

    def open(self, wallet: str, window: int, app: str) -> int:
        return -1 if self.is_cancelled else 7

    def isOpen(self, handle: int) -> bool:
        return not self.is_cancelled

    def hasFolder(self, handle: int, folder: str, app: str) -> bool:
        return False

    def hasEntry(self, handle: int, service: str, username: str, app: str) -> bool:
        return (service, username) in self.kept

    def readPassword(self, handle: int, service: str, username: str, app: str) -> str:
        return self.kept[service, username]

    def writePassword(self, handle: int, service: str, username: str, password: str, app: str) -> int:
        self.kept[service, username] = password
        return 0

    def removeEntry(self, handle: int, service: str, username: str, app: str) -> int:
        return 0 if self.kept.pop((service, username), None) is not None else -3


@contextmanager
def kwallet(wallet: Wallet, kind: str = "DBusKeyring") -> Iterator[keyring.backend.KeyringBackend]:
    class BusError(Exception):
        """Stands in for the error that dbus raises."""

    bus = SimpleNamespace(get_object=lambda name, path: wallet)
    dbus = module("dbus", SessionBus=lambda mainloop: bus, Interface=lambda remote, name: remote, DBusException=BusError)
    glib = module("dbus.mainloop.glib", DBusGMainLoop=lambda: None)
    beside = {"dbus": dbus, "dbus.mainloop": module("dbus.mainloop", glib=glib), "dbus.mainloop.glib": glib}
    with loaded("keyring.backends.kwallet", beside) as found:
        yield getattr(found, kind)()
