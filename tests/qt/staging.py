"""What the tests of models and widgets put on the screen: sheets of any size, links, runs."""

from collections.abc import Iterator, Sequence
from typing import overload

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.entries import Books, Entries, Links, Rejection, SheetRow
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.readings import Columns, Reading, ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import RunState, RunSummary

CONTACTS = Relation("Campaigns", "Contacts")
MOST_ROWS = 1_048_575


def parent_id(number: int) -> RecordId:
    return RecordId(f"36523970000003{number:05d}")


def related_id(number: int) -> RecordId:
    return RecordId(f"36523970000009{number:05d}")


def links_of(pairs: Sequence[tuple[int, int]], suspicious: Sequence[int] = ()) -> Links:
    links = LinksBuilder()
    for row, (parent, related) in enumerate(pairs, start=2):
        links.add(CONTACTS, parent_id(parent), related_id(related), row)
    return links.build(suspicious)


def many_links(count: int, parents: int) -> Links:
    """Made at once: ``count`` links under ``parents`` campaigns."""
    links, parent_ids = LinksBuilder(), [parent_id(number % parents) for number in range(count)]
    links.extend(CONTACTS, parent_ids, [related_id(7)] * count, range(2, count + 2))
    return links.build()


class CountedRows(Sequence[SheetRow]):
    """Rows that exist only when they are asked for, and count how often they are."""

    def __init__(self, count: int) -> None:
        self.length, self.asked = count, 0

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> SheetRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[SheetRow]: ...
    def __getitem__(self, index: int | slice) -> SheetRow | list[SheetRow]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(self.length))]
        if not 0 <= index < self.length:
            raise IndexError(index)
        self.asked += 1
        return SheetRow(index + 2, (parent_id(1), related_id(2)))

    def __iter__(self) -> Iterator[SheetRow]:
        return (self[index] for index in range(self.length))


def sheet_with(
    rows: Sequence[SheetRow],
    entries: Entries,
    links: Links,
    headers: tuple[str, ...] = ("Campaign Id", "Contact Id", "Note"),
) -> SheetLinks:
    books = Books(len(rows), 0, len(entries), len(links), entries.duplicates, entries.rejected())
    reading = Reading("CSV file", header_row=1)
    return SheetLinks(
        "list.csv", "list.csv", "0" * 64, reading, headers, Columns(0, 1), ReadingChoice(), rows, entries, links, books
    )


def empty_sheet() -> SheetLinks:
    return sheet_with((), Entries(), Links())


def mixed_sheet() -> SheetLinks:
    """Rows 4 to 9: fine, suspicious, no ID, damaged, blank, and one that is fine and damaged at once."""
    links, entries = links_of([(1, 1), (1, 2), (1, 3)], suspicious=[1]), EntriesBuilder()
    entries.add_link(4, parent_id(1), related_id(1), 0, duplicate=False)
    entries.add_link(5, parent_id(1), related_id(2), 1, duplicate=False)
    entries.add_rejected(6, parent_id(1), "Bob", Rejection.NOT_AN_ID)
    entries.add_rejected(7, parent_id(1), "3.65E+18", Rejection.DAMAGED)
    entries.add_link(9, parent_id(1), related_id(3), 2, duplicate=False)
    entries.add_rejected(9, parent_id(1), "3.65E+18", Rejection.DAMAGED)
    cells = [related_id(1), related_id(2), "Bob", "3.65E+18", "", f"{related_id(3)};3.65E+18"]
    rows = [SheetRow(number, (parent_id(1) if cell else "", cell)) for number, cell in enumerate(cells, start=4)]
    rows[0] = SheetRow(4, (parent_id(1), related_id(1), "two\nlines", "beyond the header"))
    return sheet_with(rows, entries.build(), links)


def summary(
    run: str, state: RunState = RunState.FINISHED, removed: int = 7, sheet: str = "/srv/lists/Spring fair.xlsx"
) -> RunSummary:
    tally = Tally({Outcome.DELINKED: removed, Outcome.REFUSED: 1})
    return RunSummary(run, Operation.REMOVE, Fresh(), state, "2026-01-05T12:00:00+00:00", None, sheet, "eu", tally)
