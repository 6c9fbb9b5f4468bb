"""Secrets: in a real keyring or nowhere; never in a file, a log or a print."""

import json
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from desktop.domain.connections import Connection, Environment
from desktop.domain.errors import ConnectionNotFound, SecretStoreUnavailable, SettingsUnreadable
from desktop.storage.connections import ConnectionBook
from desktop.storage.logs import redacted, start_logging
from desktop.storage.paths import Paths
from desktop.storage.secrets import KeyringSecrets, MemorySecrets
from desktop.storage.settings import SettingsFile

TOKEN = "1000.8cb99d0123456789abcdef0123456789.9b8f0123456789abcdef0123456789ab"
EU = Connection("id1", "eu", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", "https://accounts.zoho.eu")


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.secret_service
def test_a_secret_goes_through_a_real_secret_service(tmp_path: Path) -> None:
    from keyring.backends.SecretService import Keyring

    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]  # keyring's backends carry no annotations
    secrets = KeyringSecrets()
    secrets.store("delink-test", TOKEN)
    assert secrets.fetch("delink-test") == TOKEN
    kept = Path(os.environ["XDG_DATA_HOME"])
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert files, "the service wrote no file, so nothing was proven"
    assert not any(TOKEN.encode() in path.read_bytes() for path in files)
    secrets.forget("delink-test")
    with pytest.raises(SecretStoreUnavailable):
        secrets.fetch("delink-test")
    secrets.forget("delink-test")


class _Backend(keyring.backend.KeyringBackend):
    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


class _Lying(_Backend):
    def get_password(self, service: str, username: str) -> str | None:
        return "something else"


class _Slow(_Backend):
    def set_password(self, service: str, username: str, password: str) -> None:
        threading.Event().wait(5)


def posing_as(name: str, backend: type[_Backend]) -> _Backend:
    """A store of ours under the name of one that is trusted."""
    module, _, kind = name.rpartition(".")
    posing: type[_Backend] = type(kind, (backend,), {"__module__": module})
    return posing()


@pytest.mark.parametrize("backend", [keyring.backends.null.Keyring, keyring.backends.fail.Keyring, _Backend])
def test_a_store_that_is_not_the_systems_own_is_refused(backend: type[keyring.backend.KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    for call in (lambda: KeyringSecrets().store("k", TOKEN), lambda: KeyringSecrets().fetch("k"), KeyringSecrets().backend_name):
        with pytest.raises(SecretStoreUnavailable):
            call()


@pytest.mark.parametrize("backend", [_Lying, _Slow])
def test_a_store_that_lies_or_hangs_is_refused(backend: type[_Backend]) -> None:
    keyring.set_keyring(posing_as("keyring.backends.SecretService.Keyring", backend))
    with pytest.raises(SecretStoreUnavailable):
        KeyringSecrets(timeout_s=0.2).store("k", TOKEN)


def test_the_windows_limit_is_guarded() -> None:
    backend = posing_as("keyring.backends.Windows.WinVaultKeyring", _Backend)
    keyring.set_keyring(backend)
    with pytest.raises(SecretStoreUnavailable):
        KeyringSecrets().store("k", "x" * 1281)
    KeyringSecrets().store("k", "x" * 1280)
    assert backend.kept["k"] == "x" * 1280


def test_connections_are_kept_without_their_secrets(tmp_path: Path) -> None:
    book = ConnectionBook(tmp_path / "connections.json", MemorySecrets())
    book.add(EU, TOKEN)
    assert book.find("eu") == EU
    assert book.secret_of(EU) == TOKEN
    assert TOKEN not in (tmp_path / "connections.json").read_text("utf-8")
    assert os.name == "nt" or (tmp_path / "connections.json").stat().st_mode & 0o077 == 0
    book.remove(EU)
    assert list(book.all()) == []
    with pytest.raises(ConnectionNotFound):
        book.find("eu")
    with pytest.raises(SecretStoreUnavailable):
        book.secret_of(EU)


def test_nothing_is_saved_when_the_secret_cannot_be(tmp_path: Path) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # as above
    book = ConnectionBook(tmp_path / "connections.json", KeyringSecrets())
    with pytest.raises(SecretStoreUnavailable):
        book.add(EU, TOKEN)
    assert not (tmp_path / "connections.json").exists()


def test_a_damaged_list_of_connections_is_told(tmp_path: Path) -> None:
    (tmp_path / "connections.json").write_text('[{"id": 1}]', encoding="utf-8")
    with pytest.raises(SettingsUnreadable):
        ConnectionBook(tmp_path / "connections.json", MemorySecrets()).all()


def test_settings_are_remembered_and_damaged_ones_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).set("folder", "/a")
    assert SettingsFile(path).get("folder") == "/a"
    path.write_text("{", encoding="utf-8")
    assert SettingsFile(path).get("folder", "nothing") == "nothing"
    assert len(list(tmp_path.glob("settings.damaged-*.json"))) == 1


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Zoho-oauthtoken {TOKEN}",
        f"{{'Authorization': 'Zoho-oauthtoken {TOKEN}'}}",
        f"access_token={TOKEN}&x=1",
        json.dumps({"refresh_token": TOKEN, "client_secret": TOKEN}),
        f"Proxy-Authorization: Basic {TOKEN}",
        f"just {TOKEN} in a sentence",
        f"https://accounts.zoho.eu/oauth/v2/token?code={TOKEN}",
    ],
)
def test_no_secret_reaches_the_log(line: str, tmp_path: Path) -> None:
    assert TOKEN not in redacted(line)
    path = start_logging(tmp_path, verbose=True)
    try:
        raise ValueError(line)
    except ValueError:
        logging.getLogger("some.child").exception("it failed: %s", line)
    for handler in logging.getLogger().handlers:
        handler.close()
    logging.getLogger().handlers.clear()
    written = path.read_text("utf-8")
    assert "it failed" in written and TOKEN not in written and TOKEN[:20] not in written


def test_all_folders_move_with_the_home_and_are_private(tmp_path: Path) -> None:
    paths = Paths.for_home(tmp_path / "deep" / "home")
    for folder in (paths.runs, paths.results, paths.practice, paths.logs):
        assert folder.is_dir() and folder.is_relative_to(tmp_path)
        assert sys.platform == "win32" or folder.stat().st_mode & 0o077 == 0
    assert paths.settings_file.parent == paths.home
    assert "Delink" in str(Paths.for_home(None).home)
