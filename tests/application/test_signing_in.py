"""Somebody signs in: whose key it is is asked, it is kept or ended, and a key that was got is never lost."""

from dataclasses import replace
from typing import cast

import pytest

from desktop.application.outside import Connections
from desktop.application.serving import SignedIn
from desktop.application.signing_in import (
    SignInRequest,
    Way,
    check_can_keep,
    check_saved,
    is_searchable,
    leave,
    saved_before,
    sign_in,
    sign_in_to_practice,
    use_saved,
)
from desktop.compose import Services
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import NameTaken, SecretStoreUnavailable, SignInFailed, TokenRejected
from tests.application.office import ALL_SCOPES, Office


def place_of(office: Office, name: str = "") -> Connection:
    return Connection("new", name, "", Environment.SANDBOX, office.crm.api_url, office.crm.accounts_url)


def token_request(office: Office, token: str | None = None) -> SignInRequest:
    return SignInRequest(Way.TOKEN, place_of(office), secret=Secret(token or office.crm.access_token))


def code_request(office: Office) -> SignInRequest:
    client = Client(office.crm.client_id, Secret(office.crm.client_secret))
    return SignInRequest(Way.SELF_CLIENT, place_of(office), client, Secret(office.crm.accounts.self_client_code(ALL_SCOPES)))


def nothing_shown(_address: str, _code: str) -> None:
    raise AssertionError("this way shows nothing")


def signed_in(office: Office, request: SignInRequest) -> SignedIn:
    return sign_in(office.services, request, nothing_shown)


class NoKeyring:
    """Saved connections of which no key can be kept."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, connection: Connection, key: Key) -> None:
        raise SecretStoreUnavailable("it is locked")

    def __getattr__(self, name: str) -> object:
        return getattr(self._connections, name)


def without_keyring(office: Office) -> Services:
    return replace(office.services, connections=cast(Connections, NoKeyring(office.services.connections)))


def still_works(office: Office, account: SignedIn) -> bool:
    """Whether Zoho still takes the key."""
    try:
        check_saved(replace(office.services, connections=cast(Connections, Holding(account.key))), account.connection)
    except TokenRejected:
        return False
    return True


class Holding:
    """One key, whoever asks."""

    def __init__(self, key: Key) -> None:
        self.secret_of = lambda _: key


def test_a_new_account_is_named_after_its_company_and_kept(office: Office) -> None:
    office.services.connections.remove(office.account.connection)
    account = signed_in(office, token_request(office))
    assert account.connection.name.startswith("Practice Ltd") and account.kept_in and account.permissions is not None
    assert office.services.connections.find(account.connection.name).account.company == "Practice Ltd"


def test_the_same_account_keeps_its_name_and_the_id_by_which_runs_know_it(office: Office) -> None:
    account = signed_in(office, token_request(office))
    assert (account.connection.name, account.connection.id) == ("acme", office.account.connection.id)
    assert len(office.services.connections.all()) == 1


def test_a_token_that_is_not_accepted_is_not_kept(office: Office) -> None:
    with pytest.raises(TokenRejected):
        signed_in(office, token_request(office, "1000.aaaa.bbbb"))
    assert [one.name for one in office.services.connections.all()] == ["acme"]


def test_a_sign_in_that_was_given_up_keeps_nothing(office: Office) -> None:
    office.services.connections.remove(office.account.connection)
    with pytest.raises(SignInFailed):
        sign_in(office.services, token_request(office), nothing_shown, lambda: True)
    assert office.services.connections.all() == []


def test_signing_out_ends_the_key_and_forgets_it(office: Office) -> None:
    account = signed_in(office, code_request(office))
    assert account.key.lasts and still_works(office, account)
    assert leave(office.services, account)
    assert office.services.connections.all() == [] and not still_works(office, account)


def test_a_key_that_no_keyring_takes_stays_in_memory_and_is_ended_at_the_end(office: Office) -> None:
    services = without_keyring(office)
    account = sign_in(services, code_request(office), nothing_shown)
    assert (account.kept_in, account.keyring_trouble) == ("", "it is locked")
    assert leave(services, account) and not still_works(office, account)


def test_a_key_that_must_be_kept_and_cannot_be_is_ended_at_zoho(office: Office) -> None:
    with pytest.raises(SecretStoreUnavailable):
        sign_in(without_keyring(office), replace(code_request(office), must_be_kept=True), nothing_shown)
    assert "revoke" in office.crm.accounts.targets[-1]


def test_a_saved_connection_is_tested_and_one_that_was_used_last_comes_first(office: Office) -> None:
    other = replace(office.account.connection, id="d", name="depot")
    office.services.connections.add(other, office.account.key)
    assert use_saved(office.services, other).permissions is not None
    found = saved_before(office.services, "d")
    assert found is not None and found.connection.name == "depot"
    first = saved_before(office.services, "gone")
    assert first is not None and first.connection.name == "acme"
    assert not is_searchable(office.services, other), "it is at no data centre of Zoho's"


def test_nobody_signs_in_under_a_name_that_no_connection_may_have(office: Office) -> None:
    check_can_keep(office.services, "warehouse")
    with pytest.raises(NameTaken):
        check_can_keep(office.services, "practice")


def test_practice_tells_its_company(office: Office) -> None:
    assert sign_in_to_practice(office.services).connection.account.company == "Practice Ltd"
