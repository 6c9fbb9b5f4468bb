"""Our own modules as syntax trees, for rules that hold in every one of them."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "desktop"


@dataclass(frozen=True)
class Source:
    """A module of the program."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


@cache
def sources() -> tuple[Source, ...]:
    """Return every module below desktop/, read once."""
    return tuple(_source(path) for path in sorted(DESKTOP.rglob("*.py")))


def _source(path: Path) -> Source:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text("utf-8")
    return Source(path, name, text, ast.parse(text))


def imports_of(source: Source) -> set[str]:
    """The modules of ours that a module imports, anywhere in it: inside functions and for types too."""
    ours = {one.name for one in sources()}
    named: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{source} imports by dots"
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                named.add(module if module in ours else str(node.module))
    return (named & ours) - {source.name}
