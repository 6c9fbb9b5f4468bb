"""Rows of a sheet packed into blocks, one text per column, so that a million rows are not a million objects.

A block crosses from the reading process in a few pieces. A column of it is split in one step; rows only when they are needed.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import Self, overload

from desktop.domain.entries import SheetRow
from desktop.domain.readings import Cells

BLOCK = 5000
CUT = "\0"
"""Separates the cells of a packed text, and therefore never stands in a cell."""

_UNPACKED = 4


@dataclass(frozen=True, slots=True)
class PackedRows:
    """A block of ``count`` rows. ``texts[k]`` holds the cells of column k.

    If rows differ in width, ``widths`` has their widths, and ``texts`` is one text of all cells, row after row.
    """

    count: int
    texts: tuple[str, ...]
    widths: "array[int] | None" = None

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> Self:
        """Pack these rows. Raises TypeError if a cell is no text, ValueError if one holds CUT."""
        if len(set(map(len, rows))) <= 1:
            return cls(len(rows), tuple(map(_joined, zip(*rows, strict=True))))
        return cls(len(rows), (_joined(list(chain.from_iterable(rows))),), array("I", map(len, rows)))

    def __len__(self) -> int:
        return self.count

    @property
    def widest(self) -> int:
        """Return the width of the widest row."""
        return len(self.texts) if self.widths is None else max(self.widths)

    def rows(self) -> list[Cells]:
        """Return the cells of each row."""
        if self.widths is not None:
            cells = self.texts[0].split(CUT)
            return [tuple(cells[start:end]) for start, end in pairwise(accumulate(self.widths, initial=0))]
        columns = [text.split(CUT) for text in self.texts]
        return list(zip(*columns, strict=True)) if columns else [()] * self.count

    def column(self, number: int) -> list[str]:
        """Return the cells of one column (from 0); empty text where a row is shorter."""
        if self.widths is not None:
            return [row[number] if number < len(row) else "" for row in self.rows()]
        return self.texts[number].split(CUT) if number < len(self.texts) else [""] * self.count


def _joined(cells: Sequence[str]) -> str:
    text = CUT.join(cells)
    if text.count(CUT) >= len(cells):
        raise ValueError("a cell holds a zero character")
    return text


class RowsBelow(Sequence[SheetRow]):
    """All rows below the header, blank ones included; the number of a row is its place in the file.

    Every block but the last has BLOCK rows. The blocks used last stay unpacked, because neighbours of a row are usually read
    next. Any thread may read.
    """

    def __init__(self, blocks: Sequence[PackedRows], skipped: int) -> None:
        self._blocks = blocks
        self._skipped = skipped
        self._total = sum(map(len, blocks))
        self._rows_of = lru_cache(_UNPACKED)(lambda block: blocks[block].rows())

    def __len__(self) -> int:
        return max(0, self._total - self._skipped)

    def __iter__(self) -> Iterator[SheetRow]:
        first = 0
        for block in self._blocks:
            start = max(0, self._skipped - first)
            for number, cells in enumerate(islice(block.rows(), start, None), first + start + 1):
                yield SheetRow(number, cells)
            first += len(block)

    @overload
    def __getitem__(self, index: int) -> SheetRow: ...
    @overload
    def __getitem__(self, index: slice) -> "list[SheetRow]": ...
    def __getitem__(self, index: int | slice) -> "SheetRow | list[SheetRow]":
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = self._skipped + (index if index >= 0 else len(self) + index)
        if not self._skipped <= place < self._total:
            raise IndexError(index)
        block, number = divmod(place, BLOCK)
        return SheetRow(place + 1, self._rows_of(block)[number])
