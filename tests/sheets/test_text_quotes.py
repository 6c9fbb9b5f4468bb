"""Quotation marks in text that is separated by tabs and other rare signs: quoted fields, bare marks, rows between two marks."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.text_quotes import QuoteHabits, RowsOpen, Writer, habits_of, lines_like_rows, rows_with_bare_marks
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, balances, contact, text_file
from tests.sheets.refusing import refuses

_HEADERS = ("Campaign Id", "Contact Id", "Name")


def _tabs(*names: str) -> str:
    """Return a tab-separated list with these texts, as they are, in its third column."""
    rows = [_HEADERS, *((CAMPAIGN, contact(number), name) for number, name in enumerate(names))]
    return "".join("\t".join(row) + "\r\n" for row in rows)


def _names_in(path: Path) -> list[str]:
    sheet = open_sheet(path)
    assert balances(sheet)
    assert [link.related_id for link in map(sheet.links.__getitem__, range(len(sheet.links)))] == [
        contact(number) for number in range(len(sheet.rows))
    ]
    return [row.cells[2] for row in sheet.rows]


def _rows(text: str, delimiter: str = "\t") -> list[list[str]]:
    lines = list(io.StringIO(text, newline=""))
    return list(rows_with_bare_marks([lines], delimiter, habits_of(lines, delimiter, is_whole=True)))


@pytest.mark.parametrize(
    "names",
    [
        ['"Spring" Fair', '"A', '"B'],
        ['5" pipe', 'pipe 5"', '"'],
        ['"Hello', *["between"] * 3000, 'bye"', 'a "quoted" word'],
        ['"one', '"two', '"three', "four"],
        ['"', "between", '"'],
        ["Ann", '"', '"', '"', '"', "Ben", '"'],
        ['"a""b', "between", 'c""'],
    ],
)
def test_a_bare_mark_is_text_and_no_row_is_lost(tmp_path: Path, names: list[str]) -> None:
    assert _names_in(text_file(tmp_path / "list.txt", _tabs(*names))) == names


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"5"" pipe"', '5" pipe'),
        ('"two\nlines"', "two\nlines"),
        ('"two\r\nlines, ""quoted"""', 'two\r\nlines, "quoted"'),
        ('"a\tb"', "a\tb"),
        ('"a\tb\nc"', "a\tb\nc"),
        ('""', ""),
        ('""""', '"'),
        ('"ends with a break\n"', "ends with a break\n"),
    ],
)
def test_a_field_that_is_quoted_properly_is_read_as_it_was(tmp_path: Path, written: str, shown: str) -> None:
    path = text_file(tmp_path / "list.txt", _tabs("plain", written, "plain"))
    assert _names_in(path) == ["plain", shown, "plain"]


@pytest.mark.parametrize("before", ["plain", '"two\nlines"'])
def test_a_note_that_quotes_rows_of_the_sheet_never_becomes_links(tmp_path: Path, before: str) -> None:
    note = f'"keep:\r\n{CAMPAIGN}\t{contact(77)}\tas agreed"'
    with pytest.raises(SheetUnreadable) as caught:
        open_sheet(text_file(tmp_path / "list.txt", _tabs(before, note)))
    assert say_text(caught.value.detail) == (
        "a quotation mark in row 3 is closed only in the next line, "
        "and what it encloses looks like rows; close or remove the mark"
    )


def test_a_note_that_quotes_rows_is_one_cell_where_the_writer_doubles_its_marks(tmp_path: Path) -> None:
    note = f'"keep:\r\n{CAMPAIGN}\t{contact(77)}\tas agreed"'
    path = text_file(tmp_path / "list.txt", _tabs('"5"" pipe"', note))
    assert _names_in(path) == ['5" pipe', note.strip('"')]
    assert tuple(map(say_text, open_sheet(path).reading.notes)) == (
        "Row 3 has a cell of 2 lines that look like rows and are not read as such. "
        "If they are rows, a quotation mark in that row is not closed.",
    )


def test_a_note_that_quotes_rows_is_refused_beside_bare_marks_too(tmp_path: Path) -> None:
    """A spreadsheet leaves marks bare and quotes its notes; rows of a note would be links that nobody asked for."""
    for end in ("as agreed", ""):
        note = f'"keep:\r\n{CAMPAIGN}\t{contact(77)}\t{end}"'
        with refuses(SheetUnreadable, "in row 3 is closed only in the next line"):
            open_sheet(text_file(tmp_path / "list.txt", _tabs('5" pipe', note, 'a "good" one')))


