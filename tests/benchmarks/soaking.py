"""A long run at no latency in which one call of twenty goes wrong in a way that needs no waiting: memory, threads, speed.

    make soak      a million links; prints the curve

``make test-long`` holds a run of 100,000 links to the same limits.
"""

import sys
import tempfile
from dataclasses import dataclass

from tests.benchmarks.practice_process import PracticeProcess, told_by

IDS, LANES, EVERY = 100, 20, 20
MOST_GROWTH, LEAST_CALLS_PER_S = 1.10, 20.0
_PARSE = '{"code":"UNABLE_TO_PARSE_DATA_TYPE","details":{},"message":"wrong format","status":"error"}'
_LOCKED = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
FAULTS: tuple[dict[str, object], ...] = (
    {"apply": "yes", "do": "rewrite", "how": "shuffle"},
    {"do": "status", "status": 400, "body": _PARSE},  # halved, then both halves go well
    {"apply": "yes", "do": "rewrite", "how": "numbers"},
    {"do": "status", "status": 400, "body": _LOCKED},  # refused: the only links that stay
    {"apply": "yes", "do": "rewrite", "how": "duplicate"},
)


@dataclass(frozen=True)
class Soaked:
    """What a soak showed. ``curve``: links settled, MB, threads, seconds, for each hundredth."""

    curve: list[tuple[int, float, int, float]]
    calls: int
    seconds: float
    faults: int

    @property
    def growth(self) -> float:
        """Memory at its most after the first tenth, against that at the end of the first tenth."""
        after = [mb for _, mb, _, _ in self.curve[len(self.curve) // 10 :]]
        return max(after) / after[0]

    @property
    def threads(self) -> set[int]:
        """How many threads there were after the first tenth."""
        return {threads for _, _, threads, _ in self.curve[len(self.curve) // 10 :]}

    @property
    def calls_per_s(self) -> float:
        return self.calls / self.seconds


def soak(links: int) -> Soaked:
    """One run of so many links, to its end."""
    calls = links // IDS
    with PracticeProcess(0, 25) as crm, tempfile.TemporaryDirectory() as home:
        crm.seed(calls, IDS)
        faults = [
            {"match": {"method": "DELETE", "skip": EVERY * n}, **FAULTS[n % len(FAULTS)]} for n in range(1, calls // EVERY + 1)
        ]
        crm.control("faults", faults)
        wish = crm.asked_to(calls, IDS, LANES, cap=LANES, home=home)
        told = told_by(sys.executable, "-m", "tests.benchmarks.rehearsed_run", wish)
    assert told["state"] == "finished"
    assert told["delinked"] + told["refused"] == links
    return Soaked([(n, mb, threads, s) for n, mb, threads, s in told["curve"]], told["calls"], told["seconds"], len(faults))


def main() -> None:
    """A million links, or as many as the argument says."""
    links = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    told = soak(links)
    print(f"soak: {links:,} links, {told.calls:,} calls, {told.faults:,} faults")
    for done, megabytes, threads, seconds in told.curve[9::10]:
        print(f"  {done:>9,} links  {megabytes:6.0f} MB  {threads:3} threads  {seconds:7.1f} s")
    print(f"  memory after the first tenth × {told.growth:.3f}  (goal ≤ {MOST_GROWTH})")
    print(f"  {told.calls_per_s:.0f} calls a second  (goal ≥ {LEAST_CALLS_PER_S:.0f}), in {told.seconds:.0f} s")


if __name__ == "__main__":
    main()
