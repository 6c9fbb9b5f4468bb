"""What the run and the screens need of the outside, as protocols; the composition root fills them.

The screen and the command line meet files, network and keyring through :class:`Services` only. All calls may block and
belong off the window's thread, unless their docstring says otherwise.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import Protocol, Self

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Account, Connection
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import CallAnswer, ReadAnswer
from desktop.domain.plans import Batch, Plan
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Change, Moment, RunFacts, RunState, RunSummary
from desktop.domain.updates import UpdateNotice


class Clock(Protocol):
    """Time, injected so that tests need not wait."""

    def monotonic(self) -> float:
        """Seconds that only ever go forward; for durations."""
        ...

    def now(self) -> float:
        """Seconds since the epoch; for what is written down."""
        ...

    def random(self) -> float:
        """A number in [0, 1); for jitter."""
        ...

    def wait(self, condition: Condition, seconds: float | None) -> None:
        """Wait on a condition that the caller holds until it is notified or the time is over (None: for ever)."""
        ...


class Secret(Protocol):
    """A secret that masks itself when printed."""

    def reveal(self) -> str:
        """The secret's text; only for the header or form that needs it."""
        ...


class Crm(Protocol):
    """One open conversation with a CRM account, shared by all lanes of a run (one HTTP session a thread inside)."""

    @property
    def connection(self) -> Connection: ...
    def use_token(self, access_token: str) -> None:
        """Go on with another token, after the user signed in again; any thread may call."""
        ...

    def delink(self, batch: Batch) -> CallAnswer:
        """Send one removal; exactly one request leaves, or none. Raises the CrmError leaves."""
        ...

    def linked_of(self, batch: Batch) -> ReadAnswer:
        """Read which of the batch's links exist now (changes nothing). Raises when nothing is proven."""
        ...

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Names of records for the screen, at most 100 ids a call; ids without a name are missing."""
        ...

    def who_am_i(self) -> Account:
        """Company and user of the token; fields that the token may not read stay empty. Raises TokenRejected, CrmUnreachable …"""
        ...

    def related_lists(self, module: str) -> Sequence[Relation]:
        """Relations of a module that the organisation's metadata says can be delinked."""
        ...

    def close(self) -> None:
        """Give up the connections; calls in flight end as they may."""
        ...


class RunBook(RunRecord, Protocol):
    """A run's record on disk, locked for one program. Written by one thread at a time; a context manager that closes."""

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none, and take them into the ledger. Raises JournalUnwritable (then none counts)."""
        ...

    def note_results(self, path: Path) -> None:
        """Remember where the results were written, for history."""
        ...

    def close(self) -> None:
        """Write the summary, release the lock."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *args: object) -> None: ...


class Runs(Protocol):
    """All runs kept on this computer."""

    def create(self, facts: RunFacts, sheet: SheetLinks, plan: Plan, left_out: Sequence[Change]) -> RunBook:
        """A new run with its rows, links and plan on disk (``left_out`` are first changes: links held back or not ticked)."""
        ...

    def open(self, run: str) -> RunBook:
        """A run to go on with. Raises RunNotFound, RunInUse, JournalDamaged."""
        ...

    def read(self, run: str) -> RunBook:
        """A run to look at, without its lock; nothing may be committed. Raises RunNotFound, RunInUse, JournalDamaged."""
        ...

    def summaries(self) -> Sequence[RunSummary]:
        """All runs, newest first; INTERRUPTED where the program that ran it is gone."""
        ...

    def remove(self, run: str) -> None:
        """Forget a run for good; its results workbook stays. Raises RunNotFound, RunInUse, JournalUnwritable."""
        ...

    def new_id(self) -> str:
        """A name for a new run: sortable, unique on this computer, safe in file names."""
        ...


class RunListener(Protocol):
    """Who watches a run. Called on the run's thread after the disk has what is told."""

    def recorded(self, moment: Moment) -> None:
        """Changes were written."""
        ...

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """The run paused, went on, stopped or finished."""
        ...


class OpenSheet(Protocol):
    """Reads a sheet to the end. Raises the SheetError leaves and RelationNotAllowed."""

    def __call__(
        self,
        path: Path,
        choice: ReadingChoice | None = ...,
        progress: Callable[[int], None] = ...,
        cancelled: Callable[[], bool] = ...,
    ) -> SheetLinks: ...


class WriteResults(Protocol):
    """Writes a run's results to ``path`` (.xlsx or .csv), returns the lines in *All rows*. Raises ResultsUnwritable."""

    def __call__(self, record: RunRecord, path: Path, progress: Callable[[int], None] = ...) -> int: ...


class WriteProblemRows(Protocol):
    """Writes the rows of a sheet that were rejected or held back, each with its cause; returns how many lines.

    Raises ResultsUnwritable.
    """

    def __call__(self, sheet: SheetLinks, path: Path) -> int: ...


class ConnectionStore(Protocol):
    """Saved connections and their secrets. Secrets go to the system's keyring and are read back after writing."""

    def all(self) -> Sequence[Connection]:
        """Every saved connection by name."""
        ...

    def find(self, name: str) -> Connection:
        """Raises ConnectionNotFound."""
        ...

    def add(self, connection: Connection, secret: str) -> None:
        """Save, or replace one of the same name. Raises SecretStoreUnavailable, and then nothing is saved."""
        ...

    def secret_of(self, connection: Connection) -> str:
        """Raises SecretStoreUnavailable (also when the keyring has no secret for it)."""
        ...

    def remove(self, connection: Connection) -> None:
        """Forget the connection and its secret."""
        ...


class Practice(Protocol):
    """The practice CRM of this program's folder, started when first asked for."""

    def connect(self) -> tuple[Connection, str]:
        """Start it if need be; its connection and access token."""
        ...

    def seed(self, sheet: SheetLinks) -> None:
        """Put the sheet's links into it, less the documented share; links once seeded are not brought back."""
        ...


class SettingsStore(Protocol):
    """Small values that are remembered between starts (JSON types). Quick; may be called from the window's thread."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...


class LookForUpdate(Protocol):
    """Whether a newer version is out: its notice, or None. Off where no address is set; never raises."""

    def __call__(self) -> UpdateNotice | None: ...


@dataclass(frozen=True)
class Services:
    """Everything that the window and the command line may ask of the lower rooms."""

    open_sheet: OpenSheet
    write_results: WriteResults
    write_problem_rows: WriteProblemRows
    runs: Runs
    connections: ConnectionStore
    settings: SettingsStore
    practice: Practice
    open_crm: Callable[[Connection, str], Crm]
    look_for_update: LookForUpdate
    clock: Clock
    results_folder: Path
    samples_folder: Path
    app_version: str
    os_user: str
