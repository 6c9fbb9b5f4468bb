"""What the practice CRM answers, without a server: how a call is read, and the answers of links, lists and metadata."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.practice.rules import LISTS, MODULES, OWN_LISTS, Request, Response, answer
from desktop.practice.state import State

P, A, B = "3652397000000327001", "3652397000000925128", "3652397000000649013"
LIST = f"/crm/v8/Campaigns/{P}/Contacts"


@pytest.fixture
def state() -> Iterator[State]:
    made = State(None)
    made.seed([("Campaigns", "Contacts", P, A), ("Campaigns", "Contacts", P, B)], share=False)
    yield made
    made.close()


def ask(state: State, method: str, target: str, body: Any = None) -> Response:
    return answer(Request(method, target, b"" if body is None else json.dumps(body).encode()), state)


def test_a_call_is_read_with_its_ids_whether_they_are_escaped_or_in_the_body() -> None:
    assert Request("DELETE", f"{LIST}?ids={A}%2C{B},").ids == [A, B]
    assert Request("PUT", LIST, json.dumps({"data": [{"id": A}]}).encode()).asked == [A]
    for body in (b"no JSON", b"[]", b'{"data": [7]}', b'{"data": [{}]}'):
        assert Request("PUT", LIST, body).asked == []
    assert Request("GET", f"{LIST}?fields=id&fields=x&page=").query == {"fields": "id", "page": ""}


def test_every_relation_is_known_from_both_ends_but_that_of_appointments_and_lists_of_ones_own() -> None:
    assert set(LISTS) == set(MODULES)
    for module, lists in LISTS.items():
        for related_list in lists - OWN_LISTS.get(module, {}).keys():
            assert (module in LISTS[related_list]) is (module != "Appointments__s"), (module, related_list)


def test_of_the_lists_of_ones_own_links_are_taken_off_only_where_the_metadata_says_so(state: State) -> None:
    target = "/crm/v8/settings/related_lists?module=Trade_Fairs&extra_properties=true"
    lists = {one["api_name"]: one for one in ask(state, "GET", target).json["related_lists"]}
    assert {one["type"] for one in lists.values()} == {"multiselectlookup"}
    can = {name: each["record_operations"]["disassociate"] for name, each in lists.items()}
    assert can == {"Visitors": True, "Sponsors": False}
    state.seed([("Trade_Fairs", name, P, A) for name in lists], share=False)
    for name, status in (("Visitors", 200), ("Sponsors", 400)):
        assert ask(state, "GET", f"/crm/v8/Trade_Fairs/{P}/{name}?fields=id").status == 200
        assert ask(state, "DELETE", f"/crm/v8/Trade_Fairs/{P}/{name}?ids={A}").status == status
    assert state.counts()["removals"] == 1


def test_the_status_tells_whether_all_some_or_none_were_linked(state: State) -> None:
    assert ask(state, "DELETE", f"{LIST}?ids={A}").status == 200
    assert ask(state, "DELETE", f"{LIST}?ids={A},{B}").status == 207
    assert ask(state, "DELETE", f"{LIST}?ids={A},{B}").status == 400
    assert state.counts()["removals"] == 3


def test_an_id_that_is_named_twice_is_answered_once(state: State) -> None:
    assert [one["details"]["id"] for one in ask(state, "DELETE", f"{LIST}?ids={A},{A}").json["data"]] == [A]


def test_one_link_is_removed_by_its_own_address(state: State) -> None:
    assert ask(state, "DELETE", f"{LIST}/{A}").json["data"][0]["code"] == "SUCCESS"
    assert ask(state, "DELETE", f"{LIST}/{A}").status == 404


def test_sends_are_counted_until_the_links_are_read(state: State) -> None:
    for _ in range(2):
        ask(state, "DELETE", f"{LIST}?ids={A}")
    assert state.counts()["sends_without_read_max"] == 2
    ask(state, "GET", f"{LIST}?fields=id&ids={B}")
    assert state.counts()["sends_without_read_max"] == 2, "another link was read"
    ask(state, "GET", f"{LIST}?fields=id")
    assert (state.counts()["sends_without_read_max"], state.counts()["sends_per_link_max"]) == (0, 2)


@pytest.mark.parametrize(
    ("query", "ids"), [("", []), ("&converted=true", [A]), ("&approved=false", [B]), ("&converted=both&approved=both", [A, B])]
)
def test_converted_and_unapproved_records_are_shown_only_when_asked_for(state: State, query: str, ids: list[str]) -> None:
    with state.transaction() as db:
        for record, kind in ((A, "converted"), (B, "unapproved")):
            db.execute("UPDATE records SET kind = ? WHERE id = ?", (kind, record))
    answer = ask(state, "GET", f"{LIST}?fields=id{query}").json
    assert sorted(one["id"] for one in (answer or {"data": []})["data"]) == sorted(ids)


@pytest.mark.parametrize("query", ["per_page=0", "per_page=201", "per_page=x", "page=0", "page=-1", "page=11", "page=٣"])
def test_an_impossible_page_is_refused(state: State, query: str) -> None:
    refused = ask(state, "GET", f"{LIST}?fields=id&{query}")
    assert (refused.status, refused.json["code"]) == (400, "INVALID_DATA")


@pytest.mark.parametrize("body", [None, [], {"data": []}, {"data": [{"id": A}] * 101}, {"data": 7}])
def test_a_body_that_puts_nothing_back_is_refused(state: State, body: Any) -> None:
    assert ask(state, "PUT", LIST, body).status == 400
    assert state.counts()["puts"] == 0


def test_metadata_list_only_what_can_be_read(state: State) -> None:
    assert {one["api_name"] for one in ask(state, "GET", "/crm/v8/settings/modules").json["modules"]} == set(MODULES)
    lists = ask(state, "GET", "/crm/v8/settings/related_lists?module=Products&extra_properties=true").json["related_lists"]
    assert all(each["record_operations"] == {"disassociate": True} for each in lists)
    assert ask(state, "GET", "/crm/v8/settings/related_lists?module=Services__s").status == 204
    for target in ("/crm/v8/settings/related_lists?module=Vendors", "/crm/v8/settings/fields?module=Leads"):
        assert ask(state, "GET", target).json["code"] == "INVALID_MODULE"
    assert ask(state, "GET", f"/crm/v8/Vendors?ids={A}&fields=Name").json["code"] == "INVALID_MODULE"
    assert ask(state, "GET", f"/crm/v8/Contacts?ids={A}").json["code"] == "REQUIRED_PARAM_MISSING"
    assert ask(state, "GET", f"/crm/v8/Contacts?ids={P}&fields=Name").status == 204
