"""Which links of some batches exist now, with the fewest calls that prove it: by their ids, or page by page.

Several batches of one list are paged for, as long as that takes no more calls than asking for each by its ids. What pages do
not show proves nothing while a call that touches the list is on its way: a record slips to a page that was read already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from desktop.crm.list_reading import ListReader, Page
from desktop.crm.list_traffic import ListTraffic
from desktop.domain.outcomes import CopyAnswer, LinkFields
from desktop.domain.planning.call_limits import MAX_IDS
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

_MOST_IDS_OF_ANY_LENGTH = 95  # of 20 digits each they are just short enough


@dataclass(slots=True)
class _Seen:
    """What the pages of a list showed so far of the sought records."""

    sought: frozenset[RecordId]
    links: dict[RecordId, LinkFields] = field(default_factory=dict)
    reads: int = 0
    is_at_end: bool = False
    may_hide: bool = False
    credits_left: int | None = None

    def turn(self, page: Page) -> int:
        """Take in a page; how many sought records it showed for the first time."""
        fresh = {far: fields for far, fields in page.records.items() if far in self.sought and far not in self.links}
        self.links |= fresh
        self.reads += page.reads
        self.is_at_end, self.credits_left = page.is_last, page.credits_left
        self.may_hide = self.may_hide or page.may_hide
        return len(fresh)

    @property
    def missing(self) -> list[RecordId]:
        """Wanted records that were not shown."""
        return sorted(self.sought - self.links.keys())

    @property
    def is_over(self) -> bool:
        """True when further pages would show nothing that is sought."""
        return self.is_at_end or len(self.links) == len(self.sought)

    def answer(self, *, whole: bool, may_hide: bool = False) -> CopyAnswer:
        """This much, as the answer."""
        return CopyAnswer(self.links, whole, self.credits_left, self.reads, may_hide)


class LinkCopies:
    """Reads which links of a list exist, with the fields of their own. Any thread may call."""

    def __init__(self, lists: ListReader, traffic: ListTraffic) -> None:
        self._lists = lists
        self._traffic = traffic

    def copy_of(self, batches: Sequence[Batch], relation: Relation, reads_on: Callable[[], bool]) -> CopyAnswer:
        """As at the port; ``relation`` is the one of the batches by the name that its list has in this organisation."""
        if not self._lists.reads_by_ids or len(batches) > 1:
            return self._paged(batches, relation, reads_on)
        page = self._lists.by_ids(batches[0], relation)
        if page.is_honoured:
            may_hide = page.may_hide and len(page.records) < len(batches[0])
            return CopyAnswer(page.records, not may_hide, page.credits_left, page.reads, may_hide)
        paged = self._paged(batches, relation, reads_on)
        return replace(paged, reads=paged.reads + page.reads)

    def _paged(self, batches: Sequence[Batch], relation: Relation, reads_on: Callable[[], bool]) -> CopyAnswer:
        has_other_way = self._lists.reads_by_ids and len(batches) > 1
        seen = _Seen(frozenset(far for one in batches for far in one.ids))
        with self._traffic.reading(batches[0]) as reading:
            for page in self._lists.pages(batches[0], relation):
                pays = seen.turn(page) >= MAX_IDS or not has_other_way
                if seen.is_over or not pays or not reads_on():
                    break
        if not seen.missing:
            return seen.answer(whole=True)
        if not seen.is_at_end:
            return seen.answer(whole=False)
        if seen.may_hide and reading.undisturbed:
            return seen.answer(whole=False, may_hide=True)
        if seen.reads > 1 and has_other_way:
            return self._looked_for(batches[0], relation, seen.missing, seen.answer(whole=True))
        return seen.answer(whole=reading.undisturbed)

    def _looked_for(self, batch: Batch, relation: Relation, missing: list[RecordId], found: CopyAnswer) -> CopyAnswer:
        """What several pages did not show is asked for by ids: it slips by when somebody removes another record meanwhile."""
        for start in range(0, len(missing), _MOST_IDS_OF_ANY_LENGTH):
            part = missing[start : start + _MOST_IDS_OF_ANY_LENGTH]
            page = self._lists.by_ids(batch, relation, part)
            reads = found.reads + page.reads
            if not page.is_honoured:
                return replace(found, whole=False, reads=reads)
            whole = found.whole and not (page.may_hide and len(page.records) < len(part))
            found = CopyAnswer({**found.links, **page.records}, whole, page.credits_left, reads, not whole)
        return found
