"""The check of licence duties: a good package passes, and each unmet duty is found."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tests.installer.scripts import script

check = script("release/check_package")
notices = script("release/notices")
FILES = (
    "PySide6/Qt/lib/libQt6Core.so.6",
    "PySide6/Qt/lib/libQt6Gui.so.6",
    "PySide6/Qt/lib/libQt6Widgets.so.6",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Make what a frozen program looks like to the check, with the notices that the real script writes."""
    folder = tmp_path / "delink"
    licences = folder / "_internal/resources/licences"
    shutil.copytree(ROOT / "resources/licences", licences)
    shutil.copy(ROOT / "LICENSE", licences)
    for name in FILES:
        (folder / "_internal" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "_internal" / name).touch()
    notices.sys.argv = ["notices.py", str(folder)]
    assert notices.main() == 0
    return folder


def duties(package: Path, sources: Path | None = None) -> dict[str, bool]:
    found = check.Package(package, sources)
    return {duty.__name__: duty(found) for duty in check.DUTIES}


def test_a_good_package_meets_all_eight(package: Path) -> None:
    met = duties(package)
    assert len(met) == 8 and all(met.values()), met


def licence(name: str) -> Callable[[Path], Path]:
    return lambda package: package / "_internal/resources/licences" / name


def without(place: Callable[[Path], Path]) -> Callable[[Path], object]:
    return lambda package: place(package).unlink()


def changed(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(package: Path) -> None:
        path = licence(name)(package)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def with_file(name: str) -> Callable[[Path], object]:
    def add(package: Path) -> None:
        path = package / "_internal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    return add


@pytest.mark.parametrize(
    ("spoil", "duty"),
    [
        (changed("NOTICE.txt", "Lesser General", "Other"), "notice"),
        (without(licence("LGPL-3.0.txt")), "full_texts"),
        (lambda package: licence("GPL-3.0.txt")(package).write_text("Version 3, 29 June 2007"), "full_texts"),
        (lambda package: (package / "_internal" / FILES[0]).unlink(), "replaceable"),
        (changed("NOTICE.txt", "Replacing Qt", "Of Qt"), "replaceable"),
        (without(licence("LICENSE")), "own_licence"),
        (changed("NOTICE.txt", "Qt 6.", "Qt 5."), "qt_source"),
        (changed("QT-THIRD-PARTY.txt", "HarfBuzz", "Other"), "qt_parts"),
        (with_file("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6"), "only_what_is_used"),
        (with_file("PySide6/Qt/plugins/sqldrivers/libqsqlite.so"), "only_what_is_used"),
        (changed("THIRD-PARTY.txt", "requests 2.", "requests 1."), "third_parties"),
        (without(licence("THIRD-PARTY.txt")), "third_parties"),
    ],
)
def test_each_duty_that_is_not_met_is_found(package: Path, spoil: Callable[[Path], object], duty: str) -> None:
    spoil(package)
    met = duties(package)
    assert not met[duty]
    assert [name for name, well in met.items() if not well] == [duty]


def test_a_public_release_holds_the_source_archives(package: Path, tmp_path: Path) -> None:
    assert not duties(package, tmp_path)["qt_source"]
    version = check.Package(package, None).pins["pyside6-essentials"]
    for name in ("qtbase", "qtsvg", "qtwayland", "pyside-setup"):
        (tmp_path / f"{name}-everywhere-src-{version}.tar.xz").touch()
    assert duties(package, tmp_path)["qt_source"]
    (tmp_path / f"qtsvg-everywhere-src-{version}.tar.xz").rename(tmp_path / "qtsvg-everywhere-src-6.0.0.tar.xz")
    assert not duties(package, tmp_path)["qt_source"]
