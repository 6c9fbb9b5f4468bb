"""The client over real sockets: one removal is one request, whatever the server does to it."""

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.crm.client import CrmClient, open_crm
from desktop.crm.session import Deadlines
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import (
    AnswerMissing,
    AnswerNotUnderstood,
    CrmBusy,
    CrmError,
    CrmUnreachable,
    RelationNotAllowed,
    RequestRefused,
    TokenRejected,
)  # fmt: skip
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.practice import PracticeCrm

P = RecordId("3652397000000327001")
IDS = tuple(RecordId(f"36523970000009{n:05d}") for n in range(6))
QUICK = Deadlines(connect_s=0.5, read_s=0.4, total_s=0.8)
NEVER_ENDING = ("hold", "drip_headers", "drip_body")
PATIENT = Deadlines(connect_s=5.0, read_s=10.0, total_s=20.0)


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture
def practice(server: PracticeCrm) -> Iterator[PracticeCrm]:
    post(server, "reset")
    server.seed([("Campaigns", "Contacts", P, one) for one in IDS], share=False)
    yield server
    post(server, "release")


@pytest.fixture
def client(practice: PracticeCrm) -> Iterator[CrmClient]:
    found = open_client(practice)
    yield found
    found.close()


def open_client(practice: PracticeCrm, version: str = "v8", token: str | None = None, deadlines: Deadlines = QUICK) -> CrmClient:
    connection = Connection("c", "c", "", Environment.PRACTICE, practice.api_url, api_version=version)
    return open_crm(connection, token or practice.access_token, deadlines=deadlines)


def post(practice: PracticeCrm, what: str, body: Any = None) -> None:
    data = json.dumps({} if body is None else body).encode()
    headers = {"X-Control-Secret": practice.control_secret}
    urllib.request.urlopen(urllib.request.Request(f"{practice.control_url}/{what}", data, headers, method="POST")).read()  # noqa: S310


def batch(ids: tuple[RecordId, ...] = IDS, side: Side = Side.PARENT, call_parent: RecordId = P) -> Batch:
    return Batch(0, Relation("Campaigns", "Contacts"), side, call_parent, ids, tuple(range(len(ids))))


def removals(practice: PracticeCrm) -> int:
    return sum(call["method"] == "DELETE" for call in practice.state.calls())


def test_links_are_put_back_with_what_is_their_own_and_nothing_else(client: CrmClient, practice: PracticeCrm) -> None:
    client.delink(batch())
    fields: dict[RecordId, dict[str, Any]] = {IDS[1]: {"Member_Status": None}}
    fields[IDS[0]] = {"Member_Status": "Invité·e", "Email": "x@y.example", "id": "1"}
    answer = client.relink(batch(IDS[:3]), fields)
    assert [answer.outcomes[one].outcome for one in IDS[:3]] == [Outcome.RELINKED] * 3
    own = {one["id_b"]: json.loads(one["fields"]) for one in practice.state.links() if one["linked"]}
    assert own == {IDS[0]: {"Member_Status": "Invité·e"}, IDS[1]: {}, IDS[2]: {}}  # nothing is sent of a field without a value
    assert [call["ids"] for call in practice.state.calls() if call["method"] == "PUT"] == [3]


def test_a_price_is_put_back_as_the_number_it_was(practice: PracticeCrm) -> None:
    client = open_client(practice)
    practice.seed([("Products", "Price_Books", P, IDS[0])], share=False)
    with practice.state.transaction() as db:
        db.execute("UPDATE links SET fields = '{\"list_price\": 1234567.25}' WHERE module_a = 'Price_Books'")
    priced = Batch(0, Relation("Products", "Price_Books"), Side.PARENT, P, IDS[:1], (0,))
    copy = client.copy_of([priced], lambda: True).links
    client.delink(priced)
    assert client.relink(priced, copy).outcomes[IDS[0]].outcome is Outcome.RELINKED
    assert client.copy_of([priced], lambda: True).links == {IDS[0]: {"list_price": 1234567.25}}
    client.close()


@pytest.mark.parametrize("how", ["fin", "reset"])
def test_a_call_that_puts_links_back_is_one_request_even_when_its_answer_is_lost(
    client: CrmClient, practice: PracticeCrm, how: str
) -> None:
    post(practice, "faults", {"match": {"method": "PUT"}, "do": how, "apply": "yes", "times": 9})
    with pytest.raises(AnswerMissing):
        client.relink(batch(), {})
    assert sum(call["method"] == "PUT" for call in practice.state.calls()) == 1
    post(practice, "reset")


