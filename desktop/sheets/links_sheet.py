"""A sheet becomes links: every row is read, every entry ends as a link, a duplicate or a rejection with its reason."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from typing import overload

from desktop.domain.entries import Books, Entries, Links, Rejection, SheetRow
from desktop.domain.errors import RelationNotAllowed, SheetChoiceWrong, SheetWithoutLinks
from desktop.domain.readings import Reading, ReadingChoice, SheetLinks
from desktop.domain.records import ColumnHabits, Judgement, Verdict, is_blank, judge_text
from desktop.domain.relations import Relation, canonical_module, check_allowed, parse_relation, reverse_of
from desktop.sheets.child import row_blocks, second_opinions
from desktop.sheets.columns import ChoiceNotThere, ColumnsNotFound, Layout, find_layout, pieces_of, row_relation
from desktop.sheets.formats import FileKind, identify, told_plainly
from desktop.sheets.text_rows import find_format, text_rows
from desktop.sheets.workbook_rows import Cells, choose_worksheet, has_error_cells, worksheets_of

_ERROR_CELLS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
    ]
)
_TELL_EVERY = 5000


class RowsBelow(Sequence[SheetRow]):
    """All rows below the header, blank ones included; the number of a row is its place in the file."""

    def __init__(self, rows: list[Cells], skipped: int) -> None:
        self._rows = rows
        self._skipped = skipped

    def __len__(self) -> int:
        return max(0, len(self._rows) - self._skipped)

    @overload
    def __getitem__(self, index: int) -> SheetRow: ...
    @overload
    def __getitem__(self, index: slice) -> "list[SheetRow]": ...
    def __getitem__(self, index: int | slice) -> "SheetRow | list[SheetRow]":
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        place = self._skipped + (index if index >= 0 else len(self) + index)
        if not self._skipped <= place < len(self._rows):
            raise IndexError(index)
        return SheetRow(place + 1, self._rows[place])


def open_sheet(
    path: Path,
    choice: ReadingChoice = ReadingChoice(),  # noqa: B008 (frozen)
    progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SheetLinks:
    """Read a sheet to the end. ``progress`` gets the rows read so far; when cancelled, what was read so far is returned.

    Raises SheetUnreadable, SheetUnsafe, SheetLocked, SheetWithoutLinks, SheetChoiceWrong, RelationNotAllowed.
    """
    path = path.absolute()
    if choice.relation is not None:
        check_allowed(choice.relation)
    kind = identify(path)
    with told_plainly(path), _without_collector():
        rows, reading, doubtful = _read_rows(path, kind, choice, progress, cancelled)
        layout = _layout_of(path, rows, choice)
        if kind is FileKind.XLSX and reading.sheet_name is not None:
            _ask_again(path, reading.sheet_name, rows, layout, doubtful, cancelled)
        digest = _sha256(path)
        return _assemble(path, digest, rows, reading, layout, choice)


def _read_rows(
    path: Path, kind: FileKind, choice: ReadingChoice, progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> tuple[list[Cells], Reading, set[tuple[int, int]]]:
    rows: list[Cells] = []
    doubtful: set[tuple[int, int]] = set()
    if kind is FileKind.TEXT:
        text_format = find_format(path, choice.encoding, choice.delimiter)
        for cells in text_rows(path, text_format):
            rows.append(cells)
            if len(rows) % _TELL_EVERY == 0:
                progress(len(rows))
                if cancelled():
                    break
        notes = ("The file is not UTF-8; it was read as Windows-1252.",) if text_format.encoding == "cp1252" else ()
        label = f"{text_format.label} text"
        return rows, Reading(label, encoding=text_format.encoding_label, delimiter=text_format.delimiter, notes=notes), doubtful
    worksheets = worksheets_of(path)
    name = choose_worksheet(path, worksheets, choice.sheet_name)
    for block, unsure in row_blocks(path, name, cancelled):
        rows.extend(block)
        doubtful |= unsure
        progress(len(rows))
    return rows, Reading(kind.value, worksheets, name), doubtful


def _layout_of(path: Path, rows: list[Cells], choice: ReadingChoice) -> Layout:
    try:
        return find_layout(rows, choice)
    except ChoiceNotThere as exc:
        raise SheetChoiceWrong(str(path), str(exc)) from exc
    except ColumnsNotFound as exc:
        needs_a_choice = "choose one of" in str(exc)
        raise (SheetChoiceWrong if needs_a_choice else SheetWithoutLinks)(str(path), str(exc)) from exc


def _ask_again(
    path: Path, name: str, rows: list[Cells], layout: Layout, doubtful: set[tuple[int, int]], cancelled: Callable[[], bool]
) -> None:
    """Replace numbers past 15 digits and error cells in the ID columns by what openpyxl finds stored."""
    columns = {layout.columns.parent, layout.columns.related}
    if not any(column in columns for _, column in doubtful) and not has_error_cells(path, FileKind.XLSX):
        return
    for block in second_opinions(path, name, columns, cancelled):
        for index, column, text in block:
            if index < len(rows) and column < len(rows[index]) and rows[index][column] != text:
                rows[index] = (*rows[index][:column], text, *rows[index][column + 1 :])


def _assemble(path: Path, digest: str, rows: list[Cells], reading: Reading, layout: Layout, choice: ReadingChoice) -> SheetLinks:
    builder = _Builder(layout, choice)
    blank = sum(builder.take(number + 1, rows[number]) for number in range(layout.first_row, len(rows)))
    builder.find_odd_ones()
    entries, links = builder.entries, builder.links
    links.included = choice.include_suspicious
    books = Books(
        rows=max(0, len(rows) - layout.first_row),
        blank=blank,
        entries=len(entries),
        links=len(links),
        duplicates=entries.duplicates,
        rejected=entries.rejected(),
        suspicious=len(links.suspicious),
    )
    read = Reading(
        reading.format_name,
        reading.worksheets,
        reading.sheet_name,
        layout.header_row,
        reading.encoding,
        reading.delimiter,
        reading.notes,
    )
    below = RowsBelow(rows, layout.first_row)
    verdicts = builder.verdicts()
    return SheetLinks(
        str(path), path.name, digest, read, layout.headers, layout.columns, choice, below, entries, links, books, verdicts
    )


class _Builder:
    """Turns rows into entries and links, one after the other."""

    def __init__(self, layout: Layout, choice: ReadingChoice) -> None:
        self._layout = layout
        self._fill_down = choice.fill_down
        self._last_parent = ""
        self._judged: dict[str, Judgement] = {}
        self._numbers: dict[tuple[Relation, str, str], int] = {}
        self._cleaned: set[int] = set()
        self._relations: dict[str | None, Relation | None] = {}
        self.entries = Entries()
        self.links = Links([layout.relation] if layout.relation else [])

    def take(self, number: int, cells: Cells) -> bool:
        """Take in the row of this number; True when it is blank."""
        columns = self._layout.columns
        parent = cells[columns.parent] if columns.parent < len(cells) else ""
        related = cells[columns.related] if columns.related < len(cells) else ""
        if is_blank(parent) and is_blank(related) and all(map(is_blank, cells)):
            return True
        if self._fill_down and is_blank(parent):
            parent = self._last_parent
        self._last_parent = parent
        relation = self._relation_of(cells)
        for piece in pieces_of(related):
            self._add(number, relation, parent, piece)
        return False

    def find_odd_ones(self) -> None:
        """Mark links whose IDs are unlike the rest of their column, or end in the zeros of a rounded number."""
        ends = (self.links.parent_ids, self.links.related_ids)
        for column in ends:
            habits = ColumnHabits()
            for record_id in column:
                habits.add(record_id)
            odd = {record_id for record_id in set(column) if habits.is_odd(record_id) or _looks_rounded(record_id)}
            if odd:
                self.links.suspicious.update(number for number, record_id in enumerate(column) if record_id in odd)

    def verdicts(self) -> dict[Verdict, int]:
        """How many entries each verdict fits; of two IDs the worse one counts. Rejected ones only when damaged."""
        suspicious, cleaned = self.links.suspicious, self._cleaned
        counts = dict.fromkeys(Verdict, 0)
        for index, link in enumerate(self.entries.links):
            if link < 0:
                continue
            worst = Verdict.SUSPICIOUS if link in suspicious else Verdict.CLEANED if index in cleaned else Verdict.FINE
            counts[worst] += 1
        counts[Verdict.DAMAGED] = self.entries.rejected().get(Rejection.DAMAGED, 0)
        return counts

    def _relation_of(self, cells: Cells) -> Relation | None:
        """The relation of a row; None when the row names one that is not allowed."""
        if self._layout.relation is not None:
            return self._layout.relation
        code = row_relation(cells, self._layout.columns)
        if code not in self._relations:
            try:
                self._relations[code] = check_allowed(parse_relation(code or ""))
            except RelationNotAllowed:
                self._relations[code] = None
        return self._relations[code]

    def _add(self, row: int, relation: Relation | None, parent_text: str, related_text: str) -> None:
        parent, related = self._judge(parent_text), self._judge(related_text)
        reason = _rejection(relation, parent_text, related_text, parent, related)
        if reason is not None or relation is None or parent.record_id is None or related.record_id is None:
            self.entries.add_rejected(row, parent_text, related_text, reason or Rejection.WRONG_MODULE)
            return
        key = (relation, parent.record_id, related.record_id)
        known = self._numbers.get(key)
        if known is None and len(self._relations) > 1 and (reverse := reverse_of(relation)):
            known = self._numbers.get((reverse, related.record_id, parent.record_id))
        if known is None:
            self._numbers[key] = self.links.add(relation, parent.record_id, related.record_id, row)
        if Verdict.CLEANED in (parent.verdict, related.verdict):
            self._cleaned.add(len(self.entries))
        number = self._numbers[key] if known is None else known
        self.entries.add_link(row, parent_text, related_text, number, duplicate=known is not None)

    def _judge(self, text: str) -> Judgement:
        judged = self._judged.get(text)
        if judged is None:
            judged = judge_text(text)
            if judged.record_id is not None:
                intern(judged.record_id)
            self._judged[text] = judged
        return judged


def _rejection(
    relation: Relation | None, parent_text: str, related_text: str, parent: Judgement, related: Judgement
) -> Rejection | None:
    """Why this entry cannot be sent, the first reason that fits; None when it can."""
    if is_blank(parent_text):
        return Rejection.BLANK_PARENT
    if is_blank(related_text):
        return Rejection.BLANK_RELATED
    if parent_text.strip() in _ERROR_CELLS or related_text.strip() in _ERROR_CELLS:
        return Rejection.ERROR_CELL
    if Verdict.DAMAGED in (parent.verdict, related.verdict):
        return Rejection.DAMAGED
    if parent.record_id is None or related.record_id is None:
        return Rejection.NOT_AN_ID
    if relation is None or not _fits(parent.module, relation.parent_module) or not _fits(related.module, relation.related_list):
        return Rejection.WRONG_MODULE
    return Rejection.SAME_RECORD if parent.record_id == related.record_id else None


def _fits(named: str | None, module: str) -> bool:
    """True unless a record's address named another module."""
    return named is None or canonical_module(named) == module


def _looks_rounded(record_id: str) -> bool:
    return judge_text(record_id).verdict is Verdict.SUSPICIOUS


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of small objects without a cycle: the cyclic collector would only look at them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
