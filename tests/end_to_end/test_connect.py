"""Connect in the real window: each way to sign in, saved connections, keys that are renewed, refused, kept nowhere."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot

from desktop.application.signing_in import Way
from desktop.compose import RESOURCES
from desktop.crm.sign_in import SignInClock, ZohoSignIn
from desktop.domain.connections import RETURN_ADDRESSES, Environment
from desktop.domain.scopes import scopes_for
from desktop.practice import PracticeCrm
from desktop.qt.widgets.sign_in_form import OFFERED_WAYS
from desktop.storage.secrets import KeyringSecrets, MemorySecrets
from tests.cli.canaries import found_in
from tests.crm.browsing import Browser
from tests.end_to_end.desk import Desk, services_on
from tests.storage.keyrings import Kept, posing_as

SAMPLE = RESOURCES / "samples" / "spring-clean-up.xlsx"
ALL = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"]


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


class Hurry:
    """A clock for the device's waits: half a minute passes at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += 6
        time.sleep(0.002)


def at_connect(qtbot: QtBot, crm: PracticeCrm, sign_in: ZohoSignIn | None = None, secrets: object = None) -> Desk:
    desk = Desk(qtbot, is_practice=False, services=services_on(crm, sign_in, secrets or MemorySecrets()))  # type: ignore[arg-type]
    desk.open(SAMPLE)
    desk.click("button_account")
    desk.until_on(desk.window.connect_page)
    return desk


def fill_in(desk: Desk, crm: PracticeCrm, way: Way, **more: str) -> None:
    desk.window.connect_page.form.choose_way(way)
    if way is not Way.TOKEN:
        desk.type("input_client_id", crm.client_id)
        desk.type("input_client_secret", crm.client_secret)
    for name, text in more.items():
        desk.type(name, text)
    desk.click("button_primary")


def connected(desk: Desk) -> None:
    desk.until(lambda: "Practice Ltd" in desk.texts() and desk.primary().text() == "Continue" and desk.primary().isEnabled())


def test_the_page_says_what_to_click_and_copies_the_exact_scopes(qtbot: QtBot, crm: PracticeCrm) -> None:
    desk = at_connect(qtbot, crm)
    wanted = ",".join(scopes_for(desk.journey.accounts.relations()))
    assert "campaigns" in wanted and "products" not in wanted
    for way in OFFERED_WAYS:
        desk.window.connect_page.form.choose_way(way)
        desk.until(lambda: 2 <= len(steps_shown(desk)) <= 4)
        assert all(steps_shown(desk))
        assert desk.find("text_scopes", QPlainTextEdit).toPlainText() == wanted
        desk.click("button_copy_scopes")
        assert QApplication.clipboard().text() == wanted
    desk.window.connect_page.form.choose_way(Way.BROWSER)
    desk.click("button_copy_addresses")
    assert QApplication.clipboard().text().split("\n") == list(RETURN_ADDRESSES)
    desk.choose("combo_scopes_for", "Price books from Products")
    assert "pricebooks" in desk.find("text_scopes", QPlainTextEdit).toPlainText()


def steps_shown(desk: Desk) -> list[str]:
    return [one.text() for one in desk.window.findChildren(QLabel, "label_console_step") if one.isVisibleTo(desk.window)]


def test_signing_in_with_the_browser(qtbot: QtBot, crm: PracticeCrm) -> None:
    browser = Browser()
    desk = at_connect(qtbot, crm, ZohoSignIn(open_browser=browser.open))
    fill_in(desk, crm, Way.BROWSER)
    connected(desk)
    browser.close()
    assert browser.query()["scope"] == ",".join(scopes_for(desk.journey.accounts.relations()))
    account = desk.journey.accounts.account
    assert account is not None and account.key.lasts
    assert crm.client_secret not in desk.texts() and account.key.refresh_token.reveal() not in desk.texts()


def test_signing_in_on_another_device(qtbot: QtBot, crm: PracticeCrm) -> None:
    hurry = Hurry()
    crm.accounts._tokens.now = lambda: hurry.now + 1e9
    desk = at_connect(qtbot, crm, ZohoSignIn(clock=SignInClock(lambda: hurry.now, hurry.sleep)))
    threading.Thread(target=_type_the_code, args=(crm,), daemon=True).start()
    fill_in(desk, crm, Way.DEVICE)
    connected(desk)
    account = desk.journey.accounts.account
    assert account is not None and account.key.lasts


def _type_the_code(crm: PracticeCrm) -> None:
    """Somebody with another device, quick enough for a hurried clock."""
    while not crm.accounts._devices:
        time.sleep(0.001)
    for device in crm.accounts._devices.values():
        device.answer = ""


