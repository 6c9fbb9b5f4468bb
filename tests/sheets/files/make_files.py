"""Makes every-kind and hidden-rows, each as .xls and .ods, with LibreOffice (`soffice` on the path), from workbooks written here.

Run it after a change of the rows: `python tests/sheets/files/make_files.py`. The files are kept because the tests must
not need LibreOffice.
"""

import datetime
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HERE = Path(__file__).parent
CAMPAIGN = "3652397000000327001"
ADDRESS = "https://crm.zoho.com/crm/tab/Contacts"


def main() -> None:
    """Write the workbooks, and let LibreOffice calculate and convert them."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        for name, made in (("every-kind", every_kind()), ("hidden-rows", hidden_rows())):
            source = Path(folder, f"{name}.xlsx")
            made.save(source)
            for kind in ("xls", "ods"):
                command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(HERE), str(source)]
                subprocess.run(command, check=True, capture_output=True)


def every_kind() -> Workbook:
    """Write cells of every kind, and a hidden worksheet in front of them."""
    made = Workbook()
    page = made.worksheets[0]
    page.title = "List"
    rows: list[tuple[Any, ...]] = [
        ("Campaign Id", "Contact Id", "Note"),
        (CAMPAIGN, "3652397000000910013", "text"),
        (None, "3652397000000910043", "below a merged parent"),
        (CAMPAIGN, 123456789012345, "a number of 15 digits"),
        (CAMPAIGN, 3652397000000910073, "a number of 19 digits"),
        (CAMPAIGN, "=NA()", "an error"),
        (CAMPAIGN, "=1/0", "another error"),
        (CAMPAIGN, True, "a boolean"),
        (CAMPAIGN, f'=HYPERLINK("{ADDRESS}/3652397000000910103","3652397000000910103")', "a link by formula"),
        (CAMPAIGN, "=B2", "a formula that repeats row 2"),
        (CAMPAIGN, '=""', "a formula that gives nothing"),
        (CAMPAIGN, datetime.date(2024, 1, 5), "a date"),
    ]
    for row in rows:
        page.append(row)
    page.merge_cells("A2:A3")
    hidden = made.create_sheet("Hidden", 0)
    hidden.sheet_state = "hidden"
    hidden.append(("Campaign Id", "Contact Id"))
    hidden.append((CAMPAIGN, "3652397000000999999"))
    return made


def hidden_rows() -> Workbook:
    """Write rows and columns hidden one by one, by a closed group, and below the last filled row; the second worksheet is in
    front.
    """
    made = Workbook()
    made.worksheets[0].title = "First"
    made.worksheets[0].append(("not", "this one"))
    page: Any = made.create_sheet("List")
    for number in range(1, 21):
        page.append([f"row {number}", *"BCDEF"])
    for number in (3, 5, 6, 20, *range(25, 40)):
        page.row_dimensions[number].hidden = True
    page.row_dimensions.group(8, 10, outline_level=1, hidden=True)
    page.column_dimensions["A"].hidden = True
    page.column_dimensions.group("C", "D", hidden=True)
    made.create_sheet("Last").append(("nor", "this one"))
    made.active = 1
    return made


if __name__ == "__main__":
    main()
