"""What is written for people to keep, and what may stand where it goes: the part of the ports that concerns results."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.domain.findings import Findings
from desktop.domain.ledger import RunRecord
from desktop.domain.readings import SheetLinks
from desktop.domain.result_targets import Target


class WriteResults(Protocol):
    """Writes a run's results to ``path`` (.xlsx or .csv), returns the lines in *All rows*. Raises ResultsUnwritable.

    ``progress`` is told how many lines of how many are written, and may end the writing by an exception of its own.
    """

    def __call__(self, record: RunRecord, path: Path, progress: Callable[[int, int], None] = ...) -> int: ...


class WriteProblemRows(Protocol):
    """Writes a sheet's rejected and held-back rows, each with its cause; returns how many lines. Raises ResultsUnwritable."""

    def __call__(self, sheet: SheetLinks, path: Path) -> int: ...


class WriteFindings(Protocol):
    """Writes what a look found about every entry of a sheet; returns how many lines. Raises ResultsUnwritable."""

    def __call__(self, sheet: SheetLinks, findings: Findings, path: Path) -> int: ...


class LookAtTarget(Protocol):
    """Tells what stands where results are to go; ``sheet`` is the run's own."""

    def __call__(self, path: Path, sheet: Path) -> Target: ...
