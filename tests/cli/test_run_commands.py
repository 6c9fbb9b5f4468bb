"""run and results on the practice CRM: exit codes, JSON, confirmation, where the results go."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.practice import PracticeCrm
from tests.cli.driving import SAMPLE, delink, outcomes_in, pairs_of, place_of, seed, write_sheet

KEYS = [
    "run",
    "state",
    "links",
    "delinked",
    "not_linked",
    "refused",
    "unknown",
    "not_attempted",
    "calls",
    "reads",
    "results",
    "rejected",
    "causes",
]
OUTCOMES = KEYS[3:8]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_clean_sheet_ends_0_and_everything_is_gone(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(30, 3)
    sheet = write_sheet(tmp_path / "clean.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        ended = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token)
        assert crm.state.counts()["links_now"] == 0
        assert crm.state.counts()["sends_per_link_max"] == 1
    told = ended.json
    assert ended.code == 0
    assert list(told) == KEYS
    assert (told["state"], told["links"], told["delinked"], told["calls"]) == ("finished", 30, 30, 3)
    assert outcomes_in(Path(told["results"])) == ["Removed"] * 30
    assert Path(told["results"]).is_absolute()


def test_the_sample_ends_1_and_the_books_balance(home: Path) -> None:
    ended = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json")
    told = ended.json
    assert ended.code == 1
    assert told["links"] == sum(told[outcome] for outcome in OUTCOMES) == 372
    assert told["not_attempted"] == 3
    counts = Counter(outcomes_in(Path(told["results"])))
    assert sum(counts.values()) == 389
    assert (counts["Removed"], counts["Was not linked"]) == (told["delinked"] + 2, told["not_linked"]), "repeats share outcomes"
    assert "of 369" in ended.err and "\r" not in ended.err


def test_a_wrong_number_sends_nothing_and_names_the_right_one(home: Path) -> None:
    for options in (
        ("--confirm", "368"),
        ("--confirm", "372"),
        ("--yes", "--confirm", "368"),
        ("--first", "5", "--confirm", "5"),
    ):
        with PracticeCrm() as crm:
            ended = delink(home, "run", str(SAMPLE), *place_of(crm), *options, "--json", secret=crm.access_token)
            assert crm.state.counts()["calls"] == 0
        assert (ended.code, ended.json["error"]) == (2, "wrong_use")
        assert "369" in ended.err.splitlines()[-1]
        assert delink(home, "runs", "--json").json == {"runs": []}


def test_the_right_number_is_enough(home: Path) -> None:
    assert delink(home, "run", str(SAMPLE), "--practice", "--confirm", "369", "--json").json["state"] == "finished"


def test_without_a_confirmation_and_without_a_terminal_nothing_is_sent(home: Path) -> None:
    ended = delink(home, "run", str(SAMPLE), "--practice", secret="369\n")
    assert ended.code == 2 and "--confirm 369" in ended.err
    assert delink(home, "runs", "--json").json == {"runs": []}


def test_the_first_few_pause_and_resume_sends_the_rest(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(20, 4)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        place, token = place_of(crm), crm.access_token
        ended = delink(home, "run", str(sheet), *place, "--first", "6", "--confirm", "20", "--json", secret=token)
        assert (ended.code, ended.json["state"], ended.json["cause"]) == (4, "paused", "first_links_done")
        assert (ended.json["delinked"], ended.json["not_attempted"]) == (6, 14)
        removed = {(link["id_a"], link["id_b"]) for link in crm.state.links() if not link["linked"]}
        assert removed == set(pairs[:6]), "the first rows of the sheet, and no other"
        assert Path(ended.json["results"]).is_file()
        ended = delink(home, "resume", *place, "--json", secret=token)
        assert (ended.code, ended.json["delinked"], ended.json["state"]) == (0, 20, "finished")
        assert crm.state.counts()["sends_per_link_max"] == 1


def files_of_runs(home: Path) -> dict[Path, bytes]:
    """Journals, summaries and results, as they are on disk."""
    folders = (home / "runs", home / "results")
    return {path: path.read_bytes() for one in folders for path in one.iterdir()}


def test_a_finished_run_is_told_as_it_ended_and_nothing_is_asked_sent_or_written(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(4, 2)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs[:3])
        place = place_of(crm)
        ended = delink(home, "run", str(sheet), *place, "--yes", "--json", secret=crm.access_token)
        asked, workbook = len(crm.state.calls()), Path(ended.json["results"])
        before = files_of_runs(home)
        again = delink(home, "resume", ended.json["run"], *place, "--json", "--results", str(tmp_path / "b.csv"))
        assert again.json == ended.json and again.code == ended.code == 0
        assert "is finished; nothing is left to be done." in again.err and "delink results" in again.err
        assert len(crm.state.calls()) == asked and not (tmp_path / "b.csv").exists()
    assert files_of_runs(home) == before and workbook in before
    told = delink(home, "resume", ended.json["run"])
    assert told.code == 0 and f"Results: {workbook}" in told.out and "Continue with" not in told.out


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.csv"])
def test_results_go_where_they_are_wanted(home: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    ended = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--results", str(target), "--json")
    assert ended.json["results"] == str(target)
    assert len(outcomes_in(target)) == 389
    if name.endswith(".xlsx"):
        assert load_workbook(target).sheetnames == ["Summary", "All rows", "To fix"]


def test_results_that_cannot_be_written_there_are_kept_in_the_own_folder(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(5, 1)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        ended = delink(
            home, "run", str(sheet), *place_of(crm), "--yes", "--json", "--results", str(tmp_path / f"{'n' * 300}.xlsx"),
            secret=crm.access_token,
        )  # fmt: skip
    assert (ended.code, ended.json["delinked"]) == (1, 5)
    assert Path(ended.json["results"]).parent == home / "results"
    assert "could not be written" in ended.err


def test_results_of_another_kind_are_refused_before_anything_is_sent(home: Path) -> None:
    ended = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--results", "a.pdf")
    assert ended.code == 2
    assert delink(home, "runs", "--json").json == {"runs": []}


def test_a_token_that_is_not_accepted_ends_3_before_a_run_begins(home: Path) -> None:
    with PracticeCrm() as crm:
        ended = delink(home, "run", str(SAMPLE), *place_of(crm), "--yes", "--json", secret="1000.aaaa.bbbb\n")
        assert crm.state.counts()["removals"] == 0
    assert (ended.code, ended.json["error"]) == (3, "signed_out")


def test_a_token_that_dies_in_the_middle_pauses_with_3_and_another_goes_on(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(40, 20)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        dead = {"match": {"method": "DELETE", "skip": 4}, "times": 99, "apply": "no", "do": "status", "status": 401,
                "body": '{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}'}  # fmt: skip
        crm.faults.add([dead])
        ended = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token)
        assert (ended.code, ended.json["state"], ended.json["cause"]) == (3, "paused", "signed_out")
        assert ended.json["delinked"] == crm.state.counts()["links_removed"] == 8
        crm.faults.clear()
        ended = delink(home, "resume", ended.json["run"], *place_of(crm), "--json", secret=crm.access_token)
        assert (ended.code, ended.json["delinked"]) == (0, 40)
        assert crm.state.counts()["sends_per_link_max"] == 1


def test_a_crm_that_is_not_there_ends_4(home: Path) -> None:
    with PracticeCrm() as crm:
        place, token = place_of(crm), crm.access_token
    ended = delink(home, "run", str(SAMPLE), *place, "--yes", "--json", secret=token)
    assert (ended.code, ended.json["error"]) == (4, "crm_unreachable")


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--practice", "--connection", "eu"),
        ("--access-token", "-"),
        ("--access-token", "1000.secret.argument", "--data-centre", "eu"),
        ("--practice", "--lanes", "26"),
        ("--practice", "--side", "wrong"),
        ("--practice", "--colour"),
        ("--connection", "nobody"),
        ("--access-token", "-", "--api-url", "https://evil.example"),
    ],
)
def test_wrong_use_is_one_sentence_and_sends_nothing(home: Path, options: tuple[str, ...]) -> None:
    ended = delink(home, "run", str(SAMPLE), "--yes", *options, "--json", secret="1000.secret.line\n")
    assert ended.code == 2
    assert ended.json["message"] == ended.err.strip().splitlines()[-1]
    assert "1000.secret" not in ended.out + ended.err
    assert delink(home, "runs", "--json").json == {"runs": []}


def test_runs_are_listed_and_their_results_written_again(home: Path, tmp_path: Path) -> None:
    first = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json").json
    second = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json").json
    listed = delink(home, "runs", "--json").json["runs"]
    assert [one["run"] for one in listed] == [second["run"], first["run"]]
    assert list(listed[0]) == [
        "run", "kind", "parent", "state", "started", "finished", "sheet", "connection", "links", *OUTCOMES, "calls", "reads",
    ]  # fmt: skip
    assert second["run"] in delink(home, "runs").out
    target = tmp_path / "again.xlsx"
    ended = delink(home, "results", first["run"], "--output", str(target), "--json")
    assert (ended.code, ended.json) == (0, {"run": first["run"], "output": str(target), "rows": 389})
    newest = delink(home, "results", "--output", str(tmp_path / "b.csv"), "--json")
    assert newest.json["run"] == second["run"]
    assert second["not_linked"] == 369, "the second time nothing was linked any more"
    assert delink(home, "results", "nope", "--output", str(target)).code == 2
    assert delink(home, "resume").code == 2


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are any bytes on Linux only")
def test_names_that_are_no_text_are_names_of_files_too(home: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 arrive as half characters."""
    odd = os.fsdecode(b"list-\xff")
    sheet = write_sheet(tmp_path / f"{odd}.csv", pairs_of(4, 1))
    ended = delink(home, "run", str(sheet), "--practice", "--yes", "--results", str(tmp_path / f"{odd}.xlsx"), "--json")
    assert (ended.code, ended.json["state"]) == (0, "finished")
    assert len(outcomes_in(tmp_path / f"{odd}.xlsx")) == 4
    assert [run["run"] for run in delink(home, "runs", "--json").json["runs"]] == [ended.json["run"]]