def test_a_sign_in_can_be_cancelled_and_shows_its_address(qtbot: QtBot, crm: PracticeCrm) -> None:
    desk = at_connect(qtbot, crm, ZohoSignIn(open_browser=lambda _: True))
    fill_in(desk, crm, Way.BROWSER)
    desk.until(lambda: "your browser, then come back here" in desk.texts())
    address = desk.find("input_sign_in_address", QLineEdit).text()
    assert address.startswith(f"{crm.accounts_url}/oauth/v2/auth?") and crm.client_secret not in address
    desk.click("button_copy_sign_in_address")
    assert QApplication.clipboard().text() == address
    desk.click("button_cancel")
    desk.until_on(desk.window.connect_page)
    assert desk.journey.accounts.account is None
    assert not desk.primary().isEnabled(), "the secret left the field with the wish"


def test_signing_in_with_a_self_clients_code(qtbot: QtBot, crm: PracticeCrm) -> None:
    desk = at_connect(qtbot, crm)
    fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code="1000.made.up")
    desk.until(lambda: "did not accept the code" in desk.texts())
    desk.click("button_try_sign_in")
    desk.until_on(desk.window.connect_page)
    fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
    connected(desk)
    assert "may read both ends" in desk.texts()


def test_a_rejected_token_is_looked_for_elsewhere_only_when_the_user_wants_it(qtbot: QtBot, crm: PracticeCrm) -> None:
    desk = at_connect(qtbot, crm)
    fill_in(desk, crm, Way.TOKEN, input_access_token="1000.wrong.token")
    desk.until(lambda: "Look for its data centre" in [b.text() for b in desk.window.findChildren(type(desk.primary()))])
    asked = len(crm.state.calls())
    assert "China's is left out" in desk.texts()
    desk.click("button_find_data_centre")
    desk.until_settled(lambda: "No data centre knows this token" in desk.texts())
    assert len(crm.state.calls()) - asked == 2 + 6, "two other environments and six other confirmed data centres, China left out"


def test_saved_connections_are_used_renamed_and_signed_out(qtbot: QtBot, crm: PracticeCrm) -> None:
    desk = at_connect(qtbot, crm)
    for environment in ("Production: real data", "Sandbox"):
        desk.choose("combo_environment", environment)
        fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
        connected(desk)
    saved = desk.find("list_connections", QListWidget)
    desk.until(lambda: saved.count() == 2)
    desk.until_settled(lambda: saved.currentItem().text().endswith("in use"))
    assert "sandbox" in saved.currentItem().text() and "in use" not in saved.item(0).text()
    saved.setCurrentRow(0)
    desk.click("button_rename_connection")
    desk.type("input_connection_name", "Head office")
    desk.click("button_rename_sure")
    desk.until(lambda: any("Head office" in saved.item(row).text() for row in range(saved.count())))
    desk.click("button_use_connection")
    connected(desk)
    assert desk.journey.accounts.account is not None and desk.journey.accounts.account.connection.name == "Head office"
    with crm.state.transaction() as db:
        before = db.execute("SELECT COUNT(*) FROM refresh_tokens").fetchone()[0]
    desk.click("button_sign_out")
    desk.click("button_stay_signed_in")
    desk.click("button_sign_out")
    desk.click("button_sign_out_sure")
    desk.until(lambda: saved.count() == 1 and desk.journey.accounts.account is None)
    desk.until(lambda: "Not connected" in desk.texts())
    with crm.state.transaction() as db:
        assert db.execute("SELECT COUNT(*) FROM refresh_tokens").fetchone()[0] == before - 1


def test_the_next_start_works_with_the_account_that_was_used_last(qtbot: QtBot, crm: PracticeCrm) -> None:
    secrets = MemorySecrets()
    desk = at_connect(qtbot, crm, secrets=secrets)
    for environment in ("Sandbox", "Production: real data", "Sandbox"):
        desk.choose("combo_environment", environment)
        fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
        connected(desk)
    later = Desk(qtbot, is_practice=False, services=services_on(crm, secrets=secrets))
    later.until(lambda: later.journey.accounts.account is not None)
    account = later.journey.accounts.account
    assert account is not None and account.connection.environment is Environment.SANDBOX
    assert [one.name for one in later.services.connections.all()] == ["Practice Ltd", "Practice Ltd (sandbox)"]


def test_what_the_key_may_not_is_said_with_a_message_for_the_administrator(qtbot: QtBot, crm: PracticeCrm) -> None:
    crm.state.set(scopes=["ZohoCRM.modules.campaigns.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"])
    desk = at_connect(qtbot, crm)
    fill_in(desk, crm, Way.TOKEN, input_access_token=crm.access_token)
    connected(desk)
    assert "lacks the scope ZohoCRM.modules.contacts.READ" in desk.find("label_permissions", QLabel).text()
    desk.click("button_copy_admin_message")
    message = QApplication.clipboard().text()
    assert "ZohoCRM.modules.contacts.DELETE" in message and "practice@delink.example" in message
    assert crm.access_token not in message


