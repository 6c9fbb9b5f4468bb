"""What the modules of the engine share of the outside: time, a conversation with the CRM, a run's record, and who watches.

Everything else that somebody needs of the outside is declared beside them. All calls may block.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from threading import Condition
from typing import Protocol, Self

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Account, Connection
from desktop.domain.credentials import Key
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkFields, ReadAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Change, Moment, RunState


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
        """Relations of a module that the organisation's metadata says can be delinked; none where the token may not ask."""
        ...

    def modules(self) -> Sequence[str]:
        """API names of the modules that the organisation has; those of the built-in relations where the token may not ask."""
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


class RunListener(Protocol):
    """Who watches a run. Called on the run's thread after the disk has what is told."""

    def recorded(self, moment: Moment) -> None:
        """Changes were written."""
        ...

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """The run paused, went on, stopped or finished."""
        ...
