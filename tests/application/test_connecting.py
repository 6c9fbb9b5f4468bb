"""Saved connections: listed, found, renamed, saved again under their name, forgotten."""

from dataclasses import replace

import pytest

from desktop.application.connecting import (
    count_unreadable_connections,
    find_connection,
    list_connections,
    rename_connection,
    save,
    sign_out,
)
from desktop.domain.connections import Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import ConnectionNotFound, NameTaken
from tests.application.office import Office


def test_a_connection_is_renamed_and_its_key_stays(office: Office) -> None:
    renamed = rename_connection(office.services, find_connection(office.services, "acme"), "chest")
    assert [one.name for one in list_connections(office.services)] == ["chest"]
    assert office.services.connections.secret_of(renamed) == office.account.key
    assert count_unreadable_connections(office.services) == 0
    with pytest.raises(ConnectionNotFound):
        find_connection(office.services, "acme")
    with pytest.raises(NameTaken):
        rename_connection(office.services, renamed, "practice")


def test_a_new_key_for_the_same_place_keeps_the_id_by_which_runs_know_it(office: Office) -> None:
    saved = save(office.services, replace(office.account.connection, id="new"), Key.pasted("1000.other"))
    assert saved.id == office.account.connection.id
    assert office.services.connections.secret_of(saved) == Key.pasted("1000.other")


def test_the_same_name_for_another_place_is_another_connection(office: Office) -> None:
    elsewhere = replace(office.account.connection, id="new", environment=Environment.DEVELOPER)
    assert save(office.services, elsewhere, office.account.key).id == "new"
    assert [one.id for one in list_connections(office.services)] == ["new"]


def test_a_connection_is_forgotten_though_its_key_cannot_be_ended(office: Office) -> None:
    office.crm.faults.add([{"match": {"method": "POST"}, "times": 9, "do": "status", "status": 503}])
    assert not sign_out(office.services, office.account.connection)
    assert list_connections(office.services) == []
