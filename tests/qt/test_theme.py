"""The look: what stands on what can be read in both schemes, and nothing is told by colour alone."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome
from desktop.domain.records import Verdict
from desktop.domain.runs import RunState
from desktop.qt import theme as theme_module
from desktop.qt.icons import pixmap
from desktop.qt.models.cells import OUTCOME_TOKENS
from desktop.qt.models.runs_model import STATE_GLYPHS
from desktop.qt.theme import DARK, ICONS, LIGHT, Scheme, Tokens, palette_of, style_sheet, theme, tokens_of
from desktop.qt.widgets.bars import VERDICT_TOKENS
from desktop.qt.widgets.buttons import Button
from desktop.words.labels import outcome_label

TEXT, GRAPHICS = 4.5, 3.0
# What pages, cards, notices, chosen rows and questions are filled with.
GROUNDS = ("window", "surface", "raised", "tint", "asking", "hover")
BOTH = pytest.mark.parametrize("tokens", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
# The banner's purple is made to be written on, not to draw with; this one still does, and in the dark it is hardly seen.
TOO_FAINT = {("welcome_page.py", "flask", "practice")}
ROOM = Path(theme_module.__file__).parent


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def rules(tokens: Tokens) -> Iterator[tuple[str, dict[str, str]]]:
    """Selector and declarations of every rule of the style sheet."""
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", style_sheet(tokens)):
        declarations = (one.split(":", 1) for one in body.split(";") if ":" in one)
        yield " ".join(selector.split()), {name.strip(): value.strip() for name, value in declarations}


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize("text", ["text", "secondary", "accent", "removed", "refused"])
def test_text_can_be_read_on_every_ground(tokens: Tokens, text: str) -> None:
    faint = {ground: contrast(getattr(tokens, text), getattr(tokens, ground)) for ground in GROUNDS}
    assert min(faint.values()) >= TEXT, faint


@BOTH
@pytest.mark.parametrize("ground", ["production", "sandbox", "practice"])
def test_environment_can_be_read_in_full_colour_and_as_a_tint(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.on_full, getattr(tokens, ground)) >= TEXT
    for text in (getattr(tokens, f"{ground}_text"), tokens.text, tokens.secondary):
        assert contrast(text, getattr(tokens, f"{ground}_tint")) >= TEXT


@BOTH
def test_words_on_the_tint_of_an_outcome_can_be_read(tokens: Tokens) -> None:
    pairs = (
        ("removed", "removed_tint"),
        ("refused", "refused_tint"),
        ("unknown", "asking"),
        ("accent", "tint"),
        ("off_text", "off"),
    )
    for text, ground in pairs:
        assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= TEXT, (text, ground)


@pytest.mark.parametrize(("ground", "text"), [("#000000", "#FFFFFF"), ("#FFFFFF", "#000000")])
def test_high_contrast_shows_only_the_colours_of_the_system(ground: str, text: str) -> None:
    palette, role = QPalette(), QPalette.ColorRole
    chosen = {role.Window: ground, role.WindowText: text, role.Highlight: "#FFFF00", role.HighlightedText: "#000000"}
    for where, value in chosen.items():
        palette.setColor(where, QColor(value))
    palette.setColor(QPalette.ColorGroup.Disabled, role.WindowText, QColor("#00FF00"))
    tokens = tokens_of(palette)
    assert {getattr(tokens, one.name) for one in fields(tokens)} <= {*chosen.values(), "#00FF00"}
    for name in ("text", "secondary", "removed", "refused", "unknown", "border", "production_text"):
        assert contrast(getattr(tokens, name), tokens.surface) >= TEXT
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT


@BOTH
def test_text_on_coloured_buttons_can_be_read(tokens: Tokens) -> None:
    for ground in (tokens.accent, tokens.accent_hover, tokens.accent_pressed):
        assert contrast(tokens.on_accent, ground) >= TEXT
    for ground in (tokens.danger, tokens.danger_hover, tokens.danger_pressed):
        assert contrast(tokens.on_full, ground) >= TEXT


@BOTH
def test_every_rule_that_names_text_and_ground_can_be_read(tokens: Tokens) -> None:
    seen = 0
    for selector, said in rules(tokens):
        text, ground = said.get("color", ""), said.get("background", "")
        # WCAG leaves out what cannot be used now; the one button that a page waits for is read all the same.
        exempt = ":disabled" in selector and '[kind="' not in selector
        if text.startswith("#") and ground.startswith("#") and not exempt:
            assert contrast(text, ground) >= TEXT, selector
            seen += 1
    assert seen >= 12


@BOTH
def test_every_rule_that_names_only_text_can_be_read_on_every_ground(tokens: Tokens) -> None:
    seen = 0
    for selector, said in rules(tokens):
        text = said.get("color", "")
        if text.startswith("#") and not said.get("background", "").startswith("#") and 'kind="banner"' not in selector:
            assert min(contrast(text, getattr(tokens, ground)) for ground in GROUNDS) >= TEXT, selector
            seen += 1
    assert seen >= 5


@BOTH
def test_borders_of_controls_and_the_focus_can_be_seen(tokens: Tokens) -> None:
    """Hairlines only part what is read anyway, so they may be faint; the edge of a control that can be used may not."""
    seen = 0
    for selector, said in rules(tokens):
        control = re.match(r"Q(PushButton|LineEdit|CheckBox|ToolButton|TableView:focus)", selector)
        edge = re.search(r"(#\w{6})$", said.get("border", ""))
        can_be_used = ":disabled" not in selector
        if control and can_be_used and edge and edge[1] not in (tokens.hairline, tokens.on_full):
            grounds = [tokens.window, tokens.surface]
            assert min(contrast(edge[1], ground) for ground in grounds) >= GRAPHICS, selector
            seen += 1
    assert seen >= 9


@BOTH
def test_every_state_colour_is_seen_on_every_ground_and_in_its_bar(tokens: Tokens) -> None:
    used = [*OUTCOME_TOKENS.values(), *VERDICT_TOKENS.values(), *STATE_GLYPHS.values()]
    for token, ground in {(token, ground) for pair in used for token in pair for ground in (*GROUNDS, "hairline")}:
        if hasattr(tokens, token):
            assert contrast(getattr(tokens, token), getattr(tokens, ground)) >= GRAPHICS, (token, ground)


def drawn_icons() -> list[tuple[str, str, str]]:
    """File, glyph and token wherever the screen's code names an icon and next to it the colour that it is drawn in."""
    glyphs, tokens = {path.stem for path in ICONS.glob("*.svg")}, {one.name for one in fields(Tokens)}
    found = []
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            side_by_side = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
            words = [one.value if isinstance(one, ast.Constant) else None for one in side_by_side]
            for one, other in pairwise(words):
                for glyph, token in ((one, other), (other, one)):
                    if glyph in glyphs and token in tokens:
                        found.append((path.name, str(glyph), str(token)))
    return found


