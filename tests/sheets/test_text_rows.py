"""Text files: encodings, delimiters, quotes, and what is refused."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import SheetChoiceWrong, SheetError, SheetUnreadable, SheetUnsafe
from desktop.domain.readings import DELIMITERS, ENCODINGS
from desktop.sheets.formats import FileKind, identify
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.text_rows import find_format, text_blocks
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, contact, text_file
from tests.sheets.refusing import refuses

Rows = list[tuple[str, ...]]


def read(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    found = find_format(path, encoding, delimiter)
    blocks = [part for part in text_blocks(path, found, lambda: False) if isinstance(part, PackedRows)]
    return [row for block in blocks for row in block.rows()]


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_rows(tmp_path: Path, encoding: str, label: str, end: str) -> None:
    path = text_file(tmp_path / "list.csv", f"Campaign Id;Stühle{end}1;“ä”{end}2;é{end}", encoding)
    assert find_format(path, None, None).encoding_label == label
    assert read(path) == [("Campaign Id", "Stühle"), ("1", "“ä”"), ("2", "é")]


def test_big_endian_utf_16_is_known_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"\xfe\xff" + "Campaign Id,ü\n".encode("utf-16-be"))
    assert read(path) == [("Campaign Id", "ü")]


@pytest.mark.parametrize(("encoding", "label"), [("utf-16-le", "UTF-16 LE"), ("utf-16-be", "UTF-16 BE")])
@pytest.mark.parametrize("title", ["Campaign Id", "Идентификатор кампании"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(tmp_path: Path, encoding: str, label: str, title: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{title};Müller\r\n{CAMPAIGN};{contact(1)}\r\n{CAMPAIGN};{contact(2)}\r\n".encode(encoding))
    assert identify(path) is FileKind.TEXT
    assert find_format(path, None, None).encoding_label == label
    assert read(path) == read(path, label) == [(title, "Müller"), (CAMPAIGN, contact(1)), (CAMPAIGN, contact(2))]


def test_zeros_on_both_sides_are_no_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"1\0" * 500 + b"\x001" * 3)
    with refuses(SheetUnreadable, "it is not a sheet"):
        identify(path)


def test_a_byte_far_down_decides_against_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Campaign Id,Name\n" * 100_000 + b"1,M\xfcller\n")
    assert find_format(path, None, None).encoding == "cp1252"
    assert read(path)[-1] == ("1", "Müller")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('a;"b, with, commas"\n1;"2, 3"\n', ";"),
        (f"Campaign Id,Contact Ids\n{CAMPAIGN},{contact(1)};{contact(2)};{contact(3)}\n", ","),
        (f"{CAMPAIGN},{contact(1)};{contact(2)};{contact(3)}\n{CAMPAIGN},{contact(4)};{contact(5)};{contact(6)}\n", ","),
        (f"{CAMPAIGN}\t{contact(1)},{contact(2)}\n{CAMPAIGN}\t{contact(3)},{contact(4)}\n", "\t"),
        ('Name;Note;Id\nAnn;"two\nlines, here";1\nBen;;2\n', ";"),
        ("one column\nonly\n", ","),
    ],
)
def test_the_delimiter_is_voted_for(tmp_path: Path, text: str, delimiter: str) -> None:
    assert find_format(text_file(tmp_path / "list.csv", text), None, None).delimiter == delimiter


@pytest.mark.parametrize(("line", "delimiter"), [("sep=;", ";"), ("SEP=|", "|"), ("sep=\t", "\t"), ("sep=,", ",")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_that_names_the_delimiter_is_no_row(tmp_path: Path, line: str, delimiter: str, end: str) -> None:
    path = text_file(tmp_path / "list.csv", f"{line}{end}a{delimiter}b{end}")
    assert read(path) == [("a", "b")]


def test_quoted_newlines_stay_in_their_row_and_blank_lines_are_rows(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", 'a,b\n1,"x\ny ""z"""\n\n2,w\n')
    assert read(path) == [("a", "b"), ("1", 'x\ny "z"'), (), ("2", "w")]


