"""The small file beside a journal that history and other programs read, so that nobody opens a live database."""

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
    """The summary of a run as its ledger stands; ``written`` are its results files, the newest last."""
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
    """What a dead program left open is unknown until somebody reads it (in memory only)."""
    for batch in ledger.open_batches():
        ledger.apply(Settled(batch.number, tuple((link, UNANSWERED) for link in batch.link_numbers), 0.0))


def write_summary(path: Path, summary: RunSummary) -> None:
    """Replace the summary file. Raises OSError."""
    fields = {name: getattr(summary, name) for name in _READERS if name != "tally"}
    fields["kind"], fields["parent"] = kind_of(summary.operation, summary.origin), summary.origin.run
    fields["tally"] = {str(outcome): count for outcome, count in summary.tally.counts.items()}
    fields["written"] = [[one.path, one.sha256] for one in summary.written]
    write_json(path, fields)


def read_summary(path: Path, run: str) -> RunSummary | None:
    """The summary of ``run`` in a file, or None where there is none or it is damaged: the journal has it all."""
    try:
        summary = _from_fields(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return summary if summary.run == run else None


class KnownSummaries:
    """Summaries that were read before and whose file is as it was. One thread at a time may ask for one run."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, int, int], RunSummary | None]] = {}

    def of(self, path: Path, run: str) -> RunSummary | None:
        """As :func:`read_summary`."""
        try:
            stat = path.stat()
        except OSError:
            return None
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._known.get(run)
        if known is None or known[0] != stamp:
            known = self._known[run] = (stamp, read_summary(path, run))
        return known[1]


def _from_fields(found: Any) -> RunSummary:
    """Raises ValueError, KeyError or TypeError. What a later version added is passed over: its journal may be too new for us."""
    if not isinstance(found, dict):
        raise ValueError("it is no object")
    operation, origin = operation_and_origin(_text(found["kind"]), _text_or_none(found["parent"]))
    others = {name: read(found[name]) for name, read in _READERS.items() if name in found}
    summary = RunSummary(operation=operation, origin=origin, **others)
    if summary.results and not summary.written:  # of a version that kept no digests
        return replace(summary, written=(ResultsFile(summary.results, ""),))
    return summary


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("it is no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _time(value: Any) -> str:
    """ISO 8601 with a time zone, because others compare it with the present time."""
    if datetime.fromisoformat(_text(value)).tzinfo is None:
        raise ValueError("it has no time zone")
    return str(value)


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
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
