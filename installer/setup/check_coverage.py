"""Compare the branch coverage of each room with its floor, after `make coverage` has measured it.

Lines and branches count together: a branch that no test takes is as unproven as a line that none reaches. The floors are only
ever raised.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"domain": 97.0, "engine": 98.0, "application": 97.0, "crm": 98.0, "storage": 97.0}


def main() -> int:
    """Return 0 if no room is below its floor."""
    measured = ROOT / "build" / "coverage.json"
    measured.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-m", "coverage", "json", "-q", "-o", str(measured)], cwd=ROOT, check=True)
    return report(rooms_of(json.loads(measured.read_text("utf-8"))["files"]))


def report(percents: dict[str, float]) -> int:
    """Print a line for each room with a floor; returns 0 if none is below it."""
    below = rooms_below(percents)
    for room, floor in FLOORS.items():
        print(
            f"coverage: {room:12s} {percents.get(room, 0.0):5.1f} %  (at least {floor})" + ("  TOO LOW" if room in below else "")
        )
    return 1 if below else 0


def rooms_below(percents: dict[str, float]) -> list[str]:
    """List the rooms below their floors; a room that was not measured is below."""
    return [room for room, floor in FLOORS.items() if percents.get(room, 0.0) < floor]


def rooms_of(files: dict[str, dict[str, dict[str, int]]]) -> dict[str, float]:
    """Return for each room how many percent of its lines and branches were reached."""
    reached, total = Counter[str](), Counter[str]()
    for name, measured in files.items():
        room, counts = Path(name).parts[1], measured["summary"]
        reached[room] += counts["covered_lines"] + counts["covered_branches"]
        total[room] += counts["num_statements"] + counts["num_branches"]
    return {room: 100 * reached[room] / count for room, count in total.items() if count}


if __name__ == "__main__":
    sys.exit(main())
