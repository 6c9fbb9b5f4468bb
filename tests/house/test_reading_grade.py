"""The sentences of the program can be read by somebody who is tired and a little afraid: grade 8 at most."""

import pytest
from babel.messages.pofile import read_po

from tests.house.reading_grade import grade_of, syllables_of, words_of
from tests.house.sources import ROOT

MOST = 8.0
LEAST_WORDS = 5  # the formula says nothing of a title of three words
# What cannot be said in shorter words without naming something else.
ALLOWED = {
    "unable to open database file": "SQLite says so, and people look for these words",
    "attempt to write a readonly database": "SQLite says so, and people look for these words",
    "Copy a message to your administrator": "a control that other programs know by this name",
    "this computer does not trust the server's certificate": "a certificate has no shorter name",
}


def sentences() -> list[str]:
    """Every English sentence of the catalogue; of a plural the form for several."""
    with (ROOT / "resources/translations/delink.pot").open("rb") as file:
        found = [message.id for message in read_po(file) if message.id]
    return [text if isinstance(text, str) else text[-1] for text in found]


def test_every_sentence_can_be_read_at_the_eighth_grade() -> None:
    hard = {text for text in sentences() if words_of(text) >= LEAST_WORDS and grade_of(text) > MOST}
    assert hard == ALLOWED.keys()


def test_the_text_as_a_whole_is_plainer_than_that() -> None:
    long = [text.rstrip(" .:;!?") for text in sentences() if words_of(text) >= LEAST_WORDS]
    assert len(long) > 1000 and grade_of(". ".join(long)) < 5


@pytest.mark.parametrize(
    ("word", "count"),
    [("link", 1), ("links", 1), ("removed", 2), ("noted", 2), ("sheet", 1), ("organisation", 5), ("able", 2), ("the", 1)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_a_hard_sentence_is_harder_than_a_plain_one() -> None:
    plain = "The link is still there. Try again."
    hard = "Insufficient authorisation necessitates administrative intervention preceding continuation."
    assert grade_of(plain) < 3 < MOST < 15 < grade_of(hard)


def test_names_and_what_is_filled_in_are_not_held_against_a_sentence() -> None:
    assert grade_of("Sign in with {scope}.") == grade_of("Sign in with ZohoCRM.modules.ALL.")
