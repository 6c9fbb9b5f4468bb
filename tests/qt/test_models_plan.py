"""The tree of what will be removed: ticks, search, names, what is held back, and a million links."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.entries import Links
from desktop.domain.findings import Findings, Presence
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.previews import SENT, LinkFate, PlanFacts, Preview
from desktop.qt.models.cells import ID_ROLE
from desktop.qt.models.plan_model import COUNT, RECORD, ROWS, STATE, PlanModel
from desktop.qt.widgets.tables import TreeView
from tests.qt.staging import MOST_ROWS, links_of, many_links, parent_id, related_id
from tests.qt.watching import TIP, column, indexes, keep_checking, paint, says_in_words_what_it_shows_in_colour, text

CHECK = Qt.ItemDataRole.CheckStateRole
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
# Campaign 0 has three links of which one is suspicious, campaign 1 has one, campaign 2 has two.
PAIRS = [(0, 1), (0, 2), (1, 1), (0, 3), (2, 4), (2, 5)]


def model_of(links: Links | None = None) -> PlanModel:
    links = links if links is not None else links_of(PAIRS, suspicious=[3])
    model = PlanModel(Preview.of(links))
    model.show_calls(PlanFacts.of(make_plan(links, SideChoice.AS_SHEET)))
    return model


def ticked_links(model: PlanModel) -> list[int]:
    return model.preview.ticked(model.unticked)


def search(model: PlanModel, words: str) -> None:
    """As the page does it."""
    model.show_only(model.preview.find(words, model.names, ()))


def below(model: PlanModel, row: int) -> list[str]:
    parent = model.index(row, RECORD)
    return [text(model, one, STATE, parent) for one in range(model.rowCount(parent))]


def test_a_plan_without_links_is_an_empty_tree(qtmodeltester: ModelTester) -> None:
    model = model_of(Links())
    keep_checking(qtmodeltester, model)
    search(model, "1")
    model.tick_all(False)
    assert (model.rowCount(), ticked_links(model), model.parents_shown()) == (0, [], 0)


def test_the_model_is_sound_through_ticks_searches_and_names(qtmodeltester: ModelTester) -> None:
    model = model_of()
    keep_checking(qtmodeltester, model)
    assert model.setData(model.index(1, RECORD), OFF, CHECK)
    search(model, "00004")
    model.tick_all(False)
    search(model, "")
    model.show_names({parent_id(0): "Spring fair"})
    model.tick_all(True)
    assert model.rowCount() == 3


def test_parents_stand_in_sheet_order_with_their_links_and_calls() -> None:
    model = model_of()
    assert column(model, RECORD) == [f"Campaign {parent_id(n)}" for n in range(3)]
    assert column(model, COUNT) == ["3", "1", "2"]
    assert column(model, ROWS) == ["1", "1", "1"], "one call each"
    first = model.index(0, RECORD)
    assert [text(model, row, RECORD, first) for row in range(3)] == [related_id(1), related_id(2), related_id(3)]
    assert [text(model, row, ROWS, first) for row in range(3)] == ["row 2", "row 3", "row 5"]


def test_calls_that_are_sent_from_the_other_record_are_shown_as_shared() -> None:
    links = links_of([*((0, n) for n in range(1, 120)), *((n, 0) for n in range(30))])
    model = PlanModel(Preview.of(links))
    model.show_calls(PlanFacts.of(make_plan(links)))
    assert column(model, ROWS) == ["2", *["1 shared"] * 29]
    model.show_calls(PlanFacts.of(make_plan(links, SideChoice.AS_SHEET)))
    assert column(model, ROWS) == ["2", *["1"] * 29]
    model.show_calls(PlanFacts.of(make_plan(links, numbers=[])))
    assert column(model, ROWS) == [""] * 30


def test_what_is_held_back_is_said_at_the_link_and_at_its_parent() -> None:
    model = model_of()
    assert text(model, 0, STATE) == "2 links will be removed, 1 held back"
    assert below(model, 0) == ["Will be removed", "Will be removed", "Held back: suspicious ID"]
    assert ticked_links(model) == [0, 1, 2, 4, 5]


def test_suspicious_links_that_were_included_are_not_held_back() -> None:
    model = model_of(replace(links_of(PAIRS, suspicious=[3]), included=True))
    assert below(model, 0) == ["Will be removed"] * 3
    assert len(ticked_links(model)) == len(PAIRS)


def test_an_unticked_parent_leaves_out_its_links_and_says_so_at_each(qtbot: QtBot) -> None:
    model = model_of()
    with qtbot.waitSignals([model.ticked_changed, model.dataChanged]):
        assert model.setData(model.index(0, RECORD), OFF, CHECK)
    assert model.index(0, RECORD).data(CHECK) == OFF
    assert ticked_links(model) == [2, 4, 5]
    assert text(model, 0, STATE) == "Left out"
    assert below(model, 0) == ["Left out", "Left out", "Held back: suspicious ID"]
    assert model.setData(model.index(0, RECORD), ON.value, CHECK), "views hand over plain numbers too"
    assert ticked_links(model) == [0, 1, 2, 4, 5]


def test_a_tick_tells_the_views_of_the_parent_and_of_the_links_below(qtbot: QtBot) -> None:
    model = model_of()
    told: list[tuple[bool, int, int]] = []
    model.dataChanged.connect(lambda first, last, _: told.append((first.parent().isValid(), first.row(), last.row())))
    model.setData(model.index(2, RECORD), OFF, CHECK)
    assert told == [(False, 2, 2), (True, 0, 1)]


def test_only_the_boxes_of_the_first_column_can_be_ticked() -> None:
    model = model_of()
    first = model.index(0, RECORD)
    for cell in (model.index(0, STATE), model.index(0, STATE, first), QModelIndex()):
        assert not model.setData(cell, OFF, CHECK)
    assert not model.setData(first, "another name")
    assert len(ticked_links(model)) == 5
    can_be_ticked = [cell for cell in indexes(model) if cell.flags() & Qt.ItemFlag.ItemIsUserCheckable]
    assert len(can_be_ticked) == 3 + len(PAIRS) and all(cell.column() == RECORD for cell in can_be_ticked)
    assert all(cell.data(CHECK) is not None for cell in can_be_ticked)


def test_one_link_can_be_left_out_and_its_parent_shows_that_it_is_not_whole() -> None:
    model = model_of()
    first = model.index(0, RECORD)
    assert model.setData(model.index(1, RECORD, first), OFF, CHECK)
    assert ticked_links(model) == [0, 2, 4, 5]
    assert first.data(CHECK) is Qt.CheckState.PartiallyChecked
    assert below(model, 0) == ["Will be removed", "Left out", "Held back: suspicious ID"]
    assert text(model, 0, STATE) == "1 link will be removed, 1 held back"
    assert model.setData(model.index(1, RECORD, first), ON, CHECK)
    assert first.data(CHECK) is ON and ticked_links(model) == [0, 1, 2, 4, 5]


def test_a_link_can_be_ticked_below_a_parent_that_is_left_out() -> None:
    model = model_of()
    last = model.index(2, RECORD)
    model.setData(last, OFF, CHECK)
    model.setData(model.index(1, RECORD, last), ON, CHECK)
    assert ticked_links(model) == [0, 1, 2, 5]
    model.setData(model.index(1, RECORD, last), OFF, CHECK)
    assert last.data(CHECK) is OFF and ticked_links(model) == [0, 1, 2]


def test_what_a_look_found_is_said_filtered_and_no_longer_sent(qtmodeltester: ModelTester) -> None:
    links = links_of(PAIRS, suspicious=[3])
    model = model_of(links)
    keep_checking(qtmodeltester, model)
    found = [Presence.LINKED, Presence.NOT_LINKED, Presence.NOT_FOUND, Presence.NOT_ASKED, Presence.LINKED, Presence.UNCLEAR]
    model.show_preview(model.preview.with_findings(Findings(bytearray(found))))
    assert ticked_links(model) == [0, 4, 5]
    assert below(model, 0) == ["Will be removed", "Already not linked", "Held back: suspicious ID"]
    assert below(model, 2) == ["Will be removed", "Will be removed; could not be read"]
    assert text(model, 0, STATE) == "1 link will be removed, 1 not linked, 1 held back"
    for fates, parents, links_below in (
        ({LinkFate.NOT_LINKED}, 1, 1),
        ({LinkFate.NOT_FOUND}, 1, 1),
        (set(SENT), 2, 3),
        ({LinkFate.HELD_BACK, LinkFate.NOT_FOUND}, 2, 2),
        (set(), 3, 6),
    ):
        model.show_only(model.preview.find("", {}, fates), fates)
        rows = [model.rowCount(model.index(row, RECORD)) for row in range(model.rowCount())]
        assert (len(rows), sum(rows)) == (parents, links_below)
    assert says_in_words_what_it_shows_in_colour(model)


def test_select_none_and_all_reach_every_parent_in_one_signal(qtbot: QtBot) -> None:
    model = model_of()
    with qtbot.waitSignals([model.ticked_changed, model.layoutChanged]):
        model.tick_all(False)
    assert ticked_links(model) == []
    assert column(model, STATE) == ["Left out"] * 3
    model.tick_all(True)
    assert ticked_links(model) == [0, 1, 2, 4, 5]


def test_select_none_in_a_search_leaves_the_others_ticked() -> None:
    model = model_of()
    search(model, parent_id(2))
    model.tick_all(False)
    search(model, "")
    assert [model.index(row, RECORD).data(CHECK) for row in range(3)] == [ON, ON, OFF]
    assert ticked_links(model) == [0, 1, 2]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (f"  {parent_id(1)} ", [1]),
        (related_id(5), [2]),
        (related_id(1), [0, 1]),
        ("SPRING", [0]),
        ("nobody", []),
        ("", [0, 1, 2]),
    ],
)
def test_search_finds_parents_by_id_by_name_and_by_their_links(wanted: str, found: list[int]) -> None:
    model = model_of()
    model.show_names({parent_id(0): "Spring fair"})
    search(model, wanted)
    ids = [model.index(row, RECORD).data(ID_ROLE) for row in range(model.rowCount())]
    assert ids == [parent_id(number) for number in found]
    assert model.parents_shown() == len(found)


def test_ticks_and_links_follow_their_parent_into_a_search() -> None:
    model = model_of()
    model.setData(model.index(2, RECORD), OFF, CHECK)
    search(model, parent_id(2))
    assert model.index(0, RECORD).data(CHECK) == OFF
    assert text(model, 0, RECORD, model.index(0, RECORD)) == related_id(4)
    assert below(model, 0) == ["Left out", "Left out"]


def test_names_stand_before_ids_which_can_still_be_copied_whole(qtbot: QtBot) -> None:
    model = model_of()
    with qtbot.waitSignal(model.layoutChanged):
        model.show_names({parent_id(0): "Spring fair", related_id(2): "Ann Lee"})
    assert text(model, 0, RECORD) == f"Campaign Spring fair  {parent_id(0)}"
    child = model.index(1, RECORD, model.index(0, RECORD))
    assert child.data() == f"Ann Lee  {related_id(2)}"
    assert (model.index(0, RECORD).data(ID_ROLE), child.data(ID_ROLE)) == (parent_id(0), related_id(2))
    assert parent_id(0) in str(model.index(0, RECORD).data(TIP))


def test_every_icon_has_a_word_beside_it() -> None:
    assert says_in_words_what_it_shows_in_colour(model_of())


def test_an_index_knows_its_parent_and_a_link_has_nothing_below() -> None:
    model = model_of()
    first = model.index(0, RECORD)
    child = model.index(2, STATE, first)
    assert (child.parent(), first.parent().isValid()) == (first, False)
    assert model.rowCount(child) == model.rowCount(model.index(2, RECORD, first)) == 0
    assert not model.index(3, RECORD, first).isValid() and not model.index(0, RECORD, child).isValid()


class Watched(PlanModel):
    """Counts what a view asks for."""

    def __init__(self, links: Links) -> None:
        super().__init__(Preview.of(links))
        self.cells_asked: set[tuple[int, int]] = set()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.cells_asked.add((int(index.internalId()), index.row()))
        return super().data(index, role)


def test_a_tree_of_a_million_links_asks_only_for_what_it_shows(qtbot: QtBot) -> None:
    model = Watched(many_links(MOST_ROWS, parents=5))
    view = TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(view)
    view.setModel(model)
    paint(view)
    assert len(model.cells_asked) == 5
    model.cells_asked.clear()
    view.expand(model.index(0, RECORD))
    paint(view)
    assert (1, 0) in model.cells_asked and len(model.cells_asked) < 100
    view.collapseAll()
    assert len(model.cells_asked) < 100
    assert [text(model, row, COUNT) for row in range(5)] == ["209,715"] * 5


def test_a_view_is_told_of_many_rows_by_blocks_as_it_comes_to_their_ends(qtbot: QtBot) -> None:
    model = PlanModel(Preview.of(many_links(7_000, parents=2_500)))
    view = TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(view)
    view.setModel(model)
    paint(view)
    rows = [model.rowCount()]
    while model.rowCount() < 2_500:
        view.scrollToBottom()
        paint(view)
        assert model.rowCount() > rows[-1]
        rows.append(model.rowCount())
    assert rows[0] < 2_500 and model.parents_shown() == 2_500
    assert [model.index(row, RECORD).data(ID_ROLE) for row in (0, 2_499)] == [parent_id(0), parent_id(2_499)]
    model.tick_all(False)
    assert ticked_links(model) == []


def test_rows_that_come_later_are_rows_like_all_others(qtmodeltester: ModelTester) -> None:
    model = PlanModel(Preview.of(many_links(1_105, parents=1_100)))
    assert model.rowCount() < 1_100
    keep_checking(qtmodeltester, model)
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 1_100


def test_the_links_of_one_parent_come_by_blocks_too(qtbot: QtBot) -> None:
    model = PlanModel(Preview.of(many_links(5_000, parents=2)))
    view = TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(view)
    view.setModel(model)
    first = model.index(0, RECORD)
    view.expand(first)
    paint(view)
    rows = [model.rowCount(first)]
    while model.canFetchMore(first):
        view.scrollTo(model.index(model.rowCount(first) - 1, RECORD, first))
        paint(view)
        assert model.rowCount(first) > rows[-1]
        rows.append(model.rowCount(first))
    assert rows[0] < 2_500 == rows[-1]
    assert model.canFetchMore(model.index(1, RECORD)), "the other parent's links are as they were"


def test_what_is_open_and_where_one_stands_survive_names_and_ticks(qtbot: QtBot) -> None:
    model = model_of()
    view = TreeView("tree_plan", "What will be removed")
    qtbot.addWidget(view)
    view.setModel(model)
    view.expand(model.index(0, RECORD))
    view.setCurrentIndex(model.index(2, RECORD))
    model.show_names({parent_id(0): "Spring fair"})
    model.tick_all(False)
    model.setData(model.index(1, RECORD), ON, CHECK)
    assert view.isExpanded(model.index(0, RECORD)) and not view.isExpanded(model.index(1, RECORD))
    assert view.currentIndex() == model.index(2, RECORD)
