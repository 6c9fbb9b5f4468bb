"""What a filter can be made of: the values of a column with their counts, and columns that look like a mark.

A mark is what somebody wrote beside the rows to say which of them are meant: *delete*, *keep*, *x*. Such a column is
offered as a filter and never applied by itself.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from desktop.domain.headers import is_mark_header, is_mark_value
from desktop.domain.readings import Cancelled, SheetLinks
from desktop.domain.row_choices import LeftOut, folded

_SAMPLE_ROWS = 2000
_MOST_MARKS = 12
_ROWS_BETWEEN_LOOKS = 4096

MOST_VALUES = 1000
"""A column with more different values than these is filtered by a value that is typed."""


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """One value of a column as its first cell spells it (empty: cells that show nothing), and in how many rows it stands."""

    text: str
    rows: int


def values_of(sheet: SheetLinks, column: int, cancelled: Cancelled = lambda: False) -> list[ColumnValue] | None:
    """The values of a column (from 0), the commonest first, as the filter tells them apart; None when there are too many.

    Hidden rows that are not read are not counted. Looks at every row, so it belongs off the window's thread; when it is
    cancelled, it ends soon with what was counted so far.
    """
    hidden = {row for row, reason in sheet.left_out if reason is LeftOut.HIDDEN}
    texts: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for row in sheet.rows:
        if row.number % _ROWS_BETWEEN_LOOKS == 0 and cancelled():
            break
        if row.number in hidden:
            continue
        text = row.cells[column] if column < len(row.cells) else ""
        if text in texts:  # nearly always, so a text is folded once
            texts[text] += 1
            continue
        texts[text] = 1
        value = folded(text)
        spelled.setdefault(value, "" if not value else text.strip())
        if len(spelled) > MOST_VALUES:
            return None
    counts: Counter[str] = Counter()
    for text, rows in texts.items():
        counts[folded(text)] += rows
    return [ColumnValue(spelled[value], rows) for value, rows in counts.most_common()]


def mark_columns(sheet: SheetLinks) -> tuple[int, ...]:
    """The columns (from 0) that look like a mark by their title or by what stands in them, as far as the first rows tell."""
    ends = (sheet.columns.parent, sheet.columns.related)
    rows = list(islice(sheet.rows, _SAMPLE_ROWS))
    found = []
    for column, header in enumerate(sheet.headers):
        values = {folded(row.cells[column]) for row in rows if column < len(row.cells)} - {""}
        is_short = column not in ends and 0 < len(values) <= _MOST_MARKS
        if is_short and (is_mark_header(header) or all(map(is_mark_value, values))):
            found.append(column)
    return tuple(found)
