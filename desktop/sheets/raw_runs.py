"""Let most of an XML part go past the parser: a million rows between a head and a tail, or a million shared texts.

A parser calls us for every element and every text, which takes most of the time of reading a large workbook. Where a program
writes its elements the way most programs do, one pattern reads hundreds of them at once. So a part is cut before the starts of
these elements, and what lies between two cuts is offered to whoever has the pattern. Pieces that are refused, and all above the
first element and below the last one, go through the parser. It sees a shorter document that is as well formed as the whole one,
because only whole elements are missing from it; whatever it finds in the rest (a prefix, a comment, a second table) is judged
there as usual.

This is safe only if a cut lies between two of these elements. The parser tells in which element it stands; the tag above the
first element tells that names without a prefix mean what the parser takes them for; and after a comment, a CDATA section or an
instruction, in which a cut might lie unnoticed, the parser gets all that follows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from desktop.sheets.xml_stream import encoding_of

LONGEST_PIECE = 128 * 1024
"""In characters; nothing longer is offered. A piece of this size stays in the processor's cache while it is read."""

SHORTEST_PIECE = 16 * 1024
"""In characters; for a shorter piece the parser is quicker than the making of a pattern."""

_START, _PIECE = 1024, 96 * 1024
_LONGEST_TAG = 64 * 1024
_HEAD_OF_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<\?xml\s")
_NO_CHARACTERS = bytes(code for code in range(32) if code not in b"\t\n\r")
_REFERENCE = re.compile("&([^;&]{0,10});?")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NUMBERED = re.compile("#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}))")


class LeftToParser(Exception):
    """The piece holds something that only the parser reads rightly, or that the parser has to refuse."""


@dataclass(frozen=True, slots=True)
class RepeatedElements:
    """Elements that may go past the parser. Each begins with ``start``; ``around`` is the name of the element that holds them.

    ``is_inside`` tells whether the parser stands in that element, outside of all others in it. ``accept`` gets consecutive
    elements and returns whether it read them, all of them.
    """

    start: bytes
    around: bytes
    is_inside: Callable[[], bool]
    accept: Callable[[str], bool]


def pieces_past(stream: IO[bytes], runs: RepeatedElements) -> Iterator[bytes]:
    """Yield the pieces of a part that the parser must read; an empty one each time that a piece was accepted.

    The parser must have read a piece before the next one is asked for. Raises EncodingUnknown, UnicodeError and what ``accept``
    raises.
    """
    past = _Past(runs)
    rest = stream.read(_START)
    if encoding_of(rest) is None:
        while more := stream.read(_PIECE):
            piece = rest + more
            cut = piece.rfind(runs.start)
            if cut <= 0:  # no element begins here, or one longer than a piece
                cut = max(piece.rfind(b"<"), len(piece) - _LONGEST_TAG, 0)
            yield from past.offered(piece[:cut])
            rest = piece[cut:]
            if past.is_over:
                break
        yield from past.offered(rest)
        rest = stream.read(_PIECE)
    while rest:
        yield rest
        rest = stream.read(_PIECE)


class _Past:
    def __init__(self, runs: RepeatedElements) -> None:
        self._runs = runs
        self._opening = re.compile(rb"<%b(?:\s[^<>]*+)?+>\s*+\Z" % re.escape(runs.around))
        self._end = b"</%b" % runs.around
        self._is_first = True
        self.is_over = False

    def offered(self, piece: bytes) -> Iterator[bytes]:
        """Offer a piece, and yield what is left of it for the parser."""
        if self.is_over:
            yield piece
            return
        if not self._runs.is_inside():
            head, start, below = piece.partition(self._runs.start)
            yield from self._to_parser(head)
            piece = start + below
            if self._runs.is_inside() and self._opening.search(head) is None:
                self.is_over = True
        own, end, below = piece.partition(self._end) if self._runs.is_inside() else (b"", b"", piece)
        if own:
            yield from [b""] if self._is_accepted(own) else self._to_parser(own)
        yield from self._to_parser(end + below)

    def _is_accepted(self, piece: bytes) -> bool:
        if self.is_over or not SHORTEST_PIECE <= len(piece) <= LONGEST_PIECE or b"xmlns" in piece:
            return False
        return self._runs.accept(_decoded(piece))

    def _to_parser(self, piece: bytes) -> Iterator[bytes]:
        declaration = _HEAD_OF_DECLARATION.match(piece) if self._is_first else None
        self._is_first = self._is_first and not piece
        start = declaration.end() if declaration is not None else 0
        self.is_over = self.is_over or b"<!" in piece or piece.find(b"<?", start) >= 0
        if piece:
            yield piece


def _decoded(piece: bytes) -> str:
    """Decode as the parser does: every end of a line becomes one line feed."""
    text = piece.decode()
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def check_characters(text: str) -> None:
    """Raise LeftToParser for characters that XML forbids."""
    if "\ufffe" in text or "\uffff" in text or "]]>" in text:
        raise LeftToParser(text)
    raw = text.encode()
    if len(raw.translate(None, _NO_CHARACTERS)) < len(raw):
        raise LeftToParser(text)


def resolved(text: str) -> str:
    """Resolve references such as ``&amp;`` in a text without markup. Raises LeftToParser."""
    return _REFERENCE.sub(_sign, text) if "&" in text else text


def _sign(match: re.Match[str]) -> str:
    name = match[1]
    if (numbered := _NUMBERED.fullmatch(name)) is not None and match[0].endswith(";"):
        code = int(numbered[1]) if numbered[1] else int(numbered[2], 16)
        if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
            return chr(code)
    elif name in _NAMED and match[0].endswith(";"):
        return _NAMED[name]
    raise LeftToParser(match[0])
