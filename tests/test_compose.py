"""The composition root: whose settings count, where things are kept, and a practice room that ends."""

import os
from pathlib import Path

import pytest

from desktop.application.serving import one_off_connection
from desktop.compose import PracticeRoom, build_services, data_folder, log_file
from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME, Environment
from desktop.domain.errors import SheetUnreadable, StorageUnwritable
from desktop.storage.secrets import MemorySecrets


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DELINK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize("name", ["SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_no_variable_decides_whom_to_trust(home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "/somewhere")
    build_services(MemorySecrets())
    assert name not in os.environ


def test_everything_is_kept_below_the_one_folder(home: Path) -> None:
    services = build_services(MemorySecrets())
    assert services.home_folder == data_folder() == home
    assert home in log_file().parents and services.samples_folder.is_dir()


def test_a_folder_that_cannot_be_made_is_one_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DELINK_HOME", str(tmp_path / "file"))
    with pytest.raises(StorageUnwritable):
        build_services(MemorySecrets())


def test_what_was_pasted_is_kept_with_half_characters_and_without_the_zero_at_its_end(home: Path) -> None:
    services = build_services(MemorySecrets())
    assert services.keep_pasted("a\tb\ud83d\0").read_text("utf-8") == "a\tb?"
    path = services.keep_pasted("")
    path.unlink()
    path.mkdir()
    with pytest.raises(SheetUnreadable):
        services.keep_pasted("a")


def test_a_practice_room_starts_once_and_anew_after_its_end(tmp_path: Path) -> None:
    room = PracticeRoom(tmp_path / "practice.sqlite")
    room.close()
    first = room.start()
    try:
        connection, key = room.connect()
        assert (connection.id, connection.api_url, room.start()) == (PRACTICE_NAME, first.api_url, first)
        assert key.access_token.reveal()
    finally:
        room.close()
    assert room.start() is not first
    room.close()


def test_a_practice_state_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "practice.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageUnwritable):
        PracticeRoom(tmp_path / "practice.sqlite").start()


def test_a_connection_for_one_command_has_no_name_of_its_own() -> None:
    found = one_off_connection("eu", Environment.SANDBOX, "https://sandbox.zohoapis.eu", "https://accounts.zoho.eu")
    assert (found.id, found.name, found.environment) == (ONE_OFF_NAME, ONE_OFF_NAME, Environment.SANDBOX)
