"""IDs (25): what a cell may hold in the place of an ID."""

import datetime
from pathlib import Path

from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

from desktop.domain.entries import Rejection
from tests.sheets.eighty.case import Case, good, with_cell, with_text
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact

_IDS = "IDs"
_NEVER_CALCULATED = "no stored value"
_ROUNDED = "1 ID may have been rounded by a program"


def _with_a_date(folder: Path) -> Path:
    made = OpenpyxlWorkbook()
    page = made.worksheets[0]
    for row in (HEADERS, *good(2, 3)):
        page.append(row)
    page.append((CAMPAIGN, datetime.datetime(2024, 1, 5, 3, 4, 5)))
    made.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def _with_rich_text(folder: Path) -> Path:
    with Workbook(str(folder / "list.xlsx")) as made:
        page = made.add_worksheet("List")
        for number, row in enumerate((HEADERS, *good(2, 3))):
            page.write_string(number, 0, row[0])
            page.write_string(number, 1, row[1])
        page.write_string(3, 0, CAMPAIGN)
        page.write_rich_string(3, 1, contact(4)[:9], made.add_format({"bold": True}), contact(4)[9:])
    return folder / "list.xlsx"


def _with_a_link(folder: Path) -> Path:
    with Workbook(str(folder / "list.xlsx")) as made:
        page = made.add_worksheet("List")
        for number, row in enumerate((HEADERS, *good(2, 3))):
            page.write_string(number, 0, row[0])
            page.write_string(number, 1, row[1])
        page.write_string(3, 0, CAMPAIGN)
        page.write_url(3, 1, "https://example.com/somewhere", string=contact(4))
    return folder / "list.xlsx"


IDS = (
    with_cell(
        _IDS,
        "numeric, more than 15 digits",
        cell("B4", "3652397000000920000", "n"),
        "3652397000000920000",
        suspicious=1,
        note=_ROUNDED,
    ),
    with_text(_IDS, "E+ text", "3.65239700000092E+18", Rejection.DAMAGED),
    with_text(_IDS, "ends in .0", f"{contact(4)}.0", Rejection.DAMAGED),
    with_text(_IDS, "zcrm_", f"zcrm_{contact(4)}", contact(4)),
    with_text(_IDS, "no-break and zero-width space", f"\u00a0\u200b{contact(4)}\ufeff\u202f", contact(4)),
    with_text(_IDS, "zero-width space inside", f"{contact(4)[:6]}\u200b{contact(4)[6:]}", Rejection.NOT_AN_ID),
    with_text(_IDS, "apostrophe", f"'{contact(4)}", contact(4)),
    with_text(_IDS, "thousands marks", "3,652,397,000,000,910,133", Rejection.NOT_AN_ID),
    with_text(_IDS, "full-width digits", "３６５２３９７００００００９１０１３３", Rejection.NOT_AN_ID),
    with_text(_IDS, "Arabic digits", "٣٦٥٢٣٩٧٠٠٠٠٠٠٩١٠١٣٣", Rejection.NOT_AN_ID),
    with_text(_IDS, "underscores", "3652397_000000_910133", Rejection.NOT_AN_ID),
    with_text(_IDS, "superscript digit", "365239700000091013²", Rejection.NOT_AN_ID),
    with_text(_IDS, "sign", f"+{contact(4)}", Rejection.NOT_AN_ID),
    with_text(_IDS, "blank", "", Rejection.BLANK_RELATED),
    with_text(_IDS, "spaces only", "  \u00a0 ", Rejection.BLANK_RELATED),
    with_text(_IDS, "21 digits", "365239700000000910133", Rejection.NOT_AN_ID),
    with_text(_IDS, "5,000 digits", "7" * 5000, Rejection.NOT_AN_ID),
    with_cell(_IDS, "boolean", cell("B4", "1", "b"), Rejection.NOT_AN_ID),
    Case(_IDS, "date", _with_a_date, good(2, 3), {Rejection.NOT_AN_ID: [4]}),
    with_cell(_IDS, "#N/A", cell("B4", "#N/A", "e"), Rejection.ERROR_CELL),
    with_cell(_IDS, "formula with a stored value", f'<c r="B4" t="str"><f>C4</f><v>{contact(4)}</v></c>', contact(4)),
    with_cell(_IDS, "formula without a stored value", '<c r="B4"><f>C4</f></c>', Rejection.BLANK_RELATED, note=_NEVER_CALCULATED),
    Case(_IDS, "rich text", _with_rich_text, good(2, 3, 4)),
    Case(_IDS, "cell with a web link", _with_a_link, good(2, 3, 4)),
    with_text(_IDS, "address of a record", f"https://crm.zoho.eu/crm/org20099/tab/Contacts/{contact(4)}", contact(4)),
)
