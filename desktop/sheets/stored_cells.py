"""Show stored numbers and other values as text; and the cells that a second reader of a workbook found."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from desktop.domain.records import judge_number

EXACT = 10**15
_SURELY_EXACT = 15  # digits
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,6})?", re.ASCII)

Place = tuple[int, int]


@dataclass(slots=True)
class ExactCells:
    """Cells to lay over those of the fast reader.

    ``texts`` by (row, column) from 0, only of cells that matter; ``merged``: first and last place of each area.
    """

    texts: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def shown(value: object) -> str:
    """Show a value that is not text as a spreadsheet does; a number only as far as it is exact."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return _shown_number(value)
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def number_text(literal: str) -> str:
    """Show a stored number as text, as far as it is exact; return what is no number as it is."""
    if literal.isdigit() and literal.isascii() and len(literal) <= _SURELY_EXACT and literal[0] != "0":
        return literal
    if _NUMBER.fullmatch(literal) is None:
        return literal
    value = float(literal)
    if abs(value) >= EXACT:
        return shown_literal(literal)
    return literal if loses_fraction(literal) else shown(value)


def shown_literal(literal: str) -> str:
    """Show a stored number of more than 15 digits: digit for digit if nothing was lost, else with an exponent."""
    return literal if judge_number(literal).record_id is not None else f"{float(literal):.14E}"


def loses_fraction(literal: str) -> bool:
    """True if the number is whole only because a binary number cannot hold all digits of this literal."""
    return float(literal).is_integer() and Decimal(literal) != Decimal(float(literal))


def _shown_number(value: float) -> str:
    if value == value // 1 and abs(value) < EXACT:
        return f"{value:.0f}"
    return f"{value:.14E}" if abs(value) >= EXACT else repr(value)
