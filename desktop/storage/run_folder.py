"""Keeps all runs of this computer in one folder: a journal, a lock and a summary for each."""

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
from desktop.storage.summaries import SummaryCache, count_open_calls_as_unknown, read_summary, summary_of, write_summary
from desktop.storage.working_runs import counted_now

_JOURNAL, _LOCK, _SUMMARY = ".delink-run", ".lock", ".json"
_DAMAGED = ".damaged-run"
_INDEX = "links.index"
_SIDE_FILES = ("-wal", "-shm", SUFFIX)  # the files that SQLite keeps beside a database, and the note of the journal's end
_KEPT = (".version-*", ".as-found-*")  # copies of a journal from before something was done to it
_SUMMARY_EVERY_S = 1.0
_MOST_RESULTS = 50  # files of results that a run remembers

_log = logging.getLogger(__name__)

OnClose = Callable[[Journal], None]


def _ignore(_: Journal) -> None:
    pass  # for journals whose record in memory nobody may share


class StoredRun:
    """A run's journal together with its lock and its summary. It serves the engine as the run's record.

    The lock is held until :meth:`close`; a run that is only read has none.
    """

    def __init__(self, journal: Journal, lock: RunLock | None, now: Callable[[], float], on_close: OnClose) -> None:
        self._journal = journal
        self._on_close = on_close
        self._lock = lock
        self._now = now
        summary = read_summary(journal.path.with_suffix(_SUMMARY), journal.path.stem)
        self._written = summary.written if summary else ()  # which results were written stands in the summary alone
        self._summary_at = float("-inf")
        self.facts = journal.facts
        self.links = journal.links
        self.plan = journal.plan
        self.entries = journal.entries
        self.left_out = journal.left_out

    @property
    def ledger(self) -> Ledger:
        return self._journal.ledger

    def rows(self) -> Iterator[SheetRow]:
        return self._journal.rows()

    def safety_copy(self) -> Iterator[tuple[int, LinkFields]]:
        return self._journal.safety_copy()

    def commit(self, changes: Sequence[Change]) -> None:
        """Write changes durably, all or none. Raises JournalUnwritable."""
        self._journal.commit(changes)
        state_changed = any(isinstance(change, StateChange) for change in changes)
        # 0 <=, because a clock that was set back must not keep the summary from being written.
        if state_changed or not 0 <= self._now() - self._summary_at < _SUMMARY_EVERY_S:
            self._write_present_summary()

    @property
    def results(self) -> Path | None:
        return Path(self._written[-1].path) if self._written else None

    def note_results(self, file: ResultsFile) -> None:
        """Remember a results file that was written, in place of an earlier one with the same path."""
        if self._lock is not None:
            self._written = _with(self._written, file)
            return self._write_present_summary()
        # A run that is only read may be another program's by now, so nothing else of its summary is changed.
        path = self._journal.path.with_suffix(_SUMMARY)
        stored = read_summary(path, self.facts.run) or summary_of(self.facts, self.ledger, self._finished(), self._written)
        self._written = _with(stored.written, file)
        return self._write_summary(replace(stored, results=file.path, written=self._written))

    def close(self) -> None:
        """Write the summary, close the journal, give the lock back."""
        if self._lock is not None:
            count_open_calls_as_unknown(self.ledger)  # a stop does not wait for ever; the next start reads them
            self._write_present_summary()
        self._journal.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._on_close(self._journal)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def _write_present_summary(self) -> None:
        self._summary_at = self._now()
        self._journal.flush_high_water_mark()  # at the same rate: a flush for each commit would slow the run down
        self._write_summary(summary_of(self.facts, self.ledger, self._finished(), self._written))

    def _finished(self) -> str | None:
        ended = self.ledger.changed_at and self.ledger.state is RunState.FINISHED
        return _iso(self.ledger.changed_at) if ended else None

    def _write_summary(self, summary: RunSummary) -> None:
        try:
            write_summary(self._journal.path.with_suffix(_SUMMARY), summary)
        except OSError as exc:  # the journal has it all, so a disk that refuses the summary must not stop the run
            _log.warning("The summary of run %s could not be written: %s", self.facts.run, exc)


