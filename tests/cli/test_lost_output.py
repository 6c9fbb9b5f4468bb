"""Standard output that is full, closed, or read by nobody any more."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.driving import ROOT, SAMPLE, delink
from tests.cli.forged import Program, forge
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")

COMMANDS = (
    "--version",
    "--help",
    "runs --json",
    f"check {SAMPLE}",
    f"run {SAMPLE} --practice --yes --json",
    "results --output {home}/r.csv",
    "check nothing.csv",
)
FULL, ALL_FULL, CLOSED, LEFT = "full", "both full", "closed", "left after a byte"


def closed(words: list[str], home: Path) -> tuple[int, str]:
    """Without any of the three streams; that is how the interpreter starts, so it has to be a new one."""
    line = '"$0" -m desktop "$@" <&- >&- 2>&-'
    ended = subprocess.run(
        ["bash", "-c", line, sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "DELINK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    return ended.returncode, ended.stdout + ended.stderr


def begun(words: list[str], home: Path, outputs: Mapping[int, int]) -> Program:
    """A command that writes to these outputs: most are forged, and one ends as only a new interpreter does."""
    environment = {**os.environ, "DELINK_HOME": str(home)}
    forged = None if words == ["--version"] else forge(("desktop", *words), ROOT, environment, outputs)
    return forged or subprocess.Popen(
        [sys.executable, "-m", "desktop", *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=outputs.get(1, subprocess.PIPE),
        stderr=outputs.get(2, subprocess.PIPE),
        text=True,
    )


def full(words: list[str], home: Path, *, both: bool) -> tuple[int, str]:
    with Path("/dev/full").open("wb") as device:
        outputs = dict.fromkeys((1, 2) if both else (1,), device.fileno())
        program = begun(words, home, outputs)
    out, err = program.communicate(timeout=PATIENCE_S)
    return program.wait(PATIENCE_S), (out or "") + (err or "")


def left(words: list[str], home: Path) -> tuple[int, str]:
    """Both outputs are one pipe, and its reader goes after the first byte."""
    reads, writes = os.pipe()
    program = begun(words, home, {1: writes, 2: writes})
    os.close(writes)
    told = os.read(reads, 1).decode("utf-8", "replace")
    os.close(reads)
    program.communicate(timeout=PATIENCE_S)
    return program.wait(PATIENCE_S), told


@pytest.mark.parametrize("place", [FULL, ALL_FULL, CLOSED, LEFT])
def test_output_that_cannot_be_written_is_one_sentence_at_most(place: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    delink(home, "run", str(SAMPLE), "--practice", "--yes")
    for command in COMMANDS:
        words = command.format(home=home).split()
        if place == CLOSED:
            code, told = closed(words, home)
        elif place == LEFT:
            code, told = left(words, home)
        else:
            code, told = full(words, home, both=place == ALL_FULL)
        assert code in (0, 1, 2), (command, code)
        assert not any(word in told for word in ("Traceback", "Exception ignored", "went wrong")), (command, told)
        if place == FULL and command in ("runs --json", "--help", "--version"):
            assert code == 1 and told.count("\n") == 1 and "Standard output cannot be written" in told
