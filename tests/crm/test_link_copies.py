"""The read before a removal: the fewest calls that prove which links are there, and what each has of its own."""

import json
import threading
import time
from collections.abc import Iterator

import pytest

from desktop.crm.client import CrmClient, open_crm
from desktop.domain.connections import Connection, Environment
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, RequestRefused
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.practice import PracticeCrm
from tests.crm.test_client import PATIENT, post

P = RecordId("3652397000000327001")
CONTACTS = Relation("Campaigns", "Contacts")
MANY = [RecordId(f"36523970000005{n:05d}") for n in range(101, 1101)]


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture
def practice(server: PracticeCrm) -> PracticeCrm:
    post(server, "reset")
    return server


def client_of(practice: PracticeCrm, version: str = "v8") -> CrmClient:
    connection = Connection("c", "c", "", Environment.PRACTICE, practice.api_url, api_version=version)
    return open_crm(connection, practice.access_token, deadlines=PATIENT)


def linked(practice: PracticeCrm, ids: list[RecordId], relation: Relation = CONTACTS) -> None:
    practice.seed([(relation.parent_module, relation.related_list, P, one) for one in ids], share=False)


def batches_of(ids: list[RecordId], relation: Relation = CONTACTS) -> list[Batch]:
    parts = [tuple(ids[start : start + 100]) for start in range(0, len(ids), 100)]
    return [Batch(n, relation, Side.PARENT, P, part, tuple(range(len(part)))) for n, part in enumerate(parts)]


def reads(practice: PracticeCrm) -> list[str]:
    return [call["asked"] for call in practice.state.calls() if call["method"] == "GET" and "/Campaigns/" in call["path"]]


def yes() -> bool:
    return True


def test_single_batch_is_asked_for_by_its_ids(practice: PracticeCrm) -> None:
    linked(practice, MANY[:60])
    answer = client_of(practice).copy_of(batches_of(MANY[:100]), yes)
    assert (set(answer.links), answer.whole, answer.reads) == (set(MANY[:60]), True, 1)
    assert len(reads(practice)[0].split(",")) == 100


def test_the_fields_of_a_link_come_with_it(practice: PracticeCrm) -> None:
    linked(practice, MANY[:3])
    answer = client_of(practice).copy_of(batches_of(MANY[:3]), yes)
    assert {fields["Member_Status"] for fields in answer.links.values()} <= {"Planned", "Invited", "Sent", "Responded"}
    prices = Relation("Products", "Price_Books")
    linked(practice, MANY[:2], prices)
    priced = client_of(practice).copy_of(batches_of(MANY[:2], prices), yes)
    assert all(isinstance(fields["list_price"], int | float) for fields in priced.links.values())


def test_a_list_that_is_to_be_emptied_is_paged_for_all_its_calls_at_once(practice: PracticeCrm) -> None:
    linked(practice, MANY)
    answer = client_of(practice).copy_of(batches_of(MANY), yes)
    assert (len(answer.links), answer.whole, answer.reads) == (1000, True, 5)


def test_what_the_pages_did_not_show_is_asked_for_by_ids(practice: PracticeCrm) -> None:
    """Somebody else removes a record of the first page while the second is read, and one of ours slips by."""
    linked(practice, MANY[:550])
    calls = 0

    def somebody_removes_one() -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            with practice.state.transaction() as db:
                db.execute("UPDATE links SET linked = 0 WHERE id_b = ?", (MANY[0],))
        return True

    answer = client_of(practice).copy_of(batches_of(MANY[:600]), somebody_removes_one)
    assert (len(answer.links), answer.whole, answer.reads) == (550, True, 4)
    assert MANY[200] in answer.links and MANY[550] not in answer.links


def test_paging_ends_as_soon_as_all_were_seen(practice: PracticeCrm) -> None:
    linked(practice, MANY)
    answer = client_of(practice).copy_of(batches_of(MANY[:200]), yes)
    assert (len(answer.links), answer.whole, answer.reads) == (200, True, 1)


def test_a_long_list_of_which_little_is_wanted_is_not_paged_further(practice: PracticeCrm) -> None:
    linked(practice, MANY)
    answer = client_of(practice).copy_of(batches_of(MANY[::5]), yes)
    assert (len(answer.links), answer.whole, answer.reads) == (40, False, 1)


