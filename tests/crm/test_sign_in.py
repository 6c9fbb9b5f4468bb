"""Signing in at the practice CRM's accounts server over real HTTP, and at Zoho's names over real TLS."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.crm.accounts_server import Granted
from desktop.crm.client import open_crm
from desktop.crm.sign_in import POLL_INTERVAL_S, Clock, SignIn, placed
from desktop.domain.connections import DATA_CENTRES, RETURN_ADDRESSES, Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import CrmBusy, HostNotAllowed, SignInFailed, TokenRejected
from desktop.domain.relations import Relation
from desktop.domain.scopes import scopes_for
from desktop.domain.sign_in_problems import SignInProblem
from desktop.practice import PracticeCrm
from desktop.practice.accounts import REDIRECT_URIS as REGISTERED
from tests.crm.browsing import Browser
from tests.crm.zoho_stage import ZohoStage

CAMPAIGNS = "Campaigns/Contacts"


class Time:
    """A clock that only a sleep moves; whoever waits does something first."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.at: dict[float, object] = {}

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def crm(time: Time) -> Iterator[PracticeCrm]:
    with PracticeCrm(now=lambda: time.now) as crm:
        yield crm


@pytest.fixture
def connection(crm: PracticeCrm) -> Connection:
    return Connection("c", "box", "", Environment.SANDBOX, crm.api_url, crm.accounts_url, relations=(CAMPAIGNS,))


@pytest.fixture
def client(crm: PracticeCrm) -> Client:
    return Client(crm.client_id, Secret(crm.client_secret))


def silent(address: str, user_code: str) -> None:
    """Nobody looks."""


def never() -> bool:
    return False


def problem_of(caught: pytest.ExceptionInfo[SignInFailed]) -> SignInProblem:
    problem = caught.value.problem
    assert isinstance(problem, SignInProblem)
    return problem


def works(connection: Connection, key: Key) -> bool:
    crm = open_crm(connection, key)
    try:
        return bool(crm.who_am_i().company)
    finally:
        crm.close()


# In the browser


