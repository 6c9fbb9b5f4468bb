"""What became of every link of a run, put in order for those who look at it. Nothing is written because somebody looks."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.application.result_files import OWN_FOLDER, Progress, ResultFiles, ResultPorts, ResultsRequest, WrittenResults
from desktop.application.retrying import may_be_left, may_be_retried
from desktop.application.undone_links import put_back_links
from desktop.domain.causes import CauseCode
from desktop.domain.entries import Entries, Links
from desktop.domain.errors import SheetError
from desktop.domain.history import ALONE, Family, families
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.parent_tallies import ParentTally, largest_parents
from desktop.engine.ports import RunJournal
from desktop.words.errors import explain_error

_NO_ENTRIES = Entries()


@dataclass(frozen=True, slots=True)
class RunResults:
    """``outcomes`` by link number; ``counts`` of each outcome with its cause; ``numbers`` of the links of each cause.

    ``family`` are the runs around this one, ``put_back`` the links of it that its undos put back since. ``asked`` is how many
    links its plan sends, which is the number that was typed to confirm it. ``rejected`` are the places in ``entries`` of those
    that could not be used, ``parents`` the records with the most links.
    """

    links: Links
    outcomes: Sequence[LinkOutcome]
    counts: Mapping[tuple[Outcome, CauseCode], int]
    numbers: Mapping[CauseCode, Sequence[int]]
    may_be_retried: bool
    family: Family = ALONE
    put_back: frozenset[int] = frozenset()
    asked: int = 0
    entries: Entries = _NO_ENTRIES
    rejected: Sequence[int] = ()
    parents: Sequence[ParentTally] = ()

    @classmethod
    def of(cls, record: RunRecord, family: Family = ALONE, put_back: frozenset[int] = frozenset()) -> "RunResults":
        """Looks at every link, so that for a large run it belongs off the window's thread."""
        outcomes = record.ledger.outcomes()
        counts: dict[tuple[Outcome, CauseCode], int] = {}
        numbers: dict[CauseCode, array[int]] = {}
        for link, known in enumerate(outcomes):
            group = known.outcome, known.cause
            counts[group] = counts.get(group, 0) + 1
            if known.cause not in numbers:
                numbers[known.cause] = array("L")
            numbers[known.cause].append(link)
        return cls(
            record.links,
            outcomes,
            counts,
            numbers,
            may_be_retried(record),
            family,
            put_back,
            record.plan.links_to_send,
            record.entries,
            record.entries.rejected_places(),
            largest_parents(record.links, outcomes),
        )

    @property
    def to_undo(self) -> int:
        """How many links an undo may have to put back; one that is not confirmed may turn out to be removed."""
        removed = sum(count for (outcome, _), count in self.counts.items() if outcome in (Outcome.DELINKED, Outcome.UNKNOWN))
        return removed - len(self.put_back)

    def left(self, changed_since: Sequence[int] = ()) -> int:
        """How many links a retry may have to send; those read as ``changed_since`` since count, whatever became of them."""
        if not self.may_be_retried:
            return 0
        found = sum(not may_be_left(self.outcomes[link]) for link in changed_since)
        return found + sum(count for group, count in self.counts.items() if may_be_left(LinkOutcome(*group)))

    def has(self, *outcomes: Outcome, but: Collection[CauseCode] = ()) -> bool:
        """True when a link ended so, for another cause than those of ``but``."""
        return any(outcome in outcomes and cause not in but for outcome, cause in self.counts)


@dataclass(frozen=True)
class SeenRun:
    """A run as it stands on disk, to be looked at; whoever looks closes the ``record``.

    ``workbook`` is where its results were written last, if they were; ``trouble`` says what is amiss with them.
    """

    record: RunJournal
    results: RunResults
    workbook: Path | None
    trouble: str = ""


def see_run(ports: ResultPorts, run: str) -> SeenRun:
    """Read what became of a run's links. Raises RunNotFound, RunInUse, RunNotOpenable, JournalDamaged."""
    record = ports.runs.look_at(run)
    return SeenRun(record, _results_of(ports, record), record.results)


def write_results_again(
    ports: ResultPorts, run: str, path: Path, progress_of: Callable[[RunRecord], Progress], *, may_overwrite: bool = False
) -> WrittenResults:
    """Write the results of a run that is over for now to a place that somebody chose.

    ``progress_of`` makes the listener to the writing, once it is known how much there is to write. Raises ResultsOverSheet,
    ResultsInTheWay, ResultsUnwritable, and as :func:`see_run` does.
    """
    with ports.runs.look_at(run) as record:
        return ResultFiles(ports).save(record, path, progress_of(record), may_overwrite=may_overwrite)


def save_results(
    ports: ResultPorts, run: str, request: ResultsRequest = OWN_FOLDER, progress: Progress = lambda _, __: None
) -> SeenRun:
    """Write the results of a run that is over for now, to the place that was asked for or to the program's own folder.

    Where they cannot be written there, the run is shown all the same, with the reason as its ``trouble``. Raises as
    :func:`see_run` does.
    """
    record, files = ports.runs.look_at(run), ResultFiles(ports)
    results = _results_of(ports, record)
    try:
        if request.path is None:
            written = files.write_at_end(record, None, progress)
        else:
            written = files.save(record, request.path, progress, may_overwrite=request.may_overwrite)
    except SheetError as error:
        return SeenRun(record, results, record.results, explain_error(error).in_one_line())
    return SeenRun(record, results, record.results, " ".join(written.sentences()))


def _results_of(ports: ResultPorts, record: RunJournal) -> RunResults:
    family = families(ports.runs.summaries()).get(record.facts.run, ALONE)
    return RunResults.of(record, family, put_back_links(ports.runs, record))