def test_links_are_removed_and_records_stay(client: CrmClient, practice: PracticeCrm) -> None:
    answer = client.delink(batch())
    assert {one.outcome for one in answer.outcomes.values()} == {Outcome.DELINKED}
    assert practice.state.counts()["links_now"] == 0
    assert practice.state.counts()["destructive"] == 0
    again = client.delink(batch())
    assert {one.cause for one in again.outcomes.values()} == {CauseCode.RELATION_NOT_FOUND}


def test_a_link_can_be_removed_from_its_other_end(client: CrmClient, practice: PracticeCrm) -> None:
    answer = client.delink(batch((P,), Side.RELATED, IDS[0]))
    assert answer.outcomes[P].outcome is Outcome.DELINKED
    assert practice.state.counts()["links_now"] == len(IDS) - 1


@pytest.mark.parametrize("version", ["v2.1", "v3", "v7", "v8"])
def test_links_are_read_in_every_version(practice: PracticeCrm, version: str) -> None:
    client = open_client(practice, version)
    client.delink(batch(IDS[:2]))
    assert client.linked_of(batch()).linked == frozenset(IDS[2:])
    client.delink(batch(IDS[2:]))
    assert client.linked_of(batch()).linked == frozenset()
    client.close()


def test_hidden_records_are_read_too(client: CrmClient, practice: PracticeCrm) -> None:
    post(practice, "records", {"module": "Contacts", "ids": [IDS[0]], "kind": "unapproved"})
    post(practice, "records", {"module": "Contacts", "ids": [IDS[1]], "kind": "converted"})
    assert client.linked_of(batch()).linked == frozenset(IDS)


@pytest.mark.parametrize("version", ["v7", "v8"])
def test_long_lists_are_paged_through(practice: PracticeCrm, version: str) -> None:
    many = [f"36523970000005{n:05d}" for n in range(2500)]
    practice.seed([("Campaigns", "Contacts", P, one) for one in many], share=False)
    client = open_client(practice, version, deadlines=PATIENT)
    sought = (RecordId(many[-1]), RecordId("3652397000000777777"))
    assert client.linked_of(batch(sought)).linked == {sought[0]}
    client.close()


def test_a_read_whose_filter_was_not_honoured_proves_nothing_by_itself(client: CrmClient, practice: PracticeCrm) -> None:
    foreign = {"data": [{"id": "9990000000000000001"}], "info": {"more_records": False}}
    post(practice, "faults", {"match": {"method": "GET"}, "do": "status", "status": 200, "body": json.dumps(foreign), "times": 1})
    assert client.linked_of(batch()).linked == frozenset(IDS)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"do": "reset"}, AnswerMissing),
        ({"do": "fin"}, AnswerMissing),
        ({"do": "cut", "apply": "yes", "keep": 30}, AnswerMissing),
        ({"do": "chunk_cut", "apply": "yes", "keep": 30}, AnswerMissing),
        ({"do": "drip_headers", "interval_s": 0.05}, AnswerMissing),
        ({"do": "drip_body", "apply": "yes", "interval_s": 0.05}, AnswerMissing),
        ({"do": "hold"}, AnswerMissing),
        ({"do": "bomb", "megabytes": 6}, AnswerNotUnderstood),
        ({"do": "huge", "megabytes": 3}, AnswerNotUnderstood),
        ({"do": "status", "status": 500, "body": "{}"}, AnswerNotUnderstood),
        ({"do": "status", "status": 502, "body": "<html>", "type": "text/html"}, AnswerNotUnderstood),
        ({"do": "status", "status": 200, "body": "<html>", "type": "text/html"}, AnswerNotUnderstood),
        ({"do": "status", "status": 429, "body": "{}", "headers": {"Retry-After": "7"}}, CrmBusy),
        ({"do": "status", "status": 414, "body": "", "type": "text/html"}, RequestRefused),
    ],
)
def test_a_failed_removal_is_one_request_and_the_right_error(
    practice: PracticeCrm, fault: dict[str, Any], kind: type[CrmError]
) -> None:
    client = open_client(practice, deadlines=QUICK if fault["do"] in NEVER_ENDING else PATIENT)
    client.who_am_i()
    post(practice, "faults", {"match": {"method": "DELETE"}, **fault})
    started = time.monotonic()
    with pytest.raises(kind) as caught:
        client.delink(batch())
    assert time.monotonic() - started < 20, "its deadline ends even what would never end"
    client.close()
    assert removals(practice) == 1
    assert practice.access_token not in str(caught.value) and "ids=" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["/crm/v8/org", "http://127.0.0.1:9/", "https://evil.example/"])
