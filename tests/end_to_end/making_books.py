"""Workbooks with hidden rows, and worksheets beside each other, for the window to open."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

PARENT = "3652397000000327001"
HEADERS = ("Campaign Id", "Contact Id", "Status")


def contact(number: int) -> str:
    return f"36523970000009{number:05d}"


def a_book(
    path: Path,
    statuses: Sequence[str],
    *,
    hidden: Sequence[int] = (),
    headers: Sequence[str] = HEADERS,
    others: dict[str, int] | None = None,
) -> Path:
    """Row 2 links contact 2 and so on, each with its status; ``others`` are worksheets with so many links of their own."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "List"
    page.append(list(headers))
    for row, status in enumerate(statuses, start=2):
        page.append([PARENT, contact(row), status])
    for row in hidden:
        page.row_dimensions[row].hidden = True
    for number, (name, links) in enumerate((others or {}).items(), start=1):
        other = book.create_sheet(name)
        other.append(list(headers))
        for row in range(2, links + 2):
            other.append([PARENT, contact(1000 * number + row), "other"])
    book.save(path)
    return path
