"""Which row is the header, which columns hold the IDs, and which relation they mean.

Columns are found by what is in them, because headers are localised; which of the two is the parent is told by header
words that name a module, else the left one is. What the user names wins over everything.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from desktop.domain.column_titles import letter_of
from desktop.domain.readings import NO_HEADER, Cells, Columns, ReadingChoice
from desktop.domain.records import Verdict, is_blank, judge_text
from desktop.domain.relations import BUILT_IN, Relation
from desktop.sheets.cell_lists import pieces_of
from desktop.sheets.header_words import module_named_by, naming_columns, title_words
from desktop.sheets.own_results import NOTHING_TO_FIX, source_width

HEADER_ROWS = 20
_SEARCHED_ROWS = 2000
_SAMPLE_ROWS = 2000
_SAMPLE_CELLS = 400_000
ENOUGH_ROWS = _SEARCHED_ROWS + _SAMPLE_ROWS
"""Header and columns of a sheet are found in its first rows; so many below a header that was named are enough."""

_SHARE = 0.5
_LONG_ID = 15
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ColumnsNotFound(Exception):
    """No two columns of IDs; ``args[0]`` completes "the sheet has no links that could be removed: …"."""


class ChoiceNotThere(Exception):
    """The user named something that the sheet does not have; ``args[0]`` says what."""


class RelationOpen(Exception):
    """The user has to say which relation is meant, one of ``possible`` (codes); ``args[0]`` says why."""

    def __init__(self, why: str, possible: Sequence[str]) -> None:
        super().__init__(why)
        self.possible = possible


@dataclass(frozen=True, slots=True)
class Layout:
    """``header_row`` from 1 or NO_HEADER. ``relation`` is None when each row names its own."""

    header_row: int
    headers: Cells
    columns: Columns
    relation: Relation | None

    @property
    def first_row(self) -> int:
        """Index (from 0) of the first row below the header."""
        return self.header_row


def find_layout(rows: Sequence[Cells], choice: ReadingChoice) -> Layout:
    """Header, columns and relation of a sheet. Raises ColumnsNotFound, ChoiceNotThere."""
    header_row = find_header(rows) if choice.header_row is None else choice.header_row
    if not 0 <= header_row <= len(rows):
        raise ChoiceNotThere(f"it has no row {header_row}")
    width = max(map(len, rows), default=0)
    titles = rows[header_row - 1] if header_row != NO_HEADER else ()
    headers = titles + ("",) * (width - len(titles))
    sample = rows[header_row : header_row + min(_SAMPLE_ROWS, max(50, _SAMPLE_CELLS // max(1, width)))]
    module, related_list = naming_columns(headers)
    named_by_rows = module is not None and choice.relation is None
    pairs = _pairs(headers, sample, choice)
    if named_by_rows:
        parent, related = pairs[0]
        relation = None
    else:
        parent, related, relation = _with_relation(headers, pairs, choice)
    return Layout(header_row, headers, Columns(parent, related, module, related_list), relation)


def find_header(rows: Sequence[Cells]) -> int:
    """The row number (from 1) of the header above the first IDs, or NO_HEADER.

    No row that holds an ID is taken for a header, and of rows that look alike the first is: a row below the header is
    an entry with its reason, a row above it is not counted anywhere.
    """
    looked_at = rows[:_SEARCHED_ROWS]
    having = [sum(map(_holds_ids, row)) for row in looked_at[:HEADER_ROWS]]
    first = next((index for index, count in enumerate(having) if count >= 2), None)
    if first is None:
        first = next((index for index, row in enumerate(looked_at) if any(map(_holds_ids, row))), 0)
    candidates = [
        (title_words(row), sum(not is_blank(cell) for cell in row), -index)
        for index, row in enumerate(rows[: min(first, HEADER_ROWS)])
        if not having[index] and sum(not is_blank(cell) for cell in row) >= 2
    ]
    return 1 - max(candidates)[2] if candidates else NO_HEADER


def look_up(headers: Cells, text: str | int) -> int:
    """A column by exact header, then letter, then number from 1; or by its index from 0. Raises ChoiceNotThere."""
    if isinstance(text, int):
        if not 0 <= text < len(headers):
            raise ChoiceNotThere(f"there is no column {text + 1}")
        return text
    if text in headers:
        return headers.index(text)
    folded = [header.strip().casefold() for header in headers]
    if text.strip().casefold() in folded and not is_blank(text):
        return folded.index(text.strip().casefold())
    letters = [letter_of(column) for column in range(len(headers))]
    if text.upper() in letters:
        return letters.index(text.upper())
    numbers = [str(column) for column in range(1, len(headers) + 1)]
    if text in numbers:
        return numbers.index(text)
    raise ChoiceNotThere(f"there is no column “{text}”")


def _is_id_like(text: str) -> bool:
    judged = judge_text(text)
    return judged.record_id is not None or judged.verdict is Verdict.DAMAGED


def _holds_ids(cell: str) -> bool:
    return any(map(_is_id_like, pieces_of(cell)))


def _pairs(headers: Cells, sample: Sequence[Cells], choice: ReadingChoice) -> list[tuple[int, int]]:
    """Every (parent, related) that is possible, the likeliest first: what the user named, then from the left."""
    parent, related = (None if text is None else look_up(headers, text) for text in (choice.parent_column, choice.related_column))
    if parent is not None and parent == related:
        raise ChoiceNotThere("the parent and the related column are the same")
    if parent is not None and related is not None:
        return [(parent, related)]
    found = _id_columns(source_width(headers), sample)
    candidates = sorted({column for column in (*found, parent, related) if column is not None})
    if len(candidates) < 2:
        raise ColumnsNotFound(_what_was_found(len(headers), sample, found))
    return [pair for pair in permutations(candidates, 2) if parent in (None, pair[0]) and related in (None, pair[1])]


def _with_relation(headers: Cells, pairs: list[tuple[int, int]], choice: ReadingChoice) -> tuple[int, int, Relation]:
    """Columns and relation of a sheet with one relation. Raises RelationOpen when the headers do not tell."""
    if choice.relation is not None:
        wanted = choice.relation
        parent, related = max(pairs, key=lambda pair: _agreement(headers, pair, wanted))
        return parent, related, wanted
    one_named = choice.parent_column is not None or choice.related_column is not None
    named = {}
    for row in BUILT_IN:
        for relation in (row.relation, row.reverse) if one_named else (row.relation,):
            fitting = [pair for pair in pairs if relation is not None and _agreement(headers, pair, relation) == 2]
            if relation is not None and fitting:
                named[relation] = fitting[0]
    if len(named) == 1:
        (relation, (parent, related)), *_ = named.items()
        return parent, related, relation
    told = "the headers fit several kinds of links" if named else "the headers do not tell which links are meant"
    raise RelationOpen(told, [relation.code for relation in named or [row.relation for row in BUILT_IN]])


def _agreement(headers: Cells, pair: tuple[int, int], relation: Relation) -> int:
    """How many of the two headers name their end of the relation, less those that name another module."""
    wanted = (relation.parent_module, relation.related_list)
    named = [module_named_by(headers[column]) for column in pair]
    return sum((module == one) - (module not in (None, one)) for module, one in zip(named, wanted, strict=True))


def _id_columns(width: int, sample: Sequence[Cells]) -> list[int]:
    """Columns of which at least half of the filled cells hold IDs, from the left.

    When two or more hold IDs of CRM length, shorter ones (telephone numbers look like short IDs) are left out.
    """
    found, long_ones = [], []
    for column in range(width):
        cells = _filled(sample, column)
        holding = [cell for cell in cells if _holds_ids(cell)]
        if holding and len(holding) >= _SHARE * len(cells):
            found.append(column)
            if 2 * sum(_is_long(cell) for cell in holding) >= len(holding):
                long_ones.append(column)
    return long_ones if len(long_ones) >= 2 else found


def _is_long(cell: str) -> bool:
    judged = [judge_text(piece) for piece in pieces_of(cell)]
    return any(one.verdict is Verdict.DAMAGED or len(one.record_id or "") >= _LONG_ID for one in judged)


def _filled(sample: Sequence[Cells], column: int) -> list[str]:
    return [row[column] for row in sample if column < len(row) and not is_blank(row[column])]


def _what_was_found(width: int, sample: Sequence[Cells], found: list[int]) -> str:
    """What stands there in place of two columns of IDs."""
    if found:
        return f"only column {letter_of(found[0])} holds record IDs, and a second one is needed"
    filled = [row for row in sample if not all(map(is_blank, row))]
    if not filled:
        return "it has no filled rows"
    if len(filled) == 1 and source_width(filled[0]) < len(filled[0]):
        return NOTHING_TO_FIX
    if len(filled) == 1 and title_words(filled[0]):
        return "it has no rows below its header"
    with_addresses = [column for column in range(width) if _mostly(_EMAIL, _filled(sample, column))]
    if with_addresses:
        return f"column {letter_of(with_addresses[0])} holds e-mail addresses, and no column holds record IDs"
    return "no column holds record IDs"


def _mostly(pattern: re.Pattern[str], cells: Iterable[str]) -> bool:
    matches = [pattern.fullmatch(cell.strip()) is not None for cell in cells]
    return bool(matches) and 2 * sum(matches) >= len(matches)
