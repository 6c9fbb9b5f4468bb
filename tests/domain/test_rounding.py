"""IDs that a program may have rounded: found by what rounding leaves behind, without accusing true ones."""

import math
import random
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.distinct_ids import DistinctIds
from desktop.domain.records import RecordId
from desktop.domain.rounding import rounded_ids
from tests.domain.rounded_columns import NUMBERINGS, WAYS, column, in_blocks, judged, one_after_the_other, table

_ENOUGH = math.log(1000)


def rounded(ids: list[str], elsewhere: list[str] | None = None) -> frozenset[RecordId]:
    """The suspicious ones of these IDs, with others at the other end of the links."""
    ends = [DistinctIds.of([RecordId(one) for one in end]) for end in (ids, elsewhere or [])]
    return rounded_ids(ends[0], ends[1])[0]


def true_ids(length: int, count: int, start: str = "3652397") -> list[str]:
    """IDs that no program has rounded: none of them ends in a zero, and all are odd."""
    chance = random.Random(length * count)
    return [f"{start}{chance.randrange(10 ** (length - 8)):0{length - 8}d}{chance.choice('1379')}" for _ in range(count)]


def by_the_rule(ids: list[str]) -> set[str]:
    """The rule of one column as it is written down, worked out ID by ID."""
    found = set[str]()
    for length in range(16, 21):
        group = {one for one in ids if len(one) == length}
        for way, round_it in WAYS.items():
            fixed = {one for one in group if round_it(one) == one}
            spacings = [max(1.0, math.ulp(float(one))) for one in group]
            n, k = len(group), len(fixed)
            if not k:
                continue
            p = 10.0 ** -(length - 15) if way == "Excel" else sum(1 / one for one in spacings) / n
            q = k / n
            if way == "Excel" and n * p <= 0.05 + 1e-9:
                found |= fixed
            elif p < 1 and k > n * p:
                others = 0.0 if q == 1 else (1 - q) * math.log((1 - q) / (1 - p))
                found |= fixed if n * (q * math.log(q / p) + others) >= _ENOUGH - 1e-9 else set()
    return found


@pytest.mark.parametrize("seed", range(120))
def test_the_bulk_judgement_is_the_rule_as_it_is_written_down(seed: int) -> None:
    made = column(seed, most_rows=2000).ids
    assert rounded(list(made)) == by_the_rule(list(made))


@given(st.lists(st.from_regex(r"[1-9][0-9]{14,19}", fullmatch=True), min_size=1, max_size=40), st.sampled_from(list(WAYS)))
def test_any_ids_are_judged_by_the_rule(ids: list[str], way: str) -> None:
    made = [one for one in map(WAYS[way], ids) if len(one) <= 20]
    assert rounded(made) == by_the_rule(made)


@pytest.mark.parametrize("length", range(16, 21))
def test_ids_around_each_power_of_two_are_judged_by_the_rule(length: int) -> None:
    edges = [2**bits for bits in range(49, 67) if len(str(2**bits)) == length]
    for edge in edges:
        ids = [str(number) for number in range(edge, edge + 40_000, 997)]
        floats = [f"{Decimal(float(number)):f}" for number in range(edge, edge + 40_000, 4999)]
        for made in (ids, floats, [*ids, *floats]):
            assert rounded(made) == by_the_rule(made)


@pytest.mark.parametrize(("way", "length"), [(way, length) for way in WAYS for length in (17, 18, 19, 20)])
def test_a_column_that_was_rounded_is_held_back_as_a_whole(way: str, length: int) -> None:
    ids = [WAYS[way](one) for one in true_ids(length, 300)]
    assert rounded(ids) == set(ids)


@pytest.mark.parametrize("way", WAYS)
def test_five_rounded_ids_of_five_are_enough(way: str) -> None:
    ids = [WAYS[way](one) for one in ("18014398509481985", "18114398509481987", "20114398509481985", "3652397000000925128"[:17])]
    ids.append(WAYS[way]("21114398509481937"))
    assert rounded(ids) == set(ids)


@pytest.mark.parametrize("length", [16, 17, 18, 19])
def test_a_column_of_nothing_but_three_zeros_is_held_back(length: int) -> None:
    ids = [f"{one[:-3]}000" for one in true_ids(length, 20)]
    assert rounded(ids) == set(ids)


@pytest.mark.parametrize(("length", "others", "held"), [(19, 499, True), (19, 500, False), (18, 49, True), (18, 50, False)])
def test_one_rounded_id_is_seen_in_a_small_column_and_may_be_chance_in_a_large_one(length: int, others: int, held: bool) -> None:
    one = "3652397000000920000"[:length]
    assert rounded([*[*dict.fromkeys(true_ids(length, others + 20))][:others], one]) == ({one} if held else set())


def test_ids_of_15_digits_and_fewer_are_never_rounded() -> None:
    ids = [f"36523970{n:03d}0000" for n in range(100)] + ["3652000000"]
    assert rounded(ids) == set()


def test_three_of_three_ids_of_16_digits_reach_the_bound_exactly() -> None:
    assert len(rounded(["3652397000009250", "3652397000009310", "3652397000009870"])) == 3
    assert rounded(["3652397000009250", "3652397000009310"]) == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_way_found_at_one_end_makes_its_fixed_points_at_the_other_end_suspicious(way: str) -> None:
    one = WAYS[way]("3652397000000925128")
    ids = [*true_ids(19, 600), one]
    assert one not in rounded(ids)
    assert rounded(ids, [WAYS[way](other) for other in true_ids(18, 50)]) == {one}


@pytest.mark.parametrize("length", range(16, 21))
@pytest.mark.parametrize("numbering", [in_blocks, one_after_the_other])
def test_ids_in_blocks_and_one_after_the_other_raise_no_alarm(
    length: int, numbering: Callable[[random.Random, int, int], Iterator[int]]
) -> None:
    for seed in range(4):
        chance = random.Random(seed)
        made = [str(number) for number in numbering(chance, length, 20_000)]
        assert rounded(made) == set()


def test_repeated_ids_count_once() -> None:
    """A campaign whose ID happens to be a float stands in a thousand rows."""
    assert rounded(["3652397000000925184"] * 1000 + true_ids(19, 20)) == set()


def check(results_of: range, most_rows: int) -> str:
    """The table of these columns. Every column of which all was rounded is held, and few true ones raise an alarm."""
    results = [judged(column(seed, most_rows)) for seed in results_of]
    true = [one for one in results if not one.share]
    large = [one for one in true if one.ids > 500]
    assert sum(one.false_alarms > 0 for one in large) <= 0.01 * len(large) + 1
    assert sum(one.false_alarms > 0 for one in true) <= 0.05 * len(true) + 1
    for one in results:
        if one.share == 1 and one.length >= 18 and one.changed >= 3:
            assert not one.missed
    return table(results)


def test_few_false_alarms_and_few_misses() -> None:
    assert {numbering.__name__ for numbering in NUMBERINGS} == {"scattered", "in_blocks", "one_after_the_other"}
    assert "| 100% | exact | 19 |" in check(range(400), 3000)


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_few_false_alarms_and_few_misses_in_ten_thousand_columns() -> None:
    assert "| 100% | exact | 19 |" in check(range(10_000), 100_000)
