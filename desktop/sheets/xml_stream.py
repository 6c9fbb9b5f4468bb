"""XML read as a stream with nothing kept: to look at a worksheet before a library builds it, and to check one we wrote.

A document type declaration ends the parse: no honest workbook has one, and every entity attack needs one. So does a single
tag or comment of many megabytes, because the parser would look through it from its start with each piece that comes.

The parser knows four encodings. A part in any other one (Chinese programs write gb2312) is decoded here.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

PIECE = 1024 * 1024
_LONGEST_TOKEN = 4 * 1024 * 1024
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94\x93"  # "<?xml" as mainframes write it
# Programs name the small set of signs and write the large one that Windows has of it.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "iso8859-1": "cp1252", "euc_kr": "cp949"}

OnStart = Callable[[str, dict[str, str]], None]
Tree = Mapping[str, "Tree"]
"""The elements that may stand in an element, by their local names, and what may stand in each of them."""
_Known = dict[str, tuple[str, "_Known"]]


class EntitiesFound(Exception):
    """The XML declares a document type, and with it perhaps entities."""


class XmlDamaged(Exception):
    """The XML is not well formed."""


class EncodingUnknown(XmlDamaged):
    """The XML is written in an encoding that nobody here reads."""


class LocalNames(dict[str, str]):
    """The local name of each element, by its name with a prefix; a document has few, and millions of elements."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


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
    parser = expat.ParserCreate("utf-8")
    local = LocalNames()
    if on_start is not None:
        told = on_start
        parser.StartElementHandler = lambda name, attributes: told(local[name], attributes)
    if on_end is not None:
        ended = on_end
        parser.EndElementHandler = lambda name: ended(local[name])
    parser.CharacterDataHandler = on_text
    parse(parser, stream, on_piece)


def placed_parser(
    tree: Tree, on_start: OnStart, on_end: Callable[[str], None], on_text: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """A parser that tells only of the elements below the root that stand where ``tree`` has them, in the root's namespace.

    Other programs keep what they like in elements of their own; it is passed over with all that is in it.
    """
    return placed_parser_inside(tree, (), on_start, on_end, on_text)[0]


def placed_parser_inside(
    tree: Tree,
    inside: tuple[str, ...],
    on_start: OnStart,
    on_end: Callable[[str], None],
    on_text: Callable[[str], None] | None = None,
) -> tuple[expat.XMLParserType, Callable[[], bool]]:
    """A :func:`placed_parser`, and what tells whether it stands in the element to which this path leads from the root, outside
    of all elements in it.
    """
    parser = expat.ParserCreate("utf-8", " ")
    places: list[_Known] = []
    passed_over = 0
    asked_for: _Known | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal passed_over, asked_for
        if passed_over:
            passed_over += 1
        elif not places:
            namespace, space, _ = name.rpartition(" ")
            places.append(_known(tree, namespace + space))
            asked_for = places[0]
            for step in inside:
                asked_for = asked_for[namespace + space + step][1]
        elif (known := places[-1].get(name)) is None:
            passed_over = 1
        else:
            places.append(known[1])
            on_start(known[0], attributes)

    def end(name: str) -> None:
        nonlocal passed_over
        if passed_over:
            passed_over -= 1
        else:
            places.pop()
            if places:
                on_end(places[-1][name][0])

    def see_text(text: str) -> None:
        if on_text is not None and not passed_over:
            on_text(text)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = see_text if on_text is not None else None
    return parser, lambda: not passed_over and bool(places) and places[-1] is asked_for


def _known(tree: Tree, before: str) -> _Known:
    return {before + name: (name, _known(below, before)) for name, below in tree.items()}


def parse(parser: expat.XMLParserType, stream: IO[bytes], on_piece: Callable[[bytes], None] | None = None) -> None:
    """Let a parser that was made for UTF-8 and has its handlers parse to the end. Raises what :func:`read_xml` raises."""
    for _ in parse_pieces(parser, iter(lambda: stream.read(PIECE), b""), on_piece):
        pass


def parse_pieces(
    parser: expat.XMLParserType, pieces: Iterable[bytes], on_piece: Callable[[bytes], None] | None = None
) -> Iterator[None]:
    """As :func:`parse`, with a stop behind each piece; an empty one is no more than a stop."""
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed, decoder = 0, None
    try:
        for piece in pieces:
            if on_piece is not None:
                on_piece(piece)
            if not fed and (encoding := encoding_of(piece)) is not None:
                decoder = codecs.getincrementaldecoder(encoding)()
            if decoder is not None:
                piece = decoder.decode(piece).encode()
            if not fed:
                piece = piece.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")  # strictly nothing may stand above the XML
            if piece:
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise XmlDamaged("a tag or comment of many megabytes")
            yield
        parser.Parse(b"" if decoder is None else decoder.decode(b"", True).encode(), True)
    except (expat.ExpatError, UnicodeError) as exc:
        raise XmlDamaged(str(exc)) from exc


def encoding_of(start: bytes) -> str | None:
    """The encoding of XML that begins like this; None for UTF-8. Raises EncodingUnknown."""
    for mark, encoding in _WIDE:
        if start.startswith(mark):
            return encoding
    if start.startswith(_EBCDIC):
        raise EncodingUnknown
    declared = _DECLARED.match(start)
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared[1].decode()).name
        b"".decode(name)
    except LookupError as exc:
        raise EncodingUnknown from exc
    # What was readable as one byte a sign up to here is no UTF-16 or UTF-32, whatever it declares.
    return None if name in ("utf-8", "ascii") or name.startswith(("utf-16", "utf-32")) else _LARGER.get(name, name)


def _refuse_doctype(*_: object) -> None:
    raise EntitiesFound
