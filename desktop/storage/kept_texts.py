"""Stores a text in a file by its name and its facts, so that whoever opens the file reads it in their own language.

Older files hold English sentences in the same places. Those are read and shown as they are.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desktop.domain.texts import Fact, Text


def encode_text(text: Text | str) -> Any:
    """Encode a text as a JSON value: an object, or a plain string if it is no sentence of ours."""
    return _encoded(text)


def decode_text(value: Any) -> Text | str:
    """Decode what :func:`encode_text` made. Raises KeyError, TypeError or ValueError for anything else."""
    text = _decoded(value)
    if not isinstance(text, Text | str):
        raise TypeError("a number or a list is no text")
    return text


def _encoded(fact: Fact) -> Any:
    match fact:
        case Text():
            return {"text": fact.name, "facts": {name: _encoded(value) for name, value in fact.facts.items()}}
        case datetime():  # before date, of which it is a subclass
            return {"moment": fact.isoformat()}
        case date():
            return {"day": fact.isoformat()}
        case tuple():
            return [_encoded(part) for part in fact]
        case _:
            return fact


def _decoded(value: Any) -> Fact:
    match value:
        case str() | int() | float():
            return value
        case list():
            return tuple(map(_decoded, value))
        case {"text": str() as name, "facts": Mapping() as facts}:
            return Text(name, **{str(key): _decoded(fact) for key, fact in facts.items()})
        case {"moment": str() as moment}:
            return datetime.fromisoformat(moment)
        case {"day": str() as day}:
            return date.fromisoformat(day)
        case _:
            raise TypeError("it is no fact of a text")
