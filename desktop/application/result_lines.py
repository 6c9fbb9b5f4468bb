"""The lines of a table of results: one per entry in source order, the source's own columns first, then ours.

A table may have a million lines, so what is told of a cause is put into words once for each cause and not for each line.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection
from desktop.domain.entries import Entries, Entry, Links, Rejection, SheetRow
from desktop.domain.findings import Findings, Presence
from desktop.domain.ledger import RunRecord
from desktop.domain.operations import Operation
from desktop.domain.outcomes import AS_MEANT, LinkOutcome, Outcome
from desktop.domain.readings import SheetLinks
from desktop.domain.result_tables import (
    FINDING_COLUMNS,
    OUTCOME_COLUMNS,
    PROBLEM_COLUMNS,
    ResultLine,
    ResultSheet,
    ResultWords,
    RowsMissing,
    code_of,
    headers_with,
)
from desktop.domain.row_choices import LeftOut, RowsLeftOut
from desktop.words import say
from desktop.words.causes import explain_cause
from desktop.words.labels import outcome_label
from desktop.words.rejections import explain_left_out, explain_rejection

_NO_ENTRY = -1
_OUTCOME_OF = {
    Presence.LINKED: Outcome.DELINKED,
    Presence.NOT_LINKED: Outcome.NOT_LINKED,
    Presence.NOT_FOUND: Outcome.UNKNOWN,
    Presence.UNCLEAR: Outcome.UNKNOWN,
    Presence.NOT_ASKED: Outcome.NOT_ATTEMPTED,
}
_WEB = {"us": "crm.zoho.com", "eu": "crm.zoho.eu", "in": "crm.zoho.in", "au": "crm.zoho.com.au", "jp": "crm.zoho.jp",
        "cn": "crm.zoho.com.cn", "ca": "crm.zohocloud.ca", "sa": "crm.zoho.sa"}  # fmt: skip


class OutcomeLines:
    """What became of every entry of a run, and which rows were left out by choice; reads the source rows as a stream."""

    own = OUTCOME_COLUMNS

    def __init__(self, record: RunRecord, words: ResultWords) -> None:
        self.title = words.sheets[ResultSheet.ALL_ROWS]
        self.headers = headers_with(record.facts.headers, words.headings(self.own))
        self.record = record
        self.outcomes = record.ledger.outcomes()
        self._host = _web_host(record.facts.connection)
        self._rejected = say("Rejected")
        self._words_of = _said_once(record.facts.operation)
        self._why_rejected = {reason: explain_rejection(reason) for reason in Rejection}
        self._why_left_out = {reason: explain_left_out(reason) for reason in LeftOut}

    def __iter__(self) -> Iterator[ResultLine]:
        entries, left_out = self.record.entries, iter(self.record.left_out)
        width = len(self.headers) - len(self.own)
        for source, index in _by_entry(self.record.rows(), entries, width, self.record.left_out):
            yield self._left_out_line(source, *next(left_out)) if index == _NO_ENTRY else self.line(source, entries[index])

    def count(self) -> int:
        return len(self.record.entries) + len(self.record.left_out)

    def _left_out_line(self, source: list[str], row: int, reason: LeftOut) -> ResultLine:
        cause, run = self._why_left_out[reason], self.record.facts.run
        ours = (str(row), cause.title, cause.why, cause.what_to_do, code_of(reason), run, "", "")
        return ResultLine((*source, *ours), Outcome.NOT_ATTEMPTED)

    def line(self, source: list[str], entry: Entry) -> ResultLine:
        """The line of one entry, beside these cells of its row."""
        run = self.record.facts.run
        if entry.rejection is not None:
            cause = self._why_rejected[entry.rejection]
            ours = (str(entry.row), self._rejected, cause.title, cause.what_to_do, str(entry.rejection), run, "", "")
            return ResultLine((*source, *ours), None)
        known = self.outcomes[entry.link]
        time = _time(self.record.ledger.settled_at(entry.link))
        address = _address(self._host, self.record.links, entry.link) if self._host else ""
        ours = (str(entry.row), *self._words_of(known), run, time, address)
        return ResultLine((*source, *ours), known.outcome)


class LinesToFix:
    """Those lines of a run that need work, each with the two texts of its own entry alone: opened again, they are read as they
    are.
    """

    own = OUTCOME_COLUMNS

    def __init__(self, lines: OutcomeLines, words: ResultWords) -> None:
        self._lines, self._record = lines, lines.record
        # Opened as a sheet, what was not put back would be removed once more, so it is called otherwise.
        is_undo = self._record.facts.operation.ends_linked
        self.sheet = ResultSheet.NOT_PUT_BACK if is_undo else ResultSheet.TO_FIX
        self.title, self.headers = words.sheets[self.sheet], lines.headers

    def __iter__(self) -> Iterator[ResultLine]:
        facts, entries, outcomes = self._record.facts, self._record.entries, self._lines.outcomes
        if all(link >= 0 and outcomes[link].outcome in AS_MEANT for link in entries.links):
            return  # nothing to read the rows for
        for source, index in _by_entry(self._record.rows(), entries, len(self.headers) - len(self.own)):
            entry = entries[index]
            alone = _alone(source, entry, facts.parent_column, facts.related_column)
            if (line := self._lines.line(alone, entry)).needs_work:
                yield line

    def count(self) -> int:
        needs_work = bytearray(known.outcome not in AS_MEANT for known in self._lines.outcomes)
        return sum(link < 0 or needs_work[link] for link in self._record.entries.links)


class ProblemLines:
    """The entries of a sheet that would not be sent: rejected, or suspicious and not included."""

    own = PROBLEM_COLUMNS

    def __init__(self, sheet: SheetLinks, words: ResultWords) -> None:
        self.title = words.sheets[ResultSheet.PROBLEM_ROWS]
        self.headers = headers_with(sheet.headers, words.headings(self.own))
        self._sheet = sheet
        self._held_back = frozenset[int]() if sheet.links.included else sheet.links.suspicious
        self._rejected = say("Rejected")
        self._why_rejected = {reason: explain_rejection(reason) for reason in Rejection}
        self._suspicious = say("Held back"), explain_cause(CauseCode.HELD_BACK)

    def __iter__(self) -> Iterator[ResultLine]:
        entries, columns = self._sheet.entries, self._sheet.columns
        for source, index in _by_entry(self._sheet.rows, entries, len(self._sheet.headers)):
            entry = entries[index]
            if entry.rejection is not None:
                problem, cause = self._rejected, self._why_rejected[entry.rejection]
            elif entry.link in self._held_back:
                problem, cause = self._suspicious
            else:
                continue
            alone = _alone(source, entry, columns.parent, columns.related)
            outcome = Outcome.NOT_ATTEMPTED if entry.rejection is None else None
            yield ResultLine((*alone, str(entry.row), problem, cause.title, cause.what_to_do), outcome)

    def count(self) -> int:
        held_back = sum(link in self._held_back for link in self._sheet.entries.links) if self._held_back else 0
        return held_back + sum(self._sheet.entries.rejected().values())


class FindingLines:
    """Every entry of a sheet with what a look into the CRM found: linked, not linked, not found, or why nobody asked."""

    own = FINDING_COLUMNS

    def __init__(self, sheet: SheetLinks, findings: Findings, words: ResultWords) -> None:
        self.title = words.sheets[ResultSheet.FOUND]
        self.headers = headers_with(sheet.headers, words.headings(self.own))
        self._sheet, self._findings = sheet, findings
        self._rejected = say("Rejected")
        self._why_rejected = {reason: explain_rejection(reason).title for reason in Rejection}
        self._found = {
            Presence.LINKED: say("Linked"),
            Presence.NOT_LINKED: say("Not linked"),
            Presence.NOT_FOUND: say("Not found"),
            Presence.UNCLEAR: say("Could not be read"),
            Presence.NOT_ASKED: say("Not asked"),
        }

    def __iter__(self) -> Iterator[ResultLine]:
        links, entries, names = self._sheet.links, self._sheet.entries, self._findings.names
        for source, index in _by_entry(self._sheet.rows, entries, len(self._sheet.headers)):
            entry = entries[index]
            if entry.rejection is not None:
                yield ResultLine((*source, str(entry.row), self._rejected, "", "", self._why_rejected[entry.rejection]), None)
                continue
            found = self._findings.of(entry.link)
            called = (names.get(links.parent_ids[entry.link], ""), names.get(links.related_ids[entry.link], ""))
            yield ResultLine((*source, str(entry.row), self._found[found], *called, ""), _OUTCOME_OF[found])

    def count(self) -> int:
        return len(self._sheet.entries)


def _alone(source: list[str], entry: Entry, parent_column: int, related_column: int) -> list[str]:
    """The source's cells with the texts of one entry in the two columns: a cell may hold several, a parent be filled down."""
    alone = list(source)
    for column, text in ((parent_column, entry.parent_text), (related_column, entry.related_text)):
        if 0 <= column < len(alone):
            alone[column] = text
    return alone


