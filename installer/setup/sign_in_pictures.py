"""Take pictures of Connect: every way to sign in, what is saved, what goes wrong, and a sign-in in the middle of a run."""

import time
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget

from desktop.application.signing_in import Way
from desktop.compose import RESOURCES
from desktop.crm.sign_in import SignInClock, ZohoSignIn
from desktop.domain.errors import SecretStoreUnavailable
from desktop.practice import PracticeCrm
from desktop.qt.application import make_window
from desktop.storage.secrets import MemorySecrets
from installer.setup.photographing import Photographer
from tests.end_to_end.desk import services_on

ALL = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"]
_LOOK_S = 0.02


class Keyring(MemorySecrets):
    """A keyring that can be locked."""

    is_locked = False

    def store(self, key: str, secret: str) -> None:
        self._check()
        super().store(key, secret)

    def name(self) -> str:
        self._check()
        return "the desktop's keyring (Secret Service)"

    def _check(self) -> None:
        if self.is_locked:
            raise SecretStoreUnavailable("it is locked or missing")


class SignInPictures(Photographer):
    """Operates Connect. Whatever data centre is chosen, the account is the practice CRM's."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self.crm, self.keyring = PracticeCrm(), Keyring()
        ways = ZohoSignIn(open_browser=lambda _: True, clock=SignInClock(time.monotonic, lambda _: time.sleep(_LOOK_S)))
        window, self.journey = make_window(services_on(self.crm, ways, self.keyring), is_practice=False)
        super().__init__(window, folder, size)

    def all_pages(self) -> None:
        """Take pictures of Connect in all its states."""
        window, page = self.window, self.window.connect_page
        self.journey.begin(None)
        window.file_dropped.emit(RESOURCES / "samples" / "spring-clean-up.xlsx")
        self.until(lambda: window.page is window.sheet and window.sheet.is_full)
        self.click("button_account")
        self.until(lambda: window.page is page and page.is_full)
        self._forms()
        self._waiting()
        self._connected()
        self._going_wrong()
        self._in_a_run()
        window.close()
        self.crm.close()

    def _forms(self) -> None:
        form = self.window.connect_page.form
        for way in Way:
            form.choose_way(way)
            self.take_picture(f"form-{way}")
        form.choose_way(Way.BROWSER)
        self._type("input_client_id", self.crm.client_id)
        self._type("input_client_secret", self.crm.client_secret)
        self.take_picture("form-filled")

    def _waiting(self) -> None:
        page = self.window.connect_page
        for way in (Way.BROWSER, Way.DEVICE):
            self._fill(way)
            self.click("button_primary")
            self.wait(700)
            self.take_picture(f"waiting-{way}")
            self.click("button_cancel")
            self.until(lambda: page.is_full)

    def _connected(self) -> None:
        for environment in ("production", "sandbox"):
            self._choose("combo_environment", environment)
            self._sign_in()
        self.take_picture("connected")
        saved = self.find(QListWidget, "list_connections")
        self.until(lambda: saved.count() == 2)
        self.click("button_rename_connection")
        self.take_picture("saved-rename")
        self.click("button_keep_name")
        self.click("button_sign_out")
        self.take_picture("saved-sign-out")
        self.click("button_stay_signed_in")
        self._sign_in([scope for scope in ALL if "modules" not in scope] + ["ZohoCRM.modules.READ"])
        self.take_picture("connected-reads-only")
        self._sign_in(["ZohoCRM.modules.campaigns.READ", "ZohoCRM.users.READ"])
        self.take_picture("connected-lacks-scopes")
        self.keyring.is_locked = True
        self._sign_in()
        self.take_picture("connected-no-keyring")
        self.keyring.is_locked = False

    def _going_wrong(self) -> None:
        page = self.window.connect_page
        self._fill(Way.SELF_CLIENT, input_grant_code="1000.made.up")
        self.click("button_primary")
        self.until(lambda: not page.is_full and not page._patience.isActive())
        self.take_picture("problem-code")
        self._back()
        self._fill(Way.TOKEN, input_access_token="1000.wrong.token")  # noqa: S106 (none)
        self.click("button_primary")
        self.until(lambda: self.shows("button_find_data_centre"))
        self.take_picture("problem-data-centre")
        self.click("button_find_data_centre")
        self.wait(700)
        self.take_picture("problem-nowhere")
        self._back()

    def _in_a_run(self) -> None:
        window, page = self.window, self.window.connect_page
        self.crm.seed([("Campaigns", "Contacts", *pair) for pair in _pairs()], share=False)
        sheet = self.folder / "links.csv"
        sheet.write_text("Campaign Id,Contact Id\n" + "\n".join(map(",".join, _pairs())), encoding="utf-8")
        self._sign_in()
        window.file_dropped.emit(sheet)
        self.until(lambda: window.page is window.sheet and window.sheet.is_full)
        self.click("button_primary")
        self.until(lambda: window.page is window.check and window.check.is_full)
        self.click("button_primary")
        self.until(lambda: window.page is window.confirm and window.confirm.is_full)
        self._type("input_confirm_count", "48")
        self.crm.state.set(latency_ms=300)
        self.click("button_primary")
        self.until(lambda: window.page is window.remove and self.crm.state.counts()["removals"] > 3)
        with self.crm.state.transaction() as db:
            db.execute("UPDATE access_tokens SET expires = 0")
            db.execute("DELETE FROM refresh_tokens")
        self.until(lambda: self.shows("button_sign_in_again"))
        self.take_picture("run-signed-out")
        self.click("button_sign_in_again")
        self.until(lambda: window.page is page)
        self.wait(1500)
        self.take_picture("run-sign-in-again")
        self._sign_in()
        self.take_picture("run-signed-in-again")
        self.crm.state.set(latency_ms=0)
        self.click("button_primary")
        self.until(lambda: window.page is window.results and window.results.is_full)
        sheet.unlink()

    # What a hand does

    def _sign_in(self, scopes: list[str] | None = None) -> None:
        self._fill(Way.SELF_CLIENT, input_grant_code=self.crm.accounts.self_client_code(scopes or ALL))
        self.click("button_primary")
        self.wait(50)
        self.until(lambda: self.window.connect_page.is_full)

    def _fill(self, way: Way, **more: str) -> None:
        self.window.connect_page.form.choose_way(way)
        if way is not Way.TOKEN:
            self._type("input_client_id", self.crm.client_id)
            self._type("input_client_secret", self.crm.client_secret)
        for name, text in more.items():
            self._type(name, text)

    def _back(self) -> None:
        self.window.connect_page.show_full()

    def _type(self, name: str, text: str) -> None:
        self.find(QLineEdit, name).setText(text)

    def _choose(self, name: str, data: str) -> None:
        combo = self.find(QComboBox, name)
        combo.setCurrentIndex(combo.findData(data))


def _pairs() -> list[tuple[str, str]]:
    return [(f"3652397000000327{n % 24 + 101:03d}", f"365239700000092{n + 5001:04d}") for n in range(48)]
