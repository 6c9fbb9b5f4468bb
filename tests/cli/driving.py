"""The command line as users and scripts start it: a process of its own, with its own folder."""

import csv
import io
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from openpyxl import load_workbook

from desktop.compose import RESOURCES
from desktop.practice import PracticeCrm
from tests.cli.forged import CAN_FORK, Program, forge
from tests.patience import PATIENCE_S

ROOT = RESOURCES.parent
SAMPLE = RESOURCES / "samples" / "spring-clean-up.xlsx"
TIMEOUT_S = PATIENCE_S
MOST_STARTS = 8
_starts = Counter[str]()


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


def start(home: Path, *arguments: str, **environment: str) -> Program:
    return start_module(("desktop", *arguments), home, environment)


def start_module(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> Program:
    """A module of ours as a program, with its arguments. Its modules are already loaded where that makes no difference."""
    return forge(command, ROOT, _surroundings(home, environment)) or _interpreter(command, home, environment)


def start_afresh(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """A module of ours in a new interpreter, for tests of the start itself. No test needs many of them."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0]
    _starts[test] += 1
    assert _starts[test] <= MOST_STARTS or not CAN_FORK, f"{test} starts so many interpreters; a forged program will do"
    return _interpreter(command, home, environment)


def _interpreter(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=_surroundings(home, environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _surroundings(home: Path, environment: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "DELINK_HOME": str(home), **environment}


def delink(home: Path, *arguments: str, secret: str = "", **environment: str) -> Ended:
    return ended(start(home, *arguments, **environment), secret)


def delink_afresh(home: Path, *arguments: str, secret: str = "", **environment: str) -> Ended:
    """The same in a new interpreter."""
    return ended(start_afresh(("desktop", *arguments), home, environment), secret)


def quickly(home: Path, *arguments: str, secret: str = "") -> Ended:
    """The same command on a clock that goes a thousand times as fast, for commands that wait."""
    command = ("tests.truth.kill_program", "never", "1", *arguments)
    return ended(start_module(command, home, {"DELINK_QUICK_CLOCK": "1"}), secret)


def ended(program: Program, secret: str) -> Ended:
    """Type the secret, wait for the end."""
    out, err = program.communicate(secret, timeout=TIMEOUT_S)
    assert "Traceback" not in err + out
    assert program.returncode is not None
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


def outcomes_in(results: Path) -> list[str]:
    """The Outcome of every line of results, in order."""
    if results.suffix == ".csv":
        text = results.read_text("utf-8-sig")
        return [row["Outcome"] for row in csv.DictReader(io.StringIO(text), dialect=csv.Sniffer().sniff(text, ",;"))]
    lines = load_workbook(results)["All rows"].iter_rows(values_only=True)
    column = next(lines).index("Outcome")
    return [str(line[column]) for line in lines]


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def control_call(told: Mapping[str, str], what: str, body: bytes | None = None) -> urllib.request.Request:
    """A call to the control address of a practice CRM that told its keys."""
    return urllib.request.Request(f"{told['control_url']}/{what}", body, {"X-Control-Secret": told["control_secret"]})  # noqa: S310 (loopback)


class SteeredCrm:
    """A practice CRM in a process of its own, steered by its control address; a context manager."""

    def __init__(self, program: Program, told: dict[str, str]) -> None:
        self.program = program
        self.told = told
        self.token = told["access_token"]
        self.place = ("--api-url", told["api_url"], "--access-token", "-")

    def ask(self, what: str) -> Any:
        return self._call(what, None)

    def tell(self, what: str, wish: object = None) -> Any:
        return self._call(what, json.dumps(wish or {}).encode())

    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = self.ask("counts")
        return counts

    def calls(self) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = self.ask("calls")["calls"]
        return calls

    def links(self) -> list[dict[str, Any]]:
        links: list[dict[str, Any]] = self.ask("links")["links"]
        return links

    def seed(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.tell("seed", {"links": [("Campaigns", "Contacts", parent, related) for parent, related in pairs]})

    def _call(self, what: str, body: bytes | None) -> Any:
        with urllib.request.urlopen(control_call(self.told, what, body), timeout=TIMEOUT_S) as answer:  # noqa: S310 (loopback)
            return json.load(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.program.kill()
        self.program.communicate()


class PracticeServer(SteeredCrm):
    """A running ``delink practice``."""

    def __init__(self, home: Path, *arguments: str) -> None:
        program = start(home, "practice", "--port", "0", "--json", *arguments)
        assert program.stdout is not None
        super().__init__(program, json.loads(program.stdout.readline()))
