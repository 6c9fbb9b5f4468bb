"""connections: four ways to sign in by the command line, secrets from standard input only, names, tests, signing out."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.relations import Relation
from desktop.domain.scopes import scopes_for
from desktop.practice import PracticeCrm
from desktop.practice.tokens import new_token
from tests.cli.canaries import found_in, secrets_of
from tests.cli.driving import ROOT, delink, pairs_of, seed, start, write_sheet
from tests.crm.browsing import Browser
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.secret_service
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
SCOPES = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.READ", "ZohoCRM.org.READ"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


def place(crm: PracticeCrm) -> tuple[str, ...]:
    return ("--data-centre", "eu", "--environment", "sandbox", "--api-url", crm.api_url, "--accounts-url", crm.accounts_url)


def by_client(crm: PracticeCrm) -> tuple[str, ...]:
    return ("--client-id", crm.client_id, "--client-secret", "-")


def add(home: Path, crm: PracticeCrm, *way: str, secret: str, name: str = "box") -> None:
    added = delink(home, "connections", "add", name, *place(crm), *way, "--json", secret=secret)
    assert (added.code, added.json) == (0, {"connection": name}), added.err


def test_a_self_clients_code_becomes_a_connection_that_outlives_its_tokens(home: Path, tmp_path: Path, crm: PracticeCrm) -> None:
    pairs = pairs_of(30, 10)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    seed(crm, pairs)
    code = crm.accounts.self_client_code(SCOPES)
    add(home, crm, *by_client(crm), "--grant-code", "-", secret=f"{crm.client_secret}\n{code}\n")
    reject = {"match": {"method": "DELETE", "skip": 3}, "times": 1, "do": "status", "status": 401,
              "body": '{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}'}  # fmt: skip
    crm.faults.add([reject])
    before = crm.state.counts()["tokens"]
    ended = delink(home, "run", str(sheet), "--connection", "box", "--yes", "--json")
    assert (ended.code, ended.json["state"], ended.json["delinked"]) == (0, "finished", 30), ended.err
    assert (ended.json["calls"], crm.state.counts()["sends_per_link_max"]) == (11, 1), "the call that was refused left, too"
    assert crm.state.counts()["tokens"] - before == 2
    assert crm.refresh_token not in ended.err + ended.out


def test_a_key_that_was_revoked_pauses_the_run_and_the_next_sign_in_continues_it(
    home: Path, tmp_path: Path, crm: PracticeCrm
) -> None:
    pairs = pairs_of(20, 20)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    seed(crm, pairs)

    def sign_in() -> None:
        code = crm.accounts.self_client_code(SCOPES)
        add(home, crm, *by_client(crm), "--grant-code", "-", secret=f"{crm.client_secret}\n{code}\n")

    sign_in()
    invalid = {"do": "status", "status": 401, "body": '{"code":"INVALID_TOKEN","details":{},"message":"x","status":"error"}'}
    refused = {"match": {"path": "/oauth/v2/token", "skip": 1}, "times": 9, "do": "status", "status": 200}
    crm.faults.add(
        [{"match": {"method": "DELETE", "skip": 5}, "times": 99, **invalid}, {**refused, "body": '{"error":"invalid_code"}'}]
    )
    ended = delink(home, "run", str(sheet), "--connection", "box", "--yes", "--json")
    assert (ended.code, ended.json["state"], ended.json["cause"]) == (3, "paused", "signed_out")
    assert 0 < ended.json["delinked"] < 20
    crm.faults.clear()
    sign_in()
    assert delink(home, "connections", "rename", "box", "chest").code == 0
    ended = delink(home, "resume", "--json")
    assert (ended.code, ended.json["delinked"]) == (0, 20)
    assert crm.state.counts()["sends_per_link_max"] == 1


def test_secrets_are_read_in_the_order_of_the_options(home: Path, crm: PracticeCrm) -> None:
    code = crm.accounts.self_client_code(SCOPES)
    way = ("--grant-code", "-", "--client-id", crm.client_id, "--client-secret", "-")
    add(home, crm, *way, secret=f"{code}\n{crm.client_secret}\n")
    add(home, crm, *by_client(crm), "--refresh-token", "-", secret=f"{crm.client_secret}\n{crm.refresh_token}\n", name="two")
    names = [one["name"] for one in delink(home, "connections", "list", "--json").json["connections"]]
    assert names == ["box", "two"]


def test_the_browser_of_this_computer_signs_in(home: Path, crm: PracticeCrm, tmp_path: Path) -> None:
    player, seen = tmp_path / "browser.py", tmp_path / "seen.txt"
    player.write_text(
        "import os, sys\nfrom pathlib import Path\nfrom tests.crm.browsing import Browser\n"
        f"Path({str(seen)!r}).write_text(repr((sys.argv, dict(os.environ))))\n"
        "b = Browser()\nb.open(sys.argv[1])\nb.close()\n",
        encoding="utf-8",
    )
    browser = f"env PYTHONPATH={ROOT} {sys.executable} {player} %s"
    way = (*by_client(crm), "--browser", "--relation", "Campaigns/Contacts")
    ended = delink(home, "connections", "add", "box", *place(crm), *way, "--json", secret=crm.client_secret, BROWSER=browser)
    assert (ended.code, ended.json) == (0, {"connection": "box"}), ended.err
    assert f"{crm.accounts_url}/oauth/v2/auth?" in ended.err
    told = seen.read_text("utf-8")
    assert "code_challenge" in told and "code_verifier" not in told and found_in(told, secrets_of(crm)) == []
    tested = delink(home, "connections", "test", "box", "--json").json
    assert (tested["ok"], tested["missing_scopes"], tested["company"]) == (True, [], "Practice Ltd")


def test_a_computer_without_a_browser_shows_the_address(home: Path, crm: PracticeCrm) -> None:
    program = start(home, "connections", "add", "box", *place(crm), *by_client(crm), "--browser", DISPLAY="", BROWSER="")
    assert program.stdin is not None and program.stderr is not None
    program.stdin.write(f"{crm.client_secret}\n")
    program.stdin.close()
    program.stdin = None
    address = next(line.strip() for line in program.stderr if "/oauth/v2/auth?" in line)
    browser = Browser()
    browser.open(address)
    out, err = program.communicate(timeout=PATIENCE_S)
    browser.close()
    assert program.returncode == 0 and "box was saved" in out, err


def test_a_device_shows_where_to_go_and_can_be_interrupted(home: Path, crm: PracticeCrm) -> None:
    import signal

    program = start(home, "connections", "add", "box", *place(crm), *by_client(crm), "--device")
    assert program.stdin is not None and program.stderr is not None
    program.stdin.write(f"{crm.client_secret}\n")
    program.stdin.flush()
    line = program.stderr.readline()
    assert f"{crm.accounts_url}/oauth/v3/device" in line and "30 seconds" in line
    program.send_signal(signal.SIGINT)
    _, err = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 130 and "Traceback" not in err


@pytest.mark.parametrize(
    ("wrong", "error"),
    [("code", "code_refused"), ("secret", "client_secret_wrong"), ("client", "client_unknown")],
)
def test_a_refused_sign_in_ends_3_and_stores_nothing(home: Path, crm: PracticeCrm, wrong: str, error: str) -> None:
    code = "1000.made.up" if wrong == "code" else crm.accounts.self_client_code(SCOPES)
    secret = "other" if wrong == "secret" else crm.client_secret
    client = "1000.OTHER" if wrong == "client" else crm.client_id
    way = ("--client-id", client, "--client-secret", "-", "--grant-code", "-")
    ended = delink(home, "connections", "add", "box", *place(crm), *way, "--json", secret=f"{secret}\n{code}\n")
    assert (ended.code, ended.json["error"]) == (3, error)
    assert ended.json["message"] == ended.err.strip().splitlines()[-1] and code not in ended.err
    assert delink(home, "connections", "list", "--json").json == {"connections": []}


@pytest.mark.parametrize(
    "way",
    [
        (),
        ("--client-id", "1000.X"),
        ("--client-id", "1000.X", "--client-secret", "-"),
        ("--client-secret", "-", "--browser"),
        ("--client-id", "1000.X", "--client-secret", "-", "--browser", "--device"),
        ("--client-id", "1000.X", "--client-secret", "-", "--grant-code", "-", "--refresh-token", "-"),
        ("--access-token", "-", "--client-id", "1000.X"),
        ("--access-token", "-", "--browser"),
        ("--client-id", "1000.X", "--client-secret", "visible-secret", "--browser"),
        ("--client-id", "1000.X", "--client-secret", "-", "--grant-code", "visible-secret"),
        ("--access-token", "visible-secret"),
        ("--access-token", "-", "--relation", "Leads/Notes"),
        ("--access-token", "-", "--relation", "Campaigns/Deals"),
    ],
)
def test_wrong_use_is_one_sentence_and_asks_nobody(home: Path, crm: PracticeCrm, way: tuple[str, ...]) -> None:
    ended = delink(home, "connections", "add", "box", *place(crm), *way, "--json", secret="a\nb\n")
    assert ended.code == 2 and len(ended.err.strip().splitlines()) == 1
    assert "visible-secret" not in ended.out + ended.err
    assert not crm.accounts.targets and not crm.state.calls()


@pytest.mark.parametrize("name", ["practice", "one-off", "", " x", "x" * 61, "a\tb"])
def test_a_name_that_cannot_be_is_told_before_a_code_is_used_up(home: Path, crm: PracticeCrm, name: str) -> None:
    way = (*by_client(crm), "--grant-code", "-", "--json")
    ended = delink(home, "connections", "add", name, *place(crm), *way, secret="a\nb\n")
    assert (ended.code, ended.json["error"]) == (2, "name_taken")
    assert not crm.accounts.targets and not crm.state.calls()


def test_a_refused_refresh_token_is_called_by_its_name(home: Path, crm: PracticeCrm) -> None:
    way = (*by_client(crm), "--refresh-token", "-", "--json")
    ended = delink(home, "connections", "add", "box", *place(crm), *way, secret=f"{crm.client_secret}\n1000.not.one\n")
    assert (ended.code, ended.json["error"]) == (3, "refresh_token_refused") and "Copy it again" in ended.err


def test_a_rejected_token_says_how_to_look_for_its_data_centre(home: Path, crm: PracticeCrm) -> None:
    ended = delink(home, "connections", "add", "box", *place(crm), "--access-token", "-", "--json", secret="1000.not.one\n")
    assert (ended.code, ended.json["error"]) == (3, "signed_out") and "--find-data-centre" in ended.err


def test_a_missing_line_of_standard_input_is_told(home: Path, crm: PracticeCrm) -> None:
    way = (*by_client(crm), "--grant-code", "-")
    ended = delink(home, "connections", "add", "box", *place(crm), *way, secret=f"{crm.client_secret}\n")
    assert ended.code == 2 and "--grant-code" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
def test_a_secret_that_a_person_types_is_not_shown(home: Path, crm: PracticeCrm) -> None:
    import pty

    person, terminal = pty.openpty()
    command = [sys.executable, "-m", "desktop", "connections", "add", "box", *place(crm), "--access-token", "-", "--json"]
    environment = {**os.environ, "DELINK_HOME": str(home)}
    program = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, text=True,
        stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(terminal)
    assert program.stdout is not None and program.stderr is not None
    asked = program.stderr.read(len("--access-token (not shown)"))
    os.write(person, f"{crm.access_token}\n".encode())
    out, err = program.communicate(timeout=PATIENCE_S)
    os.close(person)
    assert asked == "--access-token (not shown)" and program.returncode == 0, err
    assert json.loads(out.splitlines()[-1]) == {"connection": "box"} and crm.access_token not in out + err


def test_without_a_keyring_nobody_is_asked_to_sign_in(home: Path, crm: PracticeCrm) -> None:
    way = (*by_client(crm), "--grant-code", "-")
    code = crm.accounts.self_client_code(SCOPES)
    ended = delink(
        home, "connections", "add", "box", *place(crm), *way, "--json", secret=f"{crm.client_secret}\n{code}\n", **NO_KEYRING
    )
    assert (ended.code, ended.json["error"]) == (3, "no_keyring")
    assert "--access-token -" in ended.err and not crm.accounts.targets


def test_what_a_key_may_not_read_is_named_with_a_paragraph_for_the_administrator(home: Path, crm: PracticeCrm) -> None:
    way = ("--access-token", "-", "--relation", "Campaigns/Contacts")
    add(home, crm, *way, secret=crm.access_token)
    crm.state.set(scopes=["ZohoCRM.modules.campaigns.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.org.READ"])
    ended = delink(home, "connections", "test", "box", "--json")
    missing = ["ZohoCRM.users.READ", "ZohoCRM.modules.contacts.READ"]
    assert (ended.code, ended.json) == (
        3, {"connection": "box", "ok": False, "company": "Practice Ltd", "user": "", "missing_scopes": missing},
    )  # fmt: skip
    told = delink(home, "connections", "test", "box").out
    assert "For your Zoho administrator" in told and "ZohoCRM.modules.contacts.DELETE" in told
    crm.state.set(scopes=["ZohoCRM.modules.ALL"])
    ended = delink(home, "connections", "test", "box", "--json")
    assert (ended.code, ended.json["ok"], ended.json["missing_scopes"]) == (0, True, ["ZohoCRM.users.READ", "ZohoCRM.org.READ"])


def test_what_no_read_can_try_is_said_honestly(home: Path, crm: PracticeCrm) -> None:
    way = (*by_client(crm), "--relation", "Campaigns/Contacts", "--grant-code", "-")
    reads = [one for one in scopes_for([Relation("Campaigns", "Contacts")]) if not one.endswith((".DELETE", ".UPDATE"))]
    code = crm.accounts.self_client_code(reads)
    added = delink(home, "connections", "add", "box", *place(crm), *way, secret=f"{crm.client_secret}\n{code}\n")
    assert added.code == 0 and "ZohoCRM.modules.campaigns.DELETE" in added.err and "READ" not in added.err
    tested = delink(home, "connections", "test", "box")
    assert tested.code == 0 and "whether it may remove them shows with the first one" in tested.out


def test_a_key_that_is_not_accepted_fails_its_test_with_3(home: Path, crm: PracticeCrm) -> None:
    add(home, crm, "--access-token", "-", secret=crm.access_token)
    crm.state.set(tokens_expired=True)
    ended = delink(home, "connections", "test", "box", "--json")
    assert (ended.code, ended.json["ok"]) == (3, False)
    assert "another data centre" in ended.err


def test_connections_stand_side_by_side_and_are_renamed_and_removed(home: Path, crm: PracticeCrm) -> None:
    for name in ("one", "two"):
        code = crm.accounts.self_client_code(SCOPES)
        add(home, crm, *by_client(crm), "--grant-code", "-", secret=f"{crm.client_secret}\n{code}\n", name=name)
    for wrong in ("two", "practice", "", " x", "-x", "a\nb", "x" * 61):
        assert delink(home, "connections", "rename", "one", "--json", "--", wrong).code == 2
    assert delink(home, "connections", "rename", "one", "three", "--json").json == {"connection": "three"}
    assert delink(home, "connections", "test", "three").code == 0
    refresh_tokens = "SELECT COUNT(*) FROM refresh_tokens"
    with crm.state.transaction() as db:
        assert db.execute(refresh_tokens).fetchone() == (2,)
    removed = delink(home, "connections", "remove", "three")
    assert removed.code == 0 and "ended at Zoho" in removed.out
    with crm.state.transaction() as db:
        assert db.execute(refresh_tokens).fetchone() == (1,), "signing out ends the key at Zoho"
    assert delink(home, "connections", "test", "two").code == 0
    assert delink(home, "connections", "test", "three").code == 2


def test_signing_out_of_a_zoho_that_is_gone_still_forgets_and_says_so(home: Path) -> None:
    with PracticeCrm() as crm:
        code = crm.accounts.self_client_code(SCOPES)
        add(home, crm, *by_client(crm), "--grant-code", "-", secret=f"{crm.client_secret}\n{code}\n")
    removed = delink(home, "connections", "remove", "box")
    assert removed.code == 0 and "not ended at Zoho" in removed.out
    assert delink(home, "connections", "list", "--json").json == {"connections": []}


def test_a_connection_whose_addresses_were_changed_gets_no_key(home: Path, crm: PracticeCrm) -> None:
    add(home, crm, "--access-token", "-", secret=crm.access_token)
    book = home / "connections.json"
    saved = json.loads(book.read_text("utf-8"))
    assert new_token()[:5] not in book.read_text("utf-8")
    with PracticeCrm() as thief:
        saved[0] |= {"api_url": thief.api_url, "accounts_url": thief.accounts_url}
        book.write_text(json.dumps(saved), encoding="utf-8")
        ended = delink(home, "connections", "test", "box", "--json")
        assert (ended.code, ended.json["error"]) == (3, "key_missing") and "addresses were changed" in ended.err
        assert not thief.state.calls() and not thief.accounts.targets
