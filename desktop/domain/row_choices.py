"""Which rows of a sheet are meant: those that the workbook hides, and a filter by what stands in other columns.

A row that somebody hid or filtered away in Excel may be exactly the one that was to stay, so hidden rows that hold links
are neither sent nor left out before the user has said which. A filter never applies itself either.

How a filter reads: several values of one column are alternatives; several excluded values of one column must all differ;
conditions on different columns must all hold. A value is compared with the text of the cell, without the blanks around it
and whatever the case; an empty value means a cell that shows nothing.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import compress, groupby
from operator import and_
from unicodedata import normalize

from desktop.domain.records import is_blank
from desktop.domain.texts import Text, chained

Ranges = list[tuple[int, int, int]]
"""First row, last row, reason; as the journal keeps them."""


class HiddenRows(StrEnum):
    """What becomes of the rows that the workbook hides."""

    SKIP = "skip"
    READ = "read"


class LeftOut(IntEnum):
    """Why a row is not read as entries although it is not blank."""

    HIDDEN = 1
    FILTERED = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a column (by its index from 0): the cell is ``value``, or with ``excluded`` anything else."""

    column: int
    value: str
    excluded: bool = False

    def __post_init__(self) -> None:
        if self.column < 0:
            raise ValueError("columns are counted from 0; below it another column would be asked, from the end of the row")


class ConditionsClash(ValueError):
    """One column is asked for with values and with excluded values; ``args[0]`` is its index from 0."""


def folded(text: str) -> str:
    """A cell or value as a filter compares it: an accent is the same whether it is a sign of its own or not."""
    return "" if is_blank(text) else normalize("NFC", text.strip()).casefold()


@dataclass(frozen=True, slots=True)
class _Rule:
    values: frozenset[str]
    excluded: bool

    def admits(self, text: str) -> bool:
        return (folded(text) in self.values) is not self.excluded


class RowFilter:
    """A filter of rows: conditions by column. Raises ConditionsClash for some that contradict each other."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        by_column: dict[int, list[Condition]] = {}
        for condition in conditions:
            by_column.setdefault(condition.column, []).append(condition)
        self._rules: dict[int, _Rule] = {}
        for column, together in by_column.items():
            if len({one.excluded for one in together}) > 1:
                raise ConditionsClash(column)
            self._rules[column] = _Rule(frozenset(folded(one.value) for one in together), together[0].excluded)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def admitted(self, column_of: Callable[[int], Sequence[str]], rows: int) -> bytes:
        """For each of ``rows`` rows 1 where all conditions hold, else 0. ``column_of`` gives the cells of a column.

        A column of a million cells has few different texts, so each text is judged once.
        """
        admitted = bytes([1]) * rows
        for column, rule in self._rules.items():
            cells = column_of(column)
            judged = {text: rule.admits(text) for text in set(cells)}
            admitted = bytes(map(and_, admitted, map(judged.__getitem__, cells)))
        return admitted


class RowsLeftOut:
    """The rows that are not read as entries, by their numbers in the sheet, ascending, each with its reason."""

    def __init__(self) -> None:
        self._rows = array("L")
        self._reasons = bytearray()

    @classmethod
    def of_ranges(cls, ranges: Iterable[Sequence[int]]) -> "RowsLeftOut":
        """Make them of the ranges that a journal keeps."""
        made = cls()
        for first, last, reason in ranges:
            made.add(range(first, last + 1), bytes([LeftOut(reason)]) * (last - first + 1))
        return made

    def add(self, numbers: Sequence[int], reasons: bytes | bytearray) -> None:
        """Take in those of consecutive rows that have a reason; 0 means that the row is read."""
        if len(numbers) != len(reasons):
            raise ValueError("each row has a reason, or 0")
        self._rows.extend(compress(numbers, reasons))
        self._reasons += reasons.replace(b"\0", b"")

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tuple[int, LeftOut]]:
        return zip(self._rows, map(LeftOut, self._reasons), strict=True)

    def count(self, reason: LeftOut) -> int:
        """How many rows are left out for this reason."""
        return self._reasons.count(reason)

    def ranges(self) -> Ranges:
        """The same as runs of rows with one reason."""
        runs = groupby(enumerate(zip(self._rows, self._reasons, strict=True)), key=lambda one: (one[1][0] - one[0], one[1][1]))
        found = []
        for (_, reason), run in runs:
            numbers = [row for _, (row, _) in run]
            found.append((numbers[0], numbers[-1], reason))
        return found


@dataclass(frozen=True, slots=True)
class HiddenCounts:
    """The hidden rows below the header of a sheet, and how many of them hold a link.

    ``are_known`` is False for a workbook that hides rows perhaps and does not tell which.
    """

    rows: int = 0
    with_links: int = 0
    are_known: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.with_links <= self.rows:
            raise ValueError("some of the hidden rows hold links, and no others do")


def filter_in_words(conditions: Sequence[Condition], title_of: Callable[[int], str]) -> Text | str:
    """The filter for people: ``“Status” is “Unsubscribed” or “Bounced” and “Keep” is not empty``; empty without conditions."""
    if not conditions:
        return ""
    by_column: dict[int, list[Condition]] = {}
    for condition in conditions:
        by_column.setdefault(condition.column, []).append(condition)
    rules = [_rule_in_words(title_of(column), together) for column, together in by_column.items()]
    return chained("both-hold", rules)


def _rule_in_words(title: str, conditions: Sequence[Condition]) -> Text:
    values = [Text("empty-value") if is_blank(one.value) else Text("in-quotes", text=one.value.strip()) for one in conditions]
    if conditions[0].excluded:
        return Text("column-is-not", title=title, values=chained("and-not", values))
    return Text("column-is", title=title, values=chained("or-else", values))
