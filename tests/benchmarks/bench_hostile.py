"""Hostile files: each is refused in one sentence, or read right, within 5 s and 300 MB; an honest sheet beside them."""

import tempfile
from pathlib import Path

from tests.benchmarks.hostile_files import HOSTILE
from tests.benchmarks.measuring import delink
from tests.sheets.making_sheets import links, workbook

MOST_S, MOST_MB = 5.0, 300.0


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        honest = delink("check", str(workbook(folder / "honest.xlsx", links(100))), home=folder / "home")
        print(f"hostile files: at most {MOST_S:.0f} s and {MOST_MB:.0f} MB each (an honest sheet of 100 rows takes ", end="")
        print(f"{honest.seconds:.2f} s and {honest.peak_mb:.0f} MB)")
        for what, make in HOSTILE.items():
            path = make(folder)
            size = path.stat().st_size / 1024
            found = delink("check", str(path), home=folder / "home")
            path.unlink()
            beyond = "" if found.seconds <= MOST_S and found.peak_mb <= MOST_MB else "  BEYOND THE LIMIT"
            said = found.told.get("message") or f"read: {found.told['links']} links of {found.told['rows']:,} rows"
            said = said.replace(str(path), path.name).partition(". ")[0]
            print(f"  {what:42s} {size:9,.0f} KB  {found.seconds:5.2f} s  {found.peak_mb:4.0f} MB  {said}{beyond}")


if __name__ == "__main__":
    main()
