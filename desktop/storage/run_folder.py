"""All runs kept on this computer: a journal, a lock and a summary each, in one folder."""

import logging
import secrets
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from desktop.domain.connections import Connection
from desktop.domain.entries import SheetRow
from desktop.domain.errors import (
    DelinkError,
    JournalDamaged,
    JournalUnwritable,
    RunInUse,
    RunNotFound,
    RunNotOpenable,
    StorageUnwritable,
)
from desktop.domain.history import EarlierRun
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import LinkFields
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Change, RunFacts, RunState, RunSummary, StateChange
from desktop.domain.system_reasons import reason_of
from desktop.storage.earlier_runs import earlier_runs
from desktop.storage.journal import Journal, is_out_of_reach
from desktop.storage.journal_end import SUFFIX
from desktop.storage.journal_writing import create_journal
from desktop.storage.link_index import LinkIndex
from desktop.storage.run_lock import RunLock, is_locked
from desktop.storage.summaries import KnownSummaries, count_open_calls_as_unknown, read_summary, summary_of, write_summary
from desktop.storage.working_runs import counted_now

_JOURNAL, _LOCK, _SUMMARY = ".delink-run", ".lock", ".json"
_DAMAGED = ".damaged-run"
_INDEX = "links.index"
_SIDE_FILES = ("-wal", "-shm", SUFFIX)  # what SQLite keeps beside a database, and the note of its end
_KEPT = (".version-*", ".as-found-*")  # copies of a journal from before something was done to it
_SUMMARY_EVERY_S = 1.0
_MOST_RESULTS = 50  # files of results that a run remembers

_log = logging.getLogger(__name__)

Closed = Callable[[Journal], None]


def _forget(_: Journal) -> None:
    """Nobody shares it."""


