"""Text in a .csv that no spreadsheet takes for a formula, whatever separator it opens the file with.

Quotation marks protect a field only where the file is cut at its own commas. With another list separator, as Windows has in
half of Europe, a cell begins after each semicolon (tab, bar, line end …) of a text, in the middle of our quotation marks, and
those are skipped or closed there. So an apostrophe goes wherever such a cell would begin with a sign that starts a formula;
blanks and quotation marks in between count as nothing. Commas need none: with them the quotation marks hold.

What was put in can be taken out again exactly: an apostrophe that stood there before gets one more.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.sheets.packed_rows import CUT, PackedRows

# What a formula begins with (OWASP, "CSV injection"), full-width forms included.
_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# What spreadsheets cut text at, but for the comma; a line end cuts in any case.
_CUTS = ";|\\t\\r\\n\\v\\f~^\x85\u2028\u2029"
_SKIPPED = "\\s\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_FORMULA = f"(?<![^{_CUTS}])(?={{}}[{_SKIPPED}]*[{_STARTS}])"
_BLANK_START = "\\A(?={}'*[\\t\\r\\n])"
_WHERE = re.compile(f"{_FORMULA.format('')}|{_BLANK_START.format('')}")
# The same for cells that are joined with a line feed of an old kind, which is one of the cuts: quicker than cell by cell.
_JOINT = "\v"
_ANYWHERE = re.compile(f"[{_CUTS}][{_SKIPPED}]*[{_STARTS}]|{_JOINT}'*[\t\r\n]")
_ESCAPED = re.compile(f"(?:{_FORMULA.format(chr(39))}|{_BLANK_START.format(chr(39))})'")


def harmless(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet might see the start of a formula."""
    return _WHERE.sub("'", text)


def harmless_row(cells: Sequence[str]) -> Sequence[str]:
    """All cells of a row; nearly every row needs nothing, and is looked at as a whole."""
    if _ANYWHERE.search(_JOINT.join(("", *cells))) is None:
        return cells
    return [harmless(text) for text in cells]


def original(text: str) -> str:
    """What :func:`harmless` was given."""
    return _ESCAPED.sub("", text)


def original_block(block: PackedRows) -> PackedRows:
    """Rows of a file that we wrote, with the cells that were given; columns without an apostrophe stay as they are."""
    if not any("'" in text for text in block.texts):
        return block
    return replace(block, texts=tuple(_original_cells(text) if "'" in text else text for text in block.texts))


def _original_cells(text: str) -> str:
    return CUT.join(original(cell) if "'" in cell else cell for cell in text.split(CUT))
