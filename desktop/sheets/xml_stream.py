"""Read XML as a stream and keep nothing: to inspect a worksheet before it is read, and to check one that we wrote.

A document type declaration ends the parse: no honest workbook has one, and every entity attack needs one. So does a single tag
or comment of many megabytes, because the parser would search it from its start with each piece that comes.

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
# Programs declare the small character set, but write the larger one that Windows has under its name.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "iso8859-1": "cp1252", "euc_kr": "cp949"}

OnStart = Callable[[str, dict[str, str]], None]
Tree = Mapping[str, "Tree"]
"""Which elements may stand in an element, by local name, and which in each of those."""
_Qualified = dict[str, tuple[str, "_Qualified"]]


class EntitiesFound(Exception):
    """The XML declares a document type, and so perhaps entities."""


class XmlDamaged(Exception):
    """The XML is not well formed."""


class EncodingUnknown(XmlDamaged):
    """The XML is written in an encoding that we cannot read."""


class LocalNames(dict[str, str]):
    """Maps the name of an element with its prefix to its local name; a document has few names, and millions of elements."""

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
    """Parse to the end.

    ``on_start`` gets each element's local name and attributes, ``on_piece`` the bytes as they go by, ``on_text`` the text
    between elements, ``on_end`` the local name of each element that ends.

    Raises EntitiesFound, XmlDamaged, and whatever reading the stream raises.
    """
    parser = expat.ParserCreate("utf-8")
    local = LocalNames()
    if on_start is not None:
        started = on_start
        parser.StartElementHandler = lambda name, attributes: started(local[name], attributes)
    if on_end is not None:
        ended = on_end
        parser.EndElementHandler = lambda name: ended(local[name])
    parser.CharacterDataHandler = on_text
    parse(parser, stream, on_piece)


def placed_parser(
    tree: Tree, on_start: OnStart, on_end: Callable[[str], None], on_text: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """Return a parser that reports only elements that stand where ``tree`` has them below the root, in the root's namespace.

    Other programs keep what they like in elements of their own; those are skipped with all that is in them.
    """
    return placed_parser_inside(tree, (), on_start, on_end, on_text)[0]


def placed_parser_inside(
    tree: Tree,
    inside: tuple[str, ...],
    on_start: OnStart,
    on_end: Callable[[str], None],
    on_text: Callable[[str], None] | None = None,
) -> tuple[expat.XMLParserType, Callable[[], bool]]:
    """Return a :func:`placed_parser`, and a function that says where it stands.

    The function is true while the parser is in the element to which the path ``inside`` leads from the root, outside of all
    elements in it.
    """
    # With a separator the parser names elements by "namespace name".
    parser = expat.ParserCreate("utf-8", " ")
    places: list[_Qualified] = []
    skipped = 0
    target: _Qualified | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal skipped, target
        if skipped:
            skipped += 1
        elif not places:
            namespace, space, _ = name.rpartition(" ")
            places.append(_qualified(tree, namespace + space))
            target = places[0]
            for step in inside:
                target = target[namespace + space + step][1]
        elif (child := places[-1].get(name)) is None:
            skipped = 1
        else:
            places.append(child[1])
            on_start(child[0], attributes)

    def end(name: str) -> None:
        nonlocal skipped
        if skipped:
            skipped -= 1
        else:
            places.pop()
            if places:
                on_end(places[-1][name][0])

    def see_text(text: str) -> None:
        if on_text is not None and not skipped:
            on_text(text)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = see_text if on_text is not None else None
    return parser, lambda: not skipped and bool(places) and places[-1] is target


def _qualified(tree: Tree, prefix: str) -> _Qualified:
    return {prefix + name: (name, _qualified(below, prefix)) for name, below in tree.items()}


def parse(parser: expat.XMLParserType, stream: IO[bytes], on_piece: Callable[[bytes], None] | None = None) -> None:
    """Parse to the end with a parser that was made for UTF-8 and has its handlers. Raises what :func:`read_xml` raises."""
    for _ in parse_pieces(parser, iter(lambda: stream.read(PIECE), b""), on_piece):
        pass


def parse_pieces(
    parser: expat.XMLParserType, pieces: Iterable[bytes], on_piece: Callable[[bytes], None] | None = None
) -> Iterator[None]:
    """Like :func:`parse`, but pauses after each piece; an empty piece is only a pause."""
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
                piece = piece.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")  # strictly, nothing may stand above it
            if piece:
                parser.Parse(piece, False)
                fed += len(piece)
                # What the parser got and has not reported yet is one unfinished tag, comment or the like.
                if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise XmlDamaged("a tag or comment of many megabytes")
            yield
        parser.Parse(b"" if decoder is None else decoder.decode(b"", True).encode(), True)
    except (expat.ExpatError, UnicodeError) as exc:
        raise XmlDamaged(str(exc)) from exc


def encoding_of(start: bytes) -> str | None:
    """Return the encoding of XML that begins like this; None for UTF-8. Raises EncodingUnknown."""
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
    # The declaration was readable with one byte per character, so this is no UTF-16 or UTF-32, whatever it declares.
    return None if name in ("utf-8", "ascii") or name.startswith(("utf-16", "utf-32")) else _LARGER.get(name, name)


def _refuse_doctype(*_: object) -> None:
    raise EntitiesFound
