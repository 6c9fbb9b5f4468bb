"""The table of the sheet: rows as they stand in it, what was found in each, and filters without a proxy."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.building import EntriesBuilder
from desktop.domain.entries import Entries, Links, SheetRow
from desktop.domain.readings import SheetLinks
from desktop.qt.models.sheet_rows_model import RowKind, RowStates, SheetRowsModel
from desktop.qt.theme import color
from desktop.qt.widgets.tables import TableView
from tests.qt.staging import MOST_ROWS, CountedRows, empty_sheet, links_of, mixed_sheet, parent_id, related_id, sheet_with
from tests.qt.watching import ICON, TEXT, TIP, column, keep_checking, paint, says_in_words_what_it_shows_in_colour, text

ROW, STATE, PARENT, RELATED, NOTE = range(5)
HORIZONTAL = Qt.Orientation.Horizontal


def model_of(sheet: SheetLinks) -> SheetRowsModel:
    return SheetRowsModel(sheet, RowStates.of(sheet))


def test_a_cleaned_id_is_told_apart_from_a_fine_one() -> None:
    entries, links = EntriesBuilder(), links_of([(1, 1), (2, 2)])
    entries.add_link(2, parent_id(1), f"zcrm_{related_id(1)}", 0, duplicate=False)
    entries.add_link(3, parent_id(2), related_id(2), 1, duplicate=False)
    model = model_of(sheet_with([SheetRow(2, ("", "")), SheetRow(3, ("", ""))], entries.build(), links))
    assert column(model, STATE) == ["Cleaned", "Fine"]
    model.show_only(frozenset({RowKind.CLEANED}))
    assert column(model, ROW) == ["2"]


def test_a_sheet_without_rows_is_an_empty_table(qtmodeltester: ModelTester) -> None:
    model = model_of(empty_sheet())
    keep_checking(qtmodeltester, model)
    assert (model.rowCount(), model.columnCount()) == (0, 5)
    model.show_only(frozenset({RowKind.FINE}))
    assert model.rowCount() == 0


def test_the_model_is_sound_through_every_filter(qtmodeltester: ModelTester) -> None:
    model = model_of(mixed_sheet())
    keep_checking(qtmodeltester, model)
    for kinds in ({RowKind.FINE}, {RowKind.DAMAGED, RowKind.REJECTED}, set(RowKind), set()):
        model.show_only(frozenset(kinds))
    assert model.rowCount() == 6


def test_rows_have_their_numbers_and_the_state_of_the_worst_in_them() -> None:
    model = model_of(mixed_sheet())
    assert column(model, ROW) == ["4", "5", "6", "7", "8", "9"]
    assert column(model, STATE) == [
        "Fine",
        "Suspicious",
        "Not a record ID",
        "Damaged by a spreadsheet",
        "Blank",
        "Damaged by a spreadsheet",
    ]


@pytest.mark.parametrize(
    ("kinds", "rows"),
    [
        ({RowKind.FINE}, ["4"]),
        ({RowKind.SUSPICIOUS}, ["5"]),
        ({RowKind.REJECTED}, ["6"]),
        ({RowKind.DAMAGED}, ["7", "9"]),
        ({RowKind.BLANK}, ["8"]),
        ({RowKind.DAMAGED, RowKind.FINE}, ["4", "7", "9"]),
        (set(), ["4", "5", "6", "7", "8", "9"]),
    ],
)
def test_a_filter_leaves_only_its_kinds_in_sheet_order(kinds: set[RowKind], rows: list[str]) -> None:
    model = model_of(mixed_sheet())
    model.show_only(frozenset(kinds))
    assert column(model, ROW) == rows


def test_a_filter_that_fits_nothing_shows_nothing_and_can_be_taken_back() -> None:
    rows, entries = [SheetRow(2, (parent_id(1), related_id(1)))], EntriesBuilder()
    entries.add_link(2, parent_id(1), related_id(1), 0, duplicate=False)
    model = model_of(sheet_with(rows, entries.build(), links_of([(1, 1)])))
    model.show_only(frozenset({RowKind.DAMAGED}))
    assert model.rowCount() == 0
    model.show_only(frozenset())
    assert column(model, STATE) == ["Fine"]


def test_cells_are_the_sheets_own_text_on_one_line() -> None:
    model = model_of(mixed_sheet())
    assert text(model, 0, NOTE) == "two lines"
    assert text(model, 2, NOTE) == "", "a short row has empty cells"
    assert text(model, 3, RELATED) == "3.65E+18", "a damaged ID is shown as it stands, never mended"


def test_the_two_chosen_columns_are_titled_in_words_and_tinted() -> None:
    model = model_of(mixed_sheet())
    titles = [model.headerData(number, HORIZONTAL, TEXT) for number in range(5)]
    assert titles == ["Row", "State", "Campaign", "Contact", "Note"]
    assert model.headerData(PARENT, HORIZONTAL, TIP) == "Campaign Id"
    tinted = [model.index(0, number).data(Qt.ItemDataRole.BackgroundRole) for number in range(5)]
    assert tinted == [None, None, color("tint"), color("tint"), None]


def test_a_column_without_a_title_has_its_letter() -> None:
    model = model_of(sheet_with([], Entries(), Links(), headers=("", "Contact Id")))
    assert model.headerData(PARENT, HORIZONTAL, TEXT) == "Column A"


def test_every_icon_has_a_word_beside_it() -> None:
    model = model_of(mixed_sheet())
    assert says_in_words_what_it_shows_in_colour(model)
    assert model.index(4, STATE).data(ICON) is None, "a blank row needs no icon"


@pytest.mark.parametrize("where", ["cell", "header"])
def test_a_sheets_text_is_never_taken_for_html_in_a_tooltip(where: str) -> None:
    evil = '<img src="//server/share/x.png">'
    sheet = sheet_with([SheetRow(2, (evil, ""))], Entries(), Links(), headers=(evil, ""))
    model = model_of(sheet)
    tip = model.index(0, PARENT).data(TIP) if where == "cell" else model.headerData(PARENT, HORIZONTAL, TIP)
    assert "<img" not in str(tip) and "&lt;img" in str(tip)
    assert text(model, 0, PARENT) == evil


def big_sheet() -> tuple[SheetLinks, CountedRows]:
    rows = CountedRows(MOST_ROWS)
    return sheet_with(rows, Entries(), links_of([(1, 2)])), rows


def test_a_sheet_of_the_greatest_size_is_not_read_to_be_counted() -> None:
    sheet, rows = big_sheet()
    model = model_of(sheet)
    assert model.rowCount() == MOST_ROWS
    assert rows.asked <= 2, "only the first row's number is needed"
    assert text(model, MOST_ROWS - 1, ROW) == f"{MOST_ROWS + 1:,}"
    assert text(model, MOST_ROWS - 1, PARENT) == parent_id(1)
    assert rows.asked <= 3


def test_filtering_a_sheet_of_the_greatest_size_reads_none_of_its_cells() -> None:
    sheet, rows = big_sheet()
    entries = EntriesBuilder()
    entries.add_link(500_001, parent_id(1), related_id(2), 0, duplicate=False)
    model = model_of(replace(sheet, entries=entries.build()))
    before = rows.asked
    model.show_only(frozenset({RowKind.FINE}))
    assert column(model, ROW) == ["500,001"]
    assert rows.asked == before


class Watched(SheetRowsModel):
    """Remembers which rows a view asked for."""

    def __init__(self, sheet: SheetLinks) -> None:
        super().__init__(sheet, RowStates.of(sheet))
        self.rows_asked: set[int] = set()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.rows_asked.add(index.row())
        return super().data(index, role)


def test_a_view_asks_only_for_the_rows_that_it_shows(qtbot: QtBot) -> None:
    model = Watched(big_sheet()[0])
    view = TableView("table_sheet", "Rows of the sheet")
    qtbot.addWidget(view)
    view.setModel(model)
    paint(view)
    assert 0 in model.rows_asked and len(model.rows_asked) < 100
    model.rows_asked.clear()
    view.scrollToBottom()
    paint(view)
    assert MOST_ROWS - 1 in model.rows_asked and len(model.rows_asked) < 100
