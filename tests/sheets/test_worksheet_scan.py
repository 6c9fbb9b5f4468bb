"""What the bytes of a large worksheet tell before the fast library lays it out."""

import string
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest

from desktop.domain.errors import SheetError, SheetUnreadable, SheetUnsafe
from desktop.sheets.formats import ENTITIES, FileKind
from desktop.sheets.open_xml import Package, read_book
from desktop.sheets.workbook_rows import stream_workbook
from desktop.sheets.worksheet_scan import Mentions, scan_worksheet
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, cell, contact, links, raw_workbook, row, workbook

_LETTERS = [*string.ascii_uppercase, *(first + second for first in "ABCDEFGHIJ" for second in string.ascii_uppercase)]
_COMMENT = "<!--" + "x" * 3 * 1024 * 1024 + "-->"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def scanned(path: Path) -> Mentions:
    with ZipFile(path) as archive:
        book = read_book(Package(archive))
    return scan_worksheet(path, book, book.sheets[0], Event())


def test_an_honest_worksheet_is_left_to_the_fast_library(tmp_path: Path) -> None:
    assert scanned(workbook(tmp_path / "list.xlsx", links(20_000))) == Mentions()


@pytest.mark.parametrize(
    ("xml", "hidden"),
    [
        ('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>', True),
        ('<row r="1" spans="1:2" hidden="true"/>', True),
        ('<row r="1" hidden="0"><c r="A1"><v>1</v></c></row>', False),
        ('<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c></row>', True),
        ('<row r="1" ht="15" hidden="false"><c r="A1"><v>1</v></c></row>', False),
    ],
)
def test_what_may_be_a_hidden_row_is_mentioned(tmp_path: Path, xml: str, hidden: bool) -> None:
    assert scanned(raw_workbook(tmp_path / "list.xlsx", xml)) == Mentions(hides=hidden)


@pytest.mark.parametrize(
    "data",
    [
        row(1, cell("A1", "#N/A", "e")),
        "<row r='1'><c r='A1' t='e'><v>#N/A</v></c></row>",
        '<row r = "1"><c r = "A1" t = "e"><v>#N/A</v></c></row>',
        row(1, "<c><v><![CDATA[1]]></v></c>"),
        row(1, "<c><v><!-- 2 -->1</v></c>"),
        row(2, cell("A2", "x")) + row(2, cell("B2", "y")),
        row(3, cell("A3", "x")) + row(2, cell("A2", "y")),
        row(2, cell("A3", "x")),
        row(2, cell("A2", "x"), cell("B3", "y")),
        row(2, cell("A2", "x"), cell("B2", "y"), cell("B2", "z")),
        row(2, cell("B2", "x"), cell("A2", "y")),
        row(2, cell("A2", "x"), '<c t="n" r="B3"><v>1</v></c>'),
        row(2, cell("A2", "x"), "<c><v>1</v></c>"),
        "<row><c><v>1</v></c></row>",
        row(1, "<c r='A1'><v>20000000000000.001</v></c>"),
        row(1, cell("A1", "x")) + row(1_048_576, cell("XFD1048576", "y")),
        row(1, cell("A1", "x")) + _COMMENT + row(1_048_576, cell("Z1048576", "y")),
        row(1, cell("XFE1", "x")),
        row(1_048_577, cell("A1048577", "x")),
        "<row/>" * 1_048_577,
    ],
)
def test_what_the_fast_library_may_read_wrongly_is_odd(tmp_path: Path, data: str) -> None:
    assert scanned(raw_workbook(tmp_path / "odd.xlsx", data)).odd


@pytest.mark.parametrize("encoding", ["gb2312", "utf-16", "iso-8859-1"])
def test_another_encoding_is_odd(tmp_path: Path, encoding: str) -> None:
    before = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert scanned(raw_workbook(tmp_path / "odd.xlsx", row(1, cell("A1", "x")), before=before)).odd == (encoding != "utf-16")


