"""A sign-in that may remove links but not read them: every command says so in the same words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import delink, pairs_of, place_of, seed, write_sheet

ALL = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"]
BLIND = ["ZohoCRM.modules.DELETE", "ZohoCRM.modules.UPDATE", *ALL[1:]]
ASKS_FOR_IT = "the right to read both modules (scope ZohoCRM.modules.READ)"


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        seed(crm, pairs_of(10, 1))
        crm.state.set(scopes=BLIND)
        yield crm


def test_check_asks_for_the_right_to_read(crm: PracticeCrm, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "s.csv", pairs_of(10, 1))
    ended = delink(tmp_path / "home", "check", str(sheet), "--with-crm", *place_of(crm), secret=crm.access_token)
    assert (ended.code, ASKS_FOR_IT in ended.err, "DELETE" in ended.err) == (3, True, False)


def test_a_run_of_one_list_pauses_and_goes_on_once_the_right_is_there(crm: PracticeCrm, tmp_path: Path) -> None:
    home = tmp_path / "home"
    sheet = write_sheet(tmp_path / "s.csv", pairs_of(10, 1))
    paused = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token)
    assert (paused.code, paused.json["state"], paused.json["cause"]) == (3, "paused", "copy_refused")
    verified = delink(home, "verify", *place_of(crm), secret=crm.access_token)
    assert (verified.code, ASKS_FOR_IT in verified.err) == (3, True)
    crm.state.set(scopes=ALL)
    again = delink(home, "resume", *place_of(crm), "--json", secret=crm.access_token)
    assert (again.code, again.json["delinked"]) == (0, 10)


def test_an_undo_that_may_not_read_pauses_with_the_same_cause(crm: PracticeCrm, tmp_path: Path) -> None:
    home = tmp_path / "home"
    sheet = write_sheet(tmp_path / "s.csv", pairs_of(10, 1))
    crm.state.set(scopes=ALL)
    run = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token).json["run"]
    crm.state.set(scopes=BLIND)
    undone = delink(home, "undo", run, *place_of(crm), "--yes", "--json", secret=crm.access_token)
    assert (undone.code, undone.json["cause"]) == (3, "copy_refused")
