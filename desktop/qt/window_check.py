"""Walks the real window through a practice job, from the sample to its results, as a user would; for the self-check.

Finds controls by their object names only. Runs its own event loop, so it must not be called from a running window.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from desktop.application.past_runs import list_runs
from desktop.domain.outcomes import Tally
from desktop.qt.application import make_application, make_window
from desktop.qt.pages.page import Page
from desktop.qt.window_ports import WindowPorts

STEP_S = 60.0
_LOOK_EVERY_MS = 10
Control = TypeVar("Control", bound=QWidget)


class WindowStuck(Exception):
    """The window did not come to the next step in time; the text says to which."""


@dataclass(frozen=True, slots=True)
class PracticeJob:
    """What the walk through the window saw on its way."""

    platform: str
    shown_after_s: float
    links: int
    calls: int
    tally: Tally


def walk_through(ports: WindowPorts) -> PracticeJob:
    """Do the practice job in a window of its own. Raises WindowStuck."""
    started = time.monotonic()
    app = make_application()
    window, journey = make_window(ports, is_practice=True)
    window.show()
    journey.begin(None)
    try:
        _until(lambda: journey.accounts.account is not None, "signed in to the practice CRM")
        shown_after_s = time.monotonic() - started
        _click(window, "button_use_sample")
        for page in (window.sheet, window.check, window.confirm):
            _until_full(window, page)
            if page is not window.confirm:
                _click(window, "button_primary")
        plan = journey.clean_up.plan
        links, calls = (plan.links_to_send, plan.calls) if plan else (0, 0)
        _find(window, QLineEdit, "input_confirm_count").setText(str(links))
        _click(window, "button_primary")
        _until_full(window, window.results)
        return PracticeJob(app.platformName(), shown_after_s, links, calls, list_runs(ports)[0].tally)
    finally:
        window.close_now()


def _find(window: QWidget, kind: type[Control], name: str) -> Control:
    control = next((one for one in window.findChildren(kind, name) if one.isVisibleTo(window)), None)
    if control is None:
        raise WindowStuck(f"{name} is not there")
    return control


def _click(window: QWidget, name: str) -> None:
    button = _find(window, QAbstractButton, name)
    _until(button.isEnabled, f"{name} could be used")
    button.click()


def _until_full(window: QWidget, page: Page) -> None:
    _until(lambda: page.isVisibleTo(window) and page.is_full, f"{page.objectName()} was shown")


def _until(holds: Callable[[], object], what: str) -> None:
    """Let the window work until something holds."""
    loop, deadline = QEventLoop(), time.monotonic() + STEP_S
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > deadline else None)
    timer.start(_LOOK_EVERY_MS)
    loop.exec()
    if not holds():
        raise WindowStuck(f"not {what} within {STEP_S:.0f} s")
