"""Ten thousand runs kept on a computer: to list them, and to see which of them share links with a sheet.

Ratios against what cannot be avoided: reading each summary file as JSON, in the same process. A list may take 4 times as
long, the comparison with a sheet 5 times; nothing is opened but the summaries and the index.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.storage.run_folder import RunFolder
from tests.storage.stored import facts_of, plan_of, sheet_of

RUNS = 10_000
MOST_TO_LIST, MOST_TO_COMPARE = 4.0, 5.0


def fill(folder: Path, runs: int) -> None:
    """Copies of one run under names of their own."""
    sheet = sheet_of(300)
    first = "20260101-000000-0000000"
    RunFolder(folder).create(facts_of(sheet, plan_of(sheet), first), sheet, plan_of(sheet), ()).close()
    summary = json.loads((folder / f"{first}.json").read_text("utf-8")) | {"state": "finished"}
    for number in range(runs):
        name = f"20260102-000000-{number:07d}"
        shutil.copyfile(folder / f"{first}.delink-run", folder / f"{name}.delink-run")
        (folder / f"{name}.json").write_text(json.dumps({**summary, "run": name}, indent=1), "utf-8")


def seconds(work: Callable[[], object]) -> float:
    """Processor time, because others may be at work on this computer too."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    """Print the table; 1 when a ratio is past its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder, sheet = Path(name), sheet_of(300)
        fill(folder, RUNS)
        connection = facts_of(sheet, plan_of(sheet)).connection
        anew = seconds(lambda: RunFolder(folder).earlier(sheet, connection))
        plain = seconds(lambda: [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")])
        listed = seconds(lambda: RunFolder(folder).summaries())
        compared = seconds(lambda: RunFolder(folder).earlier(sheet, connection))
    print(f"{RUNS:,} runs: their summaries as plain JSON {plain:.2f} s, the index made anew {anew:.1f} s")
    fine = True
    for what, took, most in (("listed", listed, MOST_TO_LIST), ("compared with a sheet", compared, MOST_TO_COMPARE)):
        good = took / plain <= most
        fine = fine and good
        print(f"{what:>22}: {took:.2f} s, {took / plain:.1f} times (at most {most:.0f}) {'ok' if good else 'TOO SLOW'}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
