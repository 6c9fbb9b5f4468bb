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
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import DelinkError
from desktop.domain.history import EarlierRun
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkFields, ReadAnswer
from desktop.domain.plans import Batch, Plan
from desktop.domain.readings import Cancelled, Progress, ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Change, Moment, RunFacts, RunState, RunSummary
from desktop.domain.sheet_habits import RowsBefore
from desktop.domain.updates import UpdateNotice
from desktop.engine.result_ports import LookAtTarget, WriteFindings, WriteProblemRows, WriteResults


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


class Crm(Protocol):
    """One open conversation with a CRM account, shared by all lanes of a run (one HTTP session a thread inside)."""

    @property
    def connection(self) -> Connection: ...
    def use_key(self, key: Key) -> None:
        """Go on with another key, after the user signed in again; any thread may call."""
        ...

    def delink(self, batch: Batch) -> CallAnswer:
        """Send one removal; exactly one request leaves, or none. Raises the CrmError leaves."""
        ...

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        """Put links back, each with the fields of its own; exactly one request leaves, or none. Raises the CrmError leaves."""
        ...

    @property
    def reads_by_ids(self) -> bool:
        """True when exactly some records of a list can be asked for, False when the list has to be paged through."""
        ...

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        """Read the links of these batches, which share one list, with the fields of their own (changes nothing).

        Between two pages ``reads_on`` is asked whether to turn the next one. Raises when nothing is proven.
        """
        ...

    def hang_up(self) -> None:
        """Cut every call in flight and drop every connection, after the computer slept; any thread may call."""
        ...

    def linked_of(self, batch: Batch) -> ReadAnswer:
        """Read which of the batch's links exist now (changes nothing). Raises when nothing is proven."""
        ...

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Names of records, at most 100 ids a call. Missing ones do not exist; one without a name has an empty name."""
        ...

    def who_am_i(self) -> Account:
        """Company and user of the token; fields that the token may not read stay empty. Raises TokenRejected, CrmUnreachable …"""
        ...

    def related_lists(self, module: str) -> Sequence[Relation]:
        """Relations of a module that the organisation's metadata says can be delinked."""
        ...

    def try_module(self, module: str) -> None:
        """Read one record's id, or none, and forget it. Raises RequestRefused when the token or the user may not."""
        ...

    def visible_lists(self, module: str) -> frozenset[str] | None:
        """The related lists that the organisation shows for a module; None where the token may not ask."""
        ...

    def close(self) -> None:
        """Give up the connections; calls in flight end as they may."""
        ...


class RunBook(RunRecord, Protocol):
    """A run's record on disk, locked for one program. Written by one thread at a time; a context manager that closes."""

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none, and take them into the ledger. Raises JournalUnwritable (then none counts)."""
        ...

    @property
    def results(self) -> Path | None:
        """Where the results were written last; somebody may have moved them since."""
        ...

    def note_results(self, file: ResultsFile) -> None:
        """Remember a file of results that was written, so that it is known again."""
        ...

    def close(self) -> None:
        """Write the summary, release the lock."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *args: object) -> None: ...


class Runs(Protocol):
    """All runs kept on this computer."""

    def create(self, facts: RunFacts, sheet: SheetLinks, plan: Plan, left_out: Sequence[Change]) -> RunBook:
        """A new run with its rows, links and plan on disk.

        ``left_out`` are its first changes: links held back or not ticked, or for an undo the safety copy that it works from.
        """
        ...

    def open(self, run: str) -> RunBook:
        """A run to go on with. Raises RunNotFound, RunInUse, RunNotOpenable, JournalDamaged."""
        ...

    def read(self, run: str) -> RunBook:
        """A run to look at, without its lock; nothing may be committed. Raises as :meth:`open` does."""
        ...

    def look_at(self, run: str) -> RunBook:
        """As :meth:`read`, and shared by all who look at the run in this program, so that its journal is replayed once.

        Nothing may be committed to it, not even in memory.
        """
        ...

    def summaries(self, left_out: Callable[[DelinkError], None] = ...) -> Sequence[RunSummary]:
        """All runs, newest first; INTERRUPTED where the program that ran it is gone.

        ``left_out`` is told why a run is not among them: nothing of it can be read now.
        """
        ...

    def earlier(self, sheet: SheetLinks, connection: Connection, told: Callable[[int, int], None] = ...) -> Sequence[EarlierRun]:
        """The runs at the same place that had links of this sheet, newest first.

        ``told`` gets how many of how many runs are read that were never compared before.
        """
        ...

    def remove(self, run: str) -> None:
        """Forget a run for good; its results workbook stays. Raises as :meth:`open` does, and StorageUnwritable."""
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
        choice: ReadingChoice = ...,
        progress: Callable[[int], None] = ...,
        cancelled: Callable[[], bool] = ...,
    ) -> SheetLinks: ...


class SheetMemory(Protocol):
    """Reads a sheet the way one with the same headers was read before. For the window: scripts must stay predictable."""

    def open(self, path: Path, choice: ReadingChoice, progress: Progress = ..., cancelled: Cancelled = ...) -> SheetLinks:
        """Like OpenSheet; where the choice says nothing, what was chosen before is proposed."""
        ...

    def remember(self, sheet: SheetLinks) -> None:
        """Keep columns, relation, encoding, delimiter and which rows were meant for these headers. Quick."""
        ...

    def rows_before(self, sheet: SheetLinks) -> RowsBefore | None:
        """Which rows were meant of the last sheet with these headers: to be offered, never applied by itself. Quick."""
        ...


