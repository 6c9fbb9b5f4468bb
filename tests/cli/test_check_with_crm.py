"""check --with-crm: which of a sheet's links exist, asked with reads only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import SAMPLE, delink, pairs_of, place_of, quickly, seed, write_sheet


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


def test_the_sample_is_checked_against_the_practice_crm_without_changing_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = delink(home, "check", str(SAMPLE), "--with-crm", "--practice", "--json").json
    assert (told["linked"], told["linked"] + told["not_linked"] + told["not_found"]) == (361, 369)
    assert told["not_linked"] and told["not_found"] and told["unclear"] == 0
    again = delink(home, "check", str(SAMPLE), "--with-crm", "--practice", "--json").json
    assert again == told
    done = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json").json
    assert done["delinked"] == told["linked"]
    after = delink(home, "check", str(SAMPLE), "--with-crm", "--practice", "--json").json
    assert (after["linked"], after["not_found"]) == (0, told["not_found"])


def test_it_tells_people_what_exists_and_sends_no_removal(crm: PracticeCrm, tmp_path: Path) -> None:
    pairs = pairs_of(30, 3)
    seed(crm, pairs[:20])
    ended = delink(
        tmp_path / "home",
        "check",
        str(write_sheet(tmp_path / "a.csv", pairs)),
        "--with-crm",
        *place_of(crm),
        secret=crm.access_token,
    )
    assert ended.code == 0
    assert "20  linked now" in ended.out and "nothing changed" in ended.out
    counts = crm.state.counts()
    assert (counts["removals"], counts["links_now"]) == (0, 20)


def test_links_that_no_read_proved_are_counted_apart(crm: PracticeCrm, tmp_path: Path) -> None:
    pairs = [(campaign, "3652397000000925128") for campaign, _ in pairs_of(2, 2)]
    seed(crm, pairs)
    crm.faults.add([{"match": {"method": "GET", "path": pairs[0][0]}, "do": "status", "status": 200, "body": "{}", "times": 9}])
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    arguments = ("check", str(sheet), "--with-crm", *place_of(crm), "--side", "as-sheet", "--json")
    ended = quickly(tmp_path / "home", *arguments, secret=crm.access_token)
    told = ended.json
    assert (ended.code, told["linked"], told["not_linked"], told["not_found"], told["unclear"]) == (0, 1, 0, 0, 1)
    assert "1 link could not be read" in ended.err


def test_a_token_that_may_not_read_is_exit_3(crm: PracticeCrm, tmp_path: Path) -> None:
    crm.state.set(tokens_expired=True)
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(4, 2))
    ended = delink(tmp_path / "home", "check", str(sheet), "--with-crm", *place_of(crm), "--json", secret=crm.access_token)
    assert (ended.code, ended.json["error"]) == (3, "signed_out") and len(ended.err.splitlines()) >= 1


def test_it_needs_to_know_which_account(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(4, 2))
    assert delink(tmp_path / "home", "check", str(sheet), "--with-crm", "--json").code == 2
