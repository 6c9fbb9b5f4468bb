"""Our own results as a sheet that is opened again: which columns are ours, and what the sheet is.

Each function gets the ``words`` by which results are known, those that the file itself brought along before those of the
languages of this program.
"""

import re
from collections.abc import Sequence

from desktop.domain.readings import Worksheet
from desktop.domain.result_tables import (
    ENGLISH_WORDS,
    FINDING_COLUMNS,
    OUTCOME_COLUMNS,
    PREFIX,
    PROBLEM_COLUMNS,
    ResultColumn,
    ResultSheet,
    ResultWords,
    code_of,
)
from desktop.domain.row_choices import Condition, LeftOut

Words = Sequence[ResultWords]
ENGLISH: Words = (ENGLISH_WORDS,)

_FEWEST_COLUMNS = 2 + len(OUTCOME_COLUMNS)
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
# A worksheet's name has at most 31 characters, and the further worksheets of a long table get a number.
_LONGEST_NAME = 26


def worksheet_name(title: str) -> str:
    """A title as the name of a worksheet: without the signs that Excel does not take there, and not too long."""
    return _NOT_IN_A_NAME.sub("-", title)[:_LONGEST_NAME].strip("' ")


def source_width(headers: Sequence[str], words: Words) -> int:
    """How many columns, from the left, are not ours: results of results carry ours more than once."""
    width = len(headers)
    while _words_of(headers[:width], words) is not None:
        width -= len(OUTCOME_COLUMNS)
    return width


def was_written_by_us(headers: Sequence[str], words: Words) -> bool:
    """True for the headers of any table that this program writes: results, problem rows, what a look found."""
    tables = (OUTCOME_COLUMNS, PROBLEM_COLUMNS, FINDING_COLUMNS)
    return any(_ends_with(headers, _headings(one, own)) for one in words for own in tables)


def words_by_place(headers: Sequence[str]) -> ResultWords | None:
    """The words of results that are known by other means than their words: the last columns are ours, in their order."""
    if len(headers) < _FEWEST_COLUMNS:
        return None
    ours = (header.removeprefix(PREFIX * header.count(PREFIX)) for header in headers[-len(OUTCOME_COLUMNS) :])
    return ResultWords(dict(zip(OUTCOME_COLUMNS, ours, strict=True)))


def own_names(worksheets: Sequence[Worksheet], words: Words) -> ResultWords | None:
    """The words by which the worksheets of a workbook of our own results are called; None for any other workbook."""
    names = [sheet.name for sheet in worksheets]
    return next((one for one in words if names and _are_called(names, one)), None)


def to_fix_among(worksheets: Sequence[Worksheet], words: Words) -> str | None:
    """The name of the worksheet with what is to fix, in a workbook of our own results."""
    found = own_names(worksheets, words)
    return None if found is None else worksheet_name(found.sheets[ResultSheet.TO_FIX])


def left_out_before(sheet_name: str | None, headers: Sequence[str], words: Words) -> tuple[Condition, ...]:
    """In all rows of our own results: the conditions that leave out again the rows which that run left out by choice."""
    found = _words_of(headers, words)
    if found is None or _is_to_fix(sheet_name, found):
        return ()
    codes = _place_of(ResultColumn.CODE, headers)
    return tuple(Condition(codes, code_of(reason), excluded=True) for reason in LeftOut)


def note_on_results(sheet_name: str | None, headers: Sequence[str], first_row: Sequence[str], words: Words) -> str:
    """What to tell of a sheet that is known by its headers; empty for any other. ``first_row`` is the one below them."""
    found, place = _words_of(headers, words), _place_of(ResultColumn.RUN, headers)
    if found is None:
        return ""
    run = first_row[place] if place < len(first_row) else ""
    named = f"These are results of run {run}" if run else "These are results of an earlier run"
    if _is_to_fix(sheet_name, found):
        all_rows = _all_rows(found)
        return f"{named}; only what was not settled is read. Choose the worksheet “{all_rows}” to read everything."
    return f"{named}; all of its rows are read, also what was removed."


def nothing_to_fix(headers: Sequence[str], words: Words) -> str:
    """What to tell of a sheet that has no row below these headers; empty where they are not those of results."""
    if (found := _words_of(headers, words)) is None:
        return ""
    all_rows = _all_rows(found)
    return f"these are results of an earlier run with nothing left to fix; all of them are on the worksheet “{all_rows}”"


def _all_rows(words: ResultWords) -> str:
    return worksheet_name(words.sheets.get(ResultSheet.ALL_ROWS, ""))


def _words_of(headers: Sequence[str], words: Words) -> ResultWords | None:
    """The words in which the last columns are headed as results of a run."""
    return next((one for one in words if _ends_with(headers, _headings(one, OUTCOME_COLUMNS))), None)


def _place_of(column: ResultColumn, headers: Sequence[str]) -> int:
    """Where this column of the last results stands."""
    return len(headers) - len(OUTCOME_COLUMNS) + OUTCOME_COLUMNS.index(column)


def _is_to_fix(sheet_name: str | None, words: ResultWords) -> bool:
    name = words.sheets.get(ResultSheet.TO_FIX)
    return sheet_name is not None and name is not None and sheet_name.startswith(worksheet_name(name))


def _are_called(names: Sequence[str], words: ResultWords) -> bool:
    ours = (ResultSheet.SUMMARY, ResultSheet.ALL_ROWS, ResultSheet.TO_FIX)
    first, *others = (worksheet_name(words.sheets.get(one, "")) for one in ours)
    return names[0] == first and all(other and other in names for other in others)


def _headings(words: ResultWords, own: Sequence[ResultColumn]) -> tuple[str, ...]:
    """The headings of these columns; none where not all of them have a word."""
    return words.headings(own) if all(column in words.columns for column in own) else ()


def _ends_with(headers: Sequence[str], ours: Sequence[str]) -> bool:
    pairs = zip(headers[-len(ours) :], ours, strict=False)
    is_wide = 0 < len(ours) <= len(headers)
    return is_wide and all(header.removeprefix(PREFIX * header.count(PREFIX)) == own for header, own in pairs)