class ConnectionStore(Protocol):
    """Saved connections and their secrets. Secrets go to the system's keyring and are read back after writing."""

    def all(self) -> Sequence[Connection]:
        """Every saved connection by name."""
        ...

    def left_out(self) -> int:
        """How many saved entries cannot be read; they are kept, and the others can be used."""
        ...

    def find(self, name: str) -> Connection:
        """Raises ConnectionNotFound."""
        ...

    def find_again(self, before: Connection) -> Connection:
        """The connection that a run was started with, whatever it is called now. Raises ConnectionNotFound."""
        ...

    def check_name(self, name: str) -> None:
        """Raises NameTaken for what no connection may be called."""
        ...

    def store_name(self) -> str:
        """What the system calls the keyring in use. Raises SecretStoreUnavailable when there is none that is safe."""
        ...

    def add(self, connection: Connection, key: Key) -> None:
        """Save, or replace one of the same name. Raises SecretStoreUnavailable, and then nothing is saved."""
        ...

    def secret_of(self, connection: Connection) -> Key:
        """Raises SecretStoreUnavailable (also when the keyring has no key for it, or one for other addresses)."""
        ...

    def rename(self, connection: Connection, name: str) -> Connection:
        """Give it another name; its key stays where it is. Raises NameTaken."""
        ...

    def remove(self, connection: Connection) -> None:
        """Forget the connection and its key."""
        ...


class SignIn(Protocol):
    """The ways to get a key. Each raises SignInFailed, HostNotAllowed, CrmBusy, or a leaf of the transport.

    The connection that comes back stands where the account really is. ``show`` is told an address and, for a device, the
    code to be typed there; ``cancelled`` is asked often.
    """

    def in_browser(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Connection, Key]:
        """In the browser of this computer, within five minutes."""
        ...

    def by_device(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Connection, Key]:
        """On any other device, within five minutes."""
        ...

    def with_code(self, connection: Connection, client: Client, code: Secret) -> tuple[Connection, Key]:
        """With a code of a Self Client."""
        ...

    def with_refresh_token(self, connection: Connection, client: Client, refresh_token: Secret) -> tuple[Connection, Key]:
        """With a refresh token that is there already."""
        ...

    def revoke(self, connection: Connection, key: Key) -> bool:
        """End a key at Zoho; False when Zoho did not confirm it."""
        ...


class Practice(Protocol):
    """The practice CRM of this program's folder, started when first asked for."""

    def connect(self) -> tuple[Connection, Key]:
        """Start it if need be; its connection and key."""
        ...

    def seed(self, sheet: SheetLinks) -> None:
        """Put the sheet's links into it, less the documented share; links once seeded are not brought back."""
        ...


class Support(Protocol):
    """What people who help are shown: redacted, without records or names."""

    def report(self, run: str) -> str:
        """A few lines about this computer and a run (empty: the newest one, if there is any). Raises RunNotFound."""
        ...

    def save(self, run: str, path: Path) -> Path:
        """The report and the log as a zip file. Raises RunNotFound, ResultsUnwritable."""
        ...

    def may_replace(self, path: Path) -> bool:
        """False where somebody else's file stands."""
        ...


class KeepAwake(Protocol):
    """Keeps the computer from going to sleep. Held and released on one thread; quick."""

    def hold(self) -> bool:
        """From now on; False when that cannot be had. Harmless when it is held already."""
        ...

    def release(self) -> None:
        """No longer; harmless when nothing is held."""
        ...


class SettingsStore(Protocol):
    """Small values that are remembered between starts (JSON types). Any thread; only ``flush`` waits for the disk."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...
    def flush(self, within_s: float | None = None) -> bool: ...


class LookForUpdate(Protocol):
    """Whether a newer version is out: its notice, or None. Off where no address is set; never raises."""

    def __call__(self) -> UpdateNotice | None: ...


@dataclass(frozen=True)
class Services:
    """Everything that the window and the command line may ask of the lower rooms."""

    open_sheet: OpenSheet
    sheet_memory: SheetMemory
    write_results: WriteResults
    look_at_target: LookAtTarget
    write_problem_rows: WriteProblemRows
    write_findings: WriteFindings
    runs: Runs
    connections: ConnectionStore
    settings: SettingsStore
    practice: Practice
    keep_pasted: Callable[[str], Path]
    """Pasted cells become a file of the program's own, to be read like any other; the next paste replaces it."""
    open_crm: Callable[[Connection, Key], Crm]
    sign_in: Callable[[], SignIn]
    support: Support
    look_for_update: LookForUpdate
    clock: Clock
    keep_awake: Callable[[], KeepAwake]
    notify: Callable[[str, str], bool]
    task_bar: Callable[[float | None, bool], bool]  # how far a run is (0 to 1, None: there is none), whether it needs somebody
    home_folder: Path
    results_folder: Path
    samples_folder: Path
    app_version: str
    os_user: str
