"""The window shows the account that it acts on: that of the run or the plan on the page, whichever one it works for."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QToolButton
from pytestqt.qtbot import QtBot

from desktop.compose import RESOURCES, build_services
from desktop.domain.connections import Environment
from desktop.domain.findings import LOOK_COUNTS_FOR_S
from desktop.engine.clock import SystemClock
from desktop.practice import PracticeCrm
from desktop.storage.secrets import MemorySecrets
from tests.cli.driving import pairs_of, write_sheet
from tests.end_to_end.desk import Desk, services_on

SAMPLE = RESOURCES / "samples" / "spring-clean-up.xlsx"
LINKS = 24
PAIRS = pairs_of(LINKS, LINKS)


@pytest.fixture
def real() -> Iterator[PracticeCrm]:
    """What stands in for an organisation's real data; practice is another one."""
    with PracticeCrm() as crm:
        crm.seed([("Campaigns", "Contacts", *pair) for pair in PAIRS], share=False)
        yield crm


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "real.csv", PAIRS)


def word(desk: Desk) -> str:
    """The environment in the banner; its colour and the title of the window say the same."""
    words = {"PRODUCTION": "Delink", "SANDBOX": "Delink", "PRACTICE": "Practice mode"}
    shown = [one for one in words if desk.window.banner.accessibleName().endswith(one)]
    tint = desk.window.banner._tint
    assert [tint] == [one.lower() for one in shown]
    assert desk.window.windowTitle() == words[shown[0]]
    return shown[0]


def sign_in(desk: Desk, crm: PracticeCrm, environment: str = "Production: real data") -> None:
    """On the Connect page, with a pasted token."""
    desk.until_on(desk.window.connect_page)
    desk.choose("combo_environment", environment)
    desk.type("input_access_token", crm.access_token)
    desk.click("button_primary")
    desk.until(lambda: desk.primary().text() == "Continue" and desk.primary().isEnabled())
    desk.click("button_primary")


def at_work(qtbot: QtBot, real: PracticeCrm, **others: PracticeCrm) -> Desk:
    """A window that works for the real account."""
    environments = {Environment(name): crm for name, crm in others.items()}
    desk = Desk(qtbot, is_practice=False, services=services_on(real, others=environments))
    desk.click("button_account")
    sign_in(desk, real)
    desk.until_on(desk.window.welcome)
    return desk


def to_the_middle(desk: Desk, crm: PracticeCrm, sheet: Path) -> None:
    desk.open(sheet)
    desk.to_confirm()
    crm.state.set(latency_ms=150)
    desk.confirm(LINKS)
    desk.until_on(desk.window.remove)
    desk.until(lambda: desk.find("label_count", QLabel).text() not in (f"0 of {LINKS}", f"{LINKS} of {LINKS}"))


def message(desk: Desk) -> str:
    return desk.window.message.words


def can_be_seen(desk: Desk, name: str) -> bool:
    return any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QAbstractButton, name))


