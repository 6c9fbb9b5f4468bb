"""Why links were refused, are not confirmed or were not sent: on standard output with what to do, and in the JSON."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import delink, pairs_of, place_of, seed, write_sheet

PAIRS = pairs_of(8, 4)


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        seed(crm, PAIRS)
        yield crm


def locked(parent: str) -> dict[str, object]:
    body = '{"code":"RECORD_LOCKED","details":{},"message":"the record is locked","status":"error"}'
    return {"match": {"method": "DELETE", "path": parent}, "do": "status", "status": 400, "body": body, "times": 9}


def test_the_causes_are_named_commonest_first(crm: PracticeCrm, tmp_path: Path) -> None:
    with crm.state.transaction() as db:
        db.execute("DELETE FROM records WHERE id = ?", (PAIRS[0][0],))
    crm.faults.add([locked(PAIRS[1][0]), locked(PAIRS[2][0])])
    sheet = write_sheet(tmp_path / "s.csv", [*PAIRS, (PAIRS[0][0], "no ID")])
    arguments = ("run", str(sheet), *place_of(crm), "--side", "as-sheet", "--yes")
    told = delink(tmp_path / "a", *arguments, "--json", secret=crm.access_token).json
    assert told["causes"] == [{"code": "record_locked", "count": 4}, {"code": "parent_not_found", "count": 2}]
    assert (told["rejected"], told["reads"]) == ({"not_an_id": 1}, 4)


def test_people_read_what_to_do_on_standard_output(crm: PracticeCrm, tmp_path: Path) -> None:
    crm.faults.add([locked(parent) for parent, _ in PAIRS])
    sheet = write_sheet(tmp_path / "s.csv", PAIRS)
    ended = delink(tmp_path / "a", "run", str(sheet), *place_of(crm), "--side", "as-sheet", "--yes", secret=crm.access_token)
    assert "         8  The record is locked. " in ended.out
    assert "Unlock it in Zoho or wait, then try these links again." in ended.out
    lines = [line.strip() for line in (ended.out + ended.err).splitlines() if line.strip()]
    assert not [line for line in lines if line[0].islower() and not line.startswith("s.csv")]


def test_a_run_without_trouble_names_no_cause(crm: PracticeCrm, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "s.csv", PAIRS)
    ended = delink(tmp_path / "a", "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token)
    assert (ended.json["causes"], ended.json["rejected"]) == ([], {})
