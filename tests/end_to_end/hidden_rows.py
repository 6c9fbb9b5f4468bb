"""Workbooks with hidden rows, and worksheets beside each other, for the window to open."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.sheets import links_sheet
from desktop.sheets.formats import FileKind
from desktop.sheets.hidden import Hidden
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import Part, workbook_parts

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


def tell_hidden_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the hidden rows of a small workbook told, whether its reader tells them or not."""

    def parts(path: Path, kind: FileKind, wanted: str | None, cancelled: Callable[[], bool]) -> Iterator[Part]:
        told = False
        for part in workbook_parts(path, kind, wanted, cancelled):
            told = told or isinstance(part, Hidden)
            if isinstance(part, PackedRows) and not told:
                told = True
                page = load_workbook(path)[wanted] if wanted else load_workbook(path).active
                assert page is not None
                rows = sorted(row for row, how in page.row_dimensions.items() if how.hidden)
                yield Hidden(array("L", rows))
            yield part

    monkeypatch.setattr(links_sheet, "workbook_parts", parts)