def test_while_a_run_is_held_everything_else_is_turned_away_in_words_and_back_leads_to_the_run(
    qtbot: QtBot, real: PracticeCrm, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_work(qtbot, real)
    desk.open(sheet)
    desk.to_confirm()
    desk.confirm(LINKS)
    desk.results()
    desk.click("button_new_clean_up")
    real.seed([("Campaigns", "Contacts", *pair) for pair in pairs_of(2 * LINKS, LINKS)[LINKS:]], share=False)
    to_the_middle(desk, real, write_sheet(tmp_path / "second.csv", pairs_of(2 * LINKS, LINKS)[LINKS:]))
    desk.click("button_pause")
    desk.until(lambda: "Paused. Nothing is sent" in desk.texts())
    window = desk.window
    QApplication.clipboard().setText("1\t2")
    runs = window.findChild(QListView, "list_runs")
    assert isinstance(runs, QListView)
    ways: dict[str, Callable[[], object]] = {
        "new": window.wants_new.emit,
        "file": window.wants_file.emit,
        "dropped": lambda: window.file_dropped.emit(sheet),
        "pasted": window.paste,
        "second start": lambda: desk.journey.come_forward(sheet),
        "another run": lambda: runs.clicked.emit(runs.model().index(1, 0)),
        "account": window.banner.account.click,
        "sample": window.welcome.drop_area.wants_sample.emit,
        "practice": window.welcome.wants_practice.emit,
        "leave practice": window.wants_no_practice.emit,
        "an interrupted run": lambda: window.welcome.wants_resume.emit("20260101-000000-0000000"),
    }
    for page in (window.remove, window.history):
        for name, way in ways.items():
            window.message.hide()
            way()
            assert "A removal is paused. Continue or stop it before you begin something else." in message(desk), name
            assert window.page is page and word(desk) == "PRODUCTION", name
            assert can_be_seen(desk, "button_show_it") is (page is window.history)
        desk.click("button_history")
    desk.click("button_show_it")
    assert window.page is window.remove and not message(desk)
    desk.click("button_history")
    desk.click("button_back")
    assert window.page is window.remove
    real.state.set(latency_ms=0)
    desk.click("button_primary")
    desk.until_on(window.results)
    assert word(desk) == "PRODUCTION"
    desk.click("button_history")
    desk.click("button_back")
    assert desk.window.page is desk.window.results, "and later to whatever stood there before"


def test_a_practice_window_names_a_production_run_continues_it_there_and_puts_it_back_there(
    qtbot: QtBot, real: PracticeCrm, sheet: Path
) -> None:
    before = at_work(qtbot, real)
    to_the_middle(before, real, sheet)
    before.window.close()
    before.click("button_stop_and_close")
    before.until(lambda: not before.window.isVisible())
    removed = real.state.counts()["links_removed"]
    assert 0 < removed < LINKS
    real.state.set(latency_ms=0)
    desk = Desk(qtbot, services=before.services)
    desk.until_settled(lambda: "Your removal of 24 links" in desk.texts())
    assert word(desk) == "PRACTICE"
    assert desk.find("label_run_environment", QLabel).text() == "PRODUCTION"
    assert "in Practice Ltd (production)." in desk.find("label_what_follows", QLabel).text()
    assert "This is no practice: that account is changed" in desk.texts()
    desk.click("button_continue_run")
    assert word(desk) == "PRODUCTION"
    assert "What stands on this page belongs to Practice Ltd, production" in message(desk)
    assert Counter(row["Outcome"] for row in desk.results()) == {"Removed": LINKS}
    assert (word(desk), real.state.counts()["links_removed"]) == ("PRODUCTION", LINKS)
    desk.click("button_undo")
    for page in (desk.window.check, desk.window.confirm):
        desk.until_on(page)
        assert word(desk) == "PRODUCTION"
        if page is desk.window.check:
            desk.click("button_primary")
    desk.confirm(LINKS)
    desk.until_on(desk.window.results)
    assert (word(desk), real.state.counts()["links_now"]) == ("PRODUCTION", LINKS)
    desk.click("button_new_clean_up")
    assert word(desk) == "PRACTICE"
    assert "The banner shows the account of new clean-ups again: Practice Ltd" in message(desk)
    assert desk.crm.state.counts()["removals"] == desk.crm.state.counts()["puts"] == 0


def test_a_practice_run_stays_under_practice_in_a_window_that_works_for_production(qtbot: QtBot, real: PracticeCrm) -> None:
    practising = Desk(qtbot, services=services_on(real))
    practising.open_sample()
    practising.to_confirm()
    practising.crm.state.set(latency_ms=100)
    practising.confirm(369)
    practising.until_on(practising.window.remove)
    practising.click("button_stop")
    practising.crm.state.set(latency_ms=0)
    practising.until_on(practising.window.results)
    asked = len(real.state.calls())
    desk = Desk(qtbot, is_practice=False, services=practising.services)
    desk.until(lambda: "It is a practice run: nothing real is changed." in desk.texts())
    runs = desk.find("list_runs", QListView)
    assert runs.model().rowCount() == 0  # practice is kept apart from what is real
    desk.click("button_practice_runs")
    runs.clicked.emit(runs.model().index(0, 0))
    assert word(desk) == "PRACTICE"
    assert not can_be_seen(desk, "button_use_sample")
    desk.click("button_continue_run")
    desk.results()
    assert word(desk) == "PRACTICE"
    desk.click("button_verify")
    desk.until_settled(lambda: "Read again in Zoho at" in desk.texts())
    assert word(desk) == "PRACTICE"
    desk.click("button_leave_practice")
    assert desk.window.page is desk.window.welcome
    assert desk.window.banner.accessibleName() == "Not connected"
    assert len(real.state.calls()) == asked


def test_a_run_whose_account_is_not_signed_in_asks_for_that_account_and_goes_on_there(
    qtbot: QtBot, real: PracticeCrm, sheet: Path
) -> None:
    before = at_work(qtbot, real)
    to_the_middle(before, real, sheet)
    before.click("button_stop")
    before.until_on(before.window.results)
    (saved,) = before.services.connections.all()
    before.services.connections.remove(saved)
    real.state.set(latency_ms=0)
    desk = Desk(qtbot, services=before.services)
    desk.until(lambda: "Your removal of 24 links" in desk.texts())
    desk.click("button_continue_run")
    desk.until(lambda: "Connect to the account that the run was started with" in desk.texts())
    assert word(desk) == "PRODUCTION"
    desk.click("button_try_sign_in")
    assert "This run belongs to Practice Ltd, production. Sign in to that account" in desk.texts()
    sign_in(desk, real)
    assert Counter(row["Outcome"] for row in desk.results()) == {"Removed": LINKS}
    assert word(desk) == "PRODUCTION"


def test_what_a_sandbox_said_is_thrown_away_in_words_when_the_account_changes(
    qtbot: QtBot, real: PracticeCrm, sheet: Path
) -> None:
    with PracticeCrm() as empty:
        desk = at_work(qtbot, real, sandbox=empty)
        desk.click("button_account")
        sign_in(desk, empty, "Sandbox")
        desk.until_on(desk.window.welcome)
        desk.open(sheet)
        desk.click("button_primary")
        desk.until_on(desk.window.check)
        assert word(desk) == "SANDBOX"
        desk.click("button_check_with_zoho")
        desk.until(lambda: desk.find("tile_not_found", QToolButton).accessibleName() == "24 not found")
        desk.until(lambda: desk.primary().text() == "Continue with 0 links")
        assert "Checked in Practice Ltd, US, sandbox at " in desk.texts() and "0 are linked, 24 are not." in desk.texts()
        desk.click("button_account")
        sign_in(desk, real)
        desk.until_on(desk.window.check)
        desk.until(lambda: desk.primary().text() == "Continue with 24 links")
        assert word(desk) == "PRODUCTION"
        assert "what Zoho said about the links before was thrown away" in message(desk)
        assert desk.window.check.findings is None and "Checked in" not in desk.texts()
        assert desk.find("tile_not_found", QToolButton).accessibleName() == "– not found"
        desk.click("button_primary")
        desk.until_on(desk.window.confirm)
        desk.confirm(LINKS)
        assert Counter(row["Outcome"] for row in desk.results()) == {"Removed": LINKS}


class LaterClock(SystemClock):
    """The system's clock, some time later."""

    later_s = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.later_s

    def now(self) -> float:
        return super().now() + self.later_s


@pytest.mark.parametrize("when", ["before the page", "on the page"])
def test_what_zoho_said_a_while_ago_counts_no_longer_and_the_number_is_typed_anew(qtbot: QtBot, when: str) -> None:
    clock = LaterClock()
    desk = Desk(qtbot, services=replace(build_services(MemorySecrets()), clock=clock))
    desk.open_sample()
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    desk.click("button_check_with_zoho")
    desk.until(lambda: desk.primary().text() == "Continue with 361 links")
    if when == "before the page":
        clock.later_s = LOOK_COUNTS_FOR_S + 1
        desk.click("button_primary")
    else:
        desk.click("button_primary")
        desk.until_on(desk.window.confirm)
        desk.type("input_confirm_count", "361")
        clock.later_s = LOOK_COUNTS_FOR_S + 1
        desk.click("button_primary")
    desk.until(lambda: desk.window.page is desk.window.confirm and desk.primary().text() == "Remove 369 links")
    desk.until_on(desk.window.confirm)
    assert "Zoho was asked more than 15 minutes ago" in message(desk)
    assert not desk.primary().isEnabled() and desk.crm.state.counts()["removals"] == 0
    desk.confirm(369)
    outcomes = Counter(row["Cause"] for row in desk.results() if row["Outcome"] == "Was not linked")
    assert sum(outcomes.values()) == 8
    assert desk.crm.state.counts()["links_removed"] == 361


def test_the_sample_is_practice_wherever_it_is_used_and_one_button_leaves(qtbot: QtBot, real: PracticeCrm) -> None:
    desk = at_work(qtbot, real)
    asked = len(real.state.calls())
    assert word(desk) == "PRODUCTION"
    desk.open_sample()
    assert word(desk) == "PRACTICE"
    desk.until(lambda: "from Campaign Summer Open House" in desk.texts())
    desk.to_confirm()
    assert "in Practice Ltd, practice" in desk.texts()
    assert word(desk) == "PRACTICE"
    desk.click("button_leave_practice")
    assert desk.window.page is desk.window.welcome and word(desk) == "PRODUCTION"
    assert desk.journey.clean_up.sheet is None, "the sample goes nowhere else"
    assert len(real.state.calls()) == asked
    desk.click("button_practice")
    desk.until_settled(lambda: desk.journey.accounts.account is not None)
    assert word(desk) == "PRACTICE"


def test_the_question_about_closing_goes_with_its_run_and_closes_no_later_one(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot)
    for number in range(2):
        to_the_middle(desk, desk.crm, write_sheet(tmp_path / f"{number}.csv", pairs_of((number + 1) * LINKS, LINKS)[-LINKS:]))
        desk.window.close()
        assert desk.find("button_stop_and_close", QAbstractButton).isEnabled()
        desk.crm.state.set(latency_ms=0)
        desk.until_on(desk.window.results)
        assert not desk.window.stop_and_close.isVisibleTo(desk.window)
        assert desk.window.isVisible()
        desk.click("button_new_clean_up")
    desk.window.close()
    assert not desk.window.isVisible()


def test_a_sign_in_that_was_left_changes_no_account_later(qtbot: QtBot, real: PracticeCrm) -> None:
    desk = Desk(qtbot, is_practice=False, services=services_on(real))
    desk.click("button_account")
    desk.until_on(desk.window.connect_page)
    real.faults.add([{"do": "hold", "then": "answer"}])
    desk.type("input_access_token", real.access_token)
    desk.click("button_primary")
    desk.until(lambda: real.faults.held)
    desk.click("button_back")
    assert desk.window.page is desk.window.welcome
    real.faults.release()
    desk.until_settled(lambda: len(real.state.calls()) > 0)
    assert desk.journey.accounts.account is None
    assert desk.window.banner.accessibleName() == "Not connected"
