"""The look: one table of colours for light and dark, Fusion with a palette from it, and a small style sheet.

Nothing else in the program names a colour. In high contrast the system's own palette wins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel

MARGIN = 24
ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, each with the name of its use."""

    window: str
    surface: str
    raised: str
    text: str
    secondary: str
    disabled: str
    hairline: str
    border: str
    accent: str
    on_accent: str
    tint: str
    removed: str
    not_linked: str
    refused: str
    on_refused: str
    unknown: str
    not_sent: str
    production: str
    sandbox: str
    practice: str
    asking: str
    on_banner: str = "#FFFFFF"


LIGHT = Tokens(
    window="#F6F7F9", surface="#FFFFFF", raised="#FFFFFF", text="#1B1F24", secondary="#505A66", disabled="#8A929C",
    hairline="#D5DAE0", border="#7C8591", accent="#0B5CAD", on_accent="#FFFFFF", tint="#E8F1FA", removed="#18703A",
    not_linked="#505A66", refused="#B3261E", on_refused="#FFFFFF", unknown="#8A5A00", not_sent="#6B737E",
    production="#B3261E", sandbox="#8A5A00", practice="#5B3FA8",
    asking="#FBF3E4",
)  # fmt: skip

DARK = Tokens(
    window="#15171B", surface="#1D2025", raised="#24282E", text="#E7EAEE", secondary="#A9B1BC", disabled="#6B737E",
    hairline="#363C45", border="#7D8692", accent="#7AB8FF", on_accent="#08213B", tint="#1B2D40", removed="#57C27D",
    not_linked="#A9B1BC", refused="#FF8A80", on_refused="#2A0E0B", unknown="#E8B64C", not_sent="#8A929C",
    production="#7A1C16", sandbox="#5E3E00", practice="#46308A",
    asking="#261C08",
)  # fmt: skip


class Scheme(Enum):
    """Whether the light or the dark scheme is shown, or the one of the system."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The theme of the application; ``changed`` after every switch. GUI thread only."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.is_dark = False
        self._is_applied = self._follows_system = False

    def apply(self, app: QApplication, scheme: Scheme) -> None:
        """Show a scheme from now on; SYSTEM follows the system's changes. What is shown already costs nothing."""
        hints = app.styleHints()
        if not self._is_applied:
            self._is_applied = True
            app.setStyle("Fusion")
            hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self._follows_system = scheme is Scheme.SYSTEM
        dark = scheme is Scheme.DARK or (self._follows_system and hints.colorScheme() is Qt.ColorScheme.Dark)
        if dark != self.is_dark or not app.styleSheet():
            self._show(app, dark)

    @contextmanager
    def laid_aside(self) -> Iterator[None]:
        """While a window is made it has no style sheet, and gets it when it is whole.

        Qt goes through the rules again for a part and all that is in it each time it is put into another one; in a window of
        hundreds of parts that is three quarters of the time that it takes to make it.
        """
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            yield
            return
        sheet = app.styleSheet()
        app.setStyleSheet("")
        try:
            yield
        finally:
            app.setStyleSheet(sheet)

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        app = QApplication.instance()
        if self._follows_system and isinstance(app, QApplication):
            self._show(app, scheme is Qt.ColorScheme.Dark)

    def _show(self, app: QApplication, dark: bool) -> None:
        self.is_dark, self.tokens = dark, DARK if dark else LIGHT
        app.setPalette(palette_of(self.tokens))
        app.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()


theme = Theme()


def color(name: str) -> QColor:
    """Return a colour of the present scheme by the name of its token."""
    return QColor(getattr(theme.tokens, name))


