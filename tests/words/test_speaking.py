"""The language of the process: English until somebody chooses, and English again after a while in another."""

from desktop.words import language, say, say_count, say_text
from desktop.words.language import Language
from desktop.words.speaking import speaking


def test_english_is_spoken_until_somebody_chooses() -> None:
    assert language().code == "en"
    assert say("{name} is open.", name="a.xlsx") == "a.xlsx is open."
    assert say_count("{n} link", "{n} links", 1000) == "1,000 links"
    assert say_text("as it is") == "as it is"


def test_another_language_can_be_spoken_for_a_while() -> None:
    with speaking(Language("de")):
        assert say("{n}", n=1000) == "1.000"
    assert say("{n}", n=1000) == "1,000"
