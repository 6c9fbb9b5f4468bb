"""Labels, cards, panels and the drop area: plain text stays plain, long text is elided, a file can be dropped."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.qt.main_window import MainWindow
from desktop.qt.models.cells import plain_tip
from desktop.qt.theme import LIGHT, Scheme, color, theme
from desktop.qt.widgets.drop_area import DropArea, file_in
from desktop.qt.widgets.frames import Card, Glyph, ProblemPanel, clear_layout
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel, caption_label, section_label, title_label
from desktop.words.explanations import Explanation

LONG = "Liste der zu entfernenden Kampagnenmitglieder für die Frühjahrsbereinigung 2026 (Vertrieb Süd).xlsx"


def painted_texts(label: ElidedLabel) -> str:
    """What of the text would be drawn at the label's present width."""
    return label.fontMetrics().elidedText(label.text(), Qt.TextElideMode.ElideMiddle, label.width())


def inked_columns(widget: QWidget) -> list[int]:
    """Columns of pixels in which something stands."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = image.pixelColor(0, 0)
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(image.height()))]


def test_a_long_text_gives_way_in_the_middle_and_is_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.resize(260, 24)
    shown = painted_texts(label)
    assert shown != LONG and "…" in shown and LONG.startswith(shown[:5]) and shown.endswith(".xlsx")
    assert label.toolTip() == LONG
    assert max(inked_columns(label)) < 260 - 1, "nothing is cut at the edge"


def test_a_short_text_is_shown_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("list.csv")
    qtbot.addWidget(label)
    label.resize(260, 24)
    assert painted_texts(label) == "list.csv"
    assert 0 < max(inked_columns(label)) < 130


def test_a_long_name_does_not_widen_its_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(ElidedLabel(LONG * 5))
    assert window.minimumSizeHint().width() < 100


@pytest.mark.parametrize("make", [PlainLabel, title_label, section_label, caption_label, ElidedLabel])
def test_text_that_looks_like_html_is_shown_as_it_is(qtbot: QtBot, make: type[QLabel]) -> None:
    label = make('<img src="//server/share/x.png"><b>bold</b>')
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_tooltip_never_becomes_html() -> None:
    assert plain_tip("a < b & c") == '<span style="white-space: pre-wrap">a &lt; b &amp; c</span>'
    assert plain_tip("R&D, 100 %") == "R&D, 100 %"
    label = ElidedLabel("<h1>ACME</h1>")
    assert "<h1>" not in label.toolTip()


def test_plain_labels_wrap_within_a_readable_width(qtbot: QtBot) -> None:
    label = PlainLabel(LONG * 4).readable()
    qtbot.addWidget(label)
    assert label.wordWrap() and label.maximumWidth() <= 75 * label.fontMetrics().averageCharWidth()
    assert label.heightForWidth(300) > 3 * label.fontMetrics().height()


def test_titles_are_larger_than_text_and_small_print_is_smaller(qtbot: QtBot) -> None:
    sizes = [make("x").font().pointSizeF() for make in (title_label, section_label, PlainLabel, caption_label)]
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == 4


# Cards and panels


def test_a_problem_panel_says_what_happened_and_what_to_do(qtbot: QtBot) -> None:
    panel = ProblemPanel()
    qtbot.addWidget(panel)
    panel.tell(Explanation("The file cannot be read", "It is cut short.", "Choose another file."))
    texts = [label.text() for label in panel.findChildren(PlainLabel) if not label.isHidden()]
    assert texts == ["The file cannot be read", "It is cut short.", "Choose another file."]
    assert panel.accessibleName() == "The file cannot be read. It is cut short."
    panel.tell(Explanation("Stopped", "You stopped it."))
    assert [label.text() for label in panel.findChildren(PlainLabel) if not label.isHidden()] == ["Stopped", "You stopped it."]


def test_a_card_has_a_title_a_name_and_a_body(qtbot: QtBot) -> None:
    card = Card("File", name="card_file")
    qtbot.addWidget(card)
    card.body.addWidget(PlainLabel("list.csv"))
    assert card.objectName() == "card_file"
    assert [label.text() for label in card.findChildren(PlainLabel)] == ["File", "list.csv"]


def test_a_glyph_follows_the_scheme(qtbot: QtBot, app: QApplication) -> None:
    glyph = Glyph("check", "removed", 24)
    qtbot.addWidget(glyph)

    def inks() -> set[str]:
        image = glyph.pixmap().toImage()
        every = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        return {one.name().upper() for one in every if one.alpha() == 255}

    assert LIGHT.removed in inks()
    theme.apply(app, Scheme.DARK)
    assert color("removed").name().upper() in inks() and LIGHT.removed not in inks()


def test_clearing_a_layout_removes_everything_in_it_and_below(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    inner = QVBoxLayout()
    outside, inside = PlainLabel("outside"), PlainLabel("inside")
    inner.addWidget(inside)
    card.body.addWidget(outside)
    card.body.addLayout(inner)
    with qtbot.waitSignals([outside.destroyed, inside.destroyed]):
        clear_layout(card.body)
    assert card.body.count() == 0


# Drop area


def urls_of(*texts: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(text) for text in texts])
    return data


def dragged(data: QMimeData) -> QDragEnterEvent:
    return QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )


def drop(data: QMimeData) -> QDropEvent:
    return QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def test_one_dropped_file_is_taken(tmp_path: Path) -> None:
    sheet = tmp_path / "Liste für März #2 100%.xlsx"
    sheet.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet))])
    assert file_in(data) == (sheet, "")


def test_what_is_not_one_file_is_refused_in_words(tmp_path: Path) -> None:
    for data, word in (
        (urls_of("file:///a.csv", "file:///b.csv"), "one file at a time"),
        (urls_of(QUrl.fromLocalFile(str(tmp_path)).toString()), "not a file"),
        (urls_of("https://example.com/list.csv"), "not a file"),
    ):
        path, why = file_in(data)
        assert path is None and word in why


class Remembered:
    """Settings that last as long as the test."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def get(self, key: str, default: object = None) -> object:
        return self.values.get(key, default)

    def set(self, key: str, value: object) -> None:
        self.values[key] = value

    def flush(self, within_s: float | None = None) -> bool:
        return True


