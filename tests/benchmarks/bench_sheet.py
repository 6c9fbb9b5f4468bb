"""A full worksheet from file to finished plan, beside the plainest use of the reader; and the window's heartbeat meanwhile."""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from tests.benchmarks.measuring import ROOT
from tests.benchmarks.reading_probe import ROWS

HEADERS = ("Campaign Id", "Campaign", "Contact Id", "Contact", "Note")
MOST_MB, MOST_GAP_MS = 1000, 100
_TIMES = 3


def rows() -> Iterable[tuple[str, ...]]:
    for n in range(ROWS):
        yield (
            f"36523970000003{n % 2000 + 27001:05d}",
            f"Campaign {n % 2000}",
            f"365239700009{n + 1010001:07d}",
            f"Contact {n}",
            "x",
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder, "big.xlsx"), Path(folder, "big.csv")
        with Workbook(str(book)) as workbook:  # with shared strings, as Excel writes it
            page = workbook.add_worksheet()
            for number, row in enumerate([HEADERS, *rows()]):
                for column, cell in enumerate(row):
                    page.write_string(number, column, cell)
        with text.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADERS, *rows()])
        for path, peer, most in ((book, "calamine", 1.8), (text, "csv", 4.0)):
            _measure(path, peer, most)


def _measure(path: Path, peer: str, most: float) -> None:
    """Best of some rounds, in which peer and program take turns: the machine may be busy."""
    rounds = [(probe(peer, path), probe("plan", path)) for _ in range(_TIMES)]
    alone, ours = (min(one[place]["seconds"] for one in rounds) for place in (0, 1))
    alone_cpu, ours_cpu = (min(one[place]["processor_s"] for one in rounds) for place in (0, 1))
    own, child = (max(one[1][key] for one in rounds) for key in ("own_mb", "child_mb"))
    gap = min(probe("heartbeat", path)["value"] for _ in range(_TIMES))
    print(f"{path.name}: {ROWS:,} rows × 5")
    print(f"  {peer + ' alone':22s} {alone:6.2f} s")
    print(f"  file → finished plan   {ours:6.2f} s   {ours / alone:5.2f} × (goal {most})")
    print(f"  of the processor       {ours_cpu:6.2f} s   against {alone_cpu:.2f} s, in two processes side by side")
    print(f"  peak memory            {own:6.0f} MB here, {child:,.0f} MB in the child (goal {MOST_MB} each)")
    print(f"  longest gap            {gap:6.0f} ms of the window's heartbeat (goal {MOST_GAP_MS})")


def probe(what: str, path: Path) -> dict[str, Any]:
    """One measurement in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.reading_probe", what, str(path)]
    environment = {"QT_QPA_PLATFORM": "offscreen", "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    main()
