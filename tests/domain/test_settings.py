"""Settings are checked one by one when they are read, and whole when the program makes them."""

import pytest

from desktop.domain.history import KEEP_DAYS
from desktop.domain.pacing import MOST_LANES
from desktop.domain.settings import Remembered, Settings, rules_of

WRONG: dict[str, tuple[object, ...]] = {
    "lanes": (0, MOST_LANES + 1, True, 3.0, "3", [], -1),
    "credits_floor": (0, -5, False, 1.5, "500", 10_000_001),
    "keep_runs_days": (1, -30, "90", True, 91, 90.0),
    "language": (5, True, ["de"], "ä", None, "x" * 10_001),
    "update_address": (5, True, ["a"], "x" * 10_001),
}
NOT_ALLOWED = [(name, value) for name, values in WRONG.items() for value in values]


@pytest.mark.parametrize(("name", "value"), NOT_ALLOWED)
def test_a_stored_value_that_is_not_allowed_counts_as_not_set_and_the_others_keep(name: str, value: object) -> None:
    stored = {
        "lanes": 3,
        "credits_floor": 500,
        "keep_runs_days": 30,
        "language": "de",
        "update_address": "https://a.example",
        name: value,
    }
    kept = {key: stored_value for key, stored_value in stored.items() if key != name}
    assert Settings.read(stored.get) == Settings(**kept)  # type: ignore[arg-type]  # each has its own type


@pytest.mark.parametrize(("name", "value"), NOT_ALLOWED)
def test_a_value_that_is_not_allowed_cannot_be_made(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{name} may not be"):
        Settings(**{name: value})  # type: ignore[arg-type]  # what a careless caller might do


def test_each_allowed_end_of_a_range_is_allowed() -> None:
    for lanes in (None, 1, MOST_LANES):
        assert Settings(lanes=lanes).lanes == lanes
    for days in KEEP_DAYS:
        assert Settings(keep_runs_days=days).keep_runs_days == days


def test_what_is_remembered_is_read_from_the_lists_of_a_file() -> None:
    stored = {"pinned_runs": ["a", "b"], "last_folder": "/b", "window_geometry": "ä", "last_connection": None}
    assert Remembered.read(stored.get) == Remembered(last_folder="/b", pinned_runs=("a", "b"))
    assert Remembered.read({"pinned_runs": ["a", 5]}.get) == Remembered()


def test_every_setting_says_what_is_allowed() -> None:
    assert all(rule.allowed for rule in rules_of(Settings).values())
