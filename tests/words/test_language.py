"""One language: English needs no catalogue, others say the same with their own plurals, numbers, dates and lists."""

from datetime import date, datetime
from gettext import NullTranslations
from typing import ClassVar

import pytest

from desktop.domain.texts import Fact, Text
from desktop.words.language import Language, Plural

SENTENCES: dict[str, str | Plural] = {
    "cut-short": "it is cut short",
    "too-many": Plural("it has {rows} row", "it has {rows} rows; {most} are read", by="rows"),
    "unreadable": "{name} could not be read: {detail}.",
}


class Dutch(NullTranslations):
    """A catalogue of a few sentences."""

    KNOWN: ClassVar = {
        "{name} could not be read: {detail}.": "Niet te lezen ({detail}): {name}.",
        "it is cut short": "het is afgebroken",
    }

    def gettext(self, message: str) -> str:
        return self.KNOWN.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{n} koppeling" if n == 1 else "{n} koppelingen"


ENGLISH, DUTCH = Language(sentences=SENTENCES), Language("nl", Dutch(), SENTENCES)


def test_a_sentence_is_looked_up_and_its_facts_stand_where_the_translator_put_them() -> None:
    facts: dict[str, Fact] = {"name": "a.xlsx", "detail": Text("cut-short")}
    assert ENGLISH.say("{name} could not be read: {detail}.", **facts) == "a.xlsx could not be read: it is cut short."
    assert DUTCH.say("{name} could not be read: {detail}.", **facts) == "Niet te lezen (het is afgebroken): a.xlsx."
    assert DUTCH.say_text(Text("unreadable", **facts)) == "Niet te lezen (het is afgebroken): a.xlsx."
    assert DUTCH.say("Not translated.") == "Not translated."


def test_each_language_takes_its_own_plural() -> None:
    assert [ENGLISH.say_count("{n} link", "{n} links", n) for n in (0, 1, 5000)] == ["0 links", "1 link", "5,000 links"]
    assert [DUTCH.say_count("{n} link", "{n} links", n) for n in (1, 5000)] == ["1 koppeling", "5.000 koppelingen"]


def test_a_sentence_that_is_asked_for_by_name_counts_by_the_fact_that_it_names() -> None:
    assert ENGLISH.say_text(Text("too-many", rows=1)) == "it has 1 row"
    assert ENGLISH.say_text(Text("too-many", rows=1_200_000, most=1_048_575)) == "it has 1,200,000 rows; 1,048,575 are read"
    with pytest.raises(TypeError, match="no number"):
        ENGLISH.say_text(Text("too-many", rows="many"))


def test_what_is_text_already_stays_as_it_is() -> None:
    assert DUTCH.say_text("it is cut short") == "it is cut short"
    assert ENGLISH.say("{name}", name="{rows} and 15") == "{rows} and 15", "braces of others are no place for a fact"
    assert ENGLISH.say("Braces {stay} without facts.") == "Braces {stay} without facts."
    assert ENGLISH.say("") == DUTCH.say("") == ""


def test_a_name_that_only_a_newer_version_knows_is_shown_as_it_is() -> None:
    assert ENGLISH.say_text(Text("from-next-year", rows=5)) == "words of a newer version of Delink (from-next-year)"


@pytest.mark.parametrize(
    ("code", "number", "half", "percent", "day"),
    [
        ("en", "1,234,567", "0.5", "42%", "1 Dec 2026"),
        ("de", "1.234.567", "0,5", "42\u00a0%", "01.12.2026"),
        ("nl", "1.234.567", "0,5", "42%", "1 dec 2026"),
    ],
)
def test_numbers_and_dates_are_the_languages_own(code: str, number: str, half: str, percent: str, day: str) -> None:
    language = Language(code)
    assert language.number(1_234_567) == language.say("{n}", n=1_234_567) == number
    assert (language.number(0.5), language.percent(0.42)) == (half, percent)
    assert language.day(date(2026, 12, 1)) == language.say("{day}", day=date(2026, 12, 1)) == day
    assert language.moment(datetime(2026, 12, 1, 16, 5)).startswith(day)


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert ENGLISH.say("{names}", names=("A", "B", Text("cut-short"))) == "A, B and it is cut short"
    assert Language("de").listed(("A", "B", "C")) == "A, B und C"


def test_the_direction_of_a_language_is_known() -> None:
    assert Language("ar").right_to_left and not ENGLISH.right_to_left


@pytest.mark.parametrize(
    ("code", "time", "day"), [("en", "16:05", "3 Dec"), ("de", "16:05", "3. Dez."), ("en_US", "4:05", "Dec 3")]
)
def test_a_time_and_a_day_of_the_year_are_the_languages_own(code: str, time: str, day: str) -> None:
    then = datetime(2026, 12, 3, 16, 5)
    assert Language(code).time(then).startswith(time)
    assert Language(code).day_of_year(then) == Language(code).day_of_year(then.date()) == day


def test_a_fact_keeps_its_own_direction_in_a_language_that_is_read_from_the_right() -> None:
    assert Language("ar").say("{run}: {n}", run="zcrm_1", n=5) == "\u2068zcrm_1\u2069: \u20685\u2069"
    assert ENGLISH.say("{run}", run="zcrm_1") == "zcrm_1"


def test_other_libraries_are_told_which_english_is_meant() -> None:
    assert (ENGLISH.locale_code, Language("pt_BR").locale_code) == ("en_GB", "pt_BR")
