"""Rows of a sheet packed into blocks: one text and where its cells end, so that a million rows are no million objects.

A block crosses from the reading process in one piece, a column of it is cut out quickly, a row when it is looked at.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Self, overload

from desktop.domain.entries import SheetRow

BLOCK = 5000

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackedRows:
    """A block of rows. Cell k is ``text[bounds[k]:bounds[k + 1]]``; row n has the cells ``firsts[n]`` to ``firsts[n + 1]``.

    ``width`` is the number of cells of every row, or 0 when rows differ.
    """

    text: str
    bounds: "array[int]"
    firsts: "array[int]"
    width: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> Self:
        """Pack these rows. Raises TypeError when a cell is no text."""
        widths = set(map(len, rows))
        flat = list(chain.from_iterable(rows))
        return cls(
            "".join(flat),
            array("I", accumulate(map(len, flat), initial=0)),
            array("I", accumulate(map(len, rows), initial=0)),
            widths.pop() if len(widths) == 1 else 0,
        )

    def __len__(self) -> int:
        return len(self.firsts) - 1

    @property
    def widest(self) -> int:
        """The most cells that a row has."""
        return self.width or max((len(self.row(n)) for n in range(len(self))), default=0)

    def row(self, number: int) -> Cells:
        """The cells of one row (from 0)."""
        bounds = self.bounds[self.firsts[number] : self.firsts[number + 1] + 1]
        return tuple([self.text[start:end] for start, end in pairwise(bounds)])

    def column(self, number: int) -> list[str]:
        """The cells of one column (from 0); empty text where a row is shorter."""
        text, bounds = self.text, self.bounds
        if number < self.width:
            starts, ends = bounds[number : -1 : self.width], bounds[number + 1 :: self.width]
            return [text[start:end] for start, end in zip(starts, ends, strict=True)]
        if self.width:
            return [""] * len(self)
        places = [(first + number, last) for first, last in pairwise(self.firsts)]
        return [text[bounds[place] : bounds[place + 1]] if place < last else "" for place, last in places]


class RowsBelow(Sequence[SheetRow]):
    """All rows below the header, blank ones included; the number of a row is its place in the file.

    Every block but the last one has BLOCK rows.
    """

    def __init__(self, blocks: Sequence[PackedRows], skipped: int) -> None:
        self._blocks = blocks
        self._skipped = skipped
        self._total = sum(map(len, blocks))

    def __len__(self) -> int:
        return max(0, self._total - self._skipped)

    def __iter__(self) -> Iterator[SheetRow]:
        first = 0
        for block in self._blocks:
            for number in range(max(0, self._skipped - first), len(block)):
                yield SheetRow(first + number + 1, block.row(number))
            first += len(block)

    @overload
    def __getitem__(self, index: int) -> SheetRow: ...
    @overload
    def __getitem__(self, index: slice) -> "list[SheetRow]": ...
    def __getitem__(self, index: int | slice) -> "SheetRow | list[SheetRow]":
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        place = self._skipped + (index if index >= 0 else len(self) + index)
        if not self._skipped <= place < self._total:
            raise IndexError(index)
        block, number = divmod(place, BLOCK)
        return SheetRow(place + 1, self._blocks[block].row(number))
