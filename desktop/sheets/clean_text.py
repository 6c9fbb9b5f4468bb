"""Make text writable to a workbook: without control characters and half characters, and no longer than a cell may be."""

import re
from collections.abc import Sequence

LONGEST_CELL = 32_767

# XML 1.0 forbids these characters; a lone surrogate is half a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Replace characters that cannot be written by a replacement character, and cut the text after 32,767 characters."""
    if text.isprintable() and len(text) <= LONGEST_CELL:
        return text
    return _UNWRITABLE.sub("\ufffd", text)[:LONGEST_CELL]


def clean_row(cells: Sequence[str]) -> Sequence[str]:
    """Apply :func:`clean` to each cell. Nearly all rows are clean, and one check of the joined text tells."""
    joined = "".join(cells)
    return cells if joined.isprintable() and len(joined) <= LONGEST_CELL else list(map(clean, cells))
