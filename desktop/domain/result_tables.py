"""Results as they are handed to whoever writes them into a file, and what says of such a file, opened again, that it is ours.

Headings and the names of worksheets are words of the user's language, so a file that was written in one language is opened by
a program that speaks another. What is meant by a column or a worksheet is therefore a code (:class:`ResultColumn`,
:class:`ResultSheet`), and these are the ways from the words back to the codes:

1. A workbook brings its own words along: its document properties, which are named by the codes and so alike in all languages,
   say how each column and worksheet of ours is called in this file.
2. A file without them (a .csv, a workbook of an earlier version, one that another program saved in its own format) is known by
   the words of English and of every language that this program has.
3. A .csv whose words nobody knows is ours if a run recorded its digest; its last columns are then ours, in their fixed order.

Which rows a run left out is read from the column of codes, never from words: a translator may mend a word at any time, and a
row that was to stay must not be sent for that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from desktop.domain.outcomes import AS_MEANT, Outcome
from desktop.domain.row_choices import LeftOut


class ResultColumn(StrEnum):
    """The columns that we write beside those of the sheet; the values stand in the properties of workbooks."""

    ROW = "row"
    OUTCOME = "outcome"
    PROBLEM = "problem"
    FOUND = "found"
    PARENT_NAME = "parent_name"
    RELATED_NAME = "related_name"
    CAUSE = "cause"
    WHAT_TO_DO = "what_to_do"
    CODE = "code"
    RUN = "run"
    TIME = "time"
    ADDRESS = "address"


class ResultSheet(StrEnum):
    """The worksheets that we write; the values stand in the properties of workbooks."""

    SUMMARY = "summary"
    ALL_ROWS = "all_rows"
    TO_FIX = "to_fix"
    NOT_PUT_BACK = "not_put_back"
    PROBLEM_ROWS = "problem_rows"
    FOUND = "found"


# Files are known by these orders, so they never change.
OUTCOME_COLUMNS: tuple[ResultColumn, ...] = (
    ResultColumn.ROW,
    ResultColumn.OUTCOME,
    ResultColumn.CAUSE,
    ResultColumn.WHAT_TO_DO,
    ResultColumn.CODE,
    ResultColumn.RUN,
    ResultColumn.TIME,
    ResultColumn.ADDRESS,
)
PROBLEM_COLUMNS: tuple[ResultColumn, ...] = (
    ResultColumn.ROW,
    ResultColumn.PROBLEM,
    ResultColumn.CAUSE,
    ResultColumn.WHAT_TO_DO,
)
FINDING_COLUMNS: tuple[ResultColumn, ...] = (
    ResultColumn.ROW,
    ResultColumn.FOUND,
    ResultColumn.PARENT_NAME,
    ResultColumn.RELATED_NAME,
    ResultColumn.CAUSE,
)
PREFIX = "Delink: "
"""Stands before a heading of ours that the sheet has already; the name of the program is the same in all languages."""


@dataclass(frozen=True, slots=True)
class ResultWords:
    """How the columns and worksheets of ours are called: in one language, or in one file."""

    columns: Mapping[ResultColumn, str] = field(default_factory=dict)
    sheets: Mapping[ResultSheet, str] = field(default_factory=dict)

    def headings(self, columns: Sequence[ResultColumn]) -> tuple[str, ...]:
        """The headings of these columns. Raises KeyError for a column that has no word."""
        return tuple(self.columns[column] for column in columns)


# The words of the versions that spoke English only. They stay as they are, whatever English says today.
ENGLISH_WORDS = ResultWords(
    {
        ResultColumn.ROW: "Row",
        ResultColumn.OUTCOME: "Outcome",
        ResultColumn.PROBLEM: "Problem",
        ResultColumn.FOUND: "In Zoho now",
        ResultColumn.PARENT_NAME: "Parent name",
        ResultColumn.RELATED_NAME: "Related name",
        ResultColumn.CAUSE: "Cause",
        ResultColumn.WHAT_TO_DO: "What to do",
        ResultColumn.CODE: "Code",
        ResultColumn.RUN: "Run",
        ResultColumn.TIME: "Time",
        ResultColumn.ADDRESS: "Record address",
    },
    {
        ResultSheet.SUMMARY: "Summary",
        ResultSheet.ALL_ROWS: "All rows",
        ResultSheet.TO_FIX: "To fix",
        ResultSheet.NOT_PUT_BACK: "Not put back",
        ResultSheet.PROBLEM_ROWS: "Problem rows",
        ResultSheet.FOUND: "In Zoho now",
    },
)


@dataclass(frozen=True, slots=True)
class KnownResults:
    """What this program knows of results: the words of its languages, and ``run_of``, the run that recorded a file of results
    with this digest (SHA-256); empty where none did.
    """

    words: tuple[ResultWords, ...] = (ENGLISH_WORDS,)
    run_of: Callable[[str], str] = lambda _: ""


ONLY_ENGLISH = KnownResults()


def code_of(reason: LeftOut) -> str:
    """What the column of codes says of a row that a run left out."""
    return reason.name.lower()


def headers_with(source: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """The source's headers, then ours, prefixed where the source already uses the name."""
    taken = {header.strip().casefold() for header in source}
    ours = []
    for header in own:
        while header.casefold() in taken:
            header = PREFIX + header
        taken.add(header.casefold())
        ours.append(header)
    return (*source, *ours)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line: all cells as text; the outcome for its colour (None: the entry was rejected)."""

    cells: tuple[str, ...]
    outcome: Outcome | None

    @property
    def needs_work(self) -> bool:
        """True for what is not as the run wanted it."""
        return self.outcome not in AS_MEANT


class ResultTable(Protocol):
    """A table to write: the name of its worksheet, its headings, which columns the last of them are, and its lines, as often
    as asked for.
    """

    @property
    def title(self) -> str: ...
    @property
    def headers(self) -> Sequence[str]: ...
    @property
    def own(self) -> Sequence[ResultColumn]: ...
    def count(self) -> int:
        """Return how many lines there are, without making them."""
        ...

    def __iter__(self) -> Iterator[ResultLine]: ...


@dataclass(frozen=True, slots=True)
class Section:
    """Some facts under a heading, each with its label; a number stays a number."""

    heading: str
    facts: Sequence[tuple[str, str | int]]


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """The first page of a workbook: the name of its worksheet, the heading at its top, and its facts."""

    title: str
    heading: str
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class ResultBook:
    """A file of results. The first of its ``tables`` holds all that there is to tell, and stands alone in a .csv.

    ``footer`` is the line below each printed page, with ``{page}`` and ``{pages}`` where the numbers go. ``run`` and ``words``
    become document properties, by which the workbook is known as results of that run. ``right_to_left``: the first column of a
    workbook stands at the right, as people expect whose language is read from there.
    """

    tables: Sequence[ResultTable]
    footer: str
    summary: Callable[[], SummaryPage] | None = None
    run: str = ""
    words: ResultWords = field(default_factory=ResultWords)
    right_to_left: bool = False


class RowsMissing(Exception):
    """The record of a run lacks rows that its entries name, so its results would be wrong."""