@pytest.mark.parametrize(
    "data",
    [
        row(1, cell("A1", "x"), '<c r="XFD1" s="1"/>'),
        row(1, cell("A1", "x")) + row(1_048_576, cell("E1048576", "a note at the very end")),
        row(1, *(cell(f"{letters}1", "x") for letters in ("A", "Z", "AA", "CV", "XFD"))),
    ],
)
def test_what_an_honest_sheet_may_have_is_not_odd(tmp_path: Path, data: str) -> None:
    assert scanned(raw_workbook(tmp_path / "list.xlsx", data)) == Mentions()


@pytest.mark.parametrize(
    "data",
    [
        '<row r="3"><c r="A3"><f>1</f>' + " " * 800_000 + "x",
        '<c r="A1" ' * 90_000,
        "<c" + ' r="A1"' * 120_000,
        '<row r="1" ' * 90_000,
        '<row r="3">' + '<c r="A3"><v>' * 70_000,
        '<c r="A1"><f>' * 70_000,
        '<c r="A1"><f a="' * 60_000,
        "<row hidden " + "a" * 800_000,
        "<c " * 300_000,
    ],
)
def test_a_worksheet_whose_tags_never_end_is_damaged(tmp_path: Path, data: str) -> None:
    """What looks through the same bytes again and again takes minutes for one of these."""
    path = raw_workbook(tmp_path / "slow.xlsx", row(1, cell("A1", "</f>")) + data)
    scanned(path)
    with pytest.raises(SheetUnreadable):
        list(stream_workbook(path, FileKind.XLSX, None))


@pytest.mark.parametrize(("length", "is_odd"), [(30, False), (25_000, True)])
def test_a_text_that_very_many_cells_name_is_counted_before_it_is_laid_out(tmp_path: Path, length: int, is_odd: bool) -> None:
    rows = [("Campaign Id", "Contact Id"), *((CAMPAIGN, "n" * length) for _ in range(40_000))]
    path = workbook(tmp_path / "often.xlsx", rows)
    assert scanned(path).odd == is_odd
    if is_odd:
        with pytest.raises(SheetUnsafe) as caught:
            list(stream_workbook(path, FileKind.XLSX, None))
        assert "repeats long texts" in say_text(caught.value.detail)


def test_short_texts_are_not_counted_before_the_sheet_is_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands above the first text, or a namespace, makes no text long: to count would hold up every large sheet."""
    path = workbook(tmp_path / "list.xlsx", links(20_000))
    with ZipFile(path) as archive:
        book = read_book(Package(archive))
        most = 60 * Package(archive).size(book.sheets[0].part) // 32
    monkeypatch.setattr("desktop.sheets.worksheet_scan._MOST_TEXT", most)
    monkeypatch.delattr("desktop.sheets.worksheet_scan._Texts.named_in")
    assert scan_worksheet(path, book, book.sheets[0], Event()) == Mentions()


def test_long_texts_that_few_cells_name_are_not_odd(tmp_path: Path) -> None:
    rows = [(CAMPAIGN, "n" * 20_000 if number % 1000 == 0 else contact(number)) for number in range(40_000)]
    assert scanned(workbook(tmp_path / "notes.xlsx", rows)) == Mentions()


def test_a_long_row_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    long = row(2, *(cell(f"{letters}2", "x" * 900) for letters in _LETTERS))
    assert not scanned(raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "x")) + long)).odd


def test_entities_are_refused_and_damage_is_told(tmp_path: Path) -> None:
    made = raw_workbook(tmp_path / "list.xlsx", "", before="<!DOCTYPE x []>")
    with pytest.raises(SheetUnsafe) as caught:
        scanned(made)
    assert caught.value.detail == ENTITIES
    whole = workbook(tmp_path / "whole.xlsx", links(50))
    with ZipFile(whole) as archive:
        book = read_book(Package(archive))
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(SheetError) as told:
        scan_worksheet(cut, book, book.sheets[0], Event())
    assert (type(told.value), say_text(told.value.detail)) == (SheetUnreadable, "it is cut short or damaged")
