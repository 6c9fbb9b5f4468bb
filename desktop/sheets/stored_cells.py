"""Cells as text: how a stored number or another value is shown, and what a second look at a workbook found."""

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
    """``texts`` by (row, column) from 0, of cells that matter only; ``merged``: first and last place of each area."""

    texts: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def shown(value: object) -> str:
    """A value that is not text, as a spreadsheet shows it; a number only as far as it is exact."""
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
    """A stored number as text, as far as it is exact; what is no number as it stands."""
    if literal.isdigit() and literal.isascii() and len(literal) <= _SURELY_EXACT and literal[0] != "0":
        return literal
    if _NUMBER.fullmatch(literal) is None:
        return literal
    value = float(literal)
    if abs(value) >= EXACT:
        return shown_literal(literal)
    return literal if loses_fraction(literal) else shown(value)


def shown_literal(literal: str) -> str:
    """A stored number of more than 15 digits: digit for digit when nothing was lost, else with an exponent."""
    return literal if judge_number(literal).record_id is not None else f"{float(literal):.14E}"


def loses_fraction(literal: str) -> bool:
    """True for a number that is whole only as a binary number, which does not hold all digits of this literal."""
    return float(literal).is_integer() and Decimal(literal) != Decimal(float(literal))


def _shown_number(value: float) -> str:
    if value == value // 1 and abs(value) < EXACT:
        return f"{value:.0f}"
    return f"{value:.14E}" if abs(value) >= EXACT else repr(value)
