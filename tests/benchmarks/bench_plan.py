"""The calls of plans against the fewest that a mixed-integer solver proves, and the time and memory to plan a million links."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

from desktop.domain.planning.plans import SideChoice, make_plan
from tests.domain.graphs import SHAPES, Pairs, fewest_calls, is_sound, links_of

ROOT = Path(__file__).resolve().parents[2]
SEEDS = 3
LINKS = 1_000_000
SOLVER_LIMIT_S = 60.0


def main() -> None:
    if len(sys.argv) > 1:
        _time_a_million(sys.argv[1])
        return
    print(f"calls against the fewest that HiGHS proves ({SEEDS} graphs a shape), or its bound after {SOLVER_LIMIT_S:.0f} s")
    print(f"  {'shape':40} {'links':>6} {'as sheet':>8} {'optimum':>8} {'ours':>6} {'ratio':>6} {'plan s':>7}")
    worst = max(_compare(name, make(Random(seed))) for name, make in SHAPES.items() for seed in range(SEEDS))
    twenty = max(
        _compare(f"20 digits: {name}", make(Random(9)), 20)
        for name, make in SHAPES.items()
        if "just over" in name or "near-complete" in name
    )
    print(f"  worst ratio {max(worst, twenty):.3f}")
    print(f"planning {LINKS:,} links, each shape in a process of its own; peak memory without and with the plan")
    for name in MILLIONS:
        subprocess.run([sys.executable, __file__, name], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=True)


def _compare(name: str, pairs: Pairs, digits: int = 19) -> float:
    links = links_of(pairs, digits)
    started = time.process_time()
    plan = make_plan(links)
    seconds = time.process_time() - started
    assert is_sound(links, plan)
    found, bound = fewest_calls(pairs, 100 if digits < 20 else 95, SOLVER_LIMIT_S)
    proven = "" if found == bound else " not proven"
    ratio = plan.calls / bound
    print(f"  {name:40} {len(pairs):6,} {plan.calls_as_sheet:8,} {bound:8,} {plan.calls:6,} {ratio:6.3f} {seconds:7.2f}{proven}")
    return ratio


def _of_power_law(dice: Random, ends: int, steepness: float) -> int:
    return min(ends - 1, int(ends * dice.random() ** steepness))


MILLIONS: dict[str, Callable[[Random], Iterable[tuple[int, int]]]] = {
    "10,000 parents × 100": lambda dice: ((n // 100, n * 7919 % 700_001) for n in range(LINKS)),
    "200,000 parents × 5, 200,000 contacts": lambda dice: (
        (parent, related) for parent in range(LINKS // 5) for related in dice.sample(range(LINKS // 5), 5)
    ),
    "1 link a parent, 10 contacts": lambda dice: ((n, n % 10) for n in range(LINKS)),
    "random, average degree 5": lambda dice: ((dice.randrange(LINKS // 5), dice.randrange(LINKS // 5)) for _ in range(LINKS)),
    "power law on both sides": lambda dice: (
        (_of_power_law(dice, 300_000, 3.0), _of_power_law(dice, 400_000, 2.5)) for _ in range(LINKS)
    ),
    "9,500 parents with 105, 120,000 contacts": lambda dice: ((n // 105, dice.randrange(120_000)) for n in range(LINKS)),
}


def _time_a_million(name: str) -> None:
    links = links_of(dict.fromkeys(MILLIONS[name](Random(3))))
    before = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    started, worked = time.perf_counter(), time.process_time()
    as_sheet = make_plan(links, SideChoice.AS_SHEET).calls
    plain_s = time.process_time() - worked
    started, worked = time.perf_counter(), time.process_time()
    plan = make_plan(links)
    worked, started = time.process_time() - worked, time.perf_counter() - started
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {name:42} {len(links):9,} links, {as_sheet:9,} calls as sheet, {plan.calls:7,} ours ({plan.side})", end="")
    print(f"   {started:5.2f} s ({worked:5.2f} s of CPU; as sheet {plain_s:5.2f} s)   {before:4.0f} → {peak:4.0f} MB", flush=True)


if __name__ == "__main__":
    main()
