"""The practice CRM behaves as Zoho's documentation says, over real HTTP."""

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.practice import PracticeCrm
from desktop.practice.state import share_of
from tests.patience import PATIENCE_S

P, A, B = "3652397000000327001", "3652397000000925128", "3652397000000649013"
LIST = f"/crm/v8/Campaigns/{P}/Contacts"


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture
def crm(server: PracticeCrm) -> PracticeCrm:
    call(server, "POST", "/control/reset")
    server.seed([("Campaigns", "Contacts", P, A), ("Campaigns", "Contacts", P, B)], share=False)
    return server


def call(
    crm: PracticeCrm, method: str, target: str, body: Any = None, token: str | None = None
) -> tuple[int, Any, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", int(crm.api_url.rsplit(":", 1)[1]), timeout=PATIENCE_S)
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Zoho-oauthtoken {token or crm.access_token}"}
    if target.startswith("/control/"):
        headers["X-Control-Secret"] = crm.control_secret
    connection.request(method, target, data, headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response.status, json.loads(text) if text else None, dict(response.headers)


def test_a_link_is_one_fact_from_both_ends(crm: PracticeCrm) -> None:
    status, body, _ = call(crm, "DELETE", f"/crm/v8/Contacts/{A}/Campaigns?ids={P}")
    assert (status, body["data"][0]["code"]) == (200, "SUCCESS")
    status, body, _ = call(crm, "DELETE", f"{LIST}?ids={A}%2C{B}")
    assert status == 207
    assert [(one["details"]["id"], one["code"]) for one in body["data"]] == [(A, "INVALID_DATA"), (B, "SUCCESS")]
    assert call(crm, "DELETE", f"{LIST}?ids={A},{B}")[0] == 400


@pytest.mark.parametrize(
    ("method", "target", "status", "code"),
    [
        ("DELETE", LIST, 400, "MANDATORY_NOT_FOUND"),
        ("DELETE", f"{LIST}?ids=" + ",".join(f"36523970000{n:08d}" for n in range(101)), 400, "LIMIT_EXCEEDED"),
        ("DELETE", f"{LIST}?ids=zcrm_{A}", 400, "UNABLE_TO_PARSE_DATA_TYPE"),
        ("DELETE", f"/crm/v8/Vendors/{P}/Contacts?ids={A}", 400, "INVALID_MODULE"),
        ("DELETE", f"/crm/v2.1/Appointments__s/{P}/Services__s?ids={A}", 400, "INVALID_MODULE"),
        ("DELETE", f"/crm/v8/Campaigns/{P}/Deals?ids={A}", 400, "INVALID_DATA"),
        ("DELETE", f"/crm/v8/Campaigns/{A}/Contacts?ids={B}", 400, "INVALID_DATA"),
        ("DELETE", f"/crm/v99/Campaigns/{P}/Contacts?ids={A}", 404, "INVALID_URL_PATTERN"),
        ("PATCH", LIST, 400, "INVALID_REQUEST_METHOD"),
        ("GET", LIST, 400, "REQUIRED_PARAM_MISSING"),
        ("DELETE", f"{LIST}/{P}", 404, "INVALID_DATA"),
        ("DELETE", f"/crm/v8/Campaigns/{P}", 400, "INVALID_REQUEST_METHOD"),
        ("DELETE", f"/crm/v8/Leads/{P}/Notes?ids={A}", 400, "NOT_ALLOWED"),
        ("GET", "/crm/v8/nothing/at/all/here/now", 404, "INVALID_URL_PATTERN"),
    ],
)
def test_documented_refusals(crm: PracticeCrm, method: str, target: str, status: int, code: str) -> None:
    got, body, _ = call(crm, method, target)
    assert (got, body["code"]) == (status, code)
    assert crm.state.counts()["links_now"] == 2


def test_what_would_delete_data_is_counted(crm: PracticeCrm) -> None:
    call(crm, "DELETE", f"/crm/v8/Leads/{P}/Attachments?ids={A}")
    call(crm, "DELETE", f"/crm/v8/Campaigns?ids={P}")
    assert crm.state.counts()["destructive"] == 2


def test_lists_are_read_with_filter_pages_and_empty_answer(crm: PracticeCrm) -> None:
    status, body, _ = call(crm, "GET", f"{LIST}?fields=id&ids={A}")
    assert (status, [one["id"] for one in body["data"]], body["info"]["more_records"]) == (200, [A], False)
    status, body, _ = call(crm, "GET", f"{LIST}?fields=id&per_page=1")
    assert body["info"]["more_records"] is True
    assert len(call(crm, "GET", f"{LIST}?fields=id&page_token={body['info']['next_page_token']}&per_page=1")[1]["data"]) == 1
    assert call(crm, "GET", f"{LIST}?fields=id&ids=3652397000000777777")[:2] == (204, None)
    assert len(call(crm, "GET", LIST.replace("v8", "v2.1"))[1]["data"]) == 2
    assert len(call(crm, "GET", LIST.replace("v8", "v7") + f"?fields=id&ids={A}")[1]["data"]) == 2


def test_links_are_put_back_and_a_price_is_mandatory(crm: PracticeCrm) -> None:
    call(crm, "DELETE", f"{LIST}?ids={A}")
    status, body, _ = call(crm, "PUT", LIST, {"data": [{"id": A, "Member_Status": "Active"}, {"id": "3652397000000777777"}]})
    assert (status, [one["code"] for one in body["data"]]) == (207, ["SUCCESS", "INVALID_DATA"])
    assert call(crm, "GET", f"{LIST}?fields=Member_Status&ids={A}")[1]["data"][0]["Member_Status"] == "Active"
    crm.seed([("Products", "Price_Books", P, A)], share=False)
    priced = f"/crm/v8/Products/{P}/Price_Books"
    assert call(crm, "PUT", priced, {"data": [{"id": A}]})[1]["data"][0]["code"] == "MANDATORY_NOT_FOUND"
    assert call(crm, "PUT", priced, {"data": [{"id": A, "list_price": 5}]})[0] == 200


def test_tokens_expire_and_are_made_anew_with_limits(crm: PracticeCrm) -> None:
    form = (
        f"grant_type=refresh_token&client_id={crm.client_id}&client_secret={crm.client_secret}&refresh_token={crm.refresh_token}"
    )
    answers = [call(crm, "POST", "/oauth/v2/token", form.encode())[1] for _ in range(11)]
    assert "error" in answers[-1] and "access_token" in answers[0]
    call(crm, "POST", "/control/expire")
    assert call(crm, "GET", "/crm/v8/org")[:2][0] == 401
    assert call(crm, "GET", "/crm/v8/org", token=answers[0]["access_token"])[0] == 401
    status, body, _ = call(crm, "POST", "/oauth/v2/token", b"grant_type=refresh_token&client_id=x")
    assert (status, body) == (200, {"error": "invalid_client"})


def test_scopes_credits_and_the_cap_are_kept(crm: PracticeCrm) -> None:
    call(crm, "POST", "/control/settings", {"scopes": ["ZohoCRM.modules.campaigns.READ"], "credits": 17})
    assert call(crm, "DELETE", f"{LIST}?ids={A}")[1]["code"] == "OAUTH_SCOPE_MISMATCH"
    status, _, headers = call(crm, "GET", f"{LIST}?fields=id")
    assert (status, headers["X-API-CREDITS-REMAINING"]) == (200, "17")
    call(crm, "POST", "/control/settings", {"cap": 0})
    assert call(crm, "GET", f"{LIST}?fields=id")[1]["code"] == "TOO_MANY_REQUESTS"


def test_metadata_users_organisation_and_names(crm: PracticeCrm) -> None:
    lists = call(crm, "GET", "/crm/v8/settings/related_lists?module=Campaigns")[1]["related_lists"]
    assert {one["api_name"] for one in lists} == {"Leads", "Contacts"}
    assert call(crm, "GET", "/crm/v8/users?type=CurrentUser")[1]["users"][0]["email"] == "practice@delink.example"
    assert call(crm, "GET", "/crm/v8/org")[1]["org"][0]["company_name"] == "Practice Ltd"
    names = call(crm, "GET", f"/crm/v8/Contacts?ids={A},3652397000000777777&fields=Full_Name")[1]["data"]
    assert [one["id"] for one in names] == [A] and names[0]["Full_Name"]


def test_a_fixed_share_is_absent_or_unknown_and_seeding_again_brings_nothing_back(crm: PracticeCrm) -> None:
    many = [("Campaigns", "Contacts", P, f"36523970000007{n:05d}") for n in range(1000)]
    parts = [share_of(P, link[3]) for link in many]
    assert crm.seed(many) == 1000 - parts.count("unknown")
    assert crm.state.counts()["links_now"] == 2 + parts.count("linked")
    assert 5 <= parts.count("absent") <= 45 and 1 <= parts.count("unknown") <= 30
    call(crm, "DELETE", f"{LIST}?ids={A}")
    crm.seed([("Campaigns", "Contacts", P, A)], share=False)
    assert call(crm, "GET", f"{LIST}?fields=id&ids={A}")[0] == 204


def test_links_have_fields_of_their_own_in_a_documented_share(crm: PracticeCrm) -> None:
    crm.state.reset()
    many = [("Campaigns", "Contacts", P, f"36523970000007{n:05d}") for n in range(1000)]
    crm.seed([*many, *(("Products", "Price_Books", P, link[3]) for link in many[:50])], share=False)
    crm.seed([("Products", "Leads", P, A)], share=False)
    own = {(one["module_a"], one["id_a"], one["id_b"]): json.loads(one["fields"]) for one in crm.state.links()}
    statuses = Counter(fields["Member_Status"] for fields in own.values() if "Member_Status" in fields)
    assert 500 <= statuses["Planned"] <= 700 and len(statuses) == 4 and sum(statuses.values()) == 1000
    prices = [fields["list_price"] for fields in own.values() if "list_price" in fields]
    assert len(prices) == 50 and all(1 <= price < 1000 for price in prices) and len(set(prices)) > 10
    assert own["Leads", A, P] == {}
    status, body, _ = call(crm, "GET", f"{LIST}?fields=id,Member_Status&per_page=1")
    assert (status, body["data"][0]["Member_Status"]) == (200, own["Campaigns", P, body["data"][0]["id"]]["Member_Status"])


def test_the_log_names_the_records_that_were_put_back(crm: PracticeCrm) -> None:
    call(crm, "PUT", LIST, {"data": [{"id": A}, {"id": B}]})
    call(crm, "PUT", LIST, b"no JSON")
    assert [(row["asked"], row["ids"]) for row in crm.state.calls()] == [(f"{A},{B}", 2), ("", 0)]


def test_what_was_removed_survives_a_restart(tmp_path: Path) -> None:
    with PracticeCrm(tmp_path / "p.sqlite") as first:
        first.seed([("Campaigns", "Contacts", P, A)], share=False)
        call(first, "DELETE", f"{LIST}?ids={A}")
        token = first.access_token
    with PracticeCrm(tmp_path / "p.sqlite") as second:
        assert second.access_token == token
        assert second.state.counts()["links_removed"] == 1


def test_a_held_call_takes_effect_late(crm: PracticeCrm) -> None:
    import threading
    import time

    call(crm, "POST", "/control/faults", {"match": {"method": "DELETE"}, "do": "hold", "apply": "late"})
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(call(crm, "DELETE", f"{LIST}?ids={A}")[0]))
    thread.start()
    while not call(crm, "GET", "/control/counts")[1]["held"]:
        time.sleep(0.01)
    assert crm.state.counts()["links_now"] == 2
    call(crm, "POST", "/control/release")
    thread.join(5)
    assert statuses == [200] and crm.state.counts()["links_now"] == 1


def test_two_servers_share_one_state(tmp_path: Path) -> None:
    with PracticeCrm(tmp_path / "p.sqlite") as first, PracticeCrm(tmp_path / "p.sqlite") as second:
        first.seed([("Campaigns", "Contacts", P, A), ("Campaigns", "Contacts", P, B)], share=False)
        assert call(first, "DELETE", f"{LIST}?ids={A}")[0] == 200
        assert call(second, "DELETE", f"{LIST}?ids={B}")[0] == 200
        assert call(second, "DELETE", f"{LIST}?ids={A}")[0] == 400
        assert [row["asked"] for row in first.state.calls()] == [A, B, A]


def test_the_log_shows_what_was_asked_and_which_fault_struck(crm: PracticeCrm) -> None:
    call(crm, "POST", "/control/faults", {"match": {"method": "DELETE"}, "do": "status", "status": 503, "body": "{}"})
    assert call(crm, "DELETE", f"{LIST}?ids={A},{B}")[0] == 503
    (row,) = call(crm, "GET", "/control/calls")[1]["calls"]
    assert (row["method"], row["ids"], row["asked"], row["status"], row["fault"]) == ("DELETE", 2, f"{A},{B}", 503, "status")


def test_links_have_fields_of_their_own(crm: PracticeCrm) -> None:
    crm.seed([("Products", "Price_Books", P, A), ("Products", "Leads", P, B)], share=False)
    shown = call(crm, "GET", f"{LIST}?fields=id,Member_Status")[1]["data"]
    assert {one["Member_Status"] for one in shown} <= {"Planned", "Invited", "Sent", "Responded"}
    assert call(crm, "GET", f"/crm/v8/Products/{P}/Price_Books?fields=id,list_price")[1]["data"][0]["list_price"] > 0
    assert set(call(crm, "GET", f"/crm/v8/Products/{P}/Leads?fields=id")[1]["data"][0]) == {"id"}


def test_only_the_fields_that_were_asked_for_are_shown(crm: PracticeCrm) -> None:
    assert set(call(crm, "GET", f"{LIST}?fields=id,Name")[1]["data"][0]) == {"id", "Name"}
    assert set(call(crm, "GET", f"{LIST}?fields=id,list_price")[1]["data"][0]) == {"id"}, "a contact has no price"
    older = f"/crm/v2.1/Campaigns/{P}/Contacts"
    assert set(call(crm, "GET", older)[1]["data"][0]) == {"id", "Name", "Member_Status"}


def test_the_list_of_deals_has_one_name(crm: PracticeCrm) -> None:
    crm.seed([("Products", "Deals", P, A)], share=False)
    for name, other in (("Deals", "Potentials"), ("Potentials", "Deals")):
        call(crm, "POST", "/control/settings", {"deals_list": name})
        lists = call(crm, "GET", "/crm/v8/settings/related_lists?module=Products")[1]["related_lists"]
        assert name in {one["api_name"] for one in lists} and other not in {one["api_name"] for one in lists}
        assert call(crm, "GET", f"/crm/v8/Products/{P}/{name}?fields=id")[0] == 200
        assert call(crm, "GET", f"/crm/v8/Products/{P}/{other}?fields=id")[1]["details"] == {"resource_path_index": 2}


def test_links_changed_by_others_are_not_counted_as_calls(crm: PracticeCrm) -> None:
    pair = ["Campaigns", "Contacts", P, A]
    call(crm, "POST", "/control/others", {"links": [pair], "linked": False})
    assert [one["id"] for one in call(crm, "GET", f"{LIST}?fields=id")[1]["data"]] == [B]
    call(crm, "POST", "/control/others", {"links": [pair, ["Campaigns", "Contacts", P, "3652397000000777001"]], "linked": True})
    counts = call(crm, "GET", "/control/counts")[1]
    assert (counts["links_now"], counts["links_removed"], counts["removals"]) == (3, 0, 0)
