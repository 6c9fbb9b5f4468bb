"""Which earlier runs held links of a sheet: by the links themselves, as file names and order of rows mean nothing."""

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
    told: Callable[[int, int], None] = lambda _, __: None,
) -> list[EarlierRun]:
    """The runs among ``journals`` that were made for the same place and share links with the sheet, newest first.

    An undo is none of them: it removed nothing, but what it put back is said of its run. A journal that cannot be read
    is left out.
    """
    links = index.of(journals, told)
    hashes = hashes_of(sheet.links.parent_ids, sheet.links.related_ids)
    shared = shared_with(links, hashes, lambda one: _may_be_same_place(one.connection, connection))
    summaries = [one for one in (summary_of(run) for run, number in shared.items() if number) if one is not None]
    around = families(summaries)
    found = []
    for one in summaries:
        if not one.operation.ends_linked:
            same_file = links[one.run].sha256 == sheet.sha256
            unknown, family = one.tally[Outcome.UNKNOWN], around[one.run]
            number = shared[one.run]
            found.append(EarlierRun(one.run, one.started, number, same_file, unknown, family.removed, family.put_back))
    return sorted(found, key=lambda one: (one.started, one.run), reverse=True)


def _may_be_same_place(before: Connection, connection: Connection) -> bool:
    """Where nobody named the environment of one, it may have learnt it from Zoho since: then it is that of the other."""
    one = replace(before, environment=before.environment or connection.environment)
    other = replace(connection, environment=connection.environment or before.environment)
    return same_place(one, other)
