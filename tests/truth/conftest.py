"""A practice CRM for the tests of a file, empty and without faults for each of them."""

from collections.abc import Iterator

import pytest

from desktop.practice import PracticeCrm
from tests.truth.processes import wait_until


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture
def practice(server: PracticeCrm) -> Iterator[PracticeCrm]:
    server.faults.clear()
    wait_until(lambda: not server.faults.held)
    server.state.reset()
    yield server
    server.faults.clear()
