"""Below the window and the command line no sentence for people stands in the code: desktop/words has them all.

What engineers read may stay where it is: the words of a broken rule of ours, log lines, SQL, and answers in Zoho's own
English that the practice CRM gives.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from desktop.words.sentences import SENTENCES
from tests.house.sources import DESKTOP, ROOT

LOWER_ROOMS = ("domain", "engine", "sheets", "crm", "storage", "updates", "system")
# Words that are recognised in people's sheets, or that only the vendor reads.
EXEMPT = {
    "domain/header_words.py",
    "domain/module_words.py",
    "domain/result_tables.py",  # the headings of workbooks from before there were languages
    "domain/settings.py",  # what a setting may be, for the log
    "storage/support.py",  # the support file is English, because the vendor reads it
    "updates/fetch.py",  # why no news were fetched stands in the log
    "updates/notice.py",
    "updates/look.py",
}
# Errors of our own code, and those that never leave their room.
_FOR_ENGINEERS = {
    "ValueError", "TypeError", "AssertionError", "RuntimeError", "KeyError", "NotImplementedError",
    "CompoundDamaged", "XmlDamaged", "super().__init__",
}  # fmt: skip
_NO_PROSE = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|BEGIN|ALTER|WITH|ATTACH|REPLACE|VACUUM|FROM|WHERE|meta WHERE)\b"
    r"|urn:|version https|<!doctype|too many requests$|field larger than field limit$"
)
_PROSE = re.compile(r"[A-Za-z]{2,}[ ,;:]+(?:[^A-Za-z]*[A-Za-z]{1,}[ ,;:]+)+[^A-Za-z]*[A-Za-z]{2,}")


def sentences_in(source: str) -> Iterator[tuple[int, str]]:
    """The literals of a source that read like something to say, with their lines."""
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                passed.add(id(text))
            case ast.Call(func=func) if _is_for_engineers(func):
                passed |= {id(part) for part in ast.walk(node)}
            case ast.JoinedStr(values=parts):
                passed |= {id(part) for part in parts if isinstance(part, ast.Constant)}
    for node in ast.walk(tree):
        literal = _literal(node) if isinstance(node, ast.expr) and id(node) not in passed else ""
        if isinstance(node, ast.expr) and _PROSE.search(literal) and not _NO_PROSE.match(literal):
            yield node.lineno, literal


def _literal(node: ast.AST) -> str:
    """The text of a literal, with a number for whatever is filled in; empty for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_literal(part) or " 0 " for part in parts)
    return ""


def _is_for_engineers(func: ast.expr) -> bool:
    name = ast.unparse(func)
    return name in _FOR_ENGINEERS or name.startswith(("_log.", "re."))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('raise SheetUnreadable(path, "it is cut short")', 1),
        ('raise SheetUnreadable(path, f"it has {rows} rows of them")', 1),
        ('words = {"a": "nothing was sent"}', 1),
        ('raise ValueError("a link needs two ends")', 0),
        ('_log.info("The run began again")', 0),
        ('"""A docstring of four words."""', 0),
        ('db.execute("SELECT a FROM links WHERE b")', 0),
        ('Text("cut-short", name="Sheet")', 0),
    ],
)
def test_what_reads_like_a_sentence_is_found(text: str, found: int) -> None:
    assert len(list(sentences_in(text))) == found


def test_no_sentence_for_people_stands_in_a_lower_room() -> None:
    left = [
        f"{path.relative_to(ROOT)}:{line}: {literal[:80]!r}"
        for room in LOWER_ROOMS
        for path in sorted((DESKTOP / room).rglob("*.py"))
        if path.relative_to(DESKTOP).as_posix() not in EXEMPT
        for line, literal in sentences_in(path.read_text("utf-8"))
    ]
    assert not left, "\n".join(left)


def asked_for() -> dict[str, set[str]]:
    """The names of sentences that the rooms ask for, each with the names of the facts that some place gives it."""
    names: dict[str, set[str]] = {}
    for path in sorted(DESKTOP.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "Text" and isinstance(call.args[0], ast.Constant):
                facts = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
                names.setdefault(str(call.args[0].value), set()).update(facts)
    return names


def test_no_exemption_outlives_its_file() -> None:
    assert all((DESKTOP / name).is_file() for name in EXEMPT)


def test_every_sentence_that_is_asked_for_by_name_is_there() -> None:
    assert not asked_for().keys() - SENTENCES.keys()
