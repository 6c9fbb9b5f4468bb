"""What Results shows of a run: the verdict first, then what needs somebody, with the rows of it beside."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.application.result_groups import verdict_of
from desktop.application.run_results import RunResults
from desktop.domain.building import EntriesBuilder
from desktop.domain.causes import CauseCode
from desktop.domain.entries import Rejection
from desktop.domain.operations import Operation
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome, Tally
from desktop.qt.jobs.row_finder import RowFinder
from desktop.qt.models.rejected_model import FIRST_ID, ROW, RejectedModel
from desktop.qt.widgets.result_cards import REJECTED, ResultCards
from desktop.qt.widgets.result_rows import ResultRows
from desktop.qt.widgets.verdict_block import VerdictBlock
from tests.qt.staging import links_of, related_id

LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)
LINKS = links_of([(1, 1), (1, 2), (2, 3)])
OUTCOMES = [REMOVED, LOCKED, LOCKED]


def results(*, may_be_retried: bool = True) -> RunResults:
    counts = {(Outcome.DELINKED, CauseCode.REMOVED): 1, (Outcome.REFUSED, CauseCode.RECORD_LOCKED): 2}
    numbers = {CauseCode.REMOVED: (0,), CauseCode.RECORD_LOCKED: (1, 2)}
    return RunResults(LINKS, OUTCOMES, counts, numbers, may_be_retried, asked=3)


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if not label.isHidden())


def test_the_verdict_counts_to_what_was_typed_and_says_how_many_need_somebody(qtbot: QtBot) -> None:
    block = VerdictBlock()
    qtbot.addWidget(block)
    tally = Tally({Outcome.DELINKED: 1, Outcome.REFUSED: 2})
    block.show_verdict(verdict_of(results()), tally, Operation.REMOVE)
    assert "1 of 3 links removed" in words(block) and "2 need you" in words(block)
    block.show_verdict(verdict_of(results(may_be_retried=False)), tally, Operation.REMOVE)
    assert "need you" not in words(block)


def test_problems_come_first_and_a_click_on_a_card_asks_for_its_rows(qtbot: QtBot) -> None:
    cards = ResultCards()
    qtbot.addWidget(cards)
    cards.show_results(results(), Operation.REMOVE, None)
    names = [one.objectName() for one in cards.findChildren(QAbstractButton)]
    assert names == ["button_show_record_locked", "button_show_removed"]
    assert cards.first_to_show == CauseCode.RECORD_LOCKED
    asked: list[str] = []
    cards.chosen.connect(asked.append)
    button = cards.findChild(QAbstractButton, names[1])
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["removed"]


def test_what_a_retry_took_over_asks_nobody_to_try_again(qtbot: QtBot) -> None:
    cards = ResultCards()
    qtbot.addWidget(cards)
    cards.show_results(results(may_be_retried=False), Operation.REMOVE, None)
    assert not cards.first_to_show and "Nothing needs you" in words(cards)


def test_rows_are_searched_by_id_and_by_a_name_that_came_later(qtbot: QtBot) -> None:
    rows, finder = ResultRows(), RowFinder()
    qtbot.addWidget(rows)
    rows.wants_found.connect(finder.find)
    finder.found.connect(rows.show_found)
    rows.begin(Operation.REMOVE, (), "By campaign")
    rows.show_links("Locked", LINKS, (1, 2), OUTCOMES)
    model = rows.table.problems
    assert model.rowCount() == 2 and "2 rows" in words(rows)
    rows.show_names({related_id(3): "Ben Ortiz"})
    rows.search.setText("ortiz")
    assert (model.rowCount(), model.index(0, 0).data(), model.index(0, 7).data()) == (1, "4", "Ben Ortiz")
    rows.search.clear()
    assert model.rowCount() == 2


def test_rows_that_could_not_be_used_are_shown_with_their_numbers(qtbot: QtBot) -> None:
    builder = EntriesBuilder()
    builder.add_rejected(7, "abc", related_id(1), Rejection.NOT_AN_ID)
    entries = builder.build()
    rows = ResultRows()
    qtbot.addWidget(rows)
    rows.show_rejected("Rows", entries, entries.rejected_places())
    table = rows.findChild(QTableView, "table_rejected")
    assert isinstance(table, QTableView)
    model = table.model()
    assert isinstance(model, RejectedModel)
    assert (model.index(0, ROW).data(), model.index(0, FIRST_ID).data()) == ("7", "abc")
    assert REJECTED == "rejected"
