"""How fast calls go out, against the least that they can take and against what else there is for the job.

    make bench         the quick form, some minutes
    make bench-full    every latency and limit over 4,000 calls, an hour

The limit is computed: ``ceil(calls / cap) × latency`` is the least that the calls can take on the wire. The practice CRM
runs in a process of its own, serves ``cap`` calls at once and refuses the others. A run is the real engine with the real
client and its journal on disk, timed from its first intent to its finished state. Beside it stand, on the same server:
bare sockets (what this computer and the server allow), the plain loop of Zoho's Python sample, and Zoho's Python SDK.
"""

import csv
import subprocess
import sys
import tempfile
import venv
from math import ceil
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import ROOT, Measured, delink
from tests.benchmarks.practice_process import PracticeProcess, told_by
from tests.benchmarks.rehearsed_run import pair

IDS, LANES = 100, 20
GOALS = {50: 1.15, 200: 1.04, 400: 1.02}
AUTO_GOAL, DISK_GOAL, LOOP_GOAL, SDK_GOAL = 1.25, 1.1, 9.0, 2.3
SDK = "zohocrmsdk8_0==7.0.0"
FULL = "--full" in sys.argv[1:]


def main() -> None:
    """Print the figures as they come."""
    say(f"run: {IDS} links a call, lanes set to {LANES} or adapting; ratios to the least possible time on the wire")
    for latency, caps in ((50, (5, 10, 20)), (200, (5, 10, 20) if FULL else (10, 20)), (400, (5, 10, 20) if FULL else (20,))):
        for cap in caps:
            calls = 4000 if FULL or latency == 50 or cap < LANES else 100 * cap
            wire(latency, cap, LANES, calls, GOALS[latency])
            if FULL or latency == 50:
                wire(latency, cap, None, calls, AUTO_GOAL)
    slow_disk(4000 if FULL else 2000)
    sdk(4000 if FULL else 1000)
    whole_job(4000 if FULL else 1000)


def wire(latency: int, cap: int, lanes: int | None, calls: int, goal: float) -> None:
    """One cell of the table, beside bare sockets that know the limit."""
    least = ceil(calls / cap) * latency / 1000
    told = run(latency, cap, lanes, calls)
    bare = peer("sockets", latency, cap, calls, cap)
    words = f"{latency} ms, limit {cap}, lanes {lanes or 'auto'}"
    more = f"bare sockets {bare / least:.3f}; {told['cpu_s'] / calls * 1000:.2f} ms CPU a call; {told['refused']} times 429"
    judge(words, told["seconds"] / least, goal, f"{calls} calls in {told['seconds']:.1f} s; {more}")


def slow_disk(calls: int) -> None:
    """The same run while every commit takes longer."""
    quick = run(50, LANES, LANES, calls)["seconds"]
    for flush_ms in (5, 15):
        told = run(50, LANES, LANES, calls, flush_ms=flush_ms)
        judge(
            f"a flush takes {flush_ms} ms more", told["seconds"] / quick, DISK_GOAL, f"{told['commits']} commits, {calls} calls"
        )


def sdk(calls: int) -> None:
    """Zoho's SDK in as many threads, installed into an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        installed = subprocess.run([python, "-m", "pip", "install", "-q", SDK], capture_output=True, check=False)
        if installed.returncode:
            return say("  Zoho's SDK could not be installed; is the network there?")
        with PracticeProcess(50, 25) as crm:
            crm.seed(calls + 1, IDS)
            wish = crm.asked_to(calls, IDS, LANES, home=folder)
            theirs = told_by(python, str(ROOT / "tests" / "benchmarks" / "sdk_peer.py"), wish)["seconds"]
    ours = run(50, 25, LANES, calls)["seconds"]
    most = theirs / (ceil(calls / LANES) * 50 / 1000)
    more = f"{theirs:.1f} s against {ours:.1f} s, 50 ms, {LANES} in flight; the least possible time would make {most:.2f}"
    return judge("Zoho's Python SDK", theirs / ours, SDK_GOAL, more, at_least=True)


def whole_job(calls: int) -> None:
    """From a sheet to results, by the command, against the sample's loop (a part of it, as it takes so long).

    The loop reads nothing, so the ratio is taken without the safety copy; what the copy adds is told beside it.
    """
    latency, cap, ids, part = 200, 10, 10, 25
    loop = peer("loop", latency, cap, part, 1, ids) * calls / part
    ours, copying = (_from_sheet_to_results(latency, cap, ids, calls, *copy) for copy in (("--no-safety-copy",), ()))
    more = f"{calls} calls of {ids}: {loop:.0f} s (from {part} calls) against {ours.seconds:.1f} s, {ours.peak_mb:.0f} MB"
    more += f"; {copying.seconds:.1f} s with a safety copy"
    judge("plain loop, whole job at a limit of 10", loop / ours.seconds, LOOP_GOAL, more, at_least=True)


def _from_sheet_to_results(latency: int, cap: int, ids: int, calls: int, *more: str) -> Measured:
    """The command on a fresh server."""
    with tempfile.TemporaryDirectory() as folder, PracticeProcess(latency, cap) as crm:
        crm.seed(calls, ids)
        sheet = Path(folder) / "links.csv"
        with sheet.open("w", newline="", encoding="utf-8") as file:
            rows = (pair(call, index) for call in range(calls) for index in range(ids))
            csv.writer(file).writerows([("Campaign Id", "Contact Id"), *rows])
        place = ("--api-url", crm.api_url, "--access-token", "-", "--results", str(Path(folder) / "results.xlsx"))
        options = ("--lanes", str(LANES), "--side", "as-sheet", "--include-suspicious", "--yes", *more)
        told = delink("run", str(sheet), *place, *options, home=Path(folder) / "home", secret=crm.token)
    assert told.told["delinked"] == calls * ids
    return told


def run(latency: int, cap: int, lanes: int | None, calls: int, flush_ms: float = 0.0) -> dict[str, Any]:
    """One run in a process of its own on a fresh server."""
    with PracticeProcess(latency, cap) as crm, tempfile.TemporaryDirectory() as home:
        crm.seed(calls, IDS)
        wish = crm.asked_to(calls, IDS, lanes, cap=LANES, home=home, flush_ms=flush_ms)
        told = told_by(sys.executable, "-m", "tests.benchmarks.rehearsed_run", wish)
        assert told["state"] == "finished" and told["delinked"] == calls * IDS
        return {**told, "refused": crm.control("counts")["refused_429"]}


def peer(name: str, latency: int, cap: int, calls: int, lanes: int, ids: int = IDS) -> float:
    """Seconds that a plain peer takes on a fresh server."""
    with PracticeProcess(latency, cap) as crm:
        crm.seed(calls, ids)
        told = told_by(sys.executable, "-m", "tests.benchmarks.plain_peers", name, crm.asked_to(calls, ids, lanes))
        assert told["removed"] == calls * ids
        return float(told["seconds"])


def judge(what: str, ratio: float, goal: float, more: str, *, at_least: bool = False) -> None:
    """One line: the ratio, its goal, and whether it was met."""
    met = ratio >= goal if at_least else ratio <= goal
    say(f"  {what:<40} {ratio:6.3f}  (goal {'≥' if at_least else '≤'} {goal}){'' if met else '  MISSED'}  {more}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
