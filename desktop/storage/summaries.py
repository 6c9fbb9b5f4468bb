"""The small file beside a journal that history and other programs read, so that nobody opens a live database."""

import json
from pathlib import Path
from typing import Any

from desktop.domain.ledger import UNANSWERED, Ledger
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunFacts, RunKind, RunState, RunSummary, Settled
from desktop.storage.atomic_file import write_json


def summary_of(facts: RunFacts, ledger: Ledger, finished: str | None, results: str | None) -> RunSummary:
    """The summary of a run as its ledger stands."""
    return RunSummary(
        run=facts.run,
        kind=facts.kind,
        parent=facts.parent,
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
        results=results,
    )


def count_open_calls_as_unknown(ledger: Ledger) -> None:
    """What a dead program left open is unknown until somebody reads it (in memory only)."""
    for batch in ledger.open_batches():
        ledger.apply(Settled(batch.number, tuple((link, UNANSWERED) for link in batch.link_numbers), 0.0))


def write_summary(path: Path, summary: RunSummary) -> None:
    """Replace the summary file. Raises OSError."""
    fields = {name: getattr(summary, name) for name in RunSummary.__dataclass_fields__ if name != "tally"}
    fields["tally"] = {str(outcome): count for outcome, count in summary.tally.counts.items()}
    write_json(path, fields)


def read_summary(path: Path) -> RunSummary | None:
    """The summary in a file, or None where there is none or it is damaged."""
    try:
        return _from_fields(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _from_fields(fields: dict[str, Any]) -> RunSummary:
    tally = Tally({Outcome(name): int(count) for name, count in fields.pop("tally").items()})
    kind, state = RunKind(fields.pop("kind")), RunState(fields.pop("state"))
    return RunSummary(**fields, kind=kind, state=state, tally=tally)