class StoredRun:
    """A run's journal together with its lock and its summary; what the engine calls a run book.

    The lock is held until :meth:`close`, or not at all for a run that is only read.
    """

    def __init__(self, journal: Journal, lock: RunLock | None, now: Callable[[], float], closed: Closed) -> None:
        """``closed`` is told when the run was let go of."""
        self._journal = journal
        self._closed = closed
        self._lock = lock
        self._now = now
        known = read_summary(journal.path.with_suffix(_SUMMARY), journal.path.stem)
        self._written = known.written if known else ()
        self._told_at = float("-inf")
        self.facts = journal.facts
        self.links = journal.links
        self.plan = journal.plan
        self.entries = journal.entries
        self.left_out = journal.left_out

    @property
    def ledger(self) -> Ledger:
        """The replay of everything committed so far."""
        return self._journal.ledger

    def rows(self) -> Iterator[SheetRow]:
        """Every row below the header in source order."""
        return self._journal.rows()

    def safety_copy(self) -> Iterator[tuple[int, LinkFields]]:
        """The links that were read before their removal, each with the fields of its own."""
        return self._journal.safety_copy()

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none. Raises JournalUnwritable."""
        self._journal.commit(changes)
        state_changed = any(isinstance(change, StateChange) for change in changes)
        if state_changed or not 0 <= self._now() - self._told_at < _SUMMARY_EVERY_S:
            self._tell()

    @property
    def results(self) -> Path | None:
        """Where the results were written last."""
        return Path(self._written[-1].path) if self._written else None

    def note_results(self, file: ResultsFile) -> None:
        """Remember a file of results that was written; one of before at the same place is forgotten.

        A run that is only read may be somebody else's by now, so of its summary nothing else is changed.
        """
        if self._lock is not None:
            self._written = _with(self._written, file)
            return self._tell()
        path = self._journal.path.with_suffix(_SUMMARY)
        known = read_summary(path, self.facts.run) or summary_of(self.facts, self.ledger, self._finished(), self._written)
        self._written = _with(known.written, file)
        return self._write(replace(known, results=file.path, written=self._written))

    def close(self) -> None:
        """Write the summary, close the journal, give the lock back."""
        if self._lock is not None:
            count_open_calls_as_unknown(self.ledger)  # a stop does not wait for ever; the next start reads them
            self._tell()
        self._journal.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._closed(self._journal)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def _tell(self) -> None:
        """The summary is a convenience: a disk that refuses it must not stop the run."""
        self._told_at = self._now()
        self._journal.flush_note()
        self._write(summary_of(self.facts, self.ledger, self._finished(), self._written))

    def _finished(self) -> str | None:
        ended = self.ledger.changed_at and self.ledger.state is RunState.FINISHED
        return _iso(self.ledger.changed_at) if ended else None

    def _write(self, summary: RunSummary) -> None:
        try:
            write_summary(self._journal.path.with_suffix(_SUMMARY), summary)
        except OSError as exc:
            _log.warning("The summary of run %s could not be written: %s", self.facts.run, exc)


class RunFolder:
    """The folder of all runs. ``now`` gives seconds since the epoch."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now
        self._summaries = KnownSummaries()
        # Journals that were let go of, as long as somebody still has their record in memory.
        self._kept: weakref.WeakValueDictionary[str, Journal] = weakref.WeakValueDictionary()

    def new_id(self) -> str:
        """Date, time to the millisecond, random digits: sortable, safe in file names, unique on this computer."""
        now = self._now()
        stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
        return f"{stamp}-{int(now * 1000) % 1000:03d}{secrets.token_hex(2)}"

    def create(self, facts: RunFacts, sheet: SheetLinks, plan: Plan, left_out: Sequence[Change]) -> StoredRun:
        """A new run, locked for this program. Raises JournalUnwritable."""
        try:
            lock = RunLock(self._path(facts.run, _LOCK), facts.run)
        except RunNotOpenable as exc:
            raise JournalUnwritable(str(self._folder), exc.detail) from exc
        try:
            create_journal(self._path(facts.run, _JOURNAL), facts, sheet, plan, left_out)
            return self._opened(facts.run, lock)
        except BaseException:
            lock.release()
            self._path(facts.run, _LOCK).unlink(missing_ok=True)
            raise

    def open(self, run: str) -> StoredRun:
        """A run to go on with. Raises RunNotFound, RunInUse, RunNotOpenable, JournalDamaged."""
        self._check(run)
        lock = RunLock(self._path(run, _LOCK), run)
        try:
            return self._opened(run, lock)
        except BaseException:
            lock.release()
            raise

    def read(self, run: str) -> StoredRun:
        """A run to look at: open calls of a program that is gone count as unknown. Raises as :meth:`open` does.

        Nothing is written, so a run on a read-only disk, or one whose lock is another user's, can be looked at too.
        """
        return self._read(run, None, _forget)

    def _read(self, run: str, known: Journal | None, closed: Closed) -> StoredRun:
        self._check(run)
        if is_locked(self._path(run, _LOCK)):
            raise RunInUse(run)
        try:
            stored = self._looked_at(run, known, closed)
        except JournalDamaged as exc:
            if is_out_of_reach(exc):
                raise RunNotOpenable(run, exc.detail) from exc
            self.open(run).close()  # it has to be brought over or set aside first, which only the holder of its lock may do
            stored = self._looked_at(run, None, closed)
        count_open_calls_as_unknown(stored.ledger)
        return stored

    def look_at(self, run: str) -> StoredRun:
        """As :meth:`read`, but nothing may be committed to it, not even in memory: whoever looks at the same run shares it.

        Its journal is replayed only if nobody in this program has its record any more, or something was written since.
        """
        return self._read(run, self._kept.get(run), self._keep)

    def _keep(self, journal: Journal) -> None:
        self._kept[journal.path.stem] = journal

    def _looked_at(self, run: str, known: Journal | None, closed: Closed) -> StoredRun:
        journal = Journal(self._path(run, _JOURNAL), to_look=True, known=known)
        if journal.is_cut:
            journal.doubt(self._now())
            closed = _forget  # what is known of it now stands in no journal
        return StoredRun(journal, None, self._now, closed)

    def remove(self, run: str) -> None:
        """Forget a run for good; its results workbook stays. Raises RunNotFound, RunInUse, RunNotOpenable, StorageUnwritable."""
        self._check(run)
        lock = RunLock(self._path(run, _LOCK), run)
        try:
            for suffix in (_SUMMARY, _JOURNAL, *(_JOURNAL + extra for extra in _SIDE_FILES)):
                self._path(run, suffix).unlink(missing_ok=True)
            for kept in (one for pattern in _KEPT for one in self._folder.glob(f"{run}{_JOURNAL}{pattern}")):
                kept.unlink(missing_ok=True)
        except OSError as exc:
            raise StorageUnwritable(str(self._path(run, _JOURNAL)), reason_of(exc)) from exc
        finally:
            lock.release()
        self._path(run, _LOCK).unlink(missing_ok=True)

    def summaries(self, left_out: Callable[[DelinkError], None] = lambda _: None) -> list[RunSummary]:
        """All runs, newest first. A running one whose program is gone is interrupted, and each running one is counted anew.

        ``left_out`` is told why a run is not among them: nothing can be read of it now. The others are listed all the same.
        """
        self._sweep()
        found = (self._summary(run, left_out) for run in self._names())
        told = (
            counted_now(self._path(one.run, _JOURNAL), one) if one.state is RunState.RUNNING else one
            for one in found
            if one is not None
        )
        return sorted(told, key=lambda one: (one.started, one.run), reverse=True)

    def last_told(self, run: str) -> RunSummary | None:
        """What the run's own summary says, without a look at its journal; None where there is none that can be read."""
        self._check(run)
        return self._summaries.of(self._path(run, _SUMMARY), run)

    def _names(self) -> list[str]:
        """All runs that have a journal, newest first."""
        runs = (path.stem for path in self._folder.glob(f"*{_JOURNAL}"))
        return sorted((run for run in runs if not run.startswith(".")), reverse=True)

    def earlier(
        self, sheet: SheetLinks, connection: Connection, told: Callable[[int, int], None] = lambda _, __: None
    ) -> Sequence[EarlierRun]:
        """The runs at the same place that had links of this sheet, newest first; ``told`` as in :meth:`LinkIndex.of`."""
        journals = {run: self._path(run, _JOURNAL) for run in self._names()}
        index = LinkIndex(self._folder / _INDEX)
        return earlier_runs(journals, index, lambda run: self._summary(run, lambda _: None), sheet, connection, told)

    def _summary(self, run: str, left_out: Callable[[DelinkError], None]) -> RunSummary | None:
        summary = self._summaries.of(self._path(run, _SUMMARY), run)
        if summary is not None and summary.state is not RunState.RUNNING:
            return summary
        try:
            return self._rebuilt(run, summary)
        except (JournalDamaged, RunInUse, RunNotOpenable) as exc:
            if summary is None:
                _log.warning("Run %s is not listed: %s", run, exc)
                left_out(exc)
            return summary

    def _rebuilt(self, run: str, known: RunSummary | None) -> RunSummary:
        """The summary of a run whose program died, from its journal; written down so that the next look is quick.

        Raises as :meth:`read` does.
        """
        with self.read(run) as stored:
            state = stored.ledger.state
            finished = _iso(stored.ledger.changed_at) if state is RunState.FINISHED and stored.ledger.changed_at else None
            state = RunState.INTERRUPTED if state is RunState.RUNNING else state
            written = known.written if known else ()
            summary = replace(summary_of(stored.facts, stored.ledger, finished, written), state=state)
        try:
            write_summary(self._path(run, _SUMMARY), summary)
        except OSError as exc:
            _log.warning("The summary of run %s could not be written: %s", run, exc)
        return summary

    def _sweep(self) -> None:
        """Remove what a program left that died while it wrote a new journal: such a run never was."""
        for unfinished in self._folder.glob(f".*{_JOURNAL}.new*"):
            run = unfinished.name.removeprefix(".").partition(_JOURNAL)[0]
            try:
                lock = RunLock(self._path(run, _LOCK), run)
            except (RunInUse, RunNotOpenable):
                continue  # it is being written just now, or is not ours to remove
            try:
                unfinished.unlink(missing_ok=True)
                self._path(run, _LOCK).unlink(missing_ok=True)
            except OSError as exc:
                _log.warning("%s could not be removed: %s", unfinished.name, exc)
            finally:
                lock.release()

    def _opened(self, run: str, lock: RunLock) -> StoredRun:
        """A broken journal is set aside as it is, and never written to again; what one lost at its end is unknown."""
        path = self._path(run, _JOURNAL)
        try:
            journal = Journal(path)
        except JournalDamaged as exc:
            if is_out_of_reach(exc):
                raise RunNotOpenable(path.stem, exc.detail) from exc
            if not exc.is_broken:
                raise
            aside = self._set_aside(path)
            raise JournalDamaged(str(aside), exc.detail) from exc
        try:
            if journal.is_cut:
                journal.doubt(self._now())
        except JournalUnwritable:
            journal.close()
            raise
        return StoredRun(journal, lock, self._now, self._keep)

    def _set_aside(self, path: Path) -> Path:
        """Another name in the same folder, for the journal and what SQLite keeps beside it; the old one where that fails."""
        aside = path.with_suffix(f"{_DAMAGED}-{datetime.fromtimestamp(self._now(), UTC):%Y%m%d-%H%M%S}")
        try:
            for extra in (*_SIDE_FILES, ""):
                if (one := path.with_name(path.name + extra)).exists():
                    one.rename(aside.with_name(aside.name + extra))
        except OSError as exc:
            _log.warning("The damaged journal %s could not be set aside: %s", path.name, exc)
            return path
        _log.warning("The journal %s is damaged and was set aside as %s", path.name, aside.name)
        return aside

    def _check(self, run: str) -> None:
        if not run or run.startswith(".") or Path(run).name != run or not self._path(run, _JOURNAL).exists():
            raise RunNotFound(run)

    def _path(self, run: str, suffix: str) -> Path:
        return self._folder / f"{run}{suffix}"


def _with(written: Sequence[ResultsFile], file: ResultsFile) -> tuple[ResultsFile, ...]:
    return (*(one for one in written if one.path != file.path), file)[-_MOST_RESULTS:]


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
