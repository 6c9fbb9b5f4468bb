"""What the accounts server answers, and what of it is believed."""

import pytest

from desktop.crm.accounts_server import AccountsServer, problem_of, word_of
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Secret
from desktop.domain.errors import SignInFailed
from desktop.domain.sign_in_problems import SignInProblem


@pytest.mark.parametrize(
    ("error", "problem", "word"),
    [
        ("invalid_scope", SignInProblem.SCOPE_REFUSED, "invalid_scope"),
        ("general_error", SignInProblem.GENERAL_ERROR, "general_error"),
        ("something_new", SignInProblem.REFUSED_OTHER, "something_new"),
        ("<b>1000.abc</b>", SignInProblem.REFUSED_OTHER, ""),
        ("x" * 200, SignInProblem.REFUSED_OTHER, ""),
        (5, SignInProblem.REFUSED_OTHER, ""),
    ],
)
def test_word_of_a_refusal_is_taken_only_if_it_is_a_word(error: object, problem: SignInProblem, word: str) -> None:
    assert (problem_of({"error": error}), word_of({"error": error})) == (problem, word)


@pytest.fixture
def server() -> AccountsServer:
    us = Connection("c", "us", "us", Environment.PRODUCTION, "https://www.zohoapis.com", "https://accounts.zoho.com")
    return AccountsServer(us, us.accounts_url, lambda _: {})


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"expires_in": 1800}, 1800.0),
        ({"expires_in": "1800"}, 1800.0),
        ({"expires_in": 3600000, "expires_in_sec": 3600}, 3600.0),
        ({"expires_in": -5}, 3600.0),
        ({"expires_in": "soon"}, 3600.0),
        ({"expires_in": 1e12}, 3600.0),
        ({}, 3600.0),
    ],
)
def test_the_life_of_a_token_is_read_in_either_unit_and_else_taken_as_an_hour(
    server: AccountsServer, told: dict[str, object], seconds: float
) -> None:
    granted = server.key_from_answer({"access_token": "1000.a.b", **told}, Client("", Secret("")), Secret("1000.c.d"))
    assert granted.key.expires_in_s == seconds


@pytest.mark.parametrize("token", ["", "1000 a", "1000.ä", "1000.a\r\nX: y", "x" * 5000, None, 5])
def test_what_does_not_fit_into_a_header_is_no_token(server: AccountsServer, token: object) -> None:
    with pytest.raises(SignInFailed):
        server.key_from_answer({"access_token": token}, Client("", Secret("")), Secret("1000.c.d"))


def test_the_refresh_token_that_was_sent_stays_where_the_answer_brings_none(server: AccountsServer) -> None:
    granted = server.key_from_answer({"access_token": "1000.a.b"}, Client("", Secret("")), Secret("1000.c.d"))
    assert granted.key.refresh_token.reveal() == "1000.c.d"


def test_only_scopes_of_the_crm_are_taken_from_an_answer(server: AccountsServer) -> None:
    body = {"access_token": "1000.a.b", "scope": "ZohoCRM.org.READ,AaaServer.profile.read ZohoCRM.users.READ"}
    granted = server.key_from_answer(body, Client("", Secret("")), Secret("1000.c.d"))
    assert granted.key.scopes == (
        "ZohoCRM.org.READ",
        "ZohoCRM.users.READ",
    )
