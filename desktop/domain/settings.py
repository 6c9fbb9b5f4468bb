"""What the user may set, and what the program remembers by itself between two starts: two frozen values.

A new setting is one line here: its name (which is its key in the settings file), what it is by itself, and which values it
may have; if people see it, it has a label in ``words/labels.py``. The values of a file that somebody edited are checked one by
one: one that is not allowed counts as not set, and the others keep. A value that the program makes is checked at birth,
because a wrong one is a fault of ours.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Self

from desktop.domain.history import DEFAULT_KEEP_DAYS, KEEP_DAYS
from desktop.domain.pacing import MOST_LANES

MOST_CREDITS = 10_000_000
_MOST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Rule:
    """Which values a setting may have, and how an engineer is told; what people call it stands in ``words/labels.py``."""

    allows: Callable[[object], bool]
    allowed: str


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _MOST_TEXT


def _is_ascii(value: object) -> bool:
    return isinstance(value, str) and _is_text(value) and value.isascii()


def _are_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(map(_is_text, value))


def _setting(default: Any, allows: Callable[[object], bool], allowed: str) -> Any:
    """A field with its rule; None always means that nobody set it, where that is what it is by itself."""

    def allows_also_nothing(value: object) -> bool:
        return (default is None and value is None) or allows(value)

    return field(default=default, metadata={"rule": Rule(allows_also_nothing, allowed)})


class _Kept:
    """Reading and checking, the same for both values."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for name, rule in rules_of(type(self)).items():
            value = getattr(self, name)
            if not rule.allows(value):
                raise ValueError(f"{name} may not be {value!r}: {rule.allowed}")

    @classmethod
    def read(cls, get: Callable[[str], object]) -> Self:
        """The value of what a file holds; ``get`` gives what it has under a key (JSON types), or None."""
        kept = {}
        for name, rule in rules_of(cls).items():
            value = get(name)
            value = tuple(value) if isinstance(value, list) else value
            if value is not None and rule.allows(value):
                kept[name] = value
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Settings(_Kept):
    """What the user can set, each with its rule."""

    lanes: int | None = _setting(
        None, lambda value: _whole(value, 1, MOST_LANES), f"1 to {MOST_LANES}, or as fast as Zoho allows"
    )
    credits_floor: int | None = _setting(None, lambda value: _whole(value, 1, MOST_CREDITS), "a whole number above 0")
    keep_runs_days: int = _setting(
        DEFAULT_KEEP_DAYS, lambda value: _whole(value, 0, max(KEEP_DAYS)) and value in KEEP_DAYS, "days"
    )
    language: str = _setting("", _is_ascii, "the code of a language, or nothing for the system's")
    update_address: str | None = _setting(None, _is_text, "an address, or nothing")


@dataclass(frozen=True, slots=True)
class Remembered(_Kept):
    """What the program remembers by itself; nobody is asked for it."""

    window_geometry: str = _setting("", lambda value: _is_text(value) and str(value).isascii(), "")
    last_folder: str = _setting("", _is_text, "")
    last_connection: str = _setting("", _is_text, "")
    pinned_runs: tuple[str, ...] = _setting((), _are_texts, "")


def rules_of(kept: type[_Kept]) -> dict[str, Rule]:
    """Return the rule of each field, by its name."""
    return {one.name: one.metadata["rule"] for one in fields(kept)}  # type: ignore[arg-type]  # each of them is a dataclass
