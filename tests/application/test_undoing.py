"""What an undo holds: the links that a run removed with the fields of their own, less what came back since."""

import pytest

from desktop.application.undoing import check_may_undo, settle_before_undo, undo_of
from desktop.domain.errors import UndoImpossible
from desktop.domain.operations import Operation
from desktop.engine.control import RunControl
from tests.engine.rehearsal import Rehearsal

PAIRS = [(0, 0), (0, 1), (1, 2)]


def removed() -> Rehearsal:
    stage = Rehearsal(PAIRS, safety_copy=True)
    stage.run()
    return stage


def test_an_undo_holds_what_was_removed_and_counts_what_earlier_undos_put_back() -> None:
    stage = removed()
    undo = undo_of(stage.book, put_back=[1])
    assert undo.operation is Operation.RESTORE
    assert (undo.parent_links, undo.removed, undo.put_back, undo.unconfirmed) == (3, 3, 1, 0)
    kept = {stage.book.links.related_ids[link] for link in (0, 2)}
    assert set(undo.sheet.links.related_ids) == kept, "in the order in which they were removed"
    assert list(undo.fields) == [0, 1]


def test_chosen_links_are_put_back_alone_and_none_of_them_is_refused() -> None:
    stage = removed()
    assert undo_of(stage.book, chosen=[2]).plan.links_to_send == 1
    with pytest.raises(UndoImpossible, match="run-removed-none-of-these"):
        undo_of(stage.book, chosen=[])


def test_what_was_put_back_whole_and_what_put_links_back_is_not_undone() -> None:
    with pytest.raises(UndoImpossible, match="run-undone-already"):
        undo_of(removed().book, put_back=range(3))
    with pytest.raises(UndoImpossible, match="run-put-links-back"):
        check_may_undo(Rehearsal(PAIRS, operation=Operation.RESTORE).book.facts)
    with pytest.raises(UndoImpossible, match="run-took-no-copy"):
        check_may_undo(Rehearsal(PAIRS).book.facts)


def test_a_stop_before_an_undo_reads_nothing() -> None:
    stage, control = removed(), RunControl()
    control.stop()
    asked = len(stage.crm.looked)
    assert not settle_before_undo(stage.book, stage.crm, stage.clock, control)
    assert len(stage.crm.looked) == asked
