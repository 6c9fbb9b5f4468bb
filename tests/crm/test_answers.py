"""Recorded answers become the right outcome or error: a line for every one that is documented."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.crm.answers import credits_left, read_delink_answer, read_page, retry_after_s
from desktop.crm.session import Answer
from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerNotUnderstood, CrmBusy, CrmError, RequestRefused, TokenRejected
from desktop.domain.outcomes import Outcome, Refusal, RefusalScope
from desktop.domain.records import RecordId

RECORDED = Path(__file__).resolve().parents[1] / "answers"
A, B = RecordId("3652397000000925128"), RecordId("3652397000000649013")
JSON = {"content-type": "application/json;charset=UTF-8"}


def recorded(name: str) -> Answer:
    """An answer as a file keeps it."""
    kept = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return Answer(kept["status"], JSON, json.dumps(kept["body"]).encode())


def answer(status: int, body: Any, **headers: str) -> Answer:
    return Answer(status, {**JSON, **headers}, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("success", Outcome.DELINKED, Outcome.DELINKED),
        ("success_other_wording", Outcome.DELINKED, Outcome.DELINKED),
        ("mixed", Outcome.DELINKED, Outcome.NOT_LINKED),
        ("none_linked", Outcome.NOT_LINKED, Outcome.NOT_LINKED),
    ],
)
def test_answer_gives_each_id_its_outcome(name: str, first: Outcome, second: Outcome) -> None:
    outcomes = read_delink_answer("c", recorded(name), [A, B]).outcomes
    assert (outcomes[A].outcome, outcomes[B].outcome) == (first, second)


REFUSALS = [
    ("limit_exceeded", RefusalScope.IDS, CauseCode.TOO_MANY_IDS),
    ("unable_to_parse", RefusalScope.IDS, CauseCode.ID_FORMAT),
    ("data_invalid", RefusalScope.IDS, CauseCode.ID_FORMAT),
    ("entity_too_large", RefusalScope.IDS, CauseCode.TOO_MANY_IDS),
    ("ids_missing", RefusalScope.CALL, CauseCode.IDS_MISSING),
    ("unheard_of", RefusalScope.CALL, CauseCode.REFUSED_OTHER),
    ("parent_invalid", RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND),
    ("record_missing", RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND),
    ("converted", RefusalScope.PARENT, CauseCode.RECORD_CONVERTED),
    ("record_locked", RefusalScope.PARENT, CauseCode.RECORD_LOCKED),
    ("module_invalid", RefusalScope.RUN, CauseCode.MODULE_NOT_SUPPORTED),
    ("module_not_supported", RefusalScope.RUN, CauseCode.MODULE_NOT_SUPPORTED),
    ("not_supported", RefusalScope.RUN, CauseCode.MODULE_NOT_SUPPORTED),
    ("api_not_supported", RefusalScope.RUN, CauseCode.VERSION_NOT_SUPPORTED),
    ("list_invalid", RefusalScope.RUN, CauseCode.LIST_NOT_FOUND),
    ("request_method", RefusalScope.RUN, CauseCode.METHOD_REFUSED),
    ("method_not_allowed", RefusalScope.RUN, CauseCode.METHOD_REFUSED),
    ("authorization_failed", RefusalScope.RUN, CauseCode.PRIVILEGE_MISSING),
    ("scope_mismatch", RefusalScope.RUN, CauseCode.SCOPE_MISSING),
    ("scope_mismatch_403", RefusalScope.RUN, CauseCode.SCOPE_MISSING),
    ("no_permission", RefusalScope.RUN, CauseCode.NO_PERMISSION),
    ("url_pattern", RefusalScope.RUN, CauseCode.ADDRESS_WRONG),
]
ERRORS = {"token_invalid": TokenRejected, "authentication_failure": TokenRejected, "too_many_requests": CrmBusy,
          "internal_error": AnswerNotUnderstood}  # fmt: skip


@pytest.mark.parametrize("code", ["Success", "success", "SUCCESS"])
def test_codes_are_compared_without_case(code: str) -> None:
    body = {"data": [item(A, code), item(B, "invalid_data", "error")]}
    outcomes = read_delink_answer("c", answer(207, body), [A, B]).outcomes
    assert (outcomes[A].outcome, outcomes[B].outcome) == (Outcome.DELINKED, Outcome.NOT_LINKED)
    with pytest.raises(TokenRejected):
        read_delink_answer("c", answer(400, {"code": "invalid_token", "details": {}}), [A])
    with pytest.raises(RequestRefused) as caught:
        read_delink_answer("c", answer(403, {"code": "No_Permission", "details": {}}), [A])
    assert (caught.value.refusal.cause, caught.value.refusal.code) == (CauseCode.NO_PERMISSION, "No_Permission")


@pytest.mark.parametrize(
    ("code", "details", "message", "scope"),
    [
        ("PATTERN_NOT_MATCHED", {"param_name": "ids"}, "", RefusalScope.IDS),
        ("PATTERN_NOT_MATCHED", {}, "Please check whether the input values are correct", RefusalScope.IDS),
        ("SOMETHING_NEW", {"param_name": "ids"}, "", RefusalScope.IDS),
        ("SOMETHING_NEW", {}, "one of the ids is wrong", RefusalScope.IDS),
        ("SOMETHING_NEW", {"param_name": "page"}, "", RefusalScope.CALL),
        ("MANDATORY_NOT_FOUND", {"param_name": "ids"}, "", RefusalScope.CALL),
    ],
)
def test_a_400_that_names_the_ids_is_halved(code: str, details: dict[str, str], message: str, scope: RefusalScope) -> None:
    with pytest.raises(RequestRefused) as caught:
        read_delink_answer("c", answer(400, {"code": code, "details": details, "message": message}), [A, B])
    assert caught.value.refusal.scope is scope


@pytest.mark.parametrize(("name", "scope", "cause"), REFUSALS)
def test_refusal_of_the_whole_call_names_scope_and_cause(name: str, scope: RefusalScope, cause: CauseCode) -> None:
    with pytest.raises(RequestRefused) as caught:
        read_delink_answer("c", recorded(name), [A, B])
    refusal = caught.value.refusal
    assert isinstance(refusal, Refusal)
    assert (refusal.scope, refusal.cause) == (scope, cause)


@pytest.mark.parametrize(("name", "kind"), ERRORS.items())
def test_answer_that_is_no_refusal_raises_its_error(name: str, kind: type[CrmError]) -> None:
    with pytest.raises(kind):
        read_delink_answer("c", recorded(name), [A, B])


def test_every_recorded_answer_is_in_a_table() -> None:
    named = {name for name, *_ in REFUSALS} | set(ERRORS) | {"success", "success_other_wording", "mixed", "none_linked"}
    assert named == {path.stem for path in RECORDED.glob("*.json")}


def item(record_id: object, code: str = "SUCCESS", status: str = "success") -> dict[str, Any]:
    return {"code": code, "details": {"id": record_id}, "message": "", "status": status}


@pytest.mark.parametrize(
    ("items", "first", "second"),
    [
        ([item(B), item(A)], CauseCode.REMOVED, CauseCode.REMOVED),
        ([item(A)], CauseCode.REMOVED, CauseCode.ANSWER_INCOMPLETE),
        ([item(A), item(B), item("9990000000000000001")], CauseCode.ANSWER_CONTRADICTORY, CauseCode.ANSWER_CONTRADICTORY),
        ([item(A), item(B), item(A, "INVALID_DATA", "error")], CauseCode.ANSWER_CONTRADICTORY, CauseCode.ANSWER_CONTRADICTORY),
        ([item(A), item(A), item(B)], CauseCode.REMOVED, CauseCode.REMOVED),
        ([{"code": "SUCCESS", "details": {}}, item(B)], CauseCode.ANSWER_CONTRADICTORY, CauseCode.ANSWER_CONTRADICTORY),
        ([item(A), item(B, "SUCCESS", "error")], CauseCode.REMOVED, CauseCode.REFUSED_OTHER),
        ([item(A), item(B, "NO_PERMISSION", "error")], CauseCode.REMOVED, CauseCode.NO_PERMISSION),
    ],
)
def test_items_are_matched_by_id_and_never_by_place(items: list[Any], first: CauseCode, second: CauseCode) -> None:
    outcomes = read_delink_answer("c", answer(200, {"data": items}), [A, B]).outcomes
    assert (outcomes[A].cause, outcomes[B].cause) == (first, second)


def test_ids_that_come_as_numbers_are_read_digit_for_digit() -> None:
    body = b'{"data":[{"code":"SUCCESS","details":{"id":3652397000000925128},"status":"success"}]}'
    assert read_delink_answer("c", Answer(200, JSON, body), [A]).outcomes[A].outcome is Outcome.DELINKED


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", b"<html>sign in</html>"),
        (302, "text/html", b""),
        (307, "application/json", b"{}"),
        (200, "application/json", b'{"data":'),
        (200, "application/json", b"\xff\xfe{"),
        (200, "application/json", b"[" * 100_000),
        (200, "application/json", b'{"data": NaN}'),
        (200, "application/json", b"{}"),
        (200, "application/json", b'{"data": []}'),
        (200, "application/json", b"null"),
        (204, "", b""),
        (500, "application/json", b'{"data":[]}'),
        (502, "text/html", b"<html>"),
        (511, "text/html", b"<html>"),
        (200, "", b'{"data": [1]}'),
    ],
)
def test_what_is_no_answer_of_the_interface_leaves_the_fate_open(status: int, kind: str, body: bytes) -> None:
    with pytest.raises(AnswerNotUnderstood):
        read_delink_answer("c", Answer(status, {"content-type": kind}, body), [A])


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_json_at_all_makes_a_false_success(body: Any) -> None:
    for status in (200, 207, 400, 401, 403, 404):
        try:
            outcomes = read_delink_answer("c", answer(status, {"data": body}), [A]).outcomes
        except CrmError:
            continue
        assert outcomes[A].outcome is not Outcome.DELINKED


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        ("1.5", 1.5),
        ("-5", -5.0),
        ("1000000000", 1e9),
        ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_all_its_shapes(header: str, seconds: float | None) -> None:
    told = retry_after_s(answer(429, {}, **{"retry-after": header}))
    assert told == seconds or (header.endswith("GMT") and told is not None and told < 0)


def test_retry_after_may_stand_in_the_body() -> None:
    assert retry_after_s(answer(429, {"details": {"retry_after": "60"}})) == 60.0


@pytest.mark.parametrize(("header", "left"), [("4711", 4711), ("", None), ("-1", None), ("many", None)])
def test_credits_are_read_if_the_answer_has_them(header: str, left: int | None) -> None:
    assert credits_left(answer(200, {}, **{"x-api-credits-remaining": header})) == left


def test_an_empty_list_is_204_without_a_body() -> None:
    assert read_page("c", Answer(204, {}, b""))[0] == []
    with pytest.raises(AnswerNotUnderstood):
        read_page("c", Answer(204, {}, b"{}"))
    with pytest.raises(AnswerNotUnderstood):
        read_page("c", answer(200, {"data": [1, 2]}))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"code": "INTERNAL_ERROR", "message": "Internal Server Error"}, ("INTERNAL_ERROR", "Internal Server Error")),
        ({"code": 5, "message": None}, ("", "")),
        (["no object"], ("", "")),
    ],
)
def test_a_server_error_keeps_its_words(body: Any, words: tuple[str, str]) -> None:
    with pytest.raises(AnswerNotUnderstood) as caught:
        read_delink_answer("c", answer(500, body), [A])
    assert (caught.value.code, caught.value.message) == words
