"""In another language nothing of the window stays English, Qt's own parts speak it too, and the direction follows it."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.relations import BUILT_IN, label_of
from desktop.qt.application import make_application
from desktop.qt.icons import pixmap
from desktop.qt.main_window import MainWindow
from desktop.qt.models.first_links_model import PARENT
from desktop.qt.widgets.first_links_table import FirstLinksTable
from desktop.qt.widgets.sign_in_form import SignInForm
from desktop.qt.widgets.tables import IdDelegate
from desktop.words.language import Language
from desktop.words.sentences import SENTENCES
from desktop.words.speaking import speaking


class Marked(NullTranslations):
    """Says everything in marks, so that what does not go through words shows."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


class Values:
    """Settings that nobody has set."""

    def get(self, key: str, default: object = None) -> object:
        return default

    def set(self, key: str, value: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _english_afterwards(app: QApplication) -> Iterator[None]:
    yield
    make_application()


# Names that others gave, and what belongs to the rooms below, whose words have tests of their own.
NOT_OURS = {
    "Delink",
    *(label_of(relation) for row in BUILT_IN for relation in (row.relation, row.reverse) if relation is not None),
}  # fmt: skip


def shown_by(widget: QWidget) -> Iterator[str]:
    """Every text that somebody sees or hears of a widget."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
    match widget:
        case QAbstractButton() | QLabel():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
            yield widget.placeholderText()
        case QLineEdit():
            yield widget.placeholderText()


def test_nothing_of_the_window_stays_english(qtbot: QtBot) -> None:
    with speaking(Language("nl", Marked(), SENTENCES)):
        make_application()
        window = MainWindow(Values(), is_practice=True)
        qtbot.addWidget(window)
        texts = {text for widget in [window, *window.findChildren(QWidget)] for text in shown_by(widget)}
    english = {text for text in texts if any(map(str.isalpha, text)) and "«" not in text}
    assert english <= NOT_OURS
    assert len(texts) > 100


@pytest.mark.parametrize(
    ("code", "number", "cancel", "direction"),
    [
        ("de", "1.234", "Abbrechen", Qt.LayoutDirection.LeftToRight),
        ("en", "1,234", "Cancel", Qt.LayoutDirection.LeftToRight),
        ("he", "1,234", "ביטול", Qt.LayoutDirection.RightToLeft),
    ],
)
def test_qts_own_parts_follow_the_language(
    app: QApplication, code: str, number: str, cancel: str, direction: Qt.LayoutDirection
) -> None:
    with speaking(Language(code)):
        assert make_application() is app
        assert QLocale().toString(1234) == number
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel
        assert app.layoutDirection() is direction


def test_english_is_spoken_again_without_a_rest_of_another_language(app: QApplication) -> None:
    with speaking(Language("de")):
        make_application()
    make_application()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel" and QLocale().toString(0.5) == "0.5"


def _weights(picture: QImage) -> list[int]:
    """How much is painted in each column of a picture."""
    return [sum(picture.pixelColor(x, y).alpha() for y in range(picture.height())) for x in range(picture.width())]


def test_where_one_reads_from_the_right_the_way_back_points_there_and_ids_keep_their_order(qtbot: QtBot) -> None:
    size, tint = 24, QColor("black")
    before = _weights(pixmap("back", size, tint).toImage())
    with speaking(Language("ar")):
        make_application()
        assert _weights(pixmap("back", size, tint).toImage()) == pytest.approx(before[::-1], abs=60)
        assert before != pytest.approx(before[::-1], abs=60), "the icon points somewhere"
        form, table = SignInForm(), FirstLinksTable("table", "Links")
        for widget in (form, table):
            qtbot.addWidget(widget)
        fields = form.findChildren(QLineEdit)
        assert fields and all(field.layoutDirection() is Qt.LayoutDirection.LeftToRight for field in fields)
        option, delegate = QStyleOptionViewItem(), table.itemDelegateForColumn(PARENT)
        assert isinstance(delegate, IdDelegate)
        delegate.initStyleOption(option, QModelIndex())
        assert option.direction is Qt.LayoutDirection.LeftToRight
        assert table.layoutDirection() is Qt.LayoutDirection.RightToLeft
