"""Find what is wrong with a catalogue: missing or doubtful translations, and those that cannot be shown as they are."""

import re
from collections.abc import Iterator, Sequence
from string import Formatter

from babel.messages.catalog import Catalog, Message

_TAG = re.compile(r"</?[a-z][^>]*>")


def faults_of(name: str, catalogue: Catalog) -> list[str]:
    """Return a line for each fault of each sentence."""
    return [f"{name}: {fault}: {_texts(message.id)[0]!r}" for message in catalogue if message.id for fault in _faults_in(message)]


def _faults_in(message: Message) -> Iterator[str]:
    originals, translations = _texts(message.id), _texts(message.string)
    if not any(translations):
        yield "has no translation"
        return
    if message.fuzzy:
        yield "nobody has said yet that this translation is right"
    if not all(translations):
        yield "has no translation for each plural"
        return
    for translation in translations:
        if _facts(translation) not in map(_facts, originals):
            yield f"names other facts than the English in {translation!r}"
        elif _tags(translation) != _tags(originals[-1]):
            yield f"has other HTML than the English in {translation!r}"
        elif _edges(translation) != _edges(originals[-1]):
            yield f"begins or ends with other blanks or signs than the English in {translation!r}"


def _facts(text: str) -> Sequence[str] | None:
    """Return the names in braces, sorted; None if the braces are not well formed."""
    try:
        return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)
    except ValueError:
        return None


def _tags(text: str) -> Sequence[str]:
    return sorted(_TAG.findall(text))


def _edges(text: str) -> tuple[str, str, bool, bool]:
    """Return the blanks at both ends, whether the text ends as a sentence, and whether it names a key to press."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[:first], text[last:], text[:last].endswith((".", "?", "!")), "&" in text


def _texts(value: str | Sequence[str] | None) -> Sequence[str]:
    return (value,) if isinstance(value, str) else tuple(value or ())
