"""Finds out which links of some batches exist now, with the fewest calls that prove it: by their ids, or page by page.

For several batches of one list the list is paged through, as long as that takes no more calls than to ask for each batch by its
ids. That pages do not show a record proves nothing if a call that changes the list was in flight meanwhile, because the record
may have slipped to a page that was read already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from desktop.crm.list_reading import ListPage, ListReader
from desktop.crm.list_traffic import ListTraffic
from desktop.domain.outcomes import CopyAnswer, LinkFields
from desktop.domain.planning.call_limits import MAX_IDS
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

_MOST_IDS_OF_ANY_LENGTH = 95  # with 20 digits each, more of them would exceed the 2,000 characters that a call takes


@dataclass(slots=True)
class _Seen:
    """What the pages of a list have shown so far of the sought records."""

    sought: frozenset[RecordId]
    links: dict[RecordId, LinkFields] = field(default_factory=dict)
    reads: int = 0
    is_at_end: bool = False
    may_hide: bool = False
    credits_left: int | None = None

    def add_page(self, page: ListPage) -> int:
        """Take in a page. Returns how many sought records it showed for the first time."""
        shown_first = {
            record_id: fields
            for record_id, fields in page.records.items()
            if record_id in self.sought and record_id not in self.links
        }
        self.links |= shown_first
        self.reads += page.reads
        self.is_at_end, self.credits_left = page.is_last, page.credits_left
        self.may_hide = self.may_hide or page.may_hide
        return len(shown_first)

    @property
    def missing(self) -> list[RecordId]:
        """The sought records that were not shown."""
        return sorted(self.sought - self.links.keys())

    @property
    def is_over(self) -> bool:
        """True if further pages would show nothing that is sought."""
        return self.is_at_end or len(self.links) == len(self.sought)

    def answer(self, *, whole: bool, may_hide: bool = False) -> CopyAnswer:
        return CopyAnswer(self.links, whole, self.credits_left, self.reads, may_hide)


class LinkCopies:
    """Reads which links of a list exist, with their own fields. Any thread may call."""

    def __init__(self, lists: ListReader, traffic: ListTraffic) -> None:
        self._lists = lists
        self._traffic = traffic

    def copy_of(self, batches: Sequence[Batch], relation: Relation, reads_on: Callable[[], bool]) -> CopyAnswer:
        """Do what the port promises. ``relation`` names the list as it is called in this organisation."""
        if not self._lists.reads_by_ids or len(batches) > 1:
            return self._paged(batches, relation, reads_on)
        page = self._lists.by_ids(batches[0], relation)
        if page.is_honoured:
            may_hide = page.may_hide and len(page.records) < len(batches[0])
            return CopyAnswer(page.records, not may_hide, page.credits_left, page.reads, may_hide)
        # The filter by ids was not honoured, so its answer proves nothing.
        paged = self._paged(batches, relation, reads_on)
        return replace(paged, reads=paged.reads + page.reads)

    def _paged(self, batches: Sequence[Batch], relation: Relation, reads_on: Callable[[], bool]) -> CopyAnswer:
        has_other_way = self._lists.reads_by_ids and len(batches) > 1
        seen = _Seen(frozenset(record_id for batch in batches for record_id in batch.ids))
        with self._traffic.reading(batches[0]) as reading:
            for page in self._lists.pages(batches[0], relation):
                # A page pays if it shows as many sought records as one call by ids would. A long list of which little is
                # sought is left early, and asked for by ids.
                pays = seen.add_page(page) >= MAX_IDS or not has_other_way
                if seen.is_over or not pays or not reads_on():
                    break
        if not seen.missing:
            return seen.answer(whole=True)
        if not seen.is_at_end:
            return seen.answer(whole=False)
        if seen.may_hide and reading.undisturbed:
            return seen.answer(whole=False, may_hide=True)
        # Our own calls are counted (list_traffic.py), but others may remove a record, too: then another one slips to a page that
        # was read already. With one page nothing can slip.
        if seen.reads > 1 and has_other_way:
            return self._with_missing(batches[0], relation, seen.missing, seen.answer(whole=True))
        return seen.answer(whole=reading.undisturbed)

    def _with_missing(self, batch: Batch, relation: Relation, missing: list[RecordId], copy: CopyAnswer) -> CopyAnswer:
        """Ask again, by ids, for records that no page showed, and add those that are there to ``copy``."""
        for start in range(0, len(missing), _MOST_IDS_OF_ANY_LENGTH):
            part = missing[start : start + _MOST_IDS_OF_ANY_LENGTH]
            page = self._lists.by_ids(batch, relation, part)
            reads = copy.reads + page.reads
            if not page.is_honoured:
                return replace(copy, whole=False, reads=reads)
            whole = copy.whole and not (page.may_hide and len(page.records) < len(part))
            copy = CopyAnswer({**copy.links, **page.records}, whole, page.credits_left, reads, not whole)
        return copy
