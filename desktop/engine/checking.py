"""The check before a run: which links of a plan exist in the CRM now, and what the records are called. It only reads.

link_reader.py says which lists are read, patient_lists.py how often a read is tried and how long it waits. Names of the records
at both ends are asked for a hundred at a time; a record that is not in the answer does not exist. A list that Zoho refuses to
show leaves its own links unclear and says nothing about the others; the check fails only if every list is refused.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from desktop.domain.causes import PERMISSION_CAUSES, CauseCode
from desktop.domain.entries import Links
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, RequestRefused
from desktop.domain.findings import RECORDS_A_READ, Findings, Presence, reads_to_look
from desktop.domain.outcomes import Refusal, RefusalScope
from desktop.domain.pacing import FIRST_LANES
from desktop.domain.planning.plans import Plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, related_module
from desktop.engine.link_reader import LinkReader, LinksShown
from desktop.engine.patient_lists import PatientLists
from desktop.engine.ports import Clock, Crm
from desktop.engine.reading_lanes import ReadingLanes

# A missing right refuses every list of a relation. After three refusals with no list shown between them, the other lists of that
# relation, which may be thousands, are not asked for.
_REFUSALS_IN_A_ROW = 3

Progress = Callable[[int, int], None]
NamesFound = tuple[str, Mapping[RecordId, str] | None]


class LinkCheck:
    """Checks the links of a plan once. :meth:`run` blocks its thread; any thread may cancel. Use each object only once."""

    def __init__(
        self,
        crm: Crm,
        clock: Clock,
        links: Links,
        plan: Plan,
        on_progress: Progress = lambda _done, _total: None,
        lanes: int = FIRST_LANES,
    ) -> None:
        self._connection, self._clock, self._links, self._plan = crm.connection, clock, links, plan
        self._on_progress, self._most_lanes = on_progress, lanes
        self._lists = PatientLists(crm, clock, lanes)
        self._lanes = ReadingLanes(self._lists, clock)
        self._total = reads_to_look(plan)
        self._presence = bytearray(len(links))
        self._in_a_row: Counter[Relation] = Counter()
        self._refused: list[RequestRefused] = []
        self._was_any_shown = False
        self._names: dict[RecordId, str] = {}
        self._unreadable: set[str] = set()

    def cancel(self) -> None:
        """Stop the check soon; :meth:`run` then raises ReadingCancelled."""
        self._lanes.cancel()

    def run(self) -> Findings:
        """Check every link of the plan.

        Raises ReadingCancelled; raises TokenRejected, RequestRefused, CrmBusy or CrmUnreachable when nothing more can be learned.
        """
        # Noted before the first read leaves: the age of the findings counts from there (looks.py), because a link may change
        # at any moment after it was read.
        started = self._clock.monotonic()
        with self._lanes:
            self._read_links()
            if self._refused and not self._was_any_shown:
                raise self._refused[0]
            self._read_names()
        took = self._clock.monotonic() - started
        self._mark_links_of_missing_records()
        reads = self._lists.reads
        return Findings(
            self._presence,
            self._names,
            reads,
            self._clock.now(),
            took,
            min(self._most_lanes, max(1, reads)),
            refused=tuple(dict.fromkeys(map(_cause_of, self._refused))),
            asked_in=self._connection,
            begun=started,
        )

    def _read_links(self) -> None:
        # A link stays unclear unless a read proves more: its list may be refused, or an answer not be understood.
        for batch in self._plan.batches:
            self._note(batch.link_numbers, Presence.UNCLEAR)
        reader = LinkReader(self._lists, self._lanes, self._links, self._plan.batches)
        for answers in reader.rounds():
            for shown in answers:
                self._take_in(shown, reader)
            self._report_progress()

    def _take_in(self, shown: LinksShown, reader: LinkReader) -> None:
        """Note what a read proved. Raises its error where no other list would fare better."""
        self._note(shown.linked, Presence.LINKED)
        self._note(shown.gone, Presence.NOT_LINKED)
        relation = shown.batches[0].call_relation
        match shown.error:
            case RequestRefused(refusal=Refusal(scope=RefusalScope.PARENT)):
                # Zoho says that the record which has the list is not there, so none of its links is either.
                self._note((link for batch in shown.batches for link in batch.link_numbers), Presence.NOT_FOUND)
            case RequestRefused() as refused:
                self._refused.append(refused)
                self._in_a_row[relation] += 1
                if self._in_a_row[relation] >= _REFUSALS_IN_A_ROW:
                    reader.leave_out(relation)
                return
            case AnswerMissing() | AnswerNotUnderstood() | None:
                pass  # such trouble concerns this one list; its links stay unclear
            case error:
                raise error
        self._was_any_shown = True
        self._in_a_row[relation] = 0

    def _read_names(self) -> None:
        to_name: dict[str, dict[RecordId, None]] = {}
        for batch in self._plan.batches:
            to_name.setdefault(batch.call_relation.parent_module, {})[batch.call_parent_id] = None
            if (related := related_module(batch.call_relation)) is not None:
                to_name.setdefault(related, {}).update(dict.fromkeys(batch.ids))
        reads = (partial(self._names_of, module, part) for module, ids in to_name.items() for part in _parts(list(ids)))
        for answers in self._lanes.rounds(lambda: next(reads, None)):
            for module, names in answers:
                if names is None:
                    self._unreadable.add(module)
                else:
                    self._names.update(names)
            self._report_progress()

    def _names_of(self, module: str, ids: Sequence[RecordId]) -> NamesFound:
        """Read the names of those of these records that exist, or None if the key may not ask. Runs on a lane's thread."""
        try:
            return module, self._lists.names_of(module, ids)
        except (RequestRefused, AnswerMissing, AnswerNotUnderstood):
            # Names only help people to read the plan. A key that may not read a module must not end the check; the module is
            # noted, so that its records do not count as missing.
            return module, None

    def _report_progress(self) -> None:
        reads = self._lists.reads
        # The total is an estimate: reads that are made again, or by ids after pages, come on top of it.
        self._on_progress(reads, max(self._total, reads))

    def _note(self, links: Iterable[int], presence: Presence) -> None:
        for link in links:
            self._presence[link] = presence

    def _mark_links_of_missing_records(self) -> None:
        """Mark a link that does not exist as NOT_FOUND where a record at one of its ends does not exist either."""
        for batch in self._plan.batches:
            relation = batch.call_relation
            lacks_parent = self._lacks(relation.parent_module, batch.call_parent_id)
            for link, call_id in batch.numbered_ids():
                lacks_record = lacks_parent or self._lacks(related_module(relation), call_id)
                # Only where a read proved that the link is not there: a name that is missing from an answer proves less.
                if self._presence[link] == Presence.NOT_LINKED and lacks_record:
                    self._presence[link] = Presence.NOT_FOUND

    def _lacks(self, module: str | None, record_id: RecordId) -> bool:
        """Tell whether the record was asked for and does not exist."""
        return module is not None and module not in self._unreadable and record_id not in self._names


def _cause_of(error: RequestRefused) -> CauseCode:
    cause = error.refusal.cause if isinstance(error.refusal, Refusal) else CauseCode.REFUSED_OTHER
    # READ_REFUSED says that only the right to read is known to be missing: a removal needs another right, which may be there.
    return CauseCode.READ_REFUSED if cause in PERMISSION_CAUSES else cause


def _parts(ids: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    return (ids[start : start + RECORDS_A_READ] for start in range(0, len(ids), RECORDS_A_READ))
