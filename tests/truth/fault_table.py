"""The 60 ways in which a removal can fail, and the word that each has to end with.

``word`` is the cause of the links that were there, once all is settled with a safety copy. ``pause`` is what the run waits
for in between; after it the fault is over and the run is resumed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from desktop.domain.causes import CauseCode as C

Fault = dict[str, Any]
Made = Callable[[Sequence[str]], Fault]

_ENDLESS = ("hold", "drip_headers", "drip_body")
OTHER_HOST = "https://login.example/"
HTML = {"type": "text/html", "body": "<html><body>Sign in first</body></html>"}


@dataclass(frozen=True)
class Trouble:
    """One way to fail. ``fault`` (made from the ids of the call) is for the practice CRM, ``place`` names a bad end, and
    ``deed`` names what else happens; ``open`` says that the fate of the call is open until a read. ``also`` is the word
    when the answer comes too late for the first one."""

    name: str
    group: str
    word: C = C.REMOVED
    fault: Made | None = None
    place: str = ""
    deed: str = ""
    times: int = 1
    open: bool = False
    applied: bool = False
    pause: C | None = None
    also: C | None = None

    @property
    def is_never_answered(self) -> bool:
        """True when only a deadline ends the call."""
        return self.place == "nobody_answers" or (self.fault is not None and self.fault(("",))["do"] in _ENDLESS)

    def __str__(self) -> str:
        return self.name


def _same(fault: Fault) -> Made:
    return lambda _: fault


def _open(name: str, group: str, fault: Fault, *, applied: bool = True) -> Trouble:
    """A fault after which nobody knows; when the call took effect the safety copy and a read prove it."""
    apply = {"apply": "yes" if applied else "no"}
    word = C.REMOVED_PROVEN if applied else C.REMOVED
    return Trouble(name, group, word, _same({**fault, **apply}), open=True, applied=applied)


def _refused(name: str, word: C, status: int, code: str, message: str = "", **details: object) -> Trouble:
    body = json.dumps({"code": code, "details": details, "message": message, "status": "error"})
    return Trouble(name, "semantics", word, _same({"do": "status", "status": status, "body": body}))


def _busy(name: str, **headers: str) -> Trouble:
    body = json.dumps({"code": "TOO_MANY_REQUESTS", "details": {}, "message": "too many requests", "status": "error"})
    return Trouble(name, "semantics", C.REMOVED, _same({"do": "status", "status": 429, "body": body, "headers": headers}))


def _rewritten(name: str, how: str, *, word: C = C.REMOVED_PROVEN, first: Fault | None = None) -> Trouble:
    fault = {"do": "rewrite", "how": how, "apply": "yes", "with": first or {}}
    return Trouble(name, "semantics", word, _same(fault), open=word is C.REMOVED_PROVEN, applied=True)


def _unheard_of(ids: Sequence[str]) -> Fault:
    items = [{"code": "SOMETHING_NEW", "details": {"id": one}, "message": "?", "status": "error"} for one in ids]
    return {"do": "status", "status": 400, "body": json.dumps({"data": items})}


def _odd(name: str, **fault: Any) -> Trouble:
    return _open(name, "payload", {"do": "status", "status": 200, **fault})


def _in_date(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


_TOKEN = json.dumps({"code": "INVALID_TOKEN", "details": {}, "message": "invalid oauth token", "status": "error"})
_SIGNED_OUT = {"do": "status", "status": 401, "body": _TOKEN}
_INTERNAL = json.dumps({"code": "INTERNAL_ERROR", "details": {}, "message": "Internal Server Error", "status": "error"})
_SLOW = {"interval_s": 0.05}

BEFORE_SENDING = [
    Trouble(name, "before sending", place=place)
    for name, place in (
        ("name of the server not known", "name_not_known"),
        ("connection refused", "nobody_listens"),
        ("connect timeout", "nobody_answers"),
        ("certificate of an unknown authority", "unknown_authority"),
        ("certificate of another host", "other_host"),
        ("certificate expired", "expired"),
        ("proxy wants a login (407)", "proxy_wants_a_login"),
        ("proxy cannot connect (502)", "proxy_reaches_nothing"),
        ("proxy gone", "proxy_gone"),
    )
]

_AFTER = "after sending"
AFTER_SENDING: list[tuple[str, Fault]] = [
    ("read timeout", {"do": "hold", "then": "fin"}),
    ("connection reset", {"do": "reset"}),
    ("connection closed", {"do": "fin"}),
    ("headers drip", {"do": "drip_headers", **_SLOW}),
    ("body drips", {"do": "drip_body", **_SLOW}),
    ("shorter than its Content-Length", {"do": "cut"}),
    ("cut in a chunk", {"do": "chunk_cut"}),
    ("JSON cut, no length", {"do": "open_cut"}),
    ("500", {"do": "status", "status": 500, "body": _INTERNAL}),
    ("502 web page", {"do": "status", "status": 502, **HTML}),
    ("503", {"do": "status", "status": 503, "body": _INTERNAL}),
    ("504 web page", {"do": "status", "status": 504, **HTML}),
]

_REDIRECT = "redirect or captive"
CAPTIVE: list[tuple[str, Fault]] = [
    ("302 to a web page", {"do": "status", "status": 302, "headers": {"Location": OTHER_HOST}, **HTML}),
    ("301 to http", {"do": "status", "status": 301, "headers": {"Location": "http://www.zohoapis.com/crm/v8/org"}}),
    ("307 on the same host", {"do": "status", "status": 307, "headers": {"Location": "/crm/v8/org"}}),
    ("307 to another host", {"do": "status", "status": 307, "headers": {"Location": OTHER_HOST}}),
    ("200 web page", {"do": "status", "status": 200, **HTML}),
    ("511 sign in to the network", {"do": "status", "status": 511, **HTML}),
]


def _denied(ids: Sequence[str]) -> dict[str, Any]:
    """Nothing is done, and each link is said not to exist."""
    items = [{"code": "INVALID_DATA", "details": {"id": one}, "message": "relation not found", "status": "error"} for one in ids]
    return {"do": "status", "status": 400, "body": json.dumps({"data": items})}


SEMANTICS = [
    Trouble("401 once", "semantics", C.REMOVED, _same(_SIGNED_OUT), pause=C.SIGNED_OUT),
    Trouble("401 for ever", "semantics", C.REMOVED, _same(_SIGNED_OUT), times=99, pause=C.SIGNED_OUT),
    _refused("scope missing (401)", C.SCOPE_MISSING, 401, "OAUTH_SCOPE_MISMATCH", "Unauthorized"),
    _refused("403", C.NO_PERMISSION, 403, "NO_PERMISSION", permissions=["Crm_Implied_View_Leads"]),
    _refused("404 address", C.ADDRESS_WRONG, 404, "INVALID_URL_PATTERN"),
    _refused("404 parent", C.PARENT_NOT_FOUND, 404, "INVALID_DATA", "The record does not exist"),
    _refused("400 index 0", C.MODULE_NOT_SUPPORTED, 400, "INVALID_DATA", resource_path_index=0),
    _refused("400 index 1", C.PARENT_NOT_FOUND, 400, "INVALID_DATA", resource_path_index=1),
    _refused("400 index 2", C.LIST_NOT_FOUND, 400, "INVALID_DATA", resource_path_index=2),
    Trouble("400 with data: none was linked any more", "semantics", C.GONE_MEANWHILE, deed="all gone meanwhile"),
    Trouble("207: one was not linked any more", "semantics", C.GONE_MEANWHILE, deed="one gone meanwhile"),
    Trouble("400 with data: linked ones are denied", "semantics", C.DENIED_STILL_LINKED, _denied, times=99),
    _open("204", "semantics", {"do": "status", "status": 204}),
    _open("{}", "semantics", {"do": "status", "status": 200, "body": "{}"}),
    _rewritten("fewer items", "drop"),
    _rewritten("more items", "foreign"),
    _rewritten("a foreign id in place of one", "set", first={"details": {"id": "9990000000000000001"}}),
    _rewritten("an item twice", "duplicate", word=C.REMOVED),
    _rewritten("one id with two codes", "contradict"),
    _rewritten("shuffled", "shuffle", word=C.REMOVED),
    _rewritten("ids as numbers", "numbers", word=C.REMOVED),
    _rewritten("no details.id", "no_ids"),
    Trouble("unknown code", "semantics", C.REFUSED_OTHER, _unheard_of),
    _busy("429, seconds", **{"Retry-After": "30"}),
    _busy("429, date", **{"Retry-After": _in_date(40)}),
    _busy("429, no wish"),
    _busy("429, absurd wish", **{"Retry-After": "1000000000"}),
]

PAYLOAD = [
    _odd("not UTF-8", body_hex=b'{"data":[{"code":"SUCCESS","details":{"id":"36\xff\xfe"}}]}'.hex()),
    _open("50 MB", "payload", {"do": "huge", "megabytes": 50}),
    _open("gzip bomb", "payload", {"do": "bomb", "megabytes": 20}),
    _odd("very deep nesting", body='{"data":' + "[" * 200_000),
    _odd("NaN", body='{"data": NaN}'),
    Trouble(
        "formula and control text", "payload", C.REMOVED,
        _same({"do": "rewrite", "how": "set", "apply": "yes", "with": {"message": "=HYPERLINK(\"x\")\u0000\u001b[2J"}}),
        applied=True,
    ),
]  # fmt: skip

SURROUNDINGS = [
    Trouble("clock jump", "surroundings", C.REMOVED, deed="clock jump", also=C.REMOVED_PROVEN),
    Trouble("suspend", "surroundings", C.REMOVED_PROVEN, deed="suspend", open=True, applied=True),
    Trouble("flapping link", "surroundings", C.REMOVED, deed="flapping link", open=True),
]

TROUBLES: list[Trouble] = [
    *BEFORE_SENDING,
    *(_open(name, _AFTER, fault) for name, fault in AFTER_SENDING),
    *(_open(name, _REDIRECT, fault) for name, fault in CAPTIVE),
    *SEMANTICS,
    *PAYLOAD,
    *SURROUNDINGS,
]
# The same faults on a call that did nothing: the links are read, found and sent again.
UNDONE: list[Trouble] = [
    *(_open(f"{name}, nothing done", _AFTER, fault, applied=False) for name, fault in AFTER_SENDING),
    *(_open(f"{name}, nothing done", _REDIRECT, fault, applied=False) for name, fault in CAPTIVE),
]
