"""The practice CRM in a process of its own, for benches, and what they ask of it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from itertools import islice
from typing import Any, Self

from tests.benchmarks.measuring import ROOT
from tests.benchmarks.rehearsed_run import pair

_AT_ONCE = 20_000


class PracticeProcess:
    """A context manager. ``cap`` calls at once are served, each after ``latency_ms``; the others are refused with 429."""

    def __init__(self, latency_ms: float, cap: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desktop.practice", "--latency-ms", str(latency_ms), "--cap", str(cap)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        told = dict(line.strip().split(": ", 1) for line in islice(self._process.stdout, 7))
        self.api_url, self.accounts_url, self.token = told["api_url"], told["accounts_url"], told["access_token"]
        self._control_url, self._control_secret = told["control_url"], told["control_secret"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def control(self, what: str, wish: object = None) -> Any:
        """Its control interface: a question, or an order with its wish."""
        body = None if wish is None else json.dumps(wish).encode()
        headers = {"X-Control-Secret": self._control_secret}
        call = urllib.request.Request(f"{self._control_url}/{what}", body, headers)  # noqa: S310 (loopback)
        with urllib.request.urlopen(call, timeout=120) as answer:  # noqa: S310 (loopback)
            return json.load(answer)

    def seed(self, calls: int, ids: int) -> None:
        """The links of a made-up sheet."""
        links: Iterator[tuple[str, ...]] = (
            ("Campaigns", "Contacts", *pair(call, index)) for call in range(calls) for index in range(ids)
        )
        while part := list(islice(links, _AT_ONCE)):
            self.control("seed", {"links": part})

    def asked_to(self, calls: int, ids: int, lanes: int | None, **more: object) -> str:
        """What a peer or a rehearsed run wants to know, as its one argument."""
        place = {"api_url": self.api_url, "accounts_url": self.accounts_url, "token": self.token}
        return json.dumps({**place, "calls": calls, "ids": ids, "lanes": lanes, **more})


def told_by(*command: str) -> dict[str, Any]:
    """The JSON object that a process prints; it runs in the project's folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    output = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    told: dict[str, Any] = json.loads(output)
    return told