def _by_entry(
    rows: Iterable[SheetRow], entries: Entries, width: int, left_out: RowsLeftOut | None = None
) -> Iterator[tuple[list[str], int]]:
    """For each entry in order the cells of its row and its index; for a row of ``left_out`` its cells and _NO_ENTRY.

    Other rows without entries (blank ones, and rows left out that nobody asked for) are passed over. Raises RowsMissing.
    """
    index, count = 0, len(entries)
    waiting = iter(left_out or ())
    next_left_out = next(waiting, None)
    for row in rows:
        is_left_out = next_left_out is not None and next_left_out[0] == row.number
        if not is_left_out and (index >= count or entries.rows[index] != row.number):
            continue
        source = list(row.cells[:width])
        source += [""] * (width - len(source))
        if is_left_out:
            next_left_out = next(waiting, None)
            yield source, _NO_ENTRY
        while index < count and entries.rows[index] == row.number:
            yield source, index
            index += 1
    if index < count or next_left_out is not None:
        raise RowsMissing


def _web_host(connection: Connection) -> str:
    """The host of the records' pages; empty where it is not known."""
    return _WEB.get(connection.data_centre, "") if connection.is_production else ""


def _address(host: str, links: Links, number: int) -> str:
    """The related record's page in Zoho as plain text."""
    # Without making a Link: it would check both IDs once more, a million times.
    return f"https://{host}/crm/tab/{links.relation(number).related_list}/{links.related_ids[number]}"


def _said_once(operation: Operation) -> Callable[[LinkOutcome], tuple[str, str, str, str]]:
    """Gives outcome, cause, what to do and the CRM's own words of a link, as they stand in the columns. Few differ in a run."""

    @lru_cache(maxsize=256)
    def words_of(known: LinkOutcome) -> tuple[str, str, str, str]:
        cause = explain_cause(known.cause, operation)
        details = f"{known.code}: {known.message}" if known.message else known.code
        return outcome_label(known.outcome), cause.title, cause.what_to_do, details

    return words_of


@lru_cache(maxsize=64)  # the links of a call were settled together
def _time(at: float | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
