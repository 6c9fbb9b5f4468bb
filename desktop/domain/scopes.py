"""What a sign-in asks Zoho to allow: exactly what the chosen relations need, and nothing for other modules.

Names as on Zoho's pages of the calls: modules in lower case and without underscores. Both ends of a relation need all three
rights, because a call may be addressed from either end: READ for checks, DELETE for removals, UPDATE for putting links back.
"""

from collections.abc import Iterable, Sequence

from desktop.domain.operations import OPERATIONS
from desktop.domain.relations import BUILT_IN, Relation

ACCOUNT_SCOPES = ("ZohoCRM.users.READ", "ZohoCRM.org.READ")
_METADATA_SCOPES = ("ZohoCRM.settings.modules.READ", "ZohoCRM.settings.related_lists.READ")
_RIGHTS = ("READ", *(one.right for one in OPERATIONS))
_RIGHTS_TO_UNDO = frozenset(one.undone_by.right for one in OPERATIONS if one.undone_by is not None)
ALL_RELATIONS = tuple(row.relation for row in BUILT_IN if row.reverse is not None)


def scopes_for(relations: Iterable[Relation]) -> Sequence[str]:
    """Every scope that removing links of these relations needs, each once, modules first."""
    modules = [scope_of(module, right) for module in modules_of(relations) for right in _RIGHTS]
    return (*modules, *_METADATA_SCOPES, *ACCOUNT_SCOPES)


def lacking(granted: Iterable[str], needed: Iterable[str]) -> tuple[str, ...]:
    """Those of ``needed`` that ``granted`` does not cover. ``ALL``, and a scope without a module, cover what is below them."""
    held = {_plain(scope) for scope in granted}
    return tuple(scope for scope in needed if not held & _covering(_plain(scope)))


def needed_to_undo(scope: str) -> bool:
    """True for the right to put links back."""
    return scope.rpartition(".")[2] in _RIGHTS_TO_UNDO


def is_extra(scope: str) -> bool:
    """True for what a removal can do without: knowing names, and putting links back."""
    return scope in (*ACCOUNT_SCOPES, *_METADATA_SCOPES) or needed_to_undo(scope)


def _covering(scope: str) -> set[str]:
    """Everything that includes the scope, itself too."""
    *place, right = scope.split(".")
    rights = {right, "all"} | ({"write"} if right == "update" else set())
    places = (".".join(place), ".".join(place[:2]))
    return {f"{where}.{one}" for where in places for one in rights}


def _plain(scope: str) -> str:
    return scope.replace("_", "").lower()


def modules_of(relations: Iterable[Relation]) -> Sequence[str]:
    """Both ends of every relation, each module once."""
    return tuple(dict.fromkeys(end for one in relations for end in (one.parent_module, one.related_list)))


def scope_of(module: str, right: str) -> str:
    """Return the scope of a right, such as ``ZohoCRM.modules.pricebooks.READ``."""
    return f"ZohoCRM.modules.{module.removesuffix('__s').replace('_', '').lower()}.{right}"