@pytest.mark.parametrize(
    "text",
    [
        f'"\t"\t{contact(1)}\t"\n{CAMPAIGN}\t{contact(2)}\t"\t{contact(3)}\n',
        f'{CAMPAIGN}\t{contact(1)}\t"\n"\t{CAMPAIGN}\t{contact(2)}\n',
        f'{CAMPAIGN}\t{contact(1)}\t"\t{contact(2)}\n{CAMPAIGN}\t{contact(3)}\t{contact(4)}\t"\t"\n',
        f'{CAMPAIGN}\t{contact(1)}\t" \r\n{CAMPAIGN}\t{contact(2)}\t "\r\n',
    ],
)
def test_marks_that_would_swallow_a_row_unnoticed_are_refused(text: str) -> None:
    with pytest.raises(RowsOpen):
        _rows(text)


def test_two_bare_marks_with_rows_between_are_refused_if_nothing_shows_their_meaning(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable) as caught:
        open_sheet(text_file(tmp_path / "list.txt", _tabs("plain", '"Hello', *["between"] * 100, 'bye"')))
    assert "in row 3 is closed only 101 lines below" in say_text(caught.value.detail)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_cells_of_several_lines_are_whole_in_every_column(ends: str) -> None:
    note = '"Dear Ann,\nthank you,\nBen"'
    rows = [[note, CAMPAIGN, contact(1)], ["x", note, contact(2)], [note, CAMPAIGN, note], ["x", CAMPAIGN, contact(4)]]
    for delimiter in "\t|":
        text = "".join(delimiter.join(row) + ends for row in [["Note", "Campaign Id", "Contact Id"], *rows])
        assert _rows(text, delimiter)[1:] == [[cell.strip('"') for cell in row] for row in rows]


def test_more_than_any_cell_holds_is_no_cell(tmp_path: Path) -> None:
    names = ["plain", '"Hello', *["between"] * 1000, 'bye"']
    assert _names_in(text_file(tmp_path / "list.txt", _tabs(*names))) == names


def test_marks_around_a_tab_are_text_where_the_row_is_too_short_with_them() -> None:
    assert _rows('a\tb\tc\n1\t2\t3\n"1\t2"\t3\n')[2] == ['"1', '2"', "3"]
    assert _rows('a\tb\tc\n1\t2\t3\n"1\t2"\t3\t4\n')[2] == ["1\t2", "3", "4"]


def test_two_columns_with_bare_marks_in_neighbouring_rows_stay_two_rows() -> None:
    assert _rows('a\tb\n1\t"Hello\nbye"\t2\n')[1:] == [["1", '"Hello'], ['bye"', "2"]]


