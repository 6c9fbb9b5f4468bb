"""The first page of the results says who, where, what, when and how many."""

from pathlib import Path

from desktop.domain.outcomes import REMOVED
from tests.sheets.making_sheets import (
    NOT_LINKED,
    refused,
)
from tests.sheets.test_results_sheet import mixed_sheet, results, table


def test_the_summary_is_evidence_that_stands_by_itself(tmp_path: Path) -> None:
    sheet = mixed_sheet(tmp_path)
    results(sheet, tmp_path / "results.xlsx", REMOVED, NOT_LINKED, refused(""))
    facts = {row[0]: row[1] for row in table(tmp_path / "results.xlsx", "Summary") if row[0]}
    expected = {
        "Removed": 1,
        "Was not linked": 1,
        "Refused": 1,
        "Not confirmed": 0,
        "Not sent": 2,
        "Links in all": 5,
        "Repeated in the sheet": 1,
        "Rejected: Damaged by a spreadsheet": 1,
        "Rejected: No parent ID in this row": 1,
        "Entries in all": 8,
        "State": "Finished",
        "Run": facts["Run"],
        "Started (UTC)": "2026-04-01T08:00:00Z",
        "Ended (UTC)": "2026-04-01T08:00:06Z",
        "Relation": "Contacts from Campaigns (Campaigns/Contacts)",
        "Removal calls": 1,
        "Reading calls": 0,
        "Calls addressed from": "the parent records",
        "Delink version": "0.1.0",
        "User of this computer": "ann",
        "Company": "ACME GmbH",
        "Organisation ID": "20099900001",
        "Zoho user": "Ann Admin ann@acme.example",
        "Data centre": "EU",
        "Environment": "production",
        "File": "list.xlsx",
        "Read as": "Excel workbook, sheet “List”, header in row 1",
        "SHA-256": sheet.sha256,
    }
    assert {label: facts[label] for label in expected} == expected
