"""Pack rows that one of our readers finds one after the other into blocks, with a limit to what they may take up.

A hostile sheet is small and lays out large: one cell in the last corner, one long text named by every cell, a row that stands
for a million. So what is laid out is compared with what stands in the file while it is laid out.
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
    """All rows of a worksheet, from the first to the last filled one, all of the same width."""

    blocks: list[PackedRows]
    rows: int
    columns: int


class RowPacker:
    """Packs rows from the top. ``source_bytes`` is the length of the XML or records from which they come."""

    def __init__(self, path: Path, source_bytes: int) -> None:
        self._path = path
        self._characters_left = min(_MOST_CHARACTERS, _MANY_CHARACTERS + _CHARACTERS_A_BYTE * source_bytes)
        self._blocks: list[PackedRows] = []
        self._parts: list[PackedRows] = []  # of the next block, without the rows in _waiting
        self._waiting: list[list[str]] = []
        self._rows_in_block = self._widest = self._columns = self._area = 0
        self.filled = 0
        self.rows = 0

    def add(self, number: int, cells: list[str], times: int = 1) -> None:
        """Add a row by its number (from 0); it stands for ``times`` rows. Raises SheetUnreadable, SheetUnsafe."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        self._check(number, times, len(cells))
        self.filled += len(cells) - cells.count("")
        self._count_characters(sum(map(len, cells)) * times)
        self._put([], number - self.rows)  # the blank rows in between
        self._columns = max(self._columns, len(cells))
        self._put(cells, times)

    def add_columns(self, number: int, columns: list[list[str]]) -> None:
        """Add consecutive rows, the first of this number (from 0), column by column: a tenth of the cost of adding rows.

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
        self._put([], number - self.rows)  # the blank rows in between
        self._columns = max(self._columns, len(columns))
        for start in _cuts(count, BLOCK - self._rows_in_block):
            rows = slice(start, min(start + BLOCK - self._rows_in_block, count))
            self._count_rows(rows.stop - start, len(columns))
            self._pack_waiting()
            self._parts.append(PackedRows(rows.stop - start, tuple([CUT.join(column[rows]) for column in columns])))
            self._pack_if_full()

    def full_blocks(self) -> list[PackedRows]:
        """Return the full blocks, each once; they are as wide as the widest row so far."""
        blocks, self._blocks = self._blocks, []
        return [_widened(block, self._columns) for block in blocks]

    def finished(self, merged: Iterable[tuple[Place, Place]] = ()) -> PackedSheet:
        """Return all rows that were not returned before, with merged areas applied. Raises SheetUnsafe."""
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
            part = min(times, BLOCK - self._rows_in_block)
            self._waiting += [cells] * part
            self._count_rows(part, len(cells))
            times -= part
            self._pack_if_full()

    def _count_rows(self, count: int, columns: int) -> None:
        """Count rows into the next block. Raises SheetUnsafe."""
        self._rows_in_block += count
        self._widest = max(self._widest, columns)
        check_area(self._path, self._area + self._widest * self._rows_in_block, self.filled)
        self.rows += count

    def _pack_if_full(self) -> None:
        if self._rows_in_block == BLOCK:
            self._pack()

    def _pack(self) -> None:
        self._pack_waiting()
        if self._parts:
            self._area += self._widest * self._rows_in_block
            self._blocks.append(_joined(self._parts, self._widest))
            self._parts, self._rows_in_block, self._widest = [], 0, 0

    def _pack_waiting(self) -> None:
        if self._waiting:
            width = max(map(len, self._waiting))
            padding = [""] * width
            rows = [row if len(row) == width else row + padding[len(row) :] for row in self._waiting]
            self._parts.append(PackedRows.of(rows))
            self._waiting = []


def _cuts(count: int, room: int) -> Iterator[int]:
    """Yield where to cut ``count`` rows, of which the first ``room`` fill the block in progress."""
    yield 0
    yield from range(room, count, BLOCK)


def _joined(parts: list[PackedRows], columns: int) -> PackedRows:
    """Join the rows of these parts to one block."""
    if len(parts) == 1:
        return _widened(parts[0], columns)
    texts = zip(*[_widened(part, columns).texts for part in parts], strict=True)
    return PackedRows(sum(map(len, parts)), tuple(map(CUT.join, texts)))


def _widened(block: PackedRows, columns: int) -> PackedRows:
    if len(block.texts) == columns:
        return block
    return PackedRows(block.count, block.texts + (CUT * (block.count - 1),) * (columns - len(block.texts)))
