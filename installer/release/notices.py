"""Write THIRD-PARTY.txt into the packaged program: every part of it that is not ours, with the text of its licence.

notices.py PACKAGE [SITE_PACKAGES]     PACKAGE: the folder that holds the program; SITE_PACKAGES: where it was frozen from
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer" / "freeze"))
from contents import licences_in  # noqa: E402

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_LICENCE_FILE = re.compile(r"(^|[/\\])(licen[cs]e|copying|notice)[^/\\]*$", re.IGNORECASE)
# Wheels without a licence text; their texts lie beside the notices.
_TEXTS_ELSEWHERE = {"pyside6-essentials": "LGPL-3.0.txt and GPL-3.0.txt", "shiboken6": "LGPL-3.0.txt and GPL-3.0.txt"}
_RULE = "-" * 100


def main() -> int:
    """Write the file; returns 1 if a part has no licence text."""
    package = Path(sys.argv[1])
    where = [sys.argv[2]] if len(sys.argv) > 2 else sys.path
    texts, without = [], []
    for part in python_packages(where):
        text = licence_text(part)
        texts.append(f"{_RULE}\n{heading(part)}\n{_RULE}\n{text}\n")
        if not text:
            without.append(part.name)
    for name, text in system_libraries(package):
        texts.append(f"{_RULE}\n{name}, of Debian\n{_RULE}\n{text}\n")
    target = licences_in(package) / "THIRD-PARTY.txt"
    head = "What is packed with Delink besides its own code, Qt (see NOTICE.txt) and Python (see PSF-2.0.txt).\n\n"
    target.write_text(head + "\n".join(texts), "utf-8", newline="\n")
    print(f"notices: {len(texts)} parts in {target}" + "".join(f"\n{name} has no licence text" for name in without))
    return 1 if without else 0


def python_packages(where: list[str]) -> list[metadata.Distribution]:
    """Return the packages of the lock that are installed for this system, by name."""
    pinned = {_canonical(name): version for name, version in PIN.findall((ROOT / "requirements/run.txt").read_text("utf-8"))}
    installed = {_canonical(package.name): package for package in metadata.distributions(path=where)}
    for name, package in installed.items():
        if name in pinned and package.version != pinned[name]:
            raise SystemExit(f"{name} {package.version} is there, {pinned[name]} is locked")
    return [installed[name] for name in sorted(pinned.keys() & installed.keys())]


def heading(part: metadata.Distribution) -> str:
    """Return a line such as ``requests 2.34.2 (Apache-2.0)``."""
    fields = part.metadata
    classes = [line.rpartition(" :: ")[2] for line in fields.get_all("Classifier") or [] if line.startswith("License")]
    licence = fields.get("License-Expression") or fields.get("License") or ", ".join(classes)
    # Some packages put the whole text where its name belongs.
    return f"{part.name} {part.version} ({licence.strip().splitlines()[0]})"


def licence_text(part: metadata.Distribution) -> str:
    """Return all licence files of a package, or where its text is; empty if there is none."""
    elsewhere = _TEXTS_ELSEWHERE.get(_canonical(part.name))
    if elsewhere:
        return f"See {elsewhere}."
    files = [file for file in part.files or [] if _LICENCE_FILE.search(str(file)) and file.suffix not in (".py", ".pyc")]
    return "\n\n".join(Path(str(file.locate())).read_text("utf-8", "replace").strip() for file in files)


def system_libraries(package: Path) -> Iterator[tuple[str, str]]:
    """Yield Debian's packages whose libraries were packed, each with its copyright file; nothing on other systems."""
    if sys.platform != "linux" or not shutil.which("dpkg-query"):
        return
    names = {library.name for library in (package / "_internal").glob("*.so*")}
    owners: dict[str, set[str]] = {}
    for name in names:
        owner_lines = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False)
        for line in owner_lines.stdout.splitlines()[:1]:
            owners.setdefault(line.partition(":")[0], set()).add(name)
    for owner in sorted(owners):
        copyright_file = Path("/usr/share/doc", owner, "copyright")
        if copyright_file.is_file():
            yield f"{owner} ({', '.join(sorted(owners[owner]))})", copyright_file.read_text("utf-8", "replace").strip()


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
