"""The real window on a real screen, going through all of its pages while another process looks at what is on them.

    python -m tests.end_to_end.walked_program ROUNDS

Prints ``walk`` once the pages are filled, and ``done`` when it went through all of them so often.
The window grows and shrinks on the way, so that scroll bars come and go; problems and their pages too.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from desktop.compose import RESOURCES, build_services
from desktop.qt.application import make_application, make_window
from desktop.qt.flows.journey import Journey
from desktop.qt.main_window import MainWindow
from desktop.storage.secrets import MemorySecrets
from desktop.words.explanations import Explanation

SMALL, LARGE = (900, 480), (1280, 800)
STAY_MS = 25
PATIENCE_MS = 20_000


def wait(milliseconds: int) -> None:
    """Let the window work, and answer whoever looks at it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_MS // STAY_MS):
        if holds():
            return
        wait(STAY_MS)
    raise TimeoutError("The window did not come so far")


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def fill_pages(window: MainWindow, journey: Journey) -> None:
    """The way of a run, so that every page has something to show."""
    until(lambda: journey.accounts.account is not None)
    journey.sheets.open(RESOURCES / "samples" / "spring-clean-up.xlsx")
    for page in (window.sheet, window.check):
        until(lambda page=page: window.page is page and page.is_full)  # type: ignore[misc]  # mypy guesses no type for it
        press(window, "button_primary")
    until(lambda: window.page is window.confirm and window.confirm.is_full)
    field = window.findChild(QLineEdit, "input_confirm_count")
    assert isinstance(field, QLineEdit) and journey.clean_up.plan is not None
    field.setText(str(journey.clean_up.plan.links_to_send))
    press(window, "button_primary")
    until(lambda: window.page is window.results and window.results.is_full)


def pages_of(window: MainWindow) -> Iterator[None]:
    """Shows one state after the other."""
    pages = (window.welcome, window.sheet, window.check, window.confirm, window.remove, window.results, window.history)
    for page in (*pages, window.connect_page):
        for size in (SMALL, LARGE):
            window.resize(*size)
            window.show_page(page)
            yield
        page.show_problem(Explanation("It did not work", "Nothing was lost.", "Try it again. " * 60))
        window.resize(*SMALL)
        yield
        page.show_full()
        for combo in page.findChildren(QComboBox):
            if combo.isVisible():
                combo.showPopup()
                yield
                combo.hidePopup()
        yield


def main() -> int:
    """Fill the pages, then show them all, round after round."""
    os.environ["DELINK_HOME"] = tempfile.mkdtemp()
    app = make_application()
    window, journey = make_window(build_services(MemorySecrets()), is_practice=True)
    window.show()
    journey.begin(None)
    fill_pages(window, journey)
    print("walk", flush=True)
    for _ in range(int(sys.argv[1])):
        for _ in pages_of(window):
            wait(STAY_MS)
        window.wants_guide.emit("")
        wait(STAY_MS)
        guide = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "window_guide")
        guide.close()
    print("done", flush=True)
    window.close()
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
