"""Signing in with the browser of this computer, at the practice CRM's accounts server over real HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.crm.client import open_crm
from desktop.crm.sign_in import ZohoSignIn
from desktop.domain.connections import RETURN_ADDRESSES, Connection
from desktop.domain.credentials import Client
from desktop.domain.errors import SignInFailed
from desktop.domain.relations import Relation
from desktop.domain.scopes import scopes_for
from desktop.domain.sign_in_problems import SignInProblem
from desktop.practice import PracticeCrm
from desktop.practice.accounts import REDIRECT_URIS as REGISTERED
from desktop.words import language
from tests.crm.browsing import Browser
from tests.crm.sign_in.signing_in import Time, never, problem_of, silent, works


def test_the_browser_brings_a_key_that_lasts_and_no_secret_stands_in_an_address(
    crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    browser, shown = Browser(), list[str]()
    sign_in = ZohoSignIn(open_browser=browser.open, language=language)
    place, key = sign_in.in_browser(connection, client, lambda a, c: shown.append(a + c), never)
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
    _, key = ZohoSignIn(open_browser=Browser().open).in_browser(connection, client, silent, never)
    opened = open_crm(connection, key)
    for module in ("Campaigns", "Contacts"):
        opened.try_module(module)
    with pytest.raises(Exception, match="OAUTH_SCOPE_MISMATCH"):
        opened.try_module("Products")
    opened.close()


def test_two_sign_ins_have_nothing_in_common(connection: Connection, client: Client) -> None:
    browsers = [Browser(), Browser()]
    for browser in browsers:
        ZohoSignIn(open_browser=browser.open).in_browser(connection, client, silent, never)
        browser.close()
    first, second = (browser.query() for browser in browsers)
    assert first["state"] != second["state"] and first["code_challenge"] != second["code_challenge"]


def test_who_refuses_on_the_page_gets_no_key(connection: Connection, client: Client) -> None:
    with pytest.raises(SignInFailed) as caught:
        ZohoSignIn(open_browser=Browser("reject").open).in_browser(connection, client, silent, never)
    assert problem_of(caught) is SignInProblem.DENIED


def test_five_minutes_are_enough_and_cancelling_ends_at_once(time: Time, connection: Connection, client: Client) -> None:
    def forget_it(address: str) -> bool:
        time.now += 300
        return True

    for open_browser, cancelled in ((forget_it, never), (lambda _: True, lambda: True)):
        with pytest.raises(SignInFailed) as caught:
            ZohoSignIn(open_browser=open_browser, clock=time.clock).in_browser(connection, client, silent, cancelled)
        assert problem_of(caught) is SignInProblem.TIMED_OUT


def test_the_return_addresses_are_those_that_the_practice_client_lists() -> None:
    assert RETURN_ADDRESSES == REGISTERED and len(set(RETURN_ADDRESSES)) == 3
