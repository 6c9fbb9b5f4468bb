"""Which languages there are, and which of them is the best answer to a wish."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop.words.catalogues import best_of, language_named, languages, name_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogues of two languages besides English."""
    for code, word in (("de", "Zurück"), ("pt_BR", "Voltar")):
        catalogue = Catalog(code)
        catalogue.add("Back", word)
        catalogue.add("Back", f"{word} (Knopf)", context="a button")
        with (tmp_path / f"{code}.mo").open("wb") as file:
            write_mo(file, catalogue)
    return tmp_path


def test_english_stands_first_and_needs_no_catalogue(folder: Path, tmp_path: Path) -> None:
    assert languages(folder) == ("en", "de", "pt_BR")
    assert languages(tmp_path / "missing") == ("en",)


@pytest.mark.parametrize(
    ("wished", "best"),
    [
        (["de-AT", "en"], "de"),
        (["de_DE.UTF-8"], "de"),
        (["fr-FR", "pt-BR"], "pt_BR"),
        (["pt"], "en"),
        (["en-GB", "de"], "en"),
        (["C"], "en"),
        ([], "en"),
        (["", "../de"], "en"),
    ],
)
def test_the_first_language_that_there_is_is_taken(folder: Path, wished: list[str], best: str) -> None:
    assert best_of(wished, folder) == best


def test_a_language_says_its_own_sentences(folder: Path) -> None:
    assert language_named("de", folder).say("Back") == "Zurück"
    assert language_named("en", folder).say("Back") == "Back"
    assert language_named("de", folder).say_as("a button", "Back") == "Zurück (Knopf)"
    assert language_named("en", folder).say_as("a button", "Back") == "Back"
    with pytest.raises(OSError):
        language_named("fr", folder)


def test_a_language_is_called_what_its_speakers_call_it() -> None:
    assert [name_of(code) for code in ("en", "de", "fr")] == ["English", "Deutsch", "Français"]
