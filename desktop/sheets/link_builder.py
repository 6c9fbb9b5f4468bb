"""Rows become entries and links: what each piece of a cell is judged to be, and why it is rejected if it is."""

from desktop.domain.entries import Entries, Links, Rejection
from desktop.domain.errors import RelationNotAllowed
from desktop.domain.readings import ReadingChoice
from desktop.domain.records import ColumnHabits, Judgement, RecordId, Verdict, is_blank, judge_text
from desktop.domain.relations import Relation, canonical_module, check_allowed, parse_relation, reverse_of
from desktop.sheets.columns import Cells, Layout, pieces_of
from desktop.sheets.header_words import relation_named_by

# As spreadsheets in English and German show them; a workbook stores the English ones.
_STORED_ERRORS = (
    "#N/A #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #GETTING_DATA"
)
_SHOWN_ERRORS = "#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #FELD!"
_ERROR_CELLS = frozenset(f"{_STORED_ERRORS} {_SHOWN_ERRORS}".split())


class LinkBuilder:
    """Turns the rows of one sheet into entries and links, one after the other; used by one thread, once."""

    def __init__(self, layout: Layout, choice: ReadingChoice) -> None:
        self._columns = layout.columns
        self._relation = layout.relation
        self._fill_down = choice.fill_down
        self._last_parent = ""
        self._judged: dict[str, Judgement] = {}
        self._numbers: dict[tuple[Relation, RecordId, RecordId], int] = {}
        self._cleaned: set[int] = set()
        self._relations: dict[tuple[str, str], Relation | None] = {}
        self.entries = Entries()
        self.links = Links([layout.relation] if layout.relation else [])
        self.links.included = choice.include_suspicious

    def take(self, number: int, cells: Cells) -> bool:
        """Take in the row of this number; True when it is blank."""
        parent, related = _cell(cells, self._columns.parent), _cell(cells, self._columns.related)
        if self._judge(parent).record_id is None and is_blank(parent):
            if all(map(is_blank, cells)):
                return True
            if self._fill_down:
                parent = self._last_parent
        self._last_parent = parent
        relation = self._relation_of(cells)
        for piece in [related] if self._judge(related).record_id is not None else pieces_of(related):
            self._add(number, relation, parent, piece)
        return False

    def finish(self) -> None:
        """Mark links of which an ID is unlike the rest of its column, or ends in the zeros of a rounded number."""
        for column in (self.links.parent_ids, self.links.related_ids):
            habits = ColumnHabits()
            for record_id in column:
                habits.add(record_id)
            odd = {record_id for record_id in set(column) if habits.is_odd(record_id) or _looks_rounded(record_id)}
            if odd:
                self.links.suspicious.update(number for number, record_id in enumerate(column) if record_id in odd)

    def verdicts(self) -> dict[Verdict, int]:
        """How many entries each verdict fits; of two IDs the worse one counts. Of the rejected ones only damaged ones."""
        suspicious, cleaned = self.links.suspicious, self._cleaned
        counts = dict.fromkeys(Verdict, 0)
        for index, link in enumerate(self.entries.links):
            if link >= 0:
                counts[_worst(link in suspicious, index in cleaned)] += 1
        counts[Verdict.DAMAGED] = self.entries.rejected().get(Rejection.DAMAGED, 0)
        return counts

    def _relation_of(self, cells: Cells) -> Relation | None:
        """The relation of a row; None when the row names one that is not allowed, or not the chosen one."""
        if self._columns.module is None or self._columns.related_list is None:
            return self._relation
        named = _cell(cells, self._columns.module), _cell(cells, self._columns.related_list)
        if self._relation is not None and all(map(is_blank, named)):
            return self._relation
        if named not in self._relations:
            self._relations[named] = self._allowed(relation_named_by(*named))
        return self._relations[named]

    def _allowed(self, code: str) -> Relation | None:
        try:
            relation = check_allowed(parse_relation(code))
        except RelationNotAllowed:
            return None
        return relation if self._relation in (None, relation) else None

    def _add(self, row: int, relation: Relation | None, parent_text: str, related_text: str) -> None:
        parent, related = self._judge(parent_text), self._judge(related_text)
        reason = _rejection(relation, parent_text, related_text, parent, related)
        if reason is not None or relation is None or parent.record_id is None or related.record_id is None:
            self.entries.add_rejected(row, parent_text, related_text, reason or Rejection.WRONG_MODULE)
            return
        if parent.verdict is Verdict.CLEANED or related.verdict is Verdict.CLEANED:
            self._cleaned.add(len(self.entries))
        number = self._known(relation, parent.record_id, related.record_id)
        duplicate = number is not None
        if number is None:
            number = self.links.add(relation, parent.record_id, related.record_id, row)
            self._numbers[relation, parent.record_id, related.record_id] = number
        self.entries.add_link(row, parent_text, related_text, number, duplicate=duplicate)

    def _known(self, relation: Relation, parent_id: RecordId, related_id: RecordId) -> int | None:
        """The number of this very link, in whichever direction the sheet named it first."""
        number = self._numbers.get((relation, parent_id, related_id))
        if number is None and len(self._relations) > 1 and (reverse := reverse_of(relation)):
            number = self._numbers.get((reverse, related_id, parent_id))
        return number

    def _judge(self, text: str) -> Judgement:
        judged = self._judged.get(text)
        if judged is None:
            judged = self._judged[text] = judge_text(text)
        return judged


def _cell(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _worst(suspicious: bool, cleaned: bool) -> Verdict:
    return Verdict.SUSPICIOUS if suspicious else Verdict.CLEANED if cleaned else Verdict.FINE


def _rejection(
    relation: Relation | None, parent_text: str, related_text: str, parent: Judgement, related: Judgement
) -> Rejection | None:
    """Why this entry cannot be sent, the first reason that fits; None when it can."""
    if parent.record_id is None or related.record_id is None:
        return _without_id(parent_text, related_text, parent, related)
    if relation is None or not _fits(parent.module, relation.parent_module) or not _fits(related.module, relation.related_list):
        return Rejection.WRONG_MODULE
    return Rejection.SAME_RECORD if parent.record_id == related.record_id else None


def _without_id(parent_text: str, related_text: str, parent: Judgement, related: Judgement) -> Rejection:
    """Why one of these two is no ID that may be sent."""
    if is_blank(parent_text):
        return Rejection.BLANK_PARENT
    if is_blank(related_text):
        return Rejection.BLANK_RELATED
    if _is_error(parent_text) or _is_error(related_text):
        return Rejection.ERROR_CELL
    return Rejection.DAMAGED if Verdict.DAMAGED in (parent.verdict, related.verdict) else Rejection.NOT_AN_ID


def _is_error(text: str) -> bool:
    return "#" in text and text.strip().upper() in _ERROR_CELLS


def _fits(named: str | None, module: str) -> bool:
    """True unless a record's address named another module."""
    return named is None or canonical_module(named) == module


def _looks_rounded(record_id: RecordId) -> bool:
    return record_id[-1] == "0" and judge_text(record_id).verdict is Verdict.SUSPICIOUS
