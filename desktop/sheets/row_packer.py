"""Rows that a reader of ours finds one after the other, packed into blocks, with a limit to what they may take up.

A hostile sheet is small and lays out large: one cell in the last corner, one long text named by every cell, a row that
stands for a million. What is laid out is held against what stands in the file, while it is laid out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.extents import check_area, check_size
from desktop.sheets.merged_areas import MergedAreas
from desktop.sheets.packed_rows import BLOCK, CUT, PackedRows
from desktop.sheets.stored_cells import Place

_MOST_CHARACTERS = 400_000_000  # a full worksheet with twelve columns of IDs has 250 million
_MANY_CHARACTERS = 20_000_000
_CHARACTERS_A_BYTE = 20
_OUT_OF_ORDER = Text("cells-out-of-order")


@dataclass(frozen=True, slots=True)
class PackedSheet:
    """All rows of a worksheet from the first one to the last filled one, all of the same width."""

    blocks: list[PackedRows]
    rows: int
    columns: int


class RowPacker:
    """Takes rows from the top. ``source_bytes``: how long the XML or the records are from which they come."""

    def __init__(self, path: Path, source_bytes: int) -> None:
        self._path = path
        self._characters_left = min(_MOST_CHARACTERS, _MANY_CHARACTERS + _CHARACTERS_A_BYTE * source_bytes)
        self._blocks: list[PackedRows] = []
        self._waiting: list[list[str]] = []
        self._widest = self._columns = 0
        self._area = self._filled = 0
        self.rows = 0

    def add(self, number: int, cells: list[str], times: int = 1) -> None:
        """Take in a row by its number (from 0), which stands for as many rows below it. Raises SheetUnreadable, SheetUnsafe."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        if number < self.rows:
            raise SheetUnreadable(str(self._path), _OUT_OF_ORDER)
        check_size(self._path, number + times, len(cells))
        self._filled += len(cells) - cells.count("")
        self._characters_left -= sum(map(len, cells)) * times
        if self._characters_left < 0:
            raise SheetUnsafe(str(self._path), Text("long-texts-repeated"))
        self._put([], number - self.rows)
        self._columns = max(self._columns, len(cells))
        self._put(cells, times)

    def finished(self, merged: Iterable[tuple[Place, Place]] = ()) -> PackedSheet:
        """All rows as they are shown, with what merged areas make of them. Raises SheetUnsafe."""
        self._pack()
        check_area(self._path, self.rows * self._columns, self._filled)
        areas, blocks, first = MergedAreas(self._path, merged), list[PackedRows](), 0
        for block in self._blocks:
            blocks.append(areas.applied(first, _widened(block, self._columns)))
            first += len(block)
        return PackedSheet(blocks, self.rows, self._columns)

    def _put(self, cells: list[str], times: int) -> None:
        while times > 0:
            some = min(times, BLOCK - len(self._waiting))
            self._waiting += [cells] * some
            self._widest = max(self._widest, len(cells))
            check_area(self._path, self._area + self._widest * len(self._waiting), self._filled)
            self.rows += some
            times -= some
            if len(self._waiting) == BLOCK:
                self._pack()

    def _pack(self) -> None:
        if self._waiting:
            width = self._widest
            self._area += width * len(self._waiting)
            padding = [""] * width
            rows = [row if len(row) == width else row + padding[len(row) :] for row in self._waiting]
            self._blocks.append(PackedRows.of(rows))
            self._waiting, self._widest = [], 0


def _widened(block: PackedRows, columns: int) -> PackedRows:
    if len(block.texts) == columns:
        return block
    return PackedRows(block.count, block.texts + (CUT * (block.count - 1),) * (columns - len(block.texts)))
