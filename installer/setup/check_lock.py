"""Checks the lock files against pyproject.toml, offline: everything asked for is pinned, hashed, and fits; no address."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    own, extras = project["dependencies"], project["optional-dependencies"]
    wanted = {"run": own, "dev": own + extras["dev"], "installer": own + extras["installer"]}
    faults: list[str] = []
    pins: dict[str, dict[str, str]] = {}
    for name, requirements in wanted.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        faults += lock_faults(name, text)
        pins[name] = {canonicalize_name(package): version for package, version in PIN.findall(text)}
        faults += [fault for one in requirements if (fault := misfit(name, Requirement(one), pins[name]))]
    faults += [
        f"{package} differs between run and {name}"
        for name in ("dev", "installer")
        for package, version in pins["run"].items()
        if pins[name].get(package) != version
    ]
    windows = re.sub(r"^#.*\n", "", (ROOT / "requirements" / "windows-python.txt").read_text("utf-8"), flags=re.MULTILINE)
    faults += lock_faults("windows-python", windows)
    counts = f"{len(pins['run'])} packages to run, {len(pins['dev'])} to develop, {len(pins['installer'])} to freeze"
    print("\n".join(faults) or f"lock: {counts}, all pinned and hashed")
    return 1 if faults else 0


def lock_faults(name: str, text: str) -> list[str]:
    """Packages without a pin or a hash, and addresses."""
    blocks = re.split(r"\n(?=\S)", text.strip())
    faults = [
        f"{name}: {block.split()[0]} has no pin or no hash"
        for block in blocks
        if not PIN.match(block) or "--hash=sha256:" not in block
    ]
    return faults + ([f"{name}: an address stands in the lock"] if re.search(r"https?://|--(extra-)?index-url", text) else [])


def misfit(name: str, requirement: Requirement, pins: dict[str, str]) -> str | None:
    """Why the pin of a requirement does not fit, or None."""
    version = pins.get(canonicalize_name(requirement.name))
    if version is None:
        return f"{name}: {requirement.name} is not pinned"
    return None if requirement.specifier.contains(version, prereleases=True) else f"{name}: {requirement} does not fit {version}"


if __name__ == "__main__":
    sys.exit(main())