@pytest.mark.parametrize(("named", "sign"), [("semicolon", ";"), ("TAB", "\t"), ("\\t", "\t"), ("#", "#"), ("bar", "|")])
def test_a_named_delimiter_is_used(tmp_path: Path, named: str, sign: str) -> None:
    assert read(text_file(tmp_path / "list.csv", f"a,b{sign}c\n"), delimiter=named) == [("a,b", "c")]


@pytest.mark.parametrize("named", ["", "ab", '"', "\n", "\0"])
def test_an_impossible_delimiter_is_reported(tmp_path: Path, named: str) -> None:
    with pytest.raises(SheetChoiceWrong) as caught:
        find_format(text_file(tmp_path / "list.csv", "a,b\n"), None, named)
    assert say_text(caught.value.detail).endswith("is not a delimiter")


@pytest.mark.parametrize("named", ["no-such", "hex", "rot13", "zlib", "", "a\0b"])
def test_an_unknown_encoding_name_is_reported(tmp_path: Path, named: str) -> None:
    with pytest.raises(SheetChoiceWrong) as caught:
        find_format(text_file(tmp_path / "list.csv", "a,b\n"), named, None)
    assert say_text(caught.value.detail).endswith("is not an encoding of text")


@pytest.mark.parametrize("before", ["", "a,b\n" * 100_000])
def test_a_named_encoding_that_does_not_fit_is_the_choice_to_change(tmp_path: Path, before: str) -> None:
    path = text_file(tmp_path / "list.csv", before + "ü,b\n", "cp1252")
    with pytest.raises(SheetChoiceWrong):
        read(path, encoding="utf-8")


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "Číslo,b\n", "cp1250"), encoding="cp1250") == [("Číslo", "b")]
    assert read(text_file(tmp_path / "list.csv", "\ufeffa,b\n"), encoding="utf8") == [("a", "b")]


@pytest.mark.parametrize(("name", "label"), ENCODINGS.items())
@pytest.mark.parametrize(("sign", "word"), DELIMITERS.items())
def test_every_offered_choice_works_and_has_its_label(tmp_path: Path, name: str, label: str, sign: str, word: str) -> None:
    path = text_file(tmp_path / "list.csv", f"a{sign}b\n1{sign}2\n", name)
    for delimiter in (sign, word):
        found = find_format(path, name, delimiter)
        assert (found.encoding_label, found.delimiter, say_text(found.label)) == (
            label,
            sign,
            f"{word.capitalize()}-separated text",
        )
    assert read(path, name, word) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("text", "error", "detail"),
    [
        ('a,b\n1,2\n3,"4\n5,6\n', SheetUnreadable, "a quotation mark in row 3 is not closed or not doubled"),
        ('a,b\n"1"2,3\n', SheetUnreadable, "a quotation mark in row 2 is not closed or not doubled"),
        ("a,b\n1,\0\n", SheetUnreadable, "line 2 holds binary data"),
        ("a,b\n1," + "x" * 1_100_000 + "\n", SheetUnreadable, "a cell in row 2 is larger than 1 MB"),
        ("a" + "," * 16_384 + "\n", SheetUnsafe, "row 1 has more than 16,384 columns"),
        ("a,b\n" * 2_000_002, SheetUnsafe, "it has more than 2,000,000 rows"),
        ('"a",b\n' * 2_000_001, SheetUnsafe, "it has more than 2,000,000 rows"),
        ("x" * 65 * 1024 * 1024, SheetUnsafe, "it has a line of more than 64 MB"),
    ],
)
def test_hostile_text_is_refused_in_a_clause(
    tmp_path: Path, encoding: str, text: str, error: type[SheetError], detail: str
) -> None:
    with pytest.raises(SheetError) as caught:
        read(text_file(tmp_path / "list.csv", text, encoding))
    assert (type(caught.value), say_text(caught.value.detail)) == (error, detail)


def test_zeros_in_a_text_whose_encoding_was_named_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read(text_file(tmp_path / "list.csv", "a,b\n1,\0\n"), encoding="utf-8")
    assert say_text(caught.value.detail) == "row 2 holds binary data"


def test_a_cut_utf_16_file_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Campaign Id,ü\n".encode("utf-16")[:-1])
    with pytest.raises(SheetUnreadable):
        read(path)


