"""Settings outlast the program, wait for no busy disk, and start anew where their file is damaged."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from desktop.compose import RESOURCES
from desktop.storage.settings import SettingsFile
from tests.patience import PATIENCE_S

ROOT = RESOURCES.parent


def test_settings_are_remembered_and_damaged_ones_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = SettingsFile(path)
    settings.set("folder", "/a")
    assert settings.flush(10)
    assert SettingsFile(path).get("folder") == "/a"
    path.write_text("{", encoding="utf-8")
    assert SettingsFile(path).get("folder", "nothing") == "nothing"
    assert len(list(tmp_path.glob("settings.damaged-*.json"))) == 1


def test_a_setting_does_not_wait_for_a_busy_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, is_free, written = tmp_path / "settings.json", Event(), list[dict[str, object]]()

    def write_late(_: Path, values: dict[str, object]) -> None:
        is_free.wait(PATIENCE_S)
        written.append(values)
        path.write_text(json.dumps(values), encoding="utf-8")

    monkeypatch.setattr("desktop.storage.settings.write_json", write_late)
    settings = SettingsFile(path)
    for number in range(5):
        settings.set("folder", number)
    assert settings.get("folder") == 4
    assert written == [] and not settings.flush(0.01)
    is_free.set()
    assert settings.flush(10)
    assert SettingsFile(path).get("folder") == 4
    assert len(written) <= 2, "what was set meanwhile is written once"


def test_settings_reach_the_disk_before_the_program_ends(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    code = "import sys; from pathlib import Path; from desktop.storage.settings import SettingsFile"
    code += "; SettingsFile(Path(sys.argv[1])).set('a', 1)"
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=True)
    assert json.loads(path.read_text("utf-8")) == {"a": 1}


def test_a_value_that_is_as_it_was_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, written = tmp_path / "settings.json", list[object]()
    settings = SettingsFile(path)
    settings.set("folder", "/a")
    assert settings.flush(PATIENCE_S)
    monkeypatch.setattr("desktop.storage.settings.write_json", lambda _, values: written.append(values))
    settings.set("folder", "/a")
    assert settings.flush(PATIENCE_S) and written == []


def test_a_disk_that_refuses_a_value_loses_that_value_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    settings = SettingsFile(tmp_path / "settings.json")
    with monkeypatch.context() as patched:
        patched.setattr("desktop.storage.settings.write_json", refuse)
        settings.set("folder", "/a")
        assert settings.flush(PATIENCE_S)
    assert settings.get("folder") == "/a" and "could not be written" in caplog.text
    settings.set("width", 7)
    assert settings.flush(PATIENCE_S)
    assert json.loads((tmp_path / "settings.json").read_text("utf-8")) == {"folder": "/a", "width": 7}


@pytest.mark.parametrize("text", ["[]", "7", "null", "[" * 100_000, "\ufffe"])
def test_a_file_of_something_else_is_damaged_too(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    assert SettingsFile(path).get("folder", "nothing") == "nothing"
    (aside,) = tmp_path.glob("settings.damaged-*.json")
    assert aside.read_text("utf-8") == text and not path.exists()


def test_damaged_settings_that_cannot_be_set_aside_start_anew_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    path = tmp_path / "settings.json"
    path.write_text("{", "utf-8")
    monkeypatch.setattr(Path, "rename", refuse)
    assert SettingsFile(path).get("folder") is None
    assert "could not be set aside" in caplog.text
