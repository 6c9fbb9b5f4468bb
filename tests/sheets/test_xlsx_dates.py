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


_STYLES = (
    '<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(
    "styles",
    [
        _STYLES,
        _STYLES.replace("<xf numFmtId", "<xf fontId='0' numFmtId"),
        _STYLES.replace('<xf numFmtId="170"/>', '<xf fontId="0" numFmtId="170"><alignment horizontal="left"/></xf>'),
        _STYLES.replace('<xf numFmtId="0"/>', "<xf/>"),
        _STYLES.replace("<cellXfs>", "<!-- <cellXfs> --><cellXfs>"),
        _STYLES.replace("<cellXfs>", "<cellStyleXfs><xf numFmtId='0'/></cellStyleXfs><cellXfs count='2'>"),
        _STYLES.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
        _STYLES.replace("</styleSheet>", '<dxfs><dxf><numFmt numFmtId="170" formatCode="0"/></dxf></dxfs></styleSheet>'),
        _STYLES.replace("</styleSheet>", '<extLst><x:cellXfs xmlns:x="y"><x:xf/></x:cellXfs></extLst></styleSheet>'),
        "\n".join(_STYLES.replace("><", ">|<").split("|")),
    ],
)
def test_a_date_is_known_however_its_style_is_written(tmp_path: Path, styles: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1, '<c r="A1" s="1"><v>45296</v></c>', '<c r="B1" s="0"><v>45296</v></c>'))
    assert rows_of(_with_format(path, "yyyy-mm-dd", styles)) == [("2024-01-05", "45296")]


def test_fonts_are_not_parsed_to_find_a_date(tmp_path: Path) -> None:
    unfinished = _STYLES.replace("<cellXfs>", "<fonts><font><sz val=></fonts><cellXfs>")
    path = raw_workbook(tmp_path / "list.xlsx", row(1, '<c r="A1" s="1"><v>45296</v></c>'))
    assert rows_of(_with_format(path, "yyyy-mm-dd", unfinished)) == [("2024-01-05",)]


def _with_format(path: Path, code: str, styles: str = _STYLES) -> Path:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    styles = styles.replace("{main}", main).replace("{code}", code.replace('"', "&quot;"))
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
