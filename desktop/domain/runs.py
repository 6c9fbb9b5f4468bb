"""A run: its states, its facts, what is written about it, and what others may read of it.

A run executes one frozen plan. Everything that happens to it is a *change*, written to its journal before it takes
effect outside: an intent before its call leaves, an outcome before it is shown. The sequence of changes is the whole
truth; :class:`desktop.domain.ledger.Ledger` replays it.

States::

    RUNNING ──pause──> PAUSED ──resume──> RUNNING
       │ └──stop──> STOPPED ──resume──> RUNNING      PAUSED ──stop──> STOPPED
       ├──lose──> INTERRUPTED ──resume──> RUNNING     (the program ended without a word)
       └──finish──> FINISHED ──resume──> RUNNING      (only to read links that are still unknown)

    Every state but RUNNING ──hand over──> FINISHED   (a retry took over what was left; never resumed after that)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, labels_apart, same_place
from desktop.domain.errors import IllegalTransition, RunElsewhere
from desktop.domain.operations import Operation
from desktop.domain.origins import Origin, fits
from desktop.domain.outcomes import LinkFields, LinkOutcome, Tally
from desktop.domain.planning.plans import Batch
from desktop.domain.relations import Relation
from desktop.domain.result_targets import ResultsFile
from desktop.domain.texts import Text


class RunState(StrEnum):
    """Where a run stands; INTERRUPTED is RUNNING whose program is gone."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FINISHED = "finished"


class RunEvent(StrEnum):
    """What can happen to a run as a whole."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LOSE = "lose"
    FINISH = "finish"
    HAND_OVER = "hand_over"


_TRANSITIONS: dict[tuple[RunState, RunEvent], RunState] = {
    (RunState.RUNNING, RunEvent.PAUSE): RunState.PAUSED,
    (RunState.RUNNING, RunEvent.STOP): RunState.STOPPED,
    (RunState.RUNNING, RunEvent.LOSE): RunState.INTERRUPTED,
    (RunState.RUNNING, RunEvent.FINISH): RunState.FINISHED,
    (RunState.PAUSED, RunEvent.RESUME): RunState.RUNNING,
    (RunState.PAUSED, RunEvent.STOP): RunState.STOPPED,
    (RunState.STOPPED, RunEvent.RESUME): RunState.RUNNING,
    (RunState.INTERRUPTED, RunEvent.RESUME): RunState.RUNNING,
    (RunState.FINISHED, RunEvent.RESUME): RunState.RUNNING,
    **{(state, RunEvent.HAND_OVER): RunState.FINISHED for state in RunState if state is not RunState.RUNNING},
}


def after(state: RunState, event: RunEvent) -> RunState:
    """The state that follows; raises IllegalTransition where the table has none."""
    try:
        return _TRANSITIONS[state, event]
    except KeyError:
        raise IllegalTransition(state, event) from None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is known of a run from its first moment and never changes. Times are ISO 8601 in UTC.

    ``reading`` tells how the sheet was read; in the journals of earlier versions it is English text.
    """

    run: str
    operation: Operation
    origin: Origin
    started: str
    sheet_path: str
    sheet_name: str
    sheet_sha256: str
    reading: Text | str
    relations: tuple[Relation, ...]
    connection: Connection
    side: str
    calls_planned: int
    app_version: str
    os_user: str
    headers: tuple[str, ...] = ()
    parent_column: int = 0
    related_column: int = 1
    safety_copy: bool = False

    def __post_init__(self) -> None:
        if not self.run or min(self.parent_column, self.related_column, self.calls_planned) < 0:
            raise ValueError("a run has a name, and its columns and calls are counted from 0")
        if not fits(self.operation, self.origin):  # else a retry would remove what was to be put back, or the other way round
            raise ValueError(f"a run with {self.operation} has another origin than {self.origin}")


