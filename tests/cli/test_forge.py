"""A program that the forge makes is the program: the same words, exit codes, signals and surroundings as a new interpreter's."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.driving import ROOT, SAMPLE, Ended, delink, delink_afresh, start, wait_until
from tests.cli.forged import CAN_FORK, ForgedProgram, forge
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")

COMMANDS = (
    "--version",
    "--help",
    f"check {SAMPLE} --json",
    f"run {SAMPLE} --practice --yes --json --results {{home}}/r.xlsx",
    "resume",
    "verify --json",
    "retry --yes",
    "undo --yes --json",
    "runs",
    "results --output {home}/r.csv",
    "connections list --json",
    "support --output {home}/help.zip",
    "practice --port 70000",
    "run nothing.csv --practice --yes",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_as_in_a_new_interpreter(command: str, tmp_path: Path) -> None:
    def told_by(way: Callable[..., Ended], home: Path) -> tuple[int, int, int]:
        ended = way(home, *command.format(home=home).split())
        return ended.code, len(ended.out.splitlines()), len(ended.err.splitlines())

    assert told_by(delink, tmp_path / "forged") == told_by(delink_afresh, tmp_path / "started")


def test_it_has_a_process_a_folder_and_an_environment_of_its_own(tmp_path: Path) -> None:
    one, other = (forge(("tests.cli.told_surroundings", name), ROOT, {**os.environ, "DELINK_HOME": name}) for name in "ab")
    assert one is not None and other is not None and len({one.pid, other.pid, os.getpid()}) == 3
    for program, name in ((one, "a"), (other, "b")):
        out, err = program.communicate("typed", timeout=PATIENCE_S)
        assert (program.returncode, err) == (3, "")
        assert out == f"{program.pid} {ROOT} {name} [{name!r}] typed __main__ False True\n"


@pytest.mark.parametrize(("name", "code"), [("SIGKILL", -9), ("SIGTERM", 0), ("SIGINT", 0)])
def test_signals_reach_it(name: str, code: int, tmp_path: Path) -> None:
    program = start(tmp_path, "practice", "--port", "0")
    assert isinstance(program, ForgedProgram) and program.stdout.readline().startswith("api_url")
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0)
    program.send_signal(signal.Signals[name])
    assert program.wait(PATIENCE_S) == code
    program.communicate()
    program.kill()  # whoever has its process number now is left alone


def test_an_interrupt_that_comes_at_once_ends_it(tmp_path: Path) -> None:
    program = start(tmp_path, "runs")
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=PATIENCE_S)
    # Before the program looks after interrupts, they end it as they end any program in Python.
    assert program.returncode in (0, 130, -signal.SIGINT) and out in ("", "No runs yet.\n")
    assert (program.returncode == -signal.SIGINT) == ("Traceback" in err)


def test_surroundings_that_modules_may_heed_are_given_to_a_new_interpreter(tmp_path: Path) -> None:
    program = start(tmp_path, "runs", PYTHONUTF8="0")
    assert isinstance(program, subprocess.Popen)
    program.communicate(timeout=PATIENCE_S)
    wait_until(lambda: program.poll() == 0)
