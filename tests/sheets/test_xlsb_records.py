"""The records of an Excel binary workbook are cut correctly, whatever their length and wherever a piece ends."""

from io import BytesIO

import pytest

from desktop.sheets.xlsb_records import records, text


def test_records_that_are_not_asked_for_may_be_longer_than_a_piece() -> None:
    long = b"\xff\xff\xff\x01"  # 4 MB less one, seven bits a byte
    part = b"\x05" + long + bytes(4 * 1024 * 1024 - 1) + b"\x00\x02ab" + b"\x92\x01\x00"
    assert list(records(BytesIO(part), {0, 146})) == [(0, b"ab"), (146, b"")]
    with pytest.raises(ValueError, match="far too long"):
        list(records(BytesIO(part), {5}))


def test_records_are_cut_alike_wherever_a_piece_ends() -> None:
    whole = [(0, b"ab"), (0x92, b""), (5, b"x" * 200), (0x1FF, b"y")]
    part = b"".join(_written(kind, body) for kind, body in whole)
    for size in (1, 2, 7, 100, len(part)):
        assert list(records(_Slow(part, size), {0, 5, 0x92, 0x1FF})) == whole
        assert list(records(_Slow(part, size), {5})) == [(5, b"x" * 200)]


def test_a_record_that_is_cut_short_is_left_out() -> None:
    assert list(records(BytesIO(_written(5, b"x" * 200)[:-1]), {5})) == []
    assert list(records(BytesIO(b"\x05"), {5})) == []


def test_a_text_is_counted_in_units_of_two_bytes() -> None:
    body = b"--" + (3).to_bytes(4, "little") + "Bén".encode("utf-16-le") + b"rest"
    assert text(body, 2) == ("Bén", 12)


class _Slow(BytesIO):
    """Returns a few bytes at a time, because a read may end anywhere."""

    def __init__(self, contents: bytes, size: int) -> None:
        super().__init__(contents)
        self._size = size

    def read(self, _: int | None = -1, /) -> bytes:
        return super().read(self._size)


def _written(kind: int, body: bytes) -> bytes:
    start = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
    return start + length + body