def check_same_place(facts: RunFacts, connection: Connection) -> None:
    """Raise RunElsewhere unless the connection leads to the host, environment and organisation of the run's first start."""
    if not same_place(facts.connection, connection):
        raise RunElsewhere(*labels_apart(facts.connection, connection))


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What history and other programs read of a run without opening its journal. Times are ISO 8601 in UTC.

    ``results`` is where its results were written last, ``written`` are all such files with the digests they had then.
    """

    run: str
    operation: Operation
    origin: Origin
    state: RunState
    started: str
    finished: str | None
    sheet: str
    connection: str
    tally: Tally
    calls: int = 0
    reads: int = 0
    cause: str | None = None
    company: str = ""
    environment: str = ""
    results: str | None = None
    written: tuple[ResultsFile, ...] = ()

    @property
    def links(self) -> int:
        return self.tally.total


def _check_numbers(*numbers: int) -> None:
    """Raise ValueError for a number below 0: an index of that kind would name a link from the end of the sheet."""
    if numbers and min(numbers) < 0:
        raise ValueError("links and batches are numbered from 0")


@dataclass(frozen=True, slots=True)
class Intent:
    """This batch is about to be sent. ``at`` (here and below) is seconds since the epoch."""

    batch: Batch
    at: float


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of links; ``batch`` is the number of the call that they were in, or None (held back, read at the end)."""

    batch: int | None
    outcomes: tuple[tuple[int, LinkOutcome], ...]
    at: float

    def __post_init__(self) -> None:
        _check_numbers(*() if self.batch is None else (self.batch,), *[link for link, _ in self.outcomes])


@dataclass(frozen=True, slots=True)
class Returned:
    """The call provably did nothing, so its links may be sent again. ``left`` is False when no byte of it left."""

    batch: int
    left: bool
    at: float

    def __post_init__(self) -> None:
        _check_numbers(self.batch)


@dataclass(frozen=True, slots=True)
class Sighted:
    """A read in the CRM: which links it proved to be there, which to be gone. A read that proved nothing has neither."""

    linked: tuple[int, ...]
    gone: tuple[int, ...]
    at: float
    reads: int = 1

    def __post_init__(self) -> None:
        _check_numbers(self.reads, *self.linked, *self.gone)
        if not frozenset(self.linked).isdisjoint(self.gone):
            raise ValueError("a link is there or gone, not both")


@dataclass(frozen=True, slots=True)
class Copied:
    """A read before the removal: these links are there, and may now be sent. It comes to the disk before their intent.

    ``fields`` are what each link has of its own (only those that have any); a replay knows the links but not the fields,
    which stand in the safety copy alone. An undo begins with what the run that it undoes copied of its links.
    """

    links: tuple[int, ...]
    fields: Mapping[int, LinkFields]
    at: float
    reads: int = 1

    def __post_init__(self) -> None:
        _check_numbers(self.reads, *self.links)
        if self.fields and not self.fields.keys() <= frozenset(self.links):
            raise ValueError("only a link that was copied has fields")


@dataclass(frozen=True, slots=True)
class Reopened:
    """Refused links that will be sent again because the reason is believed to be put right."""

    links: tuple[int, ...]
    at: float

    def __post_init__(self) -> None:
        _check_numbers(*self.links)


@dataclass(frozen=True, slots=True)
class AsSheet:
    """Zoho refused this relation from its other end: from now on its calls go as in the sheet."""

    relation: Relation
    at: float


@dataclass(frozen=True, slots=True)
class Doubted:
    """The end of the record was lost, and these links may have been sent in it: nothing is known of them until a read.

    ``batch`` is the call in which they would be asked for; it counts as no call of the run.
    """

    batch: Batch
    at: float


@dataclass(frozen=True, slots=True)
class StateChange:
    """The run as a whole changed its state; ``cause`` says why it paused.

    ``clock_lead`` is how many seconds the wall clock led the clock that nobody can set (see ``engine/ages.py``); None where it
    was not written down.
    """

    state: RunState
    cause: CauseCode | None
    at: float
    clock_lead: float | None = field(default=None, compare=False)


Change = Intent | Settled | Returned | Sighted | Copied | Reopened | AsSheet | Doubted | StateChange


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run's work ended for now."""

    state: RunState
    cause: CauseCode | None
    tally: Tally
    calls: int
    reads: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A picture of a running run for the screen: what was just written, and the counts that go with it.

    ``done`` counts links that are settled, ``total`` those that the plan sends. ``waiting_for`` says why nothing is sent
    for the next ``waiting_s`` seconds (LIMIT_REACHED, OFFLINE, ANSWER_LOST before a settling read), None while it works;
    ``trouble`` is a clause that says what keeps the CRM out of reach.
    """

    changes: Sequence[Change]
    tally: Tally
    calls: int
    reads: int
    in_flight: int
    lanes: int
    done: int
    total: int
    links_per_s: float | None = None
    seconds_left: float | None = None
    credits_left: int | None = None
    waiting_for: CauseCode | None = None
    waiting_s: float = 0.0
    trouble: Text | str = ""
