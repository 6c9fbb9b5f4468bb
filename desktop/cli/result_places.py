"""Where ``--results`` and ``--output`` lead: checked before anything is sent, written at the end."""

import argparse
from pathlib import Path

from desktop.application.result_files import ResultFiles, WrittenResults
from desktop.cli import output
from desktop.cli.arguments import WrongUse
from desktop.engine.ports import RunBook, Services


def check_name(text: str | None, option: str = "--results") -> None:
    """Raise WrongUse for a name of results that ends in neither .xlsx nor .csv; no name at all is right."""
    if text and Path(text).suffix.lower() not in (".xlsx", ".csv"):
        raise WrongUse(f"Results are written as .xlsx or .csv; give {option} a name that ends so.")


def check_folder(path: Path, option: str = "--results") -> None:
    """Raise WrongUse where the folder of the results is missing: a slip of the pen must not become a folder."""
    if not (folder := path.absolute().parent).is_dir():
        raise WrongUse(f"There is no folder {folder}; make it, or give {option} another place. Nothing was sent or written.")


def check_place(options: argparse.Namespace, services: Services, sheet: str) -> None:
    """Raise where ``--results`` leads to no folder, or would replace the sheet or somebody else's file without leave."""
    if options.results:
        check_folder(Path(options.results))
        ResultFiles(services).check(Path(options.results), sheet, may_overwrite=options.overwrite)


def write_results(options: argparse.Namespace, services: Services, book: RunBook) -> WrittenResults:
    """Write the results of a run that ended for now, and say what is not as it was wanted."""
    wanted = Path(options.results) if options.results else None
    with output.RowsPrinter(len(book.entries)) as printer:
        written = ResultFiles(services).write_at_end(book, wanted, printer.tell, may_overwrite=options.overwrite)
    output.say(*written.sentences())
    return written


def write_after_fault(options: argparse.Namespace, services: Services, book: RunBook) -> None:
    """A run that a fault ended has results too; nothing else will say where they are."""
    if (path := write_results(options, services, book).path) is not None:
        output.say(f"The results so far: {path}")
