"""Where the results of a run go: at each end of a run (finished, paused, stopped, ended by a fault), or where somebody saves
them. They are never written because somebody looks at a run.

What they may take the place of is decided in ``domain/result_targets.py``. Where somebody chose a path, that is told before
anything is sent. When a run has ended, its results must go somewhere: to another name beside a file that is left, and to the
program's own folder where the path cannot be written.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import ResultsInTheWay, ResultsOverSheet, ResultsUnwritable, RunRefused, StorageError
from desktop.domain.history import families
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import Outcome
from desktop.domain.result_targets import Fate, ResultsFile, Target, fate_of
from desktop.domain.runs import RunFacts, RunSummary
from desktop.engine.ports import RunJournal
from desktop.words import say
from desktop.words.errors import explain_error

Progress = Callable[[int, int], None]


class WriteResults(Protocol):
    """Writes a run's results to ``path`` (.xlsx or .csv), returns the lines in *All rows*. Raises ResultsUnwritable.

    ``progress`` is told how many lines of how many are written, and may end the writing by an exception of its own.
    """

    def __call__(self, record: RunRecord, path: Path, progress: Progress = ...) -> int: ...


class LookAtTarget(Protocol):
    """Tells what stands where results are to go; ``sheet`` is the run's own."""

    def __call__(self, path: Path, sheet: Path) -> Target: ...


class ResultRuns(Protocol):
    """The runs of this computer, as far as their results ask for them."""

    def read(self, run: str) -> RunJournal:
        """A run to look at. Raises RunNotFound, RunInUse, RunNotOpenable, JournalDamaged."""
        ...

    def look_at(self, run: str) -> RunJournal:
        """The same, shared by all who look at the run, so that its journal is replayed once; nothing may be committed to it."""
        ...

    def summaries(self) -> Sequence[RunSummary]:
        """Return the summaries of all runs, the newest first."""
        ...


class ResultPorts(Protocol):
    """What results need of the outside; ``results_folder`` is the program's own."""

    @property
    def runs(self) -> ResultRuns: ...
    @property
    def write_results(self) -> WriteResults: ...
    @property
    def look_at_target(self) -> LookAtTarget: ...
    @property
    def results_folder(self) -> Path: ...


@dataclass(frozen=True, slots=True)
class ResultsRequest:
    """Where somebody wants the results of a run; no ``path``: in the program's own folder."""

    path: Path | None = None
    may_overwrite: bool = False


OWN_FOLDER = ResultsRequest()


@dataclass(frozen=True, slots=True)
class WrittenResults:
    """``path`` is where the results are now, None: nowhere; ``rows`` how many lines. ``left`` is the file that was asked for
    them and was left as it is. ``error`` says why they are not in the place that was named."""

    path: Path | None
    rows: int = 0
    left: Path | None = None
    error: ResultsUnwritable | None = None

    def sentences(self) -> Sequence[str]:
        """What the user must know of them, if anything."""
        told = [] if self.error is None else [explain_error(self.error).in_one_line()]
        if self.left is not None and self.path is not None:
            told.append(
                say(
                    "{path} is not as Delink wrote it, so it was left; the results are in {name} beside it.",
                    path=str(self.left),
                    name=self.path.name,
                )
            )
        return told


@dataclass(slots=True)
class KeptResults:
    """Whether reads settled a link of a run, and where its results were written then."""

    has_settled: bool = False
    written: WrittenResults | None = None


