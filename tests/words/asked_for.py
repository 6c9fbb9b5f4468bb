"""Which sentences the lower rooms ask for by name."""

import ast
from functools import cache

from tests.house.sources import sources


@cache
def texts_of_the_program() -> frozenset[str]:
    """Every text that stands in a module of the program outside the words themselves."""
    outside = (one for one in sources() if not one.name.startswith("desktop.words"))
    nodes = (node for one in outside for node in ast.walk(one.tree))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def texts_made() -> frozenset[str]:
    """The names that stand in a ``Text("…")`` outside the words themselves."""
    outside = (one for one in sources() if not one.name.startswith("desktop.words"))
    calls = (node for one in outside for node in ast.walk(one.tree) if isinstance(node, ast.Call) and node.args)
    return frozenset(
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "Text"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    )


def never_asked_for(names: frozenset[str] | set[str]) -> set[str]:
    """Those of the names of sentences that no room asks for."""
    return {name for name in names if name not in texts_of_the_program()}