def palette_of(tokens: Tokens) -> QPalette:
    """Make Qt's palette of the tokens of a scheme."""
    palette = QPalette()
    role = QPalette.ColorRole
    for where, value in {
        role.Window: tokens.window, role.WindowText: tokens.text, role.Base: tokens.surface, role.AlternateBase: tokens.window,
        role.Text: tokens.text, role.Button: tokens.surface, role.ButtonText: tokens.text, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.ToolTipBase: tokens.raised, role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.secondary, role.Link: tokens.accent, role.Mid: tokens.hairline, role.Light: tokens.raised,
        role.Accent: tokens.accent,
    }.items():  # fmt: skip
        palette.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.disabled))
    return palette


def style_sheet(tokens: Tokens) -> str:
    """What Fusion lacks: calm buttons, fields, cards and tables."""
    sheet = _STYLE
    sheet = sheet.replace("@@ARROW", (ICONS / "arrow.svg").as_posix())
    sheet = sheet.replace("@@TICK", (ICONS / ("tick_dark.svg" if tokens is DARK else "tick_light.svg")).as_posix())
    for one in fields(tokens):
        sheet = sheet.replace(f"@{one.name};", f"{getattr(tokens, one.name)};")
    return sheet


def scaled(label: QLabel, factor: float, *, strong: bool = False) -> QLabel:
    """Give a label the system's font at ``factor`` times its size."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    label.setFont(font)
    return label


def fixed_font() -> QFont:
    """Return the font in which IDs are shown."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF() * 0.95)
    return font


