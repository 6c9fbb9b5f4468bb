"""The lines of a table of results: one per entry in source order, the source's own columns first, then ours."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection
from desktop.domain.entries import Entries, Entry, SheetRow
from desktop.domain.findings import Findings, Presence
from desktop.domain.ledger import RunRecord
from desktop.domain.operations import Operation
from desktop.domain.outcomes import AS_WISHED, OUTCOME_LABELS, LinkOutcome, Outcome
from desktop.domain.readings import SheetLinks
from desktop.domain.records import Link
from desktop.domain.row_choices import LeftOut, RowsLeftOut
from desktop.domain.texts import Text
from desktop.sheets.own_results import FINDING_HEADERS, OUTCOME_HEADERS, PROBLEM_HEADERS, headers_with
from desktop.sheets.written_file import WrittenWrong
from desktop.words.causes import explain_cause
from desktop.words.rejections import explain_left_out, explain_rejection

LONGEST_CELL = 32_767
_NO_ENTRY = -1
REJECTED, HELD_BACK = "Rejected", "Held back"
_FOUND = {
    Presence.LINKED: ("Linked", Outcome.DELINKED),
    Presence.NOT_LINKED: ("Not linked", Outcome.NOT_LINKED),
    Presence.NOT_FOUND: ("Not found", Outcome.UNKNOWN),
    Presence.UNCLEAR: ("Could not be read", Outcome.UNKNOWN),
    Presence.NOT_ASKED: ("Not asked", Outcome.NOT_ATTEMPTED),
}

# XML 1.0 has no place for these; a lone surrogate is half a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WEB = {"us": "crm.zoho.com", "eu": "crm.zoho.eu", "in": "crm.zoho.in", "au": "crm.zoho.com.au", "jp": "crm.zoho.jp",
        "cn": "crm.zoho.com.cn", "ca": "crm.zohocloud.ca", "sa": "crm.zoho.sa"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line: all cells as clean text; the outcome for its colour (None: the entry was rejected)."""

    cells: tuple[str, ...]
    outcome: Outcome | None

    @property
    def needs_work(self) -> bool:
        """True for what is not as the run wanted it."""
        return self.outcome not in AS_WISHED


class Lines(Protocol):
    """A table to write: its headers, how many of them (the last ones) are ours, and its lines, as often as asked for."""

    headers: tuple[str, ...]
    own: tuple[str, ...]

    def __iter__(self) -> Iterator[ResultLine]: ...


class OutcomeLines:
    """What became of every entry of a run, and which rows were left out by choice; reads the source rows as a stream."""

    own = OUTCOME_HEADERS

    def __init__(self, record: RunRecord) -> None:
        self._record = record
        self._outcomes = record.ledger.outcomes()
        self._host = _web_host(record.facts.connection)
        self.headers = headers_with(list(map(clean, record.facts.headers)), self.own)

    def __iter__(self) -> Iterator[ResultLine]:
        entries, left_out = self._record.entries, iter(self._record.left_out)
        width = len(self.headers) - len(self.own)
        for source, index in _by_entry(self._record.rows(), entries, width, self._record.left_out):
            yield self._left_out_line(source, *next(left_out)) if index == _NO_ENTRY else self._line(source, entries[index])

    def count(self) -> int:
        """How many lines there are."""
        return len(self._record.entries) + len(self._record.left_out)

    def count_to_fix(self) -> int:
        """How many of them :meth:`to_fix` gives."""
        needs_work = bytearray(known.outcome not in AS_WISHED for known in self._outcomes)
        return sum(link < 0 or needs_work[link] for link in self._record.entries.links)

    def to_fix(self) -> Iterator[ResultLine]:
        """The lines that need work, each with the two texts of its own entry alone: opened again, they are read as they are."""
        facts, entries = self._record.facts, self._record.entries
        if all(link >= 0 and self._outcomes[link].outcome in AS_WISHED for link in entries.links):
            return  # nothing to read the rows for
        for source, index in _by_entry(self._record.rows(), entries, len(self.headers) - len(self.own)):
            entry = entries[index]
            if (line := self._line(_alone(source, entry, facts.parent_column, facts.related_column), entry)).needs_work:
                yield line

    def _left_out_line(self, source: list[str], row: int, reason: LeftOut) -> ResultLine:
        cause, run = explain_left_out(reason), self._record.facts.run
        ours = (str(row), cause.title, cause.why, cause.what_to_do, reason.name.lower(), run, "", "")
        return ResultLine((*source, *ours), Outcome.NOT_ATTEMPTED)

    def _line(self, source: list[str], entry: Entry) -> ResultLine:
        run = self._record.facts.run
        if entry.rejection is not None:
            cause = explain_rejection(entry.rejection)
            ours = (str(entry.row), REJECTED, cause.title, cause.what_to_do, str(entry.rejection), run, "", "")
            return ResultLine((*source, *ours), None)
        known = self._outcomes[entry.link]
        time = _time(self._record.ledger.settled_at(entry.link))
        address = _address(self._host, self._record.links[entry.link]) if self._host else ""
        ours = (str(entry.row), *_words_of(self._record.facts.operation, known), run, time, address)
        return ResultLine((*source, *ours), known.outcome)


