"""What a person is to be told, before it is put into a language.

The rooms below the window and the command line hold no sentences. They make a :class:`Text`: the name of a sentence, and
the facts that belong into it. :mod:`desktop.words` has the sentences, by name, and says them in the user's language.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Union

Fact = Union[str, int, float, date, datetime, PurePath, "Text", tuple["Fact", ...]]
"""What may stand in a sentence. A tuple is said as a list: "A, B and C"."""


class Text:
    """A sentence by its name, with its facts: ``Text("file-in-use", name="list.xlsx")``.

    Two of them are equal when they say the same. One is as good as frozen: nothing but its birth sets its facts.
    """

    __slots__ = ("facts", "name")

    def __init__(self, name: str, /, **facts: Fact) -> None:
        self.name = name
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.name, self.facts) == (other.name, other.facts)

    def __hash__(self) -> int:
        return hash((self.name, *self.facts.items()))

    def __repr__(self) -> str:
        facts = "".join(f", {name}={value!r}" for name, value in self.facts.items())
        return f"Text({self.name!r}{facts})"

    def named(self) -> Iterator[str]:
        """The names of this sentence and of those inside it, for a check that all of them exist."""
        yield self.name
        for value in self.facts.values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Text):
                    yield from part.named()


def chained(name: str, parts: Sequence[Text | str]) -> Text | str:
    """Several parts, at least one, joined by a sentence of two facts, such as "{first} or {second}".

    The halves are joined before the whole, because a sentence a thousand deep could not be said.
    """
    if len(parts) < 2:
        return parts[0]
    middle = len(parts) // 2
    return Text(name, first=chained(name, parts[:middle]), second=chained(name, parts[middle:]))
