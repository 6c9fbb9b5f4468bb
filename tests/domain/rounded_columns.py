"""Columns of invented IDs as an account numbers them, whole or rounded by a program, and how well the rounded ones are found.

``python -m tests.domain.rounded_columns [COUNT]`` judges so many columns (10,000 if left out) and prints the rates.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.records import RecordId
from desktop.domain.suspicions import suspicious_ids

WAYS: dict[str, Callable[[str], str]] = {
    "Excel": lambda text: text[:15].ljust(len(text), "0"),
    "shortest": lambda text: f"{Decimal(repr(float(text))):f}".partition(".")[0],
    "exact": lambda text: f"{float(text):.0f}",
}
"""What the programs of each kind make of an ID."""

SHARES = (0.0, 0.01, 0.1, 0.3, 1.0)
SIZES = (20, 500, 10_000, 100_000)


def scattered(chance: random.Random, length: int, count: int) -> Iterator[int]:
    """Numbers from anywhere in one account."""
    first, room = _account(chance, length)
    return (first + chance.randrange(room) for _ in range(count))


def in_blocks(chance: random.Random, length: int, count: int) -> Iterator[int]:
    """Blocks of 1,000 of which only the numbers from 001 to 020 are used."""
    first, room = _account(chance, length)
    start = first - first % 1000 + chance.randrange(max(1, room // 2000)) * 1000
    return (start + block * 1000 + number for block in range(count // 20 + 1) for number in range(1, 21))


def one_after_the_other(chance: random.Random, length: int, count: int) -> Iterator[int]:
    """IDs as a CRM gives them out, one after the other."""
    first, room = _account(chance, length)
    start = first + chance.randrange(room // 2)
    return iter(range(start, start + count))


def _account(chance: random.Random, length: int) -> tuple[int, int]:
    """Where the numbers of an account begin, and how many it has; they share their first seven digits."""
    room = 10 ** (length - 7)
    return chance.randrange(10**6, 10**7) * room, room


NUMBERINGS = (scattered, in_blocks, one_after_the_other)


@dataclass(frozen=True)
class Column:
    """``true_ids`` are the records that were meant, ``ids`` what the file holds of them."""

    length: int
    way: str
    share: float
    true_ids: list[RecordId]
    ids: list[RecordId]


def column(seed: int, most_rows: int = 100_000) -> Column:
    """One column: any length from 15 to 20, from 5 rows on, any way of rounding, no ID to all of them rounded."""
    chance = random.Random(seed)
    length, way, share = chance.randrange(15, 21), chance.choice(list(WAYS)), chance.choice(SHARES)
    count = round(5 * (most_rows / 5) ** chance.random())
    numbers = chance.choice(NUMBERINGS)(chance, length, count)
    true_ids = [RecordId(str(number)) for number, _ in zip(numbers, range(count), strict=False)]
    rounded = (RecordId(WAYS[way](one)) if chance.random() < share else one for one in true_ids)
    return Column(length, way, share, true_ids, list(rounded))


@dataclass(frozen=True)
class Judged:
    """How many different IDs of a column name another record than was meant, how many of those are not held back, how many true
    ones are. ``ids`` is how many the column has.
    """

    length: int
    way: str
    share: float
    ids: int
    changed: int
    missed: int
    false_alarms: int


def judged(of: Column) -> Judged:
    """Hold what the program says against what is known of the column."""
    held = suspicious_ids([], of.ids).related
    pairs = {(one, one != meant) for one, meant in zip(of.ids, of.true_ids, strict=True)}
    return Judged(
        of.length,
        of.way,
        of.share,
        ids=len(of.ids),
        changed=sum(changed for _, changed in pairs),
        missed=sum(changed and one not in held for one, changed in pairs),
        false_alarms=sum(not changed and one in held for one, changed in pairs),
    )


def table(results: Iterable[Judged]) -> str:
    """The rates as a table: of true columns those with an alarm, of rounded ones those from which a wrong ID could be sent."""
    columns, bad, changed, missed = (Counter[tuple[str, str, str, str]]() for _ in range(4))
    for one in results:
        size = next(f"up to {size:,}" for size in SIZES if one.ids <= size)
        share = f"{one.share:.0%}"
        for key in (
            (share, one.way if one.share else "-", str(one.length), "all"),
            (share, one.way if one.share else "-", "all", size),
        ):
            columns[key] += 1
            bad[key] += one.missed > 0 if one.share else one.false_alarms > 0
            changed[key] += one.changed
            missed[key] += one.missed
    lines = ["| rounded | way | digits | rows | columns | alarm in a true one, or a wrong ID not held | wrong IDs | not held |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for key in sorted(columns, key=lambda key: (SHARES.index(float(key[0][:-1]) / 100), key[1], key[2], len(key[3]), key[3])):
        rate = f"{bad[key]} ({bad[key] / columns[key]:.1%})"
        lines.append(f"| {' | '.join(key)} | {columns[key]} | {rate} | {changed[key]:,} | {missed[key]:,} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(judged(column(seed)) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