def test_a_file_that_is_dropped_on_the_window_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Remembered(), is_practice=True)
    qtbot.addWidget(window)
    sheet = tmp_path / "list.csv"
    sheet.touch()
    one, two = urls_of(QUrl.fromLocalFile(str(sheet)).toString()), urls_of("file:///a.csv", "file:///b.csv")
    hovering = dragged(one)
    QApplication.sendEvent(window, hovering)
    assert hovering.isAccepted()
    with qtbot.waitSignal(window.file_dropped) as heard:
        QApplication.sendEvent(window, drop(one))
    assert heard.args == [sheet]
    QApplication.sendEvent(window, dragged(two))
    with qtbot.assertNotEmitted(window.file_dropped):
        QApplication.sendEvent(window, drop(two))


def test_a_dropped_text_does_not_concern_us() -> None:
    data = QMimeData()
    data.setText("/tmp/list.csv")
    assert file_in(data) == (None, "")


@pytest.mark.parametrize(
    ("name", "signal"),
    [("button_choose_file", "wants_file"), ("button_paste", "wants_paste"), ("button_use_sample", "wants_sample")],
)
def test_the_drop_area_offers_the_same_by_keys(qtbot: QtBot, name: str, signal: str) -> None:
    area = DropArea()
    qtbot.addWidget(area)
    button = area.findChild(QPushButton, name)
    assert button is not None and button.accessibleName()
    with qtbot.waitSignal(getattr(area, signal)):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_the_drop_area_shows_that_a_file_hovers_over_it(qtbot: QtBot) -> None:
    area = DropArea()
    qtbot.addWidget(area)
    area.resize(600, 320)
    assert area.accessibleName() == "Drop an Excel or CSV file here"

    def ground() -> str:
        return area.grab().toImage().pixelColor(40, 20).name().upper()

    assert ground() == LIGHT.surface
    area.show_hot(True)
    assert ground() == LIGHT.tint
    area.show_hot(False)
    assert ground() == LIGHT.surface
