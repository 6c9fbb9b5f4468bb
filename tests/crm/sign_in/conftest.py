"""One practice CRM for each test of a sign-in, a connection to it, its client, and all of Zoho's names over TLS."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Secret
from desktop.practice import PracticeCrm
from tests.crm.sign_in.signing_in import CAMPAIGNS, Time
from tests.crm.zoho_stage import ZohoStage


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def crm(time: Time) -> Iterator[PracticeCrm]:
    with PracticeCrm(now=lambda: time.now) as crm:
        yield crm


@pytest.fixture
def connection(crm: PracticeCrm) -> Connection:
    return Connection("c", "box", "", Environment.SANDBOX, crm.api_url, crm.accounts_url, relations=(CAMPAIGNS,))


@pytest.fixture
def client(crm: PracticeCrm) -> Client:
    return Client(crm.client_id, Secret(crm.client_secret))


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZohoStage]:
    with ZohoStage(tmp_path) as stage:
        monkeypatch.setenv("SSL_CERT_FILE", str(stage.trusted))
        yield stage
