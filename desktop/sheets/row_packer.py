"""Rows that a reader of ours finds one after the other, packed into blocks, with a limit to what they may take up.

A hostile sheet is small and lays out large: one cell in the last corner, one long text named by every cell, a row that
stands for a million. What is laid out is held against what stands in the file, while it is laid out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
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
        self._parts: list[PackedRows] = []  # of the next block, all but the rows that wait
        self._waiting: list[list[str]] = []
        self._held = self._widest = self._columns = self._area = 0
        self.filled = 0
        self.rows = 0

    def add(self, number: int, cells: list[str], times: int = 1) -> None:
        """Take in a row by its number (from 0), which stands for as many rows below it. Raises SheetUnreadable, SheetUnsafe."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        self._check(number, times, len(cells))
        self.filled += len(cells) - cells.count("")
        self._count_characters(sum(map(len, cells)) * times)
        self._put([], number - self.rows)
        self._columns = max(self._columns, len(cells))
        self._put(cells, times)

    def add_columns(self, number: int, columns: list[list[str]]) -> None:
        """Take in consecutive rows by the number of the first one (from 0), column by column, which costs a tenth.

        Raises SheetUnreadable, SheetUnsafe.
        """
        while columns and not any(columns[-1]):
            columns.pop()
        if not columns:
            return
        count = len(columns[0])
        while not any(column[count - 1] for column in columns):
            count -= 1
        self._check(number, count, len(columns))
        self.filled += sum(len(column) - column.count("") for column in columns)
        self._count_characters(sum(map(len, chain.from_iterable(columns))))
        self._put([], number - self.rows)
        self._columns = max(self._columns, len(columns))
        for start in _cuts(count, BLOCK - self._held):
            rows = slice(start, min(start + BLOCK - self._held, count))
            self._hold(rows.stop - start, len(columns))
            self._pack_waiting()
            self._parts.append(PackedRows(rows.stop - start, tuple([CUT.join(column[rows]) for column in columns])))
            self._pack_if_full()

    def full_blocks(self) -> list[PackedRows]:
        """The blocks that are full, each of them given once; they are as wide as the widest row so far."""
        blocks, self._blocks = self._blocks, []
        return [_widened(block, self._columns) for block in blocks]

    def finished(self, merged: Iterable[tuple[Place, Place]] = ()) -> PackedSheet:
        """All rows that were not given before, as they are shown, with what merged areas make of them. Raises SheetUnsafe."""
        self._pack()
        check_area(self._path, self.rows * self._columns, self.filled)
        areas, blocks, first = MergedAreas(self._path, merged), list[PackedRows](), 0
        for block in self._blocks:
            blocks.append(areas.applied(first, _widened(block, self._columns)))
            first += len(block)
        return PackedSheet(blocks, self.rows, self._columns)

    def _check(self, number: int, count: int, columns: int) -> None:
        if number < self.rows:
            raise SheetUnreadable(str(self._path), _OUT_OF_ORDER)
        check_size(self._path, number + count, columns)

    def _count_characters(self, count: int) -> None:
        self._characters_left -= count
        if self._characters_left < 0:
            raise SheetUnsafe(str(self._path), Text("long-texts-repeated"))

    def _put(self, cells: list[str], times: int) -> None:
        while times > 0:
            some = min(times, BLOCK - self._held)
            self._waiting += [cells] * some
            self._hold(some, len(cells))
            times -= some
            self._pack_if_full()

    def _hold(self, count: int, columns: int) -> None:
        """Count rows into the next block. Raises SheetUnsafe."""
        self._held += count
        self._widest = max(self._widest, columns)
        check_area(self._path, self._area + self._widest * self._held, self.filled)
        self.rows += count

    def _pack_if_full(self) -> None:
        if self._held == BLOCK:
            self._pack()

    def _pack(self) -> None:
        self._pack_waiting()
        if self._parts:
            self._area += self._widest * self._held
            self._blocks.append(_joined(self._parts, self._widest))
            self._parts, self._held, self._widest = [], 0, 0

    def _pack_waiting(self) -> None:
        if self._waiting:
            width = max(map(len, self._waiting))
            padding = [""] * width
            rows = [row if len(row) == width else row + padding[len(row) :] for row in self._waiting]
            self._parts.append(PackedRows.of(rows))
            self._waiting = []


def _cuts(count: int, room: int) -> Iterator[int]:
    """Where to cut so many rows, of which the first ``room`` fill the block that is begun."""
    yield 0
    yield from range(room, count, BLOCK)


def _joined(parts: list[PackedRows], columns: int) -> PackedRows:
    """The rows of these parts in one block."""
    if len(parts) == 1:
        return _widened(parts[0], columns)
    texts = zip(*[_widened(part, columns).texts for part in parts], strict=True)
    return PackedRows(sum(map(len, parts)), tuple(map(CUT.join, texts)))


def _widened(block: PackedRows, columns: int) -> PackedRows:
    if len(block.texts) == columns:
        return block
    return PackedRows(block.count, block.texts + (CUT * (block.count - 1),) * (columns - len(block.texts)))
