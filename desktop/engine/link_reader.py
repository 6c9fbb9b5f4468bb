"""Reads, list by list, which links are in the CRM now, for the reads outside a run (checking.py, settle.py).

A list is paged through where that may take fewer reads; otherwise it is asked for exactly the links of a batch, one batch a
read. Links that the pages do not show are then asked for by their ids. A read proves of each link that it is there, or that it
is gone, or nothing.
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
    """What a read proved of the links of some batches of one list. Links are given by number.

    ``hidden`` links may be there although the list does not show them. For links in none of the three groups a further read
    follows, unless ``error`` says why nothing more can be learned.
    """

    batches: Piece
    linked: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    error: CrmError | None = None


class LinkReader:
    """Reads the links of batches. Used by one thread; only ``_read`` runs on the lanes."""

    def __init__(self, lists: PatientLists, lanes: ReadingLanes, links: Links, batches: Iterable[Batch]) -> None:
        self._lists, self._lanes, self._links = lists, lanes, links
        self._left_out: set[Relation] = set()
        self._first: deque[Piece] = deque()
        self._rest = self._pieces(batches)

    def rounds(self) -> Iterator[list[LinksShown]]:
        """Yield what the reads show, as it comes, until nothing is left to read. Raises what ReadingLanes.rounds raises."""
        for answers in self._lanes.rounds(self._next_read):
            yield [self._links_shown(*answer) for answer in answers]

    def read_first(self, batches: Iterable[Batch]) -> None:
        """Read the links of these batches, too, before all others. Call it between two rounds."""
        self._first.extendleft(reversed(list(self._pieces(batches))))

    def leave_out(self, relation: Relation) -> None:
        """Begin no further read of lists of this relation; nothing is said of their links."""
        self._left_out.add(relation)

    def _pieces(self, batches: Iterable[Batch]) -> Iterator[Piece]:
        """Yield what is read in one go: a whole list, or one batch of a list that is too long to be paged through."""
        for _, group in groupby(batches, _list_of):
            of_list, start = tuple(group), 0
            is_long = len(of_list) > MOST_BATCHES_PAGED
            # Asked anew each time: the first read of a list may show that this CRM does not take ids.
            while is_long and start < len(of_list) and self._lists.reads_by_ids:
                yield of_list[start : start + 1]
                start += 1
            if start < len(of_list):
                yield of_list[start:]

    def _next_read(self) -> Callable[[], tuple[Piece, CopyAnswer | CrmError]] | None:
        while (piece := self._first.popleft() if self._first else next(self._rest, None)) is not None:
            if piece[0].call_relation not in self._left_out:
                return partial(self._read, piece)
        return None

    def _read(self, batches: Piece) -> tuple[Piece, CopyAnswer | CrmError]:
        # Runs on a lane's thread, where nothing may be raised that concerns this one list only: the error travels as a value.
        try:
            return batches, self._lists.copy_of(batches, lambda: True)
        except CrmError as error:
            return batches, error

    def _links_shown(self, batches: Piece, answer: CopyAnswer | CrmError) -> LinksShown:
        """Sort the links by what the answer proves, and queue a read by ids for those that pages left open."""
        if isinstance(answer, CrmError):
            return LinksShown(batches, error=answer)
        parts = [batch.split(answer.links) for batch in batches]
        linked = tuple(link for present, _ in parts for link in present)
        others = tuple(link for _, missing in parts for link in missing)
        if answer.whole:
            return LinksShown(batches, linked, others)
        if answer.may_hide or len(batches) == 1:
            return LinksShown(batches, linked, hidden=others)  # a read by ids would show no more
        # What the pages did not show may be split into other calls than before, because some of each batch is proven already.
        first = batches[0]
        by_ids = list(split_calls(self._links, first.relation, others, 0, first.side))
        self._first.extendleft((batch,) for batch in reversed(by_ids))
        return LinksShown(batches, linked)


def _list_of(batch: Batch) -> tuple[Relation, Side, RecordId]:
    return batch.relation, batch.side, batch.call_parent_id
