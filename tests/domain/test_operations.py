"""The table of operations, every cell of it, and the words by which journals and scripts know a run."""

import pytest

from desktop.domain.operations import OPERATIONS, CallName, Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf, kind_of, operation_and_origin
from desktop.domain.outcomes import AS_MEANT, DONE, Outcome

NAMES = [one.name for one in OPERATIONS]
KINDS: list[tuple[Operation, Origin, str, str | None]] = [
    (Operation.REMOVE, Fresh(), "run", None),
    (Operation.REMOVE, RetryOf("a"), "retry", "a"),
    (Operation.RESTORE, UndoOf("a"), "undo", "a"),
    (Operation.RESTORE, RetryOf("a"), "undo_retry", "a"),
]


def test_removing_has_these_traits() -> None:
    one = Operation.REMOVE
    assert (one.name, one.kind, one.retry_kind) == ("REMOVE", "run", "retry")
    assert (one.call, one.right, one.ends_linked) == (CallName.DELINK, "DELETE", False)
    assert (one.done, one.already) == (Outcome.DELINKED, Outcome.NOT_LINKED)
    assert (one.reads_each_first, one.takes_copy, one.tells_rejected) == (False, True, True)
    assert one.undone_by is Operation.RESTORE
    assert [str(key) for key in one.outcomes] == ["delinked", "not_linked", "refused", "unknown", "not_attempted"]


def test_putting_back_has_these_traits() -> None:
    one = Operation.RESTORE
    assert (one.name, one.kind, one.retry_kind) == ("RESTORE", "undo", "undo_retry")
    assert (one.call, one.right, one.ends_linked) == (CallName.RELINK, "UPDATE", True)
    assert (one.done, one.already) == (Outcome.RELINKED, Outcome.ALREADY_LINKED)
    assert (one.reads_each_first, one.takes_copy, one.tells_rejected) == (True, False, False)
    assert one.undone_by is None
    assert [str(key) for key in one.outcomes] == ["relinked", "already_linked", "refused", "unknown", "not_attempted"]


@pytest.mark.parametrize("one", OPERATIONS, ids=NAMES)
def test_a_link_is_sent_when_it_is_not_as_wished(one: Operation) -> None:
    assert one.needs_call(not one.ends_linked) and not one.needs_call(one.ends_linked)


@pytest.mark.parametrize("one", OPERATIONS, ids=NAMES)
def test_its_own_two_outcomes_are_as_wished_and_one_of_them_is_its_work(one: Operation) -> None:
    assert {one.done, one.already} == AS_MEANT & set(one.outcomes)
    assert {one.done} == DONE & set(one.outcomes)
    assert repr(one) == f"Operation.{one.name}"


@pytest.mark.parametrize(("operation", "origin", "kind", "parent"), KINDS, ids=[kind for _, _, kind, _ in KINDS])
def test_each_kind_of_run_has_one_word_and_comes_back_from_it(
    operation: Operation, origin: Origin, kind: str, parent: str | None
) -> None:
    assert (kind_of(operation, origin), origin.run) == (kind, parent)
    assert operation_and_origin(kind, parent) == (operation, origin)


@pytest.mark.parametrize(
    ("kind", "parent"), [("run", "a"), ("retry", None), ("undo", None), ("undo_retry", None), ("", None), ("redo", "a")]
)
def test_a_word_that_no_version_wrote_is_refused(kind: str, parent: str | None) -> None:
    with pytest.raises(ValueError, match="no run is"):
        operation_and_origin(kind, parent)
