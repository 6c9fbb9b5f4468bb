"""Unique secrets through sign-in, refresh, run and faults with the log at its loudest; then everything is searched for them."""

import base64
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import delink, pairs_of, seed, start, write_sheet

pytestmark = pytest.mark.secret_service
LOUD = {"DELINK_VERBOSE": "1"}
SCOPES = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.READ", "ZohoCRM.org.READ"]


def shapes(secret: str) -> set[bytes]:
    """A secret as it is, in base64 (at each of the three offsets), URL-encoded, and its first twelve characters."""
    encoded = {base64.b64encode(b"\0" * pad + secret.encode())[4:40] for pad in range(3)}
    # The first five characters stand in every token; what follows is this secret's own.
    return {secret.encode(), quote(secret, safe="").encode(), secret[:12].encode(), *encoded}


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


def secrets_of(crm: PracticeCrm, *codes: str) -> set[str]:
    """Everything secret that was ever handed out."""
    with crm.state.transaction() as db:
        refresh = [row[0] for row in db.execute("SELECT token FROM refresh_tokens")]
        access = [row[0] for row in db.execute("SELECT token FROM access_tokens")]
    return {crm.client_secret, *codes, *refresh, *access}


def held(folder: Path, secrets: set[str]) -> list[str]:
    """Files that hold a shape of a secret; a zip's members each."""
    wanted = {shape for secret in secrets for shape in shapes(secret)}
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file()):
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as file:
                contents += [file.read(name) for name in file.namelist()]
        found += [f"{path.name}: {shape!r}" for content in contents for shape in wanted if shape in content]
    return found


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
    program = start(home, *arguments, **environment)
    seen = _arguments_while(program)
    out, err = program.communicate(timeout=100)
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
    spoken = (out + err + "".join(one.out + one.err for one in said)).encode()
    assert not [shape for secret in secrets for shape in shapes(secret) if shape in spoken]
    assert not [secret for secret in secrets if secret in seen]
    assert not [target for target in crm.accounts.targets if any(secret in target for secret in secrets)]


def _arguments_while(program: "subprocess.Popen[str]") -> str:
    """What anybody could read of the program's arguments and environment while it ran."""
    if sys.platform != "linux":
        return ""
    seen = ""
    for _ in range(20):
        try:
            seen += "".join(Path(f"/proc/{program.pid}/{what}").read_text("utf-8", "replace") for what in ("cmdline", "environ"))
        except OSError:
            break
        time.sleep(0.05)
    assert "desktop" in seen
    return seen


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
    assert run.json["run"] in report and "Keyring:" in report and "Removed: 4" in report
    assert not [part for pair in pairs for part in pair if part.encode() in text]
    assert delink(home, "support", "nope", "--output", str(path)).code == 2
    assert delink(home, "support", "--output", str(tmp_path / "no" / "such" / "a.zip")).code == 1
