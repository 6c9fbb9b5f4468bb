"""Faults: which call they hit and how often, and how they change an answer."""

import gzip
import json
import threading
from typing import Any

import pytest

from desktop.practice.faults import Fault, FaultQueue, other_answer, rewritten
from desktop.practice.rules import Request, Response

READ, REMOVAL = Request("GET", "/crm/v8/Campaigns/1/Contacts?fields=id"), Request("DELETE", "/crm/v8/Campaigns/1/Contacts?ids=2")
A, B = "3652397000000925128", "3652397000000649013"


def queue_of(*faults: Fault) -> FaultQueue:
    queue = FaultQueue()
    queue.add(list(faults))
    return queue


def hits(queue: FaultQueue, *calls: Request) -> list[str]:
    found = (queue.for_call(call) for call in calls)
    return ["" if fault is None else str(fault["do"]) for fault in found]


def test_a_fault_hits_the_first_call_that_it_matches_and_is_used_up() -> None:
    assert hits(queue_of({"do": "fin", "match": {"method": "DELETE"}}), READ, REMOVAL, REMOVAL) == ["", "fin", ""]
    assert hits(queue_of({"do": "fin", "match": {"path": "ids=2"}, "times": 2}), READ, REMOVAL, REMOVAL, REMOVAL) == [
        "",
        "fin",
        "fin",
        "",
    ]


def test_calls_are_skipped_before_it_hits_and_another_fault_may_take_them() -> None:
    queue = queue_of({"do": "reset", "match": {"skip": 2}}, {"do": "fin"})
    assert hits(queue, READ, READ, READ) == ["fin", "", "reset"]


def test_a_fault_that_strikes_at_the_first_line_waits_for_no_whole_request() -> None:
    queue = queue_of({"do": "hold", "at": "line"})
    assert queue.for_call(READ) is None
    assert queue.for_call(READ, read_whole=False) is not None


def test_faults_of_the_accounts_server_name_its_path() -> None:
    queue = queue_of({"do": "fin"}, {"do": "cut", "match": {"path": "/oauth/v2/token"}})
    found = queue.for_call(Request("POST", "/oauth/v2/token"), "/oauth")
    assert found is not None and found["do"] == "cut"


def test_the_faults_that_were_added_are_not_changed() -> None:
    fault: Fault = {"do": "fin", "match": {"skip": 1}, "times": 1}
    hits(queue_of(fault), READ, READ)
    assert fault == {"do": "fin", "match": {"skip": 1}, "times": 1}


def test_a_held_call_goes_on_when_it_is_released() -> None:
    queue = queue_of({"do": "hold"})
    waiting = threading.Thread(target=queue.wait_for_release, args=(60,))
    waiting.start()
    queue.release()
    waiting.join(60)
    assert not waiting.is_alive() and queue.held == 0


def test_another_answer_is_what_the_fault_says() -> None:
    assert other_answer({"do": "status", "status": "503", "type": "text/html", "body": "<h1>"}) == (
        503,
        {"Content-Type": "text/html"},
        b"<h1>",
    )
    assert other_answer({"do": "status", "status": 200, "body_hex": "ff00", "headers": {"X": "1"}})[2] == b"\xff\x00"
    status, headers, body = other_answer({"do": "bomb", "megabytes": 1})
    assert (status, headers["Content-Encoding"]) == (200, "gzip") and len(body) < 20_000
    assert json.loads(gzip.decompress(body))["data"].isspace()
    assert len(other_answer({"do": "huge", "megabytes": 1})[2]) > 1024 * 1024


def item(record: str, code: str = "SUCCESS") -> dict[str, Any]:
    return {"code": code, "details": {"id": record}, "message": "relation removed", "status": "success"}


@pytest.mark.parametrize(
    ("how", "codes"),
    [
        ("drop", [(A, "SUCCESS")]),
        ("foreign", [(A, "SUCCESS"), (B, "SUCCESS"), ("9990000000000000001", "SUCCESS")]),
        ("duplicate", [(A, "SUCCESS"), (B, "SUCCESS"), (A, "SUCCESS")]),
        ("contradict", [(A, "SUCCESS"), (B, "SUCCESS"), (A, "INVALID_DATA")]),
        ("numbers", [(int(A), "SUCCESS"), (int(B), "SUCCESS")]),
        ("no_ids", [(None, "SUCCESS"), (None, "SUCCESS")]),
    ],
)
def test_an_answer_is_spoiled_in_one_way_and_the_true_one_stays(how: str, codes: list[tuple[object, str]]) -> None:
    true = Response(200, {"data": [item(A), item(B)]})
    spoiled = rewritten({"do": "rewrite", "how": how}, true)
    assert [(one["details"].get("id"), one["code"]) for one in spoiled.json["data"]] == codes
    assert true.json == {"data": [item(A), item(B)]}


def test_an_answer_of_one_item_is_never_left_empty_and_shuffling_loses_none() -> None:
    dropped = rewritten({"do": "rewrite", "how": "drop"}, Response(200, {"data": [item(A)]})).json["data"]
    assert len(dropped) == 1 and dropped[0]["details"] == {}
    many = [item(str(number)) for number in range(20)]
    shuffled = rewritten({"do": "rewrite", "how": "shuffle"}, Response(200, {"data": many})).json["data"]
    assert shuffled != many and sorted(shuffled, key=lambda item: int(item["details"]["id"])) == many


def test_a_key_is_set_in_the_first_item_and_an_answer_without_items_stays() -> None:
    fault: Fault = {"do": "rewrite", "how": "set", "with": {"code": "ODD"}}
    assert rewritten(fault, Response(200, {"data": [item(A), item(B)]})).json["data"] == [item(A, "ODD"), item(B)]
    for plain in (Response(204), Response(200, {"org": []}), Response(200, [])):
        assert rewritten(fault, plain) is plain
