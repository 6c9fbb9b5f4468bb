"""The language of the process: English until somebody chooses, and English again after a while in another."""

from desktop.domain.texts import Text
from desktop.words import language, say, say_count, say_text
from desktop.words.language import Language
from desktop.words.speaking import say_kept, speaking


def test_english_is_spoken_until_somebody_chooses() -> None:
    assert language().code == "en"
    assert say("{name} is open.", name="a.xlsx") == "a.xlsx is open."
    assert say_count("{n} link", "{n} links", 1000) == "1,000 links"
    assert say_text("as it is") == "as it is"


def test_another_language_can_be_spoken_for_a_while() -> None:
    with speaking(Language("de")):
        assert say("{n}", n=1000) == "1.000"
    assert say("{n}", n=1000) == "1,000"


def test_what_another_version_kept_is_told_by_its_name_where_nobody_knows_the_sentence() -> None:
    assert say_kept(Text("header-in-row", row="4")) == "header in row 4"
    assert say_kept("Excel workbook") == "Excel workbook"
    assert say_kept(Text("a-sentence-of-tomorrow", row="4")) == "a-sentence-of-tomorrow"
