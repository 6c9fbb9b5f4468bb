"""Signing in on another device: at most one look in 30 seconds, five minutes, no address of a stranger."""

import json
from itertools import pairwise

import pytest

from desktop.crm.sign_in import POLL_INTERVAL_S, SignInClock, ZohoSignIn
from desktop.domain.connections import Connection
from desktop.domain.credentials import Client
from desktop.domain.errors import SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from desktop.practice import PracticeCrm
from tests.crm.sign_in.signing_in import Person, Time, never, polls, problem_of, silent, works


@pytest.mark.parametrize("choice", ["accept", "reject"])
def test_a_device_looks_at_most_every_30_seconds(
    time: Time, crm: PracticeCrm, connection: Connection, client: Client, choice: str
) -> None:
    person, started, looked = Person(crm, choice), time.now, list[float]()

    def sleep(seconds: float) -> None:
        time.now += seconds
        if len(looked) < polls(crm):
            looked.append(time.now)
            if len(looked) == 3:
                person.type()

    sign_in = ZohoSignIn(clock=SignInClock(lambda: time.now, sleep))
    if choice == "accept":
        place, key = sign_in.by_device(connection, client, person.show, never)
        assert works(place, key) and key.lasts
    else:
        with pytest.raises(SignInFailed) as caught:
            sign_in.by_device(connection, client, person.show, never)
        assert problem_of(caught) is SignInProblem.DENIED
    assert polls(crm) == 4
    assert time.now - started >= 4 * POLL_INTERVAL_S
    assert all(later - sooner >= POLL_INTERVAL_S for sooner, later in pairwise(looked))
    assert client.secret.reveal() not in " ".join(crm.accounts.targets)


def test_a_device_gives_up_after_five_minutes(time: Time, crm: PracticeCrm, connection: Connection, client: Client) -> None:
    started = time.now
    with pytest.raises(SignInFailed) as caught:
        ZohoSignIn(clock=time.clock).by_device(connection, client, silent, never)
    assert problem_of(caught) is SignInProblem.TIMED_OUT
    assert polls(crm) <= 10 and time.now - started <= 301


def test_a_device_lives_with_a_network_that_comes_and_goes(
    time: Time, crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    person = Person(crm)
    path = "/oauth/v3/device/token"
    crm.faults.add([{"match": {"path": path}, "do": "reset"}, {"match": {"path": path}, "do": "status", "status": 502}])

    def show(address: str, user_code: str) -> None:
        person.show(address, user_code)
        person.type()

    # The lost answer took the code with it, as at Zoho: what comes then is that the code is over.
    with pytest.raises(SignInFailed):
        ZohoSignIn(clock=time.clock).by_device(connection, client, show, never)
    assert polls(crm) == 3


@pytest.mark.parametrize(
    "told",
    [
        {"verification_url": "https://evil.example/device"},
        {"verification_url": "http://127.0.0.1:9/oauth/v3/device"},
        {"verification_url": "file:///etc/passwd"},
        {"verification_url": "https://accounts.zoho.com.evil.example/x"},
        {"user_code": "A" * 41},
        {"user_code": "\x1b[2J"},
        {"user_code": ""},
    ],
)
def test_a_device_shows_no_address_and_no_code_of_a_stranger(
    crm: PracticeCrm, connection: Connection, client: Client, told: dict[str, str]
) -> None:
    honest = {"user_code": "ABCD", "device_code": "d", "verification_url": f"{crm.accounts_url}/oauth/v3/device"}
    crm.faults.add(
        [{"match": {"path": "/oauth/v3/device/code"}, "do": "status", "status": 200, "body": json.dumps({**honest, **told})}]
    )
    shown: list[str] = []
    with pytest.raises(SignInFailed) as caught:
        ZohoSignIn().by_device(connection, client, lambda *words: shown.extend(words), never)
    assert problem_of(caught) is SignInProblem.ANSWER_FORGED and not shown


def test_a_loopback_connection_follows_no_other_data_centre(
    time: Time, crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    crm.state.set(user_location="eu")
    with pytest.raises(SignInFailed) as caught:
        ZohoSignIn(clock=time.clock).by_device(connection, client, silent, never)
    assert problem_of(caught) is SignInProblem.OTHER_DATA_CENTRE
