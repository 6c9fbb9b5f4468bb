"""Rows that have more cells than the header, where some of the IDs in them would be read by nobody.

They come from lists that were not quoted: ``1,2,3`` or ``1,[2,3],note`` below two or three headers. Which of those IDs
belong together is a guess, so such a file is not read. A name with a comma that was not quoted makes a row longer as well,
but it brings no ID, and such a row is read as before.
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
    """``first`` is the number of the first such row, from 1; it has ``cells`` cells below ``headers`` headers."""

    count: int
    first: int
    cells: int
    headers: int

    def refusal(self) -> Text:
        """That the file is not read for their sake, and what to do."""
        if self.count == 1:
            return Text("row-overlong", **self._facts())
        return Text("rows-overlong", more=self.count - 1, **self._facts())

    def note(self) -> Text:
        """That nothing of them is read."""
        if self.count == 1:
            return Text("row-overlong-unread", **self._facts())
        return Text("rows-overlong-unread", more=self.count - 1, **self._facts())

    def _facts(self) -> dict[str, Fact]:
        return {"row": str(self.first), "cells": self.cells, "headers": Text("so-many-headers", headers=self.headers)}


def overlong_rows(blocks: Iterable[PackedRows], layout: Layout, header: Cells) -> OverlongRows | None:
    """The rows below the header with IDs that would get lost; ``header`` is that row as it stands in the file."""
    width = max((place for place, title in enumerate(header, start=1) if not is_blank(title)), default=0)
    if not width:
        return None
    found = [(number, row) for number, row in _rows_longer_than(width, blocks) if number > layout.header_row]
    lost = [(number, row) for number, row in found if _loses_ids(row, width, layout)]
    return OverlongRows(len(lost), lost[0][0], len(lost[0][1]), width) if lost else None


def _rows_longer_than(width: int, blocks: Iterable[PackedRows]) -> Iterator[tuple[int, Cells]]:
    done = 0
    for block in blocks:
        if block.widest > width:
            yield from ((done + n, row) for n, row in enumerate(block.rows(), start=1) if not all(map(is_blank, row[width:])))
        done += len(block)


def _loses_ids(row: Cells, width: int, layout: Layout) -> bool:
    """True when an ID stands in a cell that is not read: beyond the headers, or below a header that names no ID."""
    read = {layout.columns.parent, layout.columns.related}
    named = {column for column in range(width) if read_header(layout.headers[column]).has_id}
    passed_over = named - read if not read <= named else set()
    return any(
        (column >= width or column not in named or column in passed_over) and _HOLDS_ID.search(cell) is not None
        for column, cell in enumerate(row)
        if column not in read
    )
