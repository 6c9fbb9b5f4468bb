"""Which of some links are in the CRM now, read list by list, for whoever looks outside a run (checking.py, settle.py).

A list is paged through where that may take fewer reads, and else asked for exactly its links, a batch a read. What pages do
not show is asked for by ids after them. A read proves for each link that it is there, that it is gone, or nothing.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from desktop.domain.entries import Links
from desktop.domain.errors import CrmError
from desktop.domain.outcomes import CopyAnswer
from desktop.domain.planning.plans import Batch, Side, split_calls
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.engine.patient_lists import PatientLists
from desktop.engine.reading_lanes import ReadingLanes
from desktop.engine.workload import MOST_BATCHES_PAGED

Piece = tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class LinksShown:
    """What a read proved of the links of some batches of one list, by number.

    Of links in none of the three, a further read is still to come, or ``error`` says why nothing more is to be learned.
    ``hidden`` may be there although the list does not show them.
    """

    batches: Piece
    linked: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    error: CrmError | None = None


class LinkReader:
    """Reads the links of batches. Used by one thread; only :meth:`_read` runs on the lanes."""

    def __init__(self, lists: PatientLists, lanes: ReadingLanes, links: Links, batches: Iterable[Batch]) -> None:
        self._lists, self._lanes, self._links = lists, lanes, links
        self._left_out: set[Relation] = set()
        self._first: deque[Piece] = deque()
        self._rest = self._pieces(batches)

    def rounds(self) -> Iterator[list[LinksShown]]:
        """What the reads show, as it comes, until nothing is left to read. Raises as ReadingLanes does."""
        for answers in self._lanes.rounds(self._next_read):
            yield [self._followed(*answer) for answer in answers]

    def read_first(self, batches: Iterable[Batch]) -> None:
        """Read the links of these batches too, before all others; to be called between two rounds."""
        self._first.extendleft(reversed(list(self._pieces(batches))))

    def leave_out(self, relation: Relation) -> None:
        """Begin no further read of lists of this relation; nothing is said of their links."""
        self._left_out.add(relation)

    def _pieces(self, batches: Iterable[Batch]) -> Iterator[Piece]:
        """What is read in one go: a whole list, or a batch of one that is too long to be paged through."""
        for _, group in groupby(batches, _list_of):
            together, at = tuple(group), 0
            is_long = len(together) > MOST_BATCHES_PAGED
            # Asked anew each time: the first read of a list may show that this CRM does not take ids.
            while is_long and at < len(together) and self._lists.reads_by_ids:
                yield together[at : at + 1]
                at += 1
            if at < len(together):
                yield together[at:]

    def _next_read(self) -> Callable[[], tuple[Piece, CopyAnswer | CrmError]] | None:
        while (piece := self._first.popleft() if self._first else next(self._rest, None)) is not None:
            if piece[0].call_relation not in self._left_out:
                return partial(self._read, piece)
        return None

    def _read(self, batches: Piece) -> tuple[Piece, CopyAnswer | CrmError]:
        """On a lane's thread."""
        try:
            return batches, self._lists.copy_of(batches, lambda: True)
        except CrmError as error:
            return batches, error

    def _followed(self, batches: Piece, answer: CopyAnswer | CrmError) -> LinksShown:
        if isinstance(answer, CrmError):
            return LinksShown(batches, error=answer)
        parts = [batch.split(answer.links) for batch in batches]
        linked = tuple(link for there, _ in parts for link in there)
        others = tuple(link for _, missing in parts for link in missing)
        if answer.whole:
            return LinksShown(batches, linked, others)
        if answer.may_hide or len(batches) == 1:
            return LinksShown(batches, linked, hidden=others)
        first = batches[0]
        by_ids = list(split_calls(self._links, first.relation, others, 0, first.side))
        self._first.extendleft((one,) for one in reversed(by_ids))
        return LinksShown(batches, linked)


def _list_of(batch: Batch) -> tuple[Relation, Side, RecordId]:
    return batch.relation, batch.side, batch.call_parent_id
