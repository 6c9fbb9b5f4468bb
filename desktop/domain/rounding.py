"""IDs that may have been rounded by a program: they look like IDs, but may name other records than they once did.

**How an ID gets rounded.** Many programs keep every number as a 64-bit float. Such a float has room for 53 binary
digits. Up to 2^53 (9,007,199,254,740,992; 16 digits) it holds every whole number. Above that it can only hold every
second one, from 2^54 on every fourth, and so on: at 3,652,397,000,000,000,000 two neighbouring floats are 512 apart. A
program that reads an ID of 19 digits as a number therefore moves it to the nearest float, and writes it back in one of
three ways:

1. *15 digits kept.* Excel keeps 15 digits of a number and shows zeros in place of the rest:
   3652397000000925128 becomes 3652397000000920000.
2. *The shortest decimal of the float.* JavaScript, and what is built on it, prints no more digits than are needed to tell
   the float from its neighbours, then zeros: 3652397000000925128 becomes 3652397000000925000.
3. *The exact decimal of the float.* Other programs print what the float is, to the last digit:
   3652397000000925128 becomes 3652397000000925184. These IDs do not end in zeros and look like any other ID.

**How it shows.** No single ID can tell that it was rounded, for a true ID may happen to look the same. But an ID that was
rounded does not change when it is rounded once more. Let us call an ID that a way of rounding leaves as it is a *fixed
point* of that way. Few true IDs are fixed points: of IDs with 19 digits one in 10,000 for Excel (four zeros at the end),
one in 512 for the floats at the example above (which are 512 apart). In a column that went through such a program, all
are. So we count: if a column has far more fixed points than chance explains, they are suspicious.

**How much is too much.** Of n different IDs with the same number of digits, k are fixed points, and by chance each of
them would be one with probability p. For Excel p is 10^-(digits - 15). For the other two ways it is 1 ÷ the distance
between floats (1 where that is less than 1), as a mean over the n IDs. The chance of k or more fixed points among true
IDs is at most exp(-n·D), where q = k/n and D = q·ln(q/p) + (1-q)·ln((1-q)/(1-p)); this is Chernoff's bound. We call a
way found when that chance is at most 1 in 1,000, that is, when n·D ≥ ln 1000. For 19 digits two rounded IDs of two are
enough; five of five are enough for the floats from 1.8×10^16 on, where they are 4 apart. For Excel alone a single fixed
point is enough in a column so small that it would have less than 0.05 of them by chance: one rounded ID among up to 500
of 19 digits. When a way was found in the column at one end of the links, both columns came through that program, and the
fixed points of the other column are suspicious too.

The IDs of one account are not drawn by lot: they come in blocks, often of 1,000, of which only the first few numbers are
used, or one after the other. Numbers one after the other meet every distance between floats as often as chance would,
and IDs that end in 001 to 020 do not end in the zeros of the first two ways. A column in which every ID ends in 000 is
held back, although it might be true; nobody could tell.

**What this cannot find.**

- A few rounded IDs among many true ones, where chance gives as many: among a million IDs of 19 digits 100 end in four
  zeros anyway. The shorter the IDs, the sooner: of IDs with 16 digits every tenth ends in a zero.
- IDs below 2^53 that went through a float. They came out as they were, so there is nothing to find; up to 1.8×10^16 half
  of them did.
- IDs that lie so close together that rounding makes many of them one. Different IDs are counted, and few are left: of 500
  IDs with 19 digits, one after the other, the floats leave one or two.
- IDs that were rounded in another way than these three, or that were rounded and then changed once more.

A float is made of an ID here, which is forbidden everywhere else, and only to ask whether it would be rounded: what is
sent is always the text. For a million IDs that would take a second, so their last digits decide first: a float of 18 or
more digits that is printed with at most 17 ends in zeros, and one that is printed to the last digit is a multiple of the
distance between floats, which is a power of two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import compress
from math import log

from desktop.domain.distinct_ids import DistinctIds, portions
from desktop.domain.records import RecordId

_LENGTHS = range(16, 21)
_EXCEL_DIGITS = 15
_MOST_DECIMAL_DIGITS = 17  # that a float needs to be told from its neighbours

_ENOUGH = log(1000)
_FEW_BY_CHANCE = 0.05
_NEARLY = 1e-9  # three rounded IDs of 16 digits reach the bound exactly, and must not fail by an error of this arithmetic

_TAIL = 5
_TESTED_BY_TAIL = 32

_BITS = 53
_EDGES = tuple((str(2**bits), 2 ** (bits + 1 - _BITS)) for bits in range(_BITS, 67))
"""From each of these numbers on floats are so far apart. Below the first of them every whole number is a float."""


class Rounding(Enum):
    """A way in which programs round long numbers."""

    FIFTEEN_DIGITS = auto()
    SHORTEST_DECIMAL = auto()
    EXACT_DECIMAL = auto()


FixedPoints = Mapping[Rounding, Sequence[RecordId]]


def rounded_ids(parents: DistinctIds, related: DistinctIds) -> tuple[frozenset[RecordId], frozenset[RecordId]]:
    """Of the parent and of the related IDs of a sheet those that may have been rounded by a program."""
    ends = [[_judged(ids, length) for length, ids in end.by_length.items() if length in _LENGTHS] for end in (parents, related)]
    found = [{way for group in end for way in group.found} for end in ends]
    first, second = (
        frozenset(one for group in end for way in group.found | elsewhere for one in group.fixed_points[way])
        for end, elsewhere in zip(ends, reversed(found), strict=True)
    )
    return first, second


@dataclass(frozen=True, slots=True)
class _Group:
    """IDs of one length: the fixed points of each way, and the ways that were found."""

    fixed_points: FixedPoints
    found: set[Rounding]


def _judged(ids: Sequence[RecordId], length: int) -> _Group:
    fixed: dict[Rounding, list[RecordId]] = {way: [] for way in Rounding}
    floats_by_chance = 0.0
    for spacing, band in _bands(ids, length):
        for way, points in _fixed_points(band, length, spacing).items():
            fixed[way] += points
        floats_by_chance += len(band) / spacing
    by_chance = {
        Rounding.FIFTEEN_DIGITS: len(ids) / 10 ** (length - _EXCEL_DIGITS),
        Rounding.SHORTEST_DECIMAL: floats_by_chance,
        Rounding.EXACT_DECIMAL: floats_by_chance,
    }
    found = {way for way in Rounding if _more_than_chance(len(fixed[way]), len(ids), by_chance[way])}
    if fixed[Rounding.FIFTEEN_DIGITS] and by_chance[Rounding.FIFTEEN_DIGITS] <= _FEW_BY_CHANCE + _NEARLY:
        found.add(Rounding.FIFTEEN_DIGITS)
    return _Group(fixed, found)


def _more_than_chance(points: int, ids: int, by_chance: float) -> bool:
    """True when so many fixed points come from so many true IDs at most once in 1,000 times."""
    if not by_chance < min(points, ids):
        return False
    p, q = by_chance / ids, points / ids
    others = (1 - q) * log((1 - q) / (1 - p)) if q < 1 else 0.0
    return ids * (q * log(q / p) + others) >= _ENOUGH - _NEARLY


def _bands(ids: Sequence[RecordId], length: int) -> Iterator[tuple[int, Sequence[RecordId]]]:
    """IDs of one length by the distance between the floats where they lie.

    Texts of the same number of digits compare as the numbers do. The IDs of one account nearly always lie in one band.
    """
    lowest, highest, spacing = min(ids), max(ids), 1
    for edge, beyond in _EDGES:
        if len(edge) > length or (len(edge) == length and edge > highest):
            break
        if len(edge) == length and edge > lowest:
            if band := [one for one in ids if one < edge]:
                yield spacing, band
            ids = [one for one in ids if one >= edge]
        spacing = beyond
    yield spacing, ids


def _fixed_points(ids: Sequence[RecordId], length: int, spacing: int) -> FixedPoints:
    """The fixed points of each way among IDs of one length at which floats are so far apart."""
    ends_in_zeros = _ending_in_zeros(ids, length, max(1, length - _MOST_DECIMAL_DIGITS))
    exact = _multiples(ids, length, min(spacing, _TESTED_BY_TAIL)) if spacing > 1 else ids
    if spacing > _TESTED_BY_TAIL:
        exact = [one for one in exact if f"{float(one):.0f}" == one]
    if spacing <= 2:
        shortest = exact  # each of these floats needs all of its digits to be told from its neighbours
    else:
        possible = {*ends_in_zeros, *exact} if length <= _MOST_DECIMAL_DIGITS else ends_in_zeros
        shortest = [one for one in possible if _shortest_decimal(one) == one]
    excel = "0" * (length - _EXCEL_DIGITS)
    return {
        Rounding.FIFTEEN_DIGITS: [one for one in ends_in_zeros if one.endswith(excel)],
        Rounding.SHORTEST_DECIMAL: shortest,
        Rounding.EXACT_DECIMAL: exact,
    }


def _ending_in_zeros(ids: Sequence[RecordId], length: int, zeros: int) -> Sequence[RecordId]:
    return _chosen(ids, length, [_weights(range(10))] * zeros, bytes([True, *[False] * 255]))


def _multiples(ids: Sequence[RecordId], length: int, of: int) -> Sequence[RecordId]:
    """The multiples of a power of two up to 32; their last five digits tell, because 100,000 is a multiple of 32."""
    weights = [_weights([digit * 10**place % of for digit in range(10)]) for place in range(_TAIL)]
    return _chosen(ids, length, weights, bytes(total % of == 0 for total in range(256)))


def _weights(of_digits: Iterable[int]) -> bytes:
    """A table for ``bytes.translate`` with a number in place of each of the ten digits."""
    return bytes.maketrans(b"0123456789", bytes(of_digits))


def _chosen(ids: Sequence[RecordId], length: int, weights: Sequence[bytes], chosen: bytes) -> Sequence[RecordId]:
    """The IDs whose last digits, each weighed by the table of its place, have a sum that is ``chosen``.

    This is done for a portion of the IDs at once, which takes a quarter of the time. The last digits of all of them are a
    row of bytes, and so are the digits before; rows of bytes are added up as if each were one large number. That works
    because no sum reaches 256, so that nothing is carried from one ID to the next.
    """
    found = list[RecordId]()
    for portion in portions(ids):
        digits = "".join(portion).encode("ascii")
        rows = (digits[length - place :: length].translate(weight) for place, weight in enumerate(weights, start=1))
        sums = sum(int.from_bytes(row, "little") for row in rows)
        found += compress(portion, sums.to_bytes(len(portion), "little").translate(chosen))
    return found


def _shortest_decimal(text: RecordId) -> str:
    """The ID as JavaScript prints it once it has taken it for a number; of 17 or more digits."""
    digits = repr(float(text)).partition("e")[0].replace(".", "")
    return digits.ljust(len(text), "0")
