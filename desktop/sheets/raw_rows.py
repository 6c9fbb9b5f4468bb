"""Read rows of an .xlsx worksheet as most programs write them: hundreds at once, past the parser.

Programs write all rows of a list alike: the same columns, each with cells of the same type and format. So a pattern is made
from a piece of the part, which fits its rows and no others: each row has its number, each of its cells belongs to this row and
stands further right than the one before, and a cell holds a value or a text, with or without a formula before it. The pattern
fits the next pieces too, until a row comes that is unlike them: an error cell, a number in a column of texts. Then a new one is
made, and after some of them one that fits all rows seen so far.

A row that no such pattern fits (cells without a place, texts with formats of their own) leaves its piece to the parser, which
comes to the same texts in ten times the time.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from desktop.sheets.extents import MOST_COLUMNS, column_number
from desktop.sheets.raw_runs import LeftToParser, check_characters, resolved
from desktop.sheets.xlsx_texts import CellTexts

# So many patterns are made for a worksheet, then the parser reads the rest. The first few fit the rows of their piece, later
# ones those of all pieces so far.
_MOST_SHAPES, _SHAPES_OF_THEIR_OWN = 40, 8
_MOST_LETTERS = 500
# Repetitions are possessive (*+): a row that does not fit is given up at once, without trying shorter ones.
_ATTRIBUTES = r'(?: (?!r=)[^ <>"\'=&]++="[^<>"]*+")*+'
_FORMULA = r"(?:(<f)(?:\s[^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>))?+"
_VALUE = r'<v(?: xml:space="preserve")?+(?:/>|>([^<]*+)</v>)'
_TEXT = r'<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>'
_CELL = re.compile(rf'<c r="([A-Z]{{1,3}})[0-9]{{1,9}}"([^<>]*+)>{_FORMULA}(<v(?=[ />])|<is>)?+')
_ONE_ATTRIBUTE = re.compile(r' ([^ <>"\'=&]++)="([^<>"&]*+)"')
_BETWEEN = re.compile(r"(?:</row>|<row [^<>]*+(?<=/)>)(?=\s*+<row)")
_LAST = re.compile(r"(?:</row|<row [^<>]*+(?<=/))>\s*+")
_BLANK_BETWEEN = re.compile(r">\s++<(?:c|/row)[ >]")

_Kind = tuple[str, str]
"""The type of a cell and, if it is a number, its format."""


@dataclass(frozen=True, slots=True)
class _Column:
    """How the cells of a column are written: the texts of their attributes, and what may stand in them.

    ``gaps``: some rows have no cell here, or an empty one.
    """

    attributes: frozenset[str]
    formulas: bool
    values: bool
    texts: bool
    gaps: bool

    def joined(self, other: "_Column") -> "_Column":
        """Return a column that may be written in either way."""
        return _Column(
            self.attributes | other.attributes,
            self.formulas or other.formulas,
            self.values or other.values,
            self.texts or other.texts,
            self.gaps or other.gaps,
        )


@dataclass(frozen=True, slots=True)
class ParsedRows:
    """The cells of some rows, column by column from the first one, empty where a row has none; ``numbers`` count from 1."""

    numbers: list[int]
    columns: list[list[str]]
    bare_formulas: bool


class RawRows:
    """Reads the rows of one worksheet past the parser. ``texts`` tells what a cell shows."""

    def __init__(self, texts: CellTexts) -> None:
        self._texts = texts
        self._shape: _Shape | None = None
        self._columns_seen: dict[str, _Column] = {}
        self._shapes = 0

    def rows_in(self, piece: str) -> ParsedRows | None:
        """Read consecutive ``row`` elements; None leaves them to the parser. Raises IndexError for a missing shared text."""
        matches = self._shape.matched(piece) if self._shape is not None else None
        if matches is None and (shape := self._shape_of(piece)) is not None:
            matches = shape.matched(piece)
            self._shape = self._shape if matches is None else shape
        if matches is None or self._shape is None:
            return None
        try:
            return self._shape.rows_of(matches, piece, self._texts)
        except LeftToParser:
            return None

    def _shape_of(self, piece: str) -> "_Shape | None":
        """Return the shape of the rows of this piece; after some pieces, that of all rows seen so far."""
        columns = _columns_of(piece) if self._shapes < _MOST_SHAPES else None
        if columns is None or len(self._columns_seen.keys() | columns.keys()) > _MOST_LETTERS:
            return None
        self._columns_seen = _joined(self._columns_seen, columns) if self._columns_seen else columns
        self._shapes += 1
        is_spaced = _BLANK_BETWEEN.search(piece) is not None
        return _Shape(columns if self._shapes <= _SHAPES_OF_THEIR_OWN else self._columns_seen, is_spaced=is_spaced)


def _columns_of(piece: str) -> dict[str, _Column] | None:
    """Return how the cells of a piece are written, by column letters; None if one of them has no place in a sheet."""
    cells: list[tuple[str, str, str, str]] = _CELL.findall(piece)
    rows = piece.count("<row ")
    counts = Counter(letters for letters, *_ in cells)
    if len(cells) != piece.count("<c ") + piece.count("<c>") or any(column_number(letters) > MOST_COLUMNS for letters in counts):
        return None
    columns: dict[str, _Column] = {}
    for letters, attributes, formula, content in set(cells):
        gaps = counts[letters] < rows or not content
        column = _Column(frozenset((attributes,)), formula != "", content == "<v", content == "<is>", gaps)
        columns[letters] = column.joined(columns[letters]) if letters in columns else column
    return columns


def _joined(first: dict[str, _Column], second: dict[str, _Column]) -> dict[str, _Column]:
    in_both = {name: first[name].joined(second[name]) for name in first.keys() & second.keys()}
    return in_both | {name: replace((first.get(name) or second[name]), gaps=True) for name in first.keys() ^ second.keys()}


class _Shape:
    """The pattern of rows with these columns, and what its groups mean."""

    def __init__(self, columns: dict[str, _Column], *, is_spaced: bool) -> None:
        letters = sorted(columns, key=column_number)
        self._cells = [_Cells(name, columns[name]) for name in letters]
        self._holds_anything = not all(cells.holds_places_alone for cells in self._cells)
        gap = r"\s*+" if is_spaced else ""
        pattern = "".join(f"{gap}{cells.pattern}" for cells in self._cells)
        # The empty group at the end makes findall return tuples even where there is one other group.
        self._pattern = re.compile(rf'<row r="([0-9]{{1,9}})"{_ATTRIBUTES}(?:/>|>{pattern}{gap}</row>)()')

    def matched(self, piece: str) -> list[tuple[str, ...]] | None:
        """Return the groups of the pattern for each row of a piece; None if it holds anything else than such rows."""
        matches: list[tuple[str, ...]] = self._pattern.findall(piece)
        rows = len(matches)
        if rows != piece.count("<row") or _LAST.fullmatch(piece, piece.rfind("<")) is None:
            return None
        are_beside = piece.count("</row><row") == rows - 1 or len(_BETWEEN.findall(piece)) == rows - 1
        return matches if are_beside else None

    def rows_of(self, matches: list[tuple[str, ...]], piece: str, texts: CellTexts) -> ParsedRows:
        """Return the rows that were matched. Raises LeftToParser, IndexError, ValueError."""
        if self._holds_anything:
            check_characters(piece)
        numbers, *groups = zip(*matches, strict=True)
        columns: list[list[str]] = []
        bare_formulas, place = False, 0
        for cells in self._cells:
            columns += ([""] * len(matches) for _ in range(cells.column - len(columns)))
            own = groups[place : place + cells.groups]
            place += cells.groups
            column, is_bare = cells.shown(own, texts)
            columns.append(column)
            bare_formulas = bare_formulas or is_bare
        return ParsedRows(list(map(int, numbers)), columns, bare_formulas)


class _Cells:
    """The cells of a column in a shape: their pattern, and how its groups become texts."""

    def __init__(self, letters: str, how: _Column) -> None:
        self.column = column_number(letters) - 1
        self._how = how
        self.holds_places_alone = how == _Column(frozenset((' t="s"',)), formulas=False, values=True, texts=False, gaps=False)
        # Where a cell may be missing, its attributes tell whether it is there.
        self._attributes = next(iter(how.attributes)) if len(how.attributes) == 1 and not how.gaps else None
        self.groups = (self._attributes is None) + how.formulas + how.values + how.texts
        self.pattern = self._pattern(letters)
        self._kinds = _Kinds()

    def _pattern(self, letters: str) -> str:
        how, start = self._how, rf'<c r="{letters}\1"'
        if self.holds_places_alone:
            return start + ' t="s"><v>([0-9]++)</v></c>'
        start += "([^<>]*+)" if self._attributes is None else re.escape(self._attributes)
        contents = "|".join([_VALUE] * how.values + [_TEXT] * how.texts)
        inner = f">{_FORMULA if how.formulas else ''}(?:{contents}){'?+' if how.gaps else ''}</c>"
        return f"(?:{start}(?:(?<=/)>|{inner}))?+" if how.gaps else start + inner

    def shown(self, groups: Sequence[tuple[str, ...]], texts: CellTexts) -> tuple[list[str], bool]:
        """Return the texts of the cells, and whether a formula among them has no value.

        Raises LeftToParser, IndexError, ValueError.
        """
        if self.holds_places_alone:
            return texts.all_shown("s", "", groups[0]), False
        how, own, rows = self._how, iter(groups), len(groups[0])
        attributes = next(own) if self._attributes is None else (self._attributes,) * rows
        formulas = next(own) if how.formulas else ()
        values = _resolved(next(own)) if how.values else ("",) * rows
        strings = _resolved(next(own)) if how.texts else ("",) * rows
        kinds = list(map(self._kinds.__getitem__, attributes))
        column = _shown(kinds, values, strings, texts)
        bare = "" in column and any(
            formula and not text and kind != "str" for formula, text, (kind, _) in zip(formulas, column, kinds, strict=False)
        )
        return column, bare


def _shown(kinds: Sequence[_Kind], values: Sequence[str], strings: Sequence[str], texts: CellTexts) -> list[str]:
    """Return the texts of cells of these kinds. Raises LeftToParser if a text stands where it is meaningless or means something
    else.
    """
    distinct = set(kinds)
    if len(distinct) == 1 and not any(strings):
        return texts.all_shown(*kinds[0], values)
    parts: dict[_Kind, Iterator[str]] = {}
    for kind in distinct:
        marks = list(map(kind.__eq__, kinds))
        own, within = list(compress(values, marks)), list(compress(strings, marks))
        if any(within):
            if kind[0] != "inlineStr" or any(own):
                raise LeftToParser
            own = within
        parts[kind] = iter(texts.all_shown(*kind, own))
    return list(map(next, map(parts.__getitem__, kinds)))


class _Kinds(dict[str, _Kind]):
    """Maps the attributes of a cell to its type and format. The format is kept only for numbers, where it matters."""

    def __missing__(self, attributes: str) -> _Kind:
        pairs = _ONE_ATTRIBUTE.findall(attributes)
        values = dict(pairs)
        if len(values) < len(pairs) or "r" in values or _ONE_ATTRIBUTE.sub("", attributes) not in ("", "/"):
            raise LeftToParser(attributes)
        kind = values.get("t", "n")
        self[attributes] = kind, values.get("s", "") if kind == "n" else ""
        return self[attributes]


def _resolved(texts: Sequence[str]) -> Sequence[str]:
    return list(map(resolved, texts)) if "&" in "".join(texts) else texts
