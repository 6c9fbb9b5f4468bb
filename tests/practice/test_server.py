"""The server around the rules: who may call, which of its limits comes first, and how an answer misbehaves on the wire."""

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest

from desktop.practice import PracticeCrm
from tests.patience import PATIENCE_S
from tests.practice.test_practice_crm import LIST, A, B, P, call

BODY = f"{LIST}?fields=id"


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture
def crm(server: PracticeCrm) -> PracticeCrm:
    server.state.reset()
    server.faults.clear()
    server.seed([("Campaigns", "Contacts", P, A), ("Campaigns", "Contacts", P, B)], share=False)
    return server


@contextmanager
def raw_answer(crm: PracticeCrm, method: str, target: str) -> Iterator[Callable[[], http.client.HTTPResponse]]:
    """Send a call, and yield a function that reads its answer; the connection is closed in any case."""
    connection = http.client.HTTPConnection("127.0.0.1", int(crm.api_url.rpartition(":")[2]), timeout=PATIENCE_S)
    with closing(connection):
        connection.request(method, target, headers={"Authorization": f"Zoho-oauthtoken {crm.access_token}"})
        with ExitStack() as opened:
            yield lambda: opened.enter_context(closing(connection.getresponse()))


def test_the_cap_strikes_before_the_token_is_looked_at_and_both_are_logged(crm: PracticeCrm) -> None:
    assert call(crm, "GET", BODY, token="1000.wrong")[0] == 401
    crm.state.set(cap=0)
    assert call(crm, "GET", BODY, token="1000.wrong")[0] == 429
    counts = crm.state.counts()
    assert (counts["calls"], counts["refused_429"], counts["status_401"], counts["reads"]) == (2, 1, 1, 0)


def test_a_refused_call_uses_its_fault_up_but_is_answered_by_the_refusal(crm: PracticeCrm) -> None:
    crm.faults.add([{"do": "status", "status": 500}])
    assert call(crm, "GET", BODY, token="1000.wrong")[0] == 401
    assert [one["fault"] for one in crm.state.calls()] == [""]
    assert call(crm, "GET", BODY)[0] == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "cut", "keep": 5},
        {"do": "chunk_cut", "keep": 5},
        {"do": "reset"},
        {"do": "fin"},
    ],
)
def test_an_answer_that_breaks_off_is_no_answer_to_a_client(crm: PracticeCrm, fault: dict[str, object]) -> None:
    crm.faults.add([{**fault, "apply": "yes"}])
    with raw_answer(crm, "DELETE", f"{LIST}?ids={A}") as answer, pytest.raises((http.client.HTTPException, OSError)):
        answer().read()
    assert crm.state.counts()["links_now"] == 1, "it took effect nevertheless"


def test_a_fault_that_does_not_apply_leaves_the_links(crm: PracticeCrm) -> None:
    crm.faults.add([{"do": "fin"}])
    with raw_answer(crm, "DELETE", f"{LIST}?ids={A}") as answer, pytest.raises((http.client.HTTPException, OSError)):
        answer().read()
    assert crm.state.counts()["links_now"] == 2


@pytest.mark.parametrize("how", ["drip_headers", "drip_body"])
def test_a_dripping_answer_comes_whole_in_the_end(crm: PracticeCrm, how: str) -> None:
    crm.faults.add([{"do": how, "interval_s": 0, "apply": "yes"}])
    status, body, _ = call(crm, "GET", BODY)
    assert status == 200 and {one["id"] for one in body["data"]} == {A, B}


def test_an_answer_without_a_length_ends_with_the_connection(crm: PracticeCrm) -> None:
    crm.faults.add([{"do": "open_cut", "keep": 7, "apply": "yes"}])
    with raw_answer(crm, "GET", BODY) as answer:
        assert len(answer().read()) == 7


def test_one_connection_serves_many_calls_and_bodies_are_read_to_their_end(crm: PracticeCrm) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(crm.api_url.rpartition(":")[2]), timeout=PATIENCE_S)
    for method in ("PUT", "PATCH", "GET"):
        connection.request(method, BODY, b'{"data": []}', {"Authorization": f"Zoho-oauthtoken {crm.access_token}"})
        connection.getresponse().read()
    connection.close()
    assert [row["status"] for row in crm.state.calls()] == [400, 400, 200]


def test_a_port_in_use_raises_an_error_and_a_free_one_is_found() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError):
            PracticeCrm(port=other.getsockname()[1])
