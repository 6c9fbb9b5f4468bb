"""Answer calls as Zoho's documentation says: the related-record calls of versions 2 to 8.

Sources: Zoho's pages "Delink related records", "Update related records", "Get related records", and its specification of
version 8. Bodies have the documented shape; the wording of messages varies between versions and must not be relied on.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from desktop.practice.names import name_of
from desktop.practice.state import State, keys, module_of, pair_of

MODULES = (
    "Campaigns", "Products", "Leads", "Contacts", "Accounts", "Deals", "Price_Books", "Appointments__s", "Services__s",
    "Trade_Fairs",
)  # fmt: skip
_FORWARD = {
    "Campaigns": ("Leads", "Contacts"),
    "Products": ("Leads", "Accounts", "Contacts", "Deals", "Price_Books"),
    "Appointments__s": ("Services__s",),
}
LISTS: dict[str, set[str]] = {module: set() for module in MODULES}
for _parent, _lists in _FORWARD.items():
    for _list in _lists:
        LISTS[_parent].add(_list)
        if _parent != "Appointments__s":
            LISTS[_list].add(_parent)

# Multi-select lookups that this organisation made itself, with the module that each holds. Links can be removed only from
# the first, as its metadata says.
OWN_LISTS = {"Trade_Fairs": {"Visitors": "Contacts", "Sponsors": "Accounts"}}
_REMOVABLE_FROM = {("Trade_Fairs", "Visitors")}
for _parent, _own in OWN_LISTS.items():
    LISTS[_parent].update(_own)

_LIST_PATH = re.compile(r"/crm/(v[0-9.]+)/(\w+)/([^/]+)/(\w+)(?:/([^/]+))?")
_RECORD_PATH = re.compile(r"/crm/(v[0-9.]+)/(\w+)(?:/([^/]+))?")
_VERSIONS = ("v2", "v2.1", "v3", "v4", "v5", "v6", "v7", "v8")
_NUMBERED_PAGES = 10
_USER = {"id": "2009990000000001", "full_name": "Practice User", "email": "practice@delink.example"}


@dataclass(frozen=True)
class Request:
    """A call as it was received."""

    method: str
    target: str
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query; of repeated names the first value."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query, keep_blank_values=True).items()}

    @property
    def ids(self) -> list[str]:
        return [record_id for record_id in self.query.get("ids", "").split(",") if record_id]

    @property
    def asked(self) -> list[str]:
        """The ids in the query or, of a PUT, those of the records in the body."""
        if self.method != "PUT":
            return self.ids
        try:
            return [str(record["id"]) for record in json.loads(self.body)["data"]]
        except (ValueError, KeyError, TypeError):
            return []


@dataclass
class Response:
    """An answer: status, JSON (None for no body), and further headers."""

    status: int
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """Return the bytes of the body."""
        return b"" if self.json is None else json.dumps(self.json).encode()


def refusal(status: int, code: str, message: str, **details: Any) -> Response:
    """Return the error of a whole call."""
    return Response(status, {"code": code, "details": details, "message": message, "status": "error"})


def answer(request: Request, state: State) -> Response:
    """Return the documented answer; changes the state if the call does."""
    if match := _LIST_PATH.fullmatch(request.path):
        version, module, record_id, related_list, related_id = match.groups()
        if module != "settings":
            return _related(request, state, version, module, record_id, related_list, related_id)
    if match := _RECORD_PATH.fullmatch(request.path):
        return _other_call(request, state, *match.groups())
    return refusal(404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one")


def _related(
    request: Request, state: State, version: str, module: str, record_id: str, related_list: str, related_id: str | None
) -> Response:
    list_name, module, related_list = related_list, module_of(module), module_of(related_list)
    if version not in _VERSIONS:
        return refusal(404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one")
    if related_list in ("Notes", "Attachments", "Emails"):
        with state.transaction() as db:
            state.count(db, destructive=int(request.method == "DELETE"))
        return refusal(400, "NOT_ALLOWED", "the practice CRM deletes nothing")
    if module not in MODULES or (module == "Appointments__s" and version in ("v2", "v2.1")):
        return refusal(400, "INVALID_MODULE", "the module name given seems to be invalid", resource_path_index=0)
    if related_list not in LISTS[module] or list_name != _name_of_list(state, module, related_list):
        return refusal(400, "INVALID_DATA", "the relation name given seems to be invalid", resource_path_index=2)
    if not record_id.isdigit() or not _is_known(state, module, record_id):
        return refusal(400, "INVALID_DATA", "the related id given seems to be invalid", resource_path_index=1)
    if request.method == "DELETE" and related_list in OWN_LISTS.get(module, ()) and (module, related_list) not in _REMOVABLE_FROM:
        return refusal(400, "NOT_SUPPORTED", "the links of this list cannot be taken off", resource_path_index=2)
    handlers: Mapping[str, Callable[..., Response]] = {"DELETE": _delink, "GET": _read_list, "PUT": _relink}
    handler = handlers.get(request.method)
    if handler is None:
        return refusal(400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one")
    return handler(request, state, version, module, record_id, related_list, related_id)


def _name_of_list(state: State, module: str, related_list: str) -> str:
    """Return the name of a list in this organisation: older ones call the deals of a product Potentials."""
    return str(state.setting("deals_list")) if (module, related_list) == ("Products", "Deals") else related_list


def _is_known(state: State, module: str, record_id: str) -> bool:
    with state.transaction() as db:
        return db.execute("SELECT 1 FROM records WHERE module = ? AND id = ?", (module, record_id)).fetchone() is not None


def _delink(
    request: Request, state: State, version: str, module: str, record_id: str, related_list: str, related_id: str | None
) -> Response:
    if related_id is None and (wrong := _wrong_ids(request)):
        return wrong
    ids = keys(request.ids) if related_id is None else [related_id]
    removed = _remove_links(state, module, record_id, related_list, ids)
    if related_id is not None:
        gone = related_id in removed
        return (
            Response(200, {"data": [_removed(related_id)]}) if gone else refusal(404, "INVALID_DATA", "The record does not exist")
        )
    items = [_removed(linked_id) if linked_id in removed else _not_found(linked_id) for linked_id in ids]
    status = 200 if len(removed) == len(ids) else 207 if removed else 400
    return Response(status, {"data": items})


def _remove_links(state: State, module: str, record_id: str, related_list: str, ids: list[str]) -> set[str]:
    """Remove links of one record and count the send; returns the ids that were linked. Three statements, however many ids."""
    own_end, other_end = ("a", "b") if module < related_list else ("b", "a")
    places = ", ".join("?" * len(ids))
    where = f"WHERE module_{own_end} = ? AND id_{own_end} = ? AND module_{other_end} = ? AND id_{other_end} IN ({places})"
    key = (module, record_id, related_list, *ids)
    with state.transaction() as db:
        state.count(db, removals=1)
        linked_by_id = dict(db.execute(f"SELECT id_{other_end}, linked FROM links {where}", key).fetchall())  # noqa: S608
        new = [pair_of(module, record_id, related_list, linked_id) for linked_id in ids if linked_id not in linked_by_id]
        db.executemany("INSERT INTO links VALUES (?, ?, ?, ?, 0, '{}', 0, 0, 0)", new)
        counted = "removed = removed + linked, linked = 0, sends = sends + 1, sends_since_read = sends_since_read + 1"
        db.execute(f"UPDATE links SET {counted} {where}", key)  # noqa: S608
    return {linked_id for linked_id, linked in linked_by_id.items() if linked}


def _wrong_ids(request: Request) -> Response | None:
    if not request.ids:
        return refusal(400, "MANDATORY_NOT_FOUND", "One of the expected parameter is missing", param_name="ids")
    if len(request.ids) > 100 or len(request.query["ids"]) > 2000:
        return refusal(
            400, "LIMIT_EXCEEDED", "Limit Exceeded, You cannot give more than 100 record ids", limit="100", param_name="ids"
        )
    if not all(text.isascii() and text.isdigit() and len(text) <= 20 for text in request.ids):
        return refusal(400, "UNABLE_TO_PARSE_DATA_TYPE", "either the request body or parameters is in wrong format")
    return None


def _removed(linked_id: str) -> dict[str, Any]:
    return {"code": "SUCCESS", "details": {"id": linked_id}, "message": "relation removed", "status": "success"}


def _not_found(linked_id: str) -> dict[str, Any]:
    return {"code": "INVALID_DATA", "details": {"id": linked_id}, "message": "relation not found", "status": "error"}


def _read_list(
    request: Request, state: State, version: str, module: str, record_id: str, related_list: str, related_id: str | None
) -> Response:
    query = request.query
    if version not in ("v2", "v2.1") and "fields" not in query:
        return refusal(400, "REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", param_name="fields")
    asked_ids = [related_id] if related_id else keys(request.ids) if version == "v8" else []
    for name, largest in (("per_page", 200), ("page", None)):
        text = query.get(name, "1")
        if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= (largest or int(text)):
            return refusal(400, "INVALID_DATA", f"the {name} given seems to be invalid", param_name=name)
    linked = _linked_records(state, module, record_id, related_list, query, asked_ids)
    per_page = int(query.get("per_page", "200"))
    page = int(query["page_token"]) if query.get("page_token", "").isdigit() else int(query.get("page", "1"))
    if "page_token" not in query and page > _NUMBERED_PAGES:
        return refusal(400, "INVALID_DATA", "the page is past the first 2,000 records", param_name="page")
    shown, more = linked[(page - 1) * per_page : page * per_page], len(linked) > page * per_page
    if not shown:
        return Response(204)
    names = query["fields"].split(",") if "fields" in query else None
    records = [_record(names, module, related_list, linked_id, fields) for linked_id, fields in shown]
    info: dict[str, Any] = {"per_page": per_page, "count": len(shown), "page": page, "more_records": more}
    info["next_page_token"] = str(page + 1) if more else None
    return Response(200, {"data": records, "info": info})


def _record(names: list[str] | None, module: str, related_list: str, record_id: str, own: str) -> dict[str, Any]:
    """Return a linked record with the fields that were asked for; with all fields in versions without that parameter."""
    modules = {module, related_list}
    own_names = ["list_price"] if modules == {"Products", "Price_Books"} else ["Member_Status"] if "Campaigns" in modules else []
    every = {"Name": name_of(related_list, record_id), **dict.fromkeys(own_names), **json.loads(own)}
    return {"id": record_id, **{name: value for name, value in every.items() if names is None or name in names}}


def _linked_records(
    state: State, module: str, record_id: str, related_list: str, query: Mapping[str, str], asked_ids: list[str]
) -> list[tuple[str, str]]:
    """Return the linked records (only those of ``asked_ids``, if any) in order of their ids, with the JSON of their fields.

    Converted and unapproved records are included only on request.
    """
    with state.transaction() as db:
        state.count(db, reads=1)
        own_end, other_end = ("a", "b") if module < related_list else ("b", "a")
        where = f"module_{own_end} = ? AND id_{own_end} = ? AND module_{other_end} = ?"
        key = (module, record_id, related_list, *asked_ids)
        if asked_ids:
            where += f" AND id_{other_end} IN ({','.join('?' * len(asked_ids))})"
        db.execute(f"UPDATE links SET sends_since_read = 0 WHERE {where} AND sends_since_read > 0", key)  # noqa: S608
        rows = db.execute(f"SELECT id_{other_end}, fields FROM links WHERE {where} AND linked = 1 ORDER BY 1", key).fetchall()  # noqa: S608
        kinds = dict(db.execute("SELECT id, kind FROM records WHERE module = ? AND kind <> 'plain'", (related_list,)).fetchall())
    hidden = set()
    if query.get("converted", "false") == "false":
        hidden.add("converted")
    if query.get("approved", "true") == "true":
        hidden.add("unapproved")
    return [(linked_id, fields) for linked_id, fields in rows if kinds.get(linked_id) not in hidden]


def _relink(
    request: Request, state: State, version: str, module: str, record_id: str, related_list: str, related_id: str | None
) -> Response:
    try:
        records = json.loads(request.body)["data"]
        items = [{**record, "id": str(record.get("id") or related_id)} for record in records]
    except (ValueError, KeyError, TypeError):
        return refusal(400, "INVALID_DATA", "body is invalid")
    if not 1 <= len(items) <= 100:
        return refusal(400, "LIMIT_EXCEEDED", "Limit Exceeded", limit="100")
    priced = {module, related_list} == {"Products", "Price_Books"}
    answers = [_put_link(state, module, record_id, related_list, item, n, priced) for n, item in enumerate(items)]
    good = sum(1 for put in answers if put["code"] == "SUCCESS")
    return Response(200 if good == len(answers) else 207 if good else 400, {"data": answers})


def _put_link(
    state: State, module: str, record_id: str, related_list: str, item: dict[str, Any], index: int, priced: bool
) -> dict[str, Any]:
    if priced and "list_price" not in item:
        details = {"api_name": "list_price", "json_path": f"$.data[{index}].list_price"}
        return {"code": "MANDATORY_NOT_FOUND", "details": details, "message": "required field not found", "status": "error"}
    if not _is_known(state, related_list, item["id"]):
        details = {"api_name": "id", "json_path": f"$.data[{index}].id"}
        return {"code": "INVALID_DATA", "details": details, "message": "the id given seems to be invalid", "status": "error"}
    fields = json.dumps({name: item[name] for name in ("Member_Status", "list_price") if name in item})
    pair = pair_of(module, record_id, related_list, item["id"])
    with state.transaction() as db:
        state.count(db, puts=1)
        db.execute(
            "INSERT INTO links VALUES (?, ?, ?, ?, 1, ?, 0, 0, 0) ON CONFLICT DO UPDATE SET linked = 1, fields = excluded.fields",
            (*pair, fields),
        )
    return {"code": "SUCCESS", "details": {"id": item["id"]}, "message": "relation added", "status": "success"}


def _other_call(request: Request, state: State, version: str, module: str, what: str | None) -> Response:
    if request.method != "GET":
        with state.transaction() as db:
            state.count(db, destructive=int(request.method == "DELETE"))
        return refusal(400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one")
    if module == "settings":
        return _settings(request, state, what)
    if module == "users":
        return Response(200, {"users": [_USER]})
    if module == "org":
        organisation = state.setting("organisation_id")
        licence = {"paid_type": state.setting("edition"), "users_license_purchased": "5"}
        names = {"company_name": state.setting("company"), "country_code": "US", "primary_email": _USER["email"]}
        org = {"id": organisation, "zgid": organisation, **names, "license_details": licence}
        return Response(200, {"org": [org]})
    if module not in MODULES:
        return refusal(400, "INVALID_MODULE", "the module name given seems to be invalid", resource_path_index=0)
    return _records(request, state, module)


def _records(request: Request, state: State, module: str) -> Response:
    if "fields" not in request.query:
        return refusal(400, "REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", param_name="fields")
    ids = [record_id for record_id in keys(request.ids)[:100] if _is_known(state, module, record_id)]
    if not ids:
        return Response(204)
    fields = request.query["fields"].split(",")
    data = [{"id": record_id, **{name: name_of(module, record_id) for name in fields if name != "id"}} for record_id in ids]
    return Response(200, {"data": data, "info": {"count": len(data), "more_records": False, "page": 1, "per_page": 200}})


def _module_metadata(module: str) -> dict[str, Any]:
    label = module.removesuffix("__s").replace("_", " ")
    return {"api_name": module, "module_name": module, "plural_label": label, "api_supported": True, "status": "visible"}


def _settings(request: Request, state: State, what: str | None) -> Response:
    if what == "modules":
        return Response(200, {"modules": [_module_metadata(module) for module in MODULES]})
    module = request.query.get("module", "")
    if what != "related_lists" or module not in LISTS:
        return refusal(400, "INVALID_MODULE", "the module name given seems to be invalid", resource_path_index=0)
    if not LISTS[module]:
        return Response(204)
    names = sorted(_name_of_list(state, module, related_list) for related_list in LISTS[module])
    lists = [_list_metadata(module, name, str(number)) for number, name in enumerate(names, 2009990000000101)]
    if request.query.get("extra_properties") == "true":
        lists = [{**each, "record_operations": {"disassociate": _is_removable_from(module, each["api_name"])}} for each in lists]
    return Response(200, {"related_lists": lists})


def _is_removable_from(module: str, name: str) -> bool:
    return name not in OWN_LISTS.get(module, ()) or (module, name) in _REMOVABLE_FROM


def _list_metadata(module: str, name: str, list_id: str) -> dict[str, Any]:
    """Return what the metadata says about a list without extra properties."""
    holds = OWN_LISTS.get(module, {}).get(name)
    return {
        "id": list_id,
        "api_name": name,
        "name": name,
        "display_label": name.replace("_", " "),
        "module": {"api_name": holds or module_of(name)},
        "type": "multiselectlookup" if holds else "default",
        "status": "visible",
        "href": f"{module}/{{ENTITYID}}/{name}",
        "connectedmodule": None,
        "linkingmodule": None,
    }
