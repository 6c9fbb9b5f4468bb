"""What is written about a sheet before anything is removed: the rows that cannot be sent, and what a look in the CRM found.

Whoever asks for it has chosen the place and given leave to replace what stands there, but never the sheet itself.
"""

from pathlib import Path
from typing import Protocol

from desktop.application.result_files import ResultFiles, ResultPorts
from desktop.domain.findings import Findings
from desktop.domain.readings import SheetLinks


class WriteProblemRows(Protocol):
    """Writes a sheet's rejected and held-back rows, each with its cause; returns how many lines. Raises ResultsUnwritable."""

    def __call__(self, sheet: SheetLinks, path: Path) -> int: ...


class WriteFindings(Protocol):
    """Writes what a look found about every entry of a sheet; returns how many lines. Raises ResultsUnwritable."""

    def __call__(self, sheet: SheetLinks, findings: Findings, path: Path) -> int: ...


class ReportPorts(ResultPorts, Protocol):
    """What it takes to write about a sheet."""

    @property
    def write_problem_rows(self) -> WriteProblemRows: ...
    @property
    def write_findings(self) -> WriteFindings: ...


def save_problem_rows(ports: ReportPorts, sheet: SheetLinks, path: Path) -> int:
    """Write what cannot be sent; returns how many lines. Raises ResultsOverSheet, ResultsUnwritable."""
    ResultFiles(ports).check(path, sheet.path, may_overwrite=True)
    return ports.write_problem_rows(sheet, path)


def save_findings(ports: ReportPorts, sheet: SheetLinks, findings: Findings, path: Path) -> int:
    """Write what a look found beside the sheet's own rows; returns how many lines. Raises as save_problem_rows does."""
    ResultFiles(ports).check(path, sheet.path, may_overwrite=True)
    return ports.write_findings(sheet, findings, path)
