"""The words for modules: every language names every module, each word once, as a header is looked up."""

import pytest

from desktop.domain.headers import words_in
from desktop.domain.module_words import MODULE_WORDS
from desktop.domain.relations import MODULES


@pytest.mark.parametrize("language", MODULE_WORDS)
def test_every_module_has_words_and_no_word_stands_there_twice(language: str) -> None:
    named = MODULE_WORDS[language]
    assert set(named) == set(MODULES)
    words = [word.strip() for phrases in named.values() for word in phrases.split(",")]
    assert all(words) and len(set(words)) == len(words)


@pytest.mark.parametrize("language", MODULE_WORDS)
def test_words_are_written_as_people_write_them_and_have_letters(language: str) -> None:
    for phrases in MODULE_WORDS[language].values():
        for word in phrases.split(","):
            assert word == word.lower() and word.strip() == " ".join(word.split()), word
            assert words_in(word), word
