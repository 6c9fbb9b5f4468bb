"""Finds reasons to pause in answers in which nothing failed: few credits are left, or an undo could not restore everything."""

from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CallAnswer, CopyAnswer, ReadAnswer
from desktop.domain.pacing import is_below_floor
from desktop.domain.relations import Relation, own_fields
from desktop.engine.lanes import Result
from desktop.engine.workload import Task


class Objections:
    """Looks at each answer before it is judged. Owned by the coordinator. ``credits_left`` is what the CRM said last.

    The safety copy has to hold the fields that the links of a relation have of their own, such as a price, or an undo cannot
    bring them back. Nothing proves that every CRM shows these fields. So the first list of each relation that has links
    decides: if the fields are missing in all of its rows, the run pauses before it removes anything, unless the user
    accepted that (``partial_undo``). An empty value is not missing.
    """

    def __init__(self, operation: Operation, credits_floor: int | None, *, partial_undo: bool) -> None:
        self._credits_floor = credits_floor
        self._partial_undo = partial_undo or not operation.takes_copy
        self._copied: set[Relation] = set()
        self.credits_left: int | None = None

    def pause_cause_after(self, task: Task, result: Result) -> CauseCode | None:
        """Return why the run has to pause after this answer, or None."""
        if not isinstance(result, CallAnswer | ReadAnswer | CopyAnswer):
            return None
        if result.credits_left is not None:
            self.credits_left = result.credits_left
            if is_below_floor(result.credits_left, self._credits_floor):
                return CauseCode.CREDITS_LOW
        return CauseCode.COPY_WITHOUT_FIELDS if isinstance(result, CopyAnswer) and self._lacks_fields(task, result) else None

    def note_resumed_after(self, cause: CauseCode) -> None:
        """Note that the user was told of this cause and let the run go on."""
        # Low credits are not noted: each further answer tells the number again, and the run pauses again.
        self._partial_undo = self._partial_undo or cause is CauseCode.COPY_WITHOUT_FIELDS

    def _lacks_fields(self, task: Task, answer: CopyAnswer) -> bool:
        """True if the rows of this answer, the first ones of their relation, show none of the links' own fields."""
        relation = task.batch.relation
        if self._partial_undo or not answer.links or relation in self._copied:
            return False
        if own_fields(relation) and not any(answer.links.values()):
            return True
        self._copied.add(relation)
        return False
