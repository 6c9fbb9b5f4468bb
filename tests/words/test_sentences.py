"""The tables of sentences are one: no name stands in two of them."""

import pytest

from desktop.words.sentences import SENTENCES, together
from tests.words.asking import asked_for


def test_a_name_in_two_tables_is_a_mistake_of_ours() -> None:
    assert together(({"a": "A"}, {"b": "B"})) == {"a": "A", "b": "B"}
    with pytest.raises(ValueError, match="'a'"):
        together(({"a": "A"}, {"a": "B"}))


def test_names_are_words_joined_by_hyphens() -> None:
    assert all(name == name.lower() and " " not in name and "_" not in name for name in SENTENCES)


def test_every_text_of_the_lower_rooms_has_a_sentence() -> None:
    assert asked_for().keys() - SENTENCES.keys() == set()
