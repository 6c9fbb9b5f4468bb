"""Check every tracked file for what must not stand in the tree: a package registry's host, a path of one machine."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In two halves each, or this file would be its own first fault.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "deb.debian" + ".org", "npmjs" + ".org", "conda" + ".anaconda")
PATHS = re.compile(r"(?<![\w.])/(?:work|farm|root|home/\w+|Users/\w+)/")
SKIPPED = {".png", ".xlsx", ".ico", ".mo"}


def main() -> int:
    """Print what is wrong; returns 0 if nothing is."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    faults = [fault for name in tracked if name and Path(name).suffix not in SKIPPED for fault in faults_of(name)]
    print("\n".join(faults) or f"tree: {len(tracked) - 1} files, no registry host, no machine path")
    return 1 if faults else 0


def faults_of(name: str) -> list[str]:
    """List the faults of one file, with line numbers."""
    path = ROOT / name
    if not path.is_file():
        return []
    faults = []
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        faults += [f"{name}:{number}: names the registry {host}" for host in HOSTS if host in line]
        if PATHS.search(line):
            faults.append(f"{name}:{number}: holds a path of one machine")
    return faults


if __name__ == "__main__":
    sys.exit(main())
