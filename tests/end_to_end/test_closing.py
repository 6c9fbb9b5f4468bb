"""Closing at any moment, hung calls included: the program is gone within five seconds, says nothing, and the run can go on."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.compose import RESOURCES
from tests.cli.driving import delink, pairs_of, write_sheet
from tests.patience import PATIENCE_S

CALLS = 60
FEW, ALL = 4, 200


def close_once(tmp_path: Path, seed: int, *, hang: bool, within_s: float) -> None:
    sheet, home = write_sheet(tmp_path / "many.csv", pairs_of(CALLS, CALLS)), tmp_path / "home"
    seconds = random.Random(seed).uniform(0.0, 0.9)
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.end_to_end.closing_program", str(sheet), str(CALLS), str(seconds), *["hang"] * hang],
        cwd=RESOURCES.parent,
        env={**os.environ, "DELINK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "closing\n"
        started = time.monotonic()
        _, said = program.communicate(timeout=PATIENCE_S)
        took = time.monotonic() - started
    finally:
        program.kill()
        program.communicate()
    assert (program.returncode, said) == (0, "")
    assert took <= within_s
    listed = delink(home, "runs", "--json").json["runs"][0]
    if listed["state"] == "finished":
        assert not hang
        return
    assert listed["state"] in ("stopped", "running", "interrupted")
    if hang:
        assert listed["unknown"] > 0
    ended = delink(home, "resume", listed["run"], "--json")
    told = ended.json
    assert (told["state"], told["links"]) == ("finished", CALLS)
    assert told["delinked"] + told["not_linked"] == CALLS


@pytest.mark.parametrize("seed", range(FEW))
def test_closing_ends_the_program_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    close_once(tmp_path, seed, hang=seed == 0, within_s=15.0)  # three seconds for the calls, the rest for a busy computer


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FEW, ALL))
def test_closing_at_two_hundred_moments(tmp_path: Path, seed: int) -> None:
    close_once(tmp_path, seed, hang=seed % 4 == 0, within_s=5.0)
