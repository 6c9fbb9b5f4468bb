"""A text in a file: by its name and its facts, so that whoever opens the file reads it in their own language.

Files of before hold English words in the same places. Those are read as they are, and shown as they are.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desktop.domain.texts import Fact, Text


def encode_text(text: Text | str) -> Any:
    """The text as JSON has it: an object, or a plain string for what is no sentence of ours."""
    return _encoded(text)


def decode_text(value: Any) -> Text | str:
    """The text of its JSON value. Raises KeyError, TypeError or ValueError for anything else."""
    found = _decoded(value)
    if not isinstance(found, Text | str):
        raise TypeError("a number or a list is no text")
    return found


def _encoded(fact: Fact) -> Any:
    match fact:
        case Text():
            return {"text": fact.name, "facts": {name: _encoded(value) for name, value in fact.facts.items()}}
        case datetime():
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
            return Text(name, **{str(key): _decoded(one) for key, one in facts.items()})
        case {"moment": str() as moment}:
            return datetime.fromisoformat(moment)
        case {"day": str() as day}:
            return date.fromisoformat(day)
        case _:
            raise TypeError("it is no fact of a text")
