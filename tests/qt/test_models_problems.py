"""Problems of a run: one line a link, inserted in blocks, changed in place when a link is settled after all."""

from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.causes import CauseCode
from desktop.domain.entries import Links
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.qt.models.cells import ID_ROLE
from desktop.qt.models.problems_model import CAUSE, OUTCOME, PARENT, RELATED, ROW, WHAT_TO_DO, ProblemsModel
from desktop.qt.widgets.tables import TableView
from desktop.words.causes import explain_cause
from desktop.words.labels import outcome_label
from tests.qt.staging import MOST_ROWS, links_of, many_links, parent_id, related_id
from tests.qt.watching import column, keep_checking, paint, says_in_words_what_it_shows_in_colour, text
from tests.thorough import share_of

REFUSED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED, "RECORD_LOCKED")
LOST = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST)
ABSENT = LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND)
LEFT = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.LEFT_OUT)
PAIRS = [(number // 3, number) for number in range(9)]


class Ears:
    """What a model told its views, as (what, first row, last row)."""

    def __init__(self, model: ProblemsModel) -> None:
        self.heard: list[tuple[str, int, int]] = []
        model.rowsInserted.connect(lambda _, first, last: self.heard.append(("inserted", first, last)))
        model.dataChanged.connect(lambda first, last, _: self.heard.append(("changed", first.row(), last.row())))
        model.modelReset.connect(lambda: self.heard.append(("reset", 0, 0)))


def test_without_problems_the_table_is_empty(qtmodeltester: ModelTester) -> None:
    model = ProblemsModel()
    keep_checking(qtmodeltester, model)
    model.add([])
    assert (model.rowCount(), model.columnCount()) == (0, 8)


def test_the_model_is_sound_while_it_grows_changes_and_starts_anew(qtmodeltester: ModelTester) -> None:
    model = ProblemsModel(links_of(PAIRS))
    keep_checking(qtmodeltester, model)
    model.add([(0, REFUSED), (1, REMOVED), (2, LOST)])
    model.add([(2, REMOVED), (3, ABSENT)])
    model.add([(3, ABSENT), (4, LEFT)])
    assert model.rowCount() == 4
    model.show_links(links_of(PAIRS), range(len(PAIRS)), [REMOVED] * len(PAIRS))
    assert model.rowCount() == len(PAIRS)
    model.begin(links_of(PAIRS))
    assert model.rowCount() == 0


def test_a_line_says_row_outcome_records_cause_and_what_to_do() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(4, REFUSED)])
    cause = explain_cause(CauseCode.RECORD_LOCKED)
    assert text(model, 0, ROW) == "6"
    assert text(model, 0, OUTCOME) == outcome_label(Outcome.REFUSED)
    assert (text(model, 0, PARENT), text(model, 0, RELATED)) == (parent_id(1), related_id(4))
    assert (text(model, 0, CAUSE), text(model, 0, WHAT_TO_DO)) == (cause.title, cause.what_to_do)
    assert model.index(0, RELATED).data(ID_ROLE) == related_id(4)


def test_links_that_simply_went_are_of_no_interest_unless_they_are_asked_for() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(0, REMOVED), (1, ABSENT), (2, LEFT)])
    assert column(model, ROW) == ["3", "4"]
    model.show_links(links_of(PAIRS), [0, 2], [REMOVED, ABSENT, LEFT])
    assert column(model, ROW) == ["2", "4"]
    assert column(model, OUTCOME) == ["Removed", "Not sent"]


def test_a_block_of_outcomes_is_one_insertion_at_the_end() -> None:
    model = ProblemsModel(links_of(PAIRS))
    ears = Ears(model)
    model.add([(0, REFUSED), (1, REMOVED), (2, LOST), (3, ABSENT)])
    model.add([(5, REFUSED), (6, LOST)])
    model.add([(7, REMOVED)])
    assert ears.heard == [("inserted", 0, 2), ("inserted", 3, 4)]
    assert column(model, ROW) == ["2", "4", "5", "7", "8"]


def test_a_link_that_is_settled_later_keeps_its_line() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(0, REFUSED), (1, LOST), (2, LOST), (3, REFUSED)])
    ears = Ears(model)
    model.add([(1, REMOVED), (2, ABSENT)])
    assert column(model, OUTCOME) == ["Refused", "Removed", "Was not linked", "Refused"]
    assert ears.heard == [("changed", 1, 2)], "one signal, not one a link"


def test_changes_and_new_lines_of_one_block_are_both_told() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(0, LOST)])
    ears = Ears(model)
    model.add([(0, REMOVED), (1, REFUSED)])
    assert ears.heard == [("changed", 0, 0), ("inserted", 1, 1)]


def test_within_one_block_the_last_word_on_a_link_counts() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(0, LOST), (1, LOST), (0, REMOVED), (1, REFUSED)])
    assert (column(model, ROW), column(model, OUTCOME)) == (["3"], ["Refused"])


def test_another_run_starts_without_lines() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(0, REFUSED)])
    ears = Ears(model)
    model.begin(links_of(PAIRS[:2]))
    assert model.rowCount() == 0
    model.add([(0, LOST)])
    assert ears.heard == [("reset", 0, 0), ("inserted", 0, 0)]


def test_every_icon_has_a_word_beside_it() -> None:
    model = ProblemsModel(links_of(PAIRS))
    model.add([(0, REFUSED), (1, LOST), (2, ABSENT), (3, LEFT)])
    assert says_in_words_what_it_shows_in_colour(model)


class Watched(ProblemsModel):
    """Counts the texts that were made."""

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self.texts_made = 0

    def _text(self, link: int, outcome: LinkOutcome, column: int) -> str:
        self.texts_made += 1
        return super()._text(link, outcome, column)


def test_very_many_problems_are_one_insertion_and_only_what_is_seen_becomes_text(qtbot: QtBot) -> None:
    rows = share_of(MOST_ROWS)
    model = Watched(many_links(rows, parents=5))
    view = TableView("table_problems", "Problems")
    qtbot.addWidget(view)
    view.setModel(model)
    ears = Ears(model)
    model.add([(link, REFUSED) for link in range(rows)])
    assert ears.heard == [("inserted", 0, rows - 1)]
    assert (model.rowCount(), model.texts_made) == (rows, 0)
    paint(view)
    assert 0 < model.texts_made < 1000
    assert text(model, rows - 1, ROW) == f"{rows + 1:,}"
