"""Rules that hold in every module of the program, read from its syntax: nothing dangerous, nothing unexplained."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from desktop.domain import errors
from desktop.domain.errors import DelinkError
from tests.house.sources import ROOT, Source, imports_of, sources

LONGEST, TYPICAL = 380, 110
LONGEST_FUNCTION = 50

NEVER_CALLED = {"eval", "exec", "compile", "__import__", "breakpoint"}
NEVER_IMPORTED = {"pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle"}
NEVER_SAID = {("verify", False), ("allow_redirects", True), ("shell", True), ("trust_env", True)}


def faults(tree: ast.Module) -> list[str]:
    """What must never stand in the program, with its line."""
    return [f"{line}: {what}" for line, what in _faults(tree)]


def _faults(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in NEVER_CALLED:
                yield node.lineno, f"{name}()"
            case ast.Import(names=names):
                yield from ((node.lineno, one.name) for one in names if one.name.split(".")[0] in NEVER_IMPORTED)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in NEVER_IMPORTED:
                yield node.lineno, module
            case ast.Call(keywords=keywords):
                yield from _told(node.lineno, [(one.arg, one.value) for one in keywords])
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                yield from _told(node.lineno, [(name, value)])
            case ast.Dict(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                yield from _told(node.lineno, [(key.value, value) for key, value in pairs if isinstance(key, ast.Constant)])


def _told(line: int, pairs: list[tuple[object, ast.expr]]) -> Iterator[tuple[int, str]]:
    for name, value in pairs:
        if isinstance(value, ast.Constant) and isinstance(value.value, bool) and (name, value.value) in NEVER_SAID:
            yield line, f"{name}={value.value}"


@pytest.mark.parametrize(
    "bad",
    [
        "requests.get(url, verify=False)",
        "session.verify = False",
        "session.request('GET', url, **{'allow_redirects': True})",
        "session.get(url, allow_redirects=True)",
        "subprocess.run(line, shell=True)",
        "eval('1')",
        "exec(text)",
        "import pickle",
        "from pickle import loads",
        "def late():\n    import shelve",
    ],
)
def test_what_is_dangerous_is_found(bad: str) -> None:
    assert faults(ast.parse(bad))


@pytest.mark.parametrize(
    "good",
    ["requests.get(url, verify=True)", "session.get(url, allow_redirects=False)", "'eval(1) import pickle verify=False'"],
)
def test_what_is_harmless_is_not(good: str) -> None:
    assert not faults(ast.parse(good))


def test_nothing_dangerous_stands_in_any_module() -> None:
    found = {str(source): faults(source.tree) for source in sources()}
    assert len(found) > 100
    assert not {name: one for name, one in found.items() if one}


def undocumented(source: Source) -> list[str]:
    """The module and its public classes that have no docstring."""
    nodes: list[ast.Module | ast.ClassDef] = [source.tree]
    nodes += [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return [getattr(node, "name", "the module") for node in nodes if not (ast.get_docstring(node) or "").strip()]


def test_every_module_and_public_class_is_explained() -> None:
    found = {str(source): undocumented(source) for source in sources()}
    assert not {name: one for name, one in found.items() if one}


def test_a_missing_explanation_is_found() -> None:
    tree = ast.parse('class Shown:\n    def f(self): ...\nclass _Hidden: ...\nclass Told:\n    """Said."""')
    assert undocumented(Source(ROOT, "made", "", tree)) == ["the module", "Shown"]


def test_every_module_can_be_read_in_one_go_and_most_are_short() -> None:
    lengths = {str(source): len(source.text.splitlines()) for source in sources()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert sorted(lengths.values())[len(lengths) // 2] <= TYPICAL


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{source}: {node.name}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert not long


def test_no_imports_run_in_a_circle() -> None:
    graph = {source.name: imports_of(source) for source in sources()}
    assert sum(map(len, graph.values())) > 100, "the imports were found"
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))
    assert order.index("desktop.domain.records") < order.index("desktop.engine.runner") < order.index("desktop.app")


def unexplained_catches(source: Source) -> list[int]:
    """Lines that catch everything, keep it, and do not say why."""
    lines, found = source.text.splitlines(), []
    for node in (one for one in ast.walk(source.tree) if isinstance(one, ast.ExceptHandler)):
        caught = {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else {"Exception"}
        raises_again = any(isinstance(one, ast.Raise) for one in ast.walk(node))
        if caught & {"Exception", "BaseException"} and not raises_again and "#" not in lines[node.lineno - 1]:
            found.append(node.lineno)
    return found


def test_who_catches_everything_says_why() -> None:
    assert not {str(source): unexplained_catches(source) for source in sources() if unexplained_catches(source)}


@pytest.mark.parametrize(
    ("caught", "lines"),
    [
        ("except Exception:\n    pass", [3]),
        ("except:\n    pass", [3]),
        ("except (KeyError, BaseException):\n    x = 1", [3]),
        ("except Exception:  # the edge of a thread\n    pass", []),
        ("except BaseException:\n    raise", []),
        ("except KeyError:\n    pass", []),
    ],
)
def test_an_unexplained_catch_is_found(caught: str, lines: list[int]) -> None:
    text = f"try:\n    f()\n{caught}"
    assert unexplained_catches(Source(ROOT, "made", text, ast.parse(text))) == lines


def test_the_error_tree_is_drawn_in_one_file() -> None:
    """So that the test of its words, which reads that file, misses none."""
    tree = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, DelinkError)}
    grown: set[str] = set()
    for source in sources():
        classes = [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
        grown |= {source.name for one in classes for base in one.bases if ast.unparse(base).split(".")[-1] in tree}
    assert grown == {errors.__name__}


MAY_ASK_FOR_UNDO = {
    "desktop/domain/history.py",  # which runs belong to which
    "desktop/words/causes.py",  # the words
    "desktop/application/undoing.py",  # where an undo is made
}
DEFINE_UNDO = {"desktop/domain/operations.py", "desktop/domain/origins.py"}


def test_only_three_files_ask_whether_a_run_is_an_undo() -> None:
    """All others ask for a trait of the operation, so that a third one is a row of the table."""
    asking = {str(one) for one in sources() if names_undo(one.tree)}
    assert asking - DEFINE_UNDO == MAY_ASK_FOR_UNDO


@pytest.mark.parametrize("text", ["x is Operation.RESTORE", "isinstance(x, UndoOf)", "from a import UndoOf", "a.UndoOf('r')"])
def test_a_question_for_undo_is_found(text: str) -> None:
    assert names_undo(ast.parse(text))
    assert not names_undo(ast.parse("x is Operation.REMOVE and isinstance(x, RetryOf)"))


def names_undo(tree: ast.AST) -> bool:
    """Whether the operation that puts links back, or the origin of an undo, is named."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in ("RESTORE", "UndoOf"))
        or (isinstance(node, ast.Name) and node.id == "UndoOf")
        or (isinstance(node, ast.alias) and node.name == "UndoOf")
        for node in ast.walk(tree)
    )


def test_only_the_composition_names_what_it_puts_together() -> None:
    """Everybody else declares the few things that they need; the self-check stands on top of the composition."""
    naming = {
        str(one)
        for one in sources()
        for node in ast.walk(one.tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "Services" for alias in node.names)
    }
    assert naming == {"desktop/self_check.py"}


def test_the_engine_shares_no_more_than_four_protocols() -> None:
    """Whatever one room alone needs of the outside is declared there."""
    ports = next(one for one in sources() if str(one) == "desktop/engine/ports.py")
    declared = [node.name for node in ports.tree.body if isinstance(node, ast.ClassDef)]
    assert sorted(declared) == ["Clock", "Crm", "RunJournal", "RunListener"]
