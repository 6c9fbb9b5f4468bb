"""Lists that an organisation made itself: accepted by a word, proven by the metadata, and refused without either."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import Ended, delink, place_of

VISITORS, SPONSORS = "Trade_Fairs/Visitors", "Trade_Fairs/Sponsors"
PAIRS = [(f"365239700000032700{n % 2}", f"365239700000092512{n}") for n in range(5)]


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        crm.seed([("Trade_Fairs", name, *pair) for name in ("Visitors", "Sponsors") for pair in PAIRS], share=False)
        yield crm


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "fairs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("Fair Id", "Visitor Id"), *PAIRS])
    return path


def on(crm: PracticeCrm, tmp_path: Path, *arguments: str) -> Ended:
    return delink(tmp_path / "home", *arguments, *place_of(crm), "--json", secret=crm.access_token)


def run(crm: PracticeCrm, tmp_path: Path, sheet: Path, relation: str, *more: str) -> Ended:
    return on(crm, tmp_path, "run", str(sheet), "--yes", "--relation", relation, *more)


def changes(crm: PracticeCrm) -> list[str]:
    return [str(call["path"]) for call in crm.state.calls() if call["method"] != "GET"]


def tell_of(crm: PracticeCrm, *lists: dict[str, Any]) -> None:
    """From now on the metadata of this organisation says this."""
    body = json.dumps({"related_lists": lists})
    crm.faults.add([{"match": {"path": "related_lists"}, "do": "status", "status": 200, "body": body, "times": 99}])


def test_a_list_of_ones_own_needs_the_word_for_it_and_is_named_in_a_warning(
    crm: PracticeCrm, tmp_path: Path, sheet: Path
) -> None:
    refused = run(crm, tmp_path, sheet, VISITORS)
    assert (refused.code, refused.json["error"]) == (2, "relation_not_allowed")
    assert VISITORS in refused.json["message"] and "--custom-relation" in refused.json["message"]
    without_name = on(crm, tmp_path, "run", str(sheet), "--yes", "--custom-relation")
    assert (without_name.code, without_name.json["error"]) == (2, "wrong_use")
    assert not crm.state.calls()
    done = run(crm, tmp_path, sheet, VISITORS, "--custom-relation", "--no-safety-copy")
    assert (done.code, done.json["delinked"]) == (0, 5)
    assert f"Take care: “{VISITORS}”" in done.err


def test_it_is_removed_gone_on_with_tried_again_and_put_back(crm: PracticeCrm, tmp_path: Path, sheet: Path) -> None:
    locked = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
    crm.faults.add([{"match": {"method": "DELETE", "path": "327001"}, "do": "status", "status": 400, "body": locked}])
    first = run(crm, tmp_path, sheet, VISITORS, "--custom-relation", "--first", "1")
    assert (first.code, first.json["state"], first.json["delinked"]) == (4, "paused", 1)
    number = str(first.json["run"])
    resumed = on(crm, tmp_path, "resume", number)
    assert (resumed.code, resumed.json["delinked"], resumed.json["refused"]) == (1, 3, 2)
    retried = on(crm, tmp_path, "retry", number, "--yes")
    assert (retried.code, retried.json["delinked"]) == (0, 2)
    undone = on(crm, tmp_path, "undo", number, "--yes")
    assert (undone.code, undone.json["relinked"]) == (0, 3)
    paths = {path.split("?")[0].rpartition("/")[2] for path in changes(crm)}
    assert paths == {"Visitors"}


@pytest.mark.parametrize("relation", [SPONSORS, "Trade_Fairs/Exhibitors", "Leads/Tasks", "Contacts/Deals"])
def test_what_the_metadata_does_not_offer_is_not_sent(crm: PracticeCrm, tmp_path: Path, sheet: Path, relation: str) -> None:
    refused = run(crm, tmp_path, sheet, relation, "--custom-relation")
    assert (refused.code, refused.json["error"]) == (2, "relation_not_offered")
    assert not changes(crm)
    assert delink(tmp_path / "home", "runs", "--json").json["runs"] == []


@pytest.mark.parametrize("name", ["Notes", "attachments", "Emails", "Contact_Roles"])
def test_a_refused_name_stays_refused_whatever_the_metadata_says(
    crm: PracticeCrm, tmp_path: Path, sheet: Path, name: str
) -> None:
    tell_of(crm, {"api_name": name, "type": "multiselectlookup", "record_operations": {"disassociate": True}})
    refused = run(crm, tmp_path, sheet, f"Trade_Fairs/{name}", "--custom-relation")
    assert (refused.code, refused.json["error"]) == (2, "relation_not_allowed")
    assert not crm.state.calls()


def test_a_run_is_not_gone_on_with_where_the_metadata_no_longer_offers_its_list(
    crm: PracticeCrm, tmp_path: Path, sheet: Path
) -> None:
    number = run(crm, tmp_path, sheet, VISITORS, "--custom-relation", "--first", "1").json["run"]
    before = changes(crm)
    tell_of(crm, {"api_name": "Visitors", "type": "multiselectlookup", "record_operations": {"disassociate": False}})
    for command in (("resume", number), ("undo", number, "--yes")):
        refused = on(crm, tmp_path, *command)
        assert (refused.code, refused.json["error"]) == (2, "relation_not_offered")
    assert changes(crm) == before
    crm.faults.clear()
    assert on(crm, tmp_path, "resume", number).code == 0


def test_where_the_metadata_may_not_be_asked_nothing_is_sent(crm: PracticeCrm, tmp_path: Path, sheet: Path) -> None:
    crm.state.set(scopes=["ZohoCRM.modules.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"])
    refused = run(crm, tmp_path, sheet, VISITORS, "--custom-relation")
    assert (refused.code, refused.json["error"]) == (2, "relation_not_offered")
    assert "ZohoCRM.settings.related_lists.READ" in refused.json["message"]
    assert not changes(crm)


def test_services_are_taken_off_appointments_only_where_the_organisation_has_them(
    crm: PracticeCrm, tmp_path: Path, sheet: Path
) -> None:
    relation = "Appointments__s/Services__s"
    crm.seed([("Appointments__s", "Services__s", *pair) for pair in PAIRS], share=False)
    tell_of(crm, {"api_name": "Notes"})
    refused = run(crm, tmp_path, sheet, relation)
    assert (refused.code, refused.json["error"]) == (2, "relation_not_offered")
    crm.faults.clear()
    done = run(crm, tmp_path, sheet, relation)
    assert (done.code, done.json["delinked"]) == (0, 5)
    assert "Take care" not in done.err
