"""The list of saved connections: names, addresses, what is stored of a key, and files that are damaged or cannot be written."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import (
    ConnectionNotFound,
    KeyMissing,
    NameTaken,
    SecretStoreUnavailable,
    SettingsUnreadable,
    StorageUnwritable,
)
from desktop.storage.connections import ConnectionBook
from desktop.storage.secrets import KeyringSecrets, MemorySecrets

TOKEN = "1000.8cb99d0123456789abcdef0123456789.9b8f0123456789abcdef0123456789ab"
EU = Connection("id1", "eu", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", "https://accounts.zoho.eu")


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_connections_are_kept_without_their_secrets(tmp_path: Path) -> None:
    book = ConnectionBook(tmp_path / "connections.json", MemorySecrets())
    book.add(EU, Key.pasted(TOKEN))
    assert book.find("eu") == EU
    assert book.secret_of(EU) == Key.pasted(TOKEN)
    assert TOKEN not in (tmp_path / "connections.json").read_text("utf-8")
    assert os.name == "nt" or (tmp_path / "connections.json").stat().st_mode & 0o077 == 0
    book.remove(EU)
    assert list(book.all()) == []
    with pytest.raises(ConnectionNotFound):
        book.find("eu")
    with pytest.raises(SecretStoreUnavailable):
        book.secret_of(EU)


LASTING = Key(Secret("1000.used.up"), Secret("1000.refresh.token"), Client("1000.CLIENT", Secret("client-secret")), 3600)


def test_connections_stand_side_by_side_and_are_renamed(tmp_path: Path) -> None:
    book = ConnectionBook(tmp_path / "connections.json", MemorySecrets())
    other = replace(EU, id="id2", name="other")
    book.add(EU, LASTING)
    book.add(other, Key.pasted(TOKEN))
    renamed = book.rename(EU, "Head office")
    assert [one.name for one in book.all()] == ["Head office", "other"] and book.secret_of(renamed).lasts
    for name in ("other", "", " x", "-x", "practice", "one-off", "a\tb", "x" * 61):
        with pytest.raises(NameTaken):
            book.rename(renamed, name)
        with pytest.raises(NameTaken):
            book.rename(other, "Head office")
    assert book.rename(renamed, "Head office") == renamed


def test_a_run_finds_its_connection_under_another_name_and_after_a_new_sign_in_but_nowhere_else(tmp_path: Path) -> None:
    book = ConnectionBook(tmp_path / "connections.json", MemorySecrets())
    book.add(EU, LASTING)
    renamed = book.rename(EU, "Head office")
    assert book.find_again(EU) == renamed
    book.remove(renamed)
    book.add(replace(EU, id="new"), LASTING)
    assert book.find_again(EU).id == "new"
    book.add(replace(EU, id="new", environment=Environment.SANDBOX), LASTING)
    with pytest.raises(ConnectionNotFound):
        book.find_again(EU)


def test_nothing_is_saved_when_the_secret_cannot_be(tmp_path: Path) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # as above
    book = ConnectionBook(tmp_path / "connections.json", KeyringSecrets())
    with pytest.raises(SecretStoreUnavailable):
        book.add(EU, Key.pasted(TOKEN))
    assert not (tmp_path / "connections.json").exists()


@pytest.mark.parametrize("text", ["{", "null", '{"a": 1}', "\x00", "5", '"eu"', pytest.param("[" * 100_000, id="deep")])
def test_damaged_list_of_connections_is_reported_once_and_set_aside(text: str, tmp_path: Path) -> None:
    path = tmp_path / "connections.json"
    path.write_text(text, encoding="utf-8")
    book = ConnectionBook(path, MemorySecrets())
    with pytest.raises(SettingsUnreadable, match=r"connections\.damaged-"):
        book.all()
    assert [one.read_text("utf-8") for one in tmp_path.glob("connections.damaged-*.json")] == [text]
    book.add(EU, LASTING)
    assert book.all() == [EU]


EU_ENTRY = json.loads(json.dumps(asdict(EU)))
BAD_ENTRIES = [
    {"id": 1}, 3, None, [], "eu", {"environment": "moon"}, {**EU_ENTRY, "name": 5}, {**EU_ENTRY, "account": []},
    {**EU_ENTRY, "account": {"company": 1}}, {**EU_ENTRY, "relations": "Campaigns/Contacts"}, {**EU_ENTRY, "api_url": None},
    {**EU_ENTRY, "data_centre": "mars"}, {**EU_ENTRY, "api_version": "v1"},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_ENTRIES, ids=lambda bad: json.dumps(bad)[:40])
def test_one_damaged_entry_costs_that_entry_alone_and_stays_in_the_file(
    bad: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "connections.json"
    newer = {**asdict(EU), "colour": "blue", "account": {**asdict(EU.account), "phone": "1"}}
    path.write_text(json.dumps([bad, newer]), "utf-8")
    book = ConnectionBook(path, MemorySecrets())
    assert book.all() == [EU] and book.left_out() == 1
    assert "left out: [1]" in caplog.text
    other = replace(EU, id="id2", name="other")
    book.add(other, LASTING)
    book.rename(EU, "Head office")
    assert [one.name for one in book.all()] == ["Head office", "other"]
    kept = json.loads(path.read_text("utf-8"))
    assert bad in kept and len(kept) == 3
    renamed = next(one for one in kept if isinstance(one, dict) and one.get("name") == "Head office")
    assert (renamed["colour"], renamed["account"]["phone"]) == ("blue", "1")
    book.remove(other)
    assert bad in json.loads(path.read_text("utf-8"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a file that may not be read")
def test_a_list_that_may_not_be_read_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "connections.json"
    path.touch(mode=0)
    with pytest.raises(SettingsUnreadable, match="permission-denied"):
        ConnectionBook(path, MemorySecrets()).all()
    assert path.exists()


def test_a_list_that_cannot_be_written_leaves_no_key_behind(tmp_path: Path) -> None:
    folder, secrets = tmp_path / "gone", MemorySecrets()
    book = ConnectionBook(folder / "connections.json", secrets)
    with pytest.raises(StorageUnwritable, match="path-leads-nowhere"):
        book.add(EU, LASTING)
    with pytest.raises(KeyMissing):
        secrets.fetch(EU.id)
