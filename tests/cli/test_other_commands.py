"""practice: the practice CRM alone, in a process of its own, steered by its control address."""

import signal
from pathlib import Path

import pytest

from tests.cli.driving import SAMPLE, PracticeServer, delink, pairs_of, write_sheet
from tests.patience import PATIENCE_S

KEYS = ["api_url", "accounts_url", "access_token", "client_id", "client_secret", "control_url", "control_secret"]


def test_its_keys_are_one_object_with_json(tmp_path: Path) -> None:
    with PracticeServer(tmp_path / "crm") as crm:
        assert list(crm.told) == KEYS
        assert all(crm.told[key].startswith("http://127.0.0.1:") for key in KEYS if key.endswith("_url"))


def test_it_counts_calls_fails_the_next_one_on_request_and_forgets(tmp_path: Path) -> None:
    pairs = pairs_of(6, 1)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    run = ("run", str(sheet), "--yes", "--json")
    with PracticeServer(tmp_path / "crm") as crm:
        crm.seed(pairs)
        assert crm.counts()["links_now"] == 6
        refused = '{"code":"NO_PERMISSION","details":{},"message":"permission denied","status":"error"}'
        crm.tell("faults", {"match": {"method": "DELETE"}, "do": "status", "status": 403, "body": refused})
        told = delink(tmp_path / "home", *run, *crm.place, secret=crm.token).json
        assert (told["refused"], crm.counts()["links_now"], crm.counts()["removals"]) == (6, 6, 0)
        told = delink(tmp_path / "home", *run, *crm.place, secret=crm.token).json
        assert (told["delinked"], crm.counts()["links_now"], crm.counts()["links_removed"]) == (6, 0, 6)
        assert [call["method"] for call in crm.ask("calls")["calls"]].count("DELETE") == 2
        assert {link["removed"] for link in crm.ask("links")["links"]} == {1}
        crm.tell("reset")
        assert (crm.counts()["calls"], crm.ask("links")) == (0, {"links": []})


def test_links_and_credentials_outlive_a_kill(tmp_path: Path) -> None:
    with PracticeServer(tmp_path / "crm", "--sheet", str(SAMPLE)) as crm:
        token, links = crm.token, crm.counts()["links_now"]
        assert links > 300
    with PracticeServer(tmp_path / "crm") as crm:
        assert (crm.token, crm.counts()["links_now"]) == (token, links)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_with_0(tmp_path: Path, sign: signal.Signals) -> None:
    with PracticeServer(tmp_path / "crm") as crm:
        crm.program.send_signal(sign)
        out, err = crm.program.communicate(timeout=PATIENCE_S)
        assert (crm.program.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with PracticeServer(tmp_path / "crm") as crm:
        port = crm.told["api_url"].rpartition(":")[2]
        ended = delink(tmp_path / "other", "practice", "--port", port, "--json")
    assert (ended.code, len(ended.err.splitlines())) == (2, 1)
    assert f"Port {port}" in ended.json["message"]


def test_a_sheet_of_no_use_is_told(tmp_path: Path) -> None:
    ended = delink(tmp_path / "crm", "practice", "--sheet", str(tmp_path / "none.xlsx"), "--json")
    assert (ended.code, ended.json["error"]) == (2, "sheet_unreadable")
