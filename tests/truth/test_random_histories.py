"""Random histories of a clean-up: whatever the CRM, other users, the power and a second program do, nothing false is told."""

from pathlib import Path

import pytest

from tests.truth.histories import History
from tests.truth.processes import PracticeProcess

SEEDS = [pytest.param(seed, marks=() if seed < 4 else (pytest.mark.slow,)) for seed in range(300)]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_false_is_told_and_nothing_is_sent_blindly(process: PracticeProcess, tmp_path: Path, seed: int) -> None:
    process.tell("release")
    process.tell("reset")
    history = History(tmp_path, process, seed)
    try:
        history.goes_through()
        if history.is_of_an_unknown_organisation:
            history.is_left_alone()
            return
        history.is_verified()
        if history.copies:
            history.is_undone()
    finally:
        process.tell("release")
