"""What the bytes of a text file show before anything is parsed: the encoding, odd bytes, and lines without end."""

from pathlib import Path

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets import text_scan
from desktop.sheets.text_scan import Scanned, row_of_first_oddity, scan_text
from tests.sheets.refusing import refuses


def scanned(folder: Path, contents: bytes) -> Scanned:
    path = folder / "list.csv"
    path.write_bytes(contents)
    return scan_text(path)


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (b"a,b\n1,2\n", Scanned("utf-8")),
        ("Größe\n".encode(), Scanned("utf-8")),
        ("Größe\n".encode("cp1252"), Scanned("cp1252", is_odd=True, is_clean=False)),
        ("Größe\n".encode()[:-5], Scanned("cp1252", is_odd=True, is_clean=False)),  # it ends in half a letter
        ("\ufeffGröße\n".encode(), Scanned("utf-8-sig")),
        (b"\xef\xbb\xbfa\n\xff\n", Scanned("utf-8-sig", is_odd=True, is_clean=False)),
        ("a\n".encode("utf-16"), Scanned("utf-16")),
        ("a\n\ud83d\n".encode("utf-16", "surrogatepass"), Scanned("utf-16", is_odd=True)),
        ("a\nb\ufeffc\n".encode(), Scanned("utf-8", is_clean=False)),
        (b"a\n\x1a", Scanned("utf-8", is_clean=False)),
        (b"", Scanned("utf-8")),
    ],
)
def test_the_encoding_is_what_the_start_tells_or_what_every_byte_fits(tmp_path: Path, contents: bytes, found: Scanned) -> None:
    assert scanned(tmp_path, contents) == found


def test_a_letter_across_two_pieces_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_scan, "_PIECE", 3)
    assert scanned(tmp_path, "abcé\n12€\n".encode()) == Scanned("utf-8")


def test_binary_data_are_reported_with_their_line(tmp_path: Path) -> None:
    with refuses(SheetUnreadable, "line 3 holds binary data"):
        scanned(tmp_path, b"a\nb\nc\0d\n")


def test_a_wide_text_that_ends_in_half_a_letter_is_cut_short(tmp_path: Path) -> None:
    with refuses(SheetUnreadable, "cut short"):
        scanned(tmp_path, "Campaign Id,Contact Id\n".encode("utf-16")[:-1])


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_scan, "_LONGEST_LINE", 100)
    monkeypatch.setattr(text_scan, "_PIECE", 16)
    assert scanned(tmp_path, (b"x" * 80 + b"\n") * 5).encoding == "utf-8"
    with refuses(SheetUnsafe, "a line of more than"):
        scanned(tmp_path, b"x" * 200)


def test_more_rows_than_a_text_may_have_are_refused_unless_lines_may_be_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_scan, "MOST_TEXT_ROWS", 10)
    assert scanned(tmp_path, b"x\n" * 11).encoding == "utf-8"
    with refuses(SheetUnsafe, "more than 10 rows"):
        scanned(tmp_path, b"x\n" * 12)
    assert scanned(tmp_path, b'"x"\n' * 12).encoding == "utf-8", "a line between marks is no row"


@pytest.mark.parametrize(
    ("text", "has_quoted_lines", "row"),
    [
        (b"a\nb\n\xff\n", False, 3),
        (b'"a\nb"\n\xff\n', True, 2),
        (b'"a\nb"\n\xff\n', False, 3),
        (b'"a\n\xff"\n', True, 1),
        (b"a\nb\n", True, 0),
    ],
)
def test_the_row_of_the_first_odd_byte_is_found(tmp_path: Path, text: bytes, has_quoted_lines: bool, row: int) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text)
    assert row_of_first_oddity(path, "utf-8", has_quoted_lines=has_quoted_lines) == row


def test_it_is_found_even_if_a_quoted_cell_spans_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_scan, "_PIECE", 4)
    path = tmp_path / "list.csv"
    path.write_bytes(b'a\n"one\ntwo\nthree\nfour"\nb\n\xff\n')
    assert row_of_first_oddity(path, "utf-8", has_quoted_lines=True) == 4