@pytest.mark.parametrize("delimiter", ["|", "~", "^", ":", "\x01"])
def test_the_rule_holds_for_every_delimiter_that_is_rare_in_texts(tmp_path: Path, delimiter: str) -> None:
    text = _tabs('"Spring" Fair', '"A', '"two\nlines"').replace("\t", delimiter)
    assert _rows(text, delimiter)[1:] == [
        [CAMPAIGN, contact(0), '"Spring" Fair'],
        [CAMPAIGN, contact(1), '"A'],
        [CAMPAIGN, contact(2), "two\nlines"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("name", ['"A', '"Spring" Fair'])
def test_with_commas_and_semicolons_a_mark_has_to_be_closed(tmp_path: Path, delimiter: str, name: str) -> None:
    text = _tabs("plain", name, "plain").replace("\t", delimiter)
    with refuses(SheetUnreadable, "a quotation mark in row 3 is not closed or not doubled"):
        open_sheet(text_file(tmp_path / "list.csv", text))


def test_with_commas_rows_between_two_marks_are_refused_as_with_tabs(tmp_path: Path) -> None:
    text = _tabs("plain", '"Hello', "between", 'bye"').replace("\t", ",")
    with refuses(SheetUnreadable, "a quotation mark in row 3 is closed only 2 lines below"):
        open_sheet(text_file(tmp_path / "list.csv", text))


def test_with_commas_a_note_that_quotes_rows_is_reported_if_the_writer_doubles_its_marks(tmp_path: Path) -> None:
    text = _tabs('"5"" pipe"', '"Hello', "between", 'bye"').replace("\t", ",")
    assert "Row 3 has a cell of" in say_text(open_sheet(text_file(tmp_path / "list.csv", text)).reading.notes[0])


def test_a_cell_with_a_letter_of_several_lines_is_not_reported(tmp_path: Path) -> None:
    text = _tabs('"Dear Ann,\nthank you, yours,\nBen"', f'"{contact(5)}\n{contact(6)}"').replace("\t", ",")
    assert tuple(map(say_text, open_sheet(text_file(tmp_path / "list.csv", text)).reading.notes)) == ()


def test_a_cell_of_more_than_a_megabyte_is_refused_by_its_row(tmp_path: Path) -> None:
    for name in ("x" * 1_100_000, '5" ' + "x" * 1_100_000, '"' + "x" * 1_100_000 + '"'):
        with refuses(SheetUnreadable, "a cell in row 3 is larger than 1 MB"):
            open_sheet(text_file(tmp_path / "list.txt", _tabs("plain", name)))


def test_a_writer_is_recognised_by_its_marks() -> None:
    def writer(*lines: str) -> Writer:
        return habits_of([f"{line}\n" for line in ("a\tb", *lines)], "\t", is_whole=True).writer

    assert writer('1\t5" pipe') is Writer.LEAVES_BARE
    assert writer('1\t"5"" pipe"') is Writer.DOUBLES
    assert writer('1\t"5"" pipe"', '1\t5" pipe') is Writer.UNKNOWN
    assert writer('1\t"two', 'lines"', '1\t5" pipe') is Writer.UNKNOWN
    assert writer("1\t2") is Writer.UNKNOWN


def test_a_mark_that_is_open_where_the_sample_ends_says_nothing() -> None:
    lines = ["a\tb\n", '1\t"two\n', "lines\n"]
    assert habits_of(lines, "\t", is_whole=False).writer is Writer.UNKNOWN
    assert habits_of(lines, "\t", is_whole=True).writer is Writer.LEAVES_BARE


_plain = st.text(st.characters(exclude_characters='\0\t\r\n"', exclude_categories=["Cs"]), max_size=5)
_bare = st.lists(st.sampled_from(['"', "a", "b ", "1"]), max_size=6).map("".join)


@given(rows=st.lists(st.tuples(_plain, _bare, _plain), min_size=1, max_size=12), piece=st.integers(1, 4))
def test_without_quoting_every_line_is_a_row_or_the_file_is_refused(rows: list[tuple[str, str, str]], piece: int) -> None:
    lines = ["a\tb\tc\n", *("\t".join(row) + "\n" for row in rows)]
    pieces = [lines[at : at + piece] for at in range(0, len(lines), piece)]
    for habits in (habits_of(lines, "\t", is_whole=True), QuoteHabits(3, Writer.LEAVES_BARE), QuoteHabits(3)):
        try:
            read = list(rows_with_bare_marks(pieces, "\t", habits))
        except RowsOpen:
            assert habits.writer is not Writer.LEAVES_BARE
            continue
        if habits.writer is not Writer.DOUBLES:
            assert len(read) == len(lines)
            assert [(row[0], row[2]) for row in read[1:]] == [(row[0], row[2]) for row in rows]


_cell = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8) | st.text('a"\t\n\r|', max_size=8)


@given(
    rows=st.lists(st.tuples(_cell, _cell, _cell), min_size=1, max_size=12),
    delimiter=st.sampled_from(["\t", "|", "~"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_is_quoted_properly_is_read_back_or_refused(rows: list[tuple[str, str, str]], delimiter: str, quoting: int) -> None:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoting == csv.QUOTE_ALL else csv.QUOTE_MINIMAL)
    writer.writerows([("a", "b", "c"), *rows])
    is_open = any(delimiter in cell and ("\n" in cell or "\r" in cell) for row in rows for cell in row)
    try:
        read = _rows(target.getvalue(), delimiter)[1:]
    except RowsOpen:
        assert quoting == csv.QUOTE_MINIMAL and is_open
        return
    if quoting == csv.QUOTE_ALL or not is_open:
        assert read == [list(row) for row in rows]
    else:
        assert len(read) >= len(rows), "a cell may be taken for rows, rows never for a cell"


_ids = st.integers(0, 99).map(contact)
_note = f"{contact(7)}\t{contact(8)}\n{contact(9)}"
_odd = st.sampled_from(['"', '""', '"""', '5" pipe', '"Spring" Fair', '"a', 'a"', "two\nlines", '"\n', "a\tb", _note])


@given(
    rows=st.lists(st.tuples(_ids | _odd, _ids, _ids | _odd), min_size=1, max_size=8),
    quotes=st.sampled_from(["\t\n", '\t\n"']),
    headers=st.booleans(),
)
def test_no_link_appears_or_disappears_unnoticed(rows: list[tuple[str, str, str]], quotes: str, headers: bool) -> None:
    """Excel puts marks around cells with a tab or a line break, LibreOffice around those with a mark too."""

    def written(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if set(quotes) & set(cell) else cell

    sheet = [("a", "b", "c")] * headers + rows
    text = "".join("\t".join(map(written, row)) + "\n" for row in sheet)
    try:
        read = _rows(text)
    except RowsOpen:
        return
    pairs = [(row[0], row[1]) for row in read if len(row) > 1 and row[0].isdigit() and row[1].isdigit()]
    meant = [(row[0], row[1]) for row in rows if row[0].isdigit()]
    assert pairs == meant or lines_like_rows(PackedRows.of(read), "\t") is not None
