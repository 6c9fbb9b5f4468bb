"""Some links of a run as a sheet of their own: what a run that follows on another one starts from."""

from collections.abc import Sequence

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.entries import Books
from desktop.domain.ledger import RunRecord
from desktop.domain.readings import Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.relations import is_custom


def part_of(record: RunRecord, numbers: Sequence[int]) -> SheetLinks:
    """These links of the run with their rows and entries; link ``numbers[i]`` of the run is link ``i`` of the part."""
    facts, old = record.facts, record.links
    new_numbers = {number: place for place, number in enumerate(numbers)}
    building, collected, rows = LinksBuilder(old.relations), EntriesBuilder(), set[int]()
    for number in numbers:
        building.add(old.relation(number), old.parent_ids[number], old.related_ids[number], old.first_rows[number])
    suspicious = {new_numbers[number] for number in old.suspicious if number in new_numbers}
    for entry in record.entries:
        if (place := new_numbers.get(entry.link)) is not None:
            collected.add_link(entry.row, entry.parent_text, entry.related_text, place, duplicate=entry.duplicate)
            rows.add(entry.row)
    links, entries = building.build(suspicious, included=old.included), collected.build()
    kept = [row for row in record.rows() if row.number in rows]
    return SheetLinks(
        path=facts.sheet_path,
        name=facts.sheet_name,
        sha256=facts.sheet_sha256,
        reading=Reading(facts.reading),
        headers=facts.headers,
        columns=Columns(facts.parent_column, facts.related_column),
        choice=ReadingChoice(accepted_relations=frozenset(filter(is_custom, facts.relations))),
        rows=kept,
        entries=entries,
        links=links,
        books=Books(len(kept), 0, len(entries), len(links), entries.duplicates, {}, len(links.suspicious)),
    )
