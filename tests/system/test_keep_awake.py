"""Staying awake: possible, impossible, and released."""

import subprocess
import sys

import pytest

from desktop.compose import RESOURCES
from desktop.system.keep_awake import SystemKeepAwake

SCRIPT = """
from desktop.system.keep_awake import SystemKeepAwake
awake = SystemKeepAwake()
awake.release()
print(awake.hold(), awake.hold(), awake._mode is not None)
awake.release()
awake.release()
print(awake._mode is not None)
"""


@pytest.mark.parametrize(("possible", "output"), [("1", "True True True\nFalse\n"), ("", "False False False\nFalse\n")])
def test_the_computer_is_kept_awake_once_and_released(possible: str, output: str) -> None:
    """In a process without a desktop's bus; wakepy can be told to act as if it had succeeded."""
    environment = {"WAKEPY_FAKE_SUCCESS": possible, "PATH": ""} if possible else {"PATH": ""}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=RESOURCES.parent, env=environment, capture_output=True, text=True, check=True
    )
    assert (ended.stdout, ended.stderr) == (output, "")


def test_releasing_without_holding_is_harmless() -> None:
    awake = SystemKeepAwake()
    awake.release()
    assert awake._mode is None
