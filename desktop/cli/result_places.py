"""Where ``--results`` and ``--output`` lead, checked before anything is sent."""

import argparse
from pathlib import Path

from desktop.application.result_files import ResultsRequest
from desktop.cli.arguments import WrongUse
from desktop.words import say


def check_name(text: str | None, option: str = "--results") -> None:
    """Raise WrongUse for a name of results that ends in neither .xlsx nor .csv; no name at all is right."""
    if text and Path(text).suffix.lower() not in (".xlsx", ".csv"):
        raise WrongUse(say("Results are written as .xlsx or .csv; give {option} a name that ends so.", option=option))


def check_folder(path: Path, option: str = "--results") -> None:
    """Raise WrongUse where the folder of the results is missing: a slip of the pen must not become a folder."""
    if not (folder := path.absolute().parent).is_dir():
        raise WrongUse(
            say(
                "There is no folder {folder}; make it, or give {option} another place. Nothing was sent or written.",
                folder=folder,
                option=option,
            )
        )


def results_request_of(options: argparse.Namespace) -> ResultsRequest:
    """Where ``--results`` leads. Raises WrongUse for a name that is none of results, and where its folder is missing."""
    check_name(options.results)
    if not options.results:
        return ResultsRequest()
    check_folder(Path(options.results))
    return ResultsRequest(Path(options.results), may_overwrite=options.overwrite)
