"""Tables and trees: names, keys, copies of whole IDs, and IDs whose last digits are never hidden."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.previews import Preview
from desktop.qt.models.plan_model import RECORD, PlanModel
from desktop.qt.models.problems_model import PARENT, ProblemsModel
from desktop.qt.widgets.tables import IdDelegate, TableView, TreeView, short_id
from desktop.words.causes import explain_cause
from tests.patience import PATIENCE_MS
from tests.qt.staging import links_of, parent_id, related_id
from tests.qt.watching import paint

REFUSED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)
SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
PAIRS = [(0, 1), (0, 2), (1, 3)]
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
COPY = (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def problems() -> ProblemsModel:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(link, REFUSED) for link in range(len(PAIRS))])
    return model


@pytest.fixture
def table(qtbot: QtBot, problems: ProblemsModel) -> TableView:
    view = TableView("table_problems", "Problems", when_empty="No problems so far")
    qtbot.addWidget(view)
    view.setModel(problems)
    QApplication.clipboard().setText("before")
    return view


def copied() -> list[list[str]]:
    return [line.split("\t") for line in QApplication.clipboard().text().split("\n")]


def test_a_table_and_a_tree_have_names_and_can_be_reached_by_keys(qtbot: QtBot, table: TableView) -> None:
    tree = TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(tree)
    assert (table.objectName(), table.accessibleName()) == ("table_problems", "Problems")
    assert (tree.objectName(), tree.accessibleName()) == ("tree_plan", "What will be removed")
    for view in (table, tree):
        assert view.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert view.editTriggers() == view.EditTrigger.NoEditTriggers
    assert not table.tabKeyNavigation(), "Tab leaves the table"


def test_rows_of_a_table_are_never_measured(table: TableView) -> None:
    assert table.verticalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Fixed
    assert table.horizontalHeader().sectionResizeMode(0) != QHeaderView.ResizeMode.ResizeToContents


def test_ctrl_c_copies_the_chosen_rows_with_whole_ids(table: TableView) -> None:
    table.selectRow(1)
    QTest.keyClick(table, *COPY)
    cause = explain_cause(CauseCode.RECORD_LOCKED)
    assert copied() == [["3", "Refused", parent_id(0), related_id(2), cause.title, cause.what_to_do, "", ""]]


def test_rows_are_copied_in_the_order_in_which_they_stand(table: TableView) -> None:
    for row in (2, 0):
        table.selectionModel().select(table.model().index(row, 0), SELECT)
    QTest.keyClick(table, *COPY)
    assert [line[0] for line in copied()] == ["2", "4"]


def test_nothing_chosen_leaves_the_clipboard_alone(qtbot: QtBot, table: TableView) -> None:
    QTest.keyClick(table, *COPY)
    assert copied() == [["before"]]
    without_model = TableView("table", "Table")
    qtbot.addWidget(without_model)
    QTest.keyClick(without_model, *COPY)
    assert copied() == [["before"]]


class Numbers(QAbstractTableModel):
    """So many rows, each with its number in every column."""

    def __init__(self, rows: int, columns: int = 1) -> None:
        super().__init__()
        self.rows, self.columns = rows, columns
        self.asked = 0

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.rows

    def columnCount(self, parent: Index = _ROOT) -> int:
        return self.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        self.asked += 1
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


def test_the_titles_do_not_look_at_every_chosen_row(qtbot: QtBot) -> None:
    view, model = TableView("table", "Table"), Numbers(100_000, columns=3)
    qtbot.addWidget(view)
    view.setModel(model)
    paint(view)
    model.asked = 0
    view.selectAll()
    paint(view)
    assert 0 < model.asked < 10_000


def test_many_rows_are_copied_while_the_window_moves(qtbot: QtBot) -> None:
    view, model, beats = TableView("table", "Table"), Numbers(50_000), []
    qtbot.addWidget(view)
    view.setModel(model)
    view.selectAll()
    QApplication.clipboard().setText("before")
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: beats.append(True))
    timer.start()
    QTest.keyClick(view, *COPY)
    assert copied() == [["before"]]
    qtbot.waitUntil(lambda: copied() != [["before"]], timeout=PATIENCE_MS)
    assert copied() == [[str(row)] for row in range(50_000)]
    assert len(beats) > 3


@pytest.mark.parametrize("what", ["others are copied", "its rows are gone", "another model comes"])
def test_a_copy_is_given_up_when(qtbot: QtBot, what: str) -> None:
    view, model = TableView("table", "Table"), Numbers(50_000)
    qtbot.addWidget(view)
    view.setModel(model)
    view.selectAll()
    QApplication.clipboard().setText("before")
    QTest.keyClick(view, *COPY)
    match what:
        case "others are copied":
            view.selectionModel().select(model.index(7, 0), SELECT | QItemSelectionModel.SelectionFlag.Clear)
            QTest.keyClick(view, *COPY)
        case "its rows are gone":
            model.beginResetModel()
            model.rows = 0
            model.endResetModel()
        case "another model comes":
            other = Numbers(3)
            view.setModel(other)
            model.deleteLater()
    qtbot.wait(300)
    assert copied() == [["7"] if what == "others are copied" else ["before"]]


def test_other_keys_still_move_through_the_table(table: TableView) -> None:
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1


def test_a_tree_copies_parents_and_links_where_they_stand(qtbot: QtBot) -> None:
    links = links_of(PAIRS)
    model, tree = PlanModel(Preview.of(links)), TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(tree)
    tree.setModel(model)
    model.show_names({parent_id(0): "Spring fair"})
    first = model.index(0, RECORD)
    for index in (model.index(1, RECORD), model.index(1, RECORD, first), first):
        tree.selectionModel().select(index, SELECT)
    QTest.keyClick(tree, *COPY)
    assert [line[0] for line in copied()] == [parent_id(0), related_id(2), parent_id(1)]


def test_the_tree_is_opened_and_ticked_by_keys(qtbot: QtBot) -> None:
    links = links_of(PAIRS)
    model, tree = PlanModel(Preview.of(links)), TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(tree)
    tree.setModel(model)
    first = model.index(0, RECORD)
    tree.setCurrentIndex(first)
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.isExpanded(first)
    with qtbot.waitSignal(model.ticked_changed):
        QTest.keyClick(tree, Qt.Key.Key_Space)
    assert model.preview.ticked(model.unticked) == [2]
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(first)


def middle_is_written_on(view: TableView) -> bool:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground: QColor = image.pixelColor(2, 2)
    middle = image.height() // 2
    return any(image.pixelColor(x, y) != ground for x in range(image.width()) for y in range(middle - 8, middle + 8))


def test_an_empty_table_says_why_it_is_empty(table: TableView, problems: ProblemsModel) -> None:
    paint(table)
    assert not middle_is_written_on(table)
    problems.begin(links_of(PAIRS))
    paint(table)
    assert middle_is_written_on(table)


def test_the_last_four_digits_of_an_id_are_never_hidden(table: TableView) -> None:
    """At every width of the column the mode of eliding that was chosen leaves them."""
    delegate, index = IdDelegate(table), table.model().index(0, PARENT)
    option = QStyleOptionViewItem()
    option.initFrom(table)
    whole = parent_id(0)
    modes = set()
    for width in range(50, 400, 2):
        option.rect.setWidth(width)
        delegate.initStyleOption(option, index)
        padding = 2 * 8
        shown = option.fontMetrics.elidedText(whole, option.textElideMode, width - padding)
        modes.add(option.textElideMode)
        if option.fontMetrics.horizontalAdvance("…" + whole[-4:]) <= width - padding:
            assert shown.endswith(whole[-4:]), (width, shown)
    assert modes == {Qt.TextElideMode.ElideLeft, Qt.TextElideMode.ElideMiddle}


def test_an_id_in_short_is_what_people_compare() -> None:
    assert short_id("3652397000000925128") == "…5128"
