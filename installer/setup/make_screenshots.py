"""Makes the pictures of resources/screenshots: the real window in practice mode, page by page, without a screen.

    python installer/setup/make_screenshots.py [FOLDER] [light|dark] [WIDTHxHEIGHT]

With QT_SCALE_FACTOR=2 in the environment they show what a user with large text sees.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402 (the path and the platform have to be set first)
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QTreeView, QWidget  # noqa: E402

from desktop.compose import PracticeRoom, build_services  # noqa: E402
from desktop.qt.application import make_application, make_window  # noqa: E402
from desktop.storage.secrets import MemorySecrets  # noqa: E402

PATIENCE_MS = 15_000
LINKS = "361"
Kind = TypeVar("Kind", bound=QWidget)


class Photographer:
    """Works the window and takes a picture of every page."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        services = build_services(MemorySecrets())
        assert isinstance(services.practice, PracticeRoom)  # noqa: S101
        self.crm = services.practice.start()
        self.window, self.journey = make_window(services, is_practice=True)
        self.window.resize(*size)
        self.window.show()

    def all_pages(self) -> None:
        """The main job, its undo, history and Connect."""
        self._removal()
        self._verification()
        self._undo()
        self._click("button_history")
        self._wait(300)
        self._find(QTableView, "table_history").selectRow(0)
        self._take("history")
        window = self.window
        window.connect_page.show_connected(None, in_keyring=False)
        window.banner.show_connection(None)
        window.show_page(window.connect_page)
        self._take("connect")
        window.close()

    def _removal(self) -> None:
        window, state = self.window, self.crm.state
        self.journey.begin(None)
        self._until(lambda: self.journey.accounts.account is not None)
        self._take("welcome")
        self._click("button_use_sample")
        self._until(lambda: window.page is window.sheet and window.sheet.is_full)
        self._take("sheet")
        self._click("button_primary")
        self._until(lambda: window.page is window.check and window.check.is_full)
        self._wait(500)
        tree = self._find(QTreeView, "table_plan")
        tree.expand(tree.model().index(0, 0))
        self._take("check")
        self._click("button_check_with_zoho")
        self._until(lambda: window.check.findings is not None)
        self._wait(300)
        self._take("checked")
        self._click("button_primary")
        self._until(lambda: window.page is window.confirm and window.confirm.is_full)
        self._find(QLineEdit, "input_confirm_count").setText(LINKS)
        self._take("confirm")
        state.set(latency_ms=900)
        self._click("button_primary")
        self._until(lambda: window.page is window.remove and window.remove.is_full)
        self._wait(1300)
        self._take("remove")
        state.set(tokens_expired=True)
        self._until(lambda: self._find(QPushButton, "button_sign_in_again").isVisible() or window.page is window.results)
        self._take("paused")
        state.set(latency_ms=0)
        if window.page is not window.results:
            self._click("button_sign_in_again")
        self._until(lambda: window.page is window.results and window.results.is_full)
        self._take("results")

    def _verification(self) -> None:
        """Somebody linked a few again meanwhile."""
        with self.crm.state.transaction() as db:
            db.execute("UPDATE links SET linked = 1 WHERE sends AND id_b IN (SELECT id_b FROM links WHERE sends LIMIT 3)")
        self._click("button_verify")
        self._until(lambda: self._shown("button_show_found_linked"))
        self._click("button_show_found_linked")
        self._take("verified")

    def _undo(self) -> None:
        window, state = self.window, self.crm.state
        self._click("button_undo")
        self._until(lambda: window.page is window.check and window.check.is_full)
        self._wait(500)
        tree = self._find(QTreeView, "table_plan")
        tree.expand(tree.model().index(0, 0))
        self._take("undo_check")
        self._click("button_primary")
        self._until(lambda: window.page is window.confirm and window.confirm.is_full)
        self._find(QLineEdit, "input_confirm_count").setText(LINKS)
        self._take("undo_confirm")
        state.set(latency_ms=900)
        self._click("button_primary")
        self._until(lambda: window.page is window.remove and window.remove.is_full)
        self._wait(1300)
        self._take("undo_remove")
        state.set(latency_ms=0)
        self._until(lambda: window.page is window.results and window.results.is_full)
        self._take("undo_results")

    def _take(self, name: str) -> None:
        self._wait(150)
        self.window.grab().save(str(self._folder / f"{name}.png"))

    def _find(self, kind: type[Kind], name: str) -> Kind:
        found = self.window.findChild(kind, name)
        assert found is not None, name  # noqa: S101
        return found

    def _shown(self, name: str) -> bool:
        found = self.window.findChild(QWidget, name)
        return isinstance(found, QWidget) and found.isVisible()

    def _click(self, name: str) -> None:
        self._find(QPushButton, name).click()

    @staticmethod
    def _wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _until(self, holds: Callable[[], bool]) -> None:
        for _ in range(PATIENCE_MS // 30):
            if holds():
                return
            self._wait(30)
        raise SystemExit(f"the window did not get there; it shows {self.window.page.objectName()}")


def main(arguments: list[str]) -> int:
    """Take the pictures."""
    folder = Path(arguments[0]) if arguments else ROOT / "resources" / "screenshots"
    os.environ["DELINK_SCHEME"] = arguments[1] if len(arguments) > 1 else "light"
    width, _, height = (arguments[2] if len(arguments) > 2 else "1366x768").partition("x")
    with tempfile.TemporaryDirectory() as home:
        os.environ["DELINK_HOME"] = home
        make_application()
        Photographer(folder, (int(width), int(height))).all_pages()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
