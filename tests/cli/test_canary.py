"""Unique secrets through sign-in, refresh, run and faults with the log at its loudest; then everything is searched for them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.practice import PracticeCrm
from tests.cli.canaries import SCOPES, found_in, held, open_to_all, secrets_of
from tests.cli.driving import ROOT, delink, pairs_of, seed, start_afresh, wait_until, write_sheet
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.secret_service
LOUD = {"DELINK_VERBOSE": "1"}


def faults_with(echo: str) -> list[dict[str, Any]]:
    """Failures of calls and of refreshes whose bodies, headers and places repeat the secrets."""
    body = json.dumps({"code": "INTERNAL_ERROR", "message": echo, "details": {"token": echo}, "status": "error"})
    html = {"type": "text/html", "body": f"<html>{echo}</html>"}
    removal, token = {"method": "DELETE"}, {"path": "/oauth/v2/token", "skip": 1}
    return [
        {"match": removal, "do": "status", "status": 500, "body": body},
        {"match": removal, "do": "status", "status": 502, **html},
        {"match": removal, "do": "status", "status": 200, **html},
        {"match": removal, "do": "status", "status": 302, "headers": {"Location": f"http://127.0.0.1:9/?t={echo}"}},
        {"match": removal, "do": "status", "status": 400, "body": body.replace("INTERNAL_ERROR", "UNHEARD_OF")},
        {"match": removal, "do": "status", "status": 403, "body": body.replace("INTERNAL_ERROR", "NO_PERMISSION")},
        {"match": removal, "do": "status", "status": 429, "body": body, "headers": {"Retry-After": "0"}},
        {"match": removal, "do": "status", "status": 401, "body": body.replace("INTERNAL_ERROR", "INVALID_TOKEN")},
        {"match": removal, "do": "reset"},
        {"match": removal, "do": "fin"},
        {"match": removal, "do": "cut", "apply": "yes", "keep": 10},
        {"match": removal, "do": "chunk_cut", "apply": "yes", "keep": 10},
        {"match": removal, "do": "status", "status": 200, "body": f'{{"data":"{echo}'},
        {"match": token, "do": "status", "status": 200, "body": json.dumps({"error": "x", "error_description": echo})},
        {"match": token, "do": "status", "status": 500, **html},
        {"match": token, "do": "reset"},
    ]


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


def test_no_secret_is_left_anywhere(crm: PracticeCrm, tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    environment = {**LOUD, "TMPDIR": str(temporary)}
    pairs = pairs_of(60, 30)
    seed(crm, pairs)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    code = crm.accounts.self_client_code(SCOPES)
    place = ("--api-url", crm.api_url, "--accounts-url", crm.accounts_url, "--client-id", crm.client_id, "--client-secret", "-")
    add = delink(
        home, "connections", "add", "box", *place, "--grant-code", "-", secret=f"{crm.client_secret}\n{code}\n", **environment
    )
    assert add.code == 0, add.err
    said = [add]
    for line in secrets_of(crm, code):
        refused = delink(home, "connections", "add", "x", *place, "--grant-code", "-", secret=f"{line}\n{line}\n", **environment)
        assert refused.code == 3
        said.append(refused)
    crm.faults.add(faults_with(" ".join(sorted(secrets_of(crm, code)))))
    results = home / "results" / "mine.xlsx"
    arguments = ("run", str(sheet), "--connection", "box", "--yes", "--results", str(results), "--json")
    program = start_afresh(("desktop", *arguments), home, environment)
    seen = _seen_while(program)
    out, err = program.communicate(timeout=PATIENCE_S)
    assert program.returncode in (0, 1, 3, 4), err
    for _ in range(4):
        said.append(delink(home, "resume", "--results", str(results), **environment))
    assert crm.state.counts()["sends_per_link_max"] <= 3
    said.append(delink(home, "support", "--output", str(home / "support.zip"), **environment))
    said.append(delink(home, "connections", "test", "box", **environment))
    secrets = secrets_of(crm, code)
    said.append(delink(home, "connections", "remove", "box", **environment))
    assert len(secrets) >= 5
    names = {path.suffix for path in home.rglob("*") if path.is_file()}
    assert {".log", ".delink-run", ".xlsx", ".zip", ".json"} <= names, "there was something to search"
    log = (home / "logs" / "delink.log").read_text("utf-8")
    assert " DEBUG " in log and re.search(r"DELETE /crm/v8/\w+/\d+/\w+: \d{3}", log)
    assert held(home, secrets) == []
    assert held(temporary, secrets) == []
    assert found_in(out + err + "".join(one.out + one.err for one in said), secrets) == []
    assert found_in(seen, secrets) == []
    assert found_in(" ".join(crm.accounts.targets), secrets) == []


def _seen_while(program: "subprocess.Popen[str]") -> str:
    """What anybody could read of the program and its children while it ran."""
    seen = ""
    for _ in range(20):
        seen += open_to_all(program.pid)
        time.sleep(0.05)
    assert "desktop" in seen or sys.platform != "linux"
    return seen


def connect(home: Path, crm: PracticeCrm) -> str:
    """A saved connection with a key of its own; returns the code that it was made with."""
    code = crm.accounts.self_client_code(SCOPES)
    place = ("--api-url", crm.api_url, "--accounts-url", crm.accounts_url, "--client-id", crm.client_id, "--client-secret", "-")
    added = delink(home, "connections", "add", "box", *place, "--grant-code", "-", secret=f"{crm.client_secret}\n{code}\n")
    assert added.code == 0, added.err
    return code


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_a_crash_in_the_middle_of_a_run_leaves_no_secret_and_no_memory_behind(crm: PracticeCrm, tmp_path: Path) -> None:
    import resource

    home, here, temporary = tmp_path / "home", tmp_path / "here", tmp_path / "tmp"
    here.mkdir()
    temporary.mkdir()
    code, pairs = connect(home, crm), pairs_of(60, 30)
    seed(crm, pairs)
    crm.state.set(latency_ms=200)
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop", "run", str(write_sheet(tmp_path / "a.csv", pairs)), "--connection", "box", "--yes"],
        cwd=here,
        env={**os.environ, "DELINK_HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT), **LOUD},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2),
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_until(lambda: crm.state.counts()["removals"] > 2)
    program.send_signal(signal.SIGSEGV)
    out, err = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == -signal.SIGSEGV
    crash = (home / "logs" / "crash.txt").read_text("utf-8")
    assert "Segmentation fault" in crash and crash.count("Thread ") >= 2
    crm.state.set(latency_ms=0)
    told = delink(home, "support", "--output", str(home / "help.zip"), **LOUD)
    assert told.code == 0
    with zipfile.ZipFile(home / "help.zip") as file:
        assert "crash.txt" in file.namelist()
    secrets = secrets_of(crm, code)
    assert held(home, secrets) + held(temporary, secrets) + held(here, secrets) == []
    assert found_in(out + err, secrets) == []
    assert list(here.iterdir()) == [], "no core dump"
    resumed = delink(home, "resume", "--json", **LOUD)
    assert (resumed.code, resumed.json["delinked"]) == (0, 60)
    assert held(home, secrets_of(crm, code)) == []


def test_a_support_file_names_the_run_and_holds_no_record(crm: PracticeCrm, tmp_path: Path) -> None:
    home = tmp_path / "home"
    pairs = pairs_of(4, 2)
    seed(crm, pairs)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    run = delink(
        home, "run", str(sheet), "--api-url", crm.api_url, "--access-token", "-", "--yes", "--json", secret=crm.access_token
    )
    path = home / "help.zip"
    ended = delink(home, "support", run.json["run"], "--output", str(path), "--json")
    assert (ended.code, ended.json) == (0, {"output": str(path)})
    with zipfile.ZipFile(path) as file:
        assert set(file.namelist()) >= {"report.txt", "delink.log"}
        report, text = file.read("report.txt").decode(), b"".join(file.read(name) for name in file.namelist())
    assert run.json["run"] in report and "Keyring:" in report and "delinked: 4" in report
    assert not [part for pair in pairs for part in pair if part.encode() in text]
    assert delink(home, "support", "nope", "--output", str(path)).code == 2
    assert delink(home, "support", "--output", str(tmp_path / "no" / "such" / "a.zip")).code == 1
