"""The text that a keyring holds of a key: no more than is needed, and given back for its own addresses only."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.credentials import NO_SECRET, Client, Key, Secret
from desktop.domain.errors import (
    KeyMissing,
)
from desktop.storage.connections import ConnectionBook
from desktop.storage.keys import decode_key, encode_key
from desktop.storage.secrets import WINDOWS_CHARACTERS, MemorySecrets
from tests.storage.test_connections import EU, LASTING, TOKEN


def test_of_a_key_only_what_is_needed_is_stored_and_it_fits_windows(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    book = ConnectionBook(tmp_path / "connections.json", secrets)
    book.add(EU, LASTING)
    stored = secrets.fetch(EU.id)
    assert LASTING.access_token.reveal() not in stored
    long = Key(NO_SECRET, Secret(TOKEN), Client("1000." + "C" * 35, Secret("s" * 42)))
    assert len(encode_key(replace(EU, api_url="https://developer.zohoapis.com.au"), long)) < 500 < WINDOWS_CHARACTERS
    kept = book.secret_of(EU)
    assert (kept.refresh_token, kept.client, kept.access_token) == (LASTING.refresh_token, LASTING.client, NO_SECRET)


def test_a_key_is_given_only_for_the_addresses_that_it_was_stored_with(tmp_path: Path) -> None:
    book = ConnectionBook(tmp_path / "connections.json", MemorySecrets())
    book.add(EU, LASTING)
    for url in ("https://www.zohoapis.com", "http://127.0.0.1:8080", ""):
        for changed in (replace(EU, api_url=url), replace(EU, accounts_url=url)):
            with pytest.raises(KeyMissing):
                book.secret_of(changed)
    assert book.secret_of(EU).lasts


@pytest.mark.parametrize("text", ["", "1000.plain.token", "[]", "{}", '{"for":1}', '{"for":["a","b"]}', "null"])
def test_text_that_is_no_key_of_ours_is_refused(text: str) -> None:
    with pytest.raises(KeyMissing):
        decode_key(EU, text)


def test_a_pasted_token_is_all_that_is_stored_of_its_key() -> None:
    text = encode_key(EU, Key.pasted(TOKEN))
    assert json.loads(text) == {"access_token": TOKEN, "for": [EU.api_url, EU.accounts_url]}
    assert decode_key(EU, text) == Key.pasted(TOKEN)


def test_a_refusal_does_not_tell_what_the_keyring_holds() -> None:
    for text in (encode_key(replace(EU, api_url="https://www.zohoapis.com"), Key.pasted(TOKEN)), TOKEN):
        with pytest.raises(KeyMissing) as caught:
            decode_key(EU, text)
        assert TOKEN not in f"{caught.value}{caught.value.__cause__}" and caught.value.__suppress_context__ is (text == TOKEN)
