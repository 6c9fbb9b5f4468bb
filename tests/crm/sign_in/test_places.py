"""Signing in at Zoho's own names over real TLS: every data centre, and only those."""

import pytest

from desktop.crm.client import open_crm
from desktop.crm.sign_in import SignInClock, ZohoSignIn
from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import Client, Secret
from desktop.domain.errors import SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from tests.crm.sign_in.signing_in import CAMPAIGNS, Person, Time, never, polls, problem_of, silent
from tests.crm.zoho_stage import ZohoStage


def at(code: str, environment: Environment = Environment.PRODUCTION) -> Connection:
    centre = DATA_CENTRES[code]
    return Connection("c", code, code, environment, centre.api_url(environment), centre.accounts_url, relations=(CAMPAIGNS,))


@pytest.mark.parametrize("code", list(DATA_CENTRES))
@pytest.mark.parametrize("environment", ["production", "sandbox", "developer"])
def test_every_data_centre_is_asked_at_its_own_addresses(stage: ZohoStage, code: str, environment: str) -> None:
    connection, client = at(code, Environment(environment)), Client(stage.crm.client_id, Secret(stage.crm.client_secret))
    stage.crm.state.set(api_domain=connection.api_url)
    grant = Secret(stage.crm.accounts.self_client_code(["ZohoCRM.org.READ", "ZohoCRM.users.READ"]))
    place, key = ZohoSignIn(stage.proxies).with_code(connection, client, grant)
    assert place == connection
    opened = open_crm(place, key, proxies=stage.proxies)
    assert opened.who_am_i().company == "Practice Ltd"
    opened.close()
    accounts, api = connection.accounts_url.removeprefix("https://"), connection.api_url.removeprefix("https://")
    assert [one.host for one in stage.heard] == [accounts, api, api]


def test_a_user_of_another_data_centre_is_followed_there(stage: ZohoStage, time: Time) -> None:
    client, person = Client(stage.crm.client_id, Secret(stage.crm.client_secret)), Person(stage.crm)
    stage.crm.state.set(user_location="in", accounts_server="https://accounts.zoho.com", api_domain="https://www.zohoapis.in")
    device = ZohoSignIn(stage.proxies, clock=SignInClock(lambda: time.now, lambda seconds: _step(time, stage, person)))

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
        ZohoSignIn(stage.proxies, clock=time.clock).by_device(at("us"), client, silent, never)
    assert problem_of(caught) is SignInProblem.OTHER_DATA_CENTRE
    assert set(stage.asked) == {"accounts.zoho.com:443"}
