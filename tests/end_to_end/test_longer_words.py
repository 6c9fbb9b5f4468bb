"""Every page in words that are longer by two fifths, from the left and from the right: nothing is cut off."""

import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.application.settings import change_settings
from desktop.qt.application import make_application
from desktop.qt.widgets.labels import ElidedLabel
from desktop.words.language import Language
from desktop.words.sentences import SENTENCES
from desktop.words.speaking import speaking
from tests.end_to_end.desk import Desk

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "nl", "ar"


class Longer(NullTranslations):
    """Words of the length that German, Finnish or Greek needs: two fifths more than English."""

    def gettext(self, message: str) -> str:
        """A sentence of facts alone, such as ``{word} {count}``, grows with its facts and not by itself."""
        words = re.sub(r"\{\w+\}", "", message)
        return f"{message}{'~' * round(0.4 * len(words))}" if any(map(str.isalpha, words)) else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(params=[LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def desk(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Desk]:
    """A window whose words are longer, at the size of a small laptop."""
    with speaking(Language(request.param, Longer(), SENTENCES)):
        make_application()
        desk = Desk(qtbot)
        desk.window.resize(1366, 768)
        desk.window.show()
        yield desk
    make_application()


def cut_off(window: QWidget) -> list[str]:
    """What does not fit into its place, of all that can be seen or scrolled to."""
    QApplication.processEvents()  # a text that was just set is laid out when the window has its turn
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window)]
    cut = [f"{type(one).__name__} {one.objectName()}: {_words(one)[:60]!r} ({found})" for one in seen if (found := _lack(one))]
    return cut + [title for one in seen if isinstance(one, QHeaderView) for title in _cut_titles(one)]


def _cut_titles(header: QHeaderView) -> list[str]:
    """The titles of columns that are wider than their columns."""
    if header.orientation() is not Qt.Orientation.Horizontal or header.model() is None:
        return []
    needed = {section: header.sectionSizeFromContents(section).width() for section in range(header.count())}
    titles = {section: header.model().headerData(section, Qt.Orientation.Horizontal) for section in needed}
    return [
        f"title {titles[section]!r}: {header.sectionSize(section)} wide, needs {width}"
        for section, width in needed.items()
        if not header.isSectionHidden(section) and header.sectionSize(section) < width
    ]


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _lack(widget: QWidget) -> str:
    """How much room the words of a control lack; empty when they fit, or when they give way on purpose."""
    if not _words(widget) or isinstance(widget, ElidedLabel | QToolButton):
        return ""
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"{widget.height()} high, needs {needed}" if needed > widget.height() + 1 else ""
        needed = widget.sizeHint().width()
        return f"{widget.width()} wide, needs {needed}" if needed > widget.width() + 1 else ""
    needed = widget.sizeHint().width() if not isinstance(widget, QCheckBox | QRadioButton) else widget.minimumSizeHint().width()
    return f"{widget.width()} wide, needs {needed}" if needed > widget.width() + 1 else ""


def test_no_page_cuts_off_a_word(desk: Desk) -> None:
    window = desk.window
    found = {"welcome": cut_off(window)}
    desk.open_sample()
    found["sheet"] = cut_off(window)
    desk.click("button_primary")
    desk.until_on(window.check)
    found["check"] = cut_off(window)
    desk.click("button_primary")
    desk.until_on(window.confirm)
    found["confirm"] = cut_off(window)
    desk.find("check_first", QCheckBox).click()
    desk.until(lambda: "then pause" in desk.primary().text())
    desk.confirm(5)
    desk.until(lambda: "The first links are done" in desk.texts())
    found["paused"] = cut_off(window)
    desk.click("button_primary")
    desk.until_on(window.results)
    desk.until_settled(lambda: window.results.is_full)
    found["results"] = cut_off(window)
    desk.click("button_undo")
    desk.until_on(window.check)
    found["what is put back"] = cut_off(window)
    desk.click("button_primary")
    desk.until_on(window.confirm)
    found["confirm an undo"] = cut_off(window)
    change_settings(desk.services.settings, lanes=1)  # so that the run is still at work when it is looked at
    desk.crm.state.set(latency_ms=300)
    desk.confirm(361)
    desk.until_on(window.remove)
    found["undo"] = cut_off(window)
    desk.crm.state.set(latency_ms=0)
    desk.until_on(window.results)
    desk.until_settled(lambda: window.results.is_full)
    found["results of an undo"] = cut_off(window)
    desk.click("button_history")
    found["history"] = cut_off(window)
    window.show_page(window.connect_page)
    found["connect"] = cut_off(window)
    assert not {page: lines for page, lines in found.items() if lines}


def test_the_guide_needs_no_scrolling_to_the_side(desk: Desk) -> None:
    desk.click("button_help")
    guide = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "window_guide")
    text = guide.findChild(QTextBrowser, "text_guide")
    assert isinstance(text, QTextBrowser) and guide.windowTitle().endswith("~")
    assert not cut_off(guide) and text.horizontalScrollBar().maximum() == 0
    guide.close()


def test_the_window_is_mirrored_where_one_reads_from_the_right(desk: Desk) -> None:
    desk.open_sample()
    history = desk.find("button_history", QAbstractButton)
    lies_right = history.mapTo(desk.window, history.rect().center()).x() > desk.window.width() / 2
    assert lies_right is (desk.window.layoutDirection() is Qt.LayoutDirection.RightToLeft)
