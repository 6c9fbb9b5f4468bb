"""The error values of spreadsheets: what a cell shows if its formula failed.

.xlsx and .ods store their names, .xls and .xlsb numbers ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2). A text file holds what was on
the screen, in the language of the program that wrote it: apart from a few, those names end in an exclamation or question mark
in every language.
"""

import re

UNNAMED = "#UNKNOWN!"
"""Stands for an error whose number has no name here."""

_BY_NUMBER = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_NEWER = "#SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #EXTERNAL! #BUSY! #PYTHON! #ERROR! #CIRCULAR!"
_WITHOUT_MARK_AT_THE_END = "#N/A #GETTING_DATA #NV #N/D #ND #N/B #N/T #NB #I/T #I/A #НД #Н/Д #YOK #ANV"
_NAMES = frozenset(f"{' '.join(_BY_NUMBER.values())} {_NEWER} {_WITHOUT_MARK_AT_THE_END}".split())
_IN_ANY_LANGUAGE = re.compile(r"#[¡¿]?[^\W\d_]{2,20}(?:/0)?[\s\xa0]?[!?]|ERR:[0-9]{3}")


def named_by(number: int) -> str:
    """Return the name of the error that a binary workbook stores as this number."""
    return _BY_NUMBER.get(number, UNNAMED)


def is_error(text: str) -> bool:
    """True if a cell with this text shows an error."""
    shown = text.strip().upper()
    return shown.startswith(("#", "ERR:")) and (shown in _NAMES or _IN_ANY_LANGUAGE.fullmatch(shown) is not None)