def test_a_key_that_lasts_outlives_its_tokens_and_a_revoked_one_pauses_until_the_next_sign_in(
    qtbot: QtBot, crm: PracticeCrm, tmp_path: Path
) -> None:
    pairs = [(f"3652397000000327{n % 24 + 101:03d}", f"365239700000092{n + 5001:04d}") for n in range(48)]
    crm.seed([("Campaigns", "Contacts", *pair) for pair in pairs], share=False)
    sheet = tmp_path / "many.csv"
    sheet.write_text("Campaign Id,Contact Id\n" + "\n".join(",".join(pair) for pair in pairs), encoding="utf-8")
    desk = at_connect(qtbot, crm)
    fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
    connected(desk)
    desk.open(sheet)
    desk.to_confirm()
    crm.state.set(latency_ms=120)
    desk.confirm(48)
    desk.until_on(desk.window.remove)
    desk.until(lambda: desk.find("label_count", QLabel).text() not in ("0 of 48", "48 of 48"))
    made = crm.state.counts()["tokens"]
    with crm.state.transaction() as db:
        db.execute("UPDATE access_tokens SET expires = 0")
    desk.until(lambda: crm.state.counts()["tokens"] == made + 1)
    assert "Signed out" not in desk.texts(), "one token is over, and the next is made without a word"
    with crm.state.transaction() as db:
        db.execute("UPDATE access_tokens SET expires = 0")
        db.execute("DELETE FROM refresh_tokens")
    desk.until(lambda: "Signed out of Zoho" in desk.texts())
    done = crm.state.counts()["links_removed"]
    assert done < 48
    desk.click("button_sign_in_again")
    desk.until_on(desk.window.connect_page)
    assert "Your run waits. Sign in to Practice Ltd" in desk.texts()
    fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
    connected(desk)
    desk.click("button_primary")
    crm.state.set(latency_ms=0)
    assert Counter(row["Outcome"] for row in desk.results()) == {"Removed": 48}
    assert crm.state.counts()["sends_per_link_max"] == 1


def test_no_secret_is_shown_or_copied_whatever_the_crm_says(qtbot: QtBot, crm: PracticeCrm, tmp_path: Path) -> None:
    pairs = [(f"3652397000000327{n % 12 + 101:03d}", f"365239700000092{n + 5001:04d}") for n in range(24)]
    crm.seed([("Campaigns", "Contacts", *pair) for pair in pairs], share=False)
    sheet = tmp_path / "many.csv"
    sheet.write_text("Campaign Id,Contact Id\n" + "\n".join(",".join(pair) for pair in pairs), encoding="utf-8")
    desk = at_connect(qtbot, crm)
    fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
    connected(desk)
    account = desk.journey.accounts.account
    assert account is not None
    secrets = {crm.client_secret, account.key.refresh_token.reveal(), account.key.access_token.reveal()}
    body = {"code": "UNHEARD_OF", "message": " ".join(secrets), "details": {}, "status": "error"}
    crm.faults.add([{"match": {"method": "DELETE"}, "times": 5, "do": "status", "status": 400, "body": json.dumps(body)}])
    seen = [desk.texts()]
    desk.open(sheet)
    desk.to_confirm()
    desk.confirm(24)
    rows = desk.results()
    assert Counter(row["Outcome"] for row in rows)["Refused"] >= 8
    seen += [desk.texts(), json.dumps(rows, default=str)]
    desk.click("button_copy_summary")
    seen.append(QApplication.clipboard().text())
    desk.click("button_history")
    table = desk.find("table_history", QTableView)
    desk.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    desk.click("button_copy_report")
    desk.until(lambda: "The report was copied" in desk.texts())
    report = QApplication.clipboard().text()
    assert desk.services.runs.summaries()[0].run in report and "Keyring:" in report
    fields = [one.text() for one in desk.window.findChildren(QLineEdit)]
    assert found_in("\n".join([*seen, report, desk.texts(), *fields]), secrets) == []


def test_without_a_safe_keyring_the_key_lives_as_long_as_the_window_and_the_page_says_so(
    qtbot: QtBot, crm: PracticeCrm, tmp_path: Path
) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # keyring's backends carry no annotations
    desk = at_connect(qtbot, crm, secrets=KeyringSecrets())
    fill_in(desk, crm, Way.SELF_CLIENT, input_grant_code=crm.accounts.self_client_code(ALL))
    connected(desk)
    assert "kept only until you close this window: no safe keyring could be used" in desk.texts()
    account = desk.journey.accounts.account
    assert account is not None and not account.kept_in
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    secret = account.key.refresh_token.reveal().encode()
    assert not [path for path in files if secret in path.read_bytes()]
    desk.click("button_leave")
    desk.until(lambda: desk.journey.accounts.account is None)


def test_a_keyring_that_hangs_never_holds_the_window_up(qtbot: QtBot, crm: PracticeCrm) -> None:
    class Hanging(Kept):
        def set_password(self, service: str, username: str, password: str) -> None:
            threading.Event().wait(2)

    keyring.set_keyring(posing_as("keyring.backends.SecretService.Keyring", Hanging))
    desk = at_connect(qtbot, crm, secrets=KeyringSecrets(timeout_s=1.0))
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start(20)
    fill_in(desk, crm, Way.TOKEN, input_access_token=crm.access_token)
    connected(desk)
    heart.stop()
    assert "kept only until you close this window" in desk.texts()
    assert len(beats) > 10, "the window's heart went on beating while the keyring hung"
