"""What is wrong with a catalogue: what is missing or doubtful, and what could not be said as it stands."""

import re
from collections.abc import Iterator, Sequence
from string import Formatter

from babel.messages.catalog import Catalog, Message

_TAG = re.compile(r"</?[a-z][^>]*>")


def faults_of(name: str, catalogue: Catalog) -> list[str]:
    """A line for each fault of each sentence."""
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
    """The names in braces, in order of the alphabet; None where the braces are not in order."""
    try:
        return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)
    except ValueError:
        return None


def _tags(text: str) -> Sequence[str]:
    return sorted(_TAG.findall(text))


def _edges(text: str) -> tuple[str, str, bool, bool]:
    """The blanks at both ends, whether it ends as a sentence, and whether it names a key to press."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[:first], text[last:], text[:last].endswith((".", "?", "!")), "&" in text


def _texts(value: str | Sequence[str] | None) -> Sequence[str]:
    return (value,) if isinstance(value, str) else tuple(value or ())
