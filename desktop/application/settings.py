"""Settings and what is remembered: read whole, changed by name. The file behind them is the business of the storage room."""

from dataclasses import asdict, replace
from typing import Any, Protocol, TypeVar

from desktop.domain.settings import Remembered, Settings

Kept = TypeVar("Kept", Settings, Remembered)


class Values(Protocol):
    """Small values by their keys, kept between starts (JSON types). Neither call waits for the disk."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...


def settings_in(values: Values) -> Settings:
    """What the user has set; a value that is not allowed counts as not set."""
    return Settings.read(values.get)


def remembered_in(values: Values) -> Remembered:
    """Read what the program remembers by itself."""
    return Remembered.read(values.get)


def change_settings(values: Values, **changes: Any) -> Settings:
    """Set some settings and return all of them. Raises ValueError for a value that is not allowed; then nothing is set."""
    return _change(values, settings_in(values), changes)


def remember(values: Values, **changes: Any) -> Remembered:
    """Remember something and return all that is remembered. Raises ValueError as :func:`change_settings` does."""
    return _change(values, remembered_in(values), changes)


def _change(values: Values, before: Kept, changes: dict[str, Any]) -> Kept:
    after = replace(before, **changes)
    for name, value in asdict(after).items():
        if name in changes:
            values.set(name, list(value) if isinstance(value, tuple) else value)
    return after
