"""Find headers inside a list: the header repeated, or the header of a second table below the first.

Exports that were pasted together repeat their header: such a row is skipped. A row of other titles begins a second table, whose
columns may mean something else (a list of contacts and campaigns below one of campaigns and contacts): what is below it is not
read. A note names the rows of both kinds.

Only rows without an ID in both ends are checked, so it costs nothing where rows are links. Words alone do not make a row a
header: a section's title, a total or a name must not end the list. One of these does:

- One end is a title of IDs that names another module than the list has there ("Lead Id" below "Contact Id"), whatever
  stands in the other end.
- Both ends are titles (every word known, no figures), one of them of IDs or both of modules.
- Two cells of the row are titles of IDs, in whichever columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop.domain.headers import Header, can_be_title, read_header
from desktop.domain.readings import NO_HEADER, Cells
from desktop.domain.records import Judgement, is_blank
from desktop.domain.texts import Fact, Text
from desktop.sheets.columns import Layout
from desktop.sheets.row_blocks import RowBlock

Judge = Callable[[str], Judgement]

_MOST_ROWS_NAMED = 3


class TitleRow(Enum):
    """The kinds of rows of titles inside a list."""

    REPEATED = auto()
    SECOND_HEADER = auto()


class SectionKind(Enum):
    """The kinds of stretches of rows below the header."""

    LIST = auto()
    REPEATED_HEADER = auto()
    SECOND_TABLE = auto()


@dataclass(frozen=True, slots=True)
class RowSection:
    """The rows of a block from place ``start`` up to ``end``, all of one kind."""

    kind: SectionKind
    start: int
    end: int


class TitleRows:
    """Finds rows of titles inside one list, and remembers their numbers. ``judge`` says whether a text is an ID."""

    def __init__(self, layout: Layout, judge: Judge) -> None:
        self._judge = judge
        self._in_second_table = False
        self._has_links = False
        self._headers = layout.headers
        self._has_header = layout.header_row != NO_HEADER
        self._columns = layout.columns.parent, layout.columns.related
        self._folded = tuple(map(_folded, layout.headers))
        self._ends = tuple(self._folded[column] if column < len(self._folded) else "" for column in self._columns)
        relation = layout.relation
        self._modules: tuple[str | None, str | None] = (
            (relation.parent_module, relation.related_list) if relation is not None else self._modules_of(layout.headers)
        )
        self._repeated: list[int] = []
        self._second: list[int] = []

    def sections(self, block: RowBlock) -> list[RowSection]:
        """Divide the rows of the next block of the sheet. Only rows that are not two plain IDs are checked.

        Every row counts, also one that a filter leaves out: what stands below a header belongs to that header.
        """
        odd = block.ids.odd_places()
        cells = block.cells() if odd else []
        sections, start = list[RowSection](), 0
        for odd_above, place in enumerate(odd):
            # A row above that is not odd is two plain IDs, and so a link.
            self._has_links = self._has_links or place > odd_above
            kind = self._kind_of(block.numbers[place], cells[place], block.ids.parents[place], block.ids.related[place])
            if kind is None:
                continue
            sections.append(RowSection(self._kind, start, place))
            start, self._in_second_table = place, kind is TitleRow.SECOND_HEADER
            if kind is TitleRow.REPEATED:
                sections.append(RowSection(SectionKind.REPEATED_HEADER, place, place + 1))
                start = place + 1
        self._has_links = self._has_links or len(block) > len(odd)
        sections.append(RowSection(self._kind, start, len(block)))
        return [section for section in sections if section.start < section.end]

    @property
    def _kind(self) -> SectionKind:
        return SectionKind.SECOND_TABLE if self._in_second_table else SectionKind.LIST

    def _kind_of(self, number: int, cells: Cells, parent: str, related: str) -> TitleRow | None:
        """Say what a row is that is not two plain IDs; None if its section goes on."""
        ids = [self._judge(text).record_id for text in (parent, related)]
        if ids != [None, None]:
            self._has_links = self._has_links or None not in ids
            return None
        if self._in_second_table:
            return TitleRow.REPEATED if self.repeats(number, cells, parent, related) else None
        return self.find(number, cells, parent, related, is_above_links=not self._has_links)

    def find(self, number: int, cells: Cells, parent: str, related: str, *, is_above_links: bool) -> TitleRow | None:
        """Say what a row without an ID in both ends (``parent``, ``related``) is; None if it is no row of titles.

        ``is_above_links``: no link was found yet. A header may have several lines, so there only a row that contradicts the
        first one begins another table.
        """
        if self.repeats(number, cells, parent, related):
            return TitleRow.REPEATED
        if not self._is_header(cells, parent, related):
            return None
        if is_above_links and not self._is_contradicted_by(parent, related):
            return None
        self._second.append(number)
        return TitleRow.SECOND_HEADER

    def _is_header(self, cells: Cells, parent: str, related: str) -> bool:
        can_be = [can_be_title(cell) and not is_blank(cell) for cell in (parent, related)]
        if not any(can_be):
            return False
        if self._names_other_ids(parent, related) or _has_two_titles_of_ids(cells):
            return True
        return all(can_be) and _are_titles(parent, related)

    def _names_other_ids(self, parent: str, related: str) -> bool:
        """True if an end is a title of IDs of another module than the list has there."""
        titles = map(read_header, (parent, related))
        return any(
            title.has_id and None not in (title.module, module) and title.module != module
            for title, module in zip(titles, self._modules, strict=True)
        )

    def repeats(self, number: int, cells: Cells, parent: str, related: str) -> bool:
        """True for a row that says the same as the header in every cell."""
        is_repeated = self._has_header and self._heads_the_ends(parent, related) and self._has_the_same_cells(cells)
        if is_repeated:
            self._repeated.append(number)
        return is_repeated

    def notes(self) -> list[Text]:
        """Return what to tell the user about the rows that were found."""
        notes = []
        if self._second:
            row, more_rows = str(self._second[0]), len(self._second) - 1
            notes.append(Text("more-headers", row=row, more=more_rows) if more_rows else Text("another-header", row=row))
        if repeated := len(self._repeated):
            rows: list[Fact] = [str(row) for row in self._repeated[:_MOST_ROWS_NAMED]]
            more = [Text("so-many-more", more=repeated - len(rows))] if repeated > len(rows) else []
            notes.append(Text("header-repeated", count=repeated, rows=(*rows, *more)))
        return notes

    def _heads_the_ends(self, parent: str, related: str) -> bool:
        return _is_same_title(self._ends[0], parent) and _is_same_title(self._ends[1], related)

    def _has_the_same_cells(self, cells: Cells) -> bool:
        """True if every filled cell is the title of its column; the two ends may be spelt differently."""
        filled = [column for column, cell in enumerate(cells) if not is_blank(cell)]
        if len(filled) < 2 or filled[-1] >= len(self._folded):
            return False
        return all(column in self._columns or _folded(cells[column]) == self._folded[column] for column in filled)

    def _modules_of(self, headers: Cells) -> tuple[str | None, str | None]:
        parent, related = (headers[column] if column < len(headers) else "" for column in self._columns)
        return read_header(parent).module, read_header(related).module

    def _is_contradicted_by(self, parent: str, related: str) -> bool:
        if not self._has_header:
            return False
        first = self._modules_of(self._headers)
        second = [read_header(cell).module for cell in (parent, related)]
        return any(None not in (module, other) and module != other for module, other in zip(first, second, strict=True))


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _is_same_title(title: str, cell: str) -> bool:
    """True if a cell equals a title (as :func:`_folded` returned it), or both name the same end."""
    if _folded(cell) == title:
        return True
    if not can_be_title(cell):
        return False
    header, other = read_header(title), read_header(cell)
    return header.end is not None and header.end == other.end and other.is_plain


def _are_titles(parent: str, related: str) -> bool:
    ends = [read_header(parent), read_header(related)]
    return all(map(_is_title, ends)) and (any(end.has_id for end in ends) or all(end.module is not None for end in ends))


def _has_two_titles_of_ids(cells: Sequence[str]) -> bool:
    titles = [read_header(cell) for cell in cells if cell and can_be_title(cell)]
    return sum(title.has_id and title.is_plain for title in titles) >= 2


def _is_title(header: Header) -> bool:
    return header.is_plain and (header.module is not None or not header.says <= {"fillers", "marks"})
