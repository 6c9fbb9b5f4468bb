"""Reads what Zoho tells of an organisation besides links: who is asking, which lists it has, and the names of records."""

from collections.abc import Callable, Collection, Mapping, Sequence
from threading import Lock

from desktop.crm.addresses import joined_ids, records_target
from desktop.crm.answers import Item, parse_json, raise_refusal, read_page
from desktop.crm.session import Answer
from desktop.domain.connections import Account
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, RequestRefused
from desktop.domain.records import RecordId
from desktop.domain.relations import MODULES, NEVER, OLDER_NAMES, Relation, is_api_name, is_custom, is_never
from desktop.domain.texts import Text

_NAME_FIELDS: Mapping[str, str] = {
    "Campaigns": "Campaign_Name",
    "Products": "Product_Name",
    "Leads": "Full_Name",
    "Contacts": "Full_Name",
    "Accounts": "Account_Name",
    "Deals": "Deal_Name",
    "Price_Books": "Price_Book_Name",
}


class Organisation:
    """Reads over the calls of a client. Any thread may call. The port (engine/ports.py) says what its methods promise."""

    def __init__(self, connection: str, version: str, get: Callable[[str], Answer]) -> None:
        """``get`` makes one GET of a path and query; ``connection`` is the connection's name, for errors."""
        self._connection = connection
        self._version = version
        self._get = get

    def who_am_i(self) -> Account:
        user = next(iter(self._settings("users?type=CurrentUser", "users") or ()), {})
        org = next(iter(self._settings("org", "org") or ()), {})
        licence = org.get("license_details")
        return Account(
            company=_text(org, "company_name"),
            organisation_id=_text(org, "zgid") or _text(org, "id"),
            user=_text(user, "full_name"),
            email=_text(user, "email"),
            edition=_text(licence, "paid_type") if isinstance(licence, dict) else "",
            system=_text(org, "type"),
        )

    def related_lists(self, module: str) -> Sequence[Relation]:
        # Without extra_properties Zoho may not say whether links can be taken off a list.
        items = self._lists_of(module, "&extra_properties=true") or ()
        offered = (Relation(module, _text(item, "api_name")) for item in items if _is_offered(item))
        return tuple(dict.fromkeys(relation for relation in offered if not is_never(relation)))

    def modules(self) -> Sequence[str]:
        items = self._settings("settings/modules", "modules")
        if items is None:  # the token may not ask
            return tuple(MODULES)
        # Notes and attachments are modules, too; a list of theirs must not even be offered.
        named = (_text(item, "api_name") for item in items if item.get("api_supported") is True)
        return tuple(dict.fromkeys(name for name in named if is_api_name(name) and name.lower() not in NEVER))

    def visible_lists(self, module: str) -> frozenset[str] | None:
        items = self._lists_of(module)
        if items is None:
            return None
        # A list without a status counts as visible: to call it hidden would keep the user from a removal that works.
        return frozenset(_text(item, "api_name") for item in items if item.get("status", "visible") == "visible")

    def list_names(self, module: str) -> frozenset[str]:
        """Return API names of all related lists of a module; none if the token may not ask."""
        return frozenset(_text(item, "api_name") for item in self._lists_of(module) or ())

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        field = _NAME_FIELDS.get(module, "Name")  # modules of an organisation's own call the field "Name"
        # Without this parameter converted leads are hidden, and would seem not to exist.
        query = {"ids": joined_ids(sorted(record_ids)), "fields": field, "converted": "both"}
        items, _ = read_page(self._connection, self._get(records_target(self._version, module, query)))
        names = {RecordId(_text(item, "id")): str(item.get(field) or "") for item in items}
        if "" in names:  # it may be any of the missing records, which would then seem not to exist
            raise AnswerNotUnderstood(self._connection, 200, Text("record-without-id"))
        return names

    def try_module(self, module: str) -> None:
        target = records_target(self._version, module, {"fields": "id", "per_page": "1"})
        read_page(self._connection, self._get(target))

    def _lists_of(self, module: str, more: str = "") -> Sequence[Item] | None:
        return self._settings(f"settings/related_lists?module={module}{more}", "related_lists")

    def _settings(self, what: str, key: str) -> Sequence[Item] | None:
        """Return the items of a settings call; None if the token lacks the scope for it."""
        answer = self._get(f"/crm/{self._version}/{what}")
        if answer.status == 204:
            return ()
        try:
            body = parse_json(self._connection, answer)
            raise_refusal(self._connection, answer, body)
        except RequestRefused:
            return None
        items = body.get(key) if isinstance(body, dict) else None
        if not isinstance(items, list):
            raise AnswerNotUnderstood(self._connection, answer.status, Text("answer-not-asked-for"))
        return [item for item in items if isinstance(item, dict)]


class ListNames:
    """Knows what this organisation calls the few lists that have another name in older organisations."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._guard = Lock()
        self._names: dict[Relation, Relation] = {}

    def sent_as(self, relation: Relation) -> Relation:
        """Return the relation with the name that its list has here; unchanged if that cannot be read."""
        older = OLDER_NAMES.get(relation)
        if older is None:
            return relation
        # Held during the call, so that the lanes, which start together, ask only once.
        with self._guard:
            if relation not in self._names:
                try:
                    lists = self._organisation.list_names(relation.parent_module)
                except (AnswerMissing, AnswerNotUnderstood):
                    return relation  # not remembered, so the next call asks again
                is_older = older.related_list in lists and relation.related_list not in lists
                self._names[relation] = older if is_older else relation
            return self._names[relation]

    def forget(self) -> None:
        """Ask again next time, because another key may read more than the earlier one."""
        with self._guard:
            self._names.clear()


class OfferedLists:
    """Knows which relations this organisation's metadata offers for removal beside the built-in ones.

    It asks once, just before the first call that changes such a list.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._guard = Lock()
        self._offered: dict[str, frozenset[Relation]] = {}

    def beside(self, relation: Relation) -> frozenset[Relation]:
        """Return the offered relations of the same module. Raises the leaves of CrmError if the metadata cannot be read.

        A built-in relation needs no such proof, and one that may never be called is not helped by it: for both, there are none.
        """
        if not is_custom(relation) or is_never(relation):
            return frozenset()
        module = relation.parent_module
        with self._guard:
            if module not in self._offered:
                self._offered[module] = frozenset(self._organisation.related_lists(module))
            return self._offered[module]

    def forget(self) -> None:
        """Ask again next time, because time has passed, or another key may not see what the earlier one saw."""
        with self._guard:
            self._offered.clear()


def _is_offered(item: Item) -> bool:
    """True if the metadata calls a list a visible multi-select lookup whose links can be taken off."""
    operations, module = item.get("record_operations"), item.get("module")
    can_take_off = isinstance(operations, dict) and operations.get("disassociate") is True
    # A list of notes or attachments may have any name, so the module of its records counts, too: DELETE would delete them.
    is_forbidden = isinstance(module, dict) and _text(module, "api_name").lower() in NEVER
    is_visible = item.get("status", "visible") == "visible" and is_api_name(_text(item, "api_name"))
    return can_take_off and item.get("type") == "multiselectlookup" and is_visible and not is_forbidden


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
