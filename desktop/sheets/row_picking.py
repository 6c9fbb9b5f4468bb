"""Decide which rows of a block are meant, in bulk: by what the workbook hides and what the filter leaves out."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from desktop.domain.column_titles import letter_of
from desktop.domain.readings import Cells
from desktop.domain.row_choices import Condition, ConditionsClash, LeftOut, RowFilter
from desktop.domain.texts import Text
from desktop.sheets.columns import ChoiceNotThere, look_up
from desktop.sheets.packed_rows import PackedRows


class RowPicker:
    """Marks hidden and filtered rows. ``hidden`` are the numbers (from 1) of the hidden rows, ascending."""

    def __init__(self, hidden: "array[int]", row_filter: RowFilter, *, reads_hidden: bool) -> None:
        self._hidden = hidden
        self._filter = row_filter
        self._reads_hidden = reads_hidden

    def hidden_among(self, first: int, count: int) -> bytes | None:
        """Mark with 1 each of ``count`` rows, from number ``first`` on, that is hidden; None if none of them is."""
        start, end = bisect_left(self._hidden, first), bisect_left(self._hidden, first + count)
        if start == end:
            return None
        marks = bytearray(count)
        for row in self._hidden[start:end]:
            marks[row - first] = 1
        return bytes(marks)

    def reasons(self, rows: PackedRows, start: int, hidden: bytes | None) -> bytes | None:
        """Return for each row of a block, from ``start`` on, why it is not meant (LeftOut) or 0; None if all are meant.

        ``hidden`` is what :meth:`hidden_among` returned for these rows. The filter does not see hidden rows that are skipped.
        """
        skipped = None if self._reads_hidden else hidden
        if not self._filter:
            return skipped
        count = len(rows) - start
        admitted = self._filter.admitted(lambda column: rows.column(column)[start:], count)
        left_out = admitted.translate(_LEFT_OUT_UNLESS_ADMITTED)
        if skipped is not None:
            left_out = bytes(map(_first_reason, skipped, left_out))
        return left_out if any(left_out) else None


# A translate table: 0 (not admitted) becomes FILTERED, 1 (admitted) becomes 0.
_LEFT_OUT_UNLESS_ADMITTED = bytes([LeftOut.FILTERED, 0]) + bytes(254)


def _first_reason(hidden: int, filtered: int) -> int:
    return LeftOut.HIDDEN if hidden else filtered


def filter_of(where: Iterable[str | Condition], headers: Cells) -> tuple[tuple[Condition, ...], RowFilter]:
    """Find the columns of the conditions, and make the filter. Raises ChoiceNotThere."""
    conditions = tuple(text if isinstance(text, Condition) else condition_of(text, headers) for text in where)
    for condition in conditions:
        look_up(headers, condition.column)
    try:
        return conditions, RowFilter(conditions)
    except ConditionsClash as exc:
        title = title_of(headers, exc.args[0])
        raise ChoiceNotThere(Text("filter-clashes", title=title)) from exc


def condition_of(text: str, headers: Cells) -> Condition:
    """Read a condition such as ``COLUMN=VALUE`` or ``COLUMN!=VALUE``.

    The column ends at the first ``=`` or ``!=`` whose left side is a title or letter of the sheet, because a title may hold a
    ``=`` itself. Raises ChoiceNotThere.
    """
    ends = [place for place, sign in enumerate(text) if sign == "="]
    for end in ends:
        for name, excluded in _readings_of(text[:end]):
            if (column := _column_named(headers, name)) is not None:
                return Condition(column, text[end + 1 :], excluded)
    if not ends:
        raise ChoiceNotThere(Text("no-filter", text=text))
    columns = tuple(Text("letter-and-title", letter=letter_of(column), title=header) for column, header in enumerate(headers))
    raise ChoiceNotThere(Text("filter-without-column", text=text, known=columns))


def _readings_of(before_sign: str) -> Sequence[tuple[str, bool]]:
    """Read what stands before a ``=`` as a column, and whether the condition excludes; a title may end in ``!`` itself.

    ``!=`` is tried first: ``Status!=keep`` must never come to mean that "Status!" is keep.
    """
    return ((before_sign[:-1], True), (before_sign, False)) if before_sign.endswith("!") else ((before_sign, False),)


def _column_named(headers: Cells, name: str) -> int | None:
    """Return the column with this title or letter, or None. Raises ChoiceNotThere for a title of two columns."""
    name = name.strip()
    titles = {header.strip().casefold() for header in headers if header.strip()}
    letters = map(letter_of, range(len(headers)))
    if name.casefold() in titles or name.upper() in letters:
        return look_up(headers, name)
    return None


def title_of(headers: Cells, column: int) -> str:
    """Return a column's title, or its letter if it has none."""
    return headers[column].strip() if column < len(headers) and headers[column].strip() else letter_of(column)
