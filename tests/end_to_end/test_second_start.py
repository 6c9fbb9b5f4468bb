"""A second start raises the first window; modes, a killed program and other users are told apart."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.compose import RESOURCES
from desktop.qt.first_window import FirstWindow
from tests.cli.driving import wait_until
from tests.end_to_end.desk import Desk
from tests.patience import PATIENCE_MS, PATIENCE_S

SAMPLE = RESOURCES / "samples" / "spring-clean-up.xlsx"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def first(qtbot: QtBot, home: Path) -> Iterator[FirstWindow]:
    window = FirstWindow(home, is_practice=True)
    assert window.is_first
    yield window
    window.close()


def program(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", *arguments],
        cwd=RESOURCES.parent,
        env={**os.environ, "DELINK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_hands_its_sheet_over_and_ends(first: FirstWindow, home: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.asked, timeout=PATIENCE_MS) as told:
        second = program(home, "--practice", str(SAMPLE))
    _, said = second.communicate(timeout=PATIENCE_S)
    assert (second.returncode, said) == (0, "")
    assert told.args == [SAMPLE]


def test_the_first_window_opens_what_it_was_handed(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.window.showMinimized()
    desk.journey.come_forward(SAMPLE)
    desk.until_on(desk.window.sheet)
    assert not desk.window.isMinimized()
    assert SAMPLE.name in desk.texts()


def test_practice_and_work_have_a_window_each(first: FirstWindow, home: Path) -> None:
    other = FirstWindow(home, is_practice=False)
    assert other.is_first
    other.close()
    again = FirstWindow(home, is_practice=True)
    assert not again.is_first
    again.close()
    assert not FirstWindow(home, is_practice=True).is_first, "a second one gave up a place that was not its own"


def test_a_killed_program_does_not_stand_in_the_way(qtbot: QtBot, home: Path) -> None:
    killed = program(home, "--practice")
    try:
        wait_until((home / "window-practice.lock").exists)
        assert FirstWindow(home, is_practice=True).hand_over(None, try_for_s=20)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    window = FirstWindow(home, is_practice=True)
    assert window.is_first
    with qtbot.waitSignal(window.asked, timeout=PATIENCE_MS):
        second = program(home, "--practice")
    second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 0
    window.close()


def test_only_the_same_user_may_talk_to_it(first: FirstWindow) -> None:
    sockets = [path for path in Path(tempfile.gettempdir()).glob("delink-practice-*") if path.is_socket()]
    modes = [stat.S_IMODE(path.stat().st_mode) for path in sockets]
    assert modes
    assert not [mode for mode in modes if mode & 0o077]


@pytest.mark.parametrize("line", [b"\n", b"[]\n", b'{"sheet": 7}\n', b"\xff\n", json.dumps({"sheet": ""}).encode() + b"\n"])
def test_what_is_not_ours_opens_nothing(first: FirstWindow, qtbot: QtBot, line: bytes) -> None:
    socket = QLocalSocket()
    socket.connectToServer(first._server.serverName())
    with qtbot.waitSignal(first.asked, timeout=PATIENCE_MS) as told:
        socket.write(line)
    assert told.args == [None]


def test_a_window_that_does_not_answer_is_given_up(first: FirstWindow, home: Path) -> None:
    second = FirstWindow(home, is_practice=True)
    assert not second.hand_over(None, try_for_s=0.3)
