"""Find every sentence of the program: those written where they are said, and those of the tables in desktop/words.

``say``, ``say_as`` and ``say_count`` are found in the source. The tables are imported, because their contents are data: each
:class:`Explanation` has up to three sentences, and a table of lower rooms has one under each name. A comment that begins with
NOTE, on the line above, is for the translator.
"""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog

from desktop import words
from desktop.words import Explanation, Plural

# These rooms return texts by name; a function ``say`` there is something else.
_LOWER_ROOMS = frozenset({"domain", "engine", "sheets", "crm", "storage", "practice", "updates", "system"})
# How many sentences each of our functions takes before its facts.
_SENTENCES = {"say": 1, "say_as": 2, "say_count": 2}
_NOTE = "# NOTE"
# A fixed date, so that the same sentences always make the same file.
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)

Sentence = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence, the file that has it, and what its translator should know."""

    file: str
    sentence: Sentence
    notes: tuple[str, ...] = ()
    context: str | None = None


class NotASentence(Exception):
    """The sentence of a call of ``say`` is not written there, so no catalogue can have it. ``args[0]`` says where."""


def collected(root: Path, code: str | None) -> Catalog:
    """Return all sentences as an untranslated catalogue of a language, or as the template if ``code`` is None.

    Raises NotASentence.
    """
    header = f"# The sentences of Delink{f' in {code}' if code else ''}. TRANSLATING.md says how to work on them."
    catalogue = Catalog(code, project="Delink", creation_date=_EPOCH, revision_date=_EPOCH, fuzzy=False, header_comment=header)
    for entry in (*in_the_source(root), *in_the_tables()):
        catalogue.add(entry.sentence, locations=[(entry.file, 0)], auto_comments=entry.notes, context=entry.context)
    return catalogue


def in_the_source(root: Path) -> Iterator[Found]:
    """Yield the sentences that are written where they are said. Raises NotASentence."""
    for path in sorted((root / "desktop").rglob("*.py")):
        if not _LOWER_ROOMS.intersection(path.parts):
            yield from in_a_file(path.relative_to(root).as_posix(), path.read_text("utf-8"))


def in_a_file(name: str, source: str) -> Iterator[Found]:
    """Yield the sentences of one file. Raises NotASentence."""
    lines = source.splitlines()
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _SENTENCES):
            continue
        parts = call.args[: _SENTENCES[call.func.id]]
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value]
        if len(texts) < _SENTENCES[call.func.id]:
            raise NotASentence(f"{name}:{call.lineno}: write the sentence here, so that a catalogue can have it")
        notes = _notes_above(lines, call.lineno)
        match call.func.id:
            case "say":
                yield Found(name, texts[0], notes)
            case "say_as":
                yield Found(name, texts[1], notes, context=texts[0])
            case _:
                yield Found(name, (texts[0], texts[1]), notes)


def _notes_above(lines: Sequence[str], line: int) -> tuple[str, ...]:
    above = lines[line - 2].strip() if line > 1 else ""
    return (above.removeprefix(_NOTE).lstrip(": "),) if above.startswith(_NOTE) else ()


def in_the_tables() -> Iterator[Found]:
    """Yield the sentences that lower rooms ask for by name, and those of the codes of causes and errors."""
    for module in pkgutil.iter_modules(words.__path__, f"{words.__name__}."):
        file = f"{module.name.replace('.', '/')}.py"
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.isupper() and not name.startswith("_"):
                yield from (Found(file, sentence) for sentence in sentences_of(value))


def sentences_of(value: object) -> Iterator[Sentence]:
    """Yield the sentences of a public constant: an explanation, a sentence, or a table of them."""
    match value:
        case Explanation(title, why, what_to_do):
            yield from filter(None, (title, why, what_to_do))
        case Plural(one, many):
            yield one, many
        case Mapping():
            for part in value.values():
                yield from [part] if isinstance(part, str) else sentences_of(part)
