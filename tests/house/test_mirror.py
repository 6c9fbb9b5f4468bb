"""The tests mirror the program: whoever changes ``desktop/X/Y.py`` finds its tests in ``tests/X/test_Y.py``.

The window (``qt/``) is tested page by page and widget by widget, and so is left out. A package's own file holds no rules.
"""

from pathlib import Path

from tests.house.sources import DESKTOP, ROOT

# Modules whose tests still stand under other names, room by room. A list may only get shorter: a new module has its tests.
_ELSEWHERE = {
    "engine/": "ports",
}
STILL_ELSEWHERE = {f"{room}{name}.py" for room, names in _ELSEWHERE.items() for name in names.split()}


def modules() -> list[Path]:
    """Every module below desktop/ that the mirror shows."""
    found = (path.relative_to(DESKTOP) for path in sorted(DESKTOP.rglob("*.py")) if path.name != "__init__.py")
    return [path for path in found if path.parts[0] != "qt"]


def mirror_of(module: Path) -> Path:
    """Where the tests of a module stand; those of ``__main__.py`` in ``test_main.py``."""
    return ROOT / "tests" / module.parent / f"test_{module.stem.strip('_')}.py"


def without_tests() -> set[str]:
    """The modules, by their paths below desktop/, that no test file mirrors."""
    return {module.as_posix() for module in modules() if not mirror_of(module).exists()}


def test_every_module_has_a_test_file_of_its_name() -> None:
    assert len(modules()) > 200, "the modules were found"
    assert not without_tests() - STILL_ELSEWHERE, "write the tests of a new module into the file that mirrors it"


def test_no_exception_outlives_its_reason() -> None:
    assert not STILL_ELSEWHERE - without_tests(), "these have their test files now, or are gone: take them off the list"


def test_a_mirror_is_found_where_a_newcomer_looks() -> None:
    assert mirror_of(Path("sheets/hidden.py")) == ROOT / "tests" / "sheets" / "test_hidden.py"
    assert mirror_of(Path("practice/__main__.py")) == ROOT / "tests" / "practice" / "test_main.py"