def test_no_redirect_is_followed(client: CrmClient, practice: PracticeCrm, status: int, place: str) -> None:
    before = len(practice.state.calls())
    post(practice, "faults", {"match": {"method": "DELETE"}, "do": "status", "status": status, "headers": {"Location": place}})
    with pytest.raises(AnswerNotUnderstood):
        client.delink(batch())
    assert len(practice.state.calls()) == before + 1


def test_server_that_is_gone_received_nothing() -> None:
    with PracticeCrm() as crm:
        client = open_client(crm)
    with pytest.raises(CrmUnreachable):
        client.delink(batch())
    client.close()


def test_wrong_token_is_rejected_and_another_key_can_take_over(practice: PracticeCrm) -> None:
    client = open_client(practice, token="1000.wrong")
    with pytest.raises(TokenRejected):
        client.delink(batch())
    client.use_key(Key.pasted(practice.access_token))
    assert client.delink(batch()).outcomes[IDS[0]].outcome is Outcome.DELINKED
    client.close()


def test_a_missing_scope_is_a_refusal_and_the_account_stays_unknown(client: CrmClient, practice: PracticeCrm) -> None:
    post(practice, "settings", {"scopes": ["ZohoCRM.modules.campaigns.READ"]})
    account = client.who_am_i()
    assert (account.company, account.user) == ("", "")
    with pytest.raises(RequestRefused):
        client.delink(batch())


def test_the_environment_and_netrc_change_nothing(practice: PracticeCrm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login evil password evil\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client = open_client(practice)
    assert client.who_am_i().company == "Practice Ltd"
    client.close()


def test_names_and_account_are_read(client: CrmClient) -> None:
    account = client.who_am_i()
    assert (account.company, account.edition) == ("Practice Ltd", "enterprise")
    assert set(client.names_of("Contacts", [IDS[0], RecordId("3652397000000777777")])) == {IDS[0]}
    assert client.related_lists("Campaigns") == ()


def test_the_kind_of_organisation_is_told_where_zoho_says_it(client: CrmClient, practice: PracticeCrm) -> None:
    assert client.who_am_i().system == ""
    body = '{"org":[{"id":"1","zgid":"2","company_name":"ACME","type":"sandbox"}]}'
    post(practice, "faults", {"match": {"path": "/org"}, "do": "status", "status": 200, "body": body})
    assert client.who_am_i().system == "sandbox"


def own_list(name: str, ids: tuple[RecordId, ...] = IDS[:2]) -> Batch:
    return Batch(0, Relation("Trade_Fairs", name), Side.PARENT, P, ids, tuple(range(len(ids))))


def test_a_list_of_the_organisations_own_is_changed_only_where_its_metadata_says_so(practice: PracticeCrm) -> None:
    client = open_client(practice)
    practice.seed([("Trade_Fairs", name, P, one) for name in ("Visitors", "Sponsors") for one in IDS[:2]], share=False)
    assert client.related_lists("Trade_Fairs") == (Relation("Trade_Fairs", "Visitors"),)
    assert "Trade_Fairs" in client.modules()
    assert client.delink(own_list("Visitors")).outcomes[IDS[0]].outcome is Outcome.DELINKED
    assert client.relink(own_list("Visitors"), {}).outcomes[IDS[0]].outcome is Outcome.RELINKED
    for name in ("Sponsors", "Notes", "Nowhere"):
        with pytest.raises(RelationNotAllowed):
            client.delink(own_list(name))
        with pytest.raises(RelationNotAllowed):
            client.relink(own_list(name), {})
    assert [call["method"] for call in practice.state.calls() if call["method"] != "GET"] == ["DELETE", "PUT"]
    assert practice.state.counts()["destructive"] == 0
    client.close()


def test_what_the_metadata_said_is_asked_again_after_a_sleep_and_for_another_key(practice: PracticeCrm) -> None:
    client = open_client(practice)
    practice.seed([("Trade_Fairs", "Visitors", P, one) for one in IDS[:2]], share=False)
    client.delink(own_list("Visitors", IDS[:1]))
    practice.state.set(scopes=["ZohoCRM.modules.ALL"])
    for forget in (client.hang_up, lambda: client.use_key(Key.pasted(practice.access_token))):
        forget()
        with pytest.raises(RelationNotAllowed):
            client.delink(own_list("Visitors", IDS[1:2]))
    assert removals(practice) == 1
    client.close()


def test_no_removal_leaves_without_readable_metadata(practice: PracticeCrm) -> None:
    client = open_client(practice)
    post(practice, "faults", {"match": {"path": "related_lists"}, "do": "fin", "times": 9})
    with pytest.raises(AnswerMissing):
        client.delink(own_list("Visitors"))
    assert removals(practice) == 0
    client.close()
