"""Makes the sample sheets: about 400 rows with every kind of trouble that real sheets have. Always the same bytes of data.

python resources/samples/make_sample.py
"""

import csv
import random
import sys
from pathlib import Path

from xlsxwriter import Workbook

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from desktop.practice.names import name_of  # noqa: E402 (the path has to be set first)

ORGANISATION = "365239700000"
CAMPAIGNS = 6
HEADERS = ("Campaign Id", "Campaign Name", "Contact Id", "Contact Name", "Reason")


def main() -> None:
    """Write both samples beside this file."""
    dice = random.Random(20260401)
    rows = good_rows(dice) + odd_rows()
    write_workbook(HERE / "spring-clean-up.xlsx", rows)
    with (HERE / "price-books.csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("Product Id", "Produkt", "Price Book Id", "Preisbuch"))
        for n in range(12):
            product, book = f"zcrm_{ORGANISATION}41{n % 4 + 21:05d}", f"zcrm_{ORGANISATION}52{n + 107:05d}"
            writer.writerow((product, f"Stühle {n % 4}", book, f"Frühjahr {n}"))


def campaign(n: int) -> str:
    """The ID of a campaign."""
    return f"{ORGANISATION}03{27001 + 17 * n:05d}"


def contact(n: int) -> str:
    """The ID of a contact."""
    return f"{ORGANISATION}09{10013 + 29 * n:05d}"


def good_rows(dice: random.Random) -> list[tuple[str, ...]]:
    """Rows without trouble: six campaigns with many contacts each, under the names that the practice CRM knows."""
    rows = []
    for n in range(352):
        which = campaign(dice.randrange(CAMPAIGNS))
        reason = dice.choice(("moved away", "asked not to be invited", "duplicate record", "left the company", ""))
        rows.append((which, name_of("Campaigns", which), contact(n), name_of("Contacts", contact(n)), reason))
    return rows


def odd_rows() -> list[tuple[object, ...]]:
    """One row or more for each trouble; IDs of 19 digits as numbers are floats, as Excel stores them."""
    fair = campaign(0)
    name = name_of("Campaigns", fair)

    def row(related: object, note: str, parent: object = fair) -> tuple[object, ...]:
        return (parent, name, related, "", note)

    clean = [
        row(f"zcrm_{contact(400)}", "with Zoho's prefix", f"zcrm_{fair}"),
        row(f"  {contact(401)} ", "blanks around it"),
        row(f"\u00a0{contact(402)}\u200b", "invisible blanks around it"),
        row(f"'{contact(403)}", "an apostrophe in front"),
        row(f'"{contact(404)}"', "in quotation marks"),
        row(f'="{contact(405)}"', "written as a formula's text"),
        row(f"https://crm.zoho.eu/crm/org20099900001/tab/Contacts/{contact(406)}", "the record's address"),
        row(f"{contact(407)}, {contact(408)}; {contact(409)}", "three in one cell"),
        row(f"{contact(410)}\n{contact(411)}", "two lines in one cell"),
        row(contact(400), "the same link as further up"),
        row(f"zcrm_{contact(401)}", "the same link in another spelling"),
        row(contact(412), "=1+1"),
        row(contact(413), "+49 30 1234567"),
    ]
    damaged = [row(float(contact(420 + n)), "typed as a number") for n in range(5)]
    damaged += [row("3.65E+18", "copied from what Excel showed"), row("3,6524E+18", "the same with a comma")]
    suspicious = [
        row(f"{ORGANISATION[:10]}000920000", "ends in zeros"),
        row("4876876000000111222", "another organisation's prefix"),
        row("4000000039247", "shorter than all others"),
    ]
    wrong = [
        row("", "nobody"),
        row(contact(430), "no campaign", ""),
        row("Ben Ortiz", "a name in place of the ID"),
        row("ben.ortiz@example.com", "an address in place of the ID"),
        row("#N/A", "a look-up that failed"),
        row(fair, "the same record twice"),
        row(f"https://crm.zoho.eu/crm/org20099900001/tab/Leads/{contact(431)}", "a lead, not a contact"),
        row("12345", "too short"),
        ("", "", "", "", ""),
        ("", "", "", "", ""),
    ]
    return [*clean, *damaged, *suspicious, *wrong]


def write_workbook(path: Path, rows: list[tuple[object, ...]]) -> None:
    """A title, an empty row, the header, the rows; IDs as text but where a number is the point."""
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("Clean-up")
    bold = workbook.add_format({"bold": True, "bg_color": "#EEF1F5"})
    sheet.write_string(
        0, 0, "Spring clean-up: contacts to take off campaigns", workbook.add_format({"bold": True, "font_size": 14})
    )
    for column, (header, width) in enumerate(zip(HEADERS, (24, 22, 44, 22, 34), strict=True)):
        sheet.write_string(3, column, header, bold)
        sheet.set_column(column, column, width)
    last = 4
    for last, row in enumerate(rows, start=4):
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(last, column, value)
            elif value:
                sheet.write_string(last, column, str(value))
    merged = [contact(440), contact(441), contact(442)]
    sheet.merge_range(last + 1, 0, last + 3, 0, campaign(1))
    sheet.merge_range(last + 1, 1, last + 3, 1, name_of("Campaigns", campaign(1)))
    for n, one in enumerate(merged, start=last + 1):
        sheet.write_string(n, 2, one)
        sheet.write_string(n, 4, "under a merged campaign")
    workbook.add_worksheet("Notes").write_string(0, 0, "Nothing of interest here.")
    workbook.close()


if __name__ == "__main__":
    main()
