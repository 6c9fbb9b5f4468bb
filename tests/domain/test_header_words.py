"""The table of header words is complete, and no word of it means two modules."""

from dataclasses import fields

import pytest

from desktop.domain.header_words import HEADER_WORDS, LanguageWords
from desktop.domain.headers import read_header, words_in
from desktop.domain.module_words import MODULE_WORDS
from desktop.domain.relations import MODULES

LANGUAGES = ("en", "de", "fr", "es", "pt", "nl", "it", "ja", "zh", "ar", "tr", "pl")


def test_every_language_has_every_word() -> None:
    assert tuple(HEADER_WORDS) == tuple(MODULE_WORDS) == LANGUAGES
    for language in LANGUAGES:
        assert MODULE_WORDS[language].keys() == MODULES.keys()
        assert all(getattr(HEADER_WORDS[language], field.name).strip() for field in fields(LanguageWords))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_for_a_module_names_that_module_alone(language: str) -> None:
    for module, words in MODULE_WORDS[language].items():
        for word in words.split(","):
            assert read_header(word).module == module
            assert read_header(word.upper()).module == module


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_module_has_an_id_an_owner_and_a_lookup(language: str) -> None:
    words = HEADER_WORDS[language]
    name_of_id, owner = words.ids.split(",")[0], words.owners.split(",")[0]
    for module, phrases in MODULE_WORDS[language].items():
        one = phrases.split(",")[0]
        assert read_header(f"{one} {name_of_id}").end == module
        assert read_header(f"{one}.id").is_lookup
        assert (read_header(f"{one} {owner}").module, read_header(f"{one} {owner}").end) == (module, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kampagne", "KAMPAGNE"),
        ("Propriétaire", "proprietaire"),
        ("ＩＤ", "id"),
        ("ﾃﾞｰﾀ", "データ"),
        ("KİŞİ", "kişi"),
        ("KISI", "kısı"),
        ("właściciel", "wlasciciel"),
        ("الحملة", "حملة"),
        ("حَملَة", "حملة"),
        ("price_book", "priceBook"),
        ("\ufeffContact\u200b", "contact"),
    ],
)
def test_spellings_of_a_word_are_equal(one: str, other: str) -> None:
    assert words_in(one) == words_in(other) != ()


def test_figures_and_scripts_part_words() -> None:
    assert words_in("データID2") == ("データ", "id", "2")
