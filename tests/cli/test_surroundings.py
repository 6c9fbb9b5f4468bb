"""Connections, the practice server, secrets, and a computer without Qt."""

import base64
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from desktop import __version__
from desktop.practice import PracticeCrm
from tests.cli.driving import ROOT, SAMPLE, control_call, delink, pairs_of, place_of, seed, start, write_sheet
from tests.patience import PATIENCE_S

NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.secret_service
def test_a_connection_is_saved_tested_used_and_removed(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(4, 2)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        where = ("--api-url", crm.api_url, "--accounts-url", crm.accounts_url)
        added = delink(
            home, "connections", "add", "box", "--data-centre", "eu", "--environment", "sandbox", *where, "--access-token", "-",
            "--json", secret=crm.access_token,
        )  # fmt: skip
        assert (added.code, added.json) == (0, {"connection": "box"})
        listed = delink(home, "connections", "list", "--json").json["connections"]
        assert listed == [{"name": "box", "data_centre": "eu", "environment": "sandbox", "company": "Practice Ltd"}]
        tested = delink(home, "connections", "test", "box", "--json")
        assert (tested.code, tested.json["ok"], tested.json["missing_scopes"]) == (0, True, [])
        assert tested.json["company"] == "Practice Ltd"
        run = delink(home, "run", str(sheet), "--connection", "box", "--yes", "--json")
        assert (run.code, run.json["delinked"]) == (0, 4)
        assert delink(home, "connections", "remove", "box", "--json").json == {"connection": "box"}
        assert delink(home, "connections", "test", "box").code == 2
        assert delink(home, "run", str(sheet), "--connection", "box", "--yes").code == 2


def test_without_a_keyring_nothing_is_saved_and_the_one_off_form_is_named(home: Path) -> None:
    with PracticeCrm() as crm:
        where = ("--api-url", crm.api_url, "--accounts-url", crm.accounts_url, "--access-token", "-")
        ended = delink(home, "connections", "add", "box", *where, "--json", secret=crm.access_token, **NO_KEYRING)
    assert (ended.code, ended.json["error"]) == (3, "no_keyring")
    assert "--access-token -" in ended.err
    assert delink(home, "connections", "list", "--json").json == {"connections": []}


def test_the_practice_crm_tells_its_keys_and_ends_with_0(home: Path) -> None:
    server = start(home, "practice", "--sheet", str(SAMPLE))
    try:
        assert server.stdout is not None
        told = dict(server.stdout.readline().strip().split(": ", 1) for _ in range(7))
        keys = ["api_url", "accounts_url", "access_token", "client_id", "client_secret", "control_url", "control_secret"]
        assert list(told) == keys
        with urllib.request.urlopen(control_call(told, "counts")) as answer:  # noqa: S310 (loopback)
            assert json.load(answer)["links_now"] > 300
        ended = delink(home, "run", str(SAMPLE), "--api-url", told["api_url"], "--access-token", "-", "--yes", "--json",
                       secret=told["access_token"])  # fmt: skip
        assert ended.json["delinked"] > 300
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0


def test_no_token_is_left_behind_by_a_one_off_run(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(6, 2)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        echo = {"match": {"method": "DELETE"}, "do": "status", "status": 500, "type": "text/html", "body": crm.access_token}
        crm.faults.add([echo])
        ended = delink(
            home, "run", str(sheet), *place_of(crm), "--yes", "--results", str(home / "r.xlsx"), secret=crm.access_token,
            DELINK_VERBOSE="1",
        )  # fmt: skip
        token = crm.access_token
    shapes = [token.encode(), base64.b64encode(token.encode()), token[:17].encode()]
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".delink-run" for path in files) and any(path.name == "delink.log" for path in files)
    held = [path.name for path in files if any(shape in path.read_bytes() for shape in shapes)]
    assert held == []
    assert token not in ended.out + ended.err


def test_it_works_without_qt(home: Path) -> None:
    prelude = "import sys; sys.modules['PySide6'] = None; from desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
    for command, code in ((("check", str(SAMPLE)), 0), (("run", str(SAMPLE), "--practice", "--yes"), 1), (("runs",), 0)):
        ended = subprocess.run(
            [sys.executable, "-c", prelude, *command], cwd=ROOT, env={"DELINK_HOME": str(home)}, capture_output=True, text=True
        )
        assert ended.returncode == code, ended.stderr
    window = subprocess.run(
        [sys.executable, "-c", prelude], cwd=ROOT, env={"DELINK_HOME": str(home)}, capture_output=True, text=True
    )
    assert window.returncode == 1
    assert len(window.stderr.strip().splitlines()) == 1 and "delink run" in window.stderr


def test_the_version_is_told(home: Path) -> None:
    assert delink(home, "--version").out.strip() == f"delink {__version__}"


def test_help_lists_every_command(home: Path) -> None:
    ended = delink(home, "--help")
    assert ended.code == 0
    for command in ("check", "run", "resume", "verify", "retry", "undo", "runs", "results", "connections", "practice"):
        assert command in ended.out


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = delink(tmp_path / "file" / "home", "runs", "--json")
    assert (ended.code, ended.json["error"]) == (4, "storage_unwritable")
