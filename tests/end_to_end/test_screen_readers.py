"""Whoever looks at the window from outside, a screen reader or a program that drives it, cannot bring it down."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.compose import RESOURCES
from tests.end_to_end.desk import Desk

SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
ROUNDS = 20
ENOUGH_OBJECTS = 2000
PATIENCE_S = 240


def areas() -> list[QAbstractScrollArea]:
    """Everything that scrolls, on all pages and in the guide, with the titles of tables and the lists that pop up."""
    return [one for one in QApplication.allWidgets() if isinstance(one, QAbstractScrollArea)]


def has_interface_of_qt(area: QAbstractScrollArea) -> bool:
    """Tables, trees, lists and texts: Qt looks at the count there before it takes a child."""
    name = area.metaObject().className()
    return "Text" in name or "LineEdit" in name or (isinstance(area, QAbstractItemView) and name != "QHeaderView")


def children_of(area: QAbstractScrollArea) -> list[QWidget]:
    return area.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_asking_for_a_child_that_there_is_not_gets_none_from_everything_that_scrolls(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.open_sample()
    desk.window.wants_guide.emit("")
    names = {one.metaObject().className() for one in areas()}
    assert {"QScrollArea", "TableView", "TreeView", "QListView", "QHeaderView", "_GuideText", "QPlainTextEdit"} <= names
    ours = [one for one in areas() if not has_interface_of_qt(one)]
    for area in ours:
        found = QAccessible.queryAccessibleInterface(area)
        # Qt's own counts fewer where a bar is hidden, and asking that one further ends the program.
        assert found is not None and found.childCount() == len(children_of(area))
    for area in ours:
        found = QAccessible.queryAccessibleInterface(area)
        assert found is not None
        assert [found.child(place) for place in (-1, found.childCount(), found.childCount() + 5)] == [None] * 3


def test_the_children_of_a_scroll_area_stay_when_its_page_is_left(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.window.resize(900, 480)
    desk.window.show_page(desk.window.confirm)
    (area,) = [one for one in areas() if one.isVisibleTo(desk.window.confirm) and desk.window.confirm.isAncestorOf(one)]
    found = QAccessible.queryAccessibleInterface(area)
    assert found is not None
    before = [found.child(place) for place in range(found.childCount())]
    desk.window.show_page(desk.window.welcome)
    after = [found.child(place) for place in range(found.childCount())]
    assert [one.object() for one in after if one] == [one.object() for one in before if one]
    assert area.viewport() in [one.object() for one in after if one]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_walk_over_all_controls_goes_on_while_the_pages_change(tmp_path: Path) -> None:
    if not SERVICE.exists() or not shutil.which("xvfb-run"):
        pytest.skip("AT-SPI is not installed here: apt-get install at-spi2-core xvfb xauth")
    walk = [sys.executable, "-m", "tests.end_to_end.atspi_client", str(ROUNDS)]
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24 -nolisten tcp", "dbus-run-session", "--"]
    (tmp_path / "run").mkdir(mode=0o700)
    own = {"QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": str(tmp_path / "run"), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    session = subprocess.Popen(
        [*screen, *walk],
        cwd=RESOURCES.parent,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        told, complaints = session.communicate(timeout=PATIENCE_S)
    finally:
        if session.poll() is None:
            os.killpg(session.pid, signal.SIGKILL)  # the screen and the buses too
            session.communicate()
    end, code, asked = told.split()[-3:]
    assert (end, code) == ("done", "0"), complaints
    assert int(asked) > ENOUGH_OBJECTS
