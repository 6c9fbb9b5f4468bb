"""What is remembered of how a sheet was read, and when it holds again: the columns and the relation of the same headers.

*The same headers* are the same titles in the same order, whatever their capitals and blanks. Of a sheet are kept a digest
of its titles and the numbers of columns: a row that was taken for the header by mistake may hold IDs. Fill down and
suspicious IDs are decisions about one sheet and are never remembered.

Which rows were meant is remembered too, but never applied: it is offered, and the user clicks it or does not. The values
of a filter are kept as they were chosen. They are the only text of a sheet that is, and they stay in the program's folder.
A filter of an ID column is not remembered: records of last time say nothing about this time.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.domain.errors import RelationNotAllowed
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import check_allowed, parse_relation
from desktop.domain.row_choices import Condition, HiddenRows

_LEAST_TITLES = 2
_MOST_CONDITIONS = 100


@dataclass(frozen=True, slots=True)
class RowsBefore:
    """Which rows of a sheet with the same headers were meant last time; ``hidden_rows`` is None where nothing was said."""

    hidden_rows: HiddenRows | None
    where: tuple[Condition, ...]


def digest_of_headers(headers: Iterable[str]) -> str | None:
    """The name under which these headers are remembered; None for too few titles to be known again."""
    titles = [" ".join(header.split()).casefold() for header in headers]
    while titles and not titles[-1]:
        titles.pop()
    return _digest("\n".join(titles).encode("utf-8", "surrogatepass")) if sum(map(bool, titles)) >= _LEAST_TITLES else None


def digest_of_line(line: bytes) -> str | None:
    """The name under which the line of titles of a text file is remembered, as its bytes; None for a blank one."""
    bare = line.strip()
    return _digest(b"line\n" + bare) if bare else None


def columns_to_remember(sheet: SheetLinks) -> dict[str, object]:
    """Columns (from 1) and relation of a sheet, as JSON."""
    relation = None if sheet.columns.related_list is not None else next(iter(sheet.relations), None)
    return {
        "parent": sheet.columns.parent + 1,
        "related": sheet.columns.related + 1,
        "relation": relation.code if relation is not None else None,
    }


def with_columns(choice: ReadingChoice, kept: object, header_row: int) -> ReadingChoice | None:
    """The choice with what was remembered under the headers in this row; None when that is damaged or not allowed."""
    match kept:
        case {"parent": int(parent), "related": int(related), "relation": str() | None as code} if parent > 0 < related:
            pass
        case _:
            return None
    try:
        relation = None if code is None else check_allowed(parse_relation(code))
    except RelationNotAllowed:
        return None
    return replace(choice, relation=relation, parent_column=str(parent), related_column=str(related), header_row=header_row)


def rows_to_remember(sheet: SheetLinks) -> dict[str, object]:
    """What the user said of the rows of a sheet, as JSON; a filter whole or not at all, for a part of one lets more through."""
    conditions = [one for one in sheet.choice.where if isinstance(one, Condition)]
    ids = (sheet.columns.parent, sheet.columns.related)
    if len(conditions) > _MOST_CONDITIONS or any(one.column in ids for one in conditions) or sheet.reading.is_own_results:
        conditions = []
    return {
        "hidden_rows": sheet.choice.hidden_rows,
        "where": [{"column": one.column + 1, "value": one.value, "excluded": one.excluded} for one in conditions],
    }


def rows_before(kept: object, columns: int) -> RowsBefore | None:
    """What was remembered of the rows, for a sheet of so many columns; None when that is nothing, or damaged."""
    if not isinstance(kept, Mapping):
        return None
    hidden, listed = kept.get("hidden_rows"), kept.get("where")
    where = [_condition(one) for one in listed] if isinstance(listed, list) else []
    known = tuple(one for one in where if one is not None and one.column < columns)
    if hidden not in (None, *HiddenRows) or len(known) < len(where):
        return None
    found = RowsBefore(None if hidden is None else HiddenRows(hidden), known)
    return found if found.hidden_rows or found.where else None


def _condition(kept: object) -> Condition | None:
    match kept:
        case {"column": int(column), "value": str(value), "excluded": bool(excluded)} if column > 0:
            return Condition(column - 1, value, excluded)
    return None


def format_to_remember(choice: ReadingChoice) -> dict[str, object] | None:
    """Encoding and delimiter where the user named one, as JSON."""
    named = {"encoding": choice.encoding, "delimiter": choice.delimiter}
    return {**named} if any(named.values()) else None


def with_format(choice: ReadingChoice, kept: object) -> ReadingChoice | None:
    """The choice with the encoding and delimiter that were remembered; None when that is damaged."""
    if not isinstance(kept, Mapping):
        return None
    encoding, delimiter = kept.get("encoding"), kept.get("delimiter")
    if not isinstance(encoding, str | None) or not isinstance(delimiter, str | None):
        return None
    return replace(choice, encoding=encoding, delimiter=delimiter)


def _digest(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()[:32]
