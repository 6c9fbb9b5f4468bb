"""Which numbers of an .xlsx workbook are shown as dates, and what never becomes one."""

from pathlib import Path

import pytest

from desktop.sheets.xlsx_dates import Dates
from tests.sheets.making_sheets import raw_workbook, row
from tests.sheets.test_workbook_rows import rows_of
from tests.sheets.test_xlsx_cells import changed


@pytest.mark.parametrize("code", ["yyyy-mm-dd", "[h]:mm:ss", "dd/mm/yyyy hh:mm", "mmm"])
def test_an_id_stays_an_id_in_a_column_of_dates(tmp_path: Path, code: str) -> None:
    ids = ["3652397000000925128", "123456789012345", "12345678901", "1234567890"]
    data = "".join(row(n, f'<c r="A{n}" s="1"><v>{one}</v></c>') for n, one in enumerate([*ids, "45296"], 1))
    assert [text for (text,) in rows_of(_with_format(raw_workbook(tmp_path / "list.xlsx", data), code))][:4] == ids


@pytest.mark.parametrize(
    ("code", "literal", "text"),
    [
        ("yyyy-mm-dd", "45296", "2024-01-05"),
        ("yyyy-mm-dd hh:mm", "45296.5", "2024-01-05 12:00:00"),
        ("hh:mm", "0.25", "06:00:00"),
        ("[h]:mm", "1.5", "1 day, 12:00:00"),
        ('"Day "0', "45296", "45296"),
        ("[Red]0.00", "45296", "45296"),
        ("General", "45296", "45296"),
        ("yyyy", "9999999", "9999999"),
    ],
)
def test_a_number_is_a_date_where_its_format_shows_one(tmp_path: Path, code: str, literal: str, text: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1, f'<c r="A1" s="1"><v>{literal}</v></c>'))
    assert rows_of(_with_format(path, code)) == [(text,)]


def _with_format(path: Path, code: str) -> Path:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    quoted = code.replace('"', "&quot;")
    styles = (
        f'<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="170" formatCode="{quoted}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    relation = b'<Relationship Id="s" Type="%b" Target="styles.xml"/></Relationships>' % kind
    rels = "xl/_rels/workbook.xml.rels"
    return changed(
        path,
        lambda parts: {
            **parts,
            rels: parts[rels].replace(b"</Relationships>", relation),
            "xl/styles.xml": styles.encode(),
        },
    )


@pytest.mark.parametrize("literal", ["-1", "2958466", "1e99", "45296x", "", " 45296", "12345678"])
def test_a_number_that_is_no_day_stays_what_is_stored(literal: str) -> None:
    assert Dates({"1"}, {"2"}, from_1904=False).shown(literal, "1") is None


def test_only_styles_of_dates_and_durations_make_a_date() -> None:
    dates = Dates({"1"}, {"2"}, from_1904=False)
    assert (dates.shown("1.5", "0"), dates.shown("1.5", "2")) == (None, "1 day, 12:00:00")
    assert dates.shown("45296", "1") == "2024-01-05"
    assert Dates({"1"}, set(), from_1904=True).shown("43834", "1") == "2024-01-05", "the other calendar begins four years later"


def test_an_id_is_never_asked_about_its_calendar() -> None:
    assert not Dates.may_be("3652397000000925128") and not Dates.may_be("12345678")
    assert Dates.may_be("1234567") and Dates.may_be("4.5296E+04") and Dates.may_be("4.5296e4")
