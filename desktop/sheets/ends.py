"""Which two columns are the ends of the links, and which relation they mean, by what the headers say.

Every column that holds IDs gets a level for each end of a relation: how clearly its header says that it is this end. The
pair with the best levels wins, and the relation is certain if exactly one has a pair that its headers *name*. If that
leaves a choice, it is not made here: the user is asked which relation, or which of several equal columns.

Two kinds of headers need care, because Zoho's own exports are full of them. A lookup ("Account Name.id") holds records that
the row refers to, seldom the record that the row is. A bare ID ("Record Id") is the record that the row is, of a module
that only the other columns can tell (see :func:`modules_of_rows`). So if a relation rests on a lookup, and there is a bare
ID that could be meant instead, the user is asked.

Two tables can stand beside each other, with an empty column between them or with titles of their own. A pair never crosses
from one to the other; one table is read, and the other is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import product

from desktop.domain.headers import Header, modules_of_rows, read_header
from desktop.domain.readings import Cells
from desktop.domain.relations import BUILT_IN, Relation

_CONSIDERED = 4
"""How many columns are considered for each end, the likeliest first: two for the pair, the others to find equals of them."""


class Level(IntEnum):
    """How clearly a header says that its column is one end. From LATER on it names the end."""

    OTHER = 0  # names another module
    UNKNOWN = 1  # names nothing that is known
    OPEN = 2  # a bare ID, and the rows can be of this module
    SIDE = 3  # "Parent Id", "Related Id"; or names the module, says ID, and has an unknown word ("Contact Editor ID")
    LATER = 4  # names the module and says ID, and its cells are empty as far as the rows are known
    LOOKUP = 5  # "Account Name.id"
    PLAIN = 6  # names the module and nothing else
    ROWS = 7  # a bare ID, and the rows are of this module
    NAMED = 8  # names the module and says ID


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns (from 0) that can be ends: ``ids`` hold IDs, ``empty_so_far`` may do so further down, ``empty`` have no cells.

    ``parent`` and ``related`` were named by the user.
    """

    ids: tuple[int, ...]
    empty_so_far: frozenset[int] = frozenset()
    empty: frozenset[int] = frozenset()
    parent: int | None = None
    related: int | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """The two columns, and the relation (None if each row names its own).

    ``other_table`` are columns of another table, which is not read. ``taken_for_contacts`` is the column of bare record IDs
    whose persons are taken for contacts, or None.
    """

    parent: int
    related: int
    relation: Relation | None
    other_table: tuple[int, ...] = ()
    taken_for_contacts: int | None = None


@dataclass(frozen=True, slots=True)
class AskRelation:
    """The user must say which of the ``possible`` relations is meant. ``bare`` is a bare ID that leaves it open."""

    possible: tuple[Relation, ...]
    are_named: bool = False
    bare: int | None = None


@dataclass(frozen=True, slots=True)
class AskColumns:
    """Several columns can be the same end, for records of ``module``; None when both ends are open."""

    columns: tuple[int, ...]
    module: str | None = None


