"""The addresses of calls. One function builds the address of a removal, one that of putting back; both assert what they built.

The same verb one path segment further or shorter deletes notes, attachments or whole records, so the finished path must
consist of exactly module, record id and related list, and the query of at least one id. A change sent to a
shorter path would change a record.
"""

import re
from collections.abc import Collection, Sequence
from urllib.parse import quote, urlencode

from desktop.domain.connections import API_VERSIONS
from desktop.domain.errors import RelationNotAllowed
from desktop.domain.planning.call_limits import MAX_IDS, MAX_IDS_CHARACTERS
from desktop.domain.records import RecordId, is_record_id
from desktop.domain.relations import Relation, check_allowed

_DELINK_PATH = re.compile(r"/crm/v[0-9](?:\.[0-9])?/[A-Za-z_][A-Za-z0-9_]*/[0-9]{10,20}/[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_IDS = re.compile(r"[0-9]{10,20}(?:,[0-9]{10,20})*", re.ASCII)


def delink_target(
    version: str, relation: Relation, parent_id: RecordId, ids: Sequence[RecordId], confirmed: Collection[Relation] = frozenset()
) -> str:
    """Path and query of a removal: ``/crm/v8/Campaigns/{id}/Contacts?ids={id},{id}``.

    Raises RelationNotAllowed for a relation that is not on the allow-list, ValueError for anything else that is not
    exactly what the call takes (1 to 100 ids of 10 to 20 digits, 2,000 characters).
    """
    return f"{_list_path(version, relation, parent_id, confirmed)}?ids={_distinct_ids(ids)}"


def relink_target(
    version: str, relation: Relation, parent_id: RecordId, ids: Sequence[RecordId], confirmed: Collection[Relation] = frozenset()
) -> str:
    """Path of a call that puts links back: ``/crm/v8/Campaigns/{id}/Contacts``; ``ids`` go into its body.

    Raises as :func:`delink_target` does, for the same ids.
    """
    _distinct_ids(ids)
    return _list_path(version, relation, parent_id, confirmed)


def linked_target(version: str, relation: Relation, parent_id: RecordId, query: dict[str, str]) -> str:
    """Path and query of a read of the same list (commas stay commas)."""
    return f"{_list_path(version, relation, parent_id, frozenset({relation}))}?{urlencode(query, safe=',')}"


def records_target(version: str, module: str, query: dict[str, str]) -> str:
    """Path and query of a read of records by id."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", module, re.ASCII):
        raise ValueError("not a module")
    return f"/crm/{_checked_version(version)}/{quote(module)}?{urlencode(query, safe=',')}"


def joined_ids(ids: Sequence[RecordId]) -> str:
    """``id,id,…`` within the limits of the call. Raises ValueError."""
    if not 1 <= len(ids) <= MAX_IDS or not all(is_record_id(one) for one in ids):
        raise ValueError("a call takes 1 to 100 record ids")
    listed = ",".join(ids)
    if len(listed) > MAX_IDS_CHARACTERS or not _IDS.fullmatch(listed):
        raise ValueError("the ids of a call take at most 2,000 characters")
    return listed


def _distinct_ids(ids: Sequence[RecordId]) -> str:
    listed = joined_ids(ids)
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands twice in one call")
    return listed


def _list_path(version: str, relation: Relation, parent_id: RecordId, confirmed: Collection[Relation]) -> str:
    check_allowed(relation, confirmed)
    if not is_record_id(parent_id):
        raise ValueError("the parent is not a record id")
    path = f"/crm/{_checked_version(version)}/{relation.parent_module}/{parent_id}/{relation.related_list}"
    if not _DELINK_PATH.fullmatch(path):
        raise RelationNotAllowed(relation.code)
    return path


def _checked_version(version: str) -> str:
    if version not in API_VERSIONS:
        raise ValueError("not a version of the interface")
    return version
