"""The control interface of the practice CRM, under ``/control``, for tests and trials.

It needs no token, but the header ``X-Control-Secret`` with the secret that the server printed when it started (doors.py
says why).

GET  /control/counts     calls, removals, reads, puts, destructive, links_now, links_removed, concurrent_max,
                         sends_per_link_max, sends_without_read_max, held, in_flight, status_200 …
GET  /control/links      every pair: both ends, linked (0 or 1), sends, removed
GET  /control/calls      the log, in order of arrival: at, method, path, ids (how many), status, asked (the ids, also
                         those in the body of a PUT), fault
POST /control/faults     a fault or a list of them (faults.py has the vocabulary)
POST /control/release    let held calls go on
POST /control/clear      forget the faults that wait, and let held calls go on
POST /control/settings   latency_ms, cap, credits, token_life_s, scopes, edition, company, organisation_id,
                         deals_list (Deals, or Potentials as in older organisations); of the accounts
                         server: in_ms, location, accounts_server, api_domain, user_location
POST /control/seed       {"links": [[parent module, related list, parent id, related id], …], "share": false}
POST /control/others     {"links": [[as in seed], …], "linked": true or false}: somebody else links or unlinks these
                         records in the CRM itself; not counted as a call
POST /control/records    {"module": …, "ids": […], "kind": "plain" | "converted" | "unapproved"}
POST /control/expire     every access token is refused from now on
POST /control/reset      forget links, counts, settings and faults
"""

import json
from typing import Any

from desktop.practice.faults import FaultQueue
from desktop.practice.rules import Request, Response
from desktop.practice.state import DEFAULTS, State
from desktop.practice.tokens import IssuedTokens

CONTROL_PREFIX = "/control"


def control(request: Request, state: State, faults: FaultQueue, tokens: IssuedTokens, in_flight: int = 0) -> Response:
    """Answer a call to the control interface; ``in_flight`` is how many calls of the other interfaces are unanswered."""
    what = request.path.removeprefix(CONTROL_PREFIX).strip("/")
    if request.method == "GET":
        return _report(what, state, faults, in_flight)
    try:
        order = json.loads(request.body or b"{}")
    except ValueError:
        return Response(400, {"error": "not JSON"})
    return _carry_out(what, order, state, faults, tokens)


def _report(what: str, state: State, faults: FaultQueue, in_flight: int) -> Response:
    match what:
        case "counts":
            return Response(200, {**state.counts(), "held": faults.held, "in_flight": in_flight})
        case "links":
            return Response(200, {"links": state.links()})
        case "calls":
            return Response(200, {"calls": state.calls()})
    return Response(404, {"error": "there is no such thing"})


def _carry_out(what: str, order: Any, state: State, faults: FaultQueue, tokens: IssuedTokens) -> Response:
    match what:
        case "faults":
            faults.add(order if isinstance(order, list) else [order])
        case "release":
            faults.release()
        case "clear":
            faults.clear()
        case "settings":
            state.set(**{name: value for name, value in order.items() if name in DEFAULTS})
        case "seed":
            new = state.seed([tuple(link) for link in order["links"]], share=bool(order.get("share", False)))
            return Response(200, {"new": new})
        case "others":
            state.changed_by_others([tuple(link) for link in order["links"]], linked=bool(order["linked"]))
        case "records":
            rows = [(order["module"], record_id, order.get("kind", "plain")) for record_id in order["ids"]]
            with state.transaction() as db:
                db.executemany("INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind", rows)
        case "expire":
            tokens.expire_all()
        case "reset":
            state.reset()
            faults.clear()
        case _:
            return Response(404, {"error": "there is no such thing"})
    return Response(200, {"ok": True})
