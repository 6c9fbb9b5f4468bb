"""The window: rail, strip, pages and footer, and who may close it. What follows on what stands in journey.py."""

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.application.settings import Values, remember, remembered_in
from desktop.qt.icons import app_icon
from desktop.qt.models.runs_model import RunsModel
from desktop.qt.pages.check_page import CheckPage
from desktop.qt.pages.confirm_page import ConfirmPage
from desktop.qt.pages.connect_page import ConnectPage
from desktop.qt.pages.history_page import HistoryPage
from desktop.qt.pages.page import Page
from desktop.qt.pages.remove_page import RemovePage
from desktop.qt.pages.results_page import ResultsPage
from desktop.qt.pages.sheet_page import SheetPage
from desktop.qt.pages.welcome_page import WelcomePage
from desktop.qt.theme import MARGIN, NARROW
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.chrome import Banner, Footer, StepsBar
from desktop.qt.widgets.drop_area import file_in
from desktop.qt.widgets.frames import ProblemPanel
from desktop.qt.widgets.message_line import MessageLine
from desktop.qt.widgets.page_area import PageArea
from desktop.qt.widgets.rail import Rail
from desktop.words import say
from desktop.words.explanations import Explanation

_OPENS_AT = QSize(1280, 800)
_LEAST = QSize(640, 340)


