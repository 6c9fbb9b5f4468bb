"""Text that a workbook can hold: no control characters, no half characters, and not more than a cell takes."""

import re
from collections.abc import Sequence

LONGEST_CELL = 32_767

# XML 1.0 has no place for these; a lone surrogate is half a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with a replacement character for what cannot be written, cut after 32,767 characters."""
    if text.isprintable() and len(text) <= LONGEST_CELL:
        return text
    return _UNWRITABLE.sub("\ufffd", text)[:LONGEST_CELL]


def clean_row(cells: Sequence[str]) -> Sequence[str]:
    """:func:`clean` of each, told of all at once where nothing is to be done, as nearly always."""
    together = "".join(cells)
    return cells if together.isprintable() and len(together) <= LONGEST_CELL else list(map(clean, cells))
