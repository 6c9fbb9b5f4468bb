"""A run whose journal may only be read, such as on a read-only disk: what is learnt of it stays in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from desktop.domain.entries import SheetRow
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import LinkFields
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Change
from desktop.engine.ports import RunBook


class ReadOnlyBook:
    """A run book for reads alone. Nothing may be sent with it, because no intent of it would reach the disk."""

    def __init__(self, book: RunBook) -> None:
        """``book`` comes from :meth:`Runs.read`; it is closed with this one."""
        self._book = book
        self.facts = book.facts
        self.links = book.links
        self.plan = book.plan
        self.entries = book.entries
        self.left_out = book.left_out

    @property
    def ledger(self) -> Ledger:
        """The replay of what is on the disk, and of what was learnt since."""
        return self._book.ledger

    def rows(self) -> Iterable[SheetRow]:
        """Every row below the header in source order."""
        return self._book.rows()

    def safety_copy(self) -> Iterable[tuple[int, LinkFields]]:
        """The links that were read before their removal."""
        return self._book.safety_copy()

    def commit(self, changes: Sequence[Change]) -> None:
        """Take changes into the ledger only."""
        self._book.ledger.replay(changes)

    @property
    def results(self) -> Path | None:
        """Where the results were written last."""
        return self._book.results

    def note_results(self, file: ResultsFile) -> None:
        """The summary cannot be written either."""

    def close(self) -> None:
        """Close the journal."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()