def test_the_browser_brings_a_key_that_lasts_and_no_secret_stands_in_an_address(
    crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    browser, shown = Browser(), list[str]()
    place, key = SignIn(open_browser=browser.open).in_browser(connection, client, lambda a, c: shown.append(a + c), never)
    browser.close()
    assert place == connection and key.lasts and key.client == client and works(place, key)
    assert browser.ended[0] == 200 and "close this page" in browser.ended[1] and "script" not in browser.ended[1]
    asked = browser.query()
    assert shown == [browser.seen[0]]
    assert (asked["access_type"], asked["prompt"], asked["code_challenge_method"]) == ("offline", "consent", "S256")
    assert asked["redirect_uri"] in RETURN_ADDRESSES and len(asked["state"]) >= 43 and len(asked["code_challenge"]) == 43
    assert asked["scope"].split(",") == list(scopes_for([Relation("Campaigns", "Contacts")]))
    code = parse_qs(urlsplit(browser.seen[-1]).query)["code"][0]
    secrets = (code, key.refresh_token.reveal(), key.access_token.reveal(), client.secret.reveal())
    assert not [one for one in crm.accounts.targets if any(secret in one for secret in secrets)]
    assert "code_verifier" not in " ".join(crm.accounts.targets)


def test_the_key_may_do_what_its_relation_needs_and_no_more(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    _, key = SignIn(open_browser=Browser().open).in_browser(connection, client, silent, never)
    opened = open_crm(connection, key)
    for module in ("Campaigns", "Contacts"):
        opened.try_module(module)
    with pytest.raises(Exception, match="OAUTH_SCOPE_MISMATCH"):
        opened.try_module("Products")
    opened.close()


def test_two_sign_ins_have_nothing_in_common(connection: Connection, client: Client) -> None:
    browsers = [Browser(), Browser()]
    for browser in browsers:
        SignIn(open_browser=browser.open).in_browser(connection, client, silent, never)
        browser.close()
    first, second = (browser.query() for browser in browsers)
    assert first["state"] != second["state"] and first["code_challenge"] != second["code_challenge"]


def test_who_refuses_on_the_page_gets_no_key(connection: Connection, client: Client) -> None:
    with pytest.raises(SignInFailed) as caught:
        SignIn(open_browser=Browser("reject").open).in_browser(connection, client, silent, never)
    assert problem_of(caught) is SignInProblem.DENIED


def test_five_minutes_are_enough_and_cancelling_ends_at_once(time: Time, connection: Connection, client: Client) -> None:
    def forget_it(address: str) -> bool:
        time.now += 300
        return True

    for open_browser, cancelled in ((forget_it, never), (lambda _: True, lambda: True)):
        with pytest.raises(SignInFailed) as caught:
            SignIn(open_browser=open_browser, clock=time.clock).in_browser(connection, client, silent, cancelled)
        assert problem_of(caught) is SignInProblem.TIMED_OUT


def test_the_return_addresses_are_those_that_the_practice_client_lists() -> None:
    assert RETURN_ADDRESSES == REGISTERED and len(set(RETURN_ADDRESSES)) == 3


# On another device


class Person:
    """Types the code on another device after so many looks."""

    def __init__(self, crm: PracticeCrm, choice: str = "accept") -> None:
        self.crm, self.choice, self.user_code = crm, choice, ""

    def show(self, address: str, user_code: str) -> None:
        assert address == f"{self.crm.accounts_url}/oauth/v3/device"
        self.user_code = user_code

    def type(self) -> None:
        browser = Browser(self.choice)
        browser.open(f"{self.crm.accounts_url}/oauth/v3/device?user_code={self.user_code}")
        browser.close()


def polls(crm: PracticeCrm) -> int:
    return sum(target == "/oauth/v3/device/token" for target in crm.accounts.targets)


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

    sign_in = SignIn(clock=Clock(lambda: time.now, sleep))
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
        SignIn(clock=time.clock).by_device(connection, client, silent, never)
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
        SignIn(clock=time.clock).by_device(connection, client, show, never)
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
        SignIn().by_device(connection, client, lambda *words: shown.extend(words), never)
    assert problem_of(caught) is SignInProblem.ANSWER_FORGED and not shown


def test_a_loopback_connection_follows_no_other_data_centre(
    time: Time, crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    crm.state.set(user_location="eu")
    with pytest.raises(SignInFailed) as caught:
        SignIn(clock=time.clock).by_device(connection, client, silent, never)
    assert problem_of(caught) is SignInProblem.OTHER_DATA_CENTRE


# With a code or a refresh token


def test_a_self_clients_code_works_once_and_for_three_minutes(
    time: Time, crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    code = Secret(crm.accounts.self_client_code(["ZohoCRM.modules.ALL", "ZohoCRM.org.READ"]))
    place, key = SignIn().with_code(connection, client, code)
    assert works(place, key)
    late = Secret(crm.accounts.self_client_code(["ZohoCRM.modules.ALL"]))
    time.now += 181
    for spent in (code, late, Secret("1000.made.up")):
        with pytest.raises(SignInFailed) as caught:
            SignIn().with_code(connection, client, spent)
        assert problem_of(caught) is SignInProblem.CODE_REFUSED


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda right: replace(right, id="1000.OTHER"), SignInProblem.CLIENT_UNKNOWN),
        (lambda right: replace(right, secret=Secret("other")), SignInProblem.CLIENT_SECRET_WRONG),
    ],
)
def test_a_wrong_client_is_told_by_its_answer_with_status_200(
    crm: PracticeCrm, connection: Connection, client: Client, wrong: "type[Client]", problem: SignInProblem
) -> None:
    code = Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ"]))
    with pytest.raises(SignInFailed) as caught:
        SignIn().with_code(connection, wrong(client), code)  # type: ignore[arg-type,call-arg]
    assert problem_of(caught) is problem


@pytest.mark.parametrize("in_ms", [False, True])
def test_a_refresh_token_makes_access_tokens_whatever_the_unit_of_their_life(
    crm: PracticeCrm, connection: Connection, client: Client, in_ms: bool
) -> None:
    crm.state.set(in_ms=in_ms)
    place, key = SignIn().with_refresh_token(connection, client, Secret(crm.refresh_token))
    assert works(place, key) and key.expires_in_s == 3600
    with pytest.raises(SignInFailed):
        SignIn().with_refresh_token(connection, client, Secret("1000.not.one"))


def test_the_eleventh_token_in_ten_minutes_is_a_wait(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    for _ in range(10):
        SignIn().with_refresh_token(connection, client, Secret(crm.refresh_token))
    with pytest.raises(CrmBusy):
        SignIn().with_refresh_token(connection, client, Secret(crm.refresh_token))


def test_the_twenty_first_key_of_a_user_ends_the_oldest(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    keys = []
    for _ in range(21):
        code = Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ", "ZohoCRM.users.READ"]))
        keys.append(SignIn().with_code(connection, client, code)[1])
    with pytest.raises(TokenRejected):
        works(connection, keys[0])
    assert works(connection, keys[1]) and works(connection, keys[20])


def test_a_revoked_key_is_worth_nothing(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    _, key = SignIn().with_code(connection, client, Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ"])))
    assert SignIn().revoke(connection, key)
    with pytest.raises(TokenRejected):
        works(connection, key)
    assert not SignIn().revoke(connection, key), "there is nothing left to end"
    assert key.refresh_token.reveal() not in " ".join(crm.accounts.targets)


def test_an_answer_without_a_refresh_token_is_no_key(connection: Connection) -> None:
    with pytest.raises(SignInFailed) as caught:
        placed(connection, Granted(Key.pasted("1000.a.b"), connection.accounts_url, ""))
    assert problem_of(caught) is SignInProblem.NO_LASTING_KEY


# At Zoho's own names


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZohoStage]:
    with ZohoStage(tmp_path) as stage:
        monkeypatch.setenv("SSL_CERT_FILE", str(stage.trusted))
        yield stage


def at(code: str, environment: Environment = Environment.PRODUCTION) -> Connection:
    centre = DATA_CENTRES[code]
    return Connection("c", code, code, environment, centre.api_url(environment), centre.accounts_url, relations=(CAMPAIGNS,))


@pytest.mark.parametrize("code", list(DATA_CENTRES))
@pytest.mark.parametrize("environment", ["production", "sandbox", "developer"])
def test_every_data_centre_is_asked_at_its_own_addresses(stage: ZohoStage, code: str, environment: str) -> None:
    connection, client = at(code, Environment(environment)), Client(stage.crm.client_id, Secret(stage.crm.client_secret))
    stage.crm.state.set(api_domain=connection.api_url)
    grant = Secret(stage.crm.accounts.self_client_code(["ZohoCRM.org.READ", "ZohoCRM.users.READ"]))
    place, key = SignIn(stage.proxies).with_code(connection, client, grant)
    assert place == connection
    opened = open_crm(place, key, proxies=stage.proxies)
    assert opened.who_am_i().company == "Practice Ltd"
    opened.close()
    accounts, api = connection.accounts_url.removeprefix("https://"), connection.api_url.removeprefix("https://")
    assert [one.host for one in stage.heard] == [accounts, api, api]


def test_a_user_of_another_data_centre_is_followed_there(stage: ZohoStage, time: Time) -> None:
    client, person = Client(stage.crm.client_id, Secret(stage.crm.client_secret)), Person(stage.crm)
    stage.crm.state.set(user_location="in", accounts_server="https://accounts.zoho.com", api_domain="https://www.zohoapis.in")
    device = SignIn(stage.proxies, clock=Clock(lambda: time.now, lambda seconds: _step(time, stage, person)))

    def show(address: str, user_code: str) -> None:
        assert address == "https://accounts.zoho.com/oauth/v3/device"
        person.user_code = user_code

    stage.crm.accounts._tokens.now = lambda: time.now
    place, key = device.by_device(at("us"), client, show, never)
    assert (place.data_centre, place.api_url) == ("in", "https://www.zohoapis.in") and key.lasts
    assert [one.host for one in stage.heard if one.target.endswith("device/token")] == ["accounts.zoho.com", "accounts.zoho.in"]


def _step(time: Time, stage: ZohoStage, person: Person) -> None:
    time.now += 5
    if polls(stage.crm) == 1 and person.user_code:
        person.type()


@pytest.mark.parametrize("location", ["xx", "", "evil.example", "../eu", "EU.evil"])
def test_a_data_centre_that_nobody_knows_is_not_followed(stage: ZohoStage, time: Time, location: str) -> None:
    client = Client(stage.crm.client_id, Secret(stage.crm.client_secret))
    stage.crm.accounts._tokens.now = lambda: time.now
    stage.crm.state.set(user_location=location or "?", accounts_server="https://accounts.zoho.com")
    with pytest.raises(SignInFailed) as caught:
        SignIn(stage.proxies, clock=time.clock).by_device(at("us"), client, silent, never)
    assert problem_of(caught) is SignInProblem.OTHER_DATA_CENTRE
    assert set(stage.asked) == {"accounts.zoho.com:443"}


@pytest.mark.parametrize(
    ("api_domain", "expected", "environment"),
    [
        ("https://www.zohoapis.eu", "https://www.zohoapis.eu", Environment.PRODUCTION),
        ("https://sandbox.zohoapis.eu", "https://sandbox.zohoapis.eu", Environment.SANDBOX),
        ("https://www.zohoapis.com", "https://sandbox.zohoapis.eu", Environment.SANDBOX),
        ("https://api.zoho.eu", "https://sandbox.zohoapis.eu", Environment.SANDBOX),
        ("https://www.zohoapis.eu.evil.example", "https://sandbox.zohoapis.eu", Environment.SANDBOX),
        ("http://127.0.0.1:9", "https://sandbox.zohoapis.eu", Environment.SANDBOX),
        ("", "https://sandbox.zohoapis.eu", Environment.SANDBOX),
    ],
)
def test_an_api_address_is_followed_only_within_the_accounts_own_data_centre(
    api_domain: str, expected: str, environment: Environment
) -> None:
    key = Key(Secret("1000.a.b"), Secret("1000.c.d"))
    place, _ = placed(at("us", Environment.SANDBOX), Granted(key, "https://accounts.zoho.eu", api_domain))
    assert (place.data_centre, place.api_url, place.environment) == ("eu", expected, environment)


def test_a_client_is_never_shown_to_an_address_that_is_not_zohos() -> None:
    asked: list[str] = []
    client = Client("1000.X", Secret("s"))

    def proxies(url: str) -> dict[str, str]:
        asked.append(url)
        return {}

    with pytest.raises(HostNotAllowed):
        SignIn(proxies).with_code(replace(at("us"), accounts_url="https://accounts.zoho.com.evil.example"), client, Secret("c"))
    assert not asked
