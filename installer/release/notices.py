"""Writes THIRD-PARTY.txt into the packaged program: every part of it that is not ours, with the text of its licence.

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
# Wheels without any text in them; the texts lie beside the notices.
_TEXTS_ELSEWHERE = {"pyside6-essentials": "LGPL-3.0.txt and GPL-3.0.txt", "shiboken6": "LGPL-3.0.txt and GPL-3.0.txt"}
_RULE = "-" * 100


def main() -> int:
    """Write the file; returns 1 when a part has no licence text."""
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
    """The packages of the lock that are there for this system, by name."""
    pinned = {_canonical(name): version for name, version in PIN.findall((ROOT / "requirements/run.txt").read_text("utf-8"))}
    found = {_canonical(one.name): one for one in metadata.distributions(path=where)}
    for name, one in found.items():
        if name in pinned and one.version != pinned[name]:
            raise SystemExit(f"{name} {one.version} is there, {pinned[name]} is locked")
    return [found[name] for name in sorted(pinned.keys() & found.keys())]


def heading(part: metadata.Distribution) -> str:
    """``requests 2.34.2 (Apache-2.0)``."""
    fields = part.metadata
    classes = [one.rpartition(" :: ")[2] for one in fields.get_all("Classifier") or [] if one.startswith("License")]
    told = fields.get("License-Expression") or fields.get("License") or ", ".join(classes)
    # Some put the whole text where its name belongs.
    return f"{part.name} {part.version} ({told.strip().splitlines()[0]})"


def licence_text(part: metadata.Distribution) -> str:
    """All licence files of a package, or where its text is; empty when there is none."""
    elsewhere = _TEXTS_ELSEWHERE.get(_canonical(part.name))
    if elsewhere:
        return f"See {elsewhere}."
    files = [one for one in part.files or [] if _LICENCE_FILE.search(str(one)) and one.suffix not in (".py", ".pyc")]
    return "\n\n".join(Path(str(one.locate())).read_text("utf-8", "replace").strip() for one in files)


def system_libraries(package: Path) -> Iterator[tuple[str, str]]:
    """Debian's packages whose libraries were packed, each with its copyright file; nothing on other systems."""
    if sys.platform != "linux" or not shutil.which("dpkg-query"):
        return
    names = {library.name for library in (package / "_internal").glob("*.so*")}
    owners: dict[str, set[str]] = {}
    for name in names:
        asked = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False)
        for line in asked.stdout.splitlines()[:1]:
            owners.setdefault(line.partition(":")[0], set()).add(name)
    for owner in sorted(owners):
        copyright_file = Path("/usr/share/doc", owner, "copyright")
        if copyright_file.is_file():
            yield f"{owner} ({', '.join(sorted(owners[owner]))})", copyright_file.read_text("utf-8", "replace").strip()


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
