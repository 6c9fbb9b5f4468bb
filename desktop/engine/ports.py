"""The protocols of the outside that several modules of the engine share: time, the CRM, a run's record, and its watcher.

Whatever else a module needs of the outside, it declares beside itself. All calls may block.
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
    """Tells the time and waits. It is passed in, so that tests need not wait."""

    def monotonic(self) -> float:
        """Return seconds that only go forward, from an unknown start. Use it for durations."""
        ...

    def now(self) -> float:
        """Return seconds since the epoch. Use it for what is written down; somebody may set this clock at any time."""
        ...

    def random(self) -> float:
        """Return a number in [0, 1), for jitter."""
        ...

    def wait(self, condition: Condition, seconds: float | None) -> None:
        """Wait until the condition is notified or the time is over (None: for ever). The caller holds the condition."""
        ...


class Crm(Protocol):
    """A conversation with one account of the CRM, shared by all lanes of a run (inside, each thread has its HTTP session).

    Where a method "raises when nothing is proven", that is one of the leaves of CrmError: the caller knows no more than before.
    """

    # Which account a conversation leads to never changes: a run checks it once, at its start.
    @property
    def connection(self) -> Connection: ...
    def use_key(self, key: Key) -> None:
        """Go on with another key, after the user signed in again. Any thread may call."""
        ...

    def delink(self, batch: Batch) -> CallAnswer:
        """Remove the links of the batch. Exactly one request leaves, or none. Raises the leaves of CrmError."""
        ...

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        """Put the links of the batch back, each with its own fields. Exactly one request leaves, or none. Raises as delink."""
        ...

    @property
    def reads_by_ids(self) -> bool:
        """True if a list can be asked for certain records by their ids, False if it has to be paged through."""
        ...

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        """Read which links of these batches exist, and their own fields. All batches must be of one list.

        Before each further page ``reads_on`` is asked whether to read it. Raises when nothing is proven.
        """
        ...

    def hang_up(self) -> None:
        """Cut every call in flight and drop every connection, after the computer slept. Any thread may call."""
        ...

    def linked_of(self, batch: Batch) -> ReadAnswer:
        """Read which links of the batch exist now. Raises when nothing is proven."""
        ...

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Return the names of at most 100 records. One that is missing does not exist; one without a name has an empty name."""
        ...

    def who_am_i(self) -> Account:
        """Return the company and the user of the key; fields that the key may not read stay empty. Raises leaves of CrmError."""
        ...

    def related_lists(self, module: str) -> Sequence[Relation]:
        """Return the relations of a module whose links can be removed, by the organisation's metadata; none if it may not ask."""
        ...

    def modules(self) -> Sequence[str]:
        """Return API names of the organisation's modules; those of the built-in relations if the key may not ask."""
        ...

    def try_module(self, module: str) -> None:
        """Read the id of at most one record and forget it. Raises RequestRefused if the key or the user may not."""
        ...

    def visible_lists(self, module: str) -> frozenset[str] | None:
        """Return API names of the related lists that are shown for a module; None if the key may not ask."""
        ...

    def close(self) -> None:
        """Close all connections; calls in flight end as they may."""
        ...


class RunJournal(RunRecord, Protocol):
    """The record of a run on disk, locked for one program. One thread at a time may write. Leaving its ``with`` closes it."""

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none, then apply them to the ledger. Raises JournalUnwritable; then none counts."""
        ...

    @property
    def results(self) -> Path | None:
        """Where the results were written last; somebody may have moved the file since."""
        ...

    def note_results(self, file: ResultsFile) -> None:
        """Remember a results file that was written, so that it is recognised later as one of the program's own."""
        ...

    def close(self) -> None:
        """Write the summary and release the lock."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *args: object) -> None: ...


class RunListener(Protocol):
    """Watches a run. It is called on the run's thread, and only after the disk has what it is told."""

    def recorded(self, moment: Moment) -> None:
        """Called after changes were written."""
        ...

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """Called after the run paused, went on, stopped or finished."""
        ...
