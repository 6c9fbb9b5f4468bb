"""Which row is the header, which columns hold the IDs, and which relation they mean.

Columns are found by what is in them, because headers are localised; which of the two is the parent is told by header
words that name a module, else the left one is. What the user names wins over everything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from desktop.domain.readings import NO_HEADER, Columns, ReadingChoice
from desktop.domain.records import Verdict, is_blank, judge_text
from desktop.domain.relations import BUILT_IN, MODULES, Relation, canonical_module

Cells = tuple[str, ...]

_HEADER_ROWS = 20
_SAMPLE_ROWS = 2000
_SHARE = 0.5
_SEPARATORS = re.compile(r"[,;|\s]+")
_LIST_WORDS = ("related list", "list name", "relatedlist")
_MODULE_WORDS = ("parent module", "module")


class ColumnsNotFound(Exception):
    """No two columns of IDs, or a choice that does not fit; ``args[0]`` completes a sentence about the file."""


class ChoiceNotThere(ColumnsNotFound):
    """The user named a column or row that the sheet does not have."""


@dataclass(frozen=True, slots=True)
class Layout:
    """``header_row`` from 1 or NO_HEADER; ``first_row`` (from 0) is where the data begin; relation None: by columns."""

    header_row: int
    headers: Cells
    columns: Columns
    relation: Relation | None

    @property
    def first_row(self) -> int:
        """Index of the first row below the header."""
        return self.header_row


def find_layout(rows: Sequence[Cells], choice: ReadingChoice) -> Layout:
    """Header, columns and relation of a sheet. Raises ColumnsNotFound with words for people."""
    header_row = _find_header(rows) if choice.header_row is None else choice.header_row
    if header_row > len(rows):
        raise ChoiceNotThere(f"it has no row {header_row}")
    width = max((len(row) for row in rows[:_SAMPLE_ROWS]), default=0)
    headers = rows[header_row - 1] + ("",) * (width - len(rows[header_row - 1])) if header_row != NO_HEADER else ("",) * width
    sample = rows[header_row : header_row + _SAMPLE_ROWS]
    module, related_list = _naming_columns(headers)
    parent, related, relation = _choose_columns(headers, sample, choice, by_columns=related_list is not None)
    by_columns = choice.relation is None and relation is None and related_list is not None
    if relation is None and not by_columns:
        raise ColumnsNotFound(
            "the headers do not tell which links are meant; choose one of " + ", ".join(row.relation.code for row in BUILT_IN)
        )
    columns = Columns(parent, related, module if by_columns else None, related_list if by_columns else None)
    return Layout(header_row, headers, columns, relation)


def pieces_of(cell: str) -> list[str]:
    """The related texts of a cell: its parts when one of them is an ID, else the cell as a whole."""
    if not _SEPARATORS.search(cell.strip()):
        return [cell]
    if _is_id_like(cell):
        return [cell]
    pieces = [piece for piece in _SEPARATORS.split(cell) if not is_blank(piece)]
    return pieces if any(_is_id_like(piece) for piece in pieces) else [cell]


def letter_of(column: int) -> str:
    """The spreadsheet's name of a column (from 0): A, B … AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def module_named_by(header: str) -> str | None:
    """The module that a header names ("Campaign Id", "Account Name.id"), or None."""
    folded = f" {re.sub(r'[^a-z]+', ' ', header.lower()).strip()} "
    for module, words in MODULES.items():
        names = {words.one.lower(), words.many.lower(), module.lower().replace("_", " ").strip().removesuffix(" s")}
        if any(f" {name} " in folded for name in names):
            return module
    return "Deals" if " potential " in folded or " potentials " in folded else None


def _is_id_like(text: str) -> bool:
    judged = judge_text(text)
    return judged.record_id is not None or judged.verdict is Verdict.DAMAGED


def _holds_ids(cell: str) -> bool:
    return any(_is_id_like(piece) for piece in pieces_of(cell))


def _find_header(rows: Sequence[Cells]) -> int:
    """The row number (from 1) of the header above the first ID, or NO_HEADER."""
    first = next((index for index, row in enumerate(rows[: 10 * _HEADER_ROWS]) if any(map(_holds_ids, row))), None)
    if not first:
        return NO_HEADER
    candidates = [
        (_header_words(row), index)
        for index, row in enumerate(rows[: min(first, _HEADER_ROWS)])
        if sum(not is_blank(cell) for cell in row) >= 2
    ]
    return max(candidates)[1] + 1 if candidates else NO_HEADER


def _header_words(row: Cells) -> int:
    """How many cells look like column titles."""
    return sum(bool(module_named_by(cell)) or bool(re.search(r"\bid\b|\.id$|record", cell.lower())) for cell in row)


