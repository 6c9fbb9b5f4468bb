"""The frame around the pages: the strip of the environment, the steps and the footer."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.domain.connections import Connection
from desktop.domain.operations import Operation
from desktop.qt.icons import icon, pixmap
from desktop.qt.models.cells import plain_tip
from desktop.qt.place_words import environment_words
from desktop.qt.run_words import RunWords
from desktop.qt.theme import MARGIN, color, scaled, theme
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.column import keep_in_column
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel
from desktop.words import say
from desktop.words.joining import sentences, side_by_side

_BANNER_HEIGHT = 32
_GLYPH_SIZE = 16
_ENVIRONMENT_GLYPHS = {"production": "attention", "sandbox": "info", "practice": "flask"}
_RUN_STEP = 3


class Banner(QWidget):
    """The strip above the page: which environment, whose company, which data centre.

    At rest it is a tint. It takes the full colour where a wrong account would be dear: on Confirm and while links go.
    ``account`` leads to another account; the window puts it where the account is shown.
    """

    shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setMinimumHeight(_BANNER_HEIGHT)
        self._tint: str | None = None
        self._is_full = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, 0)
        layout.setSpacing(8)
        self.runs = Button(say("Runs"), "button_runs", kind="banner", glyph="list")
        self.runs.hide()
        # Buttons of their own: to move those of the rail here while a screen reader walks over them ends the program.
        self.new = Button(say("New clean-up"), "button_new_clean_up_folded", kind="banner", glyph="plus")
        self.new.hide()
        self.guide = Button(say("Help"), "button_help_folded", kind="banner", glyph="question")
        self.guide.hide()
        self.account = Button("", "button_account", self, kind="rail", glyph="key")
        self.leave_practice = Button(say("Leave practice"), "button_leave_practice", kind="banner", glyph="back")
        self._glyph = QLabel()
        self._who = ElidedLabel()
        self._where = PlainLabel(wraps=False)
        scaled(self._where, 1.0, strong=True)
        layout.addWidget(self.runs)
        layout.addWidget(self.new)
        layout.addWidget(self.guide)
        layout.addWidget(self._glyph)
        layout.addWidget(self._where)
        layout.addWidget(self._who, 1)
        layout.addWidget(self.leave_practice)
        self.show_connection(None)
        theme.changed.connect(self._on_theme_changed)

    def show_connection(self, connection: Connection | None) -> None:
        """The account that what is shown belongs to, or none."""
        where, seen, whole = "", say("Not connected"), say("Not connected")
        self._tint = None
        if connection is not None:
            self._tint, where = environment_words(connection.environment)
            account = connection.account
            company, place = account.company or connection.name, connection.data_centre.upper()
            edition = account.edition.replace("_", " ").capitalize()
            seen = side_by_side(company, place)
            whole = side_by_side(company, place, account.email or account.user, edition)
        self._who.setText(seen)
        self._who.setToolTip(plain_tip(whole))
        self._where.setText(where)
        self._where.setVisible(bool(where))
        self.account.say(say("Change account") if connection else say("Connect"))
        self.account.setVisible(self._tint != "practice")
        self.leave_practice.setVisible(self._tint == "practice")
        self.setAccessibleName(sentences(whole, where))
        self._on_theme_changed()
        self.shown.emit(connection)

    def show_full(self, is_full: bool) -> None:
        """Show the full colour of the environment, or its tint."""
        if is_full != self._is_full:
            self._is_full = is_full
            self._on_theme_changed()

    @property
    def _is_painted_full(self) -> bool:
        return self._is_full and self._tint is not None

    def _on_theme_changed(self) -> None:
        token = "on_full" if self._is_painted_full else f"{self._tint}_text" if self._tint else "secondary"
        text = color(token)
        for label in (self._who, self._where):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), text)
            label.setPalette(palette)
        self._glyph.setVisible(self._tint is not None)
        if self._tint is not None:
            self._glyph.setPixmap(pixmap(_ENVIRONMENT_GLYPHS[self._tint], _GLYPH_SIZE, text))
        for button in (self.runs, self.new, self.guide, self.leave_practice):
            button.set_kind("banner" if self._is_painted_full else "plain_banner")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (layout := self.layout()) is not None:
            keep_in_column(self, layout)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        token = self._tint if self._is_painted_full else f"{self._tint}_tint" if self._tint else "surface"
        painter.fillRect(self.rect(), color(token or "surface"))
        if not self._is_painted_full:
            painter.setPen(color("hairline"))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())


class StepsBar(QWidget):
    """1 Your sheet … 5 Results; a done step has a tick, and a click goes back to it."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self._titles = [say("Your sheet"), say("Check"), say("Confirm"), "", say("Results")]
        self._present, self._reachable, self._operation = 0, 0, Operation.REMOVE
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 8, MARGIN, 0)
        layout.setSpacing(4)
        self._is_short = False
        self._buttons: list[QToolButton] = []
        self._lines: list[QFrame] = []
        for number in range(len(self._titles)):
            if number:
                line = QFrame()
                line.setFixedHeight(1)
                line.setFixedWidth(16)
                line.setProperty("kind", "line")
                layout.addWidget(line)
                self._lines.append(line)
            button = QToolButton()
            button.setObjectName(f"step_{number + 1}")
            button.setProperty("kind", "step")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
            self._buttons.append(button)
        layout.addStretch(1)
        theme.changed.connect(self._on_theme_changed)

    def show_step(self, present: int, reachable: int, operation: Operation = Operation.REMOVE) -> None:
        """``present`` from 0; steps below ``reachable`` may be gone back to. ``operation`` names the fourth step."""
        self._present, self._reachable, self._operation = present, reachable, operation
        self._on_theme_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (layout := self.layout()) is not None:
            keep_in_column(self, layout)
        super().resizeEvent(event)
        self.shorten(self.whole_width() > self.width() - 2 * MARGIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def whole_width(self) -> int:
        """Return how wide the steps are when all of them are shown."""
        lines = sum(line.width() for line in self._lines)
        spacing = 4 * (len(self._buttons) + len(self._lines) - 1)
        return sum(button.sizeHint().width() for button in self._buttons) + lines + spacing

    def shorten(self, is_short: bool) -> None:
        """Show only the present step, where there is no room for all of them, or all."""
        if is_short != self._is_short:
            self._is_short = is_short
            self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._titles[_RUN_STEP] = RunWords(self._operation).step()
        for number, button in enumerate(self._buttons):
            button.setText(say("{step}  {title}", step=number + 1, title=self._titles[number]))
            done = number < self._present
            button.setVisible(number == self._present or not self._is_short)
            if number:
                self._lines[number - 1].setVisible(not self._is_short)
            button.setChecked(number == self._present)
            button.setEnabled(number == self._present or number < self._reachable)
            waiting = icon("disc", "accent") if number == self._present else icon("ring", "border")
            button.setIcon(icon("check", "removed") if done else waiting)
            button.setAccessibleName(_step_in_words(number + 1, self._titles[number], done=done, present=number == self._present))

    @Slot()
    def _on_clicked(self) -> None:
        number = next(n for n, button in enumerate(self._buttons) if button is self.sender())
        self._on_theme_changed()
        if number != self._present:
            self.chosen.emit(number)


def _step_in_words(step: int, title: str, *, done: bool, present: bool) -> str:
    if done:
        return say("{step}, {title}, done", step=step, title=title)
    if present:
        return say("{step}, {title}, present step", step=step, title=title)
    return say("{step}, {title}, to come", step=step, title=title)


class Footer(QFrame):
    """Back at the left; further buttons, a hint and the one primary button at the right, always at the same place."""

    primary = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 14, MARGIN, 14)
        layout.setSpacing(12)
        self._back = Button(say("Back"), "button_back", glyph="back")
        self._back.clicked.connect(self.back)
        self._extras = QHBoxLayout()
        self._extras.setSpacing(8)
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        self._hint = PlainLabel(kind="secondary", wraps=False)
        self._primary = Button("", "button_primary", kind="primary")
        self._primary.clicked.connect(self.primary)
        # Enter must never set off the primary button from somewhere else on the page.
        for button in (self._back, self._primary):
            button.setAutoDefault(False)
            button.setDefault(False)
        layout.addWidget(self._back)
        layout.addLayout(self._extras)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        layout.addLayout(self._right)
        layout.addWidget(self._primary)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (layout := self.layout()) is not None:
            keep_in_column(self, layout)
        super().resizeEvent(event)

    def show_page(
        self,
        primary: str,
        *,
        enabled: bool,
        danger: bool,
        hint: str,
        has_back: bool,
        extras: Sequence[QWidget],
        right: Sequence[QWidget],
    ) -> None:
        """What the present page wants here; an empty ``primary`` hides the button."""
        self._primary.setVisible(bool(primary))
        self._primary.say(primary)
        self._primary.setEnabled(enabled)
        self._primary.set_kind("danger" if danger else "primary")
        self._hint.setText(hint)
        self._back.setVisible(has_back)
        for layout, widgets in ((self._extras, extras), (self._right, right)):
            # What is taken out and put back has the whole window laid out again.
            items = (layout.itemAt(place) for place in range(layout.count()))
            stands = [item.widget() for item in items if item is not None] == list(widgets)
            while not stands and (item := layout.takeAt(0)):
                if (widget := item.widget()) is not None and widget not in widgets:
                    widget.hide()
            for widget in widgets:
                if not stands:
                    layout.addWidget(widget)
                widget.show()
        self.setVisible(bool(primary or hint or has_back or extras or right))
