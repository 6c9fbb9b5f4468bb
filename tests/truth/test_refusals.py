"""Whole calls refused, over real sockets: how many calls it takes, what is said, and what resume does."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import SideChoice
from desktop.domain.relations import Relation
from desktop.domain.runs import RunState
from desktop.practice import PracticeCrm
from tests.truth.checks import falsehoods, fates, words_of
from tests.truth.stage import Stage

DEALS = Relation("Products", "Deals")
ALL = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"]
READ_ONLY = ["ZohoCRM.modules.READ", "ZohoCRM.settings.ALL"]


def pairs(parents: int, each: int) -> list[tuple[str, str]]:
    return [(f"36523970000003270{p:02d}", f"36523970000009{n + 101:05d}") for p in range(parents) for n in range(each)]


def removals(practice: PracticeCrm) -> list[dict[str, Any]]:
    return [call for call in practice.state.calls() if call["method"] == "DELETE"]


def refusal(status: int, code: str, **details: object) -> str:
    return json.dumps({"code": code, "details": details, "message": "", "status": "error"})


def test_a_missing_scope_is_one_call_and_not_199(practice: PracticeCrm, tmp_path: Path) -> None:
    practice.state.set(scopes=READ_ONLY)
    stage = Stage(tmp_path, practice, pairs(1, 100))
    ending = stage.run()
    assert (len(removals(practice)), ending.tally[Outcome.REFUSED]) == (1, 100)
    assert words_of(stage.ledger(), range(100)) == {CauseCode.SCOPE_MISSING}


def test_three_in_a_row_pause_and_resume_sends_those_links_again(practice: PracticeCrm, tmp_path: Path) -> None:
    practice.state.set(scopes=READ_ONLY)
    stage = Stage(tmp_path, practice, pairs(12, 3))
    ending = stage.run(lanes=1)
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.REFUSED_THREE_TIMES)
    assert (len(removals(practice)), ending.tally[Outcome.REFUSED]) == (3, 9)
    practice.state.set(scopes=ALL)
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.DELINKED], ending.calls) == (RunState.FINISHED, 36, 15)


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_errors_of_the_server_and_limits_never_count_towards_that(practice: PracticeCrm, tmp_path: Path, status: int) -> None:
    stage = Stage(tmp_path, practice, pairs(8, 1))
    practice.faults.add([{"match": {"method": "DELETE"}, "do": "status", "status": status, "body": "{}", "times": 3}])
    ending = stage.run(lanes=1)
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, 8)
    assert CauseCode.REFUSED_THREE_TIMES not in stage.ledger().paused_for


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "UNABLE_TO_PARSE_DATA_TYPE"),
        (400, "INVALID_DATA"),
        (400, "LIMIT_EXCEEDED"),
        (413, "REQUEST_ENTITY_TOO_LARGE"),
        (414, ""),
    ],
)
def test_one_bad_id_is_found_by_halving(practice: PracticeCrm, tmp_path: Path, status: int, code: str) -> None:
    links = pairs(1, 16)
    stage = Stage(tmp_path, practice, links)
    bad = links[5][1]
    body = refusal(status, code) if code else "<html>"
    practice.faults.add(
        [{"match": {"method": "DELETE", "path": bad}, "do": "status", "status": status, "body": body, "times": 99}]
    )
    ending = stage.run(lanes=1)
    assert (ending.tally[Outcome.DELINKED], ending.tally[Outcome.REFUSED]) == (15, 1)
    assert len(removals(practice)) == 1 + 2 * 4
    with stage.read() as record:
        assert falsehoods(record, fates(practice.state.links())) == []


@pytest.mark.parametrize("code", ["INVALID_MODULE", "OAUTH_SCOPE_MISMATCH", "NO_PERMISSION", "RECORD_LOCKED", "WHAT_EVER"])
def test_halving_is_not_tried_where_it_does_not_help(practice: PracticeCrm, tmp_path: Path, code: str) -> None:
    stage = Stage(tmp_path, practice, pairs(1, 16))
    practice.faults.add([{"match": {"method": "DELETE"}, "do": "status", "status": 400, "body": refusal(400, code)}])
    ending = stage.run()
    assert (len(removals(practice)), ending.tally[Outcome.REFUSED]) == (1, 16)


def test_an_unknown_parent_costs_no_removal_and_is_told(practice: PracticeCrm, tmp_path: Path) -> None:
    links = pairs(2, 5)
    stage = Stage(tmp_path, practice, links)
    with practice.state.transaction() as db:
        db.execute("DELETE FROM records WHERE id = ?", (links[0][0],))
    ending = stage.run()
    assert (len(removals(practice)), ending.tally[Outcome.REFUSED], ending.tally[Outcome.DELINKED]) == (1, 5, 5)
    assert words_of(stage.ledger(), range(5)) == {CauseCode.PARENT_NOT_FOUND}


def test_a_missing_right_to_read_pauses_before_anything_is_sent(practice: PracticeCrm, tmp_path: Path) -> None:
    practice.state.set(scopes=["ZohoCRM.modules.DELETE"])
    stage = Stage(tmp_path, practice, pairs(6, 2))
    ending = stage.run(lanes=1)
    assert (ending.state, ending.cause, removals(practice)) == (RunState.PAUSED, CauseCode.COPY_REFUSED, [])
    practice.state.set(scopes=ALL)
    assert stage.run().tally[Outcome.DELINKED] == 12


def test_a_reversed_call_that_is_refused_is_sent_from_the_sheets_side(practice: PracticeCrm, tmp_path: Path) -> None:
    links = [(f"36523970000003270{p:02d}", f"36523970000009{n + 101:05d}") for n in range(2) for p in range(9)]
    stage = Stage(tmp_path, practice, links, side=SideChoice.AUTO)
    body = refusal(400, "INVALID_DATA", resource_path_index=2)
    practice.faults.add([{"match": {"path": "/Contacts/"}, "do": "status", "status": 400, "body": body, "times": 99}])
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, 18)
    assert {call["path"].split("/")[3] for call in removals(practice)} == {"Campaigns"}


@pytest.mark.parametrize("name", ["Deals", "Potentials"])
@pytest.mark.parametrize("safety_copy", [True, False])
def test_the_list_of_deals_goes_by_the_name_that_the_metadata_gives(
    practice: PracticeCrm, tmp_path: Path, name: str, safety_copy: bool
) -> None:
    practice.state.set(deals_list=name)
    stage = Stage(tmp_path, practice, pairs(3, 4), relation=DEALS, safety_copy=safety_copy)
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == 12
    assert {call["path"].rsplit("/", 1)[1] for call in removals(practice)} == {name}
    assert sum(call["path"].endswith("/related_lists") for call in practice.state.calls()) == 1


def test_a_refused_name_pauses_at_once_and_names_the_other(practice: PracticeCrm, tmp_path: Path) -> None:
    practice.state.set(deals_list="Potentials", scopes=["ZohoCRM.modules.ALL"])
    stage = Stage(tmp_path, practice, pairs(5, 2), relation=DEALS, safety_copy=False)
    ending = stage.run(lanes=1)
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.LIST_NAME_REFUSED)
    assert len(removals(practice)) == 1
    practice.state.set(scopes=ALL)
    assert stage.run().tally[Outcome.DELINKED] == 10
