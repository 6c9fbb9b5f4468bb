"""The first page of the results: who, where, what, when and how many, as evidence that stands by itself."""

from datetime import UTC, datetime
from typing import Any

from desktop.domain.history import Family, put_back_by
from desktop.domain.ledger import RunRecord
from desktop.domain.origins import RetryOf
from desktop.domain.relations import label_of
from desktop.domain.row_choices import LeftOut
from desktop.domain.runs import RunState
from desktop.sheets.own_results import SUMMARY
from desktop.sheets.results_lines import clean
from desktop.sheets.results_workbook import ResultsWorkbook
from desktop.words.labels import outcome_label
from desktop.words.rejections import explain_left_out, explain_rejection

_NOT_KNOWN = "not known"
_STATES = {
    RunState.FINISHED: "Finished",
    RunState.PAUSED: "Paused; it can be continued",
    RunState.STOPPED: "Stopped; it can be continued",
    RunState.RUNNING: "Running",
    RunState.INTERRUPTED: "Interrupted; it can be continued",
}
_SIDES = {"parent": "the parent records", "related": "the related records"}

Facts = list[tuple[str, str | int]]


def write_summary(workbook: ResultsWorkbook, record: RunRecord, family: Family) -> None:
    """Add the page to the workbook, as its first worksheet."""
    styles = _Styles(workbook)
    sheet = workbook.add_page(SUMMARY, one_page=True)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, "What became of the links", styles.title)
    sections = (
        ("Outcomes", [*_counts(record), *_undone(family)]),
        ("Run", _run(record, family)),
        ("Account", _account(record)),
        ("Sheet", _sheet(record)),
    )
    row = 2
    for heading, facts in sections:
        row = styles.write_section(sheet, row, heading, facts) + 1
    workbook.rows[-1] = 1 + sum(1 + len(facts) for _, facts in sections)


class _Styles:
    """The formats of the page."""

    def __init__(self, workbook: ResultsWorkbook) -> None:
        self.title = workbook.format(bold=True, font_size=18)
        self._section = workbook.format(bold=True, font_size=12, bottom=1, bottom_color="#7C8591")
        self._label = workbook.format(font_color="#505A66", valign="top")
        self._value = workbook.format(num_format="@", valign="top", text_wrap=True)
        self._number = workbook.format(num_format="#,##0", align="left")

    def write_section(self, sheet: Any, row: int, heading: str, facts: Facts) -> int:
        """Write a heading and its facts from this row on; returns the first row below them."""
        sheet.write_string(row, 0, heading, self._section)
        sheet.write_blank(row, 1, None, self._section)
        for place, (label, value) in enumerate(facts, start=row + 1):
            sheet.write_string(place, 0, label, self._label)
            if isinstance(value, int):
                sheet.write_number(place, 1, value, self._number)
            else:
                sheet.write_string(place, 1, clean(value), self._value)
        return row + 1 + len(facts)


def _counts(record: RunRecord) -> Facts:
    outcomes = [known.outcome for known in record.ledger.outcomes()]
    facts: Facts = [(outcome_label(outcome), outcomes.count(outcome)) for outcome in record.facts.operation.outcomes]
    facts.append(("Links in all", len(outcomes)))
    facts.append(("Repeated in the sheet", record.entries.duplicates))
    facts += [(f"Rejected: {explain_rejection(reason).title}", count) for reason, count in record.entries.rejected().items()]
    facts.append(("Entries in all", len(record.entries)))
    left_out = ((explain_left_out(reason).title, record.left_out.count(reason)) for reason in LeftOut)
    facts += [(f"Rows: {title[:1].lower()}{title[1:]}", number) for title, number in left_out if number]
    return facts


def _undone(family: Family) -> Facts:
    """The counts above are what the run did; this is what became of it."""
    if not family.put_back:
        return []
    words = f"{family.put_back:,} of {family.removed:,} links that it removed were put back"
    return [("This run was undone" if family.is_undone else "This run was undone in part", words)]


def _run(record: RunRecord, family: Family) -> Facts:
    facts, ledger = record.facts, record.ledger
    follows = "Tries again what this run left" if isinstance(facts.origin, RetryOf) else "Puts back what this run removed"
    changed = datetime.fromtimestamp(ledger.changed_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if ledger.changed_at else ""
    return [
        ("State", _STATES[ledger.state]),
        ("Run", facts.run),
        *([(follows, facts.origin.run)] if facts.origin.run is not None else []),
        *([("What this run left was tried again by", family.retry.run)] if family.retry else []),
        *(
            ("Undone by run", f"{undo.run}: {put_back_by(undo):,} links put back, started {undo.started}")
            for undo in family.undos
        ),
        ("Started (UTC)", facts.started),
        ("Ended (UTC)", changed if ledger.state is not RunState.RUNNING else ""),
        ("Relation", ", ".join(f"{label_of(relation)} ({relation.code})" for relation in facts.relations)),
        ("Calls that put links back" if facts.operation.wished_there else "Removal calls", ledger.calls),
        ("Reading calls", ledger.reads),
        ("Calls addressed from", _SIDES.get(facts.side, "both ends")),
        ("Safety copy", _safety_copy(record)),
        ("Delink version", facts.app_version),
        ("User of this computer", facts.os_user or _NOT_KNOWN),
    ]


def _safety_copy(record: RunRecord) -> str:
    links = f"{record.ledger.copies:,} links"
    if not record.facts.operation.takes_copy:
        return f"that of the run above, {links}"
    return f"{links}, read before they were removed" if record.facts.safety_copy else "none"


def _account(record: RunRecord) -> Facts:
    connection = record.facts.connection
    account = connection.account
    return [
        ("Company", account.company or _NOT_KNOWN),
        ("Organisation ID", account.organisation_id or _NOT_KNOWN),
        ("Zoho user", " ".join(part for part in (account.user, account.email) if part) or _NOT_KNOWN),
        ("Data centre", connection.data_centre.upper() or connection.api_url),
        ("Environment", str(connection.environment or _NOT_KNOWN)),
        ("Version of Zoho's interface", connection.api_version),
    ]


def _sheet(record: RunRecord) -> Facts:
    facts = record.facts
    return [("File", facts.sheet_name), ("Read as", facts.reading), ("SHA-256", facts.sheet_sha256)]
