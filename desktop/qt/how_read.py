"""How a file was read, whether it became a sheet or was refused: what the form that changes it has to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.errors import SheetError
from desktop.domain.readings import NO_HEADER, Cells, Reading, ReadingChoice, SheetLinks, Worksheet

MOST_ROWS = MOST_COLUMNS = 50


@dataclass(frozen=True, slots=True)
class HowRead:
    """``choice`` is what was asked for, ``pinned`` the same with everything said that was found out.

    ``header_row`` is None where it is to be found out. ``rows`` are some of the first rows by their numbers (from 1), of
    at least ``row_count``; ``links`` is how many links the worksheets hold, as far as they were counted. ``names_columns``
    where the two columns can be named here, because no sheet came of it that has a place for that.
    """

    reading: Reading
    choice: ReadingChoice
    pinned: ReadingChoice
    header_row: int | None = None
    rows: Mapping[int, Cells] = field(default_factory=dict)
    row_count: int = 0
    links: Mapping[str, int | None] = field(default_factory=dict)
    names_columns: bool = False

    @classmethod
    def of_sheet(cls, sheet: SheetLinks) -> "HowRead":
        """Of a sheet that was read to the end."""
        first = {row.number: row.cells for row in sheet.rows[:MOST_ROWS]}
        if sheet.reading.header_row:
            first[sheet.reading.header_row] = sheet.headers
        links: dict[str, int | None] = {one.name: one.links for one in sheet.others}
        if sheet.others and sheet.reading.sheet_name is not None:
            links[sheet.reading.sheet_name] = len(sheet.links)
        count = sheet.reading.header_row + len(sheet.rows)
        return cls(sheet.reading, sheet.choice, sheet.as_chosen(), sheet.reading.header_row, first, count, links)

    @classmethod
    def of_error(cls, error: SheetError, choice: ReadingChoice) -> "HowRead | None":
        """Of a file that was refused; None where nothing of it could be read."""
        if error.reading is None:
            return None
        rows = dict(enumerate(error.top[:MOST_ROWS], start=1))
        links = {one.name: one.links for one in error.others}
        return cls(error.reading, choice, choice, choice.header_row, rows, len(rows), links, names_columns=True)

    @property
    def is_text(self) -> bool:
        """True for a text file, which has an encoding and a delimiter in place of worksheets."""
        return self.reading.encoding is not None

    @property
    def worksheets(self) -> Sequence[Worksheet]:
        """The worksheets that can be chosen."""
        return self.reading.worksheets

    @property
    def headers_to_choose(self) -> range:
        """The numbers of the rows that can be named as the header; where none is known, as many as are looked at."""
        most = min(self.row_count or MOST_ROWS, MOST_ROWS)
        return range(1, max(most, self.header_row or NO_HEADER) + 1)

    @property
    def columns(self) -> list[str]:
        """What each column is called as far as that is known: its cell in the header, else the first one that is filled."""
        if not self.names_columns:
            return []
        width = min(MOST_COLUMNS, max((len(cells) for cells in self.rows.values()), default=0))
        header = self.rows.get(self.header_row or NO_HEADER)
        rows = [header] if header is not None else list(self.rows.values())
        return [next((row[n].strip() for row in rows if n < len(row) and row[n].strip()), "") for n in range(width)]

    def column_of(self, name: str | int | None) -> int | None:
        """The index of a column that was named here; None where none was."""
        return name if isinstance(name, int) else None

    def with_columns(self, parent: int | None, related: int | None) -> ReadingChoice:
        """The same rows, with one or both columns named."""
        return replace(self.choice, parent_column=parent, related_column=related)

    def with_worksheet(self, name: str) -> ReadingChoice:
        """Other rows are seen then, so nothing that was said of these holds."""
        return ReadingChoice(sheet_name=name)

    def with_header(self, row: int | None) -> ReadingChoice:
        """Return the choice to read the same rows below another header."""
        return replace(self.pinned, header_row=row)

    def with_encoding(self, encoding: str) -> ReadingChoice:
        """Return the choice to read the same columns in another encoding."""
        return replace(self.pinned, encoding=encoding, delimiter=self.choice.delimiter)

    def with_delimiter(self, sign: str) -> ReadingChoice:
        """The lines are cut elsewhere, so columns that were named, and a filter of them, would be others."""
        return replace(self.choice, delimiter=sign, parent_column=None, related_column=None, where=())
