"""Take cells that list several related IDs apart, and decide which cells are lists at all.

An ID is sent only if it stands in a cell as one unbroken row of digits. So a cell is a list only if each of its parts is an ID
of the column's kind (:mod:`id_kinds`); otherwise the whole cell is one entry, which is rejected with all of its text.

The kind must be known while rows are still coming in. It is learned from all rows up to the first block (of some thousand rows)
that holds a cell with several parts. At the end it is learned again from the single IDs of the whole column, and links from
lists of another kind are held back.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from desktop.domain.id_kinds import IdKind
from desktop.domain.records import QUOTES, Judgement, RecordId, Verdict, is_blank
from desktop.sheets.id_columns import IdColumns

Judge = Callable[[str], Judgement]

_LIST_SIGNS = ",;|\uff0c\uff1b\uff5c\u3001\u060c\u061b"
"""What separates the IDs of a list, besides blanks: also the full-width signs, the ideographic comma and the Arabic ones."""

_SEPARATORS = re.compile(rf"[{_LIST_SIGNS}\s]+")


def pieces_of(cell: str) -> list[str]:
    """Split a cell at commas, semicolons, bars, blanks and line breaks; without any of these return the cell itself.

    Parts that are only quotation marks or apostrophes are dropped: our own .csv puts an apostrophe before a formula.
    """
    if cell.lstrip().startswith("["):
        cell = _without_brackets(cell.strip())
    if not _SEPARATORS.search(cell.strip()):
        return [cell]
    return [piece for piece in _SEPARATORS.split(cell) if not is_blank(piece.strip(QUOTES))] or [cell]


def _without_brackets(cell: str) -> str:
    """Return what stands inside the brackets of a JSON or Python list; the cell itself if it is no such list."""
    inner = cell[1:-1]
    return inner if cell.endswith("]") and not {"[", "]"}.intersection(inner) and not is_blank(inner) else cell


class CellLists:
    """Decides which cells of the related column are lists. ``judge`` says whether a text is an ID."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._kinds: list[IdKind] = []
        self._links: set[int] = set()

    def learn_kinds(self, block: IdColumns, single: Sequence[RecordId]) -> None:
        """Learn the kinds of IDs from a block of rows, before any of its cells is split; ``single`` are the related IDs of the
        rows above.
        """
        if self._kinds or None not in block.related_ids:
            return
        odd_texts = {text for text, record_id in zip(block.related, block.related_ids, strict=True) if record_id is None}
        parts = [pieces for pieces in map(pieces_of, odd_texts) if len(pieces) > 1]
        if parts:
            single_ids = [*single, *_without_none(block.related_ids), *self._ids_in(odd_texts)]
            ids_in_lists = [] if single_ids else [record_id for pieces in parts for record_id in self._ids_in(pieces)]
            self._kinds = _kinds(IdKind.of(single_ids or ids_in_lists), IdKind.of(self._ids_in(set(block.parents))))

    def entries_of(self, cell: str) -> list[str]:
        """Return the texts that become one entry each: the parts of a list, or else the whole cell."""
        if self._judge(cell).record_id is not None:
            return [cell]
        pieces = pieces_of(cell)
        if len(pieces) == 1:
            judgement = self._judge(pieces[0])
            return pieces if judgement.record_id is not None or judgement.verdict is Verdict.DAMAGED else [cell]
        ids = self._ids_in(pieces)
        return pieces if len(ids) == len(pieces) and any(kind.makes_list(ids) for kind in self._kinds) else [cell]

    def mark_as_listed(self, links: range) -> None:
        """Note that these links came from a list."""
        self._links.update(links)

    def unlike_single_ids(self, parent_ids: Sequence[RecordId], related: Sequence[RecordId]) -> set[int]:
        """Return the links from lists whose IDs are unlike the single IDs of the column.

        The arguments are the IDs of all links, by the number of the link.
        """
        parents = IdKind.of(parent_ids) if self._links else None
        unlike = [number for number in self._links if parents is None or not parents.start or not parents.fits(related[number])]
        if not unlike:  # nearly always; so the look at up to a million single IDs below is seldom paid for
            return set()
        single_ids = [record_id for number, record_id in enumerate(related) if number not in self._links]
        kinds = _kinds(IdKind.of(single_ids), parents)
        return {number for number in unlike if single_ids and not any(kind.fits(related[number]) for kind in kinds)}

    def _ids_in(self, texts: Iterable[str]) -> list[RecordId]:
        return _without_none(self._judge(text).record_id for text in texts)


def _kinds(related: IdKind | None, parents: IdKind | None) -> list[IdKind]:
    """Return the kinds to compare with. One without usual first digits is used only if the other column has none either."""
    kinds = [kind for kind in (related, parents) if kind is not None]
    return [kind for kind in kinds if kind.start] or kinds[:1]


def _without_none(ids: Iterable[RecordId | None]) -> list[RecordId]:
    return [record_id for record_id in ids if record_id is not None]
