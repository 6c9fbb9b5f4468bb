"""One language: its sentences, numbers, dates and lists.

Sentences come from a gettext catalogue, looked up by the English sentence; English itself needs none. A sentence names its
facts in braces (``{links}``), so a translator may put them in any order. What a fact looks like is the language's own
matter: Babel writes numbers, dates and lists, and knows which plural a number takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from gettext import NullTranslations
from pathlib import PurePath
from typing import TYPE_CHECKING

from desktop.domain.texts import Fact, Text

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
UNKNOWN: Mapping[str, str] = {"text": "words of a newer version of Delink ({name})"}
# Our English is that of Britain, and so are its dates and lists.
_BABELS = {ENGLISH: "en_GB"}


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence that reads differently for one and for many; ``by`` names the fact that counts."""

    one: str
    many: str
    by: str = "n"


class Language:
    """Says sentences in one language. ``sentences`` are those that lower rooms ask for by name."""

    def __init__(
        self, code: str = ENGLISH, catalogue: NullTranslations | None = None, sentences: Mapping[str, str | Plural] | None = None
    ) -> None:
        self.code = code
        self._catalogue = catalogue or NullTranslations()
        self._sentences = sentences or {}

    def say(self, sentence: str, /, **facts: Fact) -> str:
        """The sentence in this language, with its facts. A sentence that has no translation is said in English."""
        return self._filled(self._catalogue.gettext(sentence) if sentence else "", facts)

    def say_as(self, context: str, sentence: str, /, **facts: Fact) -> str:
        """The same for words that mean several things in English; ``context`` tells the translator which one it is."""
        return self._filled(self._catalogue.pgettext(context, sentence), facts)

    def say_count(self, one: str, many: str, n: int, /, **facts: Fact) -> str:
        """The sentence for the number ``n``, which stands in it as ``{n}``."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **facts})

    def say_text(self, text: Text | str) -> str:
        """A sentence that a lower room asked for. What is text already (a name, words of another program) stays as it is."""
        if isinstance(text, str):
            return text
        sentence = self._sentences.get(text.name)
        if sentence is None:  # a record of a newer version may hold one that this version does not know
            return self.say(UNKNOWN["text"], name=text.name)
        if isinstance(sentence, str):
            return self.say(sentence, **text.facts)
        number = text.facts[sentence.by]
        if not isinstance(number, int):
            raise TypeError(f"{text!r} counts by {sentence.by}, which is no number")
        return self._filled(self._catalogue.ngettext(sentence.one, sentence.many, number), text.facts)

    def number(self, value: int | float) -> str:
        """A number as the language groups its digits."""
        return _number(value, self.code)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as a whole percentage."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self._locale)

    def day(self, value: date) -> str:
        """A date with the month's name, short."""
        from babel.dates import format_date

        return format_date(value, "medium", locale=self._locale)

    def moment(self, value: datetime) -> str:
        """A date and a time of day, to the minute."""
        return f"{self.day(value)} {self.time(value)}"

    def time(self, value: datetime) -> str:
        """A time of day, to the minute."""
        from babel.dates import format_time

        return format_time(value, "short", locale=self._locale)

    def day_of_year(self, value: date) -> str:
        """A day and its month without the year, short."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMd", value, locale=self._locale)

    def listed(self, parts: tuple[str, ...]) -> str:
        """Several things in a row: "A, B and C"."""
        from babel.lists import format_list

        return format_list(parts, locale=self._locale)

    @cached_property
    def right_to_left(self) -> bool:
        """True for a language that is read from right to left."""
        return self.code != ENGLISH and self._locale.text_direction == "rtl"

    @property
    def locale_code(self) -> str:
        """The language as other libraries name it, with the country where one is meant."""
        return _BABELS.get(self.code, self.code)

    @cached_property
    def _locale(self) -> "Locale":
        from babel import Locale

        return Locale.parse(self.locale_code)

    def _filled(self, sentence: str, facts: Mapping[str, Fact]) -> str:
        """Without facts a sentence is said as it is, so that a brace in it means nothing."""
        if not facts:
            return sentence
        said = {name: self._said(value) for name, value in facts.items()}
        if self.right_to_left:
            # A name, an ID or a path keeps its own direction inside a sentence that is read from the right.
            said = {name: f"\u2068{text}\u2069" for name, text in said.items()}
        return sentence.format_map(said)

    def _said(self, fact: Fact) -> str:
        match fact:
            case str() | PurePath():
                return str(fact)
            case Text():
                return self.say_text(fact)
            case int() | float():
                return self.number(fact)
            case datetime():
                return self.moment(fact)
            case date():
                return self.day(fact)
            case tuple():
                return self.listed(tuple(self._said(part) for part in fact))


@lru_cache(maxsize=4096)
def _number(value: int | float, code: str) -> str:
    """Kept, because a table asks for the same numbers again and again; Babel is loaded by the first one that needs it."""
    if code == ENGLISH and isinstance(value, int):
        return f"{value:,}"
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_BABELS.get(code, code))
