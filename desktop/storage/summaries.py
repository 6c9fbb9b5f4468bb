"""Writes and reads the summary file beside a journal, which the history and other programs read.

It exists so that nobody has to open a database that is in use.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.ledger import UNANSWERED, Ledger
from desktop.domain.origins import kind_of, operation_and_origin
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import RunFacts, RunState, RunSummary, Settled
from desktop.storage.atomic_file import write_json


def summary_of(facts: RunFacts, ledger: Ledger, finished: str | None, written: Sequence[ResultsFile]) -> RunSummary:
    """Make the summary of a run as its ledger stands now; ``written`` are its results files, the newest last."""
    return RunSummary(
        run=facts.run,
        operation=facts.operation,
        origin=facts.origin,
        state=ledger.state,
        started=facts.started,
        finished=finished,
        sheet=facts.sheet_path,
        connection=facts.connection.name,
        tally=ledger.tally,
        calls=ledger.calls,
        reads=ledger.reads,
        cause=None if ledger.cause is None else str(ledger.cause),
        company=facts.connection.account.company,
        environment=str(facts.connection.environment or ""),
        results=written[-1].path if written else None,
        written=tuple(written),
    )


def count_open_calls_as_unknown(ledger: Ledger) -> None:
    """Count calls that a program left open as unknown, in memory only; only a read can tell what became of their links."""
    for batch in ledger.open_batches():
        ledger.apply(Settled(batch.number, tuple((link, UNANSWERED) for link in batch.link_numbers), 0.0))


def write_summary(path: Path, summary: RunSummary) -> None:
    """Replace the summary file. Raises OSError."""
    # Outcomes and the kind of the run go out by the names that other programs know, not as the values of this one.
    fields = {name: getattr(summary, name) for name in _READERS if name != "tally"}
    fields["kind"], fields["parent"] = kind_of(summary.operation, summary.origin), summary.origin.run
    fields["tally"] = {str(outcome): count for outcome, count in summary.tally.counts.items()}
    fields["written"] = [[file.path, file.sha256] for file in summary.written]
    write_json(path, fields)


def read_summary(path: Path, run: str) -> RunSummary | None:
    """Return the summary of ``run`` that stands in a file, or None if there is none or it is damaged."""
    try:
        summary = _from_fields(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None  # nothing is lost: the journal has it all
    return summary if summary.run == run else None  # somebody may have renamed or copied the file


class SummaryCache:
    """Remembers summaries as long as their files do not change. Only one thread at a time may ask for the same run."""

    def __init__(self) -> None:
        self._cached: dict[str, tuple[tuple[int, int, int], RunSummary | None]] = {}

    def read(self, path: Path, run: str) -> RunSummary | None:
        """Return what :func:`read_summary` returns, and read the file only if it changed."""
        try:
            stat = path.stat()
        except OSError:
            return None
        # The file is replaced as a whole each time, so even one of the same size and second has another inode.
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        cached = self._cached.get(run)
        if cached is None or cached[0] != stamp:
            cached = self._cached[run] = (stamp, read_summary(path, run))
        return cached[1]


def _from_fields(fields: Any) -> RunSummary:
    """Decode a summary. Raises ValueError, KeyError or TypeError."""
    if not isinstance(fields, dict):
        raise ValueError("it is no object")
    operation, origin = operation_and_origin(_text(fields["kind"]), _text_or_none(fields["parent"]))
    # Fields that a newer version added are passed over: the run can be listed even if its journal is too new to be opened.
    others = {name: read(fields[name]) for name, read in _READERS.items() if name in fields}
    summary = RunSummary(operation=operation, origin=origin, **others)
    if summary.results and not summary.written:  # written by a version that kept no digests
        return replace(summary, written=(ResultsFile(summary.results, ""),))
    return summary


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("it is no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _time(value: Any) -> str:
    # With a time zone, because others compare it with the present time.
    if datetime.fromisoformat(_text(value)).tzinfo is None:
        raise ValueError("it has no time zone")
    return str(value)


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:  # isinstance() would take True for 1
        raise ValueError("it is no count")
    return value


def _tally(value: Any) -> Tally:
    if not isinstance(value, dict):
        raise ValueError("it is no object")
    return Tally({Outcome(name): _number(count) for name, count in value.items()})


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "run": _text,
    "state": lambda value: RunState(_text(value)),
    "started": _time,
    "finished": lambda value: None if value is None else _time(value),
    "sheet": _text,
    "connection": _text,
    "tally": _tally,
    "calls": _number,
    "reads": _number,
    "cause": _text_or_none,
    "company": _text,
    "environment": _text,
    "results": _text_or_none,
    "written": lambda value: tuple(ResultsFile(_text(path), _text(sha256)) for path, sha256 in value),
}
