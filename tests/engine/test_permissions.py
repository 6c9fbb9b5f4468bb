"""What a key may do, and where it belongs, asked of the practice CRM and of Zoho's names."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.connecting import asked
from desktop.compose import Services, build_services
from desktop.crm.client import open_crm
from desktop.crm.sign_in import ZohoSignIn
from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import TokenRejected
from desktop.domain.relations import Relation
from desktop.domain.scopes import scopes_for
from desktop.engine.permissions import Permissions, check_permissions, find_place, relations_of
from desktop.practice import PracticeCrm
from desktop.storage.secrets import MemorySecrets
from desktop.words import say_text
from tests.crm.zoho_stage import ZohoStage

CONTACTS = Relation("Campaigns", "Contacts")


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


def found(crm: PracticeCrm, *relations: Relation) -> Permissions:
    connection = Connection("c", "c", "", Environment.SANDBOX, crm.api_url)
    client = open_crm(connection, Key.pasted(crm.access_token))
    try:
        return check_permissions(client, relations or (CONTACTS,))
    finally:
        client.close()


def test_key_with_all_rights_lacks_nothing_after_one_read_a_module(crm: PracticeCrm) -> None:
    permissions = found(crm)
    assert permissions.is_enough and permissions.sentences() == ()
    calls = [call["path"] for call in crm.state.calls()]
    assert calls == [
        "/crm/v8/users", "/crm/v8/org", "/crm/v8/Campaigns", "/crm/v8/Contacts", "/crm/v8/settings/related_lists",
    ]  # fmt: skip
    assert {call["method"] for call in crm.state.calls()} == {"GET"}


@pytest.mark.parametrize(
    ("scopes", "missing", "enough"),
    [
        (["ZohoCRM.modules.ALL"], ("ZohoCRM.users.READ", "ZohoCRM.org.READ"), True),
        (["ZohoCRM.modules.campaigns.READ", "ZohoCRM.users.READ", "ZohoCRM.org.READ"], ("ZohoCRM.modules.contacts.READ",), False),
        (["ZohoCRM.users.READ"], ("ZohoCRM.org.READ", "ZohoCRM.modules.campaigns.READ", "ZohoCRM.modules.contacts.READ"), False),
    ],
)
def test_the_missing_scopes_of_both_ends_are_named(
    crm: PracticeCrm, scopes: list[str], missing: tuple[str, ...], enough: bool
) -> None:
    crm.state.set(scopes=scopes)
    permissions = found(crm)
    assert (permissions.missing_scopes, permissions.is_enough) == (missing, enough)
    assert all(any(scope in sentence for sentence in map(say_text, permissions.sentences())) for scope in missing)


def test_rights_to_change_are_known_if_the_sign_in_named_its_scopes(crm: PracticeCrm) -> None:
    connection = Connection("c", "c", "", Environment.SANDBOX, crm.api_url, crm.accounts_url)
    reads = [one for one in scopes_for([CONTACTS]) if not one.endswith((".DELETE", ".UPDATE"))]
    client = Client(crm.client_id, Secret(crm.client_secret))
    for scopes, enough in ((reads, False), ([*reads, *_rights("DELETE")], True), (scopes_for([CONTACTS]), True)):
        _, key = ZohoSignIn().with_code(connection, client, Secret(crm.accounts.self_client_code(list(scopes))))
        assert key.scopes == tuple(scopes)
        with closing(open_crm(connection, key)) as opened:
            permissions = check_permissions(opened, [CONTACTS], key.scopes)
        assert permissions.rights_are_told and permissions.is_enough is enough
        assert permissions.missing_scopes == tuple(one for one in scopes_for([CONTACTS]) if one not in scopes)
        said = " ".join(map(say_text, permissions.sentences()))
        assert ("Nothing can be undone without" in said) is any(one.endswith("UPDATE") for one in permissions.missing_scopes)
    assert not found(crm).rights_are_told, "a pasted token says nothing of itself"


def _rights(right: str) -> list[str]:
    return [one for one in scopes_for([CONTACTS]) if one.endswith(right)]


def test_closed_module_is_told_apart_from_a_missing_scope(crm: PracticeCrm) -> None:
    closed = '{"code":"NO_PERMISSION","details":{},"message":"permission denied","status":"error"}'
    crm.faults.add([{"match": {"method": "GET", "path": "/Contacts?"}, "do": "status", "status": 403, "body": closed}])
    permissions = found(crm)
    assert (permissions.missing_scopes, permissions.closed_modules, permissions.is_enough) == ((), ("Contacts",), False)
    connection = Connection("c", "ACME", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu")
    message = say_text(permissions.for_administrator(connection))
    assert (
        "does not open Contacts" in message
        and "(Contacts from Campaigns)" in message
        and "ZohoCRM.modules.contacts.DELETE" in message
    )


def test_a_hidden_list_is_named(crm: PracticeCrm) -> None:
    shown = '{"related_lists":[{"api_name":"Leads","status":"visible"},{"api_name":"Contacts","status":"user_hidden"}]}'
    crm.faults.add([{"match": {"path": "related_lists"}, "do": "status", "status": 200, "body": shown}])
    permissions = found(crm)
    assert permissions.hidden_lists == (CONTACTS,) and "hidden or has another name" in say_text(permissions.sentences()[0])


def test_deals_may_be_called_potentials(crm: PracticeCrm) -> None:
    shown = '{"related_lists":[{"api_name":"Potentials"}]}'
    crm.faults.add([{"match": {"path": "related_lists"}, "do": "status", "status": 200, "body": shown}])
    assert found(crm, Relation("Products", "Deals")).is_enough


def test_a_connection_without_relations_is_asked_about_all_of_them() -> None:
    connection = Connection("c", "c", "", None, "")
    assert len(relations_of(connection)) == 7
    assert relations_of(replace(connection, relations=("Campaigns/Contacts",))) == (CONTACTS,)


# Whose data centre it is


@pytest.fixture
def stage_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], tuple[ZohoStage, Services]]]:
    stages: list[ZohoStage] = []

    def make(home: str) -> tuple[ZohoStage, Services]:
        stage = ZohoStage(tmp_path, home)
        stage.__enter__()
        stages.append(stage)
        services = build_services(MemorySecrets(), stage.proxies)
        monkeypatch.setenv("SSL_CERT_FILE", str(stage.trusted))
        return stage, services

    yield make
    for stage in stages:
        stage.__exit__()


def at(code: str, environment: Environment = Environment.PRODUCTION) -> Connection:
    centre = DATA_CENTRES[code]
    return Connection("c", code, code, environment, centre.api_url(environment), centre.accounts_url)


@pytest.mark.parametrize("home", ["sandbox.zohoapis.com", "www.zohoapis.eu", "www.zohoapis.sa"])
def test_a_token_of_another_place_is_found_there(stage_at: Callable[[str], tuple[ZohoStage, Services]], home: str) -> None:
    stage, services = stage_at(home)
    key = Key.pasted(stage.crm.access_token)
    client = services.open_crm(at("us"), key)
    with pytest.raises(TokenRejected):
        client.who_am_i()
    client.close()
    place = find_place(services.open_crm, at("us"), key)
    assert place is not None and place.api_url == f"https://{home}" and place.account.company == "Practice Ltd"


def test_expired_token_is_found_nowhere_and_china_is_not_asked(
    stage_at: Callable[[str], tuple[ZohoStage, Services]],
) -> None:
    stage, services = stage_at("nowhere.example")
    assert find_place(services.open_crm, at("us"), Key.pasted(stage.crm.access_token)) is None
    asked = {host.partition(":")[0] for host in stage.asked}
    assert asked == {
        "sandbox.zohoapis.com", "developer.zohoapis.com", "www.zohoapis.eu", "www.zohoapis.in", "www.zohoapis.com.au",
        "www.zohoapis.jp", "www.zohoapis.ca", "www.zohoapis.sa",
    }  # fmt: skip


@pytest.mark.parametrize("home", ["www.zohoapis.com", "sandbox.zohoapis.com", "developer.zohoapis.com"])
def test_a_key_is_used_in_the_environment_that_accepts_it_whatever_its_answer_said(
    stage_at: Callable[[str], tuple[ZohoStage, Services]], home: str
) -> None:
    stage, services = stage_at(home)
    stage.crm.state.set(api_domain="https://www.zohoapis.com")
    client = Client(stage.crm.client_id, Secret(stage.crm.client_secret))
    code = Secret(stage.crm.accounts.self_client_code(["ZohoCRM.org.READ", "ZohoCRM.users.READ"]))
    signed, key = services.sign_in().with_code(at("us", Environment.SANDBOX), client, code)
    place, account = asked(services, signed, key, lambda crm: crm.who_am_i())
    assert place.api_url == f"https://{home}" and account.company == "Practice Ltd"
    assert {host.partition(":")[0] for host in stage.asked} <= {
        "accounts.zoho.com", "www.zohoapis.com", "sandbox.zohoapis.com", "developer.zohoapis.com",
    }  # fmt: skip


def test_lasting_key_or_typed_address_is_shown_to_no_other_place() -> None:
    services = build_services(MemorySecrets(), lambda url: pytest.fail(f"{url} was asked"))
    lasting = Key(Key.pasted("1000.a").access_token, Key.pasted("1000.b").access_token)
    assert find_place(services.open_crm, at("us"), lasting) is None
    typed = Connection("c", "c", "", Environment.SANDBOX, "http://127.0.0.1:9", "http://127.0.0.1:9")
    assert find_place(services.open_crm, typed, Key.pasted("1000.a")) is None
