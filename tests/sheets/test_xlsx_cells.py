"""Worksheets of .xlsx as other programs than Excel write them, read by our own parser."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, big_links, cell, contact, links, raw_workbook, row, workbook
from tests.sheets.test_workbook_rows import opening_of, rows_of

_HEAD = row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1]))
_GOOD = _HEAD + row(2, cell("A2", CAMPAIGN), cell("B2", contact(1)))
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Parts = dict[str, bytes]


def changed(path: Path, change: Callable[[Parts], Parts]) -> Path:
    """Write the same workbook with other parts."""
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in change(parts).items():
            archive.writestr(name, contents)
    return path


def _renamed(old: str, new: str, target: str) -> Callable[[Parts], Parts]:
    """Return a change that renames a part; every relationship to it then says ``target``."""

    def change(parts: Parts) -> Parts:
        last = old.rpartition("/")[2].encode()
        return {
            (new if name == old else name): re.sub(
                rb'Target="[^"]*' + last + b'"', lambda _: b'Target="' + target.encode() + b'"', contents
            )
            for name, contents in parts.items()
        }

    return change


def _with_backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): contents for name, contents in parts.items()}


def _in_capitals(parts: Parts) -> Parts:
    return {name.upper(): contents for name, contents in parts.items()}


def _elsewhere(parts: Parts) -> Parts:
    moved = {name.replace("xl/", "data/"): contents for name, contents in parts.items()}
    return {name: contents.replace(b'"xl/workbook.xml"', b'"/data/workbook.xml"') for name, contents in moved.items()}


_SHEET = "xl/worksheets/sheet1.xml"
LAYOUTS = {
    "backslashes": _with_backslashes,
    "capitals": _in_capitals,
    "another folder": _elsewhere,
    "./ in a target": _renamed(_SHEET, _SHEET, "./worksheets/sheet1.xml"),
    "\\ in a target": _renamed(_SHEET, _SHEET, "worksheets\\sheet1.xml"),
    "a target from the root": _renamed(_SHEET, "xl/data/one", "/xl/data/one"),
    "a blank in a name": _renamed(_SHEET, "xl/worksheets/my sheet.xml", "worksheets/my%20sheet.xml"),
    "workbook2.xml": lambda parts: {
        name.replace("workbook.xml", "workbook2.xml"): contents.replace(b"xl/workbook.xml", b"xl/workbook2.xml")
        for name, contents in parts.items()
    },
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("rows", [links(3), big_links()], ids=["small", "big"])
def test_parts_are_found_by_the_relationships_that_name_them(tmp_path: Path, layout: str, rows: list[tuple[str, ...]]) -> None:
    path = changed(workbook(tmp_path / "list.xlsx", rows), LAYOUTS[layout])
    assert rows_of(path) == rows


@pytest.mark.parametrize("layout", ["another folder", "capitals", "a target from the root"])
def test_a_far_cell_is_refused_wherever_its_part_lies(tmp_path: Path, layout: str) -> None:
    far = raw_workbook(tmp_path / "far.xlsx", _GOOD + row(1_048_576, cell("XFD1048576", "x")))
    with pytest.raises(SheetUnsafe):
        rows_of(changed(far, LAYOUTS[layout]))


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f'<c r="B2" t="inlineStr"><is><t><![CDATA[{contact(1)}]]></t></is></c>', contact(1)),
        (f'<c r="B2"><v><![CDATA[{contact(1)}]]></v></c>', contact(1)),
        (f'<c r="B2"><v>{contact(1)[:9]}<!-- a comment -->{contact(1)[9:]}</v></c>', contact(1)),
        (f'<c r="B2" t="str"><f>C2</f><v>{contact(1)}</v></c>', contact(1)),
        ('<c r="B2" t="inlineStr"><is><r><t>36</t></r><rPh><t>99</t></rPh><r><t>52</t></r></is></c>', "3652"),
        ('<c r="B2" t="e"><v>#GETTING_DATA</v></c>', "#GETTING_DATA"),
        ('<c r="B2" t="e"><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="B2" t="e"><v>#PYTHON!</v></c>', "#PYTHON!"),
        ('<c r="B2" t="e" vm="1"><v>#VALUE!</v></c>', "#VALUE!"),
        ('<c r="B2" t="e"/>', "#UNKNOWN!"),
        ('<c r="B2" t="d"><v>2026-01-05T00:00:00</v></c>', "2026-01-05"),
        ('<c r="B2" t="inlineStr"><is><t>a_x0009_b</t></is></c>', "a\tb"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c r='$B$2'><v>7</v></c>", "7"),
        ("<c r='b2'><v>7</v></c>", "7"),
    ],
)
def test_a_cell_is_read_as_it_is_stored(tmp_path: Path, xml: str, text: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", f'<row r="2">{cell("A2", "x")}{xml}</row>')
    assert rows_of(path)[1] == ("x", text)


@pytest.mark.parametrize(
    "data",
    [
        row(2, cell("A2", CAMPAIGN), cell("B3", contact(2))) + row(3, cell("A3", CAMPAIGN)),
        row(2, cell("A2", CAMPAIGN), cell("A2", contact(2))),
        row(2, cell("A2", CAMPAIGN), cell("B2", contact(1)), cell("C2", "x"), cell("D2", "y"), cell("B2", contact(2))),
        row(2, cell("A2", CAMPAIGN), cell("B1", contact(2))),
        row(2, cell("A2", CAMPAIGN), cell("B2", contact(1))) + row(2, cell("A2", CAMPAIGN), cell("B2", contact(2))),
        row(2, cell("A2", CAMPAIGN)) + row(2, cell("B2", contact(2))),
        row(3, cell("A3", CAMPAIGN)) + row(2, cell("B2", contact(2))),
    ],
)
@pytest.mark.parametrize("big", [False, True])
def test_rows_that_are_named_twice_are_never_mixed(tmp_path: Path, data: str, big: bool) -> None:
    rest = "".join(row(n, cell(f"A{n}", text)) for n, (*_, text) in enumerate(big_links(), start=4)) if big else ""
    with pytest.raises(SheetUnreadable) as caught:
        rows_of(raw_workbook(tmp_path / "list.xlsx", _HEAD + data + rest))
    assert "numbered twice" in say_text(caught.value.detail)


@pytest.mark.parametrize(
    ("merge", "texts"),
    [("A2:A4", ["x", "x", "x", ""]), ("2:4", ["x", "x", "x", ""]), ("A:A", ["", "", "", ""]), ("A2", ["x", "", "", ""])],
)
def test_merged_areas_may_name_whole_rows_and_columns(tmp_path: Path, merge: str, texts: list[str]) -> None:
    data = _HEAD.replace(HEADERS[0], "") + row(2, cell("A2", "x")) + row(5, cell("B5", "end"))
    path = raw_workbook(tmp_path / "list.xlsx", data)
    after = f'</sheetData><mergeCells count="1"><mergeCell ref="{merge}"/></mergeCells>'.encode()
    changed(path, lambda parts: {name: contents.replace(b"</sheetData>", after) for name, contents in parts.items()})
    assert [first for first, _ in rows_of(path)[1:]] == texts


@pytest.mark.parametrize("dimension", ["1:1048576", "A:XFD", "A1:XFD1048576", "nowhere", ""])
def test_the_dimension_is_not_believed(tmp_path: Path, dimension: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, above=f'<dimension ref="{dimension}"/>')
    assert rows_of(path) == [HEADERS, (CAMPAIGN, contact(1))]


@pytest.mark.parametrize("encoding", ["gb2312", "utf-16", "utf-16-le", "iso-8859-1", "shift_jis", "windows-1252", "us-ascii"])
def test_a_worksheet_may_be_written_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    changed(
        path,
        lambda parts: {
            name: (declared + contents.decode()).encode(encoding) if name == _SHEET else contents
            for name, contents in parts.items()
        },
    )
    assert rows_of(path) == [HEADERS, (CAMPAIGN, contact(1))]


def test_an_unknown_encoding_is_reported(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, before='<?xml version="1.0" encoding="x-nobody"?>')
    with pytest.raises(SheetUnreadable):
        rows_of(path)


def test_sheets_that_are_no_worksheets_are_left_out_with_or_without_a_part(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, names=("List", "Macros"))
    rels = "xl/_rels/workbook.xml.rels"

    def change(parts: Parts) -> Parts:
        macros = parts[rels].replace(b'worksheet" Target="worksheets/sheet2', b'xlMacrosheet" Target="worksheets/sheet2')
        book = parts["xl/workbook.xml"].replace(b"</sheets>", b'<sheet name="Module" sheetId="9" r:id=""/></sheets>')
        return {**parts, rels: macros, "xl/workbook.xml": book}

    assert [sheet.name for sheet in opening_of(changed(path, change)).worksheets] == ["List"]
    assert rows_of(path) == [HEADERS, (CAMPAIGN, contact(1))]


def test_elements_may_have_a_prefix_in_a_workbook_of_any_size(tmp_path: Path) -> None:
    made = workbook(tmp_path / "list.xlsx", links(15_000))

    def prefixed(parts: Parts) -> Parts:
        return {
            name: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", contents).replace(b" xmlns=", b" xmlns:x=")
            if name.startswith("xl/") and name.endswith(".xml")
            else contents
            for name, contents in parts.items()
        }

    assert rows_of(changed(made, prefixed)) == links(15_000)


def test_one_error_in_a_large_worksheet_is_read_by_its_name(tmp_path: Path) -> None:
    data = "".join(row(n, cell(f"A{n}", CAMPAIGN), cell(f"B{n}", contact(n))) for n in range(2, 20_000))
    path = raw_workbook(tmp_path / "list.xlsx", _HEAD + data + row(20_000, cell("A20000", CAMPAIGN), cell("B20000", "#N/A", "e")))
    assert rows_of(path)[-1] == (CAMPAIGN, "#N/A")


def test_a_long_number_far_down_in_a_large_workbook_keeps_its_digits(tmp_path: Path) -> None:
    data = "".join(row(n, cell(f"A{n}", CAMPAIGN), cell(f"B{n}", contact(n))) for n in range(2, 20_000))
    path = raw_workbook(
        tmp_path / "list.xlsx", _HEAD + data + row(20_000, cell("A20000", CAMPAIGN), cell("B20000", contact(0), "n"))
    )
    rows = rows_of(path)
    assert (len(rows), rows[1], rows[-1]) == (20_000, (CAMPAIGN, contact(2)), (CAMPAIGN, contact(0)))


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "XL/SHAREDSTRINGS.XML", "xl/texts"])
def test_a_long_text_that_many_cells_name_is_refused(tmp_path: Path, name: str) -> None:
    used = "".join(row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(1, 20_000))
    path = raw_workbook(tmp_path / "often.xlsx", used)
    rels = "xl/_rels/workbook.xml.rels"
    target = f'<Relationship Id="s" Type="{_OFFICE}/sharedStrings" Target="/{name}"/></Relationships>'.encode()
    texts = f"<sst><si><t>{'x' * 120_000}</t></si></sst>".encode()
    changed(path, lambda parts: {**parts, rels: parts[rels].replace(b"</Relationships>", target), name: texts})
    with pytest.raises(SheetUnsafe):
        rows_of(path)


def test_nothing_of_a_library_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = _GOOD + row(3, cell("A3", CAMPAIGN), '<c r="B3" t="d"><v>no date</v></c>')
    open_sheet(raw_workbook(tmp_path / "list.xlsx", data))
    assert capfd.readouterr() == ("", "")


_MANY = "".join(row(n, cell(f"A{n}", "x" * 5000), cell(f"B{n}", "y")) for n in range(3, 450))
_STRAY = row(900, cell("A900", CAMPAIGN), cell("B900", contact(9)))


@pytest.mark.parametrize("rest", ["", _MANY])
@pytest.mark.parametrize(
    ("inside", "after"),
    [
        ("", f"<extLst><ext><sheetData>{_STRAY}</sheetData></ext></extLst>"),
        ("", f"<extLst><ext>{_STRAY}</ext></extLst>"),
        ("", '<extLst><ext><mergeCells><mergeCell ref="A1:A2"/></mergeCells></ext></extLst>'),
        ("", '<other><mergeCells><mergeCell ref="A1:A2"/></mergeCells></other>'),
        (re.sub("<(/?)", r"<\1q:", _STRAY).replace("<q:row", '<q:row xmlns:q="urn:q"', 1), ""),
        (_STRAY.replace("<row", '<row xmlns="urn:q"', 1), ""),
    ],
)
def test_what_stands_elsewhere_or_is_of_another_program_is_no_row(tmp_path: Path, inside: str, after: str, rest: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD + rest + inside)
    end = f"</sheetData>{after}".encode()
    changed(path, lambda parts: {name: contents.replace(b"</sheetData>", end) for name, contents in parts.items()})
    rows = rows_of(path)
    assert (rows[:2], len(rows)) == ([HEADERS, (CAMPAIGN, contact(1))], 449 if rest else 2)


@pytest.mark.parametrize("rest", ["", _MANY])
@pytest.mark.parametrize(
    "wrong",
    [
        '<c r="B2"><v>3652397000</v><v>001234571</v></c>',
        '<c r="B2"><v/> <v>001234571</v></c>',
        '<c r="B2" t="inlineStr"><is><t>3652</t></is><is><t>3970</t></is></c>',
    ],
)
def test_a_cell_with_two_values_is_refused(tmp_path: Path, wrong: str, rest: str) -> None:
    with pytest.raises(SheetUnreadable) as caught:
        rows_of(raw_workbook(tmp_path / "list.xlsx", _HEAD + row(2, cell("A2", CAMPAIGN), wrong) + rest))
    assert "several values" in say_text(caught.value.detail)


@pytest.mark.parametrize("rest", ["", _MANY])
@pytest.mark.parametrize(
    "texts",
    [
        "<si><t>36</t><extLst><ext><t>7</t></ext></extLst></si>",
        "<si><t>36</t><other> <t>7</t></other></si>",
        '<q:si xmlns:q="urn:q"><q:t>x</q:t></q:si><si><t>36</t></si>',
        '<si xmlns="urn:q"><t>x</t></si><si><t>36</t></si>',
        "<si><r><rPr/><t>3</t></r><r><t>6</t></r><rPh sb='0' eb='1'><t>7</t></rPh></si>",
    ],
)
def test_only_the_text_and_its_runs_are_a_shared_text(tmp_path: Path, texts: str, rest: str) -> None:
    data = _HEAD + row(2, cell("A2", "x"), cell("B2", "0", "s"))
    path = raw_workbook(tmp_path / "list.xlsx", data + rest)
    rels = "xl/_rels/workbook.xml.rels"
    target = f'<Relationship Id="s" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{main}">{texts}</sst>'.encode()
    changed(
        path,
        lambda parts: {
            **parts,
            rels: parts[rels].replace(b"</Relationships>", target),
            "xl/sharedStrings.xml": shared,
        },
    )
    assert rows_of(path)[1] == ("x", "36")


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (f"<row r='3'>{'<c/>' * 16_385}</row>", "16,384 columns"),
        ("<row r='3'>" + '<c r="A3"/>' * 16_386 + "</row>", "numbered twice"),
        ("".join(f"<row r='{n}'>{'<c/>' * 50}</row>" for n in range(3, 10)), "empty cells"),
    ],
)
def test_empty_cells_without_end_are_refused(tmp_path: Path, data: str, detail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if detail == "empty cells":
        monkeypatch.setattr("desktop.sheets.xlsx_cells._MOST_EMPTY", 200)
    with pytest.raises((SheetUnsafe, SheetUnreadable)) as caught:
        rows_of(raw_workbook(tmp_path / "list.xlsx", _GOOD + data))
    assert detail in say_text(caught.value.detail)
