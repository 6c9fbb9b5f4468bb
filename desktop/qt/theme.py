"""The look: one table of colours for light and dark, and Fusion with a palette and a style sheet made from it.

Nothing else in the program names a colour. In high contrast the colours are those of the system's palette.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from desktop.qt.style import STYLE

MARGIN = 24
NARROW_MARGIN = 16
NARROW = 1000
MOST_CONTENT = 1160
_LIGHT_FROM = 0.6
ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, each with the name of its use."""

    window: str
    surface: str
    raised: str
    hover: str
    off: str
    off_text: str
    text: str
    secondary: str
    disabled: str
    hairline: str
    border: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_pressed: str
    tint: str
    removed: str
    removed_tint: str
    not_linked: str
    refused: str
    refused_tint: str
    unknown: str
    asking: str
    not_sent: str
    danger: str
    danger_hover: str
    danger_pressed: str
    production: str
    production_tint: str
    production_text: str
    sandbox: str
    sandbox_tint: str
    sandbox_text: str
    practice: str
    practice_tint: str
    practice_text: str
    on_full: str = "#FFFFFF"


LIGHT = Tokens(
    window="#F6F7F9", surface="#FFFFFF", raised="#FFFFFF", hover="#EFF1F4", off="#E4E7EB", off_text="#5E6772",
    text="#1B1F24", secondary="#505A66", disabled="#8A929C", hairline="#D5DAE0", border="#7C8591",
    accent="#0B5CAD", on_accent="#FFFFFF", accent_hover="#0A4F95", accent_pressed="#083F78", tint="#E8F0F9",
    removed="#18703A", removed_tint="#E9F4ED", not_linked="#505A66", refused="#B3261E", refused_tint="#FBECEB",
    unknown="#8A5A00", asking="#FBF3E4", not_sent="#5E6671",
    danger="#B3261E", danger_hover="#99201A", danger_pressed="#7F1A15",
    production="#B3261E", production_tint="#FBECEB", production_text="#B3261E",
    sandbox="#8A5A00", sandbox_tint="#FBF3E4", sandbox_text="#8A5A00",
    practice="#5B3FA8", practice_tint="#F0ECFA", practice_text="#5B3FA8",
)  # fmt: skip

DARK = Tokens(
    window="#15171B", surface="#1D2025", raised="#24282E", hover="#262A31", off="#2A2F36", off_text="#929AA5",
    text="#E7EAEE", secondary="#A9B1BC", disabled="#6B737E", hairline="#363C45", border="#7D8692",
    accent="#7AB8FF", on_accent="#08213B", accent_hover="#97C8FF", accent_pressed="#5F9FE6", tint="#17293D",
    removed="#57C27D", removed_tint="#14261B", not_linked="#A9B1BC", refused="#FF8A80", refused_tint="#2B1513",
    unknown="#E8B64C", asking="#261C08", not_sent="#8A929C",
    danger="#C3352C", danger_hover="#AE2E26", danger_pressed="#992820",
    production="#7A1C16", production_tint="#2B1513", production_text="#FF8A80",
    sandbox="#5E3E00", sandbox_tint="#261C08", sandbox_text="#E8B64C",
    practice="#46308A", practice_tint="#1F1836", practice_text="#B9A5F2",
)  # fmt: skip


def tokens_of(palette: QPalette) -> Tokens:
    """Return the tokens for high contrast: nothing but the few colours that the user has chosen in the system.

    Outcomes and environments all get the colour of text, because the user's colours are none that mean something; words
    and icons tell them apart.
    """
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    text, ground = palette.color(role.WindowText).name().upper(), palette.color(role.Window).name().upper()
    accent, on_accent = palette.color(role.Highlight).name().upper(), palette.color(role.HighlightedText).name().upper()
    grey = palette.color(group.Disabled, role.WindowText).name().upper()
    named = {one.name: text for one in fields(Tokens)}
    named |= dict.fromkeys(("window", "surface", "raised", "hover", "off", "tint", "asking", "on_full"), ground)
    named |= {name: ground for name in named if name.endswith("_tint")}
    named |= dict.fromkeys(("accent", "accent_hover", "accent_pressed", "danger", "danger_hover", "danger_pressed"), accent)
    return Tokens(**named | {"on_accent": on_accent, "disabled": grey, "off_text": grey})


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
            hints.accessibility().contrastPreferenceChanged.connect(self._on_contrast_changed)
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

    def _on_contrast_changed(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._show(app, self.is_dark)

    def _show(self, app: QApplication, dark: bool) -> None:
        self.is_dark, self.tokens = dark, DARK if dark else LIGHT
        if app.styleHints().accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            app.setPalette(QPalette())  # a palette that sets nothing is the system's
            self.tokens = tokens_of(app.palette())
        else:
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
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.off_text))
    return palette


def style_sheet(tokens: Tokens) -> str:
    """What Fusion lacks: calm buttons, fields, cards and tables."""
    sheet = STYLE
    sheet = sheet.replace("@@ARROW", (ICONS / "arrow.svg").as_posix())
    sheet = sheet.replace("@@TICK", (ICONS / ("tick_dark.svg" if _is_light(tokens.accent) else "tick_light.svg")).as_posix())
    for one in fields(tokens):
        sheet = sheet.replace(f"@{one.name};", f"{getattr(tokens, one.name)};")
    return sheet


def _is_light(colour: str) -> bool:
    return QColor(colour).lightnessF() > _LIGHT_FROM


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
