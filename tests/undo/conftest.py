"""The practice CRM of the bench, and a run and its undo on it."""

import pytest

from desktop.practice import PracticeCrm
from tests.truth.conftest import practice, server
from tests.undo.stage import LINKS, Bench

__all__ = ["bench", "practice", "server"]


@pytest.fixture
def bench(practice: PracticeCrm) -> Bench:
    bench = Bench(practice)
    bench.seed(LINKS)
    return bench
