"""Answers to calls that put links back: by id, or by the place in the call that the answer names."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.crm.relink_answers import read_relink_answer
from desktop.crm.session import Answer
from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerNotUnderstood, CrmBusy, CrmError, RequestRefused, TokenRejected
from desktop.domain.outcomes import Outcome, Refusal, RefusalScope
from desktop.domain.records import RecordId
from tests.crm.test_answers import answer

A, B = RecordId("3652397000000925128"), RecordId("3652397000000649013")


def good(call_id: str) -> dict[str, Any]:
    return {"code": "SUCCESS", "details": {"id": call_id}, "message": "relation added", "status": "success"}


def bad(code: str, message: str = "words", **details: Any) -> dict[str, Any]:
    return {"code": code, "details": details, "message": message, "status": "error"}


def outcomes(status: int, *items: object) -> tuple[tuple[Outcome, CauseCode], ...]:
    read = read_relink_answer("c", answer(status, {"data": items}), [A, B]).outcomes
    return tuple((read[call_id].outcome, read[call_id].cause) for call_id in (A, B))


PUT_BACK = (Outcome.RELINKED, CauseCode.PUT_BACK)
CONTRADICTORY = (Outcome.UNKNOWN, CauseCode.ANSWER_CONTRADICTORY)


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        (bad("INVALID_DATA", "the id given seems to be invalid", api_name="id", json_path="$.data[1].id"), CauseCode.RECORD_GONE),
        (bad("MANDATORY_NOT_FOUND", api_name="list_price", json_path="$.data[1].list_price"), CauseCode.VALUE_MISSING),
        (bad("INVALID_DATA", api_name="Member_Status", json_path="$.data[1].Member_Status"), CauseCode.VALUE_REFUSED),
        (bad("INVALID_DATA", "id already converted", id=B), CauseCode.RECORD_CONVERTED),
        (bad("INVALID_DATA", "invalid data", id=B), CauseCode.DATA_REFUSED),
        (bad("Invalid_Data", "the id given seems to be invalid", id=B), CauseCode.RECORD_GONE),
        (bad("INVALID_DATA", json_path="$.data[1].id"), CauseCode.RECORD_GONE),
        (bad("INVALID_DATA", json_path="$.data[1].Member_Status"), CauseCode.VALUE_REFUSED),
        (bad("RECORD_LOCKED", id=B), CauseCode.RECORD_LOCKED),
        (bad("DUPLICATE_DATA", id=B, json_path="$.data[1].id"), CauseCode.REFUSED_OTHER),
        (bad("NO_PERMISSION", id=B), CauseCode.NO_PERMISSION),
    ],
)
def test_mixed_answer_gives_each_id_its_outcome(item: dict[str, Any], cause: CauseCode) -> None:
    assert outcomes(207, item, good(A)) == (PUT_BACK, (Outcome.REFUSED, cause))


def test_all_put_back_in_any_order_and_wording() -> None:
    assert outcomes(200, good(B), {**good(A), "message": "record updated"}) == (PUT_BACK, PUT_BACK)


@pytest.mark.parametrize(
    "items",
    [
        (good(A), good("9990000000000000001")),
        (good(A), bad("INVALID_DATA", id=A)),
        (good(B), bad("INVALID_DATA", id=B, json_path="$.data[0].id")),
        (good(A), bad("MANDATORY_NOT_FOUND", json_path="$.data[7].list_price")),
        (good(A), bad("MANDATORY_NOT_FOUND")),
        (good(A), "words"),
    ],
)
def test_an_answer_that_contradicts_itself_says_nothing(items: tuple[object, ...]) -> None:
    assert outcomes(207, *items) == (CONTRADICTORY, CONTRADICTORY)


def test_a_link_that_the_answer_leaves_out_is_unknown() -> None:
    assert outcomes(200, good(A)) == (PUT_BACK, (Outcome.UNKNOWN, CauseCode.ANSWER_INCOMPLETE))


@pytest.mark.parametrize(
    ("status", "body", "scope", "cause"),
    [
        (400, bad("MANDATORY_NOT_FOUND", json_path="$.data[0].list_price"), RefusalScope.IDS, CauseCode.VALUE_MISSING),
        (400, bad("INVALID_DATA", api_name="id", json_path="$.data[0].id"), RefusalScope.IDS, CauseCode.RECORD_GONE),
        (400, bad("INVALID_DATA", api_name="x", json_path="$.data[0].x"), RefusalScope.IDS, CauseCode.VALUE_REFUSED),
        (400, bad("INVALID_DATA", resource_path_index=1), RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND),
        (400, bad("INVALID_DATA", resource_path_index=2), RefusalScope.RUN, CauseCode.LIST_NOT_FOUND),
        (400, bad("INVALID_MODULE"), RefusalScope.RUN, CauseCode.MODULE_NOT_SUPPORTED),
        (401, bad("OAUTH_SCOPE_MISMATCH"), RefusalScope.RUN, CauseCode.SCOPE_MISSING),
    ],
)
def test_refusal_of_a_whole_relink_gets_its_scope_and_cause(
    status: int, body: dict[str, Any], scope: RefusalScope, cause: CauseCode
) -> None:
    with pytest.raises(RequestRefused) as caught:
        read_relink_answer("c", answer(status, body), [A, B])
    refusal = caught.value.refusal
    assert isinstance(refusal, Refusal) and (refusal.scope, refusal.cause) == (scope, cause)


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (answer(401, bad("INVALID_TOKEN")), TokenRejected),
        (answer(429, {}), CrmBusy),
        (answer(500, bad("INTERNAL_ERROR")), AnswerNotUnderstood),
        (answer(302, {}), AnswerNotUnderstood),
        (answer(200, {"data": []}), AnswerNotUnderstood),
        (Answer(200, {"content-type": "text/html"}, b"<html>"), AnswerNotUnderstood),
    ],
)
def test_body_without_outcomes_raises_the_fitting_error(told: Answer, error: type[CrmError]) -> None:
    with pytest.raises(error):
        read_relink_answer("c", told, [A, B])


TEXTS = [A, B, "SUCCESS", "INVALID_DATA", "$.data[1].id", "$.data[99].id"]
JSONS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from([A, B, "SUCCESS", "$.data[1].id", "$.data[99].id"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "details", "id", "json_path", "status", "message", "data"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from([200, 201, 207, 400, 401, 403, 404, 413, 500]), JSONS)
def test_whatever_comes_is_one_outcome_an_id_or_one_of_our_errors(status: int, body: Any) -> None:
    told = {"data": body} if isinstance(body, list) else body
    try:
        read = read_relink_answer("c", answer(status, told), [A, B])
    except CrmError:
        return
    assert set(read.outcomes) == {A, B}
    assert all(one.outcome in (Outcome.RELINKED, Outcome.REFUSED, Outcome.UNKNOWN) for one in read.outcomes.values())
