"""Start tags in raw bytes: no tag is cut in two, attributes are read like a parser's, and misleading bytes are left to one."""

import re
from io import BytesIO

import pytest

from desktop.sheets.raw_tags import ATTRIBUTES, Misleading, attributes_of, check_prefix, is_wide, pieces_of

_NAMES = b"urn:x"


def test_pieces_are_the_whole_part_and_cut_no_tag() -> None:
    part = b"<a>" + b"".join(b'<row r="%d"/>' % number for number in range(200_000)) + b"</a>"
    pieces = list(pieces_of(BytesIO(part), b"<row"))
    assert len(pieces) > 2 and b"".join(pieces) == part
    assert all(piece.startswith((b"<a", b"<row")) for piece in pieces)


def test_a_tag_longer_than_a_piece_loses_nothing() -> None:
    part = b'<a text="' + b"x" * (3 * 1024 * 1024) + b'"/><b/>'
    assert b"".join(pieces_of(BytesIO(part), b"<b")) == part


@pytest.mark.parametrize("part", [b"<a><!-- <row/> --></a>", b"<a><![CDATA[<row/>]]></a>", "<a/>".encode("utf-16")])
def test_bytes_that_hide_what_is_a_tag_raise_misleading(part: bytes) -> None:
    with pytest.raises(Misleading):
        list(pieces_of(BytesIO(part)))


def test_a_comment_mark_cut_between_two_pieces_raises_misleading() -> None:
    part = b"<a>" + b"x" * (1024 * 1024 - 5) + b"<!-- -->"
    with pytest.raises(Misleading):
        list(pieces_of(BytesIO(part)))


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        (b" r=\"1\" hidden = 'true'", {"r": "1", "hidden": "true"}),
        (b' note="a > b &lt; c" t:r="&#49;"', {"note": "a > b < c", "t:r": "1"}),
        (b" note=\"x='1'\"", {"note": "x='1'"}),
        (b"", {}),
    ],
)
def test_attributes_are_read_as_a_parser_reads_them(tag: bytes, attributes: dict[str, str]) -> None:
    found = re.compile(b"<row" + ATTRIBUTES).fullmatch(b"<row" + tag + b">")
    assert found is not None and attributes_of(found[1]) == attributes


def test_a_tag_without_an_end_stops_at_the_next_one() -> None:
    assert re.compile(b"<row" + ATTRIBUTES).search(b'<row r="1" <row r="2">') is not None
    assert re.compile(b"<row" + ATTRIBUTES).match(b'<row r="1" <row r="2">') is None


def test_text_of_two_bytes_a_character_is_recognised_by_its_zeros() -> None:
    assert is_wide("<a/>".encode("utf-16-le")) and is_wide("<a/>".encode("utf-16-be"))
    assert not is_wide(b"<a/>") and not is_wide(b"<a b='\0'/>")


@pytest.mark.parametrize(
    ("piece", "is_first", "misleads"),
    [
        (b'<x xmlns:t="urn:x">', True, False),
        (b'<x xmlns="urn:x">', True, True),
        (b'<x xmlns:other="urn:x">', True, True),
        (b'<x xmlns:t="urn:x" xmlns:u="urn:x">', True, True),
        (b'<x xmlns:t="&#117;rn:x">', True, False),  # a reference may stand for any letter
        (b'<x xmlns:t="urn:x" xmlns:u="&#117;rn:x">', True, True),
        (b"<x>", True, True),
        (b"<t:row/>", False, False),
        (b'<t:row xmlns:t="urn:x"/>', False, True),
        (b'<t:row xmlns:t="urn:other"/>', False, False),
    ],
)
def test_a_namespace_has_to_be_declared_once_and_with_its_usual_prefix(piece: bytes, is_first: bool, misleads: bool) -> None:
    try:
        check_prefix(piece, b"t", _NAMES, is_first=is_first)
    except Misleading:
        assert misleads
    else:
        assert not misleads
