"""The window says whole sentences through words: no text of Qt's translator, nothing glued, no number or date of Python's."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import DESKTOP, ROOT, sources

SAYS = ("say", "say_count")
SHOWN_BY = frozenset(
    {
        *("setText", "setToolTip", "setAccessibleName", "setPlaceholderText", "setWindowTitle", "setStatusTip", "setTitle"),
        *("setAccessibleDescription", "addItem", "addRow", "setWhatsThis"),
    }
)
NAMES_OF_OUR_OWN = frozenset({"Delink"})


def faults(tree: ast.AST) -> list[str]:
    """What another language could not be put in place of, with its line."""
    return [f"{line}: {what}" for line, what in _faults(tree)]


def _faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="tr")):
                yield node.lineno, "tr() has no catalogue"
            case ast.Attribute(attr="strftime"):
                yield node.lineno, "a date is written by the language"
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(form))])) if "," in form:
                yield node.lineno, "a number is written by the language"
            case ast.JoinedStr() if any(map(_says, ast.walk(node))):
                yield node.lineno, "a sentence inside another text"
            case ast.BinOp(op=ast.Add(), left=left, right=right) if _says(left) or _says(right):
                yield node.lineno, "a sentence is glued to another text"
            case ast.Call(func=ast.Name(id="say" | "say_count"), args=[first, *_]) if not isinstance(first, ast.Constant):
                yield node.lineno, "a sentence stands where it is said"
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant(value=str(text)), *_]) if name in SHOWN_BY:
                if text not in NAMES_OF_OUR_OWN and any(map(str.isalpha, text)):
                    yield node.lineno, f"{name}({text!r}) is English in every language"


def _says(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS


@pytest.mark.parametrize(
    "bad",
    [
        'self.tr("Back")',
        'when.strftime("%H:%M")',
        'f"{count:,} rows"',
        "f\"{title}: {say('Back')}\"",
        'say("Back") + "."',
        '" " + say_count("{n} link", "{n} links", 5)',
        "say(words)",
        "say(LABELS[outcome])",
        'label.setText("Back")',
        'box.addItem("Sandbox", "sandbox")',
    ],
)
def test_what_cannot_be_translated_is_found(bad: str) -> None:
    assert faults(ast.parse(bad))


@pytest.mark.parametrize(
    "good",
    [
        'say("{n} of {total}", n=1, total=2)',
        'f"button_show_{cause}"',
        'f"{seconds:.0f}"',
        'label.setText("–")',
        'app.setWindowTitle("Delink")',
        "self.message.say(words)",
        'label.setText(say("Back"))',
    ],
)
def test_what_can_be_translated_is_let_alone(good: str) -> None:
    assert not faults(ast.parse(good))


@pytest.mark.parametrize("name", [path.relative_to(ROOT).as_posix() for path in sorted((DESKTOP / "qt").rglob("*.py"))])
def test_the_window_can_be_translated(name: str) -> None:
    source = next(one for one in sources() if str(one) == name)
    assert not faults(source.tree)
