"""Check the lock files offline: all that pyproject.toml asks for is pinned, hashed and fits; no address; they install.

That they install is proven with Debian 12's pip and a registry that offers newer versions of everything (lock_proof.py). A lock
must not depend on what a registry publishes after it was made.
"""

import re
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

sys.path.insert(0, str(Path(__file__).parent))
from lock_proof import fault_of

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def main(proven: Sequence[str]) -> int:
    """Print what is wrong; returns 0 if nothing is. Only the ``proven`` locks are tried to install; without any, all are."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    own, extras = project["dependencies"], project["optional-dependencies"]
    requirements_by_lock = {"run": own, "dev": own + extras["dev"], "installer": own + extras["installer"]}
    faults: list[str] = []
    pins: dict[str, dict[str, str]] = {}
    for name, requirements in requirements_by_lock.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        faults += lock_faults(name, text)
        pins[name] = {canonicalize_name(package): version for package, version in PIN.findall(text)}
        faults += [fault for need in requirements if (fault := misfit(name, Requirement(need), pins[name]))]
    faults += [
        f"{package} differs between run and {name}"
        for name in ("dev", "installer")
        for package, version in pins["run"].items()
        if pins[name].get(package) != version
    ]
    for name in ("windows-python", "debian-pip"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        faults += lock_faults(name, re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    faults = faults or install_faults(proven or list(requirements_by_lock))
    counts = f"{len(pins['run'])} packages to run, {len(pins['dev'])} to develop, {len(pins['installer'])} to freeze"
    print("\n".join(faults) or f"lock: {counts}, all pinned and hashed, installed by Debian 12's pip")
    return 1 if faults else 0


def lock_faults(name: str, text: str) -> list[str]:
    """List packages without a pin or a hash, and addresses."""
    blocks = re.split(r"\n(?=\S)", text.strip())
    faults = [
        f"{name}: {block.split()[0]} has no pin or no hash"
        for block in blocks
        if not PIN.match(block) or "--hash=sha256:" not in block
    ]
    return faults + ([f"{name}: an address stands in the lock"] if re.search(r"https?://|--(extra-)?index-url", text) else [])


def install_faults(names: Sequence[str]) -> list[str]:
    """Say what keeps Debian 12's pip from installing these locks."""
    wheels = list((ROOT / "build/debian-pip").glob("pip-*.whl"))
    if len(wheels) != 1:
        return ["Debian 12's pip is missing in build/debian-pip: installer/setup/set_up.sh test fetches it"]

    def fault(name: str) -> str | None:
        with tempfile.TemporaryDirectory() as folder:
            lock = ROOT / "requirements" / f"{name}.txt"
            return fault_of(lock, ROOT / "installer/setup/install_lock.sh", wheels[0], Path(folder))

    with ThreadPoolExecutor() as pool:
        return [text for text in pool.map(fault, names) if text is not None]


def misfit(name: str, requirement: Requirement, pins: dict[str, str]) -> str | None:
    """Say why the pin of a requirement does not fit, or return None."""
    version = pins.get(canonicalize_name(requirement.name))
    if version is None:
        return f"{name}: {requirement.name} is not pinned"
    return None if requirement.specifier.contains(version, prereleases=True) else f"{name}: {requirement} does not fit {version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
