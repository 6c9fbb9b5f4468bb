"""Check that a packaged program meets the eight duties of its licences, Qt's among them; prints one line each.

check_package.py PACKAGE [SOURCES]     SOURCES: the folder with the source archives that a public release must hold
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer" / "freeze"))
from contents import QT_LIBRARIES, QT_PLUGINS, licences_in, plugin_of, qt_library_of  # noqa: E402

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; (\S.*?))? \\$", re.MULTILINE)
LGPL_NOTICE = "under the GNU Lesser General Public License,\nversion 3"


class Package:
    """A packaged program on disk."""

    def __init__(self, folder: Path, sources: Path | None) -> None:
        self.licences = licences_in(folder)
        self.sources = sources
        self.files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        pins = PIN.findall((ROOT / "requirements/run.txt").read_text("utf-8"))
        self.pins = {name: version for name, version, _ in pins}
        self.pins_everywhere = {name: version for name, version, marker in pins if not marker}

    def text(self, name: str) -> str:
        """Return a licence text; empty if it is missing."""
        path = self.licences / name
        return path.read_text("utf-8") if path.is_file() else ""


def notice(package: Package) -> bool:
    """A prominent notice that Qt and PySide6 are used under the LGPL."""
    text = package.text("NOTICE.txt")
    return LGPL_NOTICE in text and "PySide6" in text


def full_texts(package: Package) -> bool:
    """The whole texts of GPL and LGPL, version 3."""
    lesser, general = package.text("LGPL-3.0.txt"), package.text("GPL-3.0.txt")
    is_lesser = "GNU LESSER GENERAL PUBLIC LICENSE" in lesser and len(lesser) > 7_000
    return is_lesser and "Version 3, 29 June 2007" in general and len(general) > 34_000


def replaceable(package: Package) -> bool:
    """Qt lies in files of its own, and the notice says how to replace them."""
    libraries = {qt_library_of(name) for name in package.files}
    return {"Core", "Gui", "Widgets"} <= libraries and "Replacing Qt" in package.text("NOTICE.txt")


def own_licence(package: Package) -> bool:
    """Our own licence forbids neither changing nor taking apart."""
    return package.text("LICENSE").startswith("MIT License")


def qt_source(package: Package) -> bool:
    """The notice names the source of exactly the Qt that is packed; a public release holds the archives too."""
    version = package.pins["pyside6-essentials"]
    names_source = f"Qt {version}" in package.text("NOTICE.txt") and "download.qt.io" in package.text("NOTICE.txt")
    if package.sources is None:
        return names_source
    archives = [path.name for path in package.sources.glob("*.tar.xz")]
    modules = ("qtbase", "qtsvg", "qtwayland", "pyside")
    return names_source and all(any(part in name and version in name for name in archives) for part in modules)


def qt_parts(package: Package) -> bool:
    """The third-party parts inside Qt are listed."""
    return all(part in package.text("QT-THIRD-PARTY.txt") for part in ("HarfBuzz", "zlib", "PCRE2", "ICU", "FreeType"))


def only_what_is_used(package: Package) -> bool:
    """No module and no plugin of Qt but those in use: some may not be passed on under the LGPL."""
    libraries = {library for name in package.files if (library := qt_library_of(name))} - QT_LIBRARIES
    plugins = {plugin for name in package.files if (plugin := plugin_of(name))} - QT_PLUGINS
    if libraries or plugins:
        print("not in use: " + ", ".join(sorted(libraries | plugins)))
    return not libraries and not plugins


def third_parties(package: Package) -> bool:
    """Every package that the lock names for all systems is listed with its version, and none that is not locked."""
    text = package.text("THIRD-PARTY.txt")
    listed = re.findall(r"^-{100}\n([\w.-]+) (\S+) \(.*\)\n-{100}$", text, re.MULTILINE)
    versions = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in listed}
    missing = [name for name, version in package.pins_everywhere.items() if versions.get(name) != version]
    foreign = [name for name, version in versions.items() if package.pins.get(name) != version]
    if missing or foreign:
        print(f"missing: {', '.join(missing) or 'none'}; not locked: {', '.join(foreign) or 'none'}")
    return not missing and not foreign


# main() prints the docstring of each duty as its name.
DUTIES: tuple[Callable[[Package], bool], ...] = (
    notice,
    full_texts,
    replaceable,
    own_licence,
    qt_source,
    qt_parts,
    only_what_is_used,
    third_parties,
)


def main() -> int:
    """Print a line for each duty; returns 0 if all are met."""
    package = Package(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    met = [duty(package) for duty in DUTIES]
    for duty, well in zip(DUTIES, met, strict=True):
        print(f"{'ok     ' if well else 'MISSING'} {(duty.__doc__ or '').rstrip('.')}")
    print(f"licences: {sum(met)} of {len(met)} duties met")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
