"""The columns of links and entries while a sheet is read, a journal is loaded or a part of a run is taken.

A builder is the only one that writes into them. ``build`` gives them away as a value and leaves the builder empty, so that
whoever still holds it cannot change what was built. The IDs and the lengths are checked there, for all links at once; what
an entry says of its row and its link is checked as it comes, because a block of rows is then known to be consecutive.
"""

from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from operator import le
from typing import TypeVar

from desktop.domain.entries import KIND_DUPLICATE, KIND_LINK, KIND_OF_REJECTION, NO_LINK, Entries, Links, Rejection
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

_OF_LINKS = bytes([KIND_LINK, KIND_DUPLICATE])
_Text = TypeVar("_Text", bound=str)


class LinksBuilder:
    """Collects links, each of which the caller has made sure is new."""

    def __init__(self, relations: Iterable[Relation] = ()) -> None:
        """``relations`` come first, in this order, whether a link has them or not."""
        self._relations: dict[Relation, int] = {}
        for relation in relations:
            self._place_of(relation)
        self._relation_of = array("H")
        self._parent_ids: list[RecordId] = []
        self._related_ids: list[RecordId] = []
        self._first_rows = array("L")

    def __len__(self) -> int:
        return len(self._parent_ids)

    @property
    def parent_ids(self) -> Sequence[RecordId]:
        """The IDs of the parents of the links so far."""
        return self._parent_ids

    @property
    def related_ids(self) -> Sequence[RecordId]:
        """The IDs of the related records of the links so far."""
        return self._related_ids

    def add(self, relation: Relation, parent_id: RecordId, related_id: RecordId, row: int) -> int:
        """Append a link and return its number."""
        self._relation_of.append(self._place_of(relation))
        self._parent_ids.append(parent_id)
        self._related_ids.append(related_id)
        self._first_rows.append(row)
        return len(self._parent_ids) - 1

    def extend(
        self, relation: Relation, parent_ids: Sequence[RecordId], related_ids: Sequence[RecordId], rows: Sequence[int]
    ) -> None:
        """Append many links of one relation, each with the row that names it first."""
        self.extend_mixed([self._place_of(relation)] * len(rows), parent_ids, related_ids, rows)

    def extend_mixed(
        self,
        relation_of: Sequence[int],
        parent_ids: Sequence[RecordId],
        related_ids: Sequence[RecordId],
        rows: Sequence[int],
    ) -> None:
        """Append many links, each with the place of its relation among those that the builder began with."""
        if not len(relation_of) == len(parent_ids) == len(related_ids) == len(rows):
            raise ValueError("a link has a relation, two IDs and a row")
        self._relation_of.extend(relation_of)
        self._parent_ids.extend(parent_ids)
        self._related_ids.extend(related_ids)
        self._first_rows.extend(rows)

    def build(self, suspicious: Collection[int] = (), *, included: bool = False) -> Links:
        """The links, with the numbers of those that are held back. Raises ValueError as :class:`Links` does."""
        relation_of, first_rows = _given_away(self._relation_of), _given_away(self._first_rows)
        relations, self._relations = tuple(self._relations), {}
        self._relation_of, self._first_rows = array("H"), array("L")
        parents, related = _emptied(self._parent_ids), _emptied(self._related_ids)
        return Links(relations, relation_of, parents, related, first_rows, frozenset(suspicious), included)

    def _place_of(self, relation: Relation) -> int:
        return self._relations.setdefault(relation, len(self._relations))


class EntriesBuilder:
    """Collects entries in the order of their rows. Raises ValueError for one that comes out of it, or contradicts itself."""

    def __init__(self) -> None:
        self._rows = array("L")
        self._parent_texts: list[str] = []
        self._related_texts: list[str] = []
        self._links = array("q")
        self._kinds = bytearray()

    def __len__(self) -> int:
        return len(self._kinds)

    def add_link(self, row: int, parent_text: str, related_text: str, link: int, *, duplicate: bool) -> None:
        """Append an entry that stands for link number ``link``."""
        if link < 0:
            raise ValueError("links are numbered from 0")
        self._add(row, parent_text, related_text, link, KIND_DUPLICATE if duplicate else KIND_LINK)

    def add_rejected(self, row: int, parent_text: str, related_text: str, rejection: Rejection) -> None:
        """Append an entry that cannot be sent."""
        self._add(row, parent_text, related_text, NO_LINK, KIND_OF_REJECTION[rejection])

    def _add(self, row: int, parent_text: str, related_text: str, link: int, kind: int) -> None:
        if self._rows and row < self._rows[-1]:
            raise ValueError("entries come in the order of their rows")
        self._rows.append(row)
        self._parent_texts.append(parent_text)
        self._related_texts.append(related_text)
        self._links.append(link)
        self._kinds.append(kind)

    def extend(
        self,
        rows: Sequence[int],
        parents: Sequence[str],
        related: Sequence[str],
        links: Sequence[int],
        kinds: bytes | bytearray,
    ) -> None:
        """Append one entry for each of these rows; a rejected one has the kind of its reason and no link."""
        if not len(rows) == len(parents) == len(related) == len(links) == len(kinds):
            raise ValueError("an entry has a row, two texts, a link or none, and a kind")
        if not _rise(rows, self._rows[-1] if self._rows else 0):
            raise ValueError("entries come in the order of their rows")
        if not _agree(links, kinds):
            raise ValueError("an entry has a link, or a reason why it has none")
        self._rows.extend(rows)
        self._parent_texts.extend(parents)
        self._related_texts.extend(related)
        self._links.extend(links)
        self._kinds.extend(kinds)

    def build(self) -> Entries:
        """Give the entries away, and begin again with none."""
        rows, links = _given_away(self._rows), _given_away(self._links)
        self._rows, self._links = array("L"), array("q")
        kinds, self._kinds = bytes(self._kinds), bytearray()
        return Entries(rows, _emptied(self._parent_texts), _emptied(self._related_texts), links, kinds)


def _given_away(column: "array[int]") -> memoryview:
    """A column through which nobody can write; as long as it lives, the array cannot grow or shrink either."""
    return memoryview(column).toreadonly()


def _emptied(column: list[_Text]) -> tuple[_Text, ...]:
    """What a list held; it lets go of it, so that a million texts are not held twice."""
    texts = tuple(column)
    column.clear()
    return texts


def _rise(rows: Sequence[int], last: int) -> bool:
    """Whether rows come in order, from the row ``last`` on."""
    if not rows:
        return True
    if isinstance(rows, range):  # as the rows of a block nearly always are
        return rows.step > 0 and rows[0] >= last
    return rows[0] >= last and all(map(le, rows, islice(rows, 1, None)))


def _agree(links: Sequence[int], kinds: bytes | bytearray) -> bool:
    """Whether the entries that have a link, and only they, are of a kind that has one."""
    if not kinds.translate(None, _OF_LINKS):
        return min(links, default=0) >= 0
    have_link = [kind in _OF_LINKS for kind in kinds]
    return all((link >= 0) if has_link else (link == NO_LINK) for link, has_link in zip(links, have_link, strict=True))
