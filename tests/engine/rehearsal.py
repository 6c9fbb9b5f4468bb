"""A stage for the runner: a CRM in memory that follows a script, a journal in memory, and a clock that jumps."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Condition
from typing import Self

from desktop.domain.building import LinksBuilder
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.entries import Entries, Links, SheetRow
from desktop.domain.errors import JournalUnwritable, RequestRefused
from desktop.domain.ledger import Ledger
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, UndoOf
from desktop.domain.outcomes import (
    PUT_BACK,
    REMOVED,
    CallAnswer,
    CopyAnswer,
    LinkFields,
    LinkOutcome,
    Outcome,
    ReadAnswer,
    Refusal,
    RefusalScope,
)
from desktop.domain.planning.plans import Batch, Plan, SideChoice, make_plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.result_targets import ResultsFile
from desktop.domain.row_choices import RowsLeftOut
from desktop.domain.runs import Change, Copied, Ending, Intent, Moment, RunFacts, RunState, Settled
from desktop.engine.control import RunControl
from desktop.engine.directions import LearnedDirections
from desktop.engine.ports import Clock
from desktop.engine.runner import Runner

CONTACTS = Relation("Campaigns", "Contacts")
NOT_FOUND = LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND, "INVALID_DATA")
CONNECTION = Connection("c", "c", "", Environment.SANDBOX, "http://127.0.0.1:1")


class JumpingClock:
    """Real waiting only for what lanes do; time that nobody needs to wait for is skipped."""

    def __init__(self) -> None:
        self.time = 1000.0
        # Lanes that an earlier test left hanging on purpose are none of this clock's business.
        self._others = frozenset(threading.enumerate())

    def monotonic(self) -> float:
        return self.time

    def now(self) -> float:
        return self.time

    def random(self) -> float:
        return 0.5

    def wait(self, condition: Condition, seconds: float | None) -> None:
        if seconds is None:
            condition.wait()
        elif not self._has_lanes() or not condition.wait(0.03):
            self.time += seconds

    def _has_lanes(self) -> bool:
        return any(one.name.startswith("lane-") and one not in self._others for one in threading.enumerate())


class Book:
    """A run's journal in memory that can refuse to write."""

    def __init__(
        self,
        links: Links,
        plan: Plan,
        before: Iterable[Change] = (),
        *,
        safety_copy: bool = False,
        operation: Operation = Operation.REMOVE,
        fields: Mapping[int, LinkFields] | None = None,
    ) -> None:
        self.links, self.plan, self.entries, self.left_out = links, plan, Entries(), RowsLeftOut()
        self._fields = fields or {}
        origin = Fresh() if operation is Operation.REMOVE else UndoOf("a")
        self.facts = RunFacts(
            "r", operation, origin, "", "", "", "", "", (), CONNECTION, plan.side, plan.calls, "", "", safety_copy=safety_copy
        )
        self.ledger = Ledger(len(links)).replay(before)
        self.commits: list[Sequence[Change]] = []
        self.refuse_commits = 0

    def commit(self, changes: Sequence[Change]) -> None:
        if self.refuse_commits:
            self.refuse_commits -= 1
            raise JournalUnwritable("r", "no space left")
        self.commits.append(tuple(changes))
        for change in changes:
            self.ledger.apply(change)

    @property
    def changes(self) -> list[Change]:
        return [change for commit in self.commits for change in commit]

    def rows(self) -> Iterator[SheetRow]:
        return iter(())

    def safety_copy(self) -> Iterator[tuple[int, LinkFields]]:
        if self.facts.operation is Operation.RESTORE:
            return iter([(link, self._fields.get(link, {})) for link in range(len(self.links))])
        copies = [change for change in self.changes if isinstance(change, Copied)]
        return iter([(link, one.fields.get(link, {})) for one in copies for link in one.links])

    @property
    def results(self) -> Path | None:
        return None

    def note_results(self, file: ResultsFile) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None: ...


Deed = Callable[["FakeCrm", Batch], CallAnswer]
Reading = Callable[["FakeCrm", Sequence[Batch]], CopyAnswer]


