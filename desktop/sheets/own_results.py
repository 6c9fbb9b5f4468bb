"""Our own results as a sheet that is opened again: which columns are ours, and what the sheet is."""

from collections.abc import Sequence

from desktop.domain.readings import Worksheet
from desktop.domain.row_choices import Condition, LeftOut
from desktop.domain.texts import Text
from desktop.words.rejections import explain_left_out

OUTCOME_HEADERS: tuple[str, ...] = ("Row", "Outcome", "Cause", "What to do", "Code", "Run", "Time", "Record address")
PROBLEM_HEADERS: tuple[str, ...] = ("Row", "Problem", "Cause", "What to do")
FINDING_HEADERS: tuple[str, ...] = ("Row", "In Zoho now", "Parent name", "Related name", "Cause")
PREFIX = "Delink: "
SUMMARY, ALL_ROWS, TO_FIX = "Summary", "All rows", "To fix"


def headers_with(source: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """The source's headers, then ours, prefixed where the source already uses the name."""
    taken = {header.strip().casefold() for header in source}
    ours = []
    for header in own:
        while header.casefold() in taken:
            header = PREFIX + header
        ours.append(header)
    return (*source, *ours)


def source_width(headers: Sequence[str]) -> int:
    """How many columns, from the left, are not ours: results of results carry ours more than once."""
    width = len(headers)
    while _ends_with(headers[:width], OUTCOME_HEADERS):
        width -= len(OUTCOME_HEADERS)
    return width


def was_written_by_us(headers: Sequence[str]) -> bool:
    """True for the headers of any table that this program writes: results, problem rows, what a look found."""
    return any(_ends_with(headers, own) for own in (OUTCOME_HEADERS, PROBLEM_HEADERS, FINDING_HEADERS))


def is_own(worksheets: Sequence[Worksheet]) -> bool:
    """True for a workbook of our own results."""
    names = [sheet.name for sheet in worksheets]
    return bool(names) and names[0] == SUMMARY and {ALL_ROWS, TO_FIX} <= set(names)


def left_out_before(sheet_name: str | None, headers: Sequence[str]) -> tuple[Condition, ...]:
    """In all rows of our own results: the conditions that leave out again the rows which that run left out by choice."""
    width = source_width(headers)
    if width == len(headers) or (sheet_name is not None and sheet_name.startswith(TO_FIX)):
        return ()
    outcome = width + OUTCOME_HEADERS.index("Outcome")
    return tuple(Condition(outcome, explain_left_out(reason).title, excluded=True) for reason in LeftOut)


def note_on_results(sheet_name: str | None, run: str) -> Text:
    """What to tell of a sheet that is recognised."""
    if sheet_name is not None and sheet_name.startswith(TO_FIX):
        return Text("results-to-fix", run=run, all_rows=ALL_ROWS) if run else Text("old-results-to-fix", all_rows=ALL_ROWS)
    return Text("results-with-all-rows", run=run) if run else Text("old-results-with-all-rows")


def _ends_with(headers: Sequence[str], ours: Sequence[str]) -> bool:
    pairs = zip(headers[-len(ours) :], ours, strict=False)
    return len(headers) >= len(ours) and all(header.removeprefix(PREFIX * header.count(PREFIX)) == own for header, own in pairs)
