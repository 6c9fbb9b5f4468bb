"""Recognise our own results when they are opened again: which columns are ours, and what the sheet is.

Each function gets the ``words`` by which results are recognised: those that the file itself brought along come before those of
the languages of this program.
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
from desktop.domain.texts import Text

Words = Sequence[ResultWords]
ENGLISH: Words = (ENGLISH_WORDS,)

_FEWEST_COLUMNS = 2 + len(OUTCOME_COLUMNS)
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
# A worksheet's name has at most 31 characters, and the further worksheets of a long table get a number.
_LONGEST_NAME = 26


def worksheet_name(title: str) -> str:
    """Make a title the name of a worksheet: without the signs that Excel forbids there, and not too long."""
    return _NOT_IN_A_NAME.sub("-", title)[:_LONGEST_NAME].strip("' ")


def source_width(headers: Sequence[str], words: Words) -> int:
    """Count the columns, from the left, that are not ours: results of results carry ours more than once."""
    width = len(headers)
    while _words_of(headers[:width], words) is not None:
        width -= len(OUTCOME_COLUMNS)
    return width


def was_written_by_us(headers: Sequence[str], words: Words) -> bool:
    """True for the headers of any table that this program writes: results, problem rows, findings of a check."""
    tables = (OUTCOME_COLUMNS, PROBLEM_COLUMNS, FINDING_COLUMNS)
    return any(_ends_with(headers, _headings(language, own)) for language in words for own in tables)


def words_by_place(headers: Sequence[str]) -> ResultWords | None:
    """Return the words of results that are known by other means: the last columns are ours, in their order."""
    if len(headers) < _FEWEST_COLUMNS:
        return None
    ours = (header.removeprefix(PREFIX * header.count(PREFIX)) for header in headers[-len(OUTCOME_COLUMNS) :])
    return ResultWords(dict(zip(OUTCOME_COLUMNS, ours, strict=True)))


def own_names(worksheets: Sequence[Worksheet], words: Words) -> ResultWords | None:
    """Return the words that name the worksheets of a workbook of our own results; None for any other workbook."""
    names = [sheet.name for sheet in worksheets]
    return next((language for language in words if names and _are_called(names, language)), None)


def to_fix_among(worksheets: Sequence[Worksheet], words: Words) -> str | None:
    """Return the name of the worksheet of what is to fix, if the workbook holds our own results."""
    own_words = own_names(worksheets, words)
    return None if own_words is None else worksheet_name(own_words.sheets[ResultSheet.TO_FIX])


def left_out_before(sheet_name: str | None, headers: Sequence[str], words: Words) -> tuple[Condition, ...]:
    """For our own results with all rows, return conditions that leave out again the rows which that run left out by choice."""
    own_words = _words_of(headers, words)
    if own_words is None or _is_to_fix(sheet_name, own_words):
        return ()
    codes = _place_of(ResultColumn.CODE, headers)
    return tuple(Condition(codes, code_of(reason), excluded=True) for reason in LeftOut)


def note_on_results(sheet_name: str | None, headers: Sequence[str], first_row: Sequence[str], words: Words) -> Text | None:
    """Return what to say about results known by their headers, else None. ``first_row`` is the row below them."""
    own_words, place = _words_of(headers, words), _place_of(ResultColumn.RUN, headers)
    if own_words is None:
        return None
    run = first_row[place] if place < len(first_row) else ""
    if _is_to_fix(sheet_name, own_words):
        all_rows = _all_rows(own_words)
        return Text("results-to-fix", run=run, all_rows=all_rows) if run else Text("old-results-to-fix", all_rows=all_rows)
    return Text("results-with-all-rows", run=run) if run else Text("old-results-with-all-rows")


def nothing_to_fix(headers: Sequence[str], words: Words) -> Text | None:
    """Return what to say if these are headers of results and there is no row below them, else None."""
    own_words = _words_of(headers, words)
    return None if own_words is None else Text("nothing-to-fix", all_rows=_all_rows(own_words))


def _all_rows(words: ResultWords) -> str:
    return worksheet_name(words.sheets.get(ResultSheet.ALL_ROWS, ""))


def _words_of(headers: Sequence[str], words: Words) -> ResultWords | None:
    """Return the words in which the last columns are headed as results of a run."""
    return next((language for language in words if _ends_with(headers, _headings(language, OUTCOME_COLUMNS))), None)


def _place_of(column: ResultColumn, headers: Sequence[str]) -> int:
    """Return where this column of the last results stands."""
    return len(headers) - len(OUTCOME_COLUMNS) + OUTCOME_COLUMNS.index(column)


def _is_to_fix(sheet_name: str | None, words: ResultWords) -> bool:
    name = words.sheets.get(ResultSheet.TO_FIX)
    return sheet_name is not None and name is not None and sheet_name.startswith(worksheet_name(name))


def _are_called(names: Sequence[str], words: ResultWords) -> bool:
    ours = (ResultSheet.SUMMARY, ResultSheet.ALL_ROWS, ResultSheet.TO_FIX)
    first, *further = (worksheet_name(words.sheets.get(sheet, "")) for sheet in ours)
    return names[0] == first and all(name and name in names for name in further)


def _headings(words: ResultWords, own: Sequence[ResultColumn]) -> tuple[str, ...]:
    """Return the headings of these columns; empty if one of them has no word."""
    return words.headings(own) if all(column in words.columns for column in own) else ()


def _ends_with(headers: Sequence[str], ours: Sequence[str]) -> bool:
    pairs = zip(headers[-len(ours) :], ours, strict=False)
    is_wide = 0 < len(ours) <= len(headers)
    return is_wide and all(header.removeprefix(PREFIX * header.count(PREFIX)) == own for header, own in pairs)
