"""The control interface as a function: what it reports, what it does, and what it does not know."""

import json
from typing import Any

import pytest

from desktop.practice.control import control
from desktop.practice.faults import FaultQueue
from desktop.practice.rules import Request, Response
from desktop.practice.state import DEFAULTS, State
from desktop.practice.tokens import IssuedTokens

P, A, B = "3652397000000327001", "3652397000000925128", "3652397000000649013"


class Desk:
    """A state with its control interface, without a server."""

    def __init__(self) -> None:
        self.state, self.faults = State(None), FaultQueue()
        self.tokens = IssuedTokens(self.state)

    def get(self, what: str) -> Response:
        return control(Request("GET", f"/control/{what}"), self.state, self.faults, self.tokens, in_flight=3)

    def post(self, what: str, order: Any = None) -> Response:
        body = order if isinstance(order, bytes) else json.dumps(order).encode() if order is not None else b""
        return control(Request("POST", f"/control/{what}", body), self.state, self.faults, self.tokens)


def test_links_are_seeded_changed_by_others_and_listed() -> None:
    desk = Desk()
    assert desk.post("seed", {"links": [["Campaigns", "Contacts", P, A]] * 2}).json == {"new": 1}
    desk.post("others", {"links": [["Contacts", "Campaigns", A, P]], "linked": False})
    (link,) = desk.get("links").json["links"]
    assert (link["linked"], link["removed"], link["sends"]) == (0, 0, 0), "what others do is no removal of ours"
    counts = desk.get("counts").json
    assert (counts["links_now"], counts["calls"], counts["in_flight"], counts["held"]) == (0, 0, 3, 0)
    assert desk.get("calls").json == {"calls": []}


def test_only_settings_that_exist_are_set() -> None:
    desk = Desk()
    assert desk.post("settings", {"cap": 7, "no_such": 1}).status == 200
    assert (desk.state.setting("cap"), desk.state.setting("no_such")) == (7, None)
    desk.post("reset")
    assert desk.state.setting("cap") == DEFAULTS["cap"]


def test_records_have_a_kind_that_may_change() -> None:
    desk = Desk()
    for kind in ("converted", "plain"):
        desk.post("records", {"module": "Leads", "ids": [A, B], "kind": kind})
        with desk.state.transaction() as db:
            assert {row[0] for row in db.execute("SELECT kind FROM records")} == {kind}


def test_one_fault_or_a_list_of_them_waits_until_it_is_cleared() -> None:
    desk = Desk()
    desk.post("faults", {"do": "fin"})
    desk.post("faults", [{"do": "reset"}, {"do": "cut"}])
    call = Request("GET", "/crm/v8/org")
    assert desk.faults.for_call(call) is not None
    desk.post("clear")
    assert desk.faults.for_call(call) is None and desk.faults.released.is_set()


def test_tokens_are_refused_from_the_moment_they_are_made_to_expire() -> None:
    desk = Desk()
    header = f"Zoho-oauthtoken {desk.tokens.access_token}"
    assert desk.tokens.is_valid(header)
    desk.post("expire")
    assert not desk.tokens.is_valid(header)


@pytest.mark.parametrize(("what", "order", "status"), [("nothing", {}, 404), ("settings", b"no JSON", 400)])
def test_an_unknown_path_or_order_is_refused(what: str, order: Any, status: int) -> None:
    assert Desk().post(what, order).status == status
    assert Desk().get("nothing").status == 404
