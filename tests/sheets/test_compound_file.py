"""Streams of a compound file, honest and damaged."""

import struct
from pathlib import Path

import pytest

from desktop.sheets.compound_file import CompoundFile
from tests.sheets.making_xls import compound_file

FILES = Path(__file__).parent / "files"
_TABLE = 512  # where the table begins that says which sector follows which


@pytest.mark.parametrize("scattered", [False, True])
def test_a_stream_is_put_together_from_its_sectors(scattered: bool) -> None:
    contents = bytes(range(256)) * 1000
    found = CompoundFile(compound_file("Workbook", contents, scattered=scattered))
    assert found.stream(("Workbook", "Book")) == contents


def test_a_stream_is_found_by_either_name_in_any_case() -> None:
    contents = b"x" * 5000
    for name in ("WORKBOOK", "Book", "book"):
        assert CompoundFile(compound_file(name, contents)).stream(("Workbook", "Book")) == contents
    with pytest.raises(ValueError, match="no stream Workbook"):
        CompoundFile(compound_file("Other", contents)).stream(("Workbook", "Book"))


def test_a_short_stream_lies_in_smaller_sectors() -> None:
    summary = CompoundFile((FILES / "hidden-rows.xls").read_bytes()).stream(("\5SummaryInformation",))
    assert summary[:2] == b"\xfe\xff" and len(summary) < 4096


def test_a_chain_that_runs_in_circles_ends() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[_TABLE + 4 * 4 : _TABLE + 5 * 4] = struct.pack("<I", 3)
    with pytest.raises(ValueError, match="circles"):
        CompoundFile(bytes(made)).stream(("Workbook",))


def test_a_chain_that_leaves_the_file_is_refused() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[_TABLE + 4 * 4 : _TABLE + 5 * 4] = struct.pack("<I", 5_000_000)
    with pytest.raises(ValueError, match="ends before"):
        CompoundFile(bytes(made)).stream(("Workbook",))


def test_sectors_of_an_impossible_size_are_refused() -> None:
    made = bytearray(compound_file("Workbook", b"x" * 5000))
    made[30:32] = struct.pack("<H", 40)
    with pytest.raises(ValueError, match="impossible size"):
        CompoundFile(bytes(made))
