"""XML read as a stream with nothing kept: to look at a worksheet before a library builds it, and to check one we wrote.

A document type declaration ends the parse: no honest workbook has one, and every entity attack needs one.
"""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

_PIECE = 256 * 1024

OnStart = Callable[[str, dict[str, str]], None]


class EntitiesFound(Exception):
    """The XML declares a document type, and with it perhaps entities."""


class XmlDamaged(Exception):
    """The XML is not well formed."""


def read_xml(
    stream: IO[bytes],
    on_start: OnStart | None = None,
    on_piece: Callable[[bytes], None] | None = None,
    on_text: Callable[[str], None] | None = None,
    on_end: Callable[[str], None] | None = None,
) -> None:
    """Parse to the end; ``on_start`` gets each element's local name and attributes, ``on_piece`` the bytes as they go by,
    ``on_text`` the text between elements, ``on_end`` the local name of each element that ends.

    Raises EntitiesFound, XmlDamaged, and whatever reading the stream raises.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.CharacterDataHandler = on_text
    if on_start is not None:
        told = on_start
        parser.StartElementHandler = lambda name, attributes: told(name.rpartition(":")[2], attributes)
    if on_end is not None:
        ended = on_end
        parser.EndElementHandler = lambda name: ended(name.rpartition(":")[2])
    try:
        while piece := stream.read(_PIECE):
            if on_piece is not None:
                on_piece(piece)
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as exc:
        raise XmlDamaged(str(exc)) from exc


def _refuse_doctype(*_: object) -> None:
    raise EntitiesFound
