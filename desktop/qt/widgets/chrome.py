"""The frame around the pages: banner, steps, footer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop.domain.connections import Connection
from desktop.domain.operations import Operation
from desktop.qt.icons import icon
from desktop.qt.place_words import environment_words
from desktop.qt.run_words import RunWords
from desktop.qt.theme import color, scaled, theme
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel
from desktop.words import say
from desktop.words.joining import sentences, side_by_side

_BANNER_HEIGHT = 40
_RUN_STEP = 3


class Banner(QWidget):
    """Who and where, in words and colour, over the whole width; the ways to the runs and to the account."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setFixedHeight(_BANNER_HEIGHT)
        self._tint: str | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(16)
        self.runs = Button(say("Runs"), "button_runs", kind="banner", glyph="list")
        self.runs.hide()
        self.account = Button("", "button_account", kind="banner", glyph="key")
        self.leave_practice = Button(say("Leave practice"), "button_leave_practice", kind="banner", glyph="back")
        self._who = ElidedLabel()
        self._where = PlainLabel(wraps=False)
        scaled(self._where, 1.0, strong=True)
        layout.addWidget(self.runs)
        layout.addWidget(self._who, 1)
        layout.addWidget(self.account)
        layout.addWidget(self._where)
        layout.addWidget(self.leave_practice)
        self.show_connection(None)
        theme.changed.connect(self._on_theme_changed)

    def show_connection(self, connection: Connection | None) -> None:
        """The account that what is shown belongs to, or none."""
        if connection is None:
            self._tint, who, where = None, say("Not connected"), ""
        else:
            self._tint, where = environment_words(connection.environment)
            account = connection.account
            place = connection.data_centre.upper()
            edition = account.edition.replace("_", " ").capitalize()
            who = side_by_side(account.company or connection.name, place, account.email or account.user, edition)
        self._who.setText(who)
        self._where.setText(where)
        self._where.setVisible(bool(where))
        self.account.say(say("Change account") if connection else say("Connect"))
        self.account.setVisible(self._tint != "practice")
        self.leave_practice.setVisible(self._tint == "practice")
        self.setAccessibleName(sentences(who, where))
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        text = color("on_full" if self._tint else "secondary").name()
        for label in (self._who, self._where):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), text)
            label.setPalette(palette)
        for button in (self.runs, self.account, self.leave_practice):
            button.set_kind("banner" if self._tint else "plain_banner")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(self._tint or "surface"))
        if not self._tint:
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
        layout.setContentsMargins(24, 8, 24, 0)
        layout.setSpacing(6)
        self._buttons: list[QToolButton] = []
        for number in range(len(self._titles)):
            if number:
                line = QFrame()
                line.setFixedHeight(1)
                line.setMinimumWidth(16)
                line.setMaximumWidth(64)
                line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                line.setProperty("kind", "line")
                layout.addWidget(line, 1)
            button = QToolButton()
            button.setObjectName(f"step_{number + 1}")
            button.setProperty("kind", "step")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
            self._buttons.append(button)
        layout.addStretch(2)
        theme.changed.connect(self._on_theme_changed)

    def show_step(self, present: int, reachable: int, operation: Operation = Operation.REMOVE) -> None:
        """``present`` from 0; steps below ``reachable`` may be gone back to. ``operation`` names the fourth step."""
        self._present, self._reachable, self._operation = present, reachable, operation
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._titles[_RUN_STEP] = RunWords(self._operation).step()
        for number, button in enumerate(self._buttons):
            button.setText(say("{step}  {title}", step=number + 1, title=self._titles[number]))
            done = number < self._present
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
        layout.setContentsMargins(24, 10, 24, 10)
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
