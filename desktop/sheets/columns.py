"""Which row is the header, which columns hold the IDs, and which relation they mean.

Columns of IDs are found by their cells, because headers are localised and can be renamed; the headers then say which of
them are the two ends (:mod:`ends`). What the user names wins over everything. Columns in which an export has users, layouts
and the like are never proposed, and where the headers leave the choice open, the user is asked.

A column whose first thousands of cells are empty can still be an end if its header names one: all rows at hand are then
searched for IDs, and if the sheet has more rows than those, the header alone is believed.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice

from desktop.domain.column_titles import letter_of
from desktop.domain.headers import is_title, naming_columns, read_header, title_words
from desktop.domain.readings import NO_HEADER, Cells, Columns, ReadingChoice
from desktop.domain.records import Verdict, is_blank, judge_text
from desktop.domain.relations import Relation, words_of
from desktop.domain.texts import Text, chained
from desktop.sheets.cell_lists import pieces_of
from desktop.sheets.ends import AskColumns, AskRelation, Candidates, Ends, find_ends
from desktop.sheets.own_results import ENGLISH, Words, nothing_to_fix, source_width

HEADER_ROWS = 20
_SEARCHED_ROWS = 2000
_SAMPLE_ROWS = 2000
_SAMPLE_CELLS = 400_000
ENOUGH_ROWS = _SEARCHED_ROWS + _SAMPLE_ROWS
"""How many rows are needed to find header and columns; they count from the header row, if the user named one."""

_SHARE = 0.5
_LONG_ID = 15
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SIGN_BESIDE_ID = re.compile(r"""["']?(?:zcrm_)?[0-9]{10,20}["']?([^\w\s"'.,;|-])""", re.ASCII)
_MOST_HINTS = 3
_ROWS_BELOW = 20
_CELLS_OF_A_TITLE_ROW = 500


class ColumnsNotFound(Exception):
    """There are no two columns of IDs; ``detail`` completes "the sheet has no links that could be removed: …".

    ``header_rows`` are rows (from 1) that look like a header, ``delimiter`` is a sign that stands beside the IDs.
    """

    def __init__(self, detail: Text | str, header_rows: Sequence[int] = (), delimiter: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.header_rows = tuple(header_rows)
        self.delimiter = delimiter


class ChoiceNotThere(Exception):
    """The user named something that the sheet does not have; ``detail`` says what."""

    def __init__(self, detail: Text) -> None:
        super().__init__(detail)
        self.detail = detail


class RelationOpen(Exception):
    """The user must say which relation is meant, one of ``possible`` (codes); ``detail`` says why."""

    def __init__(self, detail: Text | str, possible: Sequence[str]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.possible = possible


@dataclass(frozen=True, slots=True)
class Layout:
    """Where header and columns are. ``header_row`` counts from 1 or is NO_HEADER; ``relation`` is None if the rows name theirs.

    ``notes`` are sentences about columns beside the two that are not read.
    """

    header_row: int
    headers: Cells
    columns: Columns
    relation: Relation | None
    notes: tuple[Text, ...] = ()

    @property
    def first_row(self) -> int:
        """Index (from 0) of the first row below the header."""
        return self.header_row


def find_layout(
    rows: Sequence[Cells],
    choice: ReadingChoice,
    delimiter: str | None = None,
    hidden: Collection[int] = (),
    words: Words = ENGLISH,
) -> Layout:
    """Find header, columns and relation of a sheet; ``delimiter`` separates the columns of a text file.

    ``hidden`` are columns that the workbook does not show. One of them is used only if the visible ones do not hold both ends,
    or if the user named it, and a note says so. ``words`` tell our own results; the columns that we wrote are never used.

    Raises ColumnsNotFound, ChoiceNotThere, RelationOpen.
    """
    header_row = find_header(rows) if choice.header_row is None else choice.header_row
    if not 0 <= header_row <= len(rows):
        raise ChoiceNotThere(Text("no-such-row", row=str(header_row)))
    width = max(map(len, rows), default=0)
    titles = rows[header_row - 1] if header_row != NO_HEADER else ()
    headers = titles + ("",) * (width - len(titles))
    module, related_list = naming_columns(headers)
    named_by_rows = module is not None and choice.relation is None
    try:
        candidates = _visible_candidates(headers, rows[header_row:], choice, hidden, words, goes_on=len(rows) >= ENOUGH_ROWS)
    except ColumnsNotFound as exc:
        raise _with_hints(exc.detail, rows, header_row, delimiter) from exc
    match find_ends(headers, candidates, choice.relation, named_by_rows=named_by_rows):
        case Ends() as ends:
            columns = Columns(ends.parent, ends.related, module, related_list)
            notes = (*_notes_on(headers, ends), *_notes_on_hidden(headers, rows[header_row:], ends, hidden))
            return Layout(header_row, headers, columns, ends.relation, notes)
        case AskRelation() as question:
            detail = _hinting_at_headers(_why_open(headers, question), _rows_like_a_header(rows, header_row), rows)
            raise RelationOpen(detail, [relation.code for relation in question.possible])
        case AskColumns() as question:
            raise ChoiceNotThere(_which_columns(headers, question))


def find_header(rows: Sequence[Cells]) -> int:
    """Return the row number (from 1) of the header above the first IDs, or NO_HEADER.

    A row that holds an ID is never the header. Of rows that look alike the first is: a row below the header is an entry
    with its reason, while a row above it would not be counted anywhere.
    """
    top = rows[:_SEARCHED_ROWS]
    ids_per_row = [sum(map(_holds_ids, row)) for row in top[:HEADER_ROWS]]
    first = next((index for index, count in enumerate(ids_per_row) if count >= 2), None)
    if first is None:
        first = next((index for index, row in enumerate(top) if any(map(_holds_ids, row))), 0)
    candidates = [
        (title_words(row[:_CELLS_OF_A_TITLE_ROW]), sum(not is_blank(cell) for cell in row), -index)
        for index, row in enumerate(rows[: min(first, HEADER_ROWS)])
        if not ids_per_row[index] and sum(not is_blank(cell) for cell in row) >= 2
    ]
    return 1 - max(candidates)[2] if candidates else NO_HEADER


def look_up(headers: Cells, text: str | int) -> int:
    """Find a column by exact header, then letter, then number from 1; an int is its index from 0.

    Raises ChoiceNotThere, also if several columns have the header.
    """
    if isinstance(text, int):
        if not 0 <= text < len(headers):
            raise ChoiceNotThere(Text("no-column-of-number", number=str(text + 1)))
        return text
    folded = text.strip().casefold()
    exact = [column for column, header in enumerate(headers) if header == text]
    titled = exact or [column for column, header in enumerate(headers) if folded and header.strip().casefold() == folded]
    if len(titled) > 1:
        is_letter = text.upper() in map(letter_of, titled)
        title = text.strip()
        if is_letter:
            numbered = tuple(str(column + 1) for column in titled)
            raise ChoiceNotThere(Text("columns-of-one-title-numbered", columns=numbered, title=title))
        raise ChoiceNotThere(Text("columns-of-one-title", columns=tuple(map(letter_of, titled)), title=title))
    if titled:
        return titled[0]
    letters = [letter_of(column) for column in range(len(headers))]
    if text.upper() in letters:
        return letters.index(text.upper())
    numbers = [str(column) for column in range(1, len(headers) + 1)]
    if text in numbers:
        return numbers.index(text)
    raise ChoiceNotThere(Text("no-column-of-name", name=text))


def _is_id_like(text: str) -> bool:
    judgement = judge_text(text)
    return judgement.record_id is not None or judgement.verdict is Verdict.DAMAGED


def _holds_ids(cell: str) -> bool:
    return any(map(_is_id_like, pieces_of(cell)))


def _visible_candidates(
    headers: Cells, body: Sequence[Cells], choice: ReadingChoice, hidden: Collection[int], words: Words, *, goes_on: bool
) -> Candidates:
    """Return the visible columns that can be ends; the hidden ones too if the visible ones are not enough."""
    if hidden:
        with suppress(ColumnsNotFound):
            return _candidates(headers, body, choice, hidden, words, goes_on=goes_on)
    return _candidates(headers, body, choice, (), words, goes_on=goes_on)


def _candidates(
    headers: Cells, body: Sequence[Cells], choice: ReadingChoice, excluded: Collection[int], words: Words, *, goes_on: bool
) -> Candidates:
    """Return the columns that can be ends, by their cells; ``goes_on``: the sheet may have more rows than these."""
    parent, related = (None if text is None else look_up(headers, text) for text in (choice.parent_column, choice.related_column))
    if parent is not None and parent == related:
        raise ChoiceNotThere(Text("one-column-for-both"))
    sample, rest = body[: _sample_size(len(headers))], body[_sample_size(len(headers)) :]
    width = source_width(headers, words)
    never_ends = {column for column in range(width) if column in excluded or read_header(headers[column]).is_never_an_end}
    never_ends -= {parent, related}
    named_by_header = {column for column in range(width) if column not in never_ends and _names_ids(headers[column])}
    filled = [column for column in range(width) if column not in never_ends and _filled(sample, column)]
    further_down = [column for column in named_by_header.difference(filled) if _filled(rest, column)]
    holding_ids = _holding_ids(filled, sample, named_by_header) | _holding_ids(further_down, rest, named_by_header)
    empty_so_far = named_by_header.difference(filled, further_down) if goes_on else set()
    empty = {column for column in range(width) if is_blank(headers[column]) and not _filled(sample, column)}
    candidates = Candidates(_of_crm_length(holding_ids), frozenset(empty_so_far), frozenset(empty), parent, related)
    if len({*candidates.ids, *empty_so_far, parent, related} - {None}) < 2:
        raise ColumnsNotFound(_what_was_found(len(headers), sample, candidates.ids, _holding_ids(never_ends, sample, ()), words))
    return candidates


def _sample_size(width: int) -> int:
    return min(_SAMPLE_ROWS, max(50, _SAMPLE_CELLS // max(1, width)))


def _names_ids(header: str) -> bool:
    meaning = read_header(header)
    return meaning.end is not None and meaning.has_id and not meaning.is_lookup


def _holding_ids(columns: Iterable[int], rows: Sequence[Cells], named: Collection[int]) -> dict[int, bool]:
    """Map each column that holds IDs to whether most of them are as long as IDs of the CRM.

    At least half of the filled cells must be IDs, or one of them if the header says that they are (``named``).
    """
    has_long_ids = {}
    for column in columns:
        cells = _filled(rows, column)
        cells_with_ids = [cell for cell in cells if _holds_ids(cell)]
        if cells_with_ids and (column in named or len(cells_with_ids) >= _SHARE * len(cells)):
            has_long_ids[column] = 2 * sum(_is_long(cell) for cell in cells_with_ids) >= len(cells_with_ids)
    return has_long_ids


def _of_crm_length(holding_ids: dict[int, bool]) -> tuple[int, ...]:
    """Return these columns from the left. If two or more hold IDs of CRM length, drop the columns of shorter ones, which may be
    telephone numbers.
    """
    long_ones = [column for column, is_long in holding_ids.items() if is_long]
    return tuple(sorted(long_ones if len(long_ones) >= 2 else holding_ids))


def _is_long(cell: str) -> bool:
    judgements = [judge_text(piece) for piece in pieces_of(cell)]
    return any(judgement.verdict is Verdict.DAMAGED or len(judgement.record_id or "") >= _LONG_ID for judgement in judgements)


def _filled(sample: Sequence[Cells], column: int) -> list[str]:
    return [row[column] for row in sample if column < len(row) and not is_blank(row[column])]


def _what_was_found(width: int, sample: Sequence[Cells], ids: Sequence[int], of_owners: Collection[int], words: Words) -> Text:
    """Say what is there instead of two columns of IDs; ``of_owners`` hold IDs of users, layouts and the like."""
    if ids:
        return _besides(of_owners, Text("one-column-of-ids", column=letter_of(ids[0])))
    filled = [row for row in sample if not all(map(is_blank, row))]
    if not filled:
        return Text("no-filled-rows")
    if len(filled) == 1 and (nothing := nothing_to_fix(filled[0], words)) is not None:
        return nothing
    if len(filled) == 1 and title_words(filled[0]):
        return Text("no-rows-below-header")
    with_addresses = [column for column in range(width) if _mostly(_EMAIL, _filled(sample, column))]
    if with_addresses:
        return _besides(of_owners, Text("only-e-mail-addresses", column=letter_of(with_addresses[0])))
    return _besides(of_owners, Text("no-column-of-ids"))


def _besides(of_owners: Collection[int], found: Text) -> Text:
    """Add to what was found that IDs of owners and the like do not count."""
    if not of_owners:
        return found
    return Text("ids-of-owners-besides", found=found, count=len(of_owners), columns=_columns_named(sorted(of_owners)))


def _with_hints(detail: Text | str, rows: Sequence[Cells], header_row: int, delimiter: str | None) -> ColumnsNotFound:
    """Add to the refusal what the user may choose instead: the header row, or the delimiter of a text."""
    header_rows = _rows_like_a_header(rows, header_row)
    sign = None if delimiter is None else _sign_beside_ids(rows[:_SAMPLE_ROWS])
    if sign is not None and sign != delimiter:
        return ColumnsNotFound(Text("sign-beside-ids", found=detail, sign=sign), delimiter=sign)
    return ColumnsNotFound(_hinting_at_headers(detail, header_rows, rows), header_rows)


def _rows_like_a_header(rows: Sequence[Cells], header_row: int) -> list[int]:
    """Return rows (from 1) above IDs that look like a header; none if the row used as the header looks like one."""
    if header_row != NO_HEADER and _looks_like_a_header(rows[header_row - 1]):
        return []
    alike = (number for number, row in enumerate(rows[:_SEARCHED_ROWS], start=1) if _looks_like_a_header(row))
    return [number for number in islice(alike, _MOST_HINTS) if any(map(_holds_ids, chain(*rows[number : number + _ROWS_BELOW])))]


def _looks_like_a_header(row: Cells) -> bool:
    titles = [cell for cell in row[:_CELLS_OF_A_TITLE_ROW] if is_title(cell)]
    return len(titles) >= 2 and any(read_header(cell).has_id for cell in titles)


def _hinting_at_headers(found: Text | str, header_rows: Sequence[int], rows: Sequence[Cells]) -> Text | str:
    """Add to what was found the rows that may be the header."""
    if not header_rows:
        return found
    if len(header_rows) == 1:
        titles = [Text("in-quotes", text=cell.strip()) for cell in rows[header_rows[0] - 1] if is_title(cell)]
        return Text("row-like-a-header", found=found, row=str(header_rows[0]), titles=chained("side-by-side", titles[:2]))
    return Text("rows-like-headers", found=found, rows=tuple(map(str, header_rows)))


def _sign_beside_ids(rows: Sequence[Cells]) -> str | None:
    """Return the sign that stands beside an ID in most rows and does not separate lists."""
    signs = Counter(sign for row in rows for sign in {sign for cell in row for sign in _SIGN_BESIDE_ID.findall(cell)})
    filled = [sum(not is_blank(cell) for cell in row) for row in rows]
    if 2 * sum(count > 1 for count in filled) > len(filled):
        return None  # the columns are separated already, by the true delimiter
    sign, count = max(signs.items(), key=lambda counted: counted[1], default=("", 0))
    return sign if 2 * count > sum(map(bool, filled)) and sign.isprintable() else None


def _why_open(headers: Cells, question: AskRelation) -> Text:
    if question.are_named:
        return Text("headers-fit-several-relations")
    if question.bare is not None:
        return Text("header-without-kind", title=headers[question.bare].strip())
    return Text("headers-without-relation")


def _which_columns(headers: Cells, question: AskColumns) -> Text:
    columns = _columns_named(question.columns, headers)
    if question.module is None:
        return Text("columns-hold-ids", columns=columns)
    return Text("columns-can-each-hold", columns=columns, records=words_of(question.module).many)


def _notes_on(headers: Cells, ends: Ends) -> tuple[Text, ...]:
    notes = []
    if ends.taken_for_contacts is not None:
        title = headers[ends.taken_for_contacts].strip()
        notes.append(Text("taken-for-contacts", title=title))
    if ends.other_table:
        count, columns = len(ends.other_table), _columns_named(ends.other_table, headers)
        notes.append(Text("another-list-beside", count=count, columns=columns))
    return tuple(notes)


def _notes_on_hidden(headers: Cells, body: Sequence[Cells], ends: Ends, hidden: Collection[int]) -> list[Text]:
    """Name the hidden columns that are read, and those that hold IDs and are not read."""
    columns = sorted(column for column in hidden if column < len(headers))
    read = [column for column in columns if column in (ends.parent, ends.related)]
    not_read = _holding_ids((column for column in columns if column not in read), body[: _sample_size(len(headers))], ())
    notes = []
    if read:
        notes.append(Text("hidden-columns-read", count=len(read), columns=_columns_named(read, headers)))
    if not_read:
        columns_of_ids = _columns_named(list(not_read), headers)
        notes.append(Text("hidden-columns-not-read", count=len(not_read), columns=columns_of_ids))
    return notes


def _columns_named(columns: Sequence[int], headers: Cells = ()) -> tuple[Text | str, ...]:
    """Name columns for a sentence, by letter and title: ``B (“Contact Id”)``."""
    titles = [headers[column].strip() if column < len(headers) else "" for column in columns]
    return tuple(
        Text("letter-with-title", letter=letter_of(column), title=title) if title else letter_of(column)
        for column, title in zip(columns, titles, strict=True)
    )


def _mostly(pattern: re.Pattern[str], cells: Iterable[str]) -> bool:
    matches = [pattern.fullmatch(cell.strip()) is not None for cell in cells]
    return bool(matches) and 2 * sum(matches) >= len(matches)
