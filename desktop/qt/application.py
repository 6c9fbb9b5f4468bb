"""The Qt application: style, theme, window; and what happens to errors that nobody caught."""

import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.qt.accessible_areas import make_areas_accessible
from desktop.qt.first_window import FirstWindow
from desktop.qt.flows.journey import Journey
from desktop.qt.flows.update_news import UpdateNews
from desktop.qt.icons import app_icon
from desktop.qt.jobs.background import finish
from desktop.qt.main_window import MainWindow
from desktop.qt.opened_files import OpenedFiles
from desktop.qt.theme import Scheme, theme
from desktop.qt.window_ports import WindowPorts

_log = logging.getLogger(__name__)
_LOOK_FOR_SIGNALS_MS = 300
_LAST_WORKS_S = 1.0
# Seconds that a thread keeps the interpreter while the window waits for it. A table asks its model hundreds of times to
# paint itself once, and each time waits so long when something is worked out meanwhile; Python's own 5 ms make that seconds.
_SWITCH_INTERVAL_S = 0.0005
TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"


def make_application() -> QApplication:
    """The one application object, themed. DELINK_SCHEME=light or dark overrides the system's choice."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Delink")
    app.setApplicationDisplayName("Delink")
    app.setDesktopFileName("delink")
    app.setWindowIcon(app_icon())
    make_areas_accessible()
    _translate(app)
    theme.apply(app, Scheme(os.environ.get("DELINK_SCHEME", "system")))
    return app


def _translate(app: QApplication) -> None:
    """Our texts in the user's language, else in English, whose plurals come from there too; once for an application."""
    if app.findChild(QTranslator) is not None:
        return
    for locale in (QLocale(), QLocale(QLocale.Language.English)):
        translator = QTranslator(app)
        if translator.load(locale, "delink", "_", str(TRANSLATIONS)):
            app.installTranslator(translator)
            return


def make_window(ports: WindowPorts, *, is_practice: bool) -> tuple[MainWindow, Journey]:
    """The window and what drives it."""
    with theme.laid_aside():
        window = MainWindow(ports.settings, is_practice=is_practice)
        return window, Journey(ports, window, is_practice=is_practice)


def open_window(ports: WindowPorts, sheet: Path | None, *, is_practice: bool) -> int:
    """Show the window until it is closed."""
    app = make_application()
    sys.excepthook = _log_uncaught
    first = FirstWindow(ports.home_folder, is_practice=is_practice)
    if not first.is_first:
        if first.hand_over(sheet):
            return 0
        _log.warning("Another window holds this place and does not answer; a second one opens")
    window, journey = make_window(ports, is_practice=is_practice)
    for sign in (signal.SIGINT, signal.SIGTERM):
        # Inside the event loop: a window that is closed before the loop begins would not end it.
        signal.signal(sign, lambda *_: QTimer.singleShot(0, journey.end))
    # Python looks at signals only while it runs, and a Qt method would not make it run.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(_LOOK_FOR_SIGNALS_MS)
    first.asked.connect(journey.come_forward)
    window.show()
    opened = OpenedFiles(app)
    opened.opened.connect(journey.sheets.open)
    journey.begin(sheet)
    UpdateNews(ports, window).begin()
    app.aboutToQuit.connect(journey.let_go)
    code = app.exec()
    first.close()
    if not finish(_LAST_WORKS_S):
        _log.info("The program ends while some work still waits")
        ports.settings.flush(_LAST_WORKS_S)
        logging.shutdown()
        os._exit(code)  # Qt would wait for it, however long it takes; what counts is on the disk
    return code


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("Nobody caught this", exc_info=(kind, error, trace))
