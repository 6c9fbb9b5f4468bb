"""The values to tick for a filter, and the first rows of a file that was refused."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.application.row_filters import ColumnValue
from desktop.qt.models.filter_values_model import FilterValuesModel
from desktop.qt.models.first_rows_model import FirstRowsModel
from desktop.qt.widgets.tables import TableView
from tests.qt.watching import TIP, column, keep_checking, paint, text

VALUES = [ColumnValue("Unsubscribed", 1412), ColumnValue("Bounced", 40), ColumnValue("", 3), ColumnValue("<b>", 1)]
CHECK = Qt.ItemDataRole.CheckStateRole


def test_values_stand_with_their_rows_and_an_empty_one_has_a_name(qtmodeltester: ModelTester) -> None:
    model = FilterValuesModel()
    keep_checking(qtmodeltester, model)
    model.show_values(VALUES)
    assert column(model, 0) == ["Unsubscribed", "Bounced", "(empty)", "<b>"]
    assert column(model, 1) == ["1,412", "40", "3", "1"]
    assert "<b>" not in str(model.index(3, 0).data(TIP)), "it is not taken for HTML"


def test_a_tick_stays_when_a_search_hides_its_value(qtbot: QtBot) -> None:
    model = FilterValuesModel()
    model.show_values(VALUES)
    with qtbot.waitSignal(model.ticks_changed):
        model.toggle(model.index(0, 1))
    model.search(" BOUN")
    assert column(model, 0) == ["Bounced"]
    model.toggle(model.index(0, 0))
    model.search("")
    assert model.ticked == ["Unsubscribed", "Bounced"]
    model.toggle(model.index(0, 0))
    assert model.ticked == ["Bounced"]


def test_what_was_ticked_before_is_ticked_whatever_its_case() -> None:
    model = FilterValuesModel()
    model.show_values(VALUES, ["BOUNCED ", ""])
    assert model.ticked == ["Bounced", ""]
    model.show_values(VALUES)
    assert model.ticked == []


def test_only_the_value_has_a_box() -> None:
    model = FilterValuesModel()
    model.show_values(VALUES)
    assert model.index(0, 1).data(CHECK) is None
    assert not model.setData(model.index(0, 1), Qt.CheckState.Checked, CHECK)
    assert model.ticked == []


def test_the_first_rows_may_be_of_any_width_and_become_narrower(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model, view = FirstRowsModel(), TableView("table_first_rows", "First rows")
    keep_checking(qtmodeltester, model)
    qtbot.addWidget(view)
    view.setModel(model)
    model.show_rows({1: ("a", "b", "c"), 2: (), 3: ("two\nlines",)}, 1)
    paint(view)
    assert column(model, 0) == ["1", "2", "3"] and column(model, 1) == ["a", "", "two lines"]
    assert model.headerData(3, Qt.Orientation.Horizontal) == "C"
    model.show_rows({1: ("only one",), 2: ()}, None)
    paint(view)
    assert model.columnCount() == 2 and text(model, 1, 0) == "2"


def test_a_row_without_end_is_not_shown_without_end() -> None:
    model = FirstRowsModel()
    model.show_rows({1: ("x" * 100_000,) * 16_384}, None)
    assert model.columnCount() == 51
    assert len(text(model, 0, 50)) == 500