def _naming_columns(headers: Cells) -> tuple[int | None, int | None]:
    """The columns that name module and related list, when both are there."""
    folded = [header.strip().lower().replace("_", " ") for header in headers]
    related_list = next((n for n, header in enumerate(folded) if header in _LIST_WORDS), None)
    module = next((n for n, header in enumerate(folded) if header in _MODULE_WORDS), None)
    return (module, related_list) if module is not None and related_list is not None else (None, None)


def _choose_columns(
    headers: Cells, sample: Sequence[Cells], choice: ReadingChoice, *, by_columns: bool
) -> tuple[int, int, Relation | None]:
    named = [None if text is None else _look_up(headers, text) for text in (choice.parent_column, choice.related_column)]
    if named[0] is not None and named[1] is not None:
        parent, related = named[0], named[1]
        if parent == related:
            raise ChoiceNotThere("the parent and the related column are the same")
        return parent, related, choice.relation or (None if by_columns else _relation_of(headers, parent, related))
    found = _id_columns(headers, sample)
    fixed = [column for column in named if column is not None]
    candidates = fixed + [column for column in found if column not in fixed]
    if len(candidates) < 2:
        raise ColumnsNotFound(_what_was_found(headers, sample, found))
    return _pair(headers, candidates, named, choice.relation, by_columns=by_columns)


def _pair(
    headers: Cells, candidates: list[int], named: list[int | None], wanted: Relation | None, *, by_columns: bool
) -> tuple[int, int, Relation | None]:
    """Parent and related column among the candidates, by what their headers name; else the left one is the parent."""
    fits = [
        (parent, related)
        for parent, related in permutations(candidates, 2)
        if named[0] in (None, parent) and named[1] in (None, related)
    ]
    relations = [wanted] if wanted else [] if by_columns else [row.relation for row in BUILT_IN]
    for relation in relations:
        for parent, related in fits:
            if _names(headers, parent, related) == (relation.parent_module, relation.related_list):
                return parent, related, relation
    parent, related = next(((a, b) for a, b in sorted(fits) if a < b), fits[0])
    if wanted and _names(headers, parent, related)[0] == wanted.related_list:
        parent, related = (related, parent) if (related, parent) in fits else (parent, related)
    return parent, related, wanted


def _names(headers: Cells, parent: int, related: int) -> tuple[str | None, str | None]:
    return module_named_by(headers[parent]), module_named_by(headers[related])


def _relation_of(headers: Cells, parent: int, related: int) -> Relation | None:
    """The relation that the headers of two chosen columns name, in the chosen direction."""
    here, there = _names(headers, parent, related)
    for row in BUILT_IN:
        for relation in (row.relation, row.reverse):
            if relation is not None and (relation.parent_module, relation.related_list) == (here, there):
                return relation
    return None


def _id_columns(headers: Cells, sample: Sequence[Cells]) -> list[int]:
    """Columns of which at least half of the filled cells hold IDs, best first by share, then from the left."""
    shares = []
    for column in range(len(headers)):
        cells = [row[column] for row in sample if column < len(row) and not is_blank(row[column])]
        holding = sum(map(_holds_ids, cells))
        if holding and holding >= _SHARE * len(cells):
            shares.append((column, holding / len(cells)))
    return [column for column, _ in sorted(shares, key=lambda one: (-round(one[1], 1), one[0]))]


def _what_was_found(headers: Cells, sample: Sequence[Cells], found: list[int]) -> str:
    if found:
        return f"only column {letter_of(found[0])} holds record IDs, and a second one is needed"
    text = " ".join(cell for row in sample[:50] for cell in row)
    if "@" in text:
        return "it holds names or e-mail addresses, but no record IDs"
    return "no column holds record IDs"


def _look_up(headers: Cells, text: str) -> int:
    """A column by exact header, then letter, then number from 1. Raises ChoiceNotThere."""
    if text in headers:
        return headers.index(text)
    stripped = [header.strip().lower() for header in headers]
    if text.strip().lower() in stripped:
        return stripped.index(text.strip().lower())
    if re.fullmatch(r"[A-Za-z]{1,3}", text):
        for column in range(len(headers)):
            if letter_of(column) == text.upper():
                return column
    if re.fullmatch(r"[0-9]{1,5}", text) and 1 <= int(text) <= len(headers):
        return int(text) - 1
    raise ChoiceNotThere(f"there is no column “{text}”")


def row_relation(cells: Cells, columns: Columns) -> str | None:
    """The relation that a row names itself, as ``Module/List``; None when the cells are missing."""
    if columns.module is None or columns.related_list is None or max(columns.module, columns.related_list) >= len(cells):
        return None
    return f"{canonical_module(cells[columns.module].strip())}/{canonical_module(cells[columns.related_list].strip())}"