class ResultFiles:
    """Writes results of runs. Any thread; one thread a run."""

    def __init__(self, ports: ResultPorts) -> None:
        self._write_results = ports.write_results
        self._look_at = ports.look_at_target
        self._summaries = ports.runs.summaries
        self._look_at_run = ports.runs.look_at
        self._folder = ports.results_folder

    def check(self, path: Path, sheet: str, *, may_overwrite: bool = False) -> None:
        """Raises ResultsOverSheet where results would replace the run's own sheet, and ResultsInTheWay where they would
        replace somebody else's file without leave."""
        match self._fate(path.absolute(), sheet, may_overwrite=may_overwrite):
            case Fate.SHEET:
                raise ResultsOverSheet(str(path))
            case Fate.FOREIGN:
                raise ResultsInTheWay(str(path))

    def check_request(self, request: ResultsRequest, sheet: str) -> None:
        """Raises as :meth:`check` does, if a place was named."""
        if request.path is not None:
            self.check(request.path, sheet, may_overwrite=request.may_overwrite)

    def write_at_end(
        self, book: RunJournal, asked_for: Path | None, progress: Progress = lambda _, __: None, *, may_overwrite: bool = False
    ) -> WrittenResults:
        """Write the results of a run that ended for now, to the program's own folder unless another place is named.

        The leave to overwrite is for the named place alone. An undo is told in the workbook of the run that it undid as well,
        unless somebody edited that. Raises only what ``progress`` raises.
        """
        written = self._written_at_end(book, asked_for, progress, may_overwrite=may_overwrite)
        if book.facts.origin.run is not None:
            around = families(self._summaries())
            for undone in (run for run, family in around.items() if any(one.run == book.facts.run for one in family.undos)):
                self._tell_undone(undone)
        return written

    def _written_at_end(
        self, book: RunJournal, asked_for: Path | None, progress: Progress, *, may_overwrite: bool
    ) -> WrittenResults:
        own, error = self._own_path(book.facts), None
        named = None if asked_for is None else asked_for.absolute()
        for path in self._places_to_try(book.facts, named or own, own):
            try:
                written = self._write(book, path, progress, may_overwrite=may_overwrite and path == named)
            except ResultsUnwritable as exc:
                error = error or exc
            else:
                return replace(written, error=error)
        return WrittenResults(None, error=error)

    def _tell_undone(self, run: str) -> None:
        with suppress(RunRefused, StorageError, ResultsUnwritable), self._look_at_run(run) as undone:
            path = undone.results
            if path is not None and self._fate(path, undone.facts.sheet_path, of_run=run) is Fate.REPLACED:
                self._write(undone, path, lambda _, __: None, may_overwrite=False)

    @contextmanager
    def kept_true(
        self, book: RunJournal, request: ResultsRequest = OWN_FOLDER, progress: Progress = lambda _, __: None
    ) -> Iterator[KeptResults]:
        """Around reads that may settle links of a run that is over: its results are then written anew.

        They are written to the program's own folder unless a place was asked for. That one is written to in any
        case, if the reads came to their end.
        """
        kept, before = KeptResults(), book.ledger.tally_at_rest[Outcome.UNKNOWN]
        is_named = False
        try:
            yield kept
            is_named = request.path is not None
        finally:
            kept.has_settled = book.ledger.tally_at_rest[Outcome.UNKNOWN] != before
            if kept.has_settled or is_named:
                kept.written = self.write_at_end(book, request.path, progress, may_overwrite=request.may_overwrite)

    def save(
        self, book: RunJournal, path: Path, progress: Progress = lambda _, __: None, *, may_overwrite: bool = False
    ) -> WrittenResults:
        """Write the results of a run to a place that somebody chose. Raises as :meth:`check` does, and ResultsUnwritable."""
        self.check(path, book.facts.sheet_path, may_overwrite=may_overwrite)
        return self._write(book, path.absolute(), progress, may_overwrite=may_overwrite)

    def _places_to_try(self, facts: RunFacts, asked_for: Path, own: Path) -> Iterator[Path]:
        """What was named, the program's own folder, and another name there, because a program may hold the file open."""
        yield from dict.fromkeys((asked_for, own))
        if own.exists():
            yield self._beside(facts, own)

    def _own_path(self, facts: RunFacts) -> Path:
        return self._folder / f"{Path(facts.sheet_name).stem[:60]}-{facts.run}.xlsx"

    def _write(self, book: RunJournal, path: Path, progress: Progress, *, may_overwrite: bool) -> WrittenResults:
        place = self._place(book.facts, path, may_overwrite=may_overwrite)
        rows = self._write_results(book, place, progress)
        book.note_results(ResultsFile(str(place), self._look_at(place, Path(book.facts.sheet_path)).sha256))
        return WrittenResults(place, rows, left=None if place == path else path)

    def _place(self, facts: RunFacts, path: Path, *, may_overwrite: bool) -> Path:
        """The path, or a name beside it: the first that is free, or that holds older results of this very run."""
        is_free = self._fate(path, facts.sheet_path, may_overwrite=may_overwrite) in (Fate.FREE, Fate.REPLACED)
        return path if is_free else self._beside(facts, path)

    def _beside(self, facts: RunFacts, path: Path) -> Path:
        for number in count(2):
            beside = path.with_name(f"{path.stem} ({number}){path.suffix}")
            fate = self._fate(beside, facts.sheet_path, of_run=facts.run)
            if fate is Fate.FREE or (fate is Fate.REPLACED and self._records_of(beside, facts.run)):
                break
        return beside

    def _fate(self, path: Path, sheet: str, *, may_overwrite: bool = False, of_run: str = "") -> Fate:
        target = self._look_at(path, Path(sheet))
        recorded = self._records_of(path, of_run) if target.exists else ()
        return fate_of(target, recorded, may_overwrite=may_overwrite)

    def _records_of(self, path: Path, of_run: str = "") -> Sequence[ResultsFile]:
        """What runs recorded of the file at this path, however it is spelled; with ``of_run`` only what that one did."""
        spelled, real = os.path.normcase(path), _real(path)
        written = (one for run in self._summaries() if of_run in ("", run.run) for one in run.written)
        return [one for one in written if os.path.normcase(one.path) == spelled or _real(one.path) == real]


def _real(path: str | Path) -> str:
    return os.path.normcase(os.path.realpath(path))
