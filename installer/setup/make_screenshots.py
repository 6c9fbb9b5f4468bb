"""Make the pictures of resources/screenshots: the real window in practice mode, page by page, without a screen.

    python installer/setup/make_screenshots.py [FOLDER] [light|dark] [WIDTHxHEIGHT] [sign-in]

With ``sign-in`` they show Connect in all its states instead, against a practice CRM in the place of Zoho. With
QT_SCALE_FACTOR=2 in the environment they show what a user with large text sees, with DELINK_LANGUAGE=de they are German.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QLineEdit, QTableView, QTreeView  # noqa: E402 (the path and the platform have to be set first)

from desktop.application.languages import speak_as_asked  # noqa: E402
from desktop.compose import PracticeRoom, build_services  # noqa: E402
from desktop.qt.application import make_application, make_window  # noqa: E402
from desktop.storage.secrets import MemorySecrets  # noqa: E402
from installer.setup.photographing import Photographer  # noqa: E402

LINKS = "361"


class MainJob(Photographer):
    """Takes pictures of the main job in practice mode, from the first page to the history."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        services = build_services(MemorySecrets())
        assert isinstance(services.practice, PracticeRoom)  # noqa: S101
        self.crm = services.practice.start()
        window, self.journey = make_window(services, is_practice=True)
        super().__init__(window, folder, size)

    def all_pages(self) -> None:
        """Take pictures of the main job, its undo, the history and Connect."""
        self._removal()
        self._verification()
        self._undo()
        if not self.shows("button_history"):  # a narrow window has it behind a button
            self.click("button_runs")
            self.wait(300)
        self.click("button_history")
        self.wait(300)
        self.find(QTableView, "table_history").selectRow(0)
        self.take_picture("history")
        window = self.window
        window.connect_page.show_connected(None, in_keyring=False)
        window.banner.show_connection(None)
        window.show_page(window.connect_page)
        self.take_picture("connect")
        window.close()

    def _removal(self) -> None:
        window, state = self.window, self.crm.state
        self.journey.begin(None)
        self.until(lambda: self.journey.accounts.account is not None)
        self.take_picture("welcome")
        self.click("button_use_sample")
        self.until(lambda: window.page is window.sheet and window.sheet.is_full)
        self.take_picture("sheet")
        self.click("button_primary")
        self._check("check")
        self.click("button_check_with_zoho")
        self.until(lambda: window.check.findings is not None)
        self.wait(300)
        self.take_picture("checked")
        self._confirm_and_start("confirm", "remove")
        state.set(tokens_expired=True)
        self.until(lambda: self.shows("button_sign_in_again") or window.page is window.results)
        self.take_picture("paused")
        state.set(latency_ms=0)
        if window.page is not window.results:
            self.click("button_sign_in_again")
        self.until(lambda: window.page is window.results and window.results.is_full)
        self.take_picture("results")

    def _verification(self) -> None:
        """Take a picture of a verification, after somebody linked a few records again."""
        with self.crm.state.transaction() as db:
            db.execute("UPDATE links SET linked = 1 WHERE sends AND id_b IN (SELECT id_b FROM links WHERE sends LIMIT 3)")
        self.click("button_verify")
        self.until(lambda: self.shows("button_show_found_linked"))
        self.click("button_show_found_linked")
        self.take_picture("verified")

    def _undo(self) -> None:
        window = self.window
        self.click("button_undo")
        self._check("undo_check")
        self._confirm_and_start("undo_confirm", "undo_remove")
        self.crm.state.set(latency_ms=0)
        self.until(lambda: window.page is window.results and window.results.is_full)
        self.take_picture("undo_results")

    def _check(self, name: str) -> None:
        """Take a picture of the plan with its first parent opened."""
        window = self.window
        self.until(lambda: window.page is window.check and window.check.is_full)
        self.wait(500)
        tree = self.find(QTreeView, "table_plan")
        tree.expand(tree.model().index(0, 0))
        self.take_picture(name)

    def _confirm_and_start(self, confirmation: str, running: str) -> None:
        """Go from Check to a run whose calls take a while, and take pictures on the way."""
        window = self.window
        self.click("button_primary")
        self.until(lambda: window.page is window.confirm and window.confirm.is_full)
        self.find(QLineEdit, "input_confirm_count").setText(LINKS)
        self.take_picture(confirmation)
        self.crm.state.set(latency_ms=900)
        self.click("button_primary")
        self.until(lambda: window.page is window.remove and window.remove.is_full)
        self.wait(1300)
        self.take_picture(running)


def main(arguments: list[str]) -> int:
    """Take the pictures that the arguments ask for."""
    folder = Path(arguments[0]) if arguments else ROOT / "resources" / "screenshots"
    os.environ["DELINK_SCHEME"] = arguments[1] if len(arguments) > 1 else "light"
    width, _, height = (arguments[2] if len(arguments) > 2 else "1366x768").partition("x")
    # Results may still be written into the folder while the window closes, and then it cannot be removed.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["DELINK_HOME"] = home
        speak_as_asked("", ())
        make_application()
        size = int(width), int(height)
        if "sign-in" in arguments:
            from installer.setup.sign_in_pictures import SignInPictures

            SignInPictures(folder, size).all_pages()
        else:
            MainJob(folder, size).all_pages()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
