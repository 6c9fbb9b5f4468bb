"""By what a file is known as results of ours, whatever language it was written in: see ``domain/result_tables.py``."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from desktop.domain.errors import StorageError
from desktop.domain.result_tables import ENGLISH_WORDS, KnownResults
from desktop.domain.runs import RunSummary
from desktop.words import language
from desktop.words.catalogues import every_language
from desktop.words.results import result_words


class Summaries(Protocol):
    """Lists the runs of this computer."""

    def summaries(self) -> Sequence[RunSummary]: ...


def known_results(runs: Summaries) -> KnownResults:
    """The words of English, of the language that is spoken and of every other one, and what runs recorded."""
    words = [ENGLISH_WORDS]
    for one in map(result_words, (language(), *every_language())):
        if one not in words:
            words.append(one)
    return KnownResults(tuple(words), lambda digest: _run_of(runs, digest))


def _run_of(runs: Summaries, digest: str) -> str:
    """Asked only for a text whose headings nobody knows, because it looks at every run."""
    with suppress(StorageError):
        for run in runs.summaries():
            if digest and any(one.sha256 == digest for one in run.written):
                return run.run
    return ""
