"""One thing, one name: what a word may not stand for in the code, and that no class name means two things.

The left side of the table is a name as a whole (underscores before or behind it do not count). Words that are gone stay gone.
The others are still met in some rooms: there may be no more of them than today, and whoever mends some lowers the number.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.sources import DESKTOP, sources

GONE = {
    "wish": "request or spec: what is asked of a component",
    "wanted": "the name of what is asked for",
    "chunk": "batch, for links of one call; portion, for rows that are read together",
    "lookup": "a verb with its object, such as find_connection",
    "util": "the noun that is missing",
    "helper": "the noun that is missing",
}
# How many there are at most, by room. `one`, `known` and `found` name a state and not a thing.
FEWER = {
    "told": ({"application": 8, "cli": 8, "domain": 3, "qt": 14}, "on_progress for a callback, else what was told"),
    "verdict": ({"domain": 1, "qt": 1}, "id_verdict, for what is thought of an ID's text; decision, for what follows an answer"),
    "anchor": ({"domain": 2}, "call_parent: the record in the address of a call"),
    "near": ({"domain": 11}, "parent for the sheet, call_parent for a call"),
    "far": ({"domain": 7}, "related for the sheet, call_ids for a call"),
    "take": ({"qt": 3}, "a verb that says what is done to what"),
    "begin": ({"qt": 11}, "a verb that says what is done to what"),
    "tell": ({"application": 1, "cli": 9, "qt": 3, "sheets": 1}, "a verb with its object"),
    "done": ({"application": 2, "cli": 6, "domain": 7, "engine": 2, "qt": 22}, "the name of what is counted"),
    "book": ({"application": 22, "cli": 8, "desktop": 3, "qt": 3, "sheets": 2}, "journal, ledger or workbook"),
    "account": (
        {"application": 27, "cli": 13, "domain": 2, "engine": 2, "qt": 40, "storage": 2},
        "signed_in for a SignedIn, connection for a Connection",
    ),
    "one": (
        {"desktop": 4, "application": 17, "cli": 10, "domain": 55, "qt": 38, "words": 3},
        "the kind of thing, such as link or batch",
    ),
    "known": ({"application": 14, "cli": 3, "domain": 14, "qt": 7, "sheets": 3, "words": 1}, "the kind of thing"),
    "found": ({"application": 11, "cli": 14, "domain": 20, "qt": 13, "sheets": 2, "words": 2}, "the kind of thing"),
}
# A protocol that a consumer declares, and the class that stands behind it, may have one name.
TWICE = {"SheetMemory", "PracticeServer", "SavedConnections"}


def names() -> Iterator[tuple[str, str]]:
    """Every name that is given in the program, with the room that gives it."""
    for source in sources():
        parts = source.path.relative_to(DESKTOP).parts
        for node in ast.walk(source.tree):
            if (name := _given_by(node)) is not None:
                yield name.strip("_"), parts[0] if len(parts) > 1 else "desktop"


def _given_by(node: ast.AST) -> str | None:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
            return name
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            return name
    return None


@cache
def counts() -> dict[str, Counter[str]]:
    """How often each name is given, by room."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, room in names():
        found[name][room] += 1
    return found


@pytest.mark.parametrize("name", GONE)
def test_a_word_that_is_gone_stays_gone(name: str) -> None:
    assert not counts()[name], f"say {GONE[name]}"


@pytest.mark.parametrize("name", FEWER)
def test_a_word_that_says_little_is_not_used_more_often(name: str) -> None:
    allowed, better = FEWER[name]
    more = {room: count for room, count in counts()[name].items() if count > allowed.get(room, 0)}
    assert not more, f"say {better}"


def test_the_numbers_are_lowered_when_names_are_mended() -> None:
    """Within a few, so that not every change has to touch this file."""
    slack = {name: sum(allowed.values()) - counts()[name].total() for name, (allowed, _) in FEWER.items()}
    assert {name: count for name, count in slack.items() if count > 10} == {}


def test_no_class_name_means_two_things() -> None:
    classes = [
        node.name
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert {name for name, count in Counter(classes).items() if count > 1} == TWICE