class FakeCrm:
    """Knows which pairs are linked. ``script`` says what happens to the first calls; later ones just work.

    ``deleted`` are records that exist no more. A list of several batches is shown in pages, as the port promises.
    """

    connection = CONNECTION
    reads_by_ids = True

    def __init__(self, book: Book, script: Sequence[Deed | Exception] = (), reads: Sequence[Exception] = ()) -> None:
        links = book.links
        self._book = book
        self.linked = {(links.parent_ids[n], links.related_ids[n]) for n in range(len(links))}
        self.deleted: set[RecordId] = set()
        self.script, self.read_script = list(script), list(reads)
        self.sent: list[Batch] = []
        self.fields: dict[tuple[RecordId, RecordId], LinkFields] = {}
        self.looked: list[Batch] = []
        self.copied: list[tuple[Batch, ...]] = []
        self.named: list[Collection[RecordId]] = []
        self.copy_script: list[Reading | Exception | None] = []
        self.name_script: list[Exception] = []
        self.hung_up = 0
        self._putting_back: set[int] = set()
        self._guard = threading.Lock()

    def use_key(self, key: Key) -> None:
        """Do nothing, because this CRM checks no keys."""

    def delink(self, batch: Batch) -> CallAnswer:
        if self._book.facts.safety_copy:
            assert all(map(self._book.ledger.has_copy, batch.link_numbers)), "a removal left before it was copied"
        return self._send(batch)

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        assert not any(pair in self.linked for pair in pairs_of(batch)), "a link was put back that is there"
        self.fields |= {(batch.call_parent_id, call_id): fields.get(call_id, {}) for call_id in batch.ids}
        with self._guard:
            self._putting_back.add(batch.number)
        return self._send(batch)

    def _send(self, batch: Batch) -> CallAnswer:
        with self._guard:
            intents = [change.batch.number for change in self._book.changes if isinstance(change, Intent)]
            assert batch.number in intents, "a call left before its intent was committed"
            self.sent.append(batch)
            step = self.script.pop(0) if self.script else works
        if isinstance(step, Exception):
            raise step
        self._check_parent(batch)
        return step(self, batch)

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        with self._guard:
            self.copied.append(tuple(batches))
            step = self.copy_script.pop(0) if self.copy_script else None
        if isinstance(step, Exception):
            raise step
        if step is not None:
            return step(self, batches)
        self._check_parent(batches[0])
        found: dict[RecordId, LinkFields] = {}
        for pages, one in enumerate(batches, start=1):
            own = ((call_id, self.fields.get((one.call_parent_id, call_id), {})) for call_id in one.ids)
            found |= {call_id: has for (call_id, has), pair in zip(own, pairs_of(one), strict=True) if pair in self.linked}
            if pages < len(batches) and not reads_on():
                return CopyAnswer(found, whole=False)
        return CopyAnswer(found)

    def _check_parent(self, batch: Batch) -> None:
        if batch.call_parent_id in self.deleted:
            refusal = Refusal(RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND, 400, "INVALID_DATA", "")
            raise RequestRefused(CONNECTION.name, refusal)

    def hang_up(self) -> None:
        self.hung_up += 1

    def linked_of(self, batch: Batch) -> ReadAnswer:
        with self._guard:
            self.looked.append(batch)
            step = self.read_script.pop(0) if self.read_script else None
        if step is not None:
            raise step
        self._check_parent(batch)
        return ReadAnswer(
            frozenset(call_id for call_id, pair in zip(batch.ids, pairs_of(batch), strict=True) if pair in self.linked)
        )

    def apply(self, batch: Batch) -> dict[RecordId, LinkOutcome]:
        outcomes = {}
        with self._guard:
            for call_id, pair in zip(batch.ids, pairs_of(batch), strict=True):
                if batch.number in self._putting_back:
                    outcomes[call_id] = PUT_BACK
                    self.linked.add(pair)
                    continue
                outcomes[call_id] = REMOVED if pair in self.linked else NOT_FOUND
                self.linked.discard(pair)
        return outcomes

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> dict[RecordId, str]:
        with self._guard:
            self.named.append(record_ids)
            step = self.name_script.pop(0) if self.name_script else None
        if step is not None:
            raise step
        return {one: "" for one in record_ids if one not in self.deleted}

    def who_am_i(self) -> Account:
        return Account()

    def try_module(self, module: str) -> None: ...

    def visible_lists(self, module: str) -> frozenset[str] | None:
        return None

    def related_lists(self, module: str) -> list[Relation]:
        return []

    def modules(self) -> list[str]:
        return []

    def close(self) -> None: ...


