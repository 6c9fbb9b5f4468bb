"""The languages that there are: English, and one for each catalogue in ``resources/translations``."""

import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from desktop.words.language import ENGLISH, Language
from desktop.words.sentences import SENTENCES

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"
VARIABLE = "DELINK_LANGUAGE"


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The codes of all languages, English first."""
    return (ENGLISH, *sorted(path.stem for path in folder.glob("*.mo")))


def name_of(code: str) -> str:
    """Return what its speakers call a language."""
    from babel import Locale

    locale = Locale.parse(code)
    name = locale.get_display_name(locale) or code
    return name[:1].upper() + name[1:]


def best_of(asked_for: Iterable[str], folder: Path = FOLDER) -> str:
    """The first language of a list of codes ("de-AT", "de_DE.UTF-8", "fr") that there is; English where there is none."""
    there = languages(folder)
    for code in asked_for:
        plain = code.split(".")[0].replace("-", "_")
        for candidate in (plain, plain.split("_")[0].lower()):
            if candidate in there:
                return candidate
    return ENGLISH


def language_named(code: str, folder: Path = FOLDER) -> Language:
    """The language with a code of :func:`languages`. Raises OSError where its catalogue cannot be read."""
    if code == ENGLISH:
        return Language(sentences=SENTENCES)
    with (folder / f"{code}.mo").open("rb") as file:
        return Language(code, GNUTranslations(file), SENTENCES)


@cache
def every_language(folder: Path = FOLDER) -> tuple[Language, ...]:
    """All languages, English first; one whose catalogue cannot be read is left out. Kept, because reading them takes a while."""
    found = []
    for code in languages(folder):
        with suppress(OSError, ValueError, LookupError):
            found.append(language_named(code, folder))
    return tuple(found)


def from_environment() -> str | None:
    """The language that DELINK_LANGUAGE asks for; None where it is not set."""
    return os.environ.get(VARIABLE) or None