_STYLE = """
QToolTip { color: @text; background: @raised; border: 1px solid @border; padding: 4px; }
QPushButton { min-height: 20px; padding: 6px 14px; border: 1px solid @border; border-radius: 6px; background: @surface;
              color: @text; }
QPushButton:hover { background: @tint; border-color: @accent; }
QPushButton:pressed { background: @hairline; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @disabled; border-color: @hairline; background: @window; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600;
              min-width: 150px; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @hairline; color: @secondary; border-color: @hairline; }
QPushButton[kind="danger"] { background: @refused; color: @on_refused; border: 1px solid @refused; font-weight: 600;
              min-width: 150px; }
QPushButton[kind="danger"]:focus { border: 2px solid @text; }
QPushButton[kind="danger"]:disabled { background: @hairline; color: @secondary; border-color: @hairline; }
QPushButton[kind="quiet"] { border: 1px solid transparent; background: transparent; color: @accent; text-align: left;
              padding: 3px 4px; }
QPushButton[kind="quiet"]:checked { background: @tint; border-color: @accent; }
QPushButton[kind="quiet"]:hover { background: @tint; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; padding: 2px 3px; }
QPushButton[kind="banner"], QPushButton[kind="plain_banner"] { min-height: 18px; padding: 4px 10px; }
QPushButton[kind="banner"] { background: transparent; color: @on_banner; border: 1px solid @on_banner; }
QPushButton[kind="banner"]:hover { border: 2px solid @on_banner; padding: 3px 9px; }
QPushButton[kind="banner"]:focus, QPushButton[kind="plain_banner"]:focus { border-width: 2px; padding: 3px 9px; }
QLineEdit, QComboBox, QSpinBox { min-height: 20px; padding: 5px 8px; border: 1px solid @border; border-radius: 6px;
              background: @surface; color: @text; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid @accent; padding: 4px 7px; }
QLineEdit:disabled, QComboBox:disabled { color: @disabled; border-color: @hairline; background: @window; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("@@ARROW"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @border; selection-background-color: @tint;
              selection-color: @text; outline: none; padding: 4px; }
QCheckBox { spacing: 8px; min-height: 28px; }
QCheckBox:focus { outline: none; color: @accent; }
QCheckBox::indicator, QTreeView::indicator { width: 15px; height: 15px; border: 1px solid @border; border-radius: 3px;
              background: @surface; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: @accent; border-color: @accent; image: url("@@TICK"); }
QTreeView::indicator:indeterminate { background: @tint; border: 2px solid @accent; }
QCheckBox::indicator:focus { border: 2px solid @accent; }
QFrame[kind="card"] { background: @surface; border: 1px solid @hairline; border-radius: 6px; }
QFrame[kind="notice"] { background: @tint; border: 1px solid @accent; border-radius: 6px; }
QFrame[kind="question"] { background: @asking; border: 1px solid @unknown; border-radius: 6px; }
QFrame[kind="problem"] { background: @surface; border: 1px solid @refused; border-left: 4px solid @refused;
              border-radius: 6px; }
QFrame[kind="panel"] { background: @surface; border: none; border-right: 1px solid @hairline; }
QFrame[kind="footer"] { background: @surface; border: none; border-top: 1px solid @hairline; }
QFrame[kind="drop"] { background: @surface; border: 2px dashed @border; border-radius: 10px; }
QFrame[kind="drop"][hot="true"] { background: @tint; border-color: @accent; }
QFrame[kind="message"] { background: @tint; border: none; border-top: 1px solid @hairline; }
QFrame[kind="card"] QLabel, QFrame[kind="notice"] QLabel, QFrame[kind="question"] QLabel, QFrame[kind="problem"] QLabel,
QFrame[kind="panel"] QLabel, QFrame[kind="footer"] QLabel, QFrame[kind="drop"] QLabel, QFrame[kind="message"] QLabel {
              background: transparent; border: none; }
QFrame[kind="notice"] QLabel[chip="production"] { background: @production; color: @on_banner; }
QFrame[kind="notice"] QLabel[chip="sandbox"] { background: @sandbox; color: @on_banner; }
QFrame[kind="notice"] QLabel[chip="practice"] { background: @practice; color: @on_banner; }
QFrame[kind="notice"] QLabel[chip] { border-radius: 4px; font-weight: 600; }
QLabel[kind="secondary"] { color: @secondary; }
QLabel[kind="good"] { color: @removed; }
QLabel[kind="bad"] { color: @refused; }
QLabel[kind="asks"] { color: @unknown; }
QToolButton[kind="tile"] { background: @surface; border: 1px solid @hairline; border-radius: 6px; padding: 10px 14px;
              color: @text;
              text-align: left; }
QToolButton[kind="tile"]:hover { border-color: @accent; }
QToolButton[kind="tile"]:checked { border: 2px solid @accent; background: @tint; padding: 9px 13px; }
QToolButton[kind="tile"] QLabel { background: transparent; border: none; }
QToolButton[kind="tile"]:disabled { background: @window; }
QToolButton[kind="tile"]:focus { border: 2px solid @accent; padding: 9px 13px; }
QToolButton[kind="step"] { border: none; padding: 6px 4px; color: @secondary; background: transparent; }
QToolButton[kind="step"]:checked { color: @text; font-weight: 600; }
QToolButton[kind="step"]:enabled:hover { color: @accent; }
QToolButton[kind="step"]:focus { border: 2px solid @accent; border-radius: 6px; padding: 4px 2px; }
QTableView, QTreeView, QListView { background: @surface; alternate-background-color: @window; color: @text;
              border: 1px solid @hairline; border-radius: 6px; gridline-color: @hairline; outline: none;
              selection-background-color: @tint; selection-color: @text; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid @accent; }
QListView[kind="runs"] { border: none; background: transparent; }
QListView[kind="runs"]::item { padding: 6px 8px; border-radius: 6px; }
QListView[kind="runs"]::item:selected { background: @tint; color: @text; }
QTreeView::item, QTableView::item { padding: 4px 8px; }
QTreeView::item:selected, QTableView::item:selected { background: @tint; color: @text; }
QFrame[kind="line"] { background: @hairline; border: none; }
QHeaderView { background: @window; border: none; }
QHeaderView::section { background: @window; color: @secondary; border: none; border-bottom: 1px solid @hairline; padding: 7px 8px;
              font-weight: 600; }
QProgressBar { border: none; background: @hairline; border-radius: 4px; height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
"""
