"""The stores of Windows, macOS and KDE through keyring's own classes: what is kept, how much fits, whether it is forgotten."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest
from keyring.backends.chainer import ChainerBackend

from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import KeyNotForgotten, SecretStoreUnavailable
from desktop.storage.connections import ConnectionBook
from desktop.storage.keys import encode_key
from desktop.storage.secrets import WINDOWS_CHARACTERS, KeyringSecrets
from desktop.words import say_text
from desktop.words.errors import explain_error
from tests.storage.keyrings import Kept, posing_as
from tests.storage.system_stores import BLOB_BYTES, Chain, Vault, Wallet, kwallet, macos, windows

EU = Connection("0123456789abcdef" * 2, "eu", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", "https://accounts.zoho.eu")
# As Zoho makes them: 1000.<32>.<32>, ids of 35 characters behind "1000.", secrets of 42; the longest that were seen.
REFRESH = "1000." + "r" * 32 + "." + "s" * 32
CLIENT = Client("1000." + "C" * 35, Secret("c" * 64))
KEY = Key(refresh_token=Secret(REFRESH), client=CLIENT)

Store = Callable[[], AbstractContextManager[keyring.backend.KeyringBackend]]
STORES: dict[str, Store] = {
    "Windows": lambda: windows(Vault()),
    "macOS": lambda: macos(Chain()),
    "KWallet": lambda: kwallet(Wallet()),
    "KWallet 4": lambda: kwallet(Wallet(), "DBusKeyringKWallet4"),
}


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.parametrize("name", list(STORES))
def test_several_connections_are_kept_renewed_and_forgotten(name: str, tmp_path: Path) -> None:
    with STORES[name]() as backend:
        keyring.set_keyring(backend)
        book = ConnectionBook(tmp_path / "connections.json", KeyringSecrets())
        assert say_text(book.store_name()).startswith(("the Windows", "the macOS", "KWallet"))
        places = [replace(EU, id=f"id{number}", name=f"c{number}") for number in range(4)]
        for number, place in enumerate(places):
            book.add(place, replace(KEY, refresh_token=Secret(f"{REFRESH}{number}")))
        book.add(places[0], replace(KEY, refresh_token=Secret(f"{REFRESH}new")))
        kept = [book.secret_of(place).refresh_token.reveal() for place in places]
        assert kept == [f"{REFRESH}new", f"{REFRESH}1", f"{REFRESH}2", f"{REFRESH}3"]
        for place in places:
            book.remove(place)
            with pytest.raises(SecretStoreUnavailable):
                book.secret_of(place)
        KeyringSecrets().forget("never stored")
        assert not list(book.all())


def test_on_windows_a_key_stays_on_this_computer_and_the_longest_fits() -> None:
    vault = Vault()
    with windows(vault) as backend:
        keyring.set_keyring(backend)
        longest = max((encode_key(place, KEY) for place in all_places()), key=len)
        assert len(longest) * 2 <= BLOB_BYTES and len(longest) <= WINDOWS_CHARACTERS
        KeyringSecrets().store("one", longest)
        KeyringSecrets().store("two", "x" * WINDOWS_CHARACTERS)
        assert {one["Persist"] for one in vault.kept.values()} == {Vault.CRED_PERSIST_LOCAL_MACHINE}, "none roams with a profile"
        for text in ("x" * (WINDOWS_CHARACTERS + 1), "\N{GRINNING FACE}" * (WINDOWS_CHARACTERS // 2 + 1)):
            with pytest.raises(SecretStoreUnavailable, match="keyring-of-windows-too-small"):
                KeyringSecrets().store("three", text)
        assert KeyringSecrets().fetch("one") == longest


def all_places() -> Iterator[Connection]:
    for centre in DATA_CENTRES.values():
        for environment in (Environment.PRODUCTION, Environment.SANDBOX, Environment.DEVELOPER):
            yield EU.at(centre, environment)


def test_keychain_or_wallet_that_keeps_a_key_raises() -> None:
    chain, wallet = Chain(), Wallet()
    stores: list[tuple[AbstractContextManager[Any], Any, str]] = [
        (macos(chain), chain, "is_denied"),
        (kwallet(wallet), wallet, "is_cancelled"),
    ]
    for store, system, refuses in stores:
        with store as backend:
            keyring.set_keyring(backend)
            KeyringSecrets().store("k", REFRESH)
            setattr(system, refuses, True)
            with pytest.raises(KeyNotForgotten) as caught:
                KeyringSecrets().forget("k")
            assert "Unlock the keyring" in explain_error(caught.value).in_one_line()
            with pytest.raises(SecretStoreUnavailable):
                KeyringSecrets().fetch("k")
            setattr(system, refuses, False)
            assert KeyringSecrets().fetch("k") == REFRESH


def test_a_store_that_says_it_deleted_nothing_and_still_has_it_is_told() -> None:
    class Keeping(Kept):
        """A store that says it deleted nothing, and keeps the secret."""

        def delete_password(self, service: str, username: str) -> None:
            raise keyring.errors.PasswordDeleteError("not now")

    keyring.set_keyring(posing_as("keyring.backends.SecretService.Keyring", Keeping))
    KeyringSecrets().store("k", REFRESH)
    with pytest.raises(KeyNotForgotten, match="keyring-still-has-key"):
        KeyringSecrets().forget("k")
    KeyringSecrets().forget("another, which it never had")


@pytest.mark.parametrize(
    ("members", "is_safe"),
    [
        (("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring"), True),
        (("keyring.backends.kwallet.DBusKeyring", "keyring.backends.kwallet.DBusKeyringKWallet4"), True),
        (("keyring.backends.SecretService.Keyring", "keyrings.alt.file.PlaintextKeyring"), False),
        (("keyrings.alt.file.PlaintextKeyring", "keyring.backends.SecretService.Keyring"), False),
        (("keyring.backends.SecretService.Keyring", "keyring.backends.null.Keyring"), False),
    ],
)
def test_keyrings_own_chain_is_taken_only_with_safe_members(
    members: tuple[str, ...], is_safe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = set(keyring.backend.KeyringBackend._classes)
    stores = [posing_as(name, Kept) for name in members]
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: stores)
    keyring.set_keyring(ChainerBackend())  # type: ignore[no-untyped-call]  # keyring's backends carry no annotations
    if is_safe:
        KeyringSecrets().store("k", REFRESH)
        assert KeyringSecrets().fetch("k") == REFRESH
        KeyringSecrets().forget("k")
    else:
        with pytest.raises(SecretStoreUnavailable, match="keyring-unsafe"):
            KeyringSecrets().store("k", REFRESH)
    assert not any(store.kept for store in stores)
    keyring.backend.KeyringBackend._classes = known
