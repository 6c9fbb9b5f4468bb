"""One practice CRM for all tests of use cases, emptied before each of them."""

import pytest

from desktop.practice import PracticeCrm
from tests.application.office import Office
from tests.truth.conftest import practice, server

__all__ = ["office", "practice", "server"]


@pytest.fixture
def office(practice: PracticeCrm) -> Office:
    return Office(practice)