@BOTH
def test_every_icon_can_be_seen_where_it_stands(tokens: Tokens) -> None:
    icons = drawn_icons()
    assert len(icons) >= 20
    for path, glyph, token in set(icons) - TOO_FAINT:
        least = min(contrast(getattr(tokens, token), getattr(tokens, ground)) for ground in GROUNDS)
        assert least >= GRAPHICS, (path, glyph, token)


@BOTH
def test_every_token_is_a_whole_colour(tokens: Tokens) -> None:
    for one in fields(tokens):
        assert re.fullmatch(r"#[0-9A-F]{6}", getattr(tokens, one.name)), one.name


@BOTH
def test_style_sheet_has_no_name_left_unfilled(tokens: Tokens) -> None:
    filled = style_sheet(tokens)
    assert "@" not in filled
    pictures = re.findall(r'url\("([^"]+)"\)', filled)
    assert pictures and all(Path(one).is_file() for one in pictures)


@BOTH
def test_palette_can_be_read(tokens: Tokens) -> None:
    palette, role = palette_of(tokens), QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
    ):
        assert contrast(palette.color(text).name(), palette.color(ground).name()) >= TEXT, (text, ground)


def test_nothing_but_the_theme_names_a_colour() -> None:
    named = re.compile(r"[\"']#[0-9A-Fa-f]{3,8}[\"']|\bQt\.GlobalColor\.(?!transparent\b)|\bQColor\(\s*[\"'\d]")
    for path in ROOM.rglob("*.py"):
        if path.name not in ("theme.py", "icons.py"):
            assert not named.search(path.read_text("utf-8")), path


