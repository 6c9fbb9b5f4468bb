"""Find rows with more cells than the header, where some of their IDs would never be read.

They come from lists that were not quoted: ``1,2,3`` or ``1,[2,3],note`` below two or three headers. Which of those IDs belong
together is a guess, so such a file is refused. An unquoted name with a comma makes a row longer as well, but it brings no ID,
and such a row is read as usual.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.headers import read_header
from desktop.domain.readings import Cells
from desktop.domain.records import is_blank
from desktop.domain.texts import Fact, Text
from desktop.sheets.columns import Layout
from desktop.sheets.packed_rows import PackedRows

_HOLDS_ID = re.compile(r"(?<![0-9])[0-9]{15,20}(?![0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class OverlongRows:
    """The rows that lose IDs. ``first`` is the number of the first one, from 1; it has ``cells`` cells below ``headers``
    headers.
    """

    count: int
    first: int
    cells: int
    headers: int

    def refusal(self) -> Text:
        """Say that the file is not read because of these rows, and what to do."""
        if self.count == 1:
            return Text("row-overlong", **self._facts())
        return Text("rows-overlong", more=self.count - 1, **self._facts())

    def note(self) -> Text:
        """Say that these rows are not read."""
        if self.count == 1:
            return Text("row-overlong-unread", **self._facts())
        return Text("rows-overlong-unread", more=self.count - 1, **self._facts())

    def _facts(self) -> dict[str, Fact]:
        return {"row": str(self.first), "cells": self.cells, "headers": Text("so-many-headers", headers=self.headers)}


def overlong_rows(blocks: Iterable[PackedRows], layout: Layout, header: Cells) -> OverlongRows | None:
    """Find the rows below the header that would lose IDs; ``header`` is the header row as it stands in the file."""
    width = max((place for place, title in enumerate(header, start=1) if not is_blank(title)), default=0)
    if not width:
        return None
    longer = [(number, row) for number, row in _rows_longer_than(width, blocks) if number > layout.header_row]
    lost = [(number, row) for number, row in longer if _loses_ids(row, width, layout)]
    return OverlongRows(len(lost), lost[0][0], len(lost[0][1]), width) if lost else None


def _rows_longer_than(width: int, blocks: Iterable[PackedRows]) -> Iterator[tuple[int, Cells]]:
    above = 0
    for block in blocks:
        if block.widest > width:
            yield from ((above + n, row) for n, row in enumerate(block.rows(), start=1) if not all(map(is_blank, row[width:])))
        above += len(block)


def _loses_ids(row: Cells, width: int, layout: Layout) -> bool:
    """True if an ID stands in a cell that is not read: beyond the headers, or below a header that names no ID."""
    ends = {layout.columns.parent, layout.columns.related}
    named_ids = {column for column in range(width) if read_header(layout.headers[column]).has_id}
    other_ids = named_ids - ends if not ends <= named_ids else set()
    return any(
        (column >= width or column not in named_ids or column in other_ids) and _HOLDS_ID.search(cell) is not None
        for column, cell in enumerate(row)
        if column not in ends
    )
