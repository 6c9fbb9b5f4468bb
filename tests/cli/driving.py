"""The command line as users and scripts start it: a process of its own, with its own folder."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.compose import RESOURCES
from desktop.practice import PracticeCrm

ROOT = RESOURCES.parent
SAMPLE = RESOURCES / "samples" / "spring-clean-up.xlsx"
TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Ended:
    """What a command left: exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The object on the last line of standard output."""
        told: dict[str, Any] = json.loads(self.out.strip().splitlines()[-1])
        return told


def start(home: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", *arguments],
        cwd=ROOT,
        env={**os.environ, "DELINK_HOME": str(home), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def delink(home: Path, *arguments: str, secret: str = "", **environment: str) -> Ended:
    program = start(home, *arguments, **environment)
    out, err = program.communicate(secret, timeout=TIMEOUT_S)
    assert "Traceback" not in err + out
    return Ended(program.returncode, out, err)


def place_of(crm: PracticeCrm) -> tuple[str, ...]:
    """The options of a one-off command on this CRM; its token goes to standard input."""
    return ("--api-url", crm.api_url, "--access-token", "-")


def pairs_of(count: int, parents: int) -> list[tuple[str, str]]:
    """Links of ``parents`` campaigns, each with its own contacts."""
    return [(f"3652397000000327{n % parents + 101:03d}", f"365239700000092{n + 5001:04d}") for n in range(count)]


def write_sheet(path: Path, pairs: Iterable[tuple[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("Campaign Id", "Contact Id"), *pairs])
    return path


def seed(crm: PracticeCrm, pairs: Iterable[tuple[str, str]]) -> None:
    crm.seed([("Campaigns", "Contacts", parent, related) for parent, related in pairs], share=False)


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)
