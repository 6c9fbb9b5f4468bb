"""Settings are changed by name in the file that keeps them; what was there of others stays."""

from pathlib import Path

import pytest

from desktop.application.settings import change_settings, remember, remembered_in, settings_in
from desktop.domain.settings import Remembered, Settings
from desktop.storage.settings import SettingsFile


def test_what_is_changed_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"credits_floor": 500, "unknown": [1]}', encoding="utf-8")
    values = SettingsFile(path)
    assert change_settings(values, lanes=4) == Settings(lanes=4, credits_floor=500)
    assert remember(values, pinned_runs=("b", "a"), last_folder="/sheets") == Remembered("", "/sheets", "", ("b", "a"))
    values.flush()
    again = SettingsFile(path)
    assert settings_in(again) == Settings(lanes=4, credits_floor=500)
    assert remembered_in(again).pinned_runs == ("b", "a")
    assert again.get("unknown") == [1] and again.get("keep_runs_days") is None, "nothing else was written"


def test_a_change_that_is_not_allowed_changes_nothing(tmp_path: Path) -> None:
    values = SettingsFile(tmp_path / "settings.json")
    with pytest.raises(ValueError, match="lanes"):
        change_settings(values, lanes=0, credits_floor=7)
    assert settings_in(values) == Settings()
