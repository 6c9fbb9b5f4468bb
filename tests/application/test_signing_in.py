"""Somebody signs in: whose key it is is asked, it is kept or ended; it is never lost, and never kept unasked."""

from dataclasses import replace
from typing import cast

import pytest

from desktop.application.outside import Connections
from desktop.application.serving import SignedIn
from desktop.application.signing_in import (
    SignInPorts,
    SignInRequest,
    Way,
    check_can_keep,
    check_saved,
    find_elsewhere,
    is_searchable,
    leave,
    saved_before,
    saved_elsewhere,
    sign_in,
    sign_in_to_practice,
    use_saved,
)
from desktop.compose import Services
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import NameTaken, SecretStoreUnavailable, SignInFailed, TokenRejected
from desktop.domain.sign_in_problems import SignInProblem
from tests.application.office import ALL_SCOPES, Office
from tests.application.signing import LASTING, Kept, Ways, at

PASTED = SignInRequest(Way.TOKEN, at("eu"), secret=Secret("1000.a"))


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
    """A store with one key, whoever asks for one."""

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


# Whatever Zoho, the keyring and the person say, with each of them played


def signed(kept: Kept, request: SignInRequest, cancelled: bool = False) -> SignedIn:
    return sign_in(cast(SignInPorts, kept), request, lambda _, __: None, lambda: cancelled)


@pytest.mark.parametrize("way", [Way.BROWSER, Way.DEVICE, Way.SELF_CLIENT, Way.REFRESH_TOKEN])
def test_each_way_is_gone_and_its_key_kept_with_the_company_it_belongs_to(way: Way) -> None:
    kept = Kept([])
    found = signed(kept, SignInRequest(way, at("eu")))
    assert (kept.ways.used, found.kept_in, found.connection.account.company) == ([way.value], "a keyring", "Acme")
    assert kept.connections.secret_of(found.connection) == LASTING


def test_a_pasted_token_needs_no_way() -> None:
    kept = Kept([])
    found = signed(kept, PASTED)
    assert kept.ways.used == [] and found.key.access_token.reveal() == "1000.a"


@pytest.mark.parametrize(("way", "ended"), [(Way.BROWSER, [LASTING]), (Way.REFRESH_TOKEN, [])])
def test_a_key_that_was_got_and_then_not_wanted_is_ended_unless_it_was_there_before(way: Way, ended: list[Key]) -> None:
    kept = Kept([])
    with pytest.raises(SignInFailed) as caught:
        signed(kept, SignInRequest(way, at("eu")), cancelled=True)
    assert caught.value.problem is SignInProblem.CANCELLED
    assert (kept.ways.revoked, kept.connections.known) == (ended, [])


def test_nobody_signs_in_for_a_key_that_cannot_be_kept() -> None:
    check_can_keep(cast(SignInPorts, Kept([])), "acme")
    with pytest.raises(SecretStoreUnavailable):
        check_can_keep(cast(SignInPorts, Kept([], refuses=True)), "acme")


# The name of what is saved


@pytest.mark.parametrize(
    ("company", "environment", "name"),
    [
        ("Acme", Environment.PRODUCTION, "Acme"),
        ("Acme", Environment.SANDBOX, "Acme (sandbox)"),
        ("", Environment.PRODUCTION, "eu (production)"),
        ("\x1b[31m - ", Environment.PRODUCTION, "[31m"),
        ("A" * 200, Environment.PRODUCTION, "A" * 40),
    ],
)
def test_a_connection_is_named_after_its_company(company: str, environment: Environment, name: str) -> None:
    kept = Kept([])
    kept.account = replace(kept.account, company=company)
    assert signed(kept, SignInRequest(Way.BROWSER, at("eu", environment))).connection.name == name


def test_the_same_account_keeps_its_name_and_another_of_that_company_gets_a_number() -> None:
    kept = Kept([])

    def name_of(email: str, new_id: str) -> str:
        kept.account = replace(kept.account, email=email)
        return signed(kept, replace(PASTED, place=replace(at("eu"), id=new_id))).connection.name

    assert name_of("ann@acme.example", "1") == name_of("ann@acme.example", "2") == "Acme"
    assert name_of("ben@acme.example", "3") == "Acme 2"
    assert name_of("eve@acme.example", "4") == "Acme 3"


def test_a_name_that_was_chosen_stays() -> None:
    assert signed(Kept([]), replace(PASTED, has_name=True)).connection.name == "acme"


# What is saved already


def test_a_saved_connection_is_tested_before_it_is_used() -> None:
    kept = Kept([at("eu")])
    ports = cast(SignInPorts, kept)
    found = use_saved(ports, at("eu"))
    assert (found.key, found.kept_in) == (LASTING, "a keyring")
    assert check_saved(ports, at("eu")).account == Account("Acme", "1", "Ann", "ann@acme.example")
    kept.accepted_at = ("https://nowhere.example",)
    for test in (use_saved, check_saved):
        with pytest.raises(TokenRejected):
            test(ports, at("eu"))


def test_the_last_one_is_proposed_and_else_the_first_whose_key_is_there() -> None:
    one, two = at("eu", name="one"), at("us", name="two")
    kept = Kept([one, two])
    ports = cast(SignInPorts, kept)
    found = saved_before(ports, "two")
    assert found is not None and found.connection == two
    del kept.connections.keys["two"]
    found = saved_before(ports, "two")
    assert found is not None and found.connection == one
    assert saved_before(cast(SignInPorts, Kept([one], is_locked=True)), "one") is None


def test_only_a_pasted_token_is_looked_for_in_other_data_centres() -> None:
    kept = Kept([at("eu")])
    ports = cast(SignInPorts, kept)
    assert not is_searchable(ports, at("eu")) and saved_elsewhere(ports, at("eu")) is None
    kept.connections.keys["acme"] = Key.pasted("1000.a")
    kept.accepted_at = (at("us").api_url,)
    assert is_searchable(ports, at("eu"))
    place = saved_elsewhere(ports, at("eu"))
    assert place is not None and place.api_url == at("us").api_url


def test_a_pasted_token_that_is_accepted_elsewhere_is_kept_there_and_else_nowhere() -> None:
    kept = Kept([])
    kept.accepted_at = (at("us").api_url,)
    found = find_elsewhere(cast(SignInPorts, kept), PASTED)
    assert found is not None and (found.connection.data_centre, kept.connections.known) == ("us", [found.connection])
    kept.accepted_at = ("https://nowhere.example",)
    assert find_elsewhere(cast(SignInPorts, kept), PASTED) is None


def test_leaving_ends_the_key_and_forgets_what_was_saved_alone() -> None:
    kept = Kept([at("eu")])
    assert leave(kept, SignedIn(at("eu"), LASTING))
    assert (kept.ways.revoked, kept.connections.known) == ([LASTING], [at("eu")])
    assert leave(kept, SignedIn(at("eu"), LASTING, kept_in="a keyring"))
    assert kept.connections.known == []


def test_a_key_that_zoho_does_not_end_is_told() -> None:
    assert not leave(Kept([at("eu")], ways=Ways(confirms=False)), SignedIn(at("eu"), LASTING, kept_in="a keyring"))