def test_every_state_has_a_word_and_a_glyph_besides_its_colour() -> None:
    assert set(OUTCOME_TOKENS) == set(Outcome)
    assert set(VERDICT_TOKENS) == set(Verdict)
    assert set(STATE_GLYPHS) == set(RunState)
    assert all(map(outcome_label, Outcome))
    assert len(set(map(outcome_label, Outcome))) == len(Outcome)
    for outcomes in (Operation.REMOVE.outcomes, Operation.RESTORE.outcomes):
        glyphs = {OUTCOME_TOKENS[outcome][1] for outcome in outcomes}
        assert len(glyphs) == len(outcomes), "two outcomes look alike without colour"


def test_every_glyph_of_a_state_is_drawn() -> None:
    tokens_first = [*OUTCOME_TOKENS.values(), *VERDICT_TOKENS.values()]
    glyphs = {glyph for _, glyph in tokens_first} | {glyph for glyph, _ in STATE_GLYPHS.values()}
    for glyph in glyphs | {glyph for _, glyph, _ in drawn_icons()}:
        image = pixmap(glyph, 24, QColor("#B3261E")).toImage()
        inked = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha() > 128]
        assert len(inked) >= 4, glyph


def test_switching_the_scheme_changes_palette_sheet_and_tells(app: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply(app, Scheme.DARK)
    assert theme.is_dark and theme.tokens is DARK
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    assert DARK.accent in app.styleSheet() and LIGHT.accent not in app.styleSheet()
    with qtbot.waitSignal(theme.changed):
        theme.apply(app, Scheme.LIGHT)
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.window


def test_a_widget_that_is_gone_does_not_disturb_a_switch(app: QApplication, qtbot: QtBot) -> None:
    button = Button("Go", "button_go", glyph="play")
    with qtbot.waitSignal(button.destroyed):
        button.deleteLater()
    theme.apply(app, Scheme.DARK)
    assert theme.is_dark


def ground_of(widget: QWidget) -> str:
    """The colour that fills most of a widget as it is painted now."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    counts: dict[str, int] = {}
    for x in range(0, image.width(), 2):
        for y in range(0, image.height(), 2):
            name = image.pixelColor(x, y).name().upper()
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=counts.__getitem__)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("kind", "text"), [("primary", "on_accent"), ("danger", "on_full"), ("", "text")])
def test_buttons_keep_their_contrast_when_hovered_and_pressed(
    app: QApplication, qtbot: QtBot, scheme: Scheme, kind: str, text: str
) -> None:
    theme.apply(app, scheme)
    window = QWidget()
    window.resize(300, 80)
    button: QPushButton = Button("Remove 1,180 links", "button_go", window, kind=kind)
    button.adjustSize()
    qtbot.addWidget(window)
    window.show()
    wanted = getattr(theme.tokens, text)
    assert contrast(ground_of(button), wanted) >= TEXT
    middle = QPointF(button.rect().center())
    QApplication.sendEvent(button, QEnterEvent(middle, middle, middle))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert contrast(ground_of(button), wanted) >= TEXT, "hovered"
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert button.isDown()
    assert contrast(ground_of(button), wanted) >= TEXT, "pressed"
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))


def form() -> QWidget:
    """What the style sheet has rules for: buttons of every kind, a field, a label."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    for kind in ("", "primary", "danger", "quiet"):
        layout.addWidget(Button("Remove", f"button_{kind}", kind=kind))
    layout.addWidget(QLineEdit("3652397000000327101"))
    layout.addWidget(QLabel("48 links"))
    whole.resize(300, 260)
    return whole


def test_what_is_styled_when_it_is_whole_looks_as_if_it_were_styled_part_by_part(app: QApplication, qtbot: QtBot) -> None:
    part_by_part = form()
    with theme.laid_aside():
        assert not app.styleSheet()
        whole = form()
    assert app.styleSheet() == style_sheet(theme.tokens)
    for one in (part_by_part, whole):
        qtbot.addWidget(one)
    assert whole.grab().toImage() == part_by_part.grab().toImage()


def test_the_look_is_back_when_a_window_cannot_be_made(app: QApplication) -> None:
    with pytest.raises(RuntimeError), theme.laid_aside():
        raise RuntimeError
    assert app.styleSheet() == style_sheet(theme.tokens)
