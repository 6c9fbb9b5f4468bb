"""What the page of a run at work says while nothing moves."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.operations import Operation
from desktop.domain.outcomes import Tally
from desktop.domain.runs import Moment
from desktop.qt.pages.remove_page import RemovePage
from tests.qt.staging import links_of


def moment(done: int) -> Moment:
    return Moment((), Tally({}), 3, 0, 1, 2, done, 10, links_per_s=199.0, seconds_left=1.0)


def test_a_rate_and_a_time_left_are_shown_only_while_something_moves(qtbot: QtBot) -> None:
    page = RemovePage()
    qtbot.addWidget(page)
    page.begin(Operation.REMOVE, links_of([(1, number) for number in range(10)]), 10, Tally({}))
    (still,) = [one for one in page.findChildren(QTimer) if one.isSingleShot() and one.interval() == 4000]

    def words() -> str:
        return "\n".join(label.text() for label in page.findChildren(QLabel))

    page.show_moment(moment(4), ())
    assert "a second" in words() and "left" in words()
    still.setInterval(0)
    qtbot.waitUntil(lambda: "a second" not in words())
    assert " left" not in words() and "made" in words()
    page.show_moment(moment(4), ())
    assert "a second" not in words(), "another moment without progress is none"
    still.setInterval(4000)
    page.show_moment(moment(5), ())
    assert "a second" in words()
