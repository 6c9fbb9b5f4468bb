"""Record IDs and links: what an ID is, and how far the text of a cell can be trusted to hold one.

An ID is text of 10 to 20 ASCII digits from first byte to last; it is never turned into a number, because
spreadsheets keep 15 significant digits of one and fill the rest with zeros (Excel's documented precision),
which may name somebody else's record.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NewType, TypeVar, cast

from desktop.domain.relations import Relation

RecordId = NewType("RecordId", str)

_ID = re.compile(r"[0-9]{10,20}", re.ASCII)
_ID_LENGTHS = frozenset(range(10, 21))
_EXPORTED = "zcrm_"  # what Zoho's export puts before an ID
_ZCRM = re.compile(_EXPORTED, re.ASCII | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/]+/(?:\S*/)?tab/([A-Za-z_]\w*)/([0-9]{10,20})(?:[/?#]\S*)?", re.ASCII)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]{1,3}", re.ASCII)
_FLOAT_TAIL = re.compile(r"([0-9]{16,})[.,]0*", re.ASCII)
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]*))?(?:[eE]\+?([0-9]{1,3}))?", re.ASCII)

# Blanks that str.strip() leaves alone: zero-width space and joiners, byte order mark, soft hyphen, marks of direction.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_DROPPED = dict.fromkeys(map(ord, _INVISIBLE))
_QUOTES = "'\"`\u2018\u2019\u201c\u201d\u201e\u201a\u00b4"

_EXACT_DIGITS = 15
_LONG_ID = 18
_ROUNDED_END = "0" * (_LONG_ID - _EXACT_DIGITS)

_ENOUGH_FOR_HABITS = 20
_USUAL_SHARE = 0.95
_PREFIX = 7
_PORTION = 20_000

_Trait = TypeVar("_Trait", int, str)


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
    """One valid pair: the parent record, the related record, and the relation that joins them in the sheet's own direction."""

    relation: Relation
    parent_id: RecordId
    related_id: RecordId


def is_record_id(text: str) -> bool:
    """True for 10 to 20 ASCII digits and nothing else (Zoho's specification: ``^[0-9]+$``, at most 20)."""
    return _ID.fullmatch(text) is not None


def plain_ids(texts: Sequence[str]) -> Sequence[RecordId | None]:
    """Of each text its ID, when nothing but blanks, quotes and ``zcrm_`` stand around it; None for what must be judged by itself.

    For whole columns, where a call a cell would cost more than the work; ``texts`` itself when all are bare.
    """
    if _are_record_ids(texts):
        return cast(Sequence[RecordId], texts)
    bare = [text.strip().strip(_QUOTES).strip().removeprefix(_EXPORTED) for text in texts]
    if _are_record_ids(bare):
        return cast(Sequence[RecordId], bare)
    return [RecordId(text) if _ID.fullmatch(text) else None for text in bare]


def _are_record_ids(texts: Sequence[str]) -> bool:
    """:func:`is_record_id` of all, told of their lengths and of all their signs at once."""
    signs = "".join(texts)
    return _ID_LENGTHS.issuperset(map(len, texts)) and signs.isascii() and signs.isdecimal()


def is_blank(text: str) -> bool:
    """True for text that shows nothing: empty, blanks of any width, zero-width marks."""
    return not text.translate(_DROPPED).strip()


def judge_text(text: str) -> Judgement:
    """Judge a text cell (or one piece of it).

    Suspicion that needs the rest of the column (an unusual length, another organisation's prefix) is not told here,
    see :func:`odd_ones_out`; trailing zeros are.
    """
    if _ID.fullmatch(text):
        return Judgement(RecordId(text), _verdict_of(text, Verdict.FINE))
    bare, module = _without_wrapping(text)
    if _ID.fullmatch(bare):
        return Judgement(RecordId(bare), _verdict_of(bare, Verdict.CLEANED), module)
    if _EXPONENT.fullmatch(bare) or _FLOAT_TAIL.fullmatch(bare):
        return DAMAGED
    return NOT_AN_ID


