"""Which sentences the program asks for by name, found in its source."""

import ast
from collections.abc import Iterator
from functools import cache
from string import Formatter

from desktop.words.language import Plural
from tests.house.sources import DESKTOP


@cache
def asked_for() -> dict[str, list[set[str] | None]]:
    """The names in ``Text("name", fact=…)``, each with the facts of every such call; None where a call unpacks them."""
    found: dict[str, list[set[str] | None]] = {}
    for name, facts in _calls():
        found.setdefault(name, []).append(facts)
    return found


@cache
def spoken_of() -> frozenset[str]:
    """Every text that stands in the source as a whole: a name may be handed on before a Text is made of it."""
    constants = (node.value for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in constants if isinstance(value, str))


def facts_in(sentence: str | Plural) -> set[str]:
    """The facts that a sentence names."""
    texts = (sentence.one, sentence.many, f"{{{sentence.by}}}") if isinstance(sentence, Plural) else (sentence,)
    return {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}


def _calls() -> Iterator[tuple[str, set[str] | None]]:
    for tree in _trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="Text"), args=[ast.Constant(value=str() as name)], keywords=facts):
                    named = {fact.arg for fact in facts if fact.arg is not None}
                    yield name, named if len(named) == len(facts) else None


@cache
def _trees() -> tuple[ast.Module, ...]:
    files = (path for path in sorted(DESKTOP.rglob("*.py")) if path.parent.name not in ("words", "qt"))
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in files)
