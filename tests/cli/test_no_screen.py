"""Without a screen the window says so in one sentence, before Qt would end the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.qt import screen
from tests.cli.driving import ROOT
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asked on Linux only")


def window(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "desktop"],
        cwd=ROOT,
        env={**kept, "DELINK_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


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
    ended = window(tmp_path, **environment)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1 and "delink run" in ended.stderr and not ended.stdout


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
