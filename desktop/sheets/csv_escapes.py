"""Write text to a .csv so that no spreadsheet takes it for a formula, whatever separator it opens the file with.

Quotation marks protect a field only if the file is cut at its own commas. With another list separator, as Windows has in half
of Europe, a cell begins after each semicolon (tab, bar, line end …) of a text, in the middle of our quotation marks, and those
are skipped or closed there. So an apostrophe goes wherever such a cell would begin with a sign that starts a formula; blanks
and quotation marks in between are skipped. Commas need none: with them the quotation marks hold.

The apostrophes can be taken out again exactly: one that stood there before gets a second one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.sheets.packed_rows import CUT, PackedRows

# What a formula begins with (OWASP, "CSV injection"), full-width forms included.
_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# Where spreadsheets cut text, apart from the comma; a line end always cuts.
_CUTS = ";|\\t\\r\\n\\v\\f~^\x85\u2028\u2029"
_SKIPPED = "\\s\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_FORMULA = f"(?<![^{_CUTS}])(?={{}}[{_SKIPPED}]*[{_STARTS}])"
_BLANK_START = "\\A(?={}'*[\\t\\r\\n])"
_WHERE = re.compile(f"{_FORMULA.format('')}|{_BLANK_START.format('')}")
# The same for a row whose cells are joined by vertical tabs, which are among the cuts: quicker than cell by cell.
_JOINT = "\v"
_ANYWHERE = re.compile(f"[{_CUTS}][{_SKIPPED}]*[{_STARTS}]|{_JOINT}'*[\t\r\n]")
_ESCAPED = re.compile(f"(?:{_FORMULA.format(chr(39))}|{_BLANK_START.format(chr(39))})'")


def harmless(text: str) -> str:
    """Put an apostrophe wherever a spreadsheet might see the start of a formula."""
    return _WHERE.sub("'", text)


def harmless_row(cells: Sequence[str]) -> Sequence[str]:
    """Apply :func:`harmless` to a row. Nearly every row needs nothing, and one search in the joined text tells."""
    if _ANYWHERE.search(_JOINT.join(("", *cells))) is None:
        return cells
    return [harmless(text) for text in cells]


def original(text: str) -> str:
    """Undo :func:`harmless`."""
    return _ESCAPED.sub("", text)


def original_block(block: PackedRows) -> PackedRows:
    """Undo :func:`harmless` in rows of a file that we wrote; columns without an apostrophe stay as they are."""
    if not any("'" in text for text in block.texts):
        return block
    return replace(block, texts=tuple(_original_cells(text) if "'" in text else text for text in block.texts))


def _original_cells(text: str) -> str:
    return CUT.join(original(cell) if "'" in cell else cell for cell in text.split(CUT))