def test_a_big_file_gives_the_same_rows_through_a_child(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "Campaign Id,Contact Id\n" * 250_000)
    assert path.stat().st_size > 5 * 1024 * 1024
    rows = read(path)
    assert len(rows) == 250_000
    assert set(rows) == {("Campaign Id", "Contact Id")}


_cell = st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=12)


@given(
    rows=st.lists(st.tuples(_cell, _cell, _cell), min_size=2, max_size=8),
    delimiter=st.sampled_from(sorted(DELIMITERS)),
    encoding=st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_what_a_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: Rows, delimiter: str, encoding: str
) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    path = text_file(tmp_path_factory.mktemp("text") / "list.csv", target.getvalue(), encoding)
    assert read(path, delimiter=delimiter) == rows


_ID = contact(1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff"])
def test_marks_of_byte_order_are_no_part_of_a_header_and_may_come_twice(tmp_path: Path, encoding: str, mark: str) -> None:
    text = f'{mark}"Campaign Id","Contact, Id"\r\n{CAMPAIGN},{_ID}\r\n'
    assert read(text_file(tmp_path / "list.csv", text, encoding)) == [("Campaign Id", "Contact, Id"), (CAMPAIGN, _ID)]


def test_a_mark_where_two_files_were_joined_is_dropped(tmp_path: Path) -> None:
    text = '\ufeff"a","b"\n1,2\n\ufeff"a","b, c"\n3,4\n'
    assert read(text_file(tmp_path / "list.csv", text)) == [("a", "b"), ("1", "2"), ("a", "b, c"), ("3", "4")]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1e"])
def test_a_text_without_cr_and_lf_may_end_its_lines_otherwise(tmp_path: Path, end: str) -> None:
    path = text_file(tmp_path / "list.csv", f'a,b{end}1,"x, y"{end}{end}2,z{end}')
    assert read(path) == [("a", "b"), ("1", "x, y"), (), ("2", "z")]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1e"])
def test_the_other_line_ends_are_letters_where_a_text_has_cr_or_lf(tmp_path: Path, sign: str) -> None:
    assert read(text_file(tmp_path / "list.csv", f"a,b\n1,x{sign}y\n")) == [("a", "b"), ("1", f"x{sign}y")]


def test_the_sign_that_ends_an_old_dos_file_is_no_row(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "a,b\r\n1,2\r\n\x1a")) == [("a", "b"), ("1", "2")]
    assert read(text_file(tmp_path / "list.csv", "a,b\r\n1,2\x1a")) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize("line", ['"sep=;"', "sep=;;;", "Sep = ;", "\ufeffsep=;", 'sep=";"', "sep=semicolon"])
def test_a_line_that_names_the_delimiter_is_no_row_in_any_form(tmp_path: Path, line: str) -> None:
    assert read(text_file(tmp_path / "list.csv", f"{line}\r\na,x;b\r\n1,y;2\r\n")) == [("a,x", "b"), ("1,y", "2")]


def test_a_line_that_leaves_the_delimiter_open_is_no_row_either(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "sep=\na\tb;c\n1\t2;3\n")) == [("a", "b;c"), ("1", "2;3")]


def test_blank_lines_above_a_list_are_rows(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "\n\r\n,\na,b\n1,2\n")) == [(), (), ("", ""), ("a", "b"), ("1", "2")]


@pytest.mark.parametrize("sign", ["~", "^", ":", "#", " ", "\x01", "¦", "§"])
def test_any_sign_but_a_letter_or_digit_may_be_named(tmp_path: Path, sign: str) -> None:
    path = text_file(tmp_path / "list.txt", f'a{sign}b\n1{sign}"x{sign}y"\n')
    assert read(path, delimiter=sign) == [("a", "b"), ("1", f"x{sign}y")]
    for letter in ("0", "5", "a", "Z", "é"):
        with pytest.raises(SheetChoiceWrong):
            find_format(path, None, letter)


