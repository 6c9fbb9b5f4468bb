"""Rows become entries and links: what each piece of a cell is judged to be, and why it is rejected if it is."""

from itertools import compress

from desktop.domain.entries import NO_LINK, Entries, Links, Rejection
from desktop.domain.errors import RelationNotAllowed
from desktop.domain.headers import relation_named_by
from desktop.domain.readings import Cells, ReadingChoice
from desktop.domain.records import Judgement, RecordId, Verdict, is_blank, judge_text, odd_ones_out
from desktop.domain.relations import Relation, canonical_module, check_allowed, parse_relation, reverse_of
from desktop.sheets.columns import Layout, pieces_of
from desktop.sheets.id_columns import IdColumns, SharedTexts
from desktop.sheets.known_links import KnownLinks
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.title_rows import TitleRow, TitleRows

# As spreadsheets in English and German show them; a workbook stores the English ones.
_STORED_ERRORS = (
    "#N/A #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #GETTING_DATA"
)
_SHOWN_ERRORS = "#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #FELD!"
_ERROR_CELLS = frozenset(f"{_STORED_ERRORS} {_SHOWN_ERRORS}".split())


class LinkBuilder:
    """Turns the rows of one sheet into entries and links, block after block from the top; used by one thread, once."""

    def __init__(self, layout: Layout, choice: ReadingChoice) -> None:
        self._columns = layout.columns
        self._relation = layout.relation
        self._fill_down = choice.fill_down
        self._last_parent = ""
        self._judged: dict[str, Judgement] = {}
        self._known: dict[Relation, KnownLinks] = {}
        self._cleaned = bytearray()
        self._shared = SharedTexts()
        self._relations: dict[tuple[str, str], Relation | None] = {}
        self._titles = TitleRows(layout)
        self._in_second_table = False
        self.entries = Entries()
        self.links = Links([layout.relation] if layout.relation else [])
        self.links.included = choice.include_suspicious
        self.blank = 0

    def take(self, number: int, rows: PackedRows, start: int = 0) -> None:
        """Take in the rows of a block from its row ``start`` on, which has this number in the sheet."""
        while start < len(rows):
            taken = (self._reject_table if self._in_second_table else self._take_table)(number, rows, start)
            number, start = number + taken, start + taken

    def notes(self) -> list[str]:
        """What to tell of headers that were met inside the list."""
        return self._titles.notes()

    def _take_table(self, number: int, rows: PackedRows, start: int) -> int:
        """Take in rows, up to and with the header of another table; gives how many."""
        parents, related = (rows.column(column)[start:] for column in (self._columns.parent, self._columns.related))
        block = self._shared.columns_of(parents, related)
        relation = None if self._columns.module is not None else self._relation
        odd = range(len(block)) if relation is None else block.odd_places()
        cells = rows.rows()[start:] if odd else []
        done = 0
        for place in odd:
            if relation is not None and place > done:
                self._take_plain(number + done, relation, block.part(done, place))
            self._take_odd(number + place, cells[place], parents[place], related[place])
            done = place + 1
            if self._in_second_table:
                return done
        if relation is not None and done < len(block):
            self._take_plain(number + done, relation, block.part(done, len(block)))
        return len(block)

    def _reject_table(self, number: int, rows: PackedRows, start: int) -> int:
        """Reject the rows of a second table, up to and with a row that repeats the first header; gives how many."""
        for place, cells in enumerate(rows.rows()[start:]):
            parent, related = _cell(cells, self._columns.parent), _cell(cells, self._columns.related)
            if self._titles.repeats(number + place, cells, parent, related):
                self._in_second_table = False
                self._skip_header()
                return place + 1
            self._reject_in_second_table(number + place, cells, parent, related)
        return len(rows) - start

    def _skip_header(self) -> None:
        self.blank += 1
        self._last_parent = ""  # a parent above this header is no parent of the rows below it

    def _reject_in_second_table(self, number: int, cells: Cells, parent: str, related: str) -> None:
        if all(map(is_blank, cells)):
            self.blank += 1
            return
        self.entries.add_rejected(number, parent, related, Rejection.SECOND_TABLE)
        self._cleaned.append(False)

    def finish(self) -> None:
        """Mark links of which an ID is unlike the rest of its column, or ends in the zeros of a rounded number."""
        for column in (self.links.parent_ids, self.links.related_ids):
            if odd := odd_ones_out(column):
                self.links.suspicious.update(number for number, record_id in enumerate(column) if record_id in odd)

    def verdicts(self) -> dict[Verdict, int]:
        """How many entries each verdict fits; of two IDs the worse one counts. Of the rejected ones only damaged ones."""
        links, suspicious = self.entries.links, self.links.suspicious
        counts = dict.fromkeys(Verdict, 0)
        counts[Verdict.SUSPICIOUS] = sum(link in suspicious for link in links) if suspicious else 0
        counts[Verdict.CLEANED] = self._cleaned.count(True)
        if suspicious:
            counts[Verdict.CLEANED] -= sum(link in suspicious for link in compress(links, self._cleaned))
        sent = len(links) - links.count(NO_LINK)
        counts[Verdict.FINE] = sent - counts[Verdict.SUSPICIOUS] - counts[Verdict.CLEANED]
        counts[Verdict.DAMAGED] = self.entries.rejected().get(Rejection.DAMAGED, 0)
        return counts

    def _take_plain(self, number: int, relation: Relation, rows: IdColumns) -> None:
        """Consecutive rows with nothing to judge: nearly all rows of nearly all sheets."""
        links, kinds = self._known_of(relation).take(number, *rows.ids())
        self.entries.add_links(number, rows.parents, rows.related, links, kinds)
        self._cleaned += rows.cleaned()
        self._last_parent = rows.parents[-1]

    def _take_odd(self, number: int, cells: Cells, parent: str, related: str) -> None:
        """A row that is more than two plain IDs, or less."""
        if self._judge(parent).record_id is None and self._judge(related).record_id is None:
            titles = self._titles.find(number, cells, parent, related, is_above_links=not self.links)
            if titles is TitleRow.REPEATED:
                self._skip_header()
                return
            if titles is TitleRow.SECOND_HEADER:
                self._in_second_table = True
                self._reject_in_second_table(number, cells, parent, related)
                return
        if self._judge(parent).record_id is None and is_blank(parent):
            if all(map(is_blank, cells)):
                self.blank += 1
                return
            if self._fill_down:
                parent = self._last_parent
        self._last_parent = parent
        relation = self._relation_of(cells)
        for piece in [related] if self._judge(related).record_id is not None else pieces_of(related):
            self._add(number, relation, parent, piece)

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
            self._cleaned.append(False)
            return
        self._cleaned.append(Verdict.CLEANED in (parent.verdict, related.verdict))
        self._add_link(row, relation, parent_text, related_text, parent.record_id, related.record_id)

    def _add_link(
        self, row: int, relation: Relation, parent_text: str, related_text: str, parent_id: RecordId, related_id: RecordId
    ) -> None:
        """An entry for this link: the first one makes it, in whichever direction the sheet names it."""
        known, reverse = self._known_of(relation), reverse_of(relation)
        number = known.find(parent_id, related_id)
        if number is None and reverse in self._known:
            number = self._known[reverse].find(related_id, parent_id)
        if number is not None:
            self.entries.add_link(row, parent_text, related_text, number, duplicate=True)
            return
        number = known.add(parent_id, related_id, row)
        self.entries.add_link(row, parent_text, related_text, number, duplicate=False)

    def _known_of(self, relation: Relation) -> KnownLinks:
        if relation not in self._known:
            self._known[relation] = KnownLinks(relation, self.links)
        return self._known[relation]

    def _judge(self, text: str) -> Judgement:
        judged = self._judged.get(text)
        if judged is None:
            judged = self._judged[text] = judge_text(text)
        return judged


def _cell(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""


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
