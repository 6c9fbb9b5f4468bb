"""Which links exist in the CRM now, asked before anything is removed. It reads; it writes and removes nothing.

How lists are read stands in link_reader.py, how patiently in patient_lists.py. Names of both ends come by the hundred; a record
that is not among them does not exist. A list that Zoho refuses to show leaves its links unclear and says nothing of the
others; only when every list is refused, the check is.
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

_REFUSALS_IN_A_ROW = 3  # after so many, with no list of the relation shown between, the others are not asked for

Progress = Callable[[int, int], None]
NamesFound = tuple[str, Mapping[RecordId, str] | None]


class LinkCheck:
    """One look at the links of a plan. :meth:`run` blocks its thread; any thread may cancel. One use."""

    def __init__(
        self,
        crm: Crm,
        clock: Clock,
        links: Links,
        plan: Plan,
        progress: Progress = lambda _done, _total: None,
        lanes: int = FIRST_LANES,
    ) -> None:
        self._connection, self._clock, self._links, self._plan = crm.connection, clock, links, plan
        self._progress, self._most_lanes = progress, lanes
        self._lists = PatientLists(crm, clock, lanes)
        self._lanes = ReadingLanes(self._lists, clock)
        self._total = reads_to_look(plan)
        self._presence = bytearray(len(links))
        self._in_a_row: Counter[Relation] = Counter()
        self._refused: list[RequestRefused] = []
        self._was_shown_any = False
        self._names: dict[RecordId, str] = {}
        self._unreadable: set[str] = set()

    def cancel(self) -> None:
        """End soon; :meth:`run` then raises ReadingCancelled."""
        self._lanes.cancel()

    def run(self) -> Findings:
        """Look at every link of the plan.

        Raises ReadingCancelled; TokenRejected, RequestRefused, CrmBusy, CrmUnreachable when no more can be learned.
        """
        started = self._clock.monotonic()
        with self._lanes:
            self._read_links()
            if self._refused and not self._was_shown_any:
                raise self._refused[0]
            self._read_names()
        took = self._clock.monotonic() - started
        self._notice_missing_records()
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
        for batch in self._plan.batches:
            self._note(batch.link_numbers, Presence.UNCLEAR)
        reader = LinkReader(self._lists, self._lanes, self._links, self._plan.batches)
        for shown in reader.rounds():
            for one in shown:
                self._follow(one, reader)
            self._tell()

    def _follow(self, shown: LinksShown, reader: LinkReader) -> None:
        self._note(shown.linked, Presence.LINKED)
        self._note(shown.gone, Presence.NOT_LINKED)
        relation = shown.batches[0].call_relation
        match shown.error:
            case RequestRefused(refusal=Refusal(scope=RefusalScope.PARENT)):
                self._note((link for batch in shown.batches for link in batch.link_numbers), Presence.NOT_FOUND)
            case RequestRefused() as refused:
                self._refused.append(refused)
                self._in_a_row[relation] += 1
                if self._in_a_row[relation] >= _REFUSALS_IN_A_ROW:
                    reader.leave_out(relation)
                return
            case AnswerMissing() | AnswerNotUnderstood() | None:
                pass
            case error:
                raise error
        self._was_shown_any = True
        self._in_a_row[relation] = 0

    def _read_names(self) -> None:
        to_name: dict[str, dict[RecordId, None]] = {}
        for batch in self._plan.batches:
            to_name.setdefault(batch.call_relation.parent_module, {})[batch.call_parent_id] = None
            if (related := related_module(batch.call_relation)) is not None:
                to_name.setdefault(related, {}).update(dict.fromkeys(batch.ids))
        works = (partial(self._names_of, module, some) for module, ids in to_name.items() for some in _cut(list(ids)))
        for found in self._lanes.rounds(lambda: next(works, None)):
            for module, names in found:
                if names is None:
                    self._unreadable.add(module)
                else:
                    self._names.update(names)
            self._tell()

    def _names_of(self, module: str, ids: Sequence[RecordId]) -> NamesFound:
        """On a lane's thread: the records of these that exist; None where that may not be asked."""
        try:
            return module, self._lists.names_of(module, ids)
        except (RequestRefused, AnswerMissing, AnswerNotUnderstood):
            return module, None

    def _tell(self) -> None:
        reads = self._lists.reads
        self._progress(reads, max(self._total, reads))

    def _note(self, links: Iterable[int], presence: Presence) -> None:
        for link in links:
            self._presence[link] = presence

    def _notice_missing_records(self) -> None:
        """A link that is not there because one of its ends is not there either."""
        for batch in self._plan.batches:
            relation = batch.call_relation
            lacks_parent = self._lacks(relation.parent_module, batch.call_parent_id)
            for link, far in batch.numbered_ids():
                lacks_one = lacks_parent or self._lacks(related_module(relation), far)
                if self._presence[link] == Presence.NOT_LINKED and lacks_one:
                    self._presence[link] = Presence.NOT_FOUND

    def _lacks(self, module: str | None, record_id: RecordId) -> bool:
        """True when the record was asked for and does not exist."""
        return module is not None and module not in self._unreadable and record_id not in self._names


def _cause_of(error: RequestRefused) -> CauseCode:
    """Why a list is not shown; a removal may be allowed all the same."""
    cause = error.refusal.cause if isinstance(error.refusal, Refusal) else CauseCode.REFUSED_OTHER
    return CauseCode.READ_REFUSED if cause in PERMISSION_CAUSES else cause


def _cut(ids: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    return (ids[start : start + RECORDS_A_READ] for start in range(0, len(ids), RECORDS_A_READ))
