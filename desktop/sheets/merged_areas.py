"""Show merged areas of a worksheet: decide what each of their cells holds.

The value of an area stands in its first cell. Every row of the area gets it, in the first column, because a parent that is
merged over ten rows is the parent of all ten. The cells in the further columns show nothing. A program may have left texts of
their own in cells that an area covers; nobody sees those, so no link may come of them.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from desktop.domain.errors import SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS
from desktop.sheets.packed_rows import CUT, PackedRows
from desktop.sheets.stored_cells import Place

_MOST_STRETCHES = 4_000_000  # areas of an honest sheet are merged to few stretches in each column

Stretches = list[tuple[int, int]]
"""First and last row of each stretch, in order, none of them touching the next one."""


class MergedAreas:
    """Applies merged areas (first and last cell, row and column from 0) to blocks of rows, which must come from the top."""

    def __init__(self, path: Path, areas: Iterable[tuple[Place, Place]]) -> None:
        self._path = path
        self._lasts: dict[int, dict[int, int]] = {}
        self._wide: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for (top, left), (bottom, right) in areas:
            if left < MOST_COLUMNS and top <= bottom < 2 * MOST_ROWS:
                if bottom > top:
                    self._lasts.setdefault(left, {})[top] = bottom
                if right > left:
                    self._wide.setdefault((left, right), []).append((top, bottom))
        self._tops = {column: sorted(lasts) for column, lasts in self._lasts.items()}
        self._covered = {columns: _joined(stretches) for columns, stretches in self._wide.items()}
        self._open: dict[int, tuple[int, str]] = {}
        self._stretches_left = _MOST_STRETCHES

    def __bool__(self) -> bool:
        return bool(self._lasts or self._covered)

    def applied(self, first: int, block: PackedRows) -> PackedRows:
        """Return the block as it is shown; ``first`` is the number of its first row, from 0. Raises SheetUnsafe."""
        if not self or block.widths is not None:
            return block
        changed: dict[int, list[str]] = {}
        for column in self._tops:
            if column < len(block.texts):
                self._fill(column, first, block, changed)
        for (left, right), stretches in self._covered.items():
            self._cover(range(left + 1, min(right + 1, len(block.texts))), stretches, first, block, changed)
        if not changed:
            return block
        texts = (CUT.join(changed[column]) if column in changed else text for column, text in enumerate(block.texts))
        return PackedRows(block.count, tuple(texts))

    def _fill(self, column: int, first: int, block: PackedRows, changed: dict[int, list[str]]) -> None:
        """Copy the value of each area that begins in this column to all of its rows, until the next area begins."""
        tops, lasts, end = self._tops[column], self._lasts[column], first + len(block)
        tops_in_block = tops[bisect_left(tops, first) : bisect_left(tops, end)]
        last, value = self._open.get(column, (-1, ""))
        if not tops_in_block and last < first:
            return
        cells = changed[column] = block.column(column)
        _put(cells, first, min(last, tops_in_block[0] - 1 if tops_in_block else end - 1), first, value)
        for top, following in pairwise([*tops_in_block, end]):
            last, value = lasts[top], cells[top - first]
            _put(cells, top + 1, min(last, following - 1), first, value)
        self._open[column] = last, value

    def _cover(self, columns: range, stretches: Stretches, first: int, block: PackedRows, changed: dict[int, list[str]]) -> None:
        """Empty the cells of these stretches of rows in these columns."""
        end = first + len(block)
        start = max(bisect_left(stretches, (first, 0)) - 1, 0)
        in_block = [(top, bottom) for top, bottom in stretches[start : bisect_left(stretches, (end, 0))] if bottom >= first]
        # A hostile file could make each block go through millions of stretches in thousands of columns.
        self._stretches_left -= len(in_block) * len(columns) + 1
        if self._stretches_left < 0:
            raise SheetUnsafe(str(self._path), Text("too-many-merged-areas"))
        if not in_block:
            return
        for column in columns:
            cells = changed[column] if column in changed else block.column(column)
            changed[column] = cells
            for top, bottom in in_block:
                _put(cells, max(top, first), min(bottom, end - 1), first, "")


def _put(cells: list[str], top: int, bottom: int, first: int, value: str) -> None:
    if bottom >= top:
        cells[top - first : bottom - first + 1] = [value] * (bottom - top + 1)


def _joined(stretches: Stretches) -> Stretches:
    """Merge the stretches into as few as possible."""
    joined: Stretches = []
    for top, bottom in sorted(stretches):
        if joined and top <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], bottom)
        else:
            joined.append((top, bottom))
    return joined
