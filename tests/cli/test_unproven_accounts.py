"""A run is bound to its organisation: where a key will not say to which it leads, nothing is read or sent without a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import delink, pairs_of, place_of, seed, write_sheet

PAIRS = pairs_of(6, 2)
ALL = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.READ", "ZohoCRM.org.READ"]
SILENT = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL"]


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        crm.state.set(scopes=ALL)
        seed(crm, PAIRS)
        yield crm


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_run_whose_organisation_cannot_be_read_or_is_another_one_goes_on_for_nobody(
    crm: PracticeCrm, home: Path, tmp_path: Path
) -> None:
    place, secret = place_of(crm), crm.access_token
    first = delink(
        home, "run", str(write_sheet(tmp_path / "a.csv", PAIRS)), *place, "--first", "2", "--yes", "--json", secret=secret
    )
    assert (first.code, first.json["delinked"]) == (4, 2)
    run = str(first.json["run"])
    crm.state.set(scopes=SILENT)
    removals = crm.state.counts()["removals"]
    lists = len([call for call in crm.state.calls() if call["method"] == "GET" and "/Campaigns/" in str(call["path"])])
    for command in (("resume", "--yes"), ("retry", run, "--yes"), ("undo", run, "--yes"), ("verify", run)):
        ended = delink(home, *command, *place, "--json", secret=secret)
        assert (ended.code, ended.json["error"]) == (3, "account_not_proven"), command
        assert "Practice Ltd" in ended.json["message"] and ended.err.count("\n") == 1
    asked = [call for call in crm.state.calls() if call["method"] == "GET" and "/Campaigns/" in str(call["path"])]
    assert (crm.state.counts()["removals"], len(asked)) == (removals, lists)
    crm.state.set(scopes=ALL)
    with PracticeCrm() as other:
        ended = delink(home, "resume", *place_of(other), "--json", secret=other.access_token)
        assert (ended.code, ended.json["error"]) == (2, "run_elsewhere")
        assert other.state.counts()["removals"] == 0
    ended = delink(home, "resume", *place, "--json", secret=secret)
    assert (ended.code, ended.json["delinked"]) == (0, len(PAIRS))
