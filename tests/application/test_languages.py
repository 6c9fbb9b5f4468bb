"""The program speaks what the user has set, else what the environment asks for, else the system's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop.application.languages import speak_as_asked
from desktop.words import language, say, speak


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    before = language()
    yield
    speak(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogues of two languages besides English, and one that is damaged."""
    for code, word in (("de", "Zurück"), ("fr", "Retour")):
        catalogue = Catalog(code)
        catalogue.add("Back", word)
        with (tmp_path / f"{code}.mo").open("wb") as file:
            write_mo(file, catalogue)
    (tmp_path / "it.mo").write_bytes(b"\xde\x12\x04\x95cut short")
    return tmp_path


@pytest.mark.parametrize(
    ("set_by_user", "asked_for", "system", "spoken"),
    [
        ("de", "fr", ["en-GB"], "Zurück"),
        ("", "fr", ["de-AT"], "Retour"),
        ("", "", ["de-AT", "fr-FR"], "Zurück"),
        ("xx", "", ["fr-CA"], "Retour"),
        ("en", "de", ["de"], "Back"),
        ("", "", ["sv-SE"], "Back"),
        ("it", "", [], "Back"),
    ],
)
def test_the_nearest_wish_that_can_be_met_is_spoken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, set_by_user: str, asked_for: str, system: list[str], spoken: str
) -> None:
    monkeypatch.setenv("DELINK_LANGUAGE", asked_for)
    assert speak_as_asked(set_by_user, system, folder) is language()
    assert say("Back") == spoken
