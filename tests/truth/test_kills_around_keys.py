"""kill -9 around keys, with the keyring of the session: a token was renewed, a sign-in was about to be kept, or was just kept.

A renewal keeps nothing, so its points are before the new token is used; the keyring is written by a sign-in, for a new
connection or after Zoho ended the old key in the middle of a run.
"""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import wait_until
from tests.truth.processes import Command, PracticeProcess
from tests.truth.scene import EACH, KILLING, MODULE, PAIRS, PARENTS, Scene
from tests.truth.tables import note_kill

pytestmark = pytest.mark.secret_service

PLACES = {"first": 0, "middle": 2, "last": PARENTS - 1}
KEY_POINTS = {"10 signed in, key not kept yet": "before key kept", "11 key kept": "after key kept"}
INVALID = '{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}'
REMOVAL_REJECTED: dict[str, Any] = {"do": "status", "status": 401, "body": INVALID}


class SignedIn(Scene):
    """A scene whose commands use a saved connection; its key is in the real keyring."""

    def __init__(self, folder: Path, crm: PracticeProcess) -> None:
        super().__init__(folder, crm)
        self.place = ("--connection", "box")
        self.secrets = [crm.told["client_secret"]]

    def signs_in(self, point: str = "never") -> tuple[int, str]:
        """``connections add``, killed at a point; exit code and what it said."""
        refresh_token = self.crm.new_refresh_token()
        self.secrets.append(refresh_token)
        told = self.crm.told
        where = ("--data-centre", "eu", "--environment", "sandbox", "--api-url", told["api_url"])
        way = ("--accounts-url", told["accounts_url"], "--client-id", told["client_id"], "--client-secret", "-")
        arguments = ("connections", "add", "box", *where, *way, "--refresh-token", "-", "--json")
        secrets = f"{told['client_secret']}\n{refresh_token}"
        code, _, err = Command(self.home, (*KILLING, point, "1"), arguments, secrets).wait()
        return code, err

    def connections(self) -> list[str]:
        code, out, err = Command(self.home, MODULE, ("connections", "list", "--json"), "").wait()
        assert code == 0, err
        return [one["name"] for one in json.loads(out.splitlines()[-1])["connections"]]

    def runs_until_signed_out(self, after: int) -> None:
        """Zoho ended the key after so many removals: the run pauses and asks to sign in."""
        self.crm.tell("faults", {"match": {"method": "DELETE", "skip": after}, **REMOVAL_REJECTED})
        second_token = {"match": {"path": "/oauth/v2/token", "skip": 1}, "do": "status", "status": 200}
        self.crm.tell("faults", {**second_token, "body": '{"error":"invalid_code"}'})
        code, out, err = self.start("--lanes", "1").wait()
        told = json.loads(out.splitlines()[-1])
        assert (code, told["state"], told["cause"]) == (3, "paused", "signed_out"), err
        assert told["delinked"] + told["not_linked"] >= after * EACH


@pytest.mark.parametrize("place", ["start", *PLACES])
def test_killed_after_a_token_was_renewed_and_before_it_is_used(crm: PracticeProcess, tmp_path: Path, place: str) -> None:
    scene = SignedIn(tmp_path, crm)
    assert scene.signs_in()[0] == 0
    nth = 1
    if place != "start":
        nth = 2  # the first is made when the run begins
        crm.tell("faults", {"match": {"method": "DELETE", "skip": PLACES[place]}, **REMOVAL_REJECTED})
    tokens = crm.counts()["tokens"]
    scene.killed_at("token renewed", nth)
    assert crm.counts()["tokens"] == tokens + nth
    unknown = scene.holds_after_a_kill()
    if place == "start":
        assert not scene.journals
        what, told = "no run yet", json.loads(scene.start().wait()[1].splitlines()[-1])
    else:
        assert EACH - 1 <= unknown <= 2 * EACH
        what, told = "resumed", scene.resumes()
    assert (told["delinked"], told["not_linked"]) == (len(PAIRS) - 1, 1)
    note_kill("10 token renewed, not used yet", nth, what, unknown, told)


@pytest.mark.parametrize(("name", "point"), KEY_POINTS.items())
def test_killed_around_the_first_keeping_of_a_key(crm: PracticeProcess, tmp_path: Path, name: str, point: str) -> None:
    scene = SignedIn(tmp_path, crm)
    assert scene.signs_in(point)[0] == -signal.SIGKILL
    scene.holds_after_a_kill()
    assert scene.connections() == ["box"], "no key lies in the keyring without a connection that names it"
    if point == "before key kept":
        code, out, err = scene.start().wait()
        assert (code, json.loads(out.splitlines()[-1])["error"]) == (3, "key_missing"), err
        assert "Sign in again" in err and not scene.journals
        assert scene.signs_in()[0] == 0
    code, out, err = scene.start().wait()
    told = json.loads(out.splitlines()[-1])
    assert (code, told["delinked"], told["not_linked"]) == (0, len(PAIRS) - 1, 1), err
    scene.holds_after_a_kill()
    note_kill(name, 1, "no run yet", 0, told)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "point"), KEY_POINTS.items())
def test_killed_around_the_keeping_of_a_new_key_for_a_run_that_waits(
    crm: PracticeProcess, tmp_path: Path, name: str, point: str, place: str
) -> None:
    scene = SignedIn(tmp_path, crm)
    assert scene.signs_in()[0] == 0
    scene.runs_until_signed_out(PLACES[place])
    assert scene.signs_in(point)[0] == -signal.SIGKILL
    unknown = scene.holds_after_a_kill()
    assert scene.connections() == ["box"]
    told = scene.resumes()
    assert (told["delinked"], told["not_linked"]) == (len(PAIRS) - 1, 1)
    note_kill(name, PLACES[place] + 1, "resumed", unknown, told)


def test_a_key_that_zoho_ended_asks_to_sign_in_and_nothing_is_lost(crm: PracticeProcess, tmp_path: Path) -> None:
    """The old key was ended, and the program died before the new one was kept."""
    scene = SignedIn(tmp_path, crm)
    assert scene.signs_in()[0] == 0
    old = scene.secrets[-1]
    scene.runs_until_signed_out(2)
    assert scene.signs_in("before key kept")[0] == -signal.SIGKILL
    crm.revoke(old)
    code, out, err = Command(scene.home, MODULE, ("resume", "--json"), "").wait()
    assert (code, json.loads(out.splitlines()[-1])["error"]) == (3, "signed_out"), err
    assert scene.signs_in()[0] == 0
    assert scene.resumes()["delinked"] == len(PAIRS) - 1
    wait_until(lambda: crm.counts()["in_flight"] == 0)
