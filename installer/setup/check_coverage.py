"""Holds the branch coverage of each room against its floor, after `make coverage` has measured it.

Lines and branches count together: a branch that no test takes is as unproven as a line that none reaches. The floors only rise.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"domain": 97.0, "engine": 98.0, "application": 97.0, "crm": 98.0, "storage": 97.0}


def main() -> int:
    """0 when no room is below its floor."""
    measured = ROOT / "build" / "coverage.json"
    measured.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-m", "coverage", "json", "-q", "-o", str(measured)], cwd=ROOT, check=True)
    return report(rooms_of(json.loads(measured.read_text("utf-8"))["files"]))


def report(found: dict[str, float]) -> int:
    """Print a line for each room with a floor; 0 when none is below it."""
    below = rooms_below(found)
    for room, floor in FLOORS.items():
        print(f"coverage: {room:12s} {found.get(room, 0.0):5.1f} %  (at least {floor})" + ("  TOO LOW" if room in below else ""))
    return 1 if below else 0


def rooms_below(found: dict[str, float]) -> list[str]:
    """The rooms below their floors; one that was not measured is below."""
    return [room for room, floor in FLOORS.items() if found.get(room, 0.0) < floor]


def rooms_of(files: dict[str, dict[str, dict[str, int]]]) -> dict[str, float]:
    """The share of lines and branches of each room that were taken, in percent."""
    taken, all_of = Counter[str](), Counter[str]()
    for name, told in files.items():
        room, counts = Path(name).parts[1], told["summary"]
        taken[room] += counts["covered_lines"] + counts["covered_branches"]
        all_of[room] += counts["num_statements"] + counts["num_branches"]
    return {room: 100 * taken[room] / total for room, total in all_of.items() if total}


if __name__ == "__main__":
    sys.exit(main())
