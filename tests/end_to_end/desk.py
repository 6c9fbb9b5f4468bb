"""The real window in practice mode, worked as a user works it: by clicks and keys on controls found by their names."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from openpyxl import load_workbook
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.application import signing_in
from desktop.compose import PracticeRoom, Services, build_services
from desktop.crm.sign_in import ZohoSignIn
from desktop.domain.connections import PRACTICE_NAME, Connection, Environment
from desktop.domain.credentials import Key
from desktop.engine.ports import Crm
from desktop.practice import PracticeCrm
from desktop.qt.application import make_application, make_window
from desktop.qt.jobs.background import under_way
from desktop.qt.pages.page import Page
from desktop.storage.connections import Secrets
from desktop.storage.secrets import MemorySecrets
from tests.patience import PATIENCE_MS, PATIENCE_S
from tests.truth.through import Through

Kind = TypeVar("Kind", bound=QWidget)
LONG_MS = PATIENCE_MS
_PAUSE_MS = 20


class Desk:
    """One window. ``close`` at the end."""

    def __init__(self, qtbot: QtBot, *, is_practice: bool = True, services: Services | None = None) -> None:
        make_application()
        # The window of the test before is closed and waits for its end; until then it would be styled along with the new one.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.qtbot = qtbot
        self._of_others = under_way()  # a window of before may have left a read that hangs
        self.services = services or build_services(MemorySecrets())
        self.window, self.journey = make_window(self.services, is_practice=is_practice)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.let_go())
        self.window.resize(1366, 768)
        self.window.show()
        self.journey.begin(None)
        if is_practice:
            self.until(lambda: self.journey.accounts.account is not None)

    @property
    def crm(self) -> PracticeCrm:
        """The practice CRM behind the window."""
        room = self.services.practice
        assert isinstance(room, PracticeRoom)
        return room.start()

    def find(self, name: str, kind: type[Kind]) -> Kind:
        found = [one for one in self.window.findChildren(kind, name) if one.isVisibleTo(self.window)]
        assert len(found) == 1, f"{len(found)} visible controls are called {name}"
        return found[0]

    def click(self, name: str) -> None:
        button = self.find(name, QAbstractButton)
        assert button.isEnabled(), f"{name} cannot be clicked now"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        field = self.find(name, QLineEdit)
        field.clear()
        QTest.keyClicks(field, text)

    def choose(self, name: str, text: str) -> None:
        combo = self.find(name, QComboBox)
        place = combo.findText(text)
        assert place >= 0, f"{name} does not offer {text}"
        combo.setCurrentIndex(place)
        combo.activated.emit(place)

    def until(self, holds: Callable[[], object]) -> None:
        """Let the window work until it holds; a control that is not there yet does not.

        A look at all texts of the window takes long, so there are pauses between the looks.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                if holds():
                    return
            except AssertionError:
                if time.monotonic() > deadline:
                    raise
            assert time.monotonic() < deadline, "it never came"
            self.qtbot.wait(_PAUSE_MS)

    def until_settled(self, holds: Callable[[], object]) -> None:
        """Until it holds and no work of this window is under way: a page that is filled in several steps is then whole."""
        self.until(lambda: under_way() <= self._of_others and holds())

    def until_on(self, page: Page) -> None:
        self.until(lambda: self.window.page is page and page.is_full)

    def texts(self, within: QWidget | None = None) -> str:
        """All words that can be read now."""
        labels = (within or self.window).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self.window))

    def primary(self) -> QAbstractButton:
        return self.find("button_primary", QAbstractButton)

    # The usual way

    def open(self, path: Path) -> None:
        self.window.file_dropped.emit(path)
        self.until_on(self.window.sheet)

    def open_sample(self) -> None:
        self.click("button_use_sample")
        self.until_on(self.window.sheet)

    def to_confirm(self) -> None:
        self.click("button_primary")
        self.until_on(self.window.check)
        self.click("button_primary")
        self.until_on(self.window.confirm)

    def confirm(self, number: int) -> None:
        self.type("input_confirm_count", str(number))
        self.click("button_primary")

    def results(self) -> list[dict[str, Any]]:
        """*All rows* of the workbook that the results page names."""
        self.until_on(self.window.results)
        path = self.find("label_results_path", QLabel).text().split(": ", 1)[1]
        rows = load_workbook(path)["All rows"].iter_rows(values_only=True)
        headers = [str(cell) for cell in next(rows)]
        return [dict(zip(headers, row, strict=True)) for row in rows]

    def let_go(self) -> None:
        """Leave nothing running behind a test."""
        self.crm.state.set(latency_ms=0)
        if self.journey.runs.is_running:
            self.journey.runs.close()
            self.until(lambda: not self.journey.runs.is_running)
        room = self.services.practice
        assert isinstance(room, PracticeRoom)
        # A server looks about twice a second whether it is to end. No test waits for that, but hundreds of them slow all others.
        threading.Thread(target=room.close, daemon=True).start()


def services_on(
    crm: PracticeCrm,
    sign_in: ZohoSignIn | None = None,
    secrets: Secrets | None = None,
    others: Mapping[Environment, PracticeCrm] | None = None,
) -> Services:
    """A window's services whose every account leads to this practice CRM, with whatever key was given.

    Accounts of the ``others``' environments lead to those, and practice stays what it is.
    """
    services = build_services(secrets or MemorySecrets())
    honest, main = services.open_crm, crm

    def there(connection: Connection) -> Connection:
        if connection.id == PRACTICE_NAME:
            return connection
        crm = (others or {}).get(connection.environment or Environment.PRODUCTION, main)
        return replace(connection, api_url=crm.api_url, accounts_url=crm.accounts_url, data_centre="")

    def open_crm(connection: Connection, key: Key) -> Crm:
        return _Renamed(honest(there(connection), key), connection)

    return replace(
        services, open_crm=open_crm, sign_in=lambda: cast(signing_in.SignIn, _Elsewhere(sign_in or ZohoSignIn(), there))
    )


class _Elsewhere:
    """The ways to sign in, at the practice CRM's accounts server in place of the one that the user chose."""

    def __init__(self, ways: ZohoSignIn, there: Callable[[Connection], Connection]) -> None:
        self._ways, self._there = ways, there

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def way(connection: Connection, *rest: Any) -> Any:
            found = getattr(self._ways, name)(self._there(connection), *rest)
            return found if isinstance(found, bool) else (connection, found[1])

        return way


class _Renamed(Through):
    """The practice CRM under the connection that the user thinks it is."""

    def __init__(self, crm: Crm, connection: Connection) -> None:
        super().__init__(crm)
        self._connection = connection

    @property
    def connection(self) -> Connection:
        return self._connection
