"""XML as a stream: names and attributes are passed on, entities refused, damage reported."""

import io

import pytest

from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml


def test_elements_are_reported_by_their_local_names() -> None:
    elements = []
    xml = b'<x:worksheet xmlns:x="u"><x:row r="1"><x:c r="A1"/></x:row></x:worksheet>'
    read_xml(io.BytesIO(xml), lambda name, attributes: elements.append((name, attributes.get("r"))))
    assert elements == [("worksheet", None), ("row", "1"), ("c", "A1")]


def test_every_byte_is_passed_on_once() -> None:
    xml = b"<a>" + b"<b/>" * 200_000 + b"</a>"
    seen = bytearray()
    read_xml(io.BytesIO(xml), on_piece=seen.extend)
    assert bytes(seen) == xml


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<!DOCTYPE a><a/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_a_document_type_ends_the_parse(xml: bytes) -> None:
    with pytest.raises(EntitiesFound):
        read_xml(io.BytesIO(xml))


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a></b>", b"<a>\x01</a>", b"<a>&nobody;</a>", b"<a/><a/>"])
def test_damage_is_reported(xml: bytes) -> None:
    with pytest.raises(XmlDamaged):
        read_xml(io.BytesIO(xml))
