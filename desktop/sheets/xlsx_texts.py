"""Read what the cells of an .xlsx workbook show: shared texts, and each cell's own by type and format.

See ECMA-376 part 1, 18.4 and 18.18.11.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.domain.errors import SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.error_values import UNNAMED
from desktop.sheets.open_xml import Package
from desktop.sheets.packed_rows import CUT
from desktop.sheets.raw_runs import LONGEST_PIECE, RepeatedElements, pieces_past
from desktop.sheets.raw_texts import texts_in
from desktop.sheets.stored_cells import number_text
from desktop.sheets.xlsx_dates import Dates
from desktop.sheets.xml_stream import Tree, parse_pieces, placed_parser_inside

LONGEST_TEXT = LONGEST_PIECE  # four times a cell of Excel; so no text in a piece past the parser can be too long
TOO_LONG = Text("text-too-long")
# The pronunciation of a Japanese text (rPh) and additions of other programs (extLst) hold texts too: they do not count.
TEXT: Tree = {"t": {}, "r": {"t": {}}}
_TEXTS: Tree = {"si": TEXT}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUTHS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
_WHOLE_NUMBER = "[1-9][0-9]{0,19}+"
_WHOLE_NUMBERS = re.compile(f"{_WHOLE_NUMBER}(?:{CUT}{_WHOLE_NUMBER})*+")
"""Matches cells that show their numbers as stored: none has more digits than an ID can have."""


def read_texts(path: Path, package: Package, part: str) -> list[str]:
    """Read the shared texts of a workbook. Raises SheetUnsafe, KeyError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error."""
    texts = _Texts(path)
    parser, is_inside = placed_parser_inside(_TEXTS, (), texts.start, texts.end, texts.see_text)
    if part:
        with package.open(part) as stream:
            for _ in parse_pieces(parser, pieces_past(stream, RepeatedElements(b"<si>", b"sst", is_inside, texts.accept))):
                pass
    return texts.texts


class Gathering:
    """Collects the pieces of one text, up to a limit."""

    __slots__ = ("_length", "_path", "_pieces")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pieces: list[str] = []
        self._length = 0

    def clear(self) -> None:
        self._pieces = []
        self._length = 0

    def add(self, text: str) -> None:
        """Add a piece. Raises SheetUnsafe."""
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise SheetUnsafe(str(self._path), TOO_LONG)
        self._pieces.append(text)

    def joined(self) -> str:
        return self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)


class _Texts:
    """Collects the shared texts as they stream by."""

    def __init__(self, path: Path) -> None:
        self.texts: list[str] = []
        self._text = Gathering(path)
        self._is_text = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """Handle the start of an element."""
        if name == "t":
            self._is_text = True
        elif name == "si":
            self._text.clear()

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == "t":
            self._is_text = False
        elif name == "si":
            self.texts.append(unescaped(self._text.joined()))

    def see_text(self, text: str) -> None:
        """Handle the text between elements."""
        if self._is_text:
            self._text.add(text)

    def accept(self, piece: str) -> bool:
        """Read many texts at once, unless one of them is written in an unusual way."""
        texts = texts_in(piece)
        if texts is None:
            return False
        self.texts += map(unescaped, texts) if "_x" in piece else texts
        return True


class CellTexts:
    """Turns cells into texts. ``find_dates`` is called when a number may be a date: few sheets have one."""

    def __init__(self, texts: list[str], find_dates: Callable[[], Dates]) -> None:
        self._texts = texts
        self._find_dates = find_dates
        self._dates: Dates | None = None

    def shown(self, kind: str, style: str, value: str, string: str) -> str:
        """Return the text of a cell of this type (``t``) and format (``s``), from its value (``v``) and the text in it
        (``is``).

        Raises IndexError, ValueError for a shared text that does not exist.
        """
        if kind == "s":
            return self._shared(value) if value.strip() else ""
        if kind == "n":
            return self._number(value.strip(), style) if value else unescaped(string)
        if kind == "e":
            return value.strip() or UNNAMED
        if kind == "b":
            return _TRUTHS.get(value.strip().lower(), value)
        if kind == "d":
            return value.strip().replace("T", " ").removesuffix(" 00:00:00")
        return unescaped(string or value)

    def all_shown(self, kind: str, style: str, values: Sequence[str]) -> list[str]:
        """Apply :meth:`shown` to many cells that have a value, or a text if that is their type."""
        if kind == "s" and (texts := self._all_shared(values)) is not None:
            return texts
        if kind == "n" and _WHOLE_NUMBERS.fullmatch(CUT.join(values)) is not None and not self._may_be_dates(style, values):
            return list(values)
        if kind in ("str", "inlineStr"):
            return list(map(unescaped, values))
        distinct = {value: self.shown(kind, style, value, "") for value in set(values)}
        return list(map(distinct.__getitem__, values))

    def _all_shared(self, values: Sequence[str]) -> list[str] | None:
        """Return the shared texts of these numbers; None if one of them is not a number."""
        try:
            places = list(map(int, values))
        except ValueError:
            return None
        return list(map(self._texts.__getitem__, places)) if min(places, default=0) >= 0 else None

    def _may_be_dates(self, style: str, values: Sequence[str]) -> bool:
        return style != "" and any(map(Dates.may_be, values)) and self._all_dates().has(style)

    def _shared(self, value: str) -> str:
        place = int(value)
        if place < 0:
            raise ValueError(value)
        return self._texts[place]

    def _number(self, literal: str, style: str) -> str:
        if style and Dates.may_be(literal) and (shown := self._all_dates().shown(literal, style)) is not None:
            return shown
        return number_text(literal)

    def _all_dates(self) -> Dates:
        if self._dates is None:
            self._dates = self._find_dates()
        return self._dates


def unescaped(text: str) -> str:
    """Replace escapes such as ``_x000D_`` by the characters that XML cannot hold."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return "\ufffd" if sign == CUT or "\ud800" <= sign <= "\udfff" else sign
