"""Streams of a compound file, honest and damaged."""

import struct
from io import BytesIO
from pathlib import Path

import pytest

from desktop.sheets.compound_file import CompoundDamaged, CompoundFile
from tests.sheets.making_xls import compound_file

FILES = Path(__file__).parent / "files"
_TABLE = 512  # where the table begins that says which sector follows which


def opened(contents: bytes) -> CompoundFile:
    return CompoundFile(BytesIO(contents))


@pytest.mark.parametrize("scattered", [False, True])
def test_a_stream_is_put_together_from_its_sectors(scattered: bool) -> None:
    contents = bytes(range(256)) * 1000
    found = opened(compound_file("Workbook", contents, scattered=scattered))
    assert found.stream(("Workbook", "Book")) == contents


def test_a_stream_is_found_by_either_name_in_any_case() -> None:
    contents = b"x" * 5000
    for name in ("WORKBOOK", "Book", "book"):
        assert opened(compound_file(name, contents)).stream(("Workbook", "Book")) == contents
    with pytest.raises(ValueError, match="no stream Workbook"):
        opened(compound_file("Other", contents)).stream(("Workbook", "Book"))


def test_a_short_stream_lies_in_smaller_sectors() -> None:
    summary = opened((FILES / "hidden-rows.xls").read_bytes()).stream(("\5SummaryInformation",))
    assert summary[:2] == b"\xfe\xff" and len(summary) < 4096


def test_a_chain_that_runs_in_circles_ends() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[_TABLE + 4 * 4 : _TABLE + 5 * 4] = struct.pack("<I", 3)
    with pytest.raises(ValueError, match="circles"):
        opened(bytes(made)).stream(("Workbook",))


def test_a_chain_that_leaves_the_file_is_refused() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[_TABLE + 4 * 4 : _TABLE + 5 * 4] = struct.pack("<I", 5_000_000)
    with pytest.raises(ValueError, match="ends before"):
        opened(bytes(made)).stream(("Workbook",))


def test_sectors_of_an_impossible_size_are_refused() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[30:32] = struct.pack("<H", 40)
    with pytest.raises(ValueError, match="impossible size"):
        opened(bytes(made))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (40, 900),  # how many sectors the directory has
        (44, 0),  # how many sectors the table has
        (44, 5000),
        (60, 77_000),  # where the table of small sectors begins
        (64, 9),  # how many sectors that has
        (68, 0),  # where further sectors of the table are listed, although the header has room
        (68, 123_456),
        (72, 400),  # how many such lists there are
    ],
)
def test_counts_in_the_header_that_are_wrong_do_no_harm(place: int, value: int) -> None:
    contents = bytes(range(256)) * 100
    made = bytearray(compound_file("Workbook", contents))
    made[place : place + 4] = struct.pack("<I", value)
    assert opened(bytes(made)).stream(("Workbook",)) == contents


def test_a_last_sector_that_is_not_full_is_read_as_far_as_it_goes() -> None:
    contents = b"x" * 5000
    made = compound_file("Workbook", contents)
    assert opened(made[: -(-5000 % 512)]).stream(("Workbook",)) == contents
    with pytest.raises(CompoundDamaged, match="not whole"):
        opened(made[: -(-5000 % 512) - 1]).stream(("Workbook",))


def test_a_short_stream_of_a_file_without_small_sectors_lies_in_large_ones() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    size_of_second_entry = made.index("Workbook".encode("utf-16-le")) + 120
    made[size_of_second_entry : size_of_second_entry + 8] = struct.pack("<Q", 1000)
    assert opened(bytes(made)).stream(("Workbook",)) == b"x" * 1000


def test_a_stream_is_read_although_the_end_of_the_directory_is_lost() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[_TABLE + 4 : _TABLE + 8] = struct.pack("<I", 4_000)  # the sector of the directory that would come next
    assert opened(bytes(made)).stream(("Workbook",)) == b"x" * 5000
    with pytest.raises(CompoundDamaged, match="directory"):
        opened(bytes(made)).names()