def pairs_of(batch: Batch) -> list[tuple[RecordId, RecordId]]:
    """(parent, related) as in the sheet, whichever side the call is addressed from."""
    call_parent = batch.call_parent_id
    return [(call_parent, call_id) if batch.side == "parent" else (call_id, call_parent) for call_id in batch.ids]


def works(crm: FakeCrm, batch: Batch) -> CallAnswer:
    return CallAnswer(crm.apply(batch))


def applied_then(error: Exception) -> Deed:
    """The call takes effect and its answer is lost."""

    def deed(crm: FakeCrm, batch: Batch) -> CallAnswer:
        crm.apply(batch)
        raise error

    return deed


def after_doing(something: Callable[[], object]) -> Deed:
    """The call works, and meanwhile something happens."""

    def deed(crm: FakeCrm, batch: Batch) -> CallAnswer:
        something()
        return works(crm, batch)

    return deed


class Audience:
    """A listener that remembers all moments and states that it was told."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.states: list[tuple[RunState, CauseCode | None]] = []
        self.on_state: Callable[[RunState, CauseCode | None], None] = lambda *_: None
        self.on_moment: Callable[[], None] = lambda: None

    def recorded(self, moment: Moment) -> None:
        self.moments.append(moment)
        self.on_moment()

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        self.states.append((state, cause))
        self.on_state(state, cause)


class Rehearsal:
    """Links, plan, journal, CRM and runner in one object."""

    def __init__(
        self,
        pairs: Sequence[tuple[int, int]],
        script: Sequence[Deed | Exception] = (),
        *,
        reads: Sequence[Exception] = (),
        choice: SideChoice = SideChoice.AS_SHEET,
        first: int = 0,
        before: Iterable[Change] = (),
        hold: bool = False,
        lanes: int = 3,
        safety_copy: bool = False,
        credits_floor: int | None = None,
        operation: Operation = Operation.REMOVE,
        fields: Mapping[int, LinkFields] | None = None,
        clock: Clock | None = None,
        learned: LearnedDirections | None = None,
        partial_undo: bool = True,
    ) -> None:
        building = LinksBuilder()
        for row, (parent, related) in enumerate(pairs, start=2):
            building.add(CONTACTS, RecordId(f"36523970000003{parent:05d}"), RecordId(f"36523970000009{related:05d}"), row)
        links = building.build()
        plan = make_plan(links, choice, first=first)
        complete = {number: {"Member_Status": None} for number in range(len(links))}
        self.book = Book(
            links, plan, before, safety_copy=safety_copy, operation=operation, fields=complete if fields is None else fields
        )
        self.crm = FakeCrm(self.book, script, reads)
        if operation is Operation.RESTORE:
            self.crm.linked.clear()
        self.clock: Clock = clock or JumpingClock()
        self.control, self.audience = RunControl(), Audience()
        self.runner = Runner(
            self.book,
            self.crm,
            self.clock,
            self.control,
            self.audience,
            lanes,
            hold_on_pause=hold,
            credits_floor=credits_floor,
            learned=learned,
            partial_undo=partial_undo,
        )

    def run(self) -> Ending:
        return self.runner.run()

    def outcomes(self) -> list[LinkOutcome]:
        return self.book.ledger.outcomes()

    def causes(self) -> list[CauseCode]:
        return [one.cause for one in self.outcomes()]


def settled_before_told(rehearsal: Rehearsal) -> bool:
    """True when every outcome the audience saw was committed before."""
    told = [change for moment in rehearsal.audience.moments for change in moment.changes if isinstance(change, Settled)]
    return all(change in rehearsal.book.changes for change in told)
