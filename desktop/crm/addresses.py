"""Builds the addresses of calls. One function builds that of a removal, one that of putting back; both check what they built.

The same DELETE with another list in its path deletes notes or attachments, and with a shorter path whole records. So the
finished path must consist of exactly a module, a record id and a related list, and the query must have at least one id. A PUT
to a shorter path would change a record.
"""

import re
from collections.abc import Collection, Sequence
from urllib.parse import quote, urlencode

from desktop.domain.connections import API_VERSIONS
from desktop.domain.errors import RelationNotAllowed
from desktop.domain.planning.call_limits import MAX_IDS, MAX_IDS_CHARACTERS
from desktop.domain.records import RecordId, is_record_id
from desktop.domain.relations import Relation, check_allowed

# The last check of a finished path, independent of how it was built. ASCII, because \d would also take other digits.
_DELINK_PATH = re.compile(r"/crm/v[0-9](?:\.[0-9])?/[A-Za-z_][A-Za-z0-9_]*/[0-9]{10,20}/[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_IDS = re.compile(r"[0-9]{10,20}(?:,[0-9]{10,20})*", re.ASCII)


def delink_target(
    version: str, relation: Relation, parent_id: RecordId, ids: Sequence[RecordId], confirmed: Collection[Relation] = frozenset()
) -> str:
    """Return path and query of a removal: ``/crm/v8/Campaigns/{id}/Contacts?ids={id},{id}``.

    Raises RelationNotAllowed for a relation that is neither built in nor ``confirmed``, and ValueError for anything else that
    the call does not take: it takes 1 to 100 ids of 10 to 20 digits, together at most 2,000 characters.
    """
    # Always the form with ``ids``, even for one id: in the form with the id in the path, an empty id would make another address.
    return f"{_list_path(version, relation, parent_id, confirmed)}?ids={_distinct_ids(ids)}"


def relink_target(
    version: str, relation: Relation, parent_id: RecordId, ids: Sequence[RecordId], confirmed: Collection[Relation] = frozenset()
) -> str:
    """Return the path of a call that puts links back: ``/crm/v8/Campaigns/{id}/Contacts``.

    ``ids`` are those that go into the body. Raises what :func:`delink_target` raises.
    """
    _distinct_ids(ids)  # only to check them
    return _list_path(version, relation, parent_id, confirmed)


def linked_target(version: str, relation: Relation, parent_id: RecordId, query: dict[str, str]) -> str:
    """Return path and query of a read of a related list. Commas in the query stay commas."""
    # Reading harms nothing, so the relation counts as confirmed; lists of notes are refused all the same.
    return f"{_list_path(version, relation, parent_id, frozenset({relation}))}?{urlencode(query, safe=',')}"


def records_target(version: str, module: str, query: dict[str, str]) -> str:
    """Return path and query of a read of a module's records. Raises ValueError for what is no name of a module."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", module, re.ASCII):
        raise ValueError("not a module")
    return f"/crm/{_checked_version(version)}/{quote(module)}?{urlencode(query, safe=',')}"


def joined_ids(ids: Sequence[RecordId]) -> str:
    """Return ``id,id,…``. Raises ValueError if that is more than a call takes, or something is no id."""
    if not 1 <= len(ids) <= MAX_IDS or not all(is_record_id(record_id) for record_id in ids):
        raise ValueError("a call takes 1 to 100 record ids")
    listed = ",".join(ids)
    if len(listed) > MAX_IDS_CHARACTERS or not _IDS.fullmatch(listed):
        raise ValueError("the ids of a call take at most 2,000 characters")
    return listed


def _distinct_ids(ids: Sequence[RecordId]) -> str:
    listed = joined_ids(ids)
    # No page of Zoho's says how an id that stands twice is answered.
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
