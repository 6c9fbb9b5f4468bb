"""A text as it is kept in a journal: by its name and facts, to be said in the language of whoever reads it later.

It is a string that holds JSON. Versions of before kept a whole English sentence in its place, which stays as it is, and
they show whatever string they find there.
"""

import json
from typing import Any

from desktop.domain.texts import Fact, Text

_START = '{"text":'


def encode_text(text: Text | str) -> str:
    """The text as a string. Raises TypeError for a fact that is neither text nor a number, such as a date."""
    return text if isinstance(text, str) else json.dumps(_plain(text), ensure_ascii=False, separators=(",", ":"))


def decode_text(kept: str) -> Text | str:
    """The text that was kept. Raises ValueError for what no version wrote."""
    if not kept.startswith(_START):
        return kept
    text = _fact(json.loads(kept))
    if not isinstance(text, Text):
        raise ValueError(f"{kept} is no text")
    return text


def _plain(fact: Fact) -> Any:
    match fact:
        case Text(name=name, facts=facts):
            return {"text": name, "facts": {key: _plain(value) for key, value in facts.items()}}
        case tuple():
            return [_plain(part) for part in fact]
        case str() | int() | float():
            return fact
    raise TypeError(f"{fact!r} is not kept in journals")


def _fact(value: Any) -> Fact:
    match value:
        case {"text": str(name), "facts": dict(facts)}:
            return Text(name, **{key: _fact(part) for key, part in facts.items()})
        case list():
            return tuple(_fact(part) for part in value)
        case str() | int() | float():
            return value
    raise ValueError(f"{value!r} is no fact of a text")
