"""Which links exist in the CRM now, asked before anything is removed. It reads; it writes and removes nothing.

Each list of records is read once for all of its links: by their ids, or page by page where that takes fewer calls. Names
of both ends come by the hundred; a record that is not among them does not exist. A list that Zoho refuses to show leaves its
links unclear and says nothing of the others; only when every list is refused, the check is. How many reads are on their way
at once follows the CRM's refusals as it does in a run, and a wait that it asks for is a wait for all of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from threading import Condition, Lock
from typing import TypeVar

from desktop.domain.causes import PERMISSION_CAUSES, CauseCode
from desktop.domain.entries import Links
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmError, CrmUnreachable, RequestRefused
from desktop.domain.findings import RECORDS_A_READ, Findings, Presence, reads_to_look
from desktop.domain.outcomes import CopyAnswer, Refusal, RefusalScope
from desktop.domain.pacing import FIRST_LANES, backoff_s
from desktop.domain.plans import Batch, Plan, split_calls
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.engine.holding import Hold
from desktop.engine.pace import Pace
from desktop.engine.ports import Clock, Crm

_TRIES = 4
_REFUSALS_IN_A_ROW = 3  # after so many, with no list of the relation shown between, the others are not asked for

Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]


class CheckCancelled(Exception):
    """The user does not want to know any more."""


@dataclass(frozen=True, slots=True)
class _ListSeen:
    """What was read of one list: the far ends that are linked; whether the rest is proven absent, and why it is if it is.

    ``refused`` is why Zoho did not show it, if it did not.
    """

    batches: Sequence[Batch]
    linked: frozenset[RecordId]
    otherwise: Presence
    refused: RequestRefused | None = None


class LinkCheck:
    """One look at the links of a plan. :meth:`run` blocks its thread; any thread may cancel."""

    def __init__(
        self,
        crm: Crm,
        clock: Clock,
        links: Links,
        plan: Plan,
        progress: Progress = lambda _done, _total: None,
        lanes: int = FIRST_LANES,
    ) -> None:
        self._crm, self._clock, self._links, self._plan = crm, clock, links, plan
        self._progress, self._lanes = progress, lanes
        self._pace, self._hold = Pace(clock, None, lanes), Hold(clock)
        self._flying = 0
        self._total = reads_to_look(plan)
        self._reads = 0
        self._guard = Lock()
        self._changed = Condition()
        self._cancelled = False
        self._in_a_row: Counter[Relation] = Counter()
        self._refused: dict[Relation, RequestRefused] = {}

    def cancel(self) -> None:
        """End soon; :meth:`run` then raises CheckCancelled."""
        with self._changed:
            self._cancelled = True
            self._changed.notify_all()

    def run(self) -> Findings:
        """Look at every link of the plan.

        Raises CheckCancelled; TokenRejected, RequestRefused, CrmBusy, CrmUnreachable when no more can be learned.
        """
        started = self._clock.monotonic()
        with ThreadPoolExecutor(self._lanes, thread_name_prefix="check") as pool:
            seen = self._all(pool, [partial(self._read_list, group) for group in self._lists()])
            refused = [one.refused for one in seen if one.refused is not None]
            if seen and len(refused) == len(seen):
                raise refused[0]
            names = self._names(pool)
        took = self._clock.monotonic() - started
        lanes = min(self._lanes, max(1, self._reads))
        return Findings(
            self._judge(seen, names),
            names.known,
            self._reads,
            self._clock.now(),
            took,
            lanes,
            refused=tuple(dict.fromkeys(map(_cause_of, refused))),
            asked_in=self._crm.connection,
            begun=started,
        )

    def _lists(self) -> list[list[Batch]]:
        groups: dict[tuple[object, RecordId], list[Batch]] = {}
        for batch in self._plan.batches:
            groups.setdefault((batch.call_relation, batch.call_parent_id), []).append(batch)
        return list(groups.values())

    def _all(self, pool: ThreadPoolExecutor, works: Iterable[Callable[[], Answer]]) -> list[Answer]:
        """The results in order; the first error ends the others and is raised."""
        futures: list[Future[Answer]] = [pool.submit(work) for work in works]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
            return [future.result() for future in futures]
        except BaseException:
            self.cancel()
            for future in futures:
                future.cancel()
            raise

    def _read_list(self, batches: Sequence[Batch]) -> _ListSeen:
        relation = batches[0].call_relation
        if (known := self._refused.get(relation)) is not None:
            return _ListSeen(batches, frozenset(), Presence.UNCLEAR, known)
        seen = self._seen_of(batches)
        with self._guard:
            self._in_a_row[relation] = self._in_a_row[relation] + 1 if seen.refused is not None else 0
            if seen.refused is not None and self._in_a_row[relation] >= _REFUSALS_IN_A_ROW:
                self._refused[relation] = seen.refused
        return seen

    def _seen_of(self, batches: Sequence[Batch]) -> _ListSeen:
        linked: set[RecordId] = set()
        waiting, may_hide = list(batches), False
        try:
            if len(waiting) > 1:
                answer = self._copy_of(waiting)
                linked.update(answer.links)
                may_hide = answer.may_hide
                waiting = [] if answer.whole or may_hide else self._unseen(batches, linked)
            for batch in waiting:
                answer = self._copy_of((batch,))
                linked.update(answer.links)
                may_hide = may_hide or not answer.whole
        except RequestRefused as error:
            if isinstance(error.refusal, Refusal) and error.refusal.scope is RefusalScope.PARENT:
                return _ListSeen(batches, frozenset(), Presence.NOT_FOUND)
            return _ListSeen(batches, frozenset(linked), Presence.UNCLEAR, error)
        except (AnswerMissing, AnswerNotUnderstood):
            return _ListSeen(batches, frozenset(linked), Presence.UNCLEAR)
        return _ListSeen(batches, frozenset(linked), Presence.UNCLEAR if may_hide else Presence.NOT_LINKED)

    def _unseen(self, batches: Sequence[Batch], linked: set[RecordId]) -> list[Batch]:
        first = batches[0]
        numbers = [link for batch in batches for link in batch.split(linked)[1]]
        return list(split_calls(self._links, first.relation, numbers, 0, first.side))

    def _copy_of(self, batches: Sequence[Batch]) -> CopyAnswer:
        answer = self._patiently(lambda: self._crm.copy_of(batches, lambda: not self._cancelled))
        self._count(answer.reads)
        return answer

    def _names(self, pool: ThreadPoolExecutor) -> "_Names":
        wanted: dict[str, dict[RecordId, None]] = {}
        for batch in self._plan.batches:
            wanted.setdefault(batch.call_relation.parent_module, {})[batch.call_parent_id] = None
            wanted.setdefault(batch.call_relation.related_list, {}).update(dict.fromkeys(batch.ids))
        works = [(module, some) for module, ids in wanted.items() for some in _cut(list(ids))]
        found = self._all(pool, [partial(self._names_of, *work) for work in works])
        names = _Names({}, {module for (module, _), known in zip(works, found, strict=True) if known is None})
        for known in found:
            names.known.update(known or {})
        return names

    def _names_of(self, module: str, ids: Sequence[RecordId]) -> Mapping[RecordId, str] | None:
        """The records of these that exist; None where that may not be asked."""
        try:
            names = self._patiently(lambda: self._crm.names_of(module, ids))
        except (RequestRefused, AnswerMissing, AnswerNotUnderstood):
            return None
        self._count(1)
        return names

    def _patiently(self, read: Callable[[], Answer]) -> Answer:
        """Ask again after a while when the CRM is busy, out of reach or not to be understood; raises the last error."""
        unproven = 0
        while True:
            started_at = self._enter()
            try:
                answer = read()
            except CrmError as error:
                self._count(0 if isinstance(error, CrmUnreachable) else 1)
                may_wait = self._leave(started_at, error)
                if isinstance(error, AnswerMissing | AnswerNotUnderstood) and unproven < _TRIES - 1:
                    unproven += 1
                    self._pause(backoff_s(unproven, self._clock.random))
                elif not may_wait:
                    raise
            else:
                self._leave(started_at, None)
                return answer

    def _enter(self) -> float:
        with self._changed:
            while not self._cancelled and (self._hold.is_on or self._flying >= self._pace.lanes):
                left = self._hold.until - self._clock.monotonic()
                self._clock.wait(self._changed, left if self._hold.is_on else None)
            if self._cancelled:
                raise CheckCancelled
            self._flying += 1
            return self._clock.monotonic()

    def _leave(self, started_at: float, error: CrmError | None) -> bool:
        """A read came back; True when all reads wait for a while and this one is to be made again."""
        with self._changed:
            self._flying -= 1
            self._changed.notify_all()
            match error:
                case None:
                    self._pace.answered(started_at)
                    self._hold.answered()
                case CrmBusy(retry_after_s=wish_s):
                    self._pace.refused_for_load(started_at)
                    return self._hold.extend(CauseCode.LIMIT_REACHED, started_at, wish_s)
                case CrmUnreachable():
                    return self._hold.extend(CauseCode.OFFLINE, started_at)
            return False

    def _pause(self, seconds: float) -> None:
        with self._changed:
            if not self._cancelled:
                self._clock.wait(self._changed, seconds)

    def _count(self, reads: int) -> None:
        with self._guard:
            self._reads += reads
            self._progress(self._reads, max(self._total, self._reads))

    def _judge(self, seen: Iterable[_ListSeen], names: "_Names") -> bytearray:
        presence = bytearray(len(self._links))
        for one in seen:
            for batch in one.batches:
                relation = batch.call_relation
                parent = one.otherwise
                if parent is Presence.NOT_LINKED and names.lack(relation.parent_module, batch.call_parent_id):
                    parent = Presence.NOT_FOUND
                for link, far in batch.numbered_ids():
                    absent = parent is Presence.NOT_LINKED and names.lack(relation.related_list, far)
                    presence[link] = Presence.LINKED if far in one.linked else Presence.NOT_FOUND if absent else parent
        return presence


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by record, and the modules whose records may not be read."""

    known: dict[RecordId, str]
    unreadable: set[str]

    def lack(self, module: str, record_id: RecordId) -> bool:
        """True when the record was asked for and does not exist."""
        return module not in self.unreadable and record_id not in self.known


def _cause_of(error: RequestRefused) -> CauseCode:
    """Why a list is not shown; a removal may be allowed all the same."""
    cause = error.refusal.cause if isinstance(error.refusal, Refusal) else CauseCode.REFUSED_OTHER
    return CauseCode.READ_REFUSED if cause in PERMISSION_CAUSES else cause


def _cut(ids: Sequence[RecordId]) -> Iterable[Sequence[RecordId]]:
    return (ids[start : start + RECORDS_A_READ] for start in range(0, len(ids), RECORDS_A_READ))
