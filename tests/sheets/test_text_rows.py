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
from desktop.sheets.text_rows import find_format, text_blocks
from tests.sheets.making_sheets import CAMPAIGN, contact, text_file

Rows = list[tuple[str, ...]]


def read(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    found = find_format(path, encoding, delimiter)
    return [row for block in text_blocks(path, found, lambda: False) for row in block.rows()]


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
    with pytest.raises(SheetUnreadable, match="it is not a sheet"):
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
def test_a_named_delimiter_is_taken(tmp_path: Path, named: str, sign: str) -> None:
    assert read(text_file(tmp_path / "list.csv", f"a,b{sign}c\n"), delimiter=named) == [("a,b", "c")]


@pytest.mark.parametrize("named", ["", "ab", '"', "\n", "\0"])
def test_what_is_no_delimiter_is_told(tmp_path: Path, named: str) -> None:
    with pytest.raises(SheetChoiceWrong) as caught:
        find_format(text_file(tmp_path / "list.csv", "a,b\n"), None, named)
    assert caught.value.detail.endswith("is not a delimiter")


@pytest.mark.parametrize("named", ["no-such", "hex", "rot13", "zlib", "", "a\0b"])
def test_what_is_no_encoding_is_told(tmp_path: Path, named: str) -> None:
    with pytest.raises(SheetChoiceWrong) as caught:
        find_format(text_file(tmp_path / "list.csv", "a,b\n"), named, None)
    assert caught.value.detail.endswith("is not an encoding of text")


@pytest.mark.parametrize("before", ["", "a,b\n" * 100_000])
def test_a_named_encoding_that_does_not_fit_is_the_choice_to_change(tmp_path: Path, before: str) -> None:
    path = text_file(tmp_path / "list.csv", before + "ü,b\n", "cp1252")
    with pytest.raises(SheetChoiceWrong):
        read(path, encoding="utf-8")


def test_a_named_encoding_is_taken(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "Číslo,b\n", "cp1250"), encoding="cp1250") == [("Číslo", "b")]
    assert read(text_file(tmp_path / "list.csv", "\ufeffa,b\n"), encoding="utf8") == [("a", "b")]


@pytest.mark.parametrize(("name", "label"), ENCODINGS.items())
@pytest.mark.parametrize(("sign", "word"), DELIMITERS.items())
def test_all_that_is_offered_can_be_chosen_and_is_told_by_its_label(
    tmp_path: Path, name: str, label: str, sign: str, word: str
) -> None:
    path = text_file(tmp_path / "list.csv", f"a{sign}b\n1{sign}2\n", name)
    for delimiter in (sign, word):
        found = find_format(path, name, delimiter)
        assert (found.encoding_label, found.delimiter, found.label) == (label, sign, f"{word.capitalize()}-separated")
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
    assert (type(caught.value), caught.value.detail) == (error, detail)


def test_zeros_in_a_text_whose_encoding_was_named_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read(text_file(tmp_path / "list.csv", "a,b\n1,\0\n"), encoding="utf-8")
    assert caught.value.detail == "row 2 holds binary data"


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


_cell = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


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
