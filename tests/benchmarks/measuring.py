"""What the benchmarks share: a command timed as a whole, with its peak memory."""

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Measured:
    """Seconds from start to end, peak resident memory in MB, what the command printed last."""

    seconds: float
    peak_mb: float
    told: dict[str, Any]


def peak_mb() -> float:
    """Peak resident memory of this process in MB. Its ``ru_maxrss`` is no less than that of the process that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def forget_peak() -> None:
    """Let the peak begin at what is resident now (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def delink(*arguments: str, home: Path, secret: str = "") -> Measured:
    """Run the command line once, in a process of its own; ``secret`` is its standard input."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", *arguments, "--json"],
        cwd=ROOT,
        env={**os.environ, "DELINK_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(secret)
    process.stdin.close()
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    return Measured(seconds, usage.ru_maxrss / 1024, json.loads(output.strip().splitlines()[-1]))
