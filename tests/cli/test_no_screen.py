"""Without a screen the window says so in one sentence, before Qt would end the program."""

import os
import sys
from pathlib import Path

import pytest

from desktop.qt import screen
from tests.cli.driving import ROOT, Ended, ended
from tests.cli.forged import forge

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asked on Linux only")


def window(home: Path, **environment: str) -> Ended:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    program = forge(("desktop",), ROOT, {**kept, "DELINK_HOME": str(home), **environment})
    assert program is not None
    return ended(program, "")


NO_SCREENS: tuple[dict[str, str], ...] = (
    {},
    {"DISPLAY": ":77"},
    {"DISPLAY": "not a display"},
    {"WAYLAND_DISPLAY": "wayland-77"},
    {"WAYLAND_DISPLAY": "wayland-77", "DISPLAY": ":77"},
    {"QT_QPA_PLATFORM": "xcb"},
    {"QT_QPA_PLATFORM": "wayland;xcb"},
    {"QT_QPA_PLATFORM": "nothing-like-that"},
)


@pytest.mark.parametrize("environment", NO_SCREENS)
def test_without_a_screen_one_sentence_names_the_way_that_works(environment: dict[str, str], tmp_path: Path) -> None:
    told = window(tmp_path, **environment)
    assert told.code == 2
    assert len(told.err.strip().splitlines()) == 1 and "delink run" in told.err and not told.out


def test_a_library_that_is_missing_for_x11_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins = tmp_path / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqxcb.so").write_bytes(b"no library")
    package = type(sys)("PySide6")
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "PySide6", package)
    assert "libqxcb.so" in str(screen.why_no_screen({"DISPLAY": ":77"}))


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=100x100", "xcb;offscreen"])
def test_a_screen_of_another_kind_is_left_to_qt(platform: str) -> None:
    assert screen.why_no_screen({"QT_QPA_PLATFORM": platform}) is None
