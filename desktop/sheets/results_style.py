"""How the results workbook looks: calm, frozen headers, outcomes in words and colour, and a summary that is evidence."""

from typing import Any

from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import OUTCOME_LABELS, Outcome
from desktop.domain.rejections import REJECTIONS
from desktop.domain.relations import label_of
from desktop.domain.runs import RunState
from desktop.sheets.results_lines import OUR_HEADERS, ResultLine, ResultLines, clean

# The words carry the meaning; the colours only help the eye. Text on white, at least 4.5 : 1.
_COLOURS: dict[Outcome | None, str] = {
    Outcome.DELINKED: "#18703A",
    Outcome.NOT_LINKED: "#505A66",
    Outcome.REFUSED: "#B3261E",
    Outcome.UNKNOWN: "#8A5A00",
    Outcome.NOT_ATTEMPTED: "#5B6570",
    None: "#B3261E",
}
_OUR_WIDTHS = (8, 16, 36, 60, 24, 22, 24, 60)
_SOURCE_WIDTH = 24
_OUTCOME_PLACE = OUR_HEADERS.index("Outcome")

_STATES = {
    RunState.FINISHED: "Finished",
    RunState.PAUSED: "Paused; it can be continued",
    RunState.STOPPED: "Stopped; it can be continued",
    RunState.RUNNING: "Running",
    RunState.INTERRUPTED: "Interrupted; it can be continued",
}


class Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        self._header = workbook.add_format(
            {"bold": True, "bg_color": "#EEF1F5", "bottom": 1, "bottom_color": "#7C8591", "text_wrap": True, "valign": "vcenter"}
        )
        self._ours = workbook.add_format(
            {"bold": True, "bg_color": "#DCE9F7", "bottom": 1, "bottom_color": "#0B5CAD", "text_wrap": True, "valign": "vcenter"}
        )
        self._text = workbook.add_format({"num_format": "@", "valign": "top"})
        self._outcomes = {
            outcome: workbook.add_format({"num_format": "@", "bold": True, "font_color": colour, "valign": "top"})
            for outcome, colour in _COLOURS.items()
        }
        self.title = workbook.add_format({"bold": True, "font_size": 18})
        self.section = workbook.add_format({"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#7C8591"})
        self.label = workbook.add_format({"font_color": "#505A66", "valign": "top"})
        self.value = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.number = workbook.add_format({"num_format": "#,##0", "align": "left"})

    def start(self, workbook: Any, title: str, lines: ResultLines) -> Any:
        """A worksheet with its header row, ready for lines."""
        sheet = workbook.add_worksheet(title)
        first_of_ours = len(lines.headers) - len(OUR_HEADERS)
        sheet.set_row(0, 30)
        for column in range(len(lines.headers)):
            ours = column - first_of_ours
            sheet.set_column(column, column, _OUR_WIDTHS[ours] if ours >= 0 else _SOURCE_WIDTH)
        for column, header in enumerate(lines.headers):
            sheet.write_string(0, column, header, self._ours if column >= first_of_ours else self._header)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def write_line(self, sheet: Any, row: int, line: ResultLine) -> None:
        """One line; every cell is a string cell."""
        outcome_column = len(line.cells) - len(OUR_HEADERS) + _OUTCOME_PLACE
        for column, cell in enumerate(line.cells):
            if cell:
                sheet.write_string(row, column, cell, self._outcomes[line.outcome] if column == outcome_column else self._text)

    def finish(self, sheet: Any, lines: int, columns: int) -> None:
        """After the last line: the filter over all of them."""
        sheet.autofilter(0, 0, max(lines, 1), columns - 1)


def write_summary(sheet: Any, record: RunRecord, styles: Styles) -> None:
    """Who, where, what, when and how many: the first page."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 80)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "What became of the links", styles.title)
    row = 2
    for title, pairs in (
        ("Outcomes", _counts(record)),
        ("Run", _run(record)),
        ("Account", _account(record)),
        ("Sheet", _sheet(record)),
    ):
        sheet.write_string(row, 0, title, styles.section)
        sheet.write_string(row, 1, "", styles.section)
        row += 1
        for label, value in pairs:
            sheet.write_string(row, 0, label, styles.label)
            if isinstance(value, int):
                sheet.write_number(row, 1, value, styles.number)
            else:
                sheet.write_string(row, 1, clean(value), styles.value)
            row += 1
        row += 1


def _counts(record: RunRecord) -> list[tuple[str, str | int]]:
    outcomes = [known.outcome for known in record.ledger.outcomes()]
    pairs: list[tuple[str, str | int]] = [(label, outcomes.count(outcome)) for outcome, label in OUTCOME_LABELS.items()]
    pairs.append(("Links in all", len(outcomes)))
    pairs.append(("Repeated in the sheet", record.entries.duplicates))
    pairs += [(f"Rejected: {REJECTIONS[reason].title}", count) for reason, count in record.entries.rejected().items()]
    return pairs


def _run(record: RunRecord) -> list[tuple[str, str | int]]:
    facts, ledger = record.facts, record.ledger
    relations = ", ".join(f"{label_of(relation)} ({relation.code})" for relation in facts.relations)
    return [
        ("State", _STATES[ledger.state]),
        ("Run", facts.run),
        ("Started", facts.started),
        ("Relation", relations),
        ("Removal calls", ledger.calls),
        ("Reading calls", ledger.reads),
        ("Calls addressed from", {"parent": "the parent records", "related": "the related records"}.get(facts.side, "both ends")),
        ("Safety copy", "none"),
        ("Delink version", facts.app_version),
        ("User of this computer", facts.os_user),
    ]


def _account(record: RunRecord) -> list[tuple[str, str | int]]:
    connection = record.facts.connection
    account = connection.account
    return [
        ("Company", account.company or "not known"),
        ("Organisation ID", account.organisation_id or "not known"),
        ("Zoho user", " ".join(part for part in (account.user, account.email) if part) or "not known"),
        ("Data centre", connection.data_centre.upper() or connection.api_url),
        ("Environment", str(connection.environment or "not known")),
        ("Version of Zoho's interface", connection.api_version),
    ]


def _sheet(record: RunRecord) -> list[tuple[str, str | int]]:
    facts = record.facts
    return [("File", facts.sheet_name), ("Read as", facts.reading), ("SHA-256", facts.sheet_sha256)]
