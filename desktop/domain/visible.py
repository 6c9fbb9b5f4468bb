"""Text of others as it may stand in a terminal or a log: nothing in it can move the cursor, turn the line round or end it.

A cell, a file name or a company may hold escape sequences, line breaks and the signs that change the direction of writing.
Written out as they are, they could repaint what was said before, or forge a line of the log. They are shown as their numbers.
"""

import re

# Control characters; signs without a width or that turn the direction; ends of lines and paragraphs; half characters;
# and tags, which are letters that nobody sees. The two joiners (200C, 200D) stay: scripts and emoji need them.
_HIDDEN = (
    "\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb"
    "\\U000e0000-\\U000e007f"
)
_ANY = re.compile(f"[{_HIDDEN}]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """One line: each sign that would not be seen is written as ``\\x1b`` or ``\\u202e``."""
    return text if _ANY.search(text) is None else _ANY.sub(_named, text)


def visible_in_json(text: str) -> str:
    """A JSON text of the same value; within its strings such signs are escaped as JSON does."""
    return _ANY.sub(_in_json, text)


def _named(found: re.Match[str]) -> str:
    sign = found.group()
    if sign in _SHORT:
        return _SHORT[sign]
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _in_json(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
