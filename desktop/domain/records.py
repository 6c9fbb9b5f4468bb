"""Record IDs and links: what an ID is, and how far the text of a cell can be trusted to hold one.

An ID is text of 10 to 20 ASCII digits from first byte to last; it is never turned into a number, because
spreadsheets keep 15 significant digits of one and fill the rest with zeros (Excel's documented precision),
which may name somebody else's record.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, cast

from desktop.domain.relations import Relation

RecordId = NewType("RecordId", str)

_ID = re.compile(r"[0-9]{10,20}", re.ASCII)
_ID_LENGTHS = frozenset(range(10, 21))
_EXPORTED = "zcrm_"  # what Zoho's export puts before an ID
_ZCRM = re.compile(_EXPORTED, re.ASCII | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/]+/(?:\S*/)?tab/([A-Za-z_]\w*)/([0-9]{10,20})(?:[/?#](?![0-9])\S*)?", re.ASCII)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]{1,3}", re.ASCII)
_FLOAT_TAIL = re.compile(r"([0-9]{16,})[.,]0*", re.ASCII)
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]*))?(?:[eE]\+?([0-9]{1,3}))?", re.ASCII)

# What shows nothing: blanks of any width, zero-width signs, byte order mark, soft hyphen, marks of direction, and the
# signs that choose how the sign before them is drawn. They are taken off around an ID; inside it they make it no ID.
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff" + "".join(
    map(chr, (*range(0x2060, 0x2070), *range(0xFE00, 0xFE10)))
)
_SHOWS_NOTHING = _BLANKS + _INVISIBLE
QUOTES = "'\"`\u2018\u2019\u201c\u201d\u201e\u201a\u00b4"

_EXACT_DIGITS = 15


class Verdict(StrEnum):
    """How far the text of an ID can be trusted."""

    FINE = "fine"
    CLEANED = "cleaned"
    SUSPICIOUS = "suspicious"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in one cell or piece of a cell.

    ``record_id`` is None when nothing may be sent: then ``verdict`` is DAMAGED, or None for text that is no ID at all.
    ``module`` is the module that a record's address named, else None.
    """

    record_id: RecordId | None
    verdict: Verdict | None
    module: str | None = None


NOT_AN_ID = Judgement(None, None)
DAMAGED = Judgement(None, Verdict.DAMAGED)


@dataclass(frozen=True, slots=True)
class Link:
    """One valid pair: the parent record, the related record, and the relation that joins them in the sheet's own direction.

    Raises ValueError when one of the two is no ID.
    """

    relation: Relation
    parent_id: RecordId
    related_id: RecordId

    def __post_init__(self) -> None:
        if not (is_record_id(self.parent_id) and is_record_id(self.related_id)):
            raise ValueError("a link joins two records, each by its ID")


def is_record_id(text: str) -> bool:
    """True for 10 to 20 ASCII digits and nothing else (Zoho's specification: ``^[0-9]+$``, at most 20)."""
    return _ID.fullmatch(text) is not None


def plain_ids(texts: Sequence[str]) -> Sequence[RecordId | None]:
    """Of each text its ID, when nothing but blanks, quotes and ``zcrm_`` stand around it; None for what must be judged by itself.

    For whole columns, where a call a cell would cost more than the work; ``texts`` itself when all are bare.
    """
    if are_record_ids(texts):
        return cast(Sequence[RecordId], texts)
    bare = [text.strip().strip(QUOTES).strip().removeprefix(_EXPORTED) for text in texts]
    if are_record_ids(bare):
        return cast(Sequence[RecordId], bare)
    return [RecordId(text) if _ID.fullmatch(text) else None for text in bare]


def are_record_ids(texts: Sequence[str]) -> bool:
    """:func:`is_record_id` of all, told of their lengths and of all their signs at once."""
    signs = "".join(texts)
    return _ID_LENGTHS.issuperset(map(len, texts)) and signs.isascii() and signs.isdecimal()


def is_blank(text: str) -> bool:
    """True for text that shows nothing: empty, blanks of any width, zero-width marks."""
    return not text.strip(_SHOWS_NOTHING)


def judge_text(text: str) -> Judgement:
    """Judge a text cell (or one piece of it).

    Whether an ID is suspicious is not told here: that takes the rest of the sheet (:mod:`suspicions`).
    """
    if _ID.fullmatch(text):
        return Judgement(RecordId(text), Verdict.FINE)
    bare, module = _without_wrapping(text)
    if _ID.fullmatch(bare):
        return Judgement(RecordId(bare), Verdict.CLEANED, module)
    if _EXPONENT.fullmatch(bare) or _FLOAT_TAIL.fullmatch(bare):
        return DAMAGED
    return NOT_AN_ID


def judge_number(literal: str) -> Judgement:
    """Judge a numeric cell by its literal as the file stores it, such as ``3652397000000925128`` or ``3.65E+18``.

    Up to 15 digits a number is exact. Past that only a literal that still has all of its digits is an ID; an exponent or a
    point show that it went through a rounded number. Whether the digits were rounded before they were stored is judged
    with the rest of the column (:mod:`suspicions`).
    """
    match = _NUMBER.fullmatch(literal.strip())
    if match is None:
        return NOT_AN_ID
    whole, fraction, exponent = match[1], match[2] or "", match[3]
    if exponent is None and not fraction.strip("0"):
        return _judge_whole_number(whole, as_stored=match[2] is None)
    zeros = _zeros_after(fraction, exponent or "0")
    return NOT_AN_ID if zeros is None else _judge_whole_number((whole + fraction).lstrip("0") + zeros, as_stored=False)


def _zeros_after(fraction: str, exponent: str) -> str | None:
    """The zeros that a decimal exponent puts behind the mantissa's digits; None when a fraction stays or no ID is that long."""
    if len(exponent) > 2 or (shift := int(exponent) - len(fraction)) < 0:
        return None
    return "0" * shift


def _judge_whole_number(digits: str, *, as_stored: bool) -> Judgement:
    if len(digits) <= _EXACT_DIGITS:
        return Judgement(RecordId(digits), Verdict.FINE) if _ID.fullmatch(digits) else NOT_AN_ID
    if as_stored and _ID.fullmatch(digits):
        return Judgement(RecordId(digits), Verdict.FINE)
    return DAMAGED


def _without_wrapping(text: str) -> tuple[str, str | None]:
    """The text without blanks, quotes, ``="…"`` and prefix; and the module when it was a record's address."""
    bare = text.strip(_SHOWS_NOTHING)
    if formula := _FORMULA_TEXT.fullmatch(bare.lstrip("'")):  # our own .csv puts an apostrophe before a formula
        bare = formula[1]
    bare = bare.strip(QUOTES + _SHOWS_NOTHING)
    if (address := _ADDRESS.fullmatch(bare)) and bare.count("://") == bare.count("/tab/") == 1:
        return address[2], address[1]
    if prefix := _ZCRM.match(bare):
        bare = bare[prefix.end() :]
    return bare, None
