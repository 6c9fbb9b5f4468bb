"""Secrets: in a real keyring or nowhere; never in a file, a log or a print."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import (
    SecretStoreUnavailable,
)
from desktop.domain.redaction import redacted
from desktop.domain.texts import Text
from desktop.storage.connections import ConnectionBook
from desktop.storage.logs import start_logging
from desktop.storage.secrets import KeyringSecrets, MemorySecrets
from tests.patience import PATIENCE_S
from tests.storage.keyrings import Kept, posing_as

ROOT = Path(__file__).resolve().parents[2]
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


class Lying(Kept):
    """A store that gives back another secret than it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        return "something else"


class Hanging(Kept):
    """A store that answers only when nobody waits any more."""

    held = threading.Event()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held.wait(PATIENCE_S)
        super().set_password(service, username, password)


class Plain(Kept):
    """Writes what it is given to a file."""

    file = Path()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.file.write_text(password, encoding="utf-8")

    def get_password(self, service: str, username: str) -> str | None:
        return self.file.read_text("utf-8") if self.file.exists() else None


def chained(*members: keyring.backend.KeyringBackend) -> keyring.backend.KeyringBackend:
    """keyring's own chain, with members of our choice."""
    chain = type("ChainerBackend", (Kept,), {"__module__": "keyring.backends.chainer", "backends": list(members)})
    return chain()  # type: ignore[no-any-return]


TRUSTED = "keyring.backends.SecretService.Keyring"
HOSTILE: dict[str, Callable[[], keyring.backend.KeyringBackend]] = {
    "null": keyring.backends.null.Keyring,
    "fail": keyring.backends.fail.Keyring,
    "a stranger": Kept,
    "a file": lambda: posing_as("keyrings.alt.file.PlaintextKeyring", Plain),
    "an encrypted file": lambda: posing_as("keyrings.alt.file.EncryptedKeyring", Plain),
    "a trusted module's other class": lambda: posing_as("keyring.backends.SecretService.PlaintextKeyring", Plain),
    "a chain to a file": lambda: chained(posing_as(TRUSTED, Kept), posing_as("keyrings.alt.file.PlaintextKeyring", Plain)),
    "an empty chain": chained,
    "one that lies": lambda: posing_as(TRUSTED, Lying),
    "one that hangs": lambda: posing_as(TRUSTED, Hanging),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_no_hostile_store_gets_a_key_to_keep(name: str, tmp_path: Path) -> None:
    Plain.file, Hanging.held = tmp_path / "passwords.txt", threading.Event()
    backend = HOSTILE[name]()
    keyring.set_keyring(backend)
    book = ConnectionBook(tmp_path / "connections.json", KeyringSecrets(timeout_s=0.3))
    with pytest.raises(SecretStoreUnavailable):
        book.add(EU, Key.pasted(TOKEN))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()], "neither a key nor a connection is on disk"
    if name == "one that hangs":
        Hanging.held.set()
        late = cast(Kept, backend)
        deadline = time.monotonic() + 10
        while threading.active_count() > 1 and any(one.name == "keyring" for one in threading.enumerate()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert late.kept == {}, "what it stored after it was given up, it forgot again"


@pytest.mark.parametrize("how", ["variable", "settings file"])
def test_a_store_that_somebody_else_chose_is_refused(how: str, tmp_path: Path) -> None:
    """keyring loads what a variable or a file names; the program then has no keyring, and no key is written."""
    (tmp_path / "kept_in_file.py").write_text(
        "import keyring.backend, pathlib\n"
        "class Keyring(keyring.backend.KeyringBackend):\n"
        "    priority = 9\n"
        f"    def set_password(self, s, u, p): pathlib.Path({str(tmp_path / 'stolen.txt')!r}).write_text(p)\n"
        "    def get_password(self, s, u): return None\n"
        "    def delete_password(self, s, u): pass\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "DELINK_HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path)}
    if how == "variable":
        environment["PYTHON_KEYRING_BACKEND"] = "kept_in_file.Keyring"
    else:
        folder = tmp_path / "config" / "python_keyring"
        folder.mkdir(parents=True)
        rc = f"[backend]\ndefault-keyring=kept_in_file.Keyring\nkeyring-path={tmp_path}\n"
        (folder / "keyringrc.cfg").write_text(rc, encoding="utf-8")
        environment["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    command = [
        sys.executable,
        "-m",
        "desktop",
        "connections",
        "add",
        "eu",
        "--data-centre",
        "eu",
        "--access-token",
        "-",
        "--json",
    ]
    ended = subprocess.run([*command, "--json"], env=environment, input=TOKEN, capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 3 and '"no_keyring"' in ended.stdout, ended.stderr
    held = [path for path in tmp_path.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert not held


LOCKED = """
printf first | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
"$0" -c "
import keyring, secretstorage
keyring.set_password('x', 'y', 'z')
collection = secretstorage.get_default_collection(secretstorage.dbus_init())
collection.lock()
assert collection.is_locked()
from desktop.domain.errors import SecretStoreUnavailable
from desktop.storage.secrets import KeyringSecrets
from desktop.words import say_text
try:
    KeyringSecrets(timeout_s=2).store('k', 'secret-of-the-locked-keyring')
except SecretStoreUnavailable as error:
    print('refused:', say_text(error.detail), flush=True)
    raise SystemExit(0)
raise SystemExit(91)
"
"""


@pytest.mark.secret_service
def test_a_real_keyring_that_is_locked_is_given_up_in_time(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path),
                   "PYTHONPATH": str(ROOT), "DISPLAY": ""}  # fmt: skip
    environment.pop("GNOME_KEYRING_CONTROL", None)
    ended = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", LOCKED, sys.executable],
        env=environment, capture_output=True, text=True, timeout=PATIENCE_S, cwd=ROOT,
    )  # fmt: skip
    assert ended.returncode == 0 and "refused:" in ended.stdout, ended.stderr
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"secret-of-the-locked-keyring" in path.read_bytes()]