class MainWindow(QMainWindow):
    """Shows what the journey tells it to. ``closing`` is emitted when the user wants to close while a run works,
    ``page_left`` (Page) when another one takes its place, ``place_changed`` when the account on the screen may be another.

    While a run works or is held, :meth:`turns_away` says so to whoever wants to begin something else.
    """

    file_dropped = Signal(object)
    cells_pasted = Signal(str)
    run_chosen = Signal(object)
    wants_file = Signal()
    wants_new = Signal()
    wants_history = Signal()
    wants_account = Signal()
    wants_no_practice = Signal()
    wants_guide = Signal(str)
    wants_primary = Signal(object)
    wants_back = Signal(object)
    wants_step = Signal(int)
    closing = Signal()
    page_left = Signal(object)
    place_changed = Signal()

    def __init__(self, settings: Values, *, is_practice: bool) -> None:
        super().__init__()
        self._settings = settings
        self._may_close = True
        self._held: tuple[Page, str] | None = None
        self.setObjectName("main_window")
        self.setWindowTitle(say("Practice mode") if is_practice else "Delink")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(_LEAST)
        self.banner, self.steps, self.footer, self.message = Banner(), StepsBar(self), Footer(), MessageLine()
        self.runs = RunsModel(self)
        self.welcome, self.connect_page, self.history, self.sheet = WelcomePage(), ConnectPage(), HistoryPage(), SheetPage()
        self.check, self.confirm, self.remove, self.results = CheckPage(), ConfirmPage(), RemovePage(), ResultsPage()
        self._stack = QStackedWidget()
        pages = self._pages = (
            self.welcome,
            self.connect_page,
            self.history,
            self.sheet,
            self.check,
            self.confirm,
            self.remove,
            self.results,
        )
        for page in pages:
            self._stack.addWidget(PageArea(page))
            page.footer_changed.connect(self._on_footer_changed)
            page.place_changed.connect(self.place_changed)
        self._close_panel = self._make_close_panel()
        self.rail = Rail(self.runs, self.banner.account, is_practice=is_practice)
        self._lay_out()
        self._connect_parts()
        self._restore_size()

    def _connect_parts(self) -> None:
        self.footer.primary.connect(self._on_primary)
        self.footer.back.connect(self._on_back)
        self.steps.chosen.connect(self.wants_step)
        self.banner.shown.connect(self.rail.show_account)
        for new in (self.rail.new, self.banner.new):
            new.clicked.connect(self.wants_new)
        for guide in (self.rail.guide, self.banner.guide):
            guide.clicked.connect(self._on_wants_guide)
        self.rail.history.clicked.connect(self.wants_history)
        self.rail.run_chosen.connect(self.run_chosen)
        self.banner.account.clicked.connect(self.wants_account)
        self.banner.leave_practice.clicked.connect(self.wants_no_practice)
        self.message.wants_show.connect(self._on_wants_show)
        self.banner.runs.clicked.connect(self._on_runs_clicked)
        self.welcome.drop_area.wants_paste.connect(self.paste)
        keys = QKeySequence.StandardKey
        for key, slot in (
            (keys.Paste, self.paste),
            (keys.Open, self.wants_file),
            (keys.New, self.wants_new),
            (keys.HelpContents, self._on_wants_guide),
            ("Ctrl+Q", self.close),  # the standard key for it is not bound everywhere
        ):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    @property
    def page(self) -> Page:
        area = self._stack.currentWidget()
        page = area.widget() if isinstance(area, PageArea) else None
        assert isinstance(page, Page)  # noqa: S101 (nothing else is on the stack)
        return page

    def show_page(self, page: Page) -> None:
        if (before := self.page) is not page:
            self._stack.setCurrentIndex(self._pages.index(page))
            self.message.hide()
            self.page_left.emit(before)
        if page.step is not None:
            self.steps.show_step(page.step, page.reachable, page.operation)
        self.steps.setVisible(page.step is not None)
        self._on_footer_changed()
        self._colour_strip()
        self.place_changed.emit()
        if (focus := page.first_focus()) is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def held_page(self) -> Page | None:
        """The page of the run that works, is held in a pause, or is about to begin; None while there is none."""
        return self._held[0] if self._held is not None else None

    def hold(self, page: Page, words: str) -> None:
        """A run has the window: until :meth:`release`, nothing else begins, and ``words`` say why."""
        if self._held is not None and self._held != (page, words) and self.message.words == self._held[1]:
            self.message.hide()  # what it said of the run holds no longer
        self._held = page, words
        self.place_changed.emit()

    def release(self) -> None:
        """Let something else begin, because no run has the window any more."""
        if self._held is not None and self.message.words == self._held[1]:
            self.message.hide()
        self._held = None
        self.place_changed.emit()

    @Slot(result=bool)
    def turns_away(self) -> bool:
        """True while a run has the window, which is then said in words, with a way to that run."""
        if self._held is None:
            return False
        page, words = self._held
        self.message.say(words, can_show=self.page is not page)
        return True

    def hold_open(self, hold: bool) -> None:
        """While a run works, closing asks first; the question goes with the run that it was asked about."""
        self._may_close = not hold
        self._colour_strip()
        self._close_panel.hide()
        self.stop_and_close.setEnabled(True)

    def close_now(self) -> None:
        self._may_close = True
        self.close()

    def come_forward(self) -> None:
        """In front of other windows where the system allows it; else the task bar asks for attention."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def ask_before_closing(self, cause: Explanation) -> None:
        """Ask in place, not in a window over the window."""
        self._close_panel.tell(cause, calm=True)
        self._close_panel.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing while a run works is asked about; else the size is remembered."""
        if not self._may_close:
            event.ignore()
            self.closing.emit()
            return
        remember(self._settings, window_geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.welcome.drop_area.show_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.welcome.drop_area.show_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """One file opens; anything else is told why not."""
        self.welcome.drop_area.show_hot(False)
        if self._take_file(event.mimeData()):
            event.acceptProposedAction()

    def paste(self) -> None:
        """Open the copied file, or the copied cells, where a sheet can be opened."""
        mime = QApplication.clipboard().mimeData() or QMimeData()  # nothing at all where nothing was copied
        if self.turns_away():
            return
        if self.page not in (self.welcome, self.sheet):
            self.message.say(say("A sheet is pasted on the first page: choose New clean-up, then paste."))
            return
        if self._take_file(mime):
            return
        if mime.text().strip():
            self.cells_pasted.emit(mime.text())
        elif not mime.hasUrls():
            words = say("Copy the cells of both columns in Excel, or a file, and paste again.")
            self._say_in_place(Explanation(say("There is nothing to paste"), words))

    def _take_file(self, mime: QMimeData) -> bool:
        path, why_not = file_in(mime)
        if path is not None:
            self.file_dropped.emit(path)
        elif why_not and self.page in (self.welcome, self.sheet):
            self._say_in_place(Explanation(say("That cannot be opened"), why_not))
        return path is not None

    def _say_in_place(self, cause: Explanation) -> None:
        """Say it on the present page, which comes back with one click."""
        back = Button(say("Back to the page"), "button_problem_back")
        back.clicked.connect(self.page.show_full)
        self.page.show_problem(cause, [back])

    def _colour_strip(self) -> None:
        """Show the environment's full colour where a wrong account would be dear: on Confirm and while links go."""
        is_at_work = self.page is self.remove and not self._may_close
        self.banner.show_full(self.page is self.confirm or is_at_work)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail folds away in a narrow window; New clean-up and Help stay in sight."""
        folded = self.width() < NARROW
        if folded != self.banner.runs.isVisibleTo(self):
            self.banner.runs.setVisible(folded)
            self.banner.new.setVisible(folded)
            self.banner.guide.setVisible(folded)
            self.rail.setVisible(not folded)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.steps)
        closing = QVBoxLayout()
        closing.setContentsMargins(MARGIN, 0, MARGIN, 0)
        closing.addWidget(self._close_panel)
        right.addLayout(closing)
        right.addWidget(self._stack, 1)
        right.addWidget(self.message)
        right.addWidget(self.footer)
        central = QWidget()
        outer = QHBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.rail)
        outer.addLayout(right, 1)
        self.setCentralWidget(central)

    def _make_close_panel(self) -> ProblemPanel:
        panel = ProblemPanel(name="panel_closing")
        self.stop_and_close = Button(say("Stop and close"), "button_stop_and_close", glyph="stop")
        keep = Button(say("Keep running"), "button_keep_running", kind="primary")
        keep.clicked.connect(panel.hide)
        panel.ways.addWidget(keep)
        panel.ways.addWidget(self.stop_and_close)
        panel.ways.addStretch(1)
        panel.hide()
        return panel

    def _restore_size(self) -> None:
        self.resize(_OPENS_AT.boundedTo(self.screen().availableSize()))
        saved = remembered_in(self._settings).window_geometry
        if saved:
            self.restoreGeometry(QByteArray.fromBase64(saved.encode("ascii")))

    @Slot()
    def _on_wants_show(self) -> None:
        if self._held is not None:
            self.show_page(self._held[0])

    @Slot()
    def _on_wants_guide(self) -> None:
        self.wants_guide.emit("")

    @Slot()
    def _on_runs_clicked(self) -> None:
        self.rail.setVisible(not self.rail.isVisibleTo(self))

    @Slot()
    def _on_footer_changed(self) -> None:
        spec = self.page.footer()
        self.footer.show_page(
            spec.primary,
            enabled=spec.enabled,
            danger=spec.danger,
            hint=spec.hint,
            has_back=spec.has_back,
            extras=spec.extras,
            right=spec.right,
        )

    @Slot()
    def _on_primary(self) -> None:
        self.wants_primary.emit(self.page)

    @Slot()
    def _on_back(self) -> None:
        self.wants_back.emit(self.page)


def sheet_filter() -> str:
    """The kinds of files that can be read, for Qt's dialog."""
    sheets = "*.xlsx *.xlsm *.csv *.tsv *.txt *.xls *.xlsb *.ods"
    return filter_of((say("Sheets"), sheets), (say("All files"), "*"))


def results_filter() -> str:
    """The kinds of files that can be written, for Qt's dialog."""
    return filter_of((say("Excel workbook"), "*.xlsx"), (say("CSV"), "*.csv"))


def filter_of(*kinds: tuple[str, str]) -> str:
    """What a dialog of Qt offers: a word and the patterns of each kind of file, in the form that Qt reads."""
    return ";;".join(f"{word} ({patterns})" for word, patterns in kinds)
