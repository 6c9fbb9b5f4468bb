"""What Zoho tells of an organisation itself, and of its records beyond links: who is asking, its lists, names of records."""

from collections.abc import Callable, Collection, Mapping, Sequence
from threading import Lock

from desktop.crm.addresses import joined_ids, records_target
from desktop.crm.answers import Item, parsed, raise_refusal, read_page
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
    """Reads over the calls of a client; what each method promises stands at the port. Any thread."""

    def __init__(self, connection: str, version: str, get: Callable[[str], Answer]) -> None:
        """``get`` makes one GET of a path and query; ``connection`` is the name for errors."""
        self._connection = connection
        self._version = version
        self._get = get

    def who_am_i(self) -> Account:
        """Company and user of the token; what the token may not read stays empty."""
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
        """Relations of a module that the organisation's metadata offers for removal, none where the token may not ask."""
        items = self._lists_of(module, "&extra_properties=true") or ()
        found = (Relation(module, _text(item, "api_name")) for item in items if _is_offered(item))
        return tuple(dict.fromkeys(one for one in found if not is_never(one)))

    def modules(self) -> Sequence[str]:
        """API names of the modules whose records can be reached; those of Zoho's own page where the token may not ask."""
        items = self._settings("settings/modules", "modules")
        if items is None:
            return tuple(MODULES)
        named = (_text(item, "api_name") for item in items if item.get("api_supported") is True)
        return tuple(dict.fromkeys(name for name in named if is_api_name(name) and name.lower() not in NEVER))

    def visible_lists(self, module: str) -> frozenset[str] | None:
        """API names of the related lists that are not hidden; None where the token may not ask."""
        items = self._lists_of(module)
        if items is None:
            return None
        return frozenset(_text(item, "api_name") for item in items if item.get("status", "visible") == "visible")

    def list_names(self, module: str) -> frozenset[str]:
        """API names of all related lists of a module; none where the token may not ask."""
        return frozenset(_text(item, "api_name") for item in self._lists_of(module) or ())

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Names of at most 100 records; those that do not exist are missing, those without a name have an empty one."""
        field = _NAME_FIELDS.get(module, "Name")
        query = {"ids": joined_ids(sorted(record_ids)), "fields": field, "converted": "both"}
        items, _ = read_page(self._connection, self._get(records_target(self._version, module, query)))
        names = {RecordId(_text(item, "id")): str(item.get(field) or "") for item in items}
        if "" in names:  # it may be any of the others, which would then seem not to exist
            raise AnswerNotUnderstood(self._connection, 200, Text("record-without-id"))
        return names

    def try_module(self, module: str) -> None:
        """Read at most one id of a module: whether it may be read at all. Raises RequestRefused and the other leaves."""
        target = records_target(self._version, module, {"fields": "id", "per_page": "1"})
        read_page(self._connection, self._get(target))

    def _lists_of(self, module: str, more: str = "") -> Sequence[Item] | None:
        return self._settings(f"settings/related_lists?module={module}{more}", "related_lists")

    def _settings(self, what: str, key: str) -> Sequence[Item] | None:
        """Items of a settings call; None where the token lacks the scope for it."""
        answer = self._get(f"/crm/{self._version}/{what}")
        if answer.status == 204:
            return ()
        try:
            body = parsed(self._connection, answer)
            raise_refusal(self._connection, answer, body)
        except RequestRefused:
            return None
        items = body.get(key) if isinstance(body, dict) else None
        if not isinstance(items, list):
            raise AnswerNotUnderstood(self._connection, answer.status, Text("answer-not-asked-for"))
        return [item for item in items if isinstance(item, dict)]


class ListNames:
    """The names by which this organisation's metadata calls lists that have another one in older organisations."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._guard = Lock()
        self._names: dict[Relation, Relation] = {}

    def sent_as(self, relation: Relation) -> Relation:
        """The relation by the name that its list has here; as it is where that cannot be read."""
        older = OLDER_NAMES.get(relation)
        if older is None:
            return relation
        with self._guard:
            if relation not in self._names:
                try:
                    lists = self._organisation.list_names(relation.parent_module)
                except (AnswerMissing, AnswerNotUnderstood):
                    return relation
                is_older = older.related_list in lists and relation.related_list not in lists
                self._names[relation] = older if is_older else relation
            return self._names[relation]

    def forget(self) -> None:
        """Ask anew: another key may read more than the one before."""
        with self._guard:
            self._names.clear()


class OfferedLists:
    """The relations outside the built-in ones whose links this organisation's metadata says can be taken off.

    They are asked for once in a conversation, just before the first call that changes such a list.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._guard = Lock()
        self._offered: dict[str, frozenset[Relation]] = {}

    def beside(self, relation: Relation) -> frozenset[Relation]:
        """Those of the same module; none for a relation that needs no such proof, or that no proof can help.

        Raises the CrmError leaves where the metadata cannot be read.
        """
        if not is_custom(relation) or is_never(relation):
            return frozenset()
        module = relation.parent_module
        with self._guard:
            if module not in self._offered:
                self._offered[module] = frozenset(self._organisation.related_lists(module))
            return self._offered[module]

    def forget(self) -> None:
        """Ask anew: time has passed, or another key may not see what the one before saw."""
        with self._guard:
            self._offered.clear()


def _is_offered(item: Item) -> bool:
    """Whether the metadata says of a list that it is a multi-select lookup in sight whose links can be taken off.

    A list of notes may have any name, so what it holds counts too.
    """
    operations, holds = item.get("record_operations"), item.get("module")
    can_take_off = isinstance(operations, dict) and operations.get("disassociate") is True
    of_data = isinstance(holds, dict) and _text(holds, "api_name").lower() in NEVER
    in_sight = item.get("status", "visible") == "visible" and is_api_name(_text(item, "api_name"))
    return can_take_off and item.get("type") == "multiselectlookup" and in_sight and not of_data


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
