"""Layout (20): where things stand."""

from pathlib import Path

from xlsxwriter import Workbook

from desktop.domain.entries import Rejection
from desktop.domain.errors import SheetUnsafe, SheetWithoutLinks
from desktop.domain.readings import ReadingChoice
from desktop.domain.relations import parse_relation
from desktop.domain.row_choices import HiddenRows
from tests.sheets.eighty.case import Case, good, of_rows, refused
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, OTHER_CAMPAIGN, cell, contact, links, raw_workbook, row

_LAYOUT = "layout"
_CONTACTS = parse_relation("Campaigns/Contacts")


def _written(folder: Path, how: str) -> Path:
    """Write three good links into a worksheet with something special about it."""
    with Workbook(str(folder / "list.xlsx")) as made:
        if how == "chart":
            chart = made.add_chart({"type": "column"})
            chart.add_series({"values": "=List!$C$1:$C$3"})
            made.add_chartsheet("Chart").set_chart(chart)
        if how == "hidden sheet":
            first = made.add_worksheet("Hidden")
            first.write_row(0, 0, HEADERS)
            first.write_row(1, 0, (CAMPAIGN, contact(99)))
            first.hide()
        page = made.add_worksheet("List")
        for number, cells in enumerate((HEADERS, *good(1, 2, 3))):
            for column, text in enumerate(cells):
                page.write_string(number, column, text)
        if how == "merged":
            page.merge_range(1, 0, 3, 0, CAMPAIGN)
        if how == "hidden sheet":
            page.activate()
        if how == "hidden row and column":
            page.set_row(2, None, None, {"hidden": True})
            page.set_column(0, 0, 10, None, {"hidden": True})
        if how == "filter":
            page.autofilter(0, 0, 3, 1)
            page.filter_column(1, f"x == {contact(1)}")
            page.set_row(2, None, None, {"hidden": True})
            page.set_row(3, None, None, {"hidden": True})
        if how == "several":
            made.add_worksheet("Another").write_row(0, 0, ("nothing", "here"))
    return folder / "list.xlsx"


def _case(name: str, how: str) -> Case:
    reading = "Excel workbook, sheet “List”, header in row 1"
    return Case(_LAYOUT, name, lambda folder: _written(folder, how), good(1, 2, 3), reading=reading)


def _far_cell(folder: Path) -> Path:
    data = row(1, cell("A1", "Campaign Id"), cell("B1", "Contact Id")) + row(2, cell("A2", CAMPAIGN), cell("B2", contact(1)))
    return raw_workbook(folder / "far.xlsx", data + row(1_048_576, cell("XFD1048576", "x")))


def _too_many_rows(folder: Path) -> Path:
    return raw_workbook(folder / "rows.xlsx", "<row/>" * 1_048_577)


LAYOUTS = (
    _case("merged parents", "merged"),
    Case(
        _LAYOUT,
        "hidden row",
        lambda folder: _written(folder, "hidden row and column"),
        good(1, 3),
        reading="Excel workbook, sheet “List”, header in row 1, only the visible rows",
        note="Column A (“Campaign Id”) is hidden in the workbook; it is read.",
        choice=ReadingChoice(hidden_rows=HiddenRows.SKIP),
    ),
    Case(
        _LAYOUT,
        "hidden column",
        lambda folder: _written(folder, "hidden row and column"),
        good(1, 2, 3),
        note="Column A (“Campaign Id”) is hidden in the workbook; it is read.",
        choice=ReadingChoice(parent_column="A", related_column="B", hidden_rows=HiddenRows.READ),
    ),
    _case("hidden worksheet", "hidden sheet"),
    Case(
        _LAYOUT,
        "filtered rows",
        lambda folder: _written(folder, "filter"),
        good(1),
        choice=ReadingChoice(hidden_rows=HiddenRows.SKIP),
    ),
    _case("several worksheets", "several"),
    _case("chart sheet first", "chart"),
    Case(
        _LAYOUT,
        "no header",
        of_rows(good(1, 2)),
        good(1, 2),
        reading="Excel workbook, sheet “List”, no header row",
        choice=ReadingChoice(relation=_CONTACTS),
    ),
    Case(
        _LAYOUT,
        "two header rows",
        of_rows([("Marketing", "Sales"), HEADERS, *good(1, 2)]),
        good(1, 2),
        reading="Excel workbook, sheet “List”, header in row 2",
    ),
    Case(
        _LAYOUT,
        "localised header",
        of_rows([("Kampagne-ID", "Kontakt-ID"), *good(1, 2)]),
        good(1, 2),
        reading="Excel workbook, sheet “List”, header in row 1",
    ),
    Case(_LAYOUT, "swapped columns", of_rows([HEADERS[::-1], *(pair[::-1] for pair in good(1, 2))]), good(1, 2)),
    Case(
        _LAYOUT,
        "parent equals related",
        of_rows([HEADERS, *good(1), (CAMPAIGN, CAMPAIGN)]),
        good(1),
        {Rejection.SAME_RECORD: [3]},
    ),
    Case(_LAYOUT, "duplicates", of_rows([HEADERS, *good(1, 2, 1), (f"zcrm_{CAMPAIGN}", contact(2))]), good(1, 2), duplicates=2),
    Case(
        _LAYOUT,
        "one related under two parents",
        of_rows([HEADERS, *good(1), (OTHER_CAMPAIGN, contact(1))]),
        (*good(1), (OTHER_CAMPAIGN, contact(1))),
    ),
    Case(_LAYOUT, "blank rows inside", of_rows([HEADERS, *good(1), ("", ""), (" ", ""), *good(2)]), good(1, 2), blank=2),
    refused(_LAYOUT, "far cell", _far_cell, SheetUnsafe, "it has a cell very far away from all others"),
    refused(_LAYOUT, "empty", of_rows([]), SheetWithoutLinks, "it has no filled rows"),
    refused(_LAYOUT, "header only", of_rows([HEADERS]), SheetWithoutLinks, "it has no rows below its header"),
    refused(_LAYOUT, "more than 1,048,576 rows", _too_many_rows, SheetUnsafe, "it has more than 1,048,576 rows"),
    Case(_LAYOUT, "100,000 good rows", of_rows(links(100_000)), good(*range(100_000))),
)