class RunFolder:
    """The folder of all runs: makes, opens, lists and removes them. ``now`` gives seconds since the epoch."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now
        self._summaries = SummaryCache()
        # Closed journals whose record somebody still has in memory, so that the next look at the run can share it.
        self._closed_journals: weakref.WeakValueDictionary[str, Journal] = weakref.WeakValueDictionary()

    def new_id(self) -> str:
        """Return an id of date, time (to the millisecond) and random digits: sortable, safe in file names, unique."""
        now = self._now()
        stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
        return f"{stamp}-{int(now * 1000) % 1000:03d}{secrets.token_hex(2)}"

    def create(self, facts: RunFacts, sheet: SheetLinks, plan: Plan, left_out: Sequence[Change]) -> StoredRun:
        """Make a new run, locked for this program; ``left_out`` are its first changes. Raises JournalUnwritable."""
        try:
            lock = RunLock(self._path(facts.run, _LOCK), facts.run)
        except RunNotOpenable as exc:
            raise JournalUnwritable(str(self._folder), exc.detail) from exc
        try:
            # What was written is read back and checked at once: what is sent follows from the journal, not from memory.
            create_journal(self._path(facts.run, _JOURNAL), facts, sheet, plan, left_out)
            return self._open_journal(facts.run, lock)
        except BaseException:
            lock.release()
            self._path(facts.run, _LOCK).unlink(missing_ok=True)
            raise

    def open(self, run: str) -> StoredRun:
        """Open a run to go on with it. Raises RunNotFound, RunInUse, RunNotOpenable, JournalDamaged."""
        self._check(run)
        lock = RunLock(self._path(run, _LOCK), run)
        try:
            return self._open_journal(run, lock)
        except BaseException:
            lock.release()
            raise

    def read(self, run: str) -> StoredRun:
        """Open a run to read it; open calls of a program that died count as unknown. Raises what :meth:`open` raises.

        Nothing is written, so this works on a read-only disk, too, or if the lock file is another user's.
        """
        return self._read(run, None, _ignore)

    def _read(self, run: str, shared: Journal | None, on_close: OnClose) -> StoredRun:
        self._check(run)
        if is_locked(self._path(run, _LOCK)):
            raise RunInUse(run)
        try:
            stored = self._open_read_only(run, shared, on_close)
        except JournalDamaged as exc:
            if is_out_of_reach(exc):
                raise RunNotOpenable(run, exc.detail) from exc
            self.open(run).close()  # migrates it or sets it aside, which only the holder of its lock may do
            stored = self._open_read_only(run, None, on_close)
        count_open_calls_as_unknown(stored.ledger)
        return stored

    def look_at(self, run: str) -> StoredRun:
        """Open a run as :meth:`read` does, to look at it only: commit nothing to it, because others may share its record.

        Its journal is replayed only if nobody in this program has its record any more, or something was written since.
        """
        return self._read(run, self._closed_journals.get(run), self._share_when_closed)

    def _share_when_closed(self, journal: Journal) -> None:
        self._closed_journals[journal.path.stem] = journal

    def _open_read_only(self, run: str, shared: Journal | None, on_close: OnClose) -> StoredRun:
        journal = Journal(self._path(run, _JOURNAL), read_only=True, shared=shared)
        if journal.is_truncated:
            journal.mark_unknown(self._now())
            on_close = _ignore  # its record now holds what stands in no journal
        return StoredRun(journal, None, self._now, on_close)

    def remove(self, run: str) -> None:
        """Delete a run except its results workbook. Raises RunNotFound, RunInUse, RunNotOpenable, StorageUnwritable."""
        self._check(run)
        lock = RunLock(self._path(run, _LOCK), run)
        try:
            for suffix in (_SUMMARY, _JOURNAL, *(_JOURNAL + extra for extra in _SIDE_FILES)):
                self._path(run, suffix).unlink(missing_ok=True)
            for copy in (path for pattern in _KEPT for path in self._folder.glob(f"{run}{_JOURNAL}{pattern}")):
                copy.unlink(missing_ok=True)
        except OSError as exc:
            raise StorageUnwritable(str(self._path(run, _JOURNAL)), reason_of(exc)) from exc
        finally:
            lock.release()
        self._path(run, _LOCK).unlink(missing_ok=True)

    def summaries(self, left_out: Callable[[DelinkError], None] = lambda _: None) -> list[RunSummary]:
        """List all runs, newest first. A running one whose program died is listed as interrupted.

        ``left_out`` is called with the reason why a run cannot be listed; the others are listed all the same.
        """
        self._delete_half_written()
        listed = (self._summary(run, left_out) for run in self._names())
        summaries = (
            counted_now(self._path(summary.run, _JOURNAL), summary) if summary.state is RunState.RUNNING else summary
            for summary in listed
            if summary is not None
        )
        return sorted(summaries, key=lambda summary: (summary.started, summary.run), reverse=True)

    def stored_summary(self, run: str) -> RunSummary | None:
        """Return the run's summary file without opening its journal; None if there is none that can be read."""
        self._check(run)
        return self._summaries.read(self._path(run, _SUMMARY), run)

    def _names(self) -> list[str]:
        """Return the ids of all runs that have a journal, newest first."""
        runs = (path.stem for path in self._folder.glob(f"*{_JOURNAL}"))
        return sorted((run for run in runs if not run.startswith(".")), reverse=True)

    def earlier(
        self, sheet: SheetLinks, connection: Connection, on_compared: Callable[[int, int], None] = lambda _, __: None
    ) -> Sequence[EarlierRun]:
        """Return the runs at the same place that had links of this sheet, newest first; see :func:`earlier_runs`."""
        journals = {run: self._path(run, _JOURNAL) for run in self._names()}
        index = LinkIndex(self._folder / _INDEX)
        return earlier_runs(journals, index, lambda run: self._summary(run, lambda _: None), sheet, connection, on_compared)

    def _summary(self, run: str, left_out: Callable[[DelinkError], None]) -> RunSummary | None:
        summary = self._summaries.read(self._path(run, _SUMMARY), run)
        if summary is not None and summary.state is not RunState.RUNNING:
            return summary
        # RUNNING: a program works on it now, or died. Its lock tells which; a dead one's summary is made anew.
        try:
            return self._rebuild_summary(run, summary)
        except (JournalDamaged, RunInUse, RunNotOpenable) as exc:
            if summary is None:
                _log.warning("Run %s is not listed: %s", run, exc)
                left_out(exc)
            return summary

    def _rebuild_summary(self, run: str, before: RunSummary | None) -> RunSummary:
        """Make the summary of a run from its journal and write it. Raises what :meth:`read` raises."""
        with self.read(run) as stored:
            state = stored.ledger.state
            finished = _iso(stored.ledger.changed_at) if state is RunState.FINISHED and stored.ledger.changed_at else None
            state = RunState.INTERRUPTED if state is RunState.RUNNING else state
            written = before.written if before else ()
            summary = replace(summary_of(stored.facts, stored.ledger, finished, written), state=state)
        try:
            write_summary(self._path(run, _SUMMARY), summary)
        except OSError as exc:
            _log.warning("The summary of run %s could not be written: %s", run, exc)
        return summary

    def _delete_half_written(self) -> None:
        """Delete half-written journals of programs that died while they made a run: such a run never existed."""
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

    def _open_journal(self, run: str, lock: RunLock) -> StoredRun:
        """Open a journal for writing; set it aside if it is broken, so that it is never written to again."""
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
            if journal.is_truncated:
                journal.mark_unknown(self._now())
        except JournalUnwritable:
            journal.close()
            raise
        return StoredRun(journal, lock, self._now, self._share_when_closed)

    def _set_aside(self, path: Path) -> Path:
        """Rename a journal and the files beside it, in the same folder. Returns the new name, or the old one if that fails."""
        aside = path.with_suffix(f"{_DAMAGED}-{datetime.fromtimestamp(self._now(), UTC):%Y%m%d-%H%M%S}")
        try:
            # The journal comes last: as long as it has its name, the next start finds it and tries again.
            for suffix in (*_SIDE_FILES, ""):
                if (file := path.with_name(path.name + suffix)).exists():
                    file.rename(aside.with_name(aside.name + suffix))
        except OSError as exc:
            _log.warning("The damaged journal %s could not be set aside: %s", path.name, exc)
            return path
        _log.warning("The journal %s is damaged and was set aside as %s", path.name, aside.name)
        return aside

    def _check(self, run: str) -> None:
        # A run may be named on the command line, and must not lead to a file outside the folder.
        if not run or run.startswith(".") or Path(run).name != run or not self._path(run, _JOURNAL).exists():
            raise RunNotFound(run)

    def _path(self, run: str, suffix: str) -> Path:
        return self._folder / f"{run}{suffix}"


def _with(written: Sequence[ResultsFile], file: ResultsFile) -> tuple[ResultsFile, ...]:
    return (*(earlier for earlier in written if earlier.path != file.path), file)[-_MOST_RESULTS:]


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
