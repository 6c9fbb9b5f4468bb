"""Why a run exists: somebody began it, or it follows on an earlier run. What it does is its operation (operations.py).

On disk and in JSON both stand in one word, ``kind``, with the earlier run as ``parent``. The functions here are the only
place that knows how.
"""

from dataclasses import dataclass
from typing import assert_never

from desktop.domain.operations import OPERATIONS, Operation


@dataclass(frozen=True, slots=True)
class Fresh:
    """Begun from a sheet; it follows on no run."""

    @property
    def run(self) -> None:
        """Nothing, where the other origins name the run that they follow on."""
        return None


@dataclass(frozen=True, slots=True)
class RetryOf:
    """Tries again what ``run`` left, with the same operation."""

    run: str


@dataclass(frozen=True, slots=True)
class UndoOf:
    """The run takes back what ``run`` did."""

    run: str


Origin = Fresh | RetryOf | UndoOf


def kind_of(operation: Operation, origin: Origin) -> str:
    """The word for the two together: ``run``, ``retry``, ``undo``, or ``undo_retry`` for the retry of an undo."""
    match origin:
        case RetryOf():
            return operation.retry_kind
        case Fresh() | UndoOf():
            return operation.kind
    assert_never(origin)


def operation_and_origin(kind: str, parent: str | None) -> tuple[Operation, Origin]:
    """What a word means. Raises ValueError for one that no version wrote, and where the run that it follows on is missing."""
    for operation in OPERATIONS:
        if kind == operation.retry_kind and parent is not None:
            return operation, RetryOf(parent)
        if kind == operation.kind and _is_undo(operation) is (parent is not None):
            return operation, Fresh() if parent is None else UndoOf(parent)
    raise ValueError(f"no run is a {kind} of {parent}")


def fits(operation: Operation, origin: Origin) -> bool:
    """Whether a run can have these two: only what puts links back undoes a run, and a fresh run removes."""
    return isinstance(origin, RetryOf) or _is_undo(operation) is isinstance(origin, UndoOf)


def _is_undo(operation: Operation) -> bool:
    """Links are put back only after a run that removed them."""
    return any(one.undone_by is operation for one in OPERATIONS)
