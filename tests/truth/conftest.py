"""Practice CRMs, one for the tests of a file, empty and without faults for each of them: in this process or in its own."""

from collections.abc import Iterator

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import wait_until
from tests.truth.processes import PracticeProcess
from tests.truth.scene import ready


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


@pytest.fixture(scope="module")
def process() -> Iterator[PracticeProcess]:
    with PracticeProcess() as crm:
        yield crm


@pytest.fixture
def crm(process: PracticeProcess) -> Iterator[PracticeProcess]:
    """It knows the links of the scene's sheet."""
    with ready(process):
        yield process
