"""How a sheet was read, and how the user wants it read; both are values that the screen, options and journal share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.entries import Books, Entries, Links, SheetRow
from desktop.domain.errors import HiddenRowsOpen
from desktop.domain.records import Verdict
from desktop.domain.relations import Relation
from desktop.domain.row_choices import Condition, HiddenCounts, HiddenRows, RowsLeftOut
from desktop.domain.texts import Text, chained

NO_HEADER = 0

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What a text file may be separated by, and its name in words; a choice takes either, or any other single sign."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "mac-roman": "Mac Roman",
}
"""Encodings to offer, as a choice names them, with the label that a reading shows; a choice takes others that Python knows."""


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """What the user asked for; None means "find out".

    A column is a text that is looked up as exact header, then letter, then number from 1; or its index from 0.

    ``header_row`` is a row number from 1, NO_HEADER for "there is none". ``hidden_rows`` None leaves the choice open:
    they are then not read, and a sheet whose hidden rows hold links cannot be sent. ``where`` are the conditions of a
    filter, as texts (``COLUMN=VALUE``) as long as the columns of the sheet are not known. ``accepted_relations`` are those
    outside the built-in ones that a person accepted by their names; no sheet and no setting can name one by itself.
    """

    relation: Relation | None = None
    parent_column: str | int | None = None
    related_column: str | int | None = None
    sheet_name: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    fill_down: bool = False
    include_suspicious: bool = False
    hidden_rows: HiddenRows | None = None
    where: tuple[str | Condition, ...] = ()
    accepted_relations: frozenset[Relation] = frozenset()


FIND_OUT = ReadingChoice()
"""Everything is found out."""

Cells = tuple[str, ...]
"""The cells of a row, as text."""

Progress = Callable[[int], None]
"""Is told the rows that were read so far."""

Cancelled = Callable[[], bool]
"""Tells whether to end early."""

Propose = Callable[[Sequence[Cells], ReadingChoice], ReadingChoice | None]
"""Completes a choice at the sight of the first rows; None when there is nothing to propose."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet of a workbook, by name; ``in_front``: it was the one in sight when the file was saved."""

    name: str
    hidden: bool = False
    in_front: bool = False


@dataclass(frozen=True, slots=True)
class OtherWorksheet:
    """A worksheet that is not read although it holds record IDs. ``links`` is None where it is too large to be counted."""

    name: str
    links: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the file was read: enough to say it in one sentence and to change each part.

    ``first_own_column`` is where the columns of results of ours begin; None in other sheets. ``format_name``
    is plain text in a run of before, whose journal has the whole sentence; it is empty until it is known.
    """

    format_name: Text | str
    worksheets: tuple[Worksheet, ...] = ()
    sheet_name: str | None = None
    header_row: int = NO_HEADER
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[Text, ...] = ()
    rows_meant: Text | str = ""
    is_own_results: bool = False
    hidden_columns: tuple[int, ...] = ()
    first_own_column: int | None = None

    def file_sentence(self) -> Text | str:
        """The part that is known before any row was understood: ``Excel workbook, sheet "List"``."""
        return chained("side-by-side", self._of_the_file())

    def sentence(self) -> Text | str:
        """For people: ``Excel workbook, sheet "List", header in row 4``."""
        header = Text("header-in-row", row=str(self.header_row)) if self.header_row else Text("no-header-row")
        return chained("side-by-side", [*self._of_the_file(), header, *([self.rows_meant] if self.rows_meant else [])])

    def _of_the_file(self) -> list[Text | str]:
        parts = [self.format_name]
        if self.sheet_name is not None:
            parts.append(Text("sheet-named", name=self.sheet_name))
        if self.encoding:
            parts.append(self.encoding)
        return parts


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold what. ``module`` and ``related_list`` are set when the sheet names its relations itself."""

    parent: int
    related: int
    module: int | None = None
    related_list: int | None = None

    def __post_init__(self) -> None:
        if min(self.parent, self.related, self.module or 0, self.related_list or 0) < 0:
            raise ValueError("columns are counted from 0; below it another column would be read, from the end of the row")


@dataclass(frozen=True)
class SheetLinks:
    """A sheet that was read to the end: its rows, its entries, its links and its books."""

    path: str
    name: str
    sha256: str
    reading: Reading
    headers: tuple[str, ...]
    columns: Columns
    choice: ReadingChoice
    rows: Sequence[SheetRow]
    entries: Entries
    links: Links
    books: Books
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    left_out: RowsLeftOut = field(default_factory=RowsLeftOut)
    hidden: HiddenCounts = field(default_factory=HiddenCounts)
    others: tuple[OtherWorksheet, ...] = ()

    @property
    def must_choose_rows(self) -> bool:
        """True while hidden rows hold links, or rows may be hidden, and nobody has said what becomes of them."""
        may_be_hidden = not self.hidden.are_known and self.books.rows_with_entries > 0
        return self.choice.hidden_rows is None and (self.hidden.with_links > 0 or may_be_hidden)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The relations of the links, in the order they first occur."""
        return self.links.relations

    def as_chosen(self) -> ReadingChoice:
        """The choice with everything that was found out said, so that a change of one part leaves the others as they are."""
        names_itself = self.columns.related_list is not None or not self.relations
        return replace(
            self.choice,
            relation=None if names_itself else self.relations[0],
            parent_column=self.columns.parent,
            related_column=self.columns.related,
            sheet_name=self.reading.sheet_name,
            header_row=self.reading.header_row,
        )


ReadSheet = Callable[[Path, ReadingChoice, Progress, Cancelled, Propose], SheetLinks]
"""Reads a sheet to the end; what was read so far when it is cancelled. Raises the leaves of SheetError."""


def check_rows_are_chosen(sheet: SheetLinks) -> SheetLinks:
    """Return the sheet. Raises HiddenRowsOpen while its hidden rows hold links and nobody has said what becomes of them."""
    if sheet.must_choose_rows:
        raise HiddenRowsOpen(sheet.path, sheet.hidden.rows if sheet.hidden.are_known else None, sheet.books.rows)
    return sheet
