"""What a refusal is about: the ids of a call, its parent, the whole run, or nobody knows."""

from typing import Any

import pytest

from desktop.crm.refusals import cause_of_code, outcome_of_item, parameter_of, refusal_of
from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, Outcome, RefusalScope


@pytest.mark.parametrize(
    ("status", "code", "message", "details", "scope", "cause"),
    [
        (400, "INVALID_DATA", "", {"resource_path_index": "1"}, RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND),
        (400, "INVALID_DATA", "", {"resource_path_index": "2"}, RefusalScope.RUN, CauseCode.LIST_NOT_FOUND),
        (400, "INVALID_DATA", "", {"resource_path_index": "7"}, RefusalScope.IDS, CauseCode.ID_FORMAT),
        (400, "INVALID_DATA", "", {"id": "1"}, RefusalScope.CALL, CauseCode.ID_FORMAT),
        (404, "INVALID_DATA", "", {}, RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND),
        (400, "INVALID_DATA", "the record is converted", {}, RefusalScope.PARENT, CauseCode.RECORD_CONVERTED),
        (400, "INVALID_DATA", "converted?", {"param_name": "converted"}, RefusalScope.IDS, CauseCode.ID_FORMAT),
        (414, "", "", {}, RefusalScope.IDS, CauseCode.TOO_MANY_IDS),
        (400, "SOMETHING_NEW", "", {"param_name": "ids"}, RefusalScope.IDS, CauseCode.ID_FORMAT),
        (403, "no_permission", "", {}, RefusalScope.RUN, CauseCode.NO_PERMISSION),
        (400, "SOMETHING_NEW", "", {}, RefusalScope.CALL, CauseCode.REFUSED_OTHER),
    ],
)
def test_refusal_gets_its_scope_and_cause(
    status: int, code: str, message: str, details: dict[str, Any], scope: RefusalScope, cause: CauseCode
) -> None:
    found = refusal_of(status, code, message, details)
    assert (found.scope, found.cause, found.code) == (scope, cause, code or str(status))


def test_the_parameter_that_a_refusal_names_is_taken_from_a_400_only() -> None:
    assert parameter_of(400, "the value of Fields is wrong", {}) == "fields"
    assert parameter_of(400, "", {"api_name": "per_page"}) == "per_page"
    assert parameter_of(400, "identity unknown", {}) == ""
    assert parameter_of(403, "fields", {"param_name": "fields"}) == ""


@pytest.mark.parametrize(
    ("item", "outcome", "cause"),
    [
        ({"code": "success", "status": "SUCCESS"}, REMOVED.outcome, REMOVED.cause),
        ({"code": "SUCCESS", "status": "error"}, Outcome.REFUSED, CauseCode.REFUSED_OTHER),
        ({"code": "INVALID_DATA"}, Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND),
        ({"code": "INVALID_DATA", "message": "record is Converted"}, Outcome.REFUSED, CauseCode.RECORD_CONVERTED),
        ({"code": "RECORD_LOCKED"}, Outcome.REFUSED, CauseCode.RECORD_LOCKED),
        ({}, Outcome.REFUSED, CauseCode.REFUSED_OTHER),
    ],
)
def test_only_a_success_in_code_and_status_counts_as_removed(
    item: dict[str, str], outcome: Outcome, cause: CauseCode | None
) -> None:
    found = outcome_of_item(item)
    assert (found.outcome, found.cause) == (outcome, cause)


def test_a_code_is_known_in_any_case_and_an_unknown_one_is_no_guess() -> None:
    assert cause_of_code("record_locked") is CauseCode.RECORD_LOCKED
    assert cause_of_code("NEW") is CauseCode.REFUSED_OTHER