class ProblemLines:
    """The entries of a sheet that would not be sent: rejected, or suspicious and not included."""

    own = PROBLEM_HEADERS

    def __init__(self, sheet: SheetLinks) -> None:
        self._sheet = sheet
        self.headers = headers_with(list(map(clean, sheet.headers)), self.own)

    def __iter__(self) -> Iterator[ResultLine]:
        links, entries = self._sheet.links, self._sheet.entries
        held_back = frozenset[int]() if links.included else links.suspicious
        for source, index in _by_entry(self._sheet.rows, entries, len(self._sheet.headers)):
            entry = entries[index]
            source = _alone(source, entry, self._sheet.columns.parent, self._sheet.columns.related)
            if entry.rejection is not None:
                yield self._line(source, entry, REJECTED, None)
            elif entry.link in held_back:
                yield self._line(source, entry, HELD_BACK, Outcome.NOT_ATTEMPTED)

    def _line(self, source: list[str], entry: Entry, problem: str, outcome: Outcome | None) -> ResultLine:
        cause = explain_cause(CauseCode.HELD_BACK) if entry.rejection is None else explain_rejection(entry.rejection)
        return ResultLine((*source, str(entry.row), problem, cause.title, cause.what_to_do), outcome)


class FindingLines:
    """Every entry of a sheet with what a look into the CRM found: linked, not linked, not found, or why nobody asked."""

    own = FINDING_HEADERS

    def __init__(self, sheet: SheetLinks, findings: Findings) -> None:
        self._sheet, self._findings = sheet, findings
        self.headers = headers_with(sheet.headers, self.own)

    def __iter__(self) -> Iterator[ResultLine]:
        links, entries, names = self._sheet.links, self._sheet.entries, self._findings.names
        for source, index in _by_entry(self._sheet.rows, entries, len(self._sheet.headers)):
            entry = entries[index]
            if entry.rejection is not None:
                yield ResultLine((*source, str(entry.row), REJECTED, "", "", explain_rejection(entry.rejection).title), None)
                continue
            words, outcome = _FOUND[self._findings.of(entry.link)]
            called = (names.get(links.parent_ids[entry.link], ""), names.get(links.related_ids[entry.link], ""))
            yield ResultLine((*source, str(entry.row), words, *map(clean, called), ""), outcome)


def _alone(source: list[str], entry: Entry, parent_column: int, related_column: int) -> list[str]:
    """The source's cells with the texts of one entry in the two columns: a cell may hold several, a parent be filled down."""
    alone = list(source)
    for column, text in ((parent_column, entry.parent_text), (related_column, entry.related_text)):
        if 0 <= column < len(alone):
            alone[column] = clean(text)
    return alone


def clean(text: str) -> str:
    """Text that a workbook can hold: no control characters, no half characters, at most 32,767 characters."""
    if text.isprintable() and len(text) <= LONGEST_CELL:
        return text
    return _UNWRITABLE.sub("\ufffd", text)[:LONGEST_CELL]


def _clean_row(cells: Sequence[str]) -> list[str]:
    """:func:`clean` of each, told of all at once where nothing is to be done, as nearly always."""
    together = "".join(cells)
    return list(cells) if together.isprintable() and len(together) <= LONGEST_CELL else list(map(clean, cells))


def _by_entry(
    rows: Iterable[SheetRow], entries: Entries, width: int, left_out: RowsLeftOut | None = None
) -> Iterator[tuple[list[str], int]]:
    """For each entry in order the cells of its row and its index; for a row of ``left_out`` its cells and _NO_ENTRY.

    Other rows without entries (blank ones, and rows left out that nobody asked for) are passed over.
    """
    index, count = 0, len(entries)
    waiting = iter(left_out or ())
    next_left_out = next(waiting, None)
    for row in rows:
        is_left_out = next_left_out is not None and next_left_out[0] == row.number
        if not is_left_out and (index >= count or entries.rows[index] != row.number):
            continue
        source = _clean_row(row.cells[:width])
        source += [""] * (width - len(source))
        if is_left_out:
            next_left_out = next(waiting, None)
            yield source, _NO_ENTRY
        while index < count and entries.rows[index] == row.number:
            yield source, index
            index += 1
    if index < count or next_left_out is not None:
        raise WrittenWrong(Text("record-lacks-rows"))


def _web_host(connection: Connection) -> str:
    """The host of the records' pages; empty where it is not known."""
    return _WEB.get(connection.data_centre, "") if connection.is_production else ""


def _address(host: str, link: Link) -> str:
    """The related record's page in Zoho as plain text."""
    return f"https://{host}/crm/tab/{link.relation.related_list}/{link.related_id}"


@lru_cache(maxsize=256)  # few outcomes differ in a run
def _words_of(operation: Operation, known: LinkOutcome) -> tuple[str, str, str, str]:
    """Outcome, cause, what to do and the CRM's own words, as they stand in the columns."""
    cause = explain_cause(known.cause, operation)
    details = f"{known.code}: {known.message}" if known.message else known.code
    return OUTCOME_LABELS[known.outcome], cause.title, cause.what_to_do, clean(details)


@lru_cache(maxsize=64)  # the links of a call were settled together
def _time(at: float | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
