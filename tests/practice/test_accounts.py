"""The practice accounts server behaves like Zoho's: refusals with 200, codes of one use, limits, redirects that name a place."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from desktop.practice import PracticeCrm
from desktop.practice.accounts import REDIRECT_URIS
from tests.patience import PATIENCE_S


class Hand:
    """A clock, in seconds since the epoch, that is set by hand."""

    now = 1e9


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def crm(hand: Hand) -> Iterator[PracticeCrm]:
    with PracticeCrm(now=lambda: hand.now) as crm:
        yield crm


def post(crm: PracticeCrm, path: str, **form: str) -> tuple[int, Any, str]:
    connection = http.client.HTTPConnection("127.0.0.1", int(crm.api_url.rsplit(":", 1)[1]), timeout=PATIENCE_S)
    connection.request("POST", path, urlencode(form))
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text) if text.startswith(b"{") else text.decode(), answer.getheader("Location") or ""


def token(crm: PracticeCrm, **form: str) -> tuple[int, Any]:
    client = {"client_id": crm.client_id, "client_secret": crm.client_secret}
    return post(crm, "/oauth/v2/token", **{**client, **form})[:2]


def consent(crm: PracticeCrm, **more: str) -> str:
    form = {"client_id": crm.client_id, "redirect_uri": REDIRECT_URIS[0], "scope": "ZohoCRM.org.READ", "state": "s", **more}
    return post(crm, "/oauth/v2/auth", choice="accept", **form)[2]


def test_a_consent_leads_back_with_code_place_and_state(crm: PracticeCrm) -> None:
    crm.state.set(location="eu", accounts_server="https://accounts.zoho.eu")
    place = consent(crm)
    parameters = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
    assert place.startswith(f"{REDIRECT_URIS[0]}?")
    assert (parameters["location"], parameters["accounts-server"], parameters["state"]) == ("eu", "https://accounts.zoho.eu", "s")
    assert parameters["code"].startswith("1000.")


@pytest.mark.parametrize("uri", [REDIRECT_URIS[0] + "/", "http://127.0.0.1:17653/delink/signed-in", "https://evil.example/", ""])
def test_a_redirect_address_is_matched_letter_for_letter(crm: PracticeCrm, uri: str) -> None:
    assert consent(crm, redirect_uri=uri) == ""


def test_a_code_is_good_once_for_three_minutes_at_its_address_with_its_verifier(crm: PracticeCrm, hand: Hand) -> None:
    def code() -> str:
        # The SHA-256 of "v" in base64 without padding, as RFC 7636 has it.
        return parse_qs(urlsplit(consent(crm, code_challenge="TJRIXgwhrmxBzh3-e2v6zupato5AokdvUCCOUm9QYIA")).query)["code"][0]

    def exchanged(code: str, **other: str) -> Any:
        expected = {"redirect_uri": REDIRECT_URIS[0], "code_verifier": "v"}
        return token(crm, grant_type="authorization_code", code=code, **{**expected, **other})

    good = code()
    assert exchanged(good)[1].keys() >= {"access_token", "refresh_token", "api_domain", "expires_in"}
    assert exchanged(good) == (200, {"error": "invalid_code"})
    assert exchanged(code(), code_verifier="w") == (200, {"error": "invalid_code"})
    assert exchanged(code(), redirect_uri=REDIRECT_URIS[1]) == (200, {"error": "invalid_redirect_uri"})
    late = code()
    hand.now += 180
    assert exchanged(late) == (200, {"error": "invalid_code"})


def test_refusals_come_with_200_and_the_throttle_with_400(crm: PracticeCrm, hand: Hand) -> None:
    refresh = {"grant_type": "refresh_token", "refresh_token": crm.refresh_token}
    assert token(crm, client_id="x") == (200, {"error": "invalid_client"})
    assert token(crm, client_secret="x") == (200, {"error": "invalid_client_secret"})
    assert token(crm, grant_type="refresh_token", refresh_token="x") == (200, {"error": "invalid_code"})
    assert [token(crm, **refresh)[0] for _ in range(11)] == [200] * 10 + [400]
    assert "too many requests" in token(crm, **refresh)[1]["error_description"]
    hand.now += 600
    status, answer = token(crm, **refresh)
    assert status == 200 and "refresh_token" not in answer and answer["expires_in"] == 3600
    crm.state.set(in_ms=True)
    answer = token(crm, **refresh)[1]
    assert (answer["expires_in_sec"], answer["expires_in"]) == (3600, 3_600_000)


def test_of_a_refresh_token_fifteen_access_tokens_are_alive(crm: PracticeCrm, hand: Hand) -> None:
    made = []
    for _ in range(16):
        made.append(token(crm, grant_type="refresh_token", refresh_token=crm.refresh_token)[1]["access_token"])
        hand.now += 61
    valid = [crm._server.tokens.is_valid(f"Zoho-oauthtoken {one}") for one in made]
    assert valid == [False] + [True] * 15


def test_the_practice_keys_survive_a_restart(tmp_path: Path) -> None:
    with PracticeCrm(tmp_path / "p.sqlite") as first:
        code = first.accounts.self_client_code(["ZohoCRM.org.READ"])
        refresh = token(first, grant_type="authorization_code", code=code)[1]["refresh_token"]
    with PracticeCrm(tmp_path / "p.sqlite") as second:
        assert "access_token" in token(second, grant_type="refresh_token", refresh_token=refresh)[1]
