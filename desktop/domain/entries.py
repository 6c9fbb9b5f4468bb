"""What stands in a sheet: rows, entries, the links found, what was rejected and why, and the books that must balance.

An *entry* is one related text in one row. A sheet can hold a million of them, so links and entries are kept in columns
(side by side, and the index is the number); objects are made for what is shown or sent.

Both are values: the columns are tuples and read-only views, so nobody who holds the links of a sheet can change what is
planned, written down and sent of them. The builders in ``building.py`` collect the columns and give them away for good.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.records import Link, RecordId, are_record_ids
from desktop.domain.relations import Relation


class Rejection(StrEnum):
    """Why an entry cannot be sent; the values are the keys of the command line's ``rejected``."""

    BLANK_PARENT = "blank_parent"
    BLANK_RELATED = "blank_related"
    NOT_AN_ID = "not_an_id"
    DAMAGED = "damaged"
    ERROR_CELL = "error_cell"
    SAME_RECORD = "same_record"
    WRONG_MODULE = "wrong_module"
    SECOND_TABLE = "second_table"


REJECTION_ORDER: tuple[Rejection, ...] = tuple(Rejection)

NO_LINK = -1
KIND_LINK, KIND_DUPLICATE, _FIRST_REJECTION = 0, 1, 2
KIND_OF_REJECTION: Mapping[Rejection, int] = {reason: _FIRST_REJECTION + n for n, reason in enumerate(REJECTION_ORDER)}
_KINDS = bytes([KIND_LINK, KIND_DUPLICATE, *KIND_OF_REJECTION.values()])

_NO_NUMBERS = memoryview(b"")
_PORTION = 50_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet: its number as the spreadsheet shows it (from 1), and its cells as exact text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One related text in one row. ``link`` is the number of its link, or NO_LINK when it was rejected."""

    row: int
    parent_text: str
    related_text: str
    link: int
    duplicate: bool
    rejection: Rejection | None


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """All entries of a sheet in source order, in columns; made by :class:`building.EntriesBuilder`."""

    rows: memoryview = _NO_NUMBERS
    parent_texts: tuple[str, ...] = ()
    related_texts: tuple[str, ...] = ()
    links: memoryview = _NO_NUMBERS
    kinds: bytes = b""

    def __post_init__(self) -> None:
        if not len(self.rows) == len(self.parent_texts) == len(self.related_texts) == len(self.links) == len(self.kinds):
            raise ValueError("an entry has a row, two texts, a link or none, and a kind")
        if self.kinds.translate(None, _KINDS):
            raise ValueError("an entry is a link, a duplicate or rejected for a known reason")
        _check_closed(self.rows, self.links)

    def __len__(self) -> int:
        return len(self.kinds)

    def __getitem__(self, index: int) -> Entry:
        kind = self.kinds[index]
        rejection = REJECTION_ORDER[kind - _FIRST_REJECTION] if kind >= _FIRST_REJECTION else None
        return Entry(
            self.rows[index],
            self.parent_texts[index],
            self.related_texts[index],
            self.links[index],
            kind == KIND_DUPLICATE,
            rejection,
        )

    def __iter__(self) -> Iterator[Entry]:
        return (self[index] for index in range(len(self)))

    @property
    def duplicates(self) -> int:
        """How many entries repeat an earlier link, in whatever spelling."""
        return self.kinds.count(KIND_DUPLICATE)

    def rejected(self) -> dict[Rejection, int]:
        """How many entries each reason rejected; reasons without any are left out."""
        counts = {reason: self.kinds.count(kind) for reason, kind in KIND_OF_REJECTION.items()}
        return {reason: count for reason, count in counts.items() if count}


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Every distinct link of a sheet, in sheet order, in columns; a link's number is its index.

    :class:`building.LinksBuilder` makes them. ``relation_of`` has for each link the place of its relation in ``relations``.
    ``suspicious`` are the numbers of links held back until the user includes them; ``included`` says that they were.
    Raises ValueError when made of columns that do not fit together, or of something else than IDs.
    """

    relations: tuple[Relation, ...] = ()
    relation_of: memoryview = _NO_NUMBERS
    parent_ids: tuple[RecordId, ...] = ()
    related_ids: tuple[RecordId, ...] = ()
    first_rows: memoryview = _NO_NUMBERS
    suspicious: frozenset[int] = frozenset()
    included: bool = False

    def __post_init__(self) -> None:
        if not len(self.relation_of) == len(self.parent_ids) == len(self.related_ids) == len(self.first_rows):
            raise ValueError("a link has a relation, two IDs and a row")
        if len(frozenset(self.relations)) < len(self.relations) or not _are_below(self.relation_of, len(self.relations)):
            raise ValueError("each link has one of the relations, and these differ")
        if self.suspicious and not 0 <= min(self.suspicious) <= max(self.suspicious) < len(self):
            raise ValueError("only links of the sheet are held back")
        if not (_are_all_ids(self.parent_ids) and _are_all_ids(self.related_ids)):
            raise ValueError("a link names a record by something else than an ID")
        _check_closed(self.relation_of, self.first_rows)

    def __len__(self) -> int:
        return len(self.parent_ids)

    def __getitem__(self, number: int) -> Link:
        return Link(self.relation(number), self.parent_ids[number], self.related_ids[number])

    def relation(self, number: int) -> Relation:
        return self.relations[self.relation_of[number]]

    def may_be_sent(self, number: int) -> bool:
        """False for a link that is held back."""
        return self.included or number not in self.suspicious

    def sendable(self) -> list[int]:
        """The numbers of all links that may be sent, in sheet order."""
        if self.included or not self.suspicious:
            return list(range(len(self)))
        return [number for number in range(len(self)) if number not in self.suspicious]

    @property
    def sendable_count(self) -> int:
        return len(self) if self.included else len(self) - len(self.suspicious)

    @property
    def first_sendable(self) -> int | None:
        """The number of the first link that may be sent; None when there is none."""
        return next(filter(self.may_be_sent, range(len(self))), None)


def _check_closed(*columns: memoryview) -> None:
    """Raise ValueError for a view through which somebody could still write."""
    if not all(column.readonly for column in columns):
        raise ValueError("a column of a value is read-only")


def _are_below(numbers: memoryview, limit: int) -> bool:
    """Whether all of these numbers, none of which is negative, are below the limit."""
    if limit == 1:  # nearly always, and told without a look at a million numbers one by one
        return not numbers.tobytes().strip(b"\0")
    return max(numbers, default=-1) < limit


def _are_all_ids(column: Sequence[RecordId]) -> bool:
    """Whether a column holds nothing but IDs; asked by portions, because the signs of all of them would fill much memory."""
    return all(are_record_ids(column[start : start + _PORTION]) for start in range(0, len(column), _PORTION))


@dataclass(frozen=True, slots=True)
class Books:
    """The account of a sheet: every row and every entry is in exactly one of these counts."""

    rows: int
    blank: int
    entries: int
    links: int
    duplicates: int
    rejected: Mapping[Rejection, int] = field(default_factory=dict)
    suspicious: int = 0
    hidden: int = 0
    left_out: int = 0

    @property
    def rows_with_entries(self) -> int:
        """The rows that are read: neither blank, nor hidden, nor left out by the filter."""
        return self.rows - self.blank - self.hidden - self.left_out

    @property
    def balance(self) -> bool:
        """True when no entry is missing or counted twice (rows are checked where they are read)."""
        return self.entries == self.links + self.duplicates + sum(self.rejected.values())
