"""Finds the earlier runs that share links with a sheet. The links are compared, because file names and rows prove nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from desktop.domain.connections import Connection, same_place
from desktop.domain.history import EarlierRun, families
from desktop.domain.outcomes import Outcome
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunSummary
from desktop.storage.link_index import LinkIndex, hashes_of, shared_with


def earlier_runs(
    journals: Mapping[str, Path],
    index: LinkIndex,
    summary_of: Callable[[str], RunSummary | None],
    sheet: SheetLinks,
    connection: Connection,
    on_compared: Callable[[int, int], None] = lambda _, __: None,
) -> list[EarlierRun]:
    """Return the runs among ``journals`` that were made for the same place and share links with the sheet, newest first.

    A journal that cannot be read is left out. ``on_compared`` is called as :meth:`LinkIndex.links_of` says.
    """
    links = index.links_of(journals, on_compared)
    hashes = hashes_of(sheet.links.parent_ids, sheet.links.related_ids)
    shared = shared_with(links, hashes, lambda run_links: _may_be_same_place(run_links.connection, connection))
    summaries = [summary for summary in (summary_of(run) for run, number in shared.items() if number) if summary is not None]
    families_of = families(summaries)
    earlier = []
    for summary in summaries:
        # An undo removed nothing, so it is not listed; what it put back is said of the run that it undid.
        if not summary.operation.ends_linked:
            same_file = links[summary.run].sha256 == sheet.sha256
            unknown, family = summary.tally[Outcome.UNKNOWN], families_of[summary.run]
            number = shared[summary.run]
            earlier.append(EarlierRun(summary.run, summary.started, number, same_file, unknown, family.removed, family.put_back))
    return sorted(earlier, key=lambda run: (run.started, run.run), reverse=True)


def _may_be_same_place(before: Connection, connection: Connection) -> bool:
    # A connection without an environment may have learnt it from Zoho since the run: it then counts as that of the other one.
    # To name a run too many costs the user a look; to miss one could cost links.
    filled_before = replace(before, environment=before.environment or connection.environment)
    filled = replace(connection, environment=connection.environment or before.environment)
    return same_place(filled_before, filled)
