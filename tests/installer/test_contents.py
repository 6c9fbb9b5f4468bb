"""What goes into the package and what stays out, by name, on each system."""

from datetime import date
from pathlib import Path

import pytest
from babel import Locale, localedata
from babel.dates import format_date
from babel.numbers import format_decimal

from tests.house.sources import ROOT
from tests.installer.scripts import script

contents = script("freeze/contents")
LANGUAGES = ("en", "en_GB", "de", "pt_BR")


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/translations/qtbase_de.qm",
        "resources/translations/de.mo",
        "babel/global.dat",
        *(f"babel/locale-data/{name}.dat" for name in ("root", "en", "en_001", "en_GB", "de", "pt_BR", "pt")),
        "keyring-25.7.0.dist-info/entry_points.txt",
        "libjpegish.txt",
    ],
)
def test_files_in_use_are_packed(name: str) -> None:
    assert contents.belongs(name, LANGUAGES)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6\\plugins\\platforms\\qdirect2d.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6\\opengl32sw.dll",
        "libgtk-3.so.0",
        "PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6",
        "PySide6/Qt/translations/qtbase_ru.qm",
        "babel\\locale-data\\ru.dat",
        "babel/locale-data/de_AT.dat",
        "PySide6/Qt/translations/qtwebengine_de.qm",
        "PySide6/Qt/translations/qt_help_de.qm",
    ],
)
def test_files_not_in_use_stay_out(name: str) -> None:
    assert not contents.belongs(name, LANGUAGES)


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("_internal/PySide6/Qt/lib/libQt6Core.so.6", "Core"),
        ("_internal\\PySide6\\Qt6Widgets.dll", "Widgets"),
        ("Contents/Frameworks/QtGui.framework/Versions/A/QtGui", "Gui"),
        ("_internal/PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", "VirtualKeyboard"),
        ("_internal/PySide6/QtCore.abi3.so", None),
        ("_internal/PySide6/QtCore.pyd", None),
        ("_internal/libcrypto.so.3", None),
    ],
)
def test_libraries_of_qt_are_known_by_their_names(name: str, library: str | None) -> None:
    assert contents.qt_library_of(name) == library


def test_all_that_the_program_reads_goes_along_and_nothing_else() -> None:
    files = {Path(file).relative_to(ROOT).as_posix(): folder for file, folder in contents.resources()}
    for needed in (
        "icons/delink.svg",
        "samples/spring-clean-up.xlsx",
        "licences/NOTICE.txt",
        "updates.json",
    ):
        assert files[f"resources/{needed}"] == Path("resources", needed).parent.as_posix()
    assert not [name for name in files if name.endswith((".py", ".po", ".pot", ".ico", ".icns")) or "screenshots" in name]


def test_every_catalogue_has_its_language_in_the_package() -> None:
    shipped = {path.stem for path in (ROOT / "resources" / "translations").glob("*.mo")}
    assert {"en", "en_GB", *shipped} == set(contents.LANGUAGES)


def test_babel_speaks_our_languages_with_nothing_but_the_data_that_goes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(localedata.resolve_locale_filename("root")).parent
    for file in whole.iterdir():
        if contents.belongs(f"babel/locale-data/{file.name}", LANGUAGES):
            (tmp_path / file.name).symlink_to(file)
    monkeypatch.setattr(localedata, "_dirname", str(tmp_path))
    monkeypatch.setattr(localedata, "_cache", {})
    assert len(list(tmp_path.iterdir())) < 10
    for code, number, day in (
        ("en_GB", "1,234", "1 Dec 2026"),
        ("de", "1.234", "01.12.2026"),
        ("pt_BR", "1.234", "1 de dez. de 2026"),
    ):
        locale = Locale.parse(code)
        assert (format_decimal(1234, locale=locale), format_date(date(2026, 12, 1), locale=locale)) == (number, day)
