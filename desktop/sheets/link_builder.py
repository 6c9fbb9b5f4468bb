"""Turn rows into entries and links: judge each piece of a cell, and reject it with a reason if it cannot be sent."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from desktop.domain.building import EntriesBuilder, LinksBuilder
from desktop.domain.entries import Entries, Links, Rejection
from desktop.domain.errors import RelationNotAllowed
from desktop.domain.headers import relation_named_by
from desktop.domain.readings import Cells, ReadingChoice
from desktop.domain.records import Judgement, RecordId, Verdict, is_blank, judge_text
from desktop.domain.relations import Relation, canonical_module, check_allowed, parse_relation, reverse_of
from desktop.domain.row_choices import RowFilter, RowsLeftOut
from desktop.domain.suspicions import suspicious_ids
from desktop.domain.texts import Text
from desktop.sheets.cell_lists import CellLists, pieces_of
from desktop.sheets.columns import Layout
from desktop.sheets.error_values import is_error
from desktop.sheets.id_columns import IdColumns, SharedTexts
from desktop.sheets.known_links import KnownLinks
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.row_blocks import RowBlock
from desktop.sheets.row_picking import RowPicker
from desktop.sheets.title_rows import RowSection, SectionKind, TitleRows


class LinkBuilder:
    """Turns the rows of one sheet into entries and links, block after block from the top. It is used once, by one thread."""

    def __init__(self, layout: Layout, choice: ReadingChoice, picker: RowPicker | None = None) -> None:
        self._columns = layout.columns
        self._relation = layout.relation
        self._fill_down = choice.fill_down
        self._picker = picker or RowPicker(array("L"), RowFilter(()), reads_hidden=True)
        self._last_parent = ""
        self._unlinked: tuple[set[RecordId], set[RecordId]] = (set(), set())
        self._judgements: dict[str, Judgement] = {}
        self._lists = CellLists(self._judge)
        self._known_links: dict[Relation, KnownLinks] = {}
        self._cleaned = bytearray()
        self._shared = SharedTexts()
        self._relations: dict[tuple[str, str], Relation | None] = {}
        self._titles = TitleRows(layout, self._judge)
        self._entries = EntriesBuilder()
        self._links = LinksBuilder([layout.relation] if layout.relation else [])
        self._include_suspicious = choice.include_suspicious
        self._accepted = choice.accepted_relations
        self.entries, self.links = Entries(), Links()
        self.blank = 0
        self.left_out = RowsLeftOut()
        self.hidden_rows = self.hidden_with_links = 0
        self._id_notes: tuple[Text, ...] = ()

    def add_block(self, number: int, rows: PackedRows, start: int = 0) -> None:
        """Add the rows of a block from its row ``start`` on; ``number`` is the number of that row in the sheet."""
        parents, related = (rows.column(column)[start:] for column in (self._columns.parent, self._columns.related))
        ids = self._shared.columns_of(parents, related)
        block = RowBlock(range(number, number + len(ids)), ids, lambda: rows.rows()[start:])
        # The kinds of IDs must be known before the first cell of this block is split.
        self._lists.learn_kinds(ids, self._links.related_ids)
        sections = self._titles.sections(block)
        if self._fill_down:
            block = replace(block, above=self._parents_above(parents, sections))
        hidden = self._picker.hidden_among(number, len(block))
        if hidden is not None:
            self.hidden_rows += hidden.count(1)
        reasons = self._picker.reasons(rows, start, hidden)
        if reasons is not None:
            self.left_out.add(block.numbers, reasons)
            self._remember_ids_left_out(ids.chosen(reasons))
        for section in sections:
            self._add_section(section, block, hidden, reasons)

    def notes(self) -> list[Text]:
        """Return what to tell the user about the IDs, and about headers that were met inside the list."""
        return [*self._id_notes, *self._titles.notes()]

    def _add_section(self, section: RowSection, block: RowBlock, hidden: bytes | None, reasons: bytes | None) -> None:
        """Add the rows of a section that are meant."""
        places = slice(section.start, section.end)
        part = block.part(section.start, section.end)
        chosen = part if reasons is None else part.chosen(reasons[places].translate(_WHERE_NO_REASON))
        match section.kind:
            case SectionKind.LIST:
                if hidden is not None:
                    self.hidden_with_links += self._count_with_links(part.ids.chosen(hidden[places]))
                self._add_list(chosen)
            case SectionKind.REPEATED_HEADER:
                self.blank += len(chosen)
            case SectionKind.SECOND_TABLE:
                self._reject_table(chosen)

    def _add_list(self, block: RowBlock) -> None:
        """Add rows of the list: plain ones in bulk, the others one by one."""
        ids, relation = block.ids, None if self._columns.module is not None else self._relation
        # Where rows name their own relation, each row is judged by itself.
        odd = range(len(ids)) if relation is None else ids.odd_places()
        cells = block.cells() if odd else []
        next_place = 0
        for place in odd:
            if relation is not None and place > next_place:
                self._add_plain_rows(block.numbers[next_place:place], relation, ids.part(next_place, place))
            above = block.above[place] if self._fill_down else ""
            self._add_odd_row(block.numbers[place], cells[place], ids.parents[place], ids.related[place], above)
            next_place = place + 1
        if relation is not None and next_place < len(ids):
            self._add_plain_rows(block.numbers[next_place:], relation, ids.part(next_place, len(ids)))

    def _reject_table(self, block: RowBlock) -> None:
        """Reject the rows of a second table."""
        for number, cells, parent, related in zip(
            block.numbers, block.cells(), block.ids.parents, block.ids.related, strict=True
        ):
            if all(map(is_blank, cells)):
                self.blank += 1
            else:
                self._entries.add_rejected(number, parent, related, Rejection.SECOND_TABLE)
                self._cleaned.append(False)

    def _parents_above(self, parents: Sequence[str], sections: Sequence[RowSection]) -> list[str]:
        """Return for each row the nearest parent above it, even from rows that are not meant, but none from above a repeated
        header.
        """
        above = []
        for section in sections:
            for parent in parents[section.start : section.end]:
                above.append(self._last_parent)
                if section.kind is SectionKind.REPEATED_HEADER:
                    self._last_parent = ""
                elif not is_blank(parent):
                    self._last_parent = parent
        return above

    def _count_with_links(self, rows: IdColumns) -> int:
        """Count the rows that hold a link, judging by their two IDs only."""
        pairs = zip(rows.parents, rows.parent_ids, rows.related, rows.related_ids, strict=True)
        return sum(
            (self._holds_id(parent, parent_id) or (self._fill_down and is_blank(parent))) and self._holds_id(related, related_id)
            for parent, parent_id, related, related_id in pairs
        )

    def _holds_id(self, text: str, plain: RecordId | None) -> bool:
        return plain is not None or any(self._judge(piece).record_id is not None for piece in pieces_of(text))

    def _remember_ids_left_out(self, rows: IdColumns) -> None:
        """Remember the IDs of rows that are not meant: they, too, show what the IDs of their columns look like."""
        pairs = zip(rows.parents, rows.parent_ids, rows.related, rows.related_ids, strict=True)
        for parent, parent_id, related, related_id in pairs:
            self._remember_ids((parent_id or self._judge(parent).record_id, related_id))
            for piece in () if related_id is not None else self._lists.entries_of(related):
                self._remember_ids((None, self._judge(piece).record_id))

    def _remember_ids(self, ids: tuple[RecordId | None, RecordId | None]) -> None:
        for ids_of_column, record_id in zip(self._unlinked, ids, strict=True):
            if record_id is not None:
                ids_of_column.add(record_id)

    def finish(self) -> None:
        """Build ``entries`` and ``links``. Links are held back if one of their IDs is suspicious beside the others of its
        column.
        """
        links, (parents, related) = self._links, self._unlinked
        suspicions = suspicious_ids([*links.parent_ids, *parents], [*links.related_ids, *related])
        suspicious = self._lists.unlike_single_ids(links.parent_ids, links.related_ids)
        for column, odd in ((links.parent_ids, suspicions.parents), (links.related_ids, suspicions.related)):
            if odd:
                suspicious.update(number for number, record_id in enumerate(column) if record_id in odd)
        self._id_notes = suspicions.notes
        self.entries, self.links = self._entries.build(), links.build(suspicious, included=self._include_suspicious)

    def verdicts(self) -> dict[Verdict, int]:
        """Count entries by verdict; of two IDs the worse one counts. Of rejected entries only the damaged ones are counted."""
        links, suspicious, rejected = self.entries.links, self.links.suspicious, self.entries.rejected()
        counts = dict.fromkeys(Verdict, 0)
        counts[Verdict.SUSPICIOUS] = sum(link in suspicious for link in links) if suspicious else 0
        counts[Verdict.CLEANED] = self._cleaned.count(True)
        if suspicious:
            counts[Verdict.CLEANED] -= sum(link in suspicious for link in compress(links, self._cleaned))
        sendable = len(links) - sum(rejected.values())
        counts[Verdict.FINE] = sendable - counts[Verdict.SUSPICIOUS] - counts[Verdict.CLEANED]
        counts[Verdict.DAMAGED] = rejected.get(Rejection.DAMAGED, 0)
        return counts

    def _add_plain_rows(self, numbers: Sequence[int], relation: Relation, rows: IdColumns) -> None:
        """Add rows with nothing to judge: nearly all rows of nearly all sheets."""
        links, kinds = self._links_of(relation).add_rows(numbers, *rows.ids())
        self._entries.extend(numbers, rows.parents, rows.related, links, kinds)
        self._cleaned += rows.cleaned()

    def _add_odd_row(self, number: int, cells: Cells, parent: str, related: str, above: str) -> None:
        """Add a row that is not simply two plain IDs; ``above`` is the nearest parent above it, to fill down."""
        if self._judge(parent).record_id is None and is_blank(parent):
            if all(map(is_blank, cells)):
                self.blank += 1
                return
            if self._fill_down:
                parent = above
        relation = self._relation_of(cells)
        pieces, links_before = self._lists.entries_of(related), len(self._links)
        for piece in pieces:
            self._add(number, relation, parent, piece)
        if len(pieces) > 1:
            self._lists.mark_as_listed(range(links_before, len(self._links)))

    def _relation_of(self, cells: Cells) -> Relation | None:
        """Return the relation of a row; None if the row names one that is not allowed, or not the chosen one."""
        if self._columns.module is None or self._columns.related_list is None:
            return self._relation
        names = _cell(cells, self._columns.module), _cell(cells, self._columns.related_list)
        if self._relation is not None and all(map(is_blank, names)):
            return self._relation
        if names not in self._relations:
            self._relations[names] = self._allowed(relation_named_by(*names))
        return self._relations[names]

    def _allowed(self, code: str) -> Relation | None:
        try:
            relation = check_allowed(parse_relation(code), self._accepted)
        except RelationNotAllowed:
            return None
        return relation if self._relation in (None, relation) else None

    def _add(self, row: int, relation: Relation | None, parent_text: str, related_text: str) -> None:
        parent, related = self._judge(parent_text), self._judge(related_text)
        reason = _rejection(relation, parent_text, related_text, parent, related)
        if reason is not None or relation is None or parent.record_id is None or related.record_id is None:
            self._entries.add_rejected(row, parent_text, related_text, reason or Rejection.WRONG_MODULE)
            self._cleaned.append(False)
            self._remember_ids((parent.record_id, related.record_id))
            return
        self._cleaned.append(Verdict.CLEANED in (parent.verdict, related.verdict))
        self._add_link(row, relation, parent_text, related_text, parent.record_id, related.record_id)

    def _add_link(
        self, row: int, relation: Relation, parent_text: str, related_text: str, parent_id: RecordId, related_id: RecordId
    ) -> None:
        """Add an entry for this link. The first entry makes the link, in whichever direction the sheet names it."""
        links, reverse = self._links_of(relation), reverse_of(relation)
        number = links.find(parent_id, related_id)
        # The sheet may have named the same link from its other end.
        if number is None and reverse in self._known_links:
            number = self._known_links[reverse].find(related_id, parent_id)
        if number is not None:
            self._entries.add_link(row, parent_text, related_text, number, duplicate=True)
            return
        number = links.add(parent_id, related_id, row)
        self._entries.add_link(row, parent_text, related_text, number, duplicate=False)

    def _links_of(self, relation: Relation) -> KnownLinks:
        if relation not in self._known_links:
            self._known_links[relation] = KnownLinks(relation, self._links)
        return self._known_links[relation]

    def _judge(self, text: str) -> Judgement:
        judgement = self._judgements.get(text)
        if judgement is None:
            judgement = self._judgements[text] = judge_text(text)
        return judgement


_WHERE_NO_REASON = bytes([1]) + bytes(255)  # a translate table: 0 (no reason to leave the row out) becomes 1, all else 0


def _cell(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _rejection(
    relation: Relation | None, parent_text: str, related_text: str, parent: Judgement, related: Judgement
) -> Rejection | None:
    """Return the first reason why this entry cannot be sent, or None."""
    if parent.record_id is None or related.record_id is None:
        return _without_id(parent_text, related_text, parent, related)
    if relation is None or not _fits(parent.module, relation.parent_module) or not _fits(related.module, relation.related_list):
        return Rejection.WRONG_MODULE
    return Rejection.SAME_RECORD if parent.record_id == related.record_id else None


def _without_id(parent_text: str, related_text: str, parent: Judgement, related: Judgement) -> Rejection:
    """Return why one of these two texts is no ID that may be sent."""
    if is_blank(parent_text):
        return Rejection.BLANK_PARENT
    if is_blank(related_text):
        return Rejection.BLANK_RELATED
    if is_error(parent_text) or is_error(related_text):
        return Rejection.ERROR_CELL
    return Rejection.DAMAGED if Verdict.DAMAGED in (parent.verdict, related.verdict) else Rejection.NOT_AN_ID


def _fits(named_module: str | None, module: str) -> bool:
    """True unless the text was a record's address that named another module."""
    return named_module is None or canonical_module(named_module) == module