def test_the_windows_limit_is_guarded() -> None:
    backend = posing_as("keyring.backends.Windows.WinVaultKeyring", Kept)
    backend.persist = "enterprise"  # type: ignore[attr-defined]
    keyring.set_keyring(backend)
    with pytest.raises(SecretStoreUnavailable):
        KeyringSecrets().store("k", "x" * 1281)
    KeyringSecrets().store("k", "x" * 1280)
    assert backend.kept["k"] == "x" * 1280
    assert backend.persist == "local machine", "the key does not roam with the profile"  # type: ignore[attr-defined]


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
        f"Please check proxy URL. It is malformed: http://ann:{TOKEN}@proxy.example:3128",
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


class Watched(MemorySecrets):
    """Looks at the list of connections when a key is about to be kept, and can refuse it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.named: list[str] = []
        self.refuses = False

    def store(self, key: str, secret: str) -> None:
        self.named = [one["id"] for one in json.loads(self.path.read_text("utf-8"))]
        if self.refuses:
            raise SecretStoreUnavailable("it is locked")
        super().store(key, secret)


def test_a_key_is_kept_only_when_a_connection_names_it_and_a_refusal_changes_nothing(tmp_path: Path) -> None:
    """A program that dies in between leaves no key that nothing names."""
    path = tmp_path / "connections.json"
    secrets = Watched(path)
    book = ConnectionBook(path, secrets)
    book.add(EU, Key.pasted(TOKEN))
    assert secrets.named == ["id1"]
    before = path.read_bytes()
    secrets.refuses = True
    with pytest.raises(SecretStoreUnavailable):
        book.add(replace(EU, id="id2", name="us"), Key.pasted(TOKEN))
    assert secrets.named == ["id1", "id2"] and path.read_bytes() == before
    assert book.secret_of(EU).access_token.reveal() == TOKEN


class Broken(Kept):
    """A store whose own code fails."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the bus went away with the secret")


def test_failure_of_a_store_is_reported_without_its_words() -> None:
    keyring.set_keyring(posing_as(TRUSTED, Broken))
    with pytest.raises(SecretStoreUnavailable) as caught:
        KeyringSecrets().fetch("id1")
    assert caught.value.detail == Text("keyring-failed")


def test_settings_of_keyring_that_cannot_be_read_are_no_choice_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they would choose is not known, and it might be anything."""
    folder = tmp_path / "python_keyring"
    folder.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("keyring.util.platform_.config_root", lambda: folder)
    keyring.set_keyring(posing_as(TRUSTED, Kept))
    for damage in (b"default-keyring=evil.Keyring\n", b"[backend]\ndefault-keyring=\xff\xfe\n"):
        (folder / "keyringrc.cfg").write_bytes(damage)
        with pytest.raises(SecretStoreUnavailable) as caught:
            KeyringSecrets().store("id1", "x")
        assert caught.value.detail == Text("keyring-settings-unreadable")
