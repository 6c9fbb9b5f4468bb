"""The Qt application: style, theme, window; and what happens to errors that nobody caught."""

import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.application.languages import speak_as_asked
from desktop.application.settings import settings_in
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
from desktop.words import language

_log = logging.getLogger(__name__)
_LOOK_FOR_SIGNALS_MS = 300
_LAST_WORKS_S = 1.0
# Seconds that a thread keeps the interpreter while the window waits for it. A table asks its model hundreds of times to
# paint itself once, and each time waits so long when something is worked out meanwhile; Python's own 5 ms make that seconds.
_SWITCH_INTERVAL_S = 0.0005
_SPOKEN = "spoken_language"


def make_application() -> QApplication:
    """The one application object, themed and in the language that is spoken; a later call takes up another language.

    DELINK_SCHEME=light or dark overrides the system's choice of colours.
    """
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Delink")
    app.setApplicationDisplayName("Delink")
    app.setDesktopFileName("delink")
    app.setWindowIcon(app_icon())
    make_areas_accessible()
    _take_up_language(app)
    theme.apply(app, Scheme(os.environ.get("DELINK_SCHEME", "system")))
    return app


def system_languages() -> list[str]:
    """The languages that the user has chosen for the whole system, the best first."""
    return QLocale.system().uiLanguages()


def _take_up_language(app: QApplication) -> None:
    """Qt's own dialogs, its numbers and its direction follow the language that is spoken; our sentences come from words."""
    spoken = language()
    if app.property(_SPOKEN) == spoken.code:
        return
    app.setProperty(_SPOKEN, spoken.code)
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    locale = QLocale(spoken.locale_code)
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if spoken.right_to_left else Qt.LayoutDirection.LeftToRight)


def make_window(ports: WindowPorts, *, is_practice: bool) -> tuple[MainWindow, Journey]:
    """Make the window and the flows that drive it."""
    with theme.laid_aside():
        window = MainWindow(ports.settings, is_practice=is_practice)
        return window, Journey(ports, window, is_practice=is_practice)


def open_window(ports: WindowPorts, sheet: Path | None, *, is_practice: bool) -> int:
    """Show the window until it is closed."""
    speak_as_asked(settings_in(ports.settings).language, system_languages())
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
