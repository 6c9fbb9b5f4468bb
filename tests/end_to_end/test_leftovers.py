"""What a window and its works leave to the garbage collector: nothing that Qt still knows.

The collector works on whichever thread makes the next object. If it finds a Qt object that only Python holds, it destroys it
there, and the window's thread, which may be in the middle of a list of all widgets, follows a pointer to nothing. That crash
comes once in a few hundred windows. Whether there is anything that could cause it can be asked each time.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from desktop.compose import build_services
from desktop.qt.application import make_window
from desktop.storage.secrets import MemorySecrets
from tests.end_to_end.desk import Desk


@pytest.fixture(autouse=True)
def _collector_waits() -> Iterator[None]:
    """What earlier tests left is gone, and what this one leaves stays until it is asked for."""
    gc.collect()
    gc.disable()
    yield
    gc.set_debug(0)
    gc.garbage.clear()
    gc.enable()


def left_to_the_collector() -> list[str]:
    """The Qt objects, by class and name, that the collector would destroy if it worked now."""
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    return [f"{type(one).__name__} {one.objectName()}" for one in gc.garbage if isinstance(one, QObject) and isValid(one)]


def test_every_part_of_a_window_goes_with_it(qtbot: QtBot) -> None:
    window, journey = make_window(build_services(MemorySecrets()), is_practice=True)
    delete(window)
    del window, journey
    assert left_to_the_collector() == []


def test_works_are_gone_when_they_were_heard_even_those_that_failed(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot)
    desk.open_sample()
    names = tmp_path / "names.csv"
    names.write_text("Campaign,Contact\nSpring Fair,Ben Ortiz\n")
    desk.window.file_dropped.emit(names)
    desk.until_settled(lambda: "No record IDs were found" in desk.texts())
    assert left_to_the_collector() == []
