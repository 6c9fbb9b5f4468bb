"""What stands in a sheet: rows, entries, the links found, what was rejected and why, and the books that must balance.

An *entry* is one related text in one row. A sheet can hold a million of them, so links and entries are kept in columns
(parallel lists whose index is the number); objects are made for what is shown or sent.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.records import Link, RecordId
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


class Entries:
    """All entries of a sheet in source order, in columns. Owned by the reading that built it; read-only afterwards."""

    __slots__ = ("_kinds", "links", "parent_texts", "related_texts", "rows")

    def __init__(self) -> None:
        self.rows = array("L")
        self.parent_texts: list[str] = []
        self.related_texts: list[str] = []
        self.links = array("q")
        self._kinds = bytearray()

    def __len__(self) -> int:
        return len(self.rows)

    def add_link(self, row: int, parent_text: str, related_text: str, link: int, *, duplicate: bool) -> None:
        """Append an entry that stands for link number ``link``."""
        self.rows.append(row)
        self.parent_texts.append(parent_text)
        self.related_texts.append(related_text)
        self.links.append(link)
        self._kinds.append(KIND_DUPLICATE if duplicate else KIND_LINK)

    def add_rejected(self, row: int, parent_text: str, related_text: str, rejection: Rejection) -> None:
        """Append an entry that cannot be sent."""
        self.add_link(row, parent_text, related_text, NO_LINK, duplicate=False)
        self._kinds[-1] = _FIRST_REJECTION + REJECTION_ORDER.index(rejection)

    def add_links(
        self,
        rows: Sequence[int],
        parents: Sequence[str],
        related: Sequence[str],
        links: Sequence[int],
        kinds: bytes | bytearray,
    ) -> None:
        """Append one entry for each of these rows; ``kinds`` tell the repeated ones (KIND_DUPLICATE, else 0)."""
        self.rows.extend(rows)
        self.parent_texts.extend(parents)
        self.related_texts.extend(related)
        self.links.extend(links)
        self._kinds.extend(kinds)

    def __getitem__(self, index: int) -> Entry:
        kind = self._kinds[index]
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
        return self._kinds.count(KIND_DUPLICATE)

    def rejected(self) -> dict[Rejection, int]:
        """How many entries each reason rejected; reasons without any are left out."""
        counts = {reason: self._kinds.count(_FIRST_REJECTION + n) for n, reason in enumerate(REJECTION_ORDER)}
        return {reason: count for reason, count in counts.items() if count}


class Links:
    """Every distinct link of a sheet, in sheet order, in columns. A link's number is its index.

    ``suspicious`` are the numbers of links held back until the user includes them; ``included`` says that they were.
    """

    __slots__ = ("first_rows", "included", "parent_ids", "related_ids", "relation_of", "relations", "suspicious")

    def __init__(self, relations: Sequence[Relation] = ()) -> None:
        self.relations: list[Relation] = list(relations)
        self.relation_of = array("H")
        self.parent_ids: list[RecordId] = []
        self.related_ids: list[RecordId] = []
        self.first_rows = array("L")
        self.suspicious: set[int] = set()
        self.included = False

    def __len__(self) -> int:
        return len(self.parent_ids)

    def add(self, relation: Relation, parent_id: RecordId, related_id: RecordId, row: int) -> int:
        """Append a link (the caller has made sure that it is new) and return its number."""
        self.relation_of.append(self._index_of(relation))
        self.parent_ids.append(parent_id)
        self.related_ids.append(related_id)
        self.first_rows.append(row)
        return len(self.parent_ids) - 1

    def extend(
        self, relation: Relation, parent_ids: Sequence[RecordId], related_ids: Sequence[RecordId], rows: Sequence[int]
    ) -> None:
        """Append many links of one relation (all of them new), each with the row that names it first."""
        if not len(parent_ids) == len(related_ids) == len(rows):
            raise ValueError("a link has two IDs and a row")
        self.parent_ids.extend(parent_ids)
        self.related_ids.extend(related_ids)
        self.first_rows.extend(rows)
        self.relation_of.extend([self._index_of(relation)] * len(rows))

    def _index_of(self, relation: Relation) -> int:
        if relation not in self.relations:
            self.relations.append(relation)
        return self.relations.index(relation)

    def __getitem__(self, number: int) -> Link:
        return Link(self.relation(number), self.parent_ids[number], self.related_ids[number])

    def relation(self, number: int) -> Relation:
        """The relation of link ``number``."""
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
        """How many links may be sent."""
        return len(self) if self.included else len(self) - len(self.suspicious)

    @property
    def first_sendable(self) -> int | None:
        """The number of the first link that may be sent; None when there is none."""
        return next(filter(self.may_be_sent, range(len(self))), None)


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