def find_ends(
    headers: Cells, candidates: Candidates, asked_for: Relation | None, *, named_by_rows: bool = False
) -> Ends | AskRelation | AskColumns:
    """Return both columns and the relation, or the question to ask.

    ``asked_for`` is the relation that the user named; ``named_by_rows`` means that the sheet has columns that name one for each
    row.
    """
    answers = []
    tables = _tables(candidates)
    for part in tables:
        table = _Table(headers, part)
        answers.append(
            table.of_any_relation()
            if named_by_rows and asked_for is None
            else table.of(asked_for)
            if asked_for
            else table.guess()
        )
    with_ends = [place for place, answer in enumerate(answers) if isinstance(answer.ends, Ends)]
    place = max(with_ends, key=lambda place: (answers[place].clearness if asked_for else 0, -place), default=0)
    ends = answers[place].ends
    if not isinstance(ends, Ends):
        return ends
    elsewhere = tuple(column for other, table in enumerate(tables) if other != place for column in table.ids)
    return replace(ends, other_table=elsewhere or _named_beside(headers, candidates, ends))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one table answers. ``clearness`` decides which of several tables fits the relation that the user named."""

    ends: Ends | AskRelation | AskColumns
    clearness: int = 0


@dataclass(frozen=True, slots=True)
class _Pair:
    parent: int
    related: int
    levels: tuple[Level, Level]

    @property
    def clearness(self) -> int:
        """Larger the clearer both ends are; equal only for the same two levels."""
        # Powers of four: two of a level never reach one of the next.
        return int(sum(4**level for level in self.levels))


class _Table:
    """The columns of one table, and what their headers say about each relation."""

    def __init__(self, headers: Cells, candidates: Candidates) -> None:
        self._candidates = candidates
        chosen = (column for column in (candidates.parent, candidates.related) if column is not None)
        self._columns = sorted({*candidates.ids, *candidates.empty_so_far, *chosen})
        self._headers = {column: read_header(headers[column]) for column in self._columns}
        self._titles = headers
        self._modules = modules_of_rows(_titles_of(headers, candidates))
        self._bare = [column for column in candidates.ids if self._headers[column].is_bare_id]

    def of(self, relation: Relation) -> _Answer:
        """Find the columns for the relation that the user named."""
        return self._answer(self._best_pairs(relation), relation)

    def of_any_relation(self) -> _Answer:
        """Find the columns if each row names its relation."""
        return self._answer(self._best_pairs(None), None)

    def guess(self) -> _Answer:
        """Find columns and relation, if the headers tell both."""
        has_chosen_column = self._candidates.parent is not None or self._candidates.related is not None
        directions = [(row.relation, row.reverse if has_chosen_column else None) for row in BUILT_IN]
        pairs = {relation: self._best_pairs(relation) for both in directions for relation in both if relation is not None}
        named = [relation for relation, best in pairs.items() if best and self._names_both(best[0])]
        if len(named) == 1:
            return self._answer(pairs[named[0]], named[0])
        if named:
            return _Answer(AskRelation(tuple(named), are_named=True))
        possible = tuple(
            relation for relation, best in pairs.items() if best and min(best[0].levels) > Level.OTHER and _names_one(best[0])
        )
        if (contacts := self._of_contacts(possible)) is not None:
            answer = self._answer(pairs[contacts], contacts)
            if isinstance(answer.ends, Ends):
                return replace(answer, ends=replace(answer.ends, taken_for_contacts=self._bare[0]))
        bare = self._bare[0] if self._bare and len(self._modules) > 1 else None
        return _Answer(AskRelation(possible or tuple(row.relation for row in BUILT_IN), bare=bare))

    def _of_contacts(self, possible: Sequence[Relation]) -> Relation | None:
        """Return the relation of contacts if the rows are persons and only leads or contacts are possible.

        Zoho requires a company in every lead, so a list of leads nearly always has a column that tells.
        """
        fields = frozenset[str]().union(*(read_header(title).says for title in self._titles))
        if len(self._bare) != 1 or fields.isdisjoint({"persons", "emails"}):
            return None
        contacts = [relation for relation in possible if relation.related_list == "Contacts"]
        leads = [relation for relation in possible if relation.related_list == "Leads"]
        is_open = len(possible) == 2 and [each.parent_module for each in contacts] == [each.parent_module for each in leads]
        return contacts[0] if is_open else None

    def _answer(self, best: Sequence[_Pair], relation: Relation | None) -> _Answer:
        first = best[0]
        equals = [pair for pair in best if {pair.parent, pair.related} != {first.parent, first.related}]
        if equals and not self._is_table_of_its_own(first, equals):
            return _Answer(_open_columns(best, relation))
        return _Answer(Ends(first.parent, first.related, relation), first.clearness)

    def _best_pairs(self, relation: Relation | None) -> list[_Pair]:
        """Return the clearest pairs, which are equally clear, the leftmost first."""
        parents = self._ranked("parents", _parent_of(relation), self._candidates.parent, self._candidates.related)
        related = self._ranked("related", _related_of(relation), self._candidates.related, self._candidates.parent)
        pairs = [
            _Pair(parent, other, (level, other_level))
            for (parent, level), (other, other_level) in product(parents, related)
            if parent != other
        ]
        most = max((pair.clearness for pair in pairs), default=0)
        return sorted((pair for pair in pairs if pair.clearness == most), key=lambda pair: (pair.parent, pair.related))

    def _ranked(self, side: str, module: str | None, chosen: int | None, excluded: int | None) -> list[tuple[int, Level]]:
        columns = [chosen] if chosen is not None else [column for column in self._columns if column != excluded]
        levels = [(column, self._level(column, side, module)) for column in columns]
        return sorted(levels, key=lambda ranked: (-ranked[1], ranked[0]))[:_CONSIDERED]

    def _level(self, column: int, side: str, module: str | None) -> Level:
        header = self._headers[column]
        if header.side is not None:
            return Level.SIDE if header.side == side else Level.OTHER
        if module is None:  # the rows name it
            return Level.OTHER if header.is_lookup else Level.UNKNOWN
        if header.is_bare_id:
            return Level.OTHER if module not in self._modules else Level.ROWS if len(self._modules) == 1 else Level.OPEN
        if header.end == module:
            return self._level_of_named(column, header)
        names_another = header.is_lookup or header.module not in (None, module)
        return Level.OTHER if names_another else Level.UNKNOWN

    def _level_of_named(self, column: int, header: Header) -> Level:
        if column in (self._candidates.parent, self._candidates.related):
            return Level.NAMED
        if header.has_id and not header.is_plain and "figures" not in header.says:
            return Level.SIDE  # an unknown word may say that it is the ID of somebody else
        if column in self._candidates.empty_so_far:
            return Level.LATER
        return Level.LOOKUP if header.is_lookup else Level.NAMED if header.has_id else Level.PLAIN

    def _names_both(self, pair: _Pair) -> bool:
        """True if the headers name both ends, and no bare ID could be meant instead of a lookup."""
        if min(pair.levels) < Level.LATER:
            return False
        return Level.LOOKUP not in pair.levels or all(
            column in (pair.parent, pair.related) and Level.ROWS in pair.levels for column in self._bare
        )

    def _is_table_of_its_own(self, first: _Pair, equals: Sequence[_Pair]) -> bool:
        """True if all other pairs that fit as well are a table on the right of the first pair, with the same titles again."""
        right = max(first.parent, first.related)
        further = [pair for pair in equals if min(pair.parent, pair.related) > right]
        both = {first.parent, first.related}.union(*({pair.parent, pair.related} for pair in further))
        return bool(further) and min(first.levels) >= Level.PLAIN and all({pair.parent, pair.related} <= both for pair in equals)


def _parent_of(relation: Relation | None) -> str | None:
    return None if relation is None else relation.parent_module


def _related_of(relation: Relation | None) -> str | None:
    return None if relation is None else relation.related_list


def _open_columns(best: Sequence[_Pair], relation: Relation | None) -> AskColumns:
    """Return the question for pairs of columns that are equally clear."""
    parents, related = ({pair.parent for pair in best}, {pair.related for pair in best})
    if relation is None or (len(parents) > 1 and len(related) > 1):
        return AskColumns(tuple(sorted(parents | related)))
    if len(parents) > 1:
        return AskColumns(tuple(sorted(parents)), relation.parent_module)
    return AskColumns(tuple(sorted(related)), relation.related_list)


def _names_one(pair: _Pair) -> bool:
    return max(pair.levels) >= Level.LATER


def _titles_of(headers: Cells, candidates: Candidates) -> list[str]:
    """Return the titles of the table in which these candidates stand."""
    if not candidates.ids:
        return list(headers)
    first, last = min(candidates.ids), max(candidates.ids)
    start = max((column + 1 for column in candidates.empty if column < first), default=0)
    end = min((column for column in candidates.empty if column > last), default=len(headers))
    return list(headers[start:end])


def _tables(candidates: Candidates) -> list[Candidates]:
    """Split the candidates into tables of at least two columns of IDs, where empty columns separate several such tables."""
    parts: list[list[int]] = []
    for column in candidates.ids:
        is_new_table = not parts or any(parts[-1][-1] < gap < column for gap in candidates.empty)
        if is_new_table:
            parts.append([])
        parts[-1].append(column)
    parts = [part for part in parts if len(part) > 1]
    if len(parts) < 2 or candidates.parent is not None or candidates.related is not None:
        return [candidates]
    return [replace(candidates, ids=tuple(part), empty_so_far=frozenset()) for part in parts]


def _named_beside(headers: Cells, candidates: Candidates, ends: Ends) -> tuple[int, ...]:
    """Return two other columns, on one side of both ends, whose headers name a relation of their own."""
    first, last = min(ends.parent, ends.related), max(ends.parent, ends.related)
    headers_beside = {column: read_header(headers[column]) for column in candidates.ids if column not in (first, last)}
    relations = [{row.relation.parent_module, row.relation.related_list} for row in BUILT_IN]
    for side in ([column for column in headers_beside if column > last], [column for column in headers_beside if column < first]):
        headers_of_side = {column: headers_beside[column] for column in reversed(side) if not headers_beside[column].is_lookup}
        of_module = {header.end: column for column, header in headers_of_side.items() if header.end is not None}
        for modules in relations:
            if modules <= of_module.keys():
                return tuple(sorted(of_module[module] for module in modules))
    return ()
