"""What a sign-in asks Zoho to allow: exactly what the chosen relations need, and nothing for other modules.

Names as on Zoho's pages of the calls: modules in lower case and without underscores. Both ends of a relation need all three
rights, because a call may be addressed from either end: READ for checks, DELETE for removals, UPDATE for putting links back.
"""

from collections.abc import Iterable, Sequence

from desktop.domain.relations import BUILT_IN, Relation

ACCOUNT_SCOPES = ("ZohoCRM.users.READ", "ZohoCRM.org.READ")
_METADATA_SCOPES = ("ZohoCRM.settings.modules.READ", "ZohoCRM.settings.related_lists.READ")
_RIGHTS = ("READ", "DELETE", "UPDATE")
ALL_RELATIONS = tuple(row.relation for row in BUILT_IN if row.reverse is not None)


def scopes_for(relations: Iterable[Relation]) -> Sequence[str]:
    """Every scope that removing links of these relations needs, each once, modules first."""
    modules = [scope_of(module, right) for module in modules_of(relations) for right in _RIGHTS]
    return (*modules, *_METADATA_SCOPES, *ACCOUNT_SCOPES)


def modules_of(relations: Iterable[Relation]) -> Sequence[str]:
    """Both ends of every relation, each module once."""
    return tuple(dict.fromkeys(end for one in relations for end in (one.parent_module, one.related_list)))


def scope_of(module: str, right: str) -> str:
    """``ZohoCRM.modules.pricebooks.READ``."""
    return f"ZohoCRM.modules.{module.removesuffix('__s').replace('_', '').lower()}.{right}"
