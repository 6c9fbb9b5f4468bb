"""A sign-in for a run that leads to another organisation is refused, and new clean-ups keep the account of before."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.practice import PracticeCrm
from tests.cli.driving import write_sheet
from tests.end_to_end.desk import Desk
from tests.end_to_end.test_accounts import LINKS, PAIRS, at_work, message, sign_in, to_the_middle

OWN = {"company": "Practice Ltd", "organisation_id": "20099900001"}
OTHER = {"company": "Sand Ltd", "organisation_id": "20099900002"}


@pytest.fixture
def real() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        crm.seed([("Campaigns", "Contacts", *pair) for pair in PAIRS], share=False)
        yield crm


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "real.csv", PAIRS)


def signed_out_in_the_middle(desk: Desk, real: PracticeCrm, sheet: Path) -> None:
    to_the_middle(desk, real, sheet)
    real.state.set(tokens_expired=True)
    desk.until(lambda: "Signed out of Zoho" in desk.texts())
    desk.click("button_sign_in_again")
    desk.until_on(desk.window.connect_page)
    real.state.set(tokens_expired=False, latency_ms=0)


def company(desk: Desk) -> str:
    account = desk.journey.accounts.account
    return account.connection.account.company if account is not None else ""


def test_a_held_run_refuses_another_organisation_and_new_clean_ups_keep_their_account(
    qtbot: QtBot, real: PracticeCrm, sheet: Path
) -> None:
    desk = at_work(qtbot, real)
    last = desk.services.settings.get("last_connection")
    signed_out_in_the_middle(desk, real, sheet)
    real.state.set(**OTHER)
    sign_in(desk, real)
    desk.until(lambda: "leads to Sand Ltd" in desk.texts())
    assert company(desk) == "Practice Ltd"
    assert desk.services.settings.get("last_connection") == last, "the next start does not begin with it either"
    real.state.set(**OWN)
    desk.click("button_try_sign_in")
    assert "Your run waits. Sign in to Practice Ltd, US, production once more" in desk.texts()
    sign_in(desk, real)
    assert Counter(row["Outcome"] for row in desk.results()) == {"Removed": LINKS}
    desk.click("button_new_clean_up")
    assert company(desk) == "Practice Ltd" and "Sand Ltd" not in message(desk)


def test_going_back_from_a_sign_in_to_another_organisation_leaves_it_too(qtbot: QtBot, real: PracticeCrm, sheet: Path) -> None:
    desk = at_work(qtbot, real)
    signed_out_in_the_middle(desk, real, sheet)
    real.state.set(**OTHER)
    desk.type("input_access_token", real.access_token)
    desk.click("button_primary")
    desk.until(lambda: desk.primary().text() == "Continue" and desk.primary().isEnabled())
    desk.click("button_back")
    assert desk.window.page is desk.window.remove and company(desk) == "Practice Ltd"
    real.state.set(**OWN)


@pytest.mark.parametrize("way", ["button_continue_run", "button_verify", "button_undo"])
def test_a_stopped_run_refuses_another_organisation_whatever_is_wanted_of_it(
    qtbot: QtBot, real: PracticeCrm, sheet: Path, way: str
) -> None:
    before = at_work(qtbot, real)
    to_the_middle(before, real, sheet)
    before.click("button_stop")
    before.until_on(before.window.results)
    (saved,) = before.services.connections.all()
    before.services.connections.remove(saved)
    real.state.set(latency_ms=0, **OTHER)
    removals = real.state.counts()["removals"]
    desk = Desk(qtbot, is_practice=False, services=before.services)
    desk.until(lambda: "Your removal of 24 links" in desk.texts())
    if way != "button_continue_run":
        desk.click("button_show_results")
        desk.until_on(desk.window.results)
    desk.click(way)
    desk.until(lambda: "Connect to the account that the run was started with" in desk.texts())
    desk.click("button_try_sign_in")
    sign_in(desk, real)
    desk.until(lambda: "leads to Sand Ltd" in desk.texts())
    assert desk.journey.accounts.account is None
    desk.click("button_new_clean_up")
    assert desk.window.banner.accessibleName() == "Not connected" and not message(desk)
    assert real.state.counts()["removals"] == removals
