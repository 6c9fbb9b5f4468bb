"""Standard output that is full, closed, or read by nobody any more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.driving import ROOT, SAMPLE, delink
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
PLACES = (">/dev/full", ">/dev/full 2>&1", "<&- >&- 2>&-", "2>&1 | head -c 1")


@pytest.mark.parametrize("place", PLACES)
def test_output_that_cannot_be_written_is_one_sentence_at_most(place: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    delink(home, "run", str(SAMPLE), "--practice", "--yes")
    for command in COMMANDS:
        line = f'"{sys.executable}" -m desktop {command.format(home=home)} {place}; echo "code ${{PIPESTATUS[0]}}" >&3'
        ended = subprocess.run(
            ["bash", "-c", f"( {line} ) 3>{tmp_path}/code"],
            cwd=ROOT,
            env={**os.environ, "DELINK_HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        code = (tmp_path / "code").read_text().strip()
        assert code in ("code 0", "code 1", "code 2"), (command, code)
        told = ended.stdout + ended.stderr
        assert not any(word in told for word in ("Traceback", "Exception ignored", "went wrong")), (command, told)
        if place == ">/dev/full" and command in ("runs --json", "--help", "--version"):
            assert code == "code 1" and told.count("\n") == 1 and "Standard output cannot be written" in told
