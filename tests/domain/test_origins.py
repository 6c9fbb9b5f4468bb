"""Why a run exists, as one word on disk: it comes back as it was, and what no version wrote is refused."""

import pytest

from desktop.domain.operations import OPERATIONS, Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf, fits, kind_of, operation_and_origin


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_retry_comes_back_as_it_was(operation: Operation) -> None:
    origin = RetryOf("r1")
    assert operation_and_origin(kind_of(operation, origin), origin.run) == (operation, origin)


@pytest.mark.parametrize(("operation", "origin"), [(Operation.REMOVE, Fresh()), (Operation.RESTORE, UndoOf("r1"))])
def test_so_do_a_run_and_its_undo(operation: Operation, origin: Origin) -> None:
    assert operation_and_origin(kind_of(operation, origin), origin.run) == (operation, origin)


@pytest.mark.parametrize(
    ("kind", "parent"), [("danced", None), ("run", "r1"), ("undo", None), ("retry", None), ("undo_retry", None), ("", "")]
)
def test_what_no_version_wrote_is_refused(kind: str, parent: str | None) -> None:
    with pytest.raises(ValueError):
        operation_and_origin(kind, parent)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("origin", [Fresh(), RetryOf("r1"), UndoOf("r1")])
def test_an_origin_fits_where_the_two_have_a_word_that_means_both(operation: Operation, origin: Origin) -> None:
    try:
        is_one = operation_and_origin(kind_of(operation, origin), origin.run) == (operation, origin)
    except ValueError:
        is_one = False
    assert fits(operation, origin) is is_one
