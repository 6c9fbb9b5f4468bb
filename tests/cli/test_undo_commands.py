"""undo and verify from the command line: numbers, words, exit codes, and a program that is killed."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import SAMPLE, PracticeServer, delink, outcomes_in, pairs_of, start, wait_until, write_sheet

LINKS, PARENTS = 30, 3
PAIRS = pairs_of(LINKS, PARENTS)
UNDO_KEYS = [
    "run",
    "state",
    "links",
    "relinked",
    "already_linked",
    "refused",
    "unknown",
    "not_attempted",
    "calls",
    "reads",
    "results",
    "causes",
]
VERIFY_KEYS = ["run", "links", "gone", "still_linked", "unknown"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[PracticeServer]:
    with PracticeServer(tmp_path / "crm") as crm:
        crm.seed(PAIRS)
        yield crm


class Desk:
    """One user with one CRM, and a run that removed everything."""

    def __init__(self, home: Path, crm: PracticeServer, sheet: Path) -> None:
        self.home, self.crm = home, crm
        self.before = self.linked()
        ended = self.delink("run", str(sheet), "--yes")
        assert (ended.code, ended.json["delinked"]) == (0, LINKS)
        self.run = str(ended.json["run"])

    def delink(self, *arguments: str) -> Any:
        return delink(self.home, *arguments, *self.crm.place, "--json", secret=self.crm.token)

    def linked(self) -> list[dict[str, Any]]:
        """The links that are there, each with the fields of its own."""
        names = ("module_a", "id_a", "module_b", "id_b", "fields")
        return [{name: one[name] for name in names} for one in self.crm.ask("links")["links"] if one["linked"]]


@pytest.fixture
def desk(tmp_path: Path, home: Path, crm: PracticeServer) -> Desk:
    return Desk(home, crm, write_sheet(tmp_path / "a.csv", PAIRS))


def test_verify_undo_and_verify_again(desk: Desk, tmp_path: Path) -> None:
    proof = desk.delink("verify")
    assert list(proof.json) == VERIFY_KEYS
    assert (proof.code, proof.json["run"], proof.json["gone"], proof.json["still_linked"]) == (0, desk.run, LINKS, 0)
    ended = desk.delink("undo", desk.run, "--confirm", str(LINKS), "--results", str(tmp_path / "back.csv"))
    told = ended.json
    assert list(told) == UNDO_KEYS
    assert (ended.code, told["state"], told["relinked"], told["calls"]) == (0, "finished", LINKS, PARENTS)
    assert desk.linked() == desk.before
    assert outcomes_in(tmp_path / "back.csv") == ["Put back"] * LINKS
    assert "do not come back" in ended.err
    back = desk.delink("verify")
    assert (back.code, back.json["run"], back.json["still_linked"], back.json["gone"]) == (0, told["run"], LINKS, 0)
    differing = desk.delink("verify", desk.run)
    assert (differing.code, differing.json["still_linked"]) == (1, LINKS)


def test_an_undo_is_told_in_the_list_of_runs_and_its_links_as_differences_of_the_run(desk: Desk) -> None:
    ended = desk.delink("undo", desk.run, "--yes").json["run"]
    undo, run = delink(desk.home, "runs", "--json").json["runs"]
    assert (undo["kind"], undo["parent"], undo["relinked"], undo["links"]) == ("undo", desk.run, LINKS, LINKS)
    assert (run["kind"], run["parent"], run["delinked"]) == ("run", None, LINKS)
    assert "delinked" not in undo and "relinked" not in run
    newest, before = delink(desk.home, "runs").out.splitlines()
    assert newest.startswith(ended) and newest.endswith(f"; undo of {desk.run}")
    assert before.endswith(f"; undone by {ended} ({LINKS} of {LINKS} put back)")
    parent, related = PAIRS[4]
    differing = delink(desk.home, "verify", desk.run, *desk.crm.place, secret=desk.crm.token)
    assert differing.code == 1
    assert f"row 6: {related} and {parent}" in differing.out
    assert "Put back by an undo of this run:" in differing.out and "Still linked" not in differing.out
    assert "and 10 others" in differing.out


def test_a_wrong_number_sends_nothing_and_names_the_right_one(desk: Desk) -> None:
    for options in (("--confirm", "29"), ("--yes", "--confirm", "29"), ()):
        ended = desk.delink("undo", desk.run, *options)
        assert (ended.code, ended.json["error"]) == (2, "wrong_use")
        assert str(LINKS) in ended.json["message"]
    assert desk.crm.counts()["puts"] == 0
    assert len(delink(desk.home, "runs", "--json").json["runs"]) == 1


def test_an_undo_is_not_undone_and_an_unknown_run_is_named(desk: Desk) -> None:
    undo = desk.delink("undo", desk.run, "--yes").json["run"]
    for run, code in ((undo, "undo_impossible"), ("20200101-000000-000aaaa", "run_not_found")):
        ended = desk.delink("undo", run, "--yes")
        assert (ended.code, ended.json["error"]) == (2, code)
        assert run in ended.json["message"] and ended.json["message"].count(". ") <= 1
    assert delink(desk.home, "undo").code == 2


def test_verify_without_any_run_says_so(home: Path) -> None:
    ended = delink(home, "verify", "--json")
    assert (ended.code, ended.json["error"]) == (2, "run_not_found")


def test_the_sample_in_practice_comes_back_and_what_was_held_back_is_not_asked_for(home: Path) -> None:
    run = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json").json
    proof = delink(home, "verify", "--json").json
    assert proof["links"] == run["links"] == proof["gone"] + proof["still_linked"] + proof["unknown"]
    assert (proof["still_linked"], proof["unknown"]) == (0, run["not_attempted"])
    ended = delink(home, "undo", run["run"], "--yes", "--json")
    assert (ended.code, ended.json["relinked"], ended.json["links"]) == (0, run["delinked"], run["delinked"])


def test_an_undo_that_is_killed_while_a_call_is_out_goes_on_with_resume(desk: Desk) -> None:
    desk.crm.tell("faults", {"match": {"method": "PUT", "skip": 1}, "do": "hold", "then": "answer", "apply": "yes"})
    program = start(desk.home, "undo", desk.run, "--yes", *desk.crm.place, "--json")
    assert program.stdin is not None
    program.stdin.write(desk.crm.token + "\n")
    program.stdin.flush()
    wait_until(lambda: desk.crm.counts()["held"] or program.poll() is not None)
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert program.returncode == -signal.SIGKILL
    desk.crm.tell("release")
    wait_until(lambda: not desk.crm.counts()["held"])
    interrupted = delink(desk.home, "runs", "--json").json["runs"][0]
    assert (interrupted["kind"], interrupted["state"]) == ("undo", "interrupted")
    ended = desk.delink("resume")
    told = ended.json
    assert list(told) == UNDO_KEYS
    assert (ended.code, told["run"], told["state"], told["relinked"]) == (0, interrupted["run"], "finished", LINKS)
    assert desk.linked() == desk.before


def test_a_sign_in_that_may_not_link_pauses_with_3_and_words_about_linking(desk: Desk, home: Path, tmp_path: Path) -> None:
    scopes = ["ZohoCRM.modules.READ", "ZohoCRM.modules.DELETE", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"]
    desk.crm.tell("settings", {"scopes": scopes})
    ended = desk.delink("undo", desk.run, "--yes", "--results", str(tmp_path / "back.csv"))
    assert (ended.code, ended.json["state"], ended.json["cause"]) == (3, "paused", "refused_three_times")
    assert "right to change the module" in (tmp_path / "back.csv").read_text("utf-8-sig")
    desk.crm.tell("settings", {"scopes": [*scopes, "ZohoCRM.modules.ALL"]})
    assert desk.delink("resume", ended.json["run"]).json["relinked"] == LINKS


@pytest.mark.parametrize("command", ["verify", "undo"])
def test_results_with_another_ending_are_refused_before_anything_is_read(desk: Desk, command: str) -> None:
    before = json.dumps(desk.crm.counts())
    ended = desk.delink(command, desk.run, "--results", "x.pdf")
    assert (ended.code, ended.json["error"]) == (2, "wrong_use")
    assert json.dumps(desk.crm.counts()) == before
