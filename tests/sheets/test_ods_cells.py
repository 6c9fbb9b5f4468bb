"""What a cell of an OpenDocument sheet shows, and what lies on it without being its text."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.formats import FileKind
from desktop.sheets.workbook_rows import stream_workbook
from desktop.words import say_text
from tests.sheets.making_ods import raw_ods
from tests.sheets.making_sheets import contact
from tests.sheets.test_workbook_rows import opening_of, rows_of

ONE, TWO = contact(1), contact(2)
_BOX = f"<draw:frame><draw:text-box><text:p>Please keep {TWO}</text:p></draw:text-box></draw:frame>"
_DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'


def _row(content: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-row><table:table-cell {_DRAW} {attributes}>{content}</table:table-cell></table:table-row>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<text:p>{ONE}</text:p>", ONE),
        (f"<text:p>{ONE}</text:p><text:p>{TWO}</text:p>", f"{ONE}\n{TWO}"),
        (f"<text:p>{ONE}<text:tab/>{TWO}</text:p>", f"{ONE}\t{TWO}"),
        (f"<text:p>{ONE}<text:line-break/>{TWO}</text:p>", f"{ONE}\n{TWO}"),
        (f'<text:p>{ONE}<text:s text:c="3"/>{TWO}</text:p>', f"{ONE}   {TWO}"),
        (f"<text:p>{ONE}<text:s/>{TWO}</text:p>", f"{ONE} {TWO}"),
        (f"<text:p><text:span>{ONE[:9]}</text:span><text:span>{ONE[9:]}</text:span></text:p>", ONE),
        (f'<text:p><text:a xlink:href="u" xmlns:xlink="l">{ONE}</text:a></text:p>', ONE),
        (f"\n   <text:p>\n      <text:span>{ONE}</text:span>\n   </text:p>\n", ONE),
        (f"<text:p>a\n   b  c</text:p><text:p> {ONE} </text:p>", f"a b c\n{ONE}"),
        (f"<office:annotation><text:p>{TWO}</text:p></office:annotation><text:p>{ONE}</text:p>", ONE),
        (f"<text:p>{ONE}</text:p>{_BOX}", ONE),
        (f"<text:p>{ONE}{_BOX}</text:p>", ONE),
        (f"<text:p>{ONE}<text:note><text:note-body><text:p>{TWO}</text:p></text:note-body></text:note></text:p>", ONE),
        (f"<text:p>{ONE}<text:ruby-text>{TWO}</text:ruby-text></text:p>", ONE),
        (f"<text:p><![CDATA[{ONE}]]></text:p>", ONE),
        ("<text:p>a<!-- b -->c</text:p>", "ac"),
    ],
)
def test_the_text_of_a_cell_is_what_stands_in_its_own_paragraphs(tmp_path: Path, content: str, text: str) -> None:
    assert rows_of(raw_ods(tmp_path / "list.ods", _row(content))) == [(text,)]


@pytest.mark.parametrize(
    ("attributes", "content", "text"),
    [
        (f'office:value-type="float" office:value="{ONE}"', "<text:p>3,65E+18</text:p>", ONE),
        ('office:value-type="percentage" office:value="0.5"', "<text:p>50 %</text:p>", "0.5"),
        ('office:value-type="float" office:value="1" table:formula="of:=TRUE()"', "<text:p>TRUE</text:p>", "TRUE"),
        ('office:value-type="float" office:value="0"', "<text:p>FALSE</text:p>", "FALSE"),
        ('office:value-type="float" office:value="1"', "<text:p>1,00</text:p>", "1"),
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>WAHR</text:p>", "TRUE"),
        ('office:value-type="date" office:date-value="2024-01-05T00:00:00"', "<text:p>5. Jan</text:p>", "2024-01-05"),
        (f'office:value-type="string" office:string-value="{ONE}"', "", ONE),
        ('office:value-type="string" calcext:value-type="error"', "<text:p>#REF!</text:p>", "#REF!"),
        ('office:value-type="string" calcext:value-type="error"', "<text:p>Err:502</text:p>", "#UNKNOWN!"),
    ],
)
def test_a_value_is_read_as_it_is_stored(tmp_path: Path, attributes: str, content: str, text: str) -> None:
    assert rows_of(raw_ods(tmp_path / "list.ods", _row(content, attributes))) == [(text,)]


def test_drawings_on_the_sheet_and_tables_in_them_are_not_read(tmp_path: Path) -> None:
    shapes = f"<table:shapes {_DRAW}>{_BOX}<table:table>{_row(f'<text:p>{TWO}</text:p>')}</table:table></table:shapes>"
    assert rows_of(raw_ods(tmp_path / "list.ods", shapes + _row(f"<text:p>{ONE}</text:p>"))) == [(ONE,)]


def test_a_merged_area_gives_its_value_to_all_its_rows(tmp_path: Path) -> None:
    top = _row(f"<text:p>{ONE}</text:p>", 'table:number-rows-spanned="2"')
    below = "<table:table-row><table:covered-table-cell/></table:table-row>"
    assert rows_of(raw_ods(tmp_path / "list.ods", top + below + _row("<text:p>end</text:p>"))) == [(ONE,), (ONE,), ("end",)]


def test_rows_in_groups_and_header_rows_count(tmp_path: Path) -> None:
    one = _row(f"<text:p>{ONE}</text:p>")
    rows = f"<table:table-header-rows>{one}</table:table-header-rows><table:table-row-group>{one}</table:table-row-group>"
    assert rows_of(raw_ods(tmp_path / "list.ods", rows)) == [(ONE,), (ONE,)]


@pytest.mark.parametrize("comment", ["", "<!-- read by a parser -->"])
def test_tables_are_listed_without_those_inside_others(tmp_path: Path, comment: str) -> None:
    inner = _row(f'<table:table table:name="Inner">{_row("<text:p>x</text:p>")}</table:table>')
    end = f'</table:table><table:table table:name="Other &amp; last">{_row("<text:p>y</text:p>")}'
    path = raw_ods(tmp_path / "list.ods", comment + inner + end)
    assert [sheet.name for sheet in opening_of(path).worksheets] == ["List", "Other & last"]
    assert rows_of(path, "Other & last") == [("y",)]


def test_other_prefixes_and_encodings_are_read_too(tmp_path: Path) -> None:
    path = raw_ods(tmp_path / "list.ods", _row(f"<text:p>{ONE}</text:p>"))
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    content = parts["content.xml"].decode()
    for prefix in ("table:", "text:", "office:"):
        content = content.replace(f"<{prefix}", f"<x{prefix}").replace(f"</{prefix}", f"</x{prefix}")
        content = content.replace(f" {prefix}", f" x{prefix}").replace(f"xmlns:{prefix[:-1]}=", f"xmlns:x{prefix[:-1]}=")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, content.encode("utf-16") if name == "content.xml" else contents)
    assert rows_of(path) == [(ONE,)]


def test_an_encrypted_sheet_asks_for_its_password(tmp_path: Path) -> None:
    path = raw_ods(tmp_path / "list.ods", _row(f"<text:p>{ONE}</text:p>"))
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x01\x02")
    with pytest.raises(SheetUnreadable) as caught:
        rows_of(path)
    assert "password" in say_text(caught.value.detail)


def test_a_text_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetUnsafe):
        rows_of(raw_ods(tmp_path / "list.ods", _row('<text:p>a<text:s text:c="900000000"/>b</text:p>')))


def test_empty_rows_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.sheets.ods_cells.MOST_ROWS", 100)
    path = raw_ods(tmp_path / "list.ods", "<table:table-row/>" * 101)
    with pytest.raises(SheetUnsafe) as caught:
        list(stream_workbook(path, FileKind.ODS, None))
    assert "100 rows" in say_text(caught.value.detail)
