"""What argparse complains of is said in our words, and in every language; a secret in a wrong place is not repeated."""

import pytest

from desktop.cli.arguments import WrongUse, parse
from desktop.words.catalogues import language_named
from desktop.words.language import ENGLISH
from desktop.words.speaking import speak

COMPLAINTS = [
    (["run"], "SHEET must be given"),
    (["retry"], "RUN must be given"),
    ([], "COMMAND must be given"),
    (["runn"], "COMMAND cannot be “runn”, but one of these: check, run, resume"),
    (["run", "a.xlsx", "--side", "left"], "--side cannot be “left”, but one of these: auto, as-sheet"),
    (["run", "a.xlsx", "--results"], "--results needs a value"),
    (["run", "a.xlsx", "--yes=1000.secret"], "--yes takes no value"),
    (["run", "a.xlsx", "--confirm", "many"], "--confirm: “many” is not a number"),
    (["practice", "--port", "70000"], "--port: “70000” is not a port"),
    (["connections"], "list|add|test|rename|remove must be given"),
]


@pytest.mark.parametrize(("argv", "said"), COMPLAINTS)
def test_a_wrong_use_is_said_in_plain_words(argv: list[str], said: str) -> None:
    with pytest.raises(WrongUse) as caught:
        parse(argv)
    sentence = str(caught.value)
    assert said.lower() in sentence.lower() and "--help" in sentence
    assert "argument" not in sentence.lower() and "secret" not in sentence


@pytest.mark.parametrize(("argv", "said"), COMPLAINTS)
def test_it_is_said_in_the_language_that_is_spoken(argv: list[str], said: str) -> None:
    speak(language_named("de"))
    try:
        with pytest.raises(WrongUse) as caught:
            parse(argv)
    finally:
        speak(language_named(ENGLISH))
    assert said.lower() not in str(caught.value).lower() and "siehe „delink" in str(caught.value)
