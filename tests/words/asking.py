"""Which sentences the program asks for by name, found in its source."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter

from desktop.words.language import Plural
from tests.house.sources import sources


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
    return frozenset(node.value for node in _nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str))


def never_asked_for(names: Iterable[str]) -> set[str]:
    """Those of the names of sentences that no room asks for."""
    return set(names) - spoken_of()


def facts_in(sentence: str | Plural) -> set[str]:
    """The facts that a sentence names."""
    texts = (sentence.one, sentence.many, f"{{{sentence.by}}}") if isinstance(sentence, Plural) else (sentence,)
    return {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}


def _calls() -> Iterator[tuple[str, set[str] | None]]:
    for node in _nodes():
        match node:
            case ast.Call(func=ast.Name(id="Text"), args=[ast.Constant(value=str() as name)], keywords=facts):
                named = {fact.arg for fact in facts if fact.arg is not None}
                yield name, named if len(named) == len(facts) else None


@cache
def _nodes() -> tuple[ast.AST, ...]:
    """All that stands in modules that may ask. The words only answer, and the window writes its sentences where it says them."""
    asking = (one.tree for one in sources() if not one.name.startswith(("desktop.words", "desktop.qt")))
    return tuple(node for tree in asking for node in ast.walk(tree))
