"""The speed that the user sets, what is said of sleep, and the notice at the end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.compose import build_services
from desktop.engine.staying_awake import KeepAwake
from desktop.qt.announcements import announcements
from desktop.storage.secrets import MemorySecrets
from tests.cli.driving import pairs_of, write_sheet
from tests.end_to_end.desk import Desk

PARENTS = 60


class NoBed:
    """A system that does not let programs keep it awake."""

    def hold(self) -> bool:
        return False

    def release(self) -> None: ...


class Board:
    """Notices that were shown, and what the task bar showed."""

    def __init__(self) -> None:
        self.notices: list[tuple[str, str]] = []
        self.progress: list[tuple[float | None, bool]] = []

    def show_progress(self, fraction: float | None, needs_you: bool) -> bool:
        self.progress.append((fraction, needs_you))
        return True

    def show(self, title: str, words: str) -> bool:
        self.notices.append((title, words))
        return True


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Everything that is announced to screen readers."""
    heard: list[str] = []
    announcements.said.connect(heard.append)
    yield heard
    announcements.said.disconnect(heard.append)


@pytest.fixture
def desk(qtbot: QtBot, board: Board, tmp_path: Path) -> Desk:
    """A window whose run of 60 calls is on its way."""
    no_bed: type[KeepAwake] = NoBed
    services = replace(build_services(MemorySecrets()), keep_awake=no_bed, notify=board.show, task_bar=board.show_progress)
    desk = Desk(qtbot, services=services)
    desk.open(write_sheet(tmp_path / "many.csv", pairs_of(PARENTS, PARENTS)))
    desk.to_confirm()
    desk.crm.state.set(latency_ms=200)
    desk.confirm(PARENTS)
    desk.until_on(desk.window.remove)
    return desk


def test_the_speed_can_be_set_while_a_run_works_and_is_remembered(desk: Desk) -> None:
    desk.choose("combo_speed", "1 call at once")
    desk.until(lambda: "1 at once" in desk.texts())
    assert desk.services.settings.get("lanes") == 1
    desk.choose("combo_speed", "as fast as Zoho allows")
    desk.crm.state.set(latency_ms=0)
    desk.results()
    assert desk.services.settings.get("lanes") is None


def test_that_the_computer_may_sleep_is_said_in_small_words_and_the_run_goes_on(desk: Desk) -> None:
    desk.until(lambda: "Keep this computer awake yourself" in desk.texts())
    desk.crm.state.set(latency_ms=0)
    assert len(desk.results()) == PARENTS


def test_a_notice_tells_those_who_look_elsewhere_once(desk: Desk, board: Board) -> None:
    elsewhere = QWidget()
    desk.qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    desk.until(lambda: not desk.window.isActiveWindow())
    desk.crm.state.set(latency_ms=0)
    desk.results()
    desk.until(lambda: board.notices)
    desk.qtbot.wait(200)
    ((title, words),) = board.notices
    assert title == "Removing links has finished"
    assert "removed" in words


def test_a_pause_that_nobody_asked_for_is_told_to_those_who_look_elsewhere(desk: Desk, board: Board, said: list[str]) -> None:
    elsewhere = QWidget()
    desk.qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    desk.until(lambda: not desk.window.isActiveWindow())
    desk.crm.state.set(tokens_expired=True)
    desk.until(lambda: board.notices)
    ((title, words),) = board.notices
    assert title == "Removing links has paused" and words.startswith("Signed out of Zoho. ")
    assert words in said
    desk.until(lambda: board.progress[-1][1])
    assert 0 <= (board.progress[-1][0] or 0.0) < 1
    desk.click("button_stop")
    desk.until_on(desk.window.results)
    desk.until(lambda: board.progress[-1] == (None, False))


def test_a_pause_that_was_asked_for_makes_no_notice(desk: Desk, board: Board, said: list[str]) -> None:
    elsewhere = QWidget()
    desk.qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    desk.until(lambda: not desk.window.isActiveWindow())
    desk.click("button_pause")
    desk.until(lambda: any(words.startswith("Paused. ") for words in said))
    desk.qtbot.wait(200)
    assert not board.notices and not any(wanted for _, wanted in board.progress)
    desk.crm.state.set(latency_ms=0)
    desk.click("button_primary")
    desk.results()


def test_a_screen_reader_hears_of_each_kind_of_trouble_once_and_of_the_end(desk: Desk, said: list[str]) -> None:
    locked = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
    refusal = {"match": {"method": "DELETE"}, "times": 2, "do": "status", "status": 400, "body": locked}
    desk.crm.faults.add([refusal])
    desk.crm.state.set(latency_ms=20)
    desk.results()
    assert len([words for words in said if "locked" in words.lower()]) == 1
    assert len([words for words in said if words.startswith("Removing links has finished. ")]) == 1


def test_a_screen_reader_hears_what_a_look_found(desk: Desk, said: list[str], qtbot: QtBot) -> None:
    desk.crm.state.set(latency_ms=0)
    desk.results()
    desk.click("button_new_clean_up")
    desk.open_sample()
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    desk.click("button_check_with_zoho")
    desk.until(lambda: any(words.startswith("Checked: ") for words in said))
    assert "361 will be removed" in next(words for words in said if words.startswith("Checked: "))


def test_the_window_in_front_needs_no_notice(desk: Desk, board: Board) -> None:
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    desk.crm.state.set(latency_ms=0)
    desk.results()
    desk.qtbot.wait(200)
    assert not board.notices
    assert desk.find("label_result", QLabel).text()


def test_a_speed_of_an_earlier_start_is_shown_and_kept(desk: Desk, qtbot: QtBot) -> None:
    desk.choose("combo_speed", "2 calls at once")
    desk.crm.state.set(latency_ms=0)
    desk.results()
    again = Desk(qtbot, services=desk.services)
    again.window.remove.show_speed(again.journey.runs._controller.speed)
    combo = again.window.remove.findChild(QComboBox, "combo_speed")
    assert isinstance(combo, QComboBox)
    assert combo.currentText() == "2 calls at once"