def test_blanks_before_quoted_cells_do_not_shift_the_columns(tmp_path: Path) -> None:
    text = 'Campaign Id, "Name", "Contact Id"\n1, "Miller, Ann", "2"\n3, "x", "4"\n'
    assert read(text_file(tmp_path / "list.csv", text))[1:] == [("1", "Miller, Ann", "2"), ("3", "x", "4")]


def test_a_mark_behind_a_backslash_never_shifts_the_columns(tmp_path: Path) -> None:
    for cell in ('"abc\\",def"', '"say \\"hi\\""'):
        with refuses(SheetUnreadable, "a quotation mark in row 3"):
            read(text_file(tmp_path / "list.csv", f"a,b,c\n1,2,3\n{cell},x,y\n"))
    assert read(text_file(tmp_path / "list.csv", 'a,b\n"C:\\new\\",x\n'))[1] == ("C:\\new\\", "x")


@pytest.mark.parametrize(
    ("start", "row"),
    [
        ("a;b\n1;2\n", 3),
        ('a;b\n1;"two\nlines"\n', 3),
        ("a;b\r\n1;2\r\n", 3),
        ("a;b\r1;2\r", 3),
        ("sep=;\na;b\n", 2),
        ("a;b\n" * 300_000, 300_001),
    ],
)
def test_the_first_row_that_is_not_utf_8_is_named(tmp_path: Path, start: str, row: int) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(start.encode() + b"M\xfcller;3\n" * 3)
    (note,) = find_format(path, None, None).notes
    assert say_text(note) == (f"The file is not UTF-8; it was read as Windows-1252. Row {row} is the first that is not UTF-8.")
    assert read(path)[row - 1] == ("Müller", "3")


def test_a_text_that_says_it_is_utf_8_stays_that_with_a_few_broken_bytes(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("\ufeffa,Größe\n1,ü\n".encode() + b"2,M\xfcller\n")
    assert read(path) == [("a", "Größe"), ("1", "ü"), ("2", "M\ufffdller")]
    assert tuple(map(say_text, find_format(path, None, None).notes)) == (
        "Not all of the file is UTF-8; the first odd letters, shown as \ufffd, are in row 3.",
    )


def test_half_a_letter_in_utf_16_is_noted_and_the_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("a,b\n1,\ud83d\n2,x\n".encode("utf-16", "surrogatepass"))
    assert read(path)[2] == ("2", "x")
    assert "are in row 2" in say_text(find_format(path, None, None).notes[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_zeros_in_the_middle_of_a_text_are_reported_with_their_row(tmp_path: Path, encoding: str) -> None:
    path = text_file(tmp_path / "list.csv", "a,b\n1,2\n3,x\0y\n" + "4,5\n" * 20, encoding)
    assert identify(path) is FileKind.TEXT
    with refuses(SheetUnreadable, "line 3 holds binary data"):
        read(path)


def test_a_named_encoding_that_does_not_fit_names_the_row(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", 'a,b\n1,"two\nlines"\nü,x\n', "cp1252")
    with refuses(SheetChoiceWrong, "row 3 is not UTF-8"):
        read(path, encoding="utf-8")


def test_rows_of_every_width_are_kept(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "a;b\n1\n2;3;4;5\n;\n")) == [("a", "b"), ("1",), ("2", "3", "4", "5"), ("", "")]


_line = st.text(st.characters(exclude_characters='\0\r\n"\ufeff\x1a', exclude_categories=["Cs"]), max_size=8)


@given(lines=st.lists(_line, min_size=1, max_size=10), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_without_marks_is_a_row(tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str) -> None:
    text = "a,b" + end + "".join(line + end for line in lines)
    rows = read(text_file(tmp_path_factory.mktemp("text") / "list.csv", text, "utf-8-sig"), delimiter=",")
    assert [",".join(row) for row in rows] == ["a,b", *lines]


def test_a_big_file_with_marks_in_it_gives_the_same_rows_through_a_child(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.txt", "Campaign Id\tContact Id\n" + '"Spring" Fair\t5" pipe\n' * 250_000)
    assert path.stat().st_size > 5 * 1024 * 1024
    rows = read(path)
    assert len(rows) == 250_001
    assert set(rows[1:]) == {('"Spring" Fair', '5" pipe')}