def judge_number(literal: str) -> Judgement:
    """Judge a numeric cell by its literal as the file stores it, such as ``3652397000000925128`` or ``3.65E+18``.

    Up to 15 digits a number is exact. Past that only a literal that still has all of its digits, not all zero past the
    15th, is what somebody meant; anything else went through a rounded number.
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
    if as_stored and _ID.fullmatch(digits) and digits[_EXACT_DIGITS:].strip("0"):
        return Judgement(RecordId(digits), Verdict.FINE)
    return DAMAGED


def _verdict_of(digits: str, otherwise: Verdict) -> Verdict:
    return Verdict.SUSPICIOUS if _looks_rounded(digits) else otherwise


def _looks_rounded(digits: str) -> bool:
    """True for 18 or more digits with nothing but zeros after the 15th: what a rounded number looks like as text."""
    return len(digits) >= _LONG_ID and not digits[_EXACT_DIGITS:].strip("0")


def _without_wrapping(text: str) -> tuple[str, str | None]:
    """The text without blanks, quotes, ``="…"`` and prefix; and the module when it was a record's address."""
    bare = text.translate(_DROPPED).strip()
    if formula := _FORMULA_TEXT.fullmatch(bare.lstrip("'")):  # our own .csv puts an apostrophe before a formula
        bare = formula[1]
    bare = bare.strip(_QUOTES).strip()
    if address := _ADDRESS.fullmatch(bare):
        return address[2], address[1]
    if prefix := _ZCRM.match(bare):
        bare = bare[prefix.end() :]
    return bare, None


def odd_ones_out(column: Sequence[RecordId]) -> frozenset[RecordId]:
    """The IDs of a column that are unlike the rest of it, or end in the zeros of a rounded number.

    An ID is unlike the rest when its length differs from that of at least 95 % of the column, or when its
    organisation's prefix does (the IDs of one organisation share their leading digits). Columns of fewer than 20 IDs
    have no habits.
    """
    odd, all_alike = set[RecordId](), True
    for portion in _portions(column):
        texts = f"|{'|'.join(portion)}|"
        ends = texts.split(f"{_ROUNDED_END}|")[:-1]
        odd.update(filter(_looks_rounded, (RecordId(end.rpartition("|")[2] + _ROUNDED_END) for end in ends)))
        all_alike = all_alike and _are_like(column[0], portion, texts)
    if len(column) >= _ENOUGH_FOR_HABITS and not all_alike:
        lengths, prefixes = _unusual(_counted(column, len)), _unusual(_counted(column, itemgetter(slice(_PREFIX))))
        if lengths or prefixes:
            odd.update(record_id for record_id in column if len(record_id) in lengths or record_id[:_PREFIX] in prefixes)
    return frozenset(odd)


def _portions(column: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    """A column in portions: what is done with one of them keeps the interpreter lock."""
    return (column[start : start + _PORTION] for start in range(0, len(column), _PORTION))


def _are_like(one: RecordId, portion: Sequence[RecordId], texts: str) -> bool:
    """True when all have the length and the prefix of this one, as nearly always; ``texts`` has a bar before each."""
    return {len(one)}.issuperset(map(len, portion)) and texts.count(f"|{one[:_PREFIX]}") == len(portion)


def _counted(column: Sequence[RecordId], trait: Callable[[RecordId], _Trait]) -> Counter[_Trait]:
    """How often each trait occurs."""
    counts: Counter[_Trait] = Counter()
    for portion in _portions(column):
        counts.update(map(trait, portion))
    return counts


def _unusual(counts: Counter[_Trait]) -> set[_Trait]:
    """The traits of the few, where nearly all share one; nothing where nearly all do not."""
    enough = _USUAL_SHARE * counts.total()
    if max(counts.values()) < enough:
        return set()
    return {trait for trait, count in counts.items() if count < counts.total() - enough}
