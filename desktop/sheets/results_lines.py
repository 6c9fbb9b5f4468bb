"""The lines of the results: one per entry in source order, the source's own columns first, then ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.domain.causes import cause_of
from desktop.domain.entries import Entry
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import OUTCOME_LABELS, LinkOutcome, Outcome
from desktop.domain.rejections import REJECTIONS

SUMMARY, ALL_ROWS, TO_FIX = "Summary", "All rows", "To fix"
# A worksheet has 1,048,576 rows, the first of which is the header.
MOST_LINES = 1_048_575
LONGEST_CELL = 32_767

OUR_HEADERS = ("Row", "Outcome", "Cause", "What to do", "Code", "Run", "Time", "Record address")
PREFIX = "Delink: "
REJECTED = "Rejected"

# XML 1.0 has no place for these; a lone surrogate is half a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WEB = {"us": "crm.zoho.com", "eu": "crm.zoho.eu", "in": "crm.zoho.in", "au": "crm.zoho.com.au", "jp": "crm.zoho.jp",
        "cn": "crm.zoho.com.cn", "ca": "crm.zohocloud.ca", "sa": "crm.zoho.sa"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line: all cells as clean text; the outcome (None: rejected) for its colour."""

    cells: tuple[str, ...]
    outcome: Outcome | None

    @property
    def needs_work(self) -> bool:
        """True for what was neither removed nor found unlinked."""
        return self.outcome not in (Outcome.DELINKED, Outcome.NOT_LINKED)


class ResultLines:
    """Iterates the lines of a run's results, reading the source rows as a stream."""

    def __init__(self, record: RunRecord) -> None:
        self._record = record
        self._outcomes = record.ledger.outcomes()
        facts = record.facts
        self._width = len(facts.headers)
        taken = {header.strip().lower() for header in facts.headers}
        ours = [header if header.lower() not in taken else PREFIX + header for header in OUR_HEADERS]
        self.headers: tuple[str, ...] = (*(clean(header) for header in facts.headers), *ours)

    def __iter__(self) -> Iterator[ResultLine]:
        entries, position = self._record.entries, 0
        for row in self._record.rows():
            if position >= len(entries) or entries.rows[position] != row.number:
                continue
            source = [clean(cell) for cell in row.cells[: self._width]]
            source += [""] * (self._width - len(source))
            while position < len(entries) and entries.rows[position] == row.number:
                yield self._line(source, entries[position])
                position += 1

    def _line(self, source: list[str], entry: Entry) -> ResultLine:
        run = self._record.facts.run
        if entry.rejection is not None:
            cause = REJECTIONS[entry.rejection]
            ours = (str(entry.row), REJECTED, cause.title, cause.what_to_do, str(entry.rejection), run, "", "")
            return ResultLine((*source, *ours), None)
        known = self._outcomes[entry.link]
        cause = cause_of(known.cause)
        ours = (
            str(entry.row),
            OUTCOME_LABELS[known.outcome],
            cause.title,
            cause.what_to_do,
            clean(_details(known)),
            run,
            _time(self._record.ledger.settled_at(entry.link)),
            self._address(entry.link),
        )
        return ResultLine((*source, *ours), known.outcome)

    def _address(self, link: int) -> str:
        """The related record's page in Zoho as plain text; empty where the host is not known."""
        host = _WEB.get(self._record.facts.connection.data_centre)
        one = self._record.links[link]
        return f"https://{host}/crm/tab/{one.relation.related_list}/{one.related_id}" if host else ""


def clean(text: str) -> str:
    """Text that a workbook can hold: no control characters, no half characters, at most 32,767 characters."""
    return _UNWRITABLE.sub("\ufffd", text)[:LONGEST_CELL]


def _details(outcome: LinkOutcome) -> str:
    return f"{outcome.code}: {outcome.message}" if outcome.message else outcome.code


def _time(at: float | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
