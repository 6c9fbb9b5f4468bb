"""Where an account is, by the answer of a sign-in, and whether a browser can be shown at all; the ways stand in sign_in/."""

import sys
import webbrowser
from dataclasses import replace

import pytest

from desktop.crm.accounts_server import Granted
from desktop.crm.sign_in import ZohoSignIn, connection_and_key, open_in_browser
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import HostNotAllowed, SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from tests.crm.sign_in.signing_in import problem_of
from tests.crm.sign_in.test_places import at


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
    place, _ = connection_and_key(at("us", Environment.SANDBOX), Granted(key, "https://accounts.zoho.eu", api_domain))
    assert (place.data_centre, place.api_url, place.environment) == ("eu", expected, environment)


def test_a_client_is_never_shown_to_an_address_that_is_not_zohos() -> None:
    asked: list[str] = []
    client = Client("1000.X", Secret("s"))

    def proxies(url: str) -> dict[str, str]:
        asked.append(url)
        return {}

    with pytest.raises(HostNotAllowed):
        ZohoSignIn(proxies).with_code(
            replace(at("us"), accounts_url="https://accounts.zoho.com.evil.example"), client, Secret("c")
        )
    assert not asked


def test_an_answer_without_a_refresh_token_is_no_key() -> None:
    with pytest.raises(SignInFailed) as caught:
        connection_and_key(at("us"), Granted(Key.pasted("1000.a.b"), "https://accounts.zoho.eu", ""))
    assert problem_of(caught) is SignInProblem.NO_LASTING_KEY


def test_a_typed_loopback_stays_what_was_typed_whatever_the_answer_names() -> None:
    typed = Connection("c", "box", "", Environment.SANDBOX, "http://127.0.0.1:1", "http://127.0.0.1:2")
    key = Key(Secret("1000.a.b"), Secret("1000.c.d"))
    assert connection_and_key(typed, Granted(key, typed.accounts_url, "https://www.zohoapis.eu")) == (typed, key)


@pytest.mark.parametrize(
    ("platform", "variable", "opens"),
    [
        ("linux", "", False),
        ("linux", "DISPLAY", True),
        ("linux", "WAYLAND_DISPLAY", True),
        ("win32", "", True),
        ("darwin", "", True),
    ],
)
def test_a_browser_is_asked_only_where_it_has_a_screen(
    monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, opens: bool
) -> None:
    shown: list[str] = []
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, "x")
    monkeypatch.setattr(sys, "platform", platform)

    def show(address: str) -> bool:
        shown.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", show)
    assert open_in_browser("https://accounts.zoho.eu") is opens
    assert shown == ["https://accounts.zoho.eu"] * opens
