"""Rows that go past the parser show what the parser would, and what it would refuse is left to it."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import SheetError
from desktop.domain.readings import Cells
from desktop.sheets import raw_runs
from desktop.sheets.damage import damage_as_sheet_errors
from desktop.sheets.open_xml import Package, read_workbook
from desktop.sheets.raw_rows import RawRows
from desktop.sheets.xlsx_cells import StoredSheet
from desktop.sheets.xlsx_dates import Dates
from desktop.sheets.xlsx_texts import CellTexts
from desktop.words import say_text
from tests.sheets.making_sheets import cell, raw_workbook, row
from tests.thorough import examples

_SHARED = ["first", "3652397000000327001", "", "fourth"]


def taken(*pieces: str) -> list[list[Cells] | None]:
    """Return the rows of each of these pieces, None where one is left to the parser."""
    dates = Dates({"7"}, set(), from_1904=False)
    raw, found = RawRows(CellTexts(_SHARED, lambda: dates)), list[list[Cells] | None]()
    for piece in pieces:
        rows = raw.rows_in(piece)
        found.append(None if rows is None else list(zip(*rows.columns, strict=True)))
    return found


def read(path: Path, monkeypatch: pytest.MonkeyPatch, shortest: int) -> tuple[list[Cells], bool] | str:
    """Return what a worksheet holds, and whether one of its formulas has no value; or why it is refused."""
    monkeypatch.setattr(raw_runs, "SHORTEST_PIECE", shortest)
    try:
        with damage_as_sheet_errors(path), ZipFile(path) as archive:
            package = Package(archive)
            workbook = read_workbook(package)
            stored = StoredSheet(path, package, workbook, workbook.sheets[0])
            return [cells for block in stored.all_rows().blocks for cells in block.rows()], stored.bare_formulas
    except SheetError as exc:
        return say_text(exc.detail)


def as_the_parser(path: Path, monkeypatch: pytest.MonkeyPatch, data: str) -> tuple[list[Cells], bool] | str:
    """Return what becomes of these rows, after asserting that it is the same both ways."""
    raw_workbook(path, data)
    by_the_parser = read(path, monkeypatch, 10**9)
    assert read(path, monkeypatch, 1) == by_the_parser
    return by_the_parser


USUAL = {
    "texts": (row(1, cell("A1", "a"), cell("C1", "c")), [("a", "", "c")]),
    "a cell that is missing": (row(1, cell("A1", "a"), cell("B1", "b")) + row(2, cell("B2", "c")), [("a", "b"), ("", "c")]),
    "a format alone": ('<row r="1"><c r="A1" s="1"/><c r="B1" s="2"><v>5</v></c></row>', [("", "5")]),
    "a long number": (row(1, cell("A1", "3652397000000925128", "n")), [("3652397000000925128",)]),
    "a rounded number": (row(1, cell("A1", "3.65239700000092E+18", "n")), [("3.65239700000092E+18",)]),
    "other numbers": (
        row(1, cell("A1", "5", "n"), cell("B1", "007", "n"), cell("C1", "-1.50", "n")),
        [("5", "7", "-1.5")],
    ),
    "an error": (row(1, cell("A1", "#N/A", "e"), cell("B1", "x")), [("#N/A", "x")]),
    "an error among texts": (row(1, cell("A1", "a")) + row(2, cell("A2", "#REF!", "e")), [("a",), ("#REF!",)]),
    "a truth": (row(1, cell("A1", "1", "b")), [("TRUE",)]),
    "a formula": ('<row r="1"><c r="A1" t="str"><f>B1&amp;C1</f><v>x &amp; &#65;</v></c></row>', [("x & A",)]),
    "a shared formula": ('<row r="1"><c r="A1"><f t="shared" si="0"/><v>4</v></c></row>', [("4",)]),
    "blanks between": ('<row r="1" spans="1:2">\n  <c r="A1"><v>1</v></c>\n  <c r="B1"><v>2</v></c>\n</row>\n', [("1", "2")]),
    "an escaped sign": (row(1, cell("A1", "a_x000D_b_x0041_")), [("a\rbA",)]),
    "an empty row": ('<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row>', [("",), ("1",)]),
}


WITH_SHARED_PARTS = {
    "shared texts": (row(1, cell("A1", "1", "s")) + row(2, cell("A2", "0", "s")), [("3652397000000327001",), ("first",)]),
    "a date": ('<row r="1"><c r="A1" s="7"><v>45292</v></c></row>', [("2024-01-01",)]),
    "other attributes first": ('<row r="1"><c r="A1" t="s" s="4"><v>3</v></c></row>', [("fourth",)]),
}


@pytest.mark.parametrize("kind", [*USUAL, *WITH_SHARED_PARTS])
def test_rows_as_programs_write_them_go_past_the_parser(kind: str) -> None:
    piece, rows = (USUAL | WITH_SHARED_PARTS)[kind]
    assert taken(piece) == [rows]


@pytest.mark.parametrize("kind", USUAL)
def test_rows_past_the_parser_show_what_the_parser_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    piece, rows = USUAL[kind]
    assert as_the_parser(tmp_path / "list.xlsx", monkeypatch, piece) == (rows, False)


UNUSUAL = {
    "a cell of another row": row(2, cell("A3", "x")),
    "cells out of order": row(2, cell("B2", "x"), cell("A2", "y")),
    "a cell twice": row(2, cell("A2", "x"), cell("A2", "y")),
    "a cell without a place": "<row r='2'><c><v>1</v></c></row>",
    "a row without a number": "<row><c><v>1</v></c></row>",
    "a row with two numbers": '<row r="2" r="3"><c r="A2"><v>1</v></c></row>',
    "a cell with two places": '<row r="2"><c r="A2" r="A3"><v>1</v></c></row>',
    "a cell with two values": '<row r="2"><c r="A2"><v>1</v><v>2</v></c></row>',
    "a value and a text": '<row r="2"><c r="A2" t="inlineStr"><v>1</v><is><t>2</t></is></c></row>',
    "other quotation marks": "<row r='2'><c r='A2'><v>1</v></c></row>",
    "a comment in a value": row(2, '<c r="A2"><v>1<!-- 2 --></v></c>'),
    "a comment between rows": row(2, cell("A2", "x")) + "<!-- -->" + row(3, cell("A3", "y")),
    "an element between rows": row(2, cell("A2", "x")) + "<other>" + row(3, cell("A3", "y")) + "</other>",
    "an empty element around rows": row(2, cell("A2", "x")) + "<other><b/>" + row(3, cell("A3", "y")) + "</other>",
    "an element after the last row": row(2, cell("A2", "x")) + "<other>",
    "a section": row(2, '<c r="A2"><v><![CDATA[1]]></v></c>'),
    "a text with formats": row(2, '<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'),
    "a column that does not exist": row(2, cell("XFE2", "x")),
    "a text in a number": row(2, '<c r="A2"><is><t>2</t></is></c>'),
    "a sign that XML does not allow": row(2, cell("A2", "a\x01b")),
    "a zero": row(2, cell("A2", "a\0b")),
    "an unknown entity": row(2, '<c r="A2" t="str"><v>&copy;</v></c>'),
    "a reference to no sign": row(2, '<c r="A2" t="str"><v>&#0;</v></c>'),
    "a bare ampersand": row(2, '<c r="A2" t="str"><v>a & b</v></c>'),
    "an attribute without quotes": '<row r="2" spans=1><c r="A2"><v>1</v></c></row>',
    "an unclosed row": '<row r="2"><c r="A2"><v>1</v></c>',
}


@pytest.mark.parametrize("kind", UNUSUAL)
def test_unusual_rows_are_left_to_the_parser_even_below_usual_ones(kind: str) -> None:
    before = row(1, cell("A1", "x"))
    assert taken(before, UNUSUAL[kind]) == [[("x",)], None]
    assert taken(UNUSUAL[kind]) == [None]


@pytest.mark.parametrize("kind", UNUSUAL)
def test_the_parser_reads_or_refuses_the_rows_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    as_the_parser(tmp_path / "list.xlsx", monkeypatch, row(1, cell("A1", "x")) + UNUSUAL[kind])


def test_a_pattern_is_made_anew_when_rows_change_and_then_fits_all(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [row(number, cell(f"A{number}", "x"), cell(f"B{number}", "1", "s")) for number in range(1, 60)]
    texts[30] = row(31, cell("A31", "#N/A", "e"), cell("B31", "1", "s"))
    texts[40] = row(41, cell("B41", "12", "n"))
    found = taken(*texts)
    assert None not in found
    assert (found[0], found[30], found[40]) == ([("x", _SHARED[1])], [("#N/A", _SHARED[1])], [("", "12")])


def test_a_sheet_whose_rows_are_never_alike_ends_the_making_of_patterns() -> None:
    rows = [row(number, f'<c r="{chr(64 + number % 26 + 1)}{number}" s="{number}"><v>1</v></c>') for number in range(1, 100)]
    found = taken(*rows)
    assert found[0] is not None
    assert found.count(None) < 80


def test_a_text_that_is_not_shared_is_an_error() -> None:
    with pytest.raises(IndexError):
        taken(row(1, cell("A1", "99", "s")))
    assert taken(row(1, cell("A1", "-1", "s"))) == [None]
    with pytest.raises(ValueError, match="-1"):
        taken(row(1, cell("A1", "-1", "s")) + row(2, cell("B2", "5", "n")))


@pytest.mark.parametrize(
    ("xml", "is_noted"),
    [
        ('<c r="A1"><f>B1</f></c>', True),
        ('<c r="A1"><f>B1</f><v></v></c>', True),
        ('<c r="A1"><f>B1</f><v/></c>', True),
        ('<c r="A1"><f t="shared" si="0"/></c>', True),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', False),
        ('<c r="A1" t="e"><f>B1</f></c>', False),
        ('<c r="A1"><f>B1</f><v>1</v></c>', False),
        ('<c r="A1"/>', False),
    ],
)
def test_a_formula_without_a_value_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, xml: str, is_noted: bool) -> None:
    found = as_the_parser(tmp_path / "list.xlsx", monkeypatch, row(1, xml, cell("B1", "x")) + row(2, cell("B2", "x")))
    assert found[1] == is_noted


_values = st.sampled_from(
    ["", "1", "3652397000000925128", "3.65E+18", "007", "45000", "-2", " 5 ", "1.50", "x", "a & b", "_x0041_"]
)
_attributes = st.sampled_from(
    ["", ' t="n"', ' s="1"', ' t="str"', ' t="e"', ' t="b"', ' s="2" t="str"', ' t="str" s="2"', ' t="d"']
)


@st.composite
def _cells(draw: st.DrawFn, reference: str) -> str:
    attributes, value = draw(_attributes), draw(_values).replace("&", "&amp;")
    start = f'<c r="{reference}"'
    return draw(
        st.sampled_from(
            [
                "",
                f"{start}{attributes}/>",
                f"{start}{attributes}></c>",
                f"{start}{attributes}><v>{value}</v></c>",
                f"{start}{attributes}><f>A&amp;B</f><v>{value}</v></c>",
                f'{start}{attributes}><f t="shared" si="1"/><v/></c>',
                f'{start} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>',
                f"{start}{attributes}><is><t>{value}</t></is></c>",
            ]
        )
    )


@st.composite
def _sheets(draw: st.DrawFn) -> str:
    rows, number = [], 0
    for _ in range(draw(st.integers(1, 12))):
        number += draw(st.sampled_from([1, 1, 1, 2]))
        rows.append(row(number, *(draw(_cells(f"{letter}{number}")) for letter in "ABD")))
    return "".join(rows)


@examples(200)
@given(data=_sheets())
def test_whatever_stands_in_rows_shows_the_same_with_and_without_the_parser(
    tmp_path_factory: pytest.TempPathFactory, data: str
) -> None:
    with pytest.MonkeyPatch.context() as patching:
        as_the_parser(tmp_path_factory.getbasetemp() / "any.xlsx", patching, data)
