"""Cells that list several related IDs: how they are taken apart, and which of them are lists at all.

No ID is sent that does not stand in a cell as one unbroken row of digits. So a cell is a list only if each of its parts
is an ID of the column's kind (:mod:`id_kinds`); else the whole cell is one entry, which is rejected with all of its text.

The kind has to be known while the rows are still coming in. It is learned from all rows up to the first block, of some
thousand, that holds a cell with several parts. At the end it is asked again what the single IDs of the whole column are
like, and links that came from lists of something else are held back.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from desktop.domain.id_kinds import IdKind
from desktop.domain.records import QUOTES, Judgement, RecordId, Verdict, is_blank
from desktop.sheets.id_columns import IdColumns

Judge = Callable[[str], Judgement]

_LIST_SIGNS = ",;|\uff0c\uff1b\uff5c\u3001\u060c\u061b"
"""What separates the IDs of a list beside blanks: the full-width signs, the ideographic comma and the Arabic ones too."""

_SEPARATORS = re.compile(rf"[{_LIST_SIGNS}\s]+")


def pieces_of(cell: str) -> list[str]:
    """The parts of a cell as commas, semicolons, bars, blanks and line breaks divide it; the cell itself if nothing does.

    A part of nothing but quotation marks or apostrophes says nothing; our own .csv puts an apostrophe before a formula.
    """
    if cell.lstrip().startswith("["):
        cell = _without_brackets(cell.strip())
    if not _SEPARATORS.search(cell.strip()):
        return [cell]
    return [piece for piece in _SEPARATORS.split(cell) if not is_blank(piece.strip(QUOTES))] or [cell]


def _without_brackets(cell: str) -> str:
    """What a list of JSON or Python holds; the cell itself if it is no such list."""
    inner = cell[1:-1]
    return inner if cell.endswith("]") and not {"[", "]"}.intersection(inner) and not is_blank(inner) else cell


class CellLists:
    """Decides for the cells of the related column whether they are lists. ``judge`` tells what one text is."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._kinds: list[IdKind] = []
        self._links: set[int] = set()

    def learn(self, block: IdColumns, single: Sequence[RecordId]) -> None:
        """See a block of rows before any of its cells is taken apart; ``single`` are the related IDs of the rows above."""
        if self._kinds or None not in block.related_ids:
            return
        others = {text for text, one in zip(block.related, block.related_ids, strict=True) if one is None}
        parts = [pieces for pieces in map(pieces_of, others) if len(pieces) > 1]
        if parts:
            alone = [*single, *_without_none(block.related_ids), *self._ids_in(others)]
            in_parts = [] if alone else [one for pieces in parts for one in self._ids_in(pieces)]
            self._kinds = _kinds(IdKind.of(alone or in_parts), IdKind.of(self._ids_in(set(block.parents))))

    def entries_of(self, cell: str) -> list[str]:
        """The texts that are an entry each: the parts of a list, else the whole cell."""
        if self._judge(cell).record_id is not None:
            return [cell]
        pieces = pieces_of(cell)
        if len(pieces) == 1:
            judged = self._judge(pieces[0])
            return pieces if judged.record_id is not None or judged.verdict is Verdict.DAMAGED else [cell]
        ids = self._ids_in(pieces)
        return pieces if len(ids) == len(pieces) and any(kind.makes_list(ids) for kind in self._kinds) else [cell]

    def remember(self, links: range) -> None:
        """These links came from a list."""
        self._links.update(links)

    def strangers(self, parent_ids: Sequence[RecordId], related: Sequence[RecordId]) -> set[int]:
        """The links (these are the ends of all) that came from lists, but whose IDs are unlike the single IDs of the column."""
        parents = IdKind.of(parent_ids) if self._links else None
        unlike = [number for number in self._links if parents is None or not parents.start or not parents.fits(related[number])]
        if not unlike:  # nearly always, and found out without a look at a million single IDs
            return set()
        alone = [one for number, one in enumerate(related) if number not in self._links]
        kinds = _kinds(IdKind.of(alone), parents)
        return {number for number in unlike if alone and not any(kind.fits(related[number]) for kind in kinds)}

    def _ids_in(self, texts: Iterable[str]) -> list[RecordId]:
        return _without_none(self._judge(text).record_id for text in texts)


def _kinds(related: IdKind | None, parents: IdKind | None) -> list[IdKind]:
    """The kinds that count. One without usual first digits counts only if the other column has none either."""
    kinds = [kind for kind in (related, parents) if kind is not None]
    return [kind for kind in kinds if kind.start] or kinds[:1]


def _without_none(ids: Iterable[RecordId | None]) -> list[RecordId]:
    return [one for one in ids if one is not None]
