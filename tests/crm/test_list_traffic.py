"""Pages of a list that shrinks while it is read prove nothing of what they do not show."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.crm.client import CrmClient
from desktop.crm.list_traffic import ListTraffic
from desktop.domain.errors import AnswerNotUnderstood
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.practice import PracticeCrm
from tests.cli.driving import wait_until
from tests.crm.test_link_copies import CONTACTS, MANY, P, batches_of, client_of, linked, yes

OTHER = RecordId("3652397000000327002")


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture
def practice(server: PracticeCrm) -> PracticeCrm:
    server.faults.clear()
    server.state.reset()
    return server


def call(parent: RecordId, *ids: RecordId, side: Side = Side.PARENT, relation: Relation = CONTACTS) -> Batch:
    return Batch(0, relation, side, parent, ids, tuple(range(len(ids))))


@pytest.mark.parametrize(
    ("change", "disturbs"),
    [
        pytest.param(call(P, MANY[0]), True, id="the list itself"),
        pytest.param(call(OTHER, MANY[0]), False, id="another list"),
        pytest.param(call(MANY[0], OTHER, P, side=Side.RELATED), True, id="from the other end"),
        pytest.param(call(MANY[0], OTHER, side=Side.RELATED), False, id="from the other end, another list"),
        pytest.param(call(P, MANY[0], relation=Relation("Campaigns", "Leads")), False, id="another list of the record"),
    ],
)
def test_a_reading_knows_whether_its_list_was_changed_meanwhile(change: Batch, disturbs: bool) -> None:
    traffic = ListTraffic()
    with traffic.reading(call(P, *MANY[:2])) as before, traffic.changing(change), traffic.reading(call(P, MANY[2])) as meanwhile:
        pass
    with traffic.reading(call(P, *MANY[:2])) as after:
        pass
    assert [not before.undisturbed, not meanwhile.undisturbed, after.undisturbed] == [disturbs, disturbs, True]


@contextmanager
def removal_on_its_way(practice: PracticeCrm, client: CrmClient, batch: Batch) -> Iterator[None]:
    practice.faults.add([{"match": {"method": "DELETE"}, "do": "hold", "apply": "yes", "then": "answer"}])
    thread = threading.Thread(target=client.delink, args=(batch,))
    thread.start()
    wait_until(lambda: practice.faults.held)
    try:
        yield
    finally:
        practice.faults.clear()
        thread.join()


@pytest.mark.parametrize(
    "batch",
    [
        pytest.param(call(P, MANY[0]), id="from this end"),
        pytest.param(call(MANY[0], P, side=Side.RELATED), id="from the other end"),
    ],
)
def test_pages_beside_a_removal_prove_only_what_they_show(practice: PracticeCrm, batch: Batch) -> None:
    linked(practice, MANY[:450])
    client = client_of(practice, "v7")
    sought = batches_of([*MANY[1:450], MANY[900]])
    with removal_on_its_way(practice, client, batch):
        answer = client.copy_of(sought, yes)
        assert (set(answer.links), answer.whole) == (set(MANY[1:450]), False)
        with pytest.raises(AnswerNotUnderstood):
            client.linked_of(call(P, MANY[900]))
        assert client.copy_of(batches_of(MANY[1:100]), yes).whole, "all that was asked for is shown"
    answer = client.copy_of(sought, yes)
    assert (len(answer.links), answer.whole) == (449, True)
    assert client.linked_of(call(P, MANY[900])).linked == frozenset()


def test_a_read_by_ids_beside_a_removal_proves_what_it_does_not_show(practice: PracticeCrm) -> None:
    linked(practice, MANY[:50])
    client = client_of(practice)
    with removal_on_its_way(practice, client, call(P, MANY[0])):
        assert client.linked_of(call(P, MANY[1], MANY[900])).linked == {MANY[1]}
