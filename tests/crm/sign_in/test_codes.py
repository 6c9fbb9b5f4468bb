"""Signing in with a Self Client's code or a refresh token, Zoho's limits, and the end of a key."""

from dataclasses import replace

import pytest

from desktop.crm.sign_in import ZohoSignIn
from desktop.domain.connections import Connection
from desktop.domain.credentials import Client, Secret
from desktop.domain.errors import CrmBusy, SignInFailed, TokenRejected
from desktop.domain.sign_in_problems import SignInProblem
from desktop.practice import PracticeCrm
from tests.crm.sign_in.signing_in import Time, problem_of, works


def test_a_self_clients_code_works_once_and_for_three_minutes(
    time: Time, crm: PracticeCrm, connection: Connection, client: Client
) -> None:
    code = Secret(crm.accounts.self_client_code(["ZohoCRM.modules.ALL", "ZohoCRM.org.READ"]))
    place, key = ZohoSignIn().with_code(connection, client, code)
    assert works(place, key)
    late = Secret(crm.accounts.self_client_code(["ZohoCRM.modules.ALL"]))
    time.now += 181
    for spent in (code, late, Secret("1000.made.up")):
        with pytest.raises(SignInFailed) as caught:
            ZohoSignIn().with_code(connection, client, spent)
        assert problem_of(caught) is SignInProblem.CODE_REFUSED


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda right: replace(right, id="1000.OTHER"), SignInProblem.CLIENT_UNKNOWN),
        (lambda right: replace(right, secret=Secret("other")), SignInProblem.CLIENT_SECRET_WRONG),
    ],
)
def test_wrong_client_is_recognised_in_an_answer_with_status_200(
    crm: PracticeCrm, connection: Connection, client: Client, wrong: "type[Client]", problem: SignInProblem
) -> None:
    code = Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ"]))
    with pytest.raises(SignInFailed) as caught:
        ZohoSignIn().with_code(connection, wrong(client), code)  # type: ignore[arg-type,call-arg]
    assert problem_of(caught) is problem


@pytest.mark.parametrize("in_ms", [False, True])
def test_a_refresh_token_makes_access_tokens_whatever_the_unit_of_their_life(
    crm: PracticeCrm, connection: Connection, client: Client, in_ms: bool
) -> None:
    crm.state.set(in_ms=in_ms)
    place, key = ZohoSignIn().with_refresh_token(connection, client, Secret(crm.refresh_token))
    assert works(place, key) and key.expires_in_s == 3600
    with pytest.raises(SignInFailed):
        ZohoSignIn().with_refresh_token(connection, client, Secret("1000.not.one"))


def test_the_eleventh_token_in_ten_minutes_is_a_wait(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    for _ in range(10):
        ZohoSignIn().with_refresh_token(connection, client, Secret(crm.refresh_token))
    with pytest.raises(CrmBusy):
        ZohoSignIn().with_refresh_token(connection, client, Secret(crm.refresh_token))


def test_the_twenty_first_key_of_a_user_ends_the_oldest(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    keys = []
    for _ in range(21):
        code = Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ", "ZohoCRM.users.READ"]))
        keys.append(ZohoSignIn().with_code(connection, client, code)[1])
    with pytest.raises(TokenRejected):
        works(connection, keys[0])
    assert works(connection, keys[1]) and works(connection, keys[20])


def test_revoked_key_is_refused(crm: PracticeCrm, connection: Connection, client: Client) -> None:
    _, key = ZohoSignIn().with_code(connection, client, Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ"])))
    assert ZohoSignIn().revoke(connection, key)
    with pytest.raises(TokenRejected):
        works(connection, key)
    assert not ZohoSignIn().revoke(connection, key), "there is nothing left to end"
    assert key.refresh_token.reveal() not in " ".join(crm.accounts.targets)