def test_no_further_page_is_read_after_a_pause(practice: PracticeCrm) -> None:
    linked(practice, MANY)
    answer = client_of(practice).copy_of(batches_of(MANY), lambda: False)
    assert (answer.whole, answer.reads) == (False, 1)


@pytest.mark.parametrize("version", ["v2.1", "v3", "v7"])
def test_older_versions_page_to_the_end_and_prove_the_same(practice: PracticeCrm, version: str) -> None:
    linked(practice, MANY[:250])
    client = client_of(practice, version)
    answer = client.copy_of(batches_of(MANY[240:300]), yes)
    assert (set(answer.links), answer.whole, answer.reads) == (set(MANY[240:250]), True, 2)
    assert not client.reads_by_ids


def test_a_crm_that_takes_no_filter_is_paged(practice: PracticeCrm) -> None:
    linked(practice, MANY[:5])
    refusal = {"code": "INVALID_DATA", "details": {}, "message": "ids", "status": "error"}
    post(practice, "faults", {"match": {"method": "GET"}, "do": "status", "status": 400, "body": json.dumps(refusal)})
    answer = client_of(practice).copy_of(batches_of(MANY[:5]), yes)
    assert (len(answer.links), answer.whole, answer.reads) == (5, True, 2)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"status": 500, "body": "{}"}, AnswerNotUnderstood),
        ({"status": 200, "body": "<html>", "type": "text/html"}, AnswerNotUnderstood),
        ({"status": 403, "body": '{"code":"NO_PERMISSION","details":{}}'}, RequestRefused),
    ],
)
def test_a_read_that_proves_nothing_raises(practice: PracticeCrm, answer: dict[str, object], kind: type[Exception]) -> None:
    linked(practice, MANY[:5])
    post(practice, "faults", {"match": {"method": "GET"}, "do": "status", "times": 9, **answer})
    with pytest.raises(kind):
        client_of(practice).copy_of(batches_of(MANY[:5]), yes)
    post(practice, "reset")


def test_a_record_without_an_id_proves_nothing_of_the_others_on_its_list(practice: PracticeCrm) -> None:
    body = json.dumps({"data": [{"id": MANY[0]}, {"name": "no id"}], "info": {"more_records": False}})
    post(practice, "faults", {"match": {"method": "GET"}, "do": "status", "status": 200, "body": body, "times": 9})
    for client, batches in ((client_of(practice), batches_of(MANY[:5])), (client_of(practice, "v7"), batches_of(MANY[:150]))):
        answer = client.copy_of(batches, yes)
        assert (set(answer.links), answer.whole, answer.may_hide) == ({MANY[0]}, False, True)
        with pytest.raises(AnswerNotUnderstood):
            client.linked_of(batches[0])
        with pytest.raises(AnswerNotUnderstood):
            client.names_of("Contacts", MANY[:5])
    assert client_of(practice).copy_of(batches_of(MANY[:1]), yes).whole, "what was asked for is there"
    post(practice, "reset")


def test_a_list_whose_pages_do_not_end_proves_nothing(practice: PracticeCrm) -> None:
    body = json.dumps({"data": [{"id": MANY[0]}], "info": {"more_records": True}})
    post(practice, "faults", {"match": {"method": "GET"}, "do": "status", "status": 200, "body": body, "times": 99})
    with pytest.raises(AnswerNotUnderstood):
        client_of(practice, "v7").copy_of(batches_of(MANY[:5]), yes)
    post(practice, "reset")


def test_hanging_up_ends_a_call_in_flight_and_the_next_one_has_a_connection_of_its_own(practice: PracticeCrm) -> None:

    linked(practice, MANY[:5])
    client = client_of(practice)
    post(practice, "faults", {"match": {"method": "DELETE"}, "do": "hold", "apply": "yes"})
    caught: list[Exception] = []

    def remove() -> None:
        try:
            client.delink(batches_of(MANY[:5])[0])
        except AnswerMissing as error:
            caught.append(error)
        assert client.copy_of(batches_of(MANY[:5]), yes).links == {}

    thread = threading.Thread(target=remove)
    thread.start()
    while not practice.faults.held:
        time.sleep(0.005)
    client.hang_up()
    thread.join(5)
    assert len(caught) == 1 and not thread.is_alive()
    post(practice, "release")
