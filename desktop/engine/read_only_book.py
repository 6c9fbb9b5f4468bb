"""Stands in for a run's journal that cannot be written, on a read-only disk for example. What is learnt stays in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from desktop.domain.entries import SheetRow
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import LinkFields
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Change
from desktop.engine.ports import RunJournal


class ReadOnlyJournal:
    """Serves reads of links. Never send anything with it: no intent would reach the disk."""

    def __init__(self, journal: RunJournal) -> None:
        """``journal`` was opened only to be read. It is closed together with this one."""
        self._journal = journal
        self.facts = journal.facts
        self.links = journal.links
        self.plan = journal.plan
        self.entries = journal.entries
        self.left_out = journal.left_out

    @property
    def ledger(self) -> Ledger:
        """The replay of what is on the disk, and of what was learnt since."""
        return self._journal.ledger

    def rows(self) -> Iterable[SheetRow]:
        return self._journal.rows()

    def safety_copy(self) -> Iterable[tuple[int, LinkFields]]:
        return self._journal.safety_copy()

    def commit(self, changes: Sequence[Change]) -> None:
        """Apply changes to the ledger in memory; nothing is written."""
        self._journal.ledger.replay(changes)

    @property
    def results(self) -> Path | None:
        return self._journal.results

    def note_results(self, file: ResultsFile) -> None:
        pass  # the summary, which would remember the file, cannot be written either

    def close(self) -> None:
        self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()
