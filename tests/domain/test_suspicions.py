"""What makes an ID suspicious beside the other IDs of a sheet."""

import pytest

from desktop.domain.records import RecordId
from desktop.domain.suspicions import suspicious_ids
from desktop.words import say_text


def ids(count: int, start: str = "3652397", length: int = 19, first: int = 1) -> list[RecordId]:
    """IDs of one kind, which differ in their last digits."""
    return [RecordId(start + str(number).zfill(length - len(start))) for number in range(first, first + 3 * count, 3)]


PARENTS = ids(3, "36523970000003")


def test_the_odd_one_out_of_a_column_is_suspicious() -> None:
    usual = ids(100)
    other = [RecordId("4876876000000111222"), RecordId("4000000039247")]
    found = suspicious_ids(PARENTS, [*usual, *other])
    assert found.related == set(other)
    assert not found.parents
    assert suspicious_ids([*usual, *other], PARENTS).parents == set(other)
    assert suspicious_ids(PARENTS, [*usual, *usual]).related == set()


@pytest.mark.parametrize("other", ["4000000039247", "4915155501001", "20260105093000"])
@pytest.mark.parametrize("count", [1, 3, 12, 19])
def test_one_of_another_length_and_with_other_first_digits_is_suspicious_however_few_there_are(count: int, other: str) -> None:
    assert suspicious_ids(PARENTS, [*ids(count + 1), RecordId(other)]).related == {other}
    assert suspicious_ids([*ids(count + 1), RecordId(other)], PARENTS).parents == {other}


def test_in_a_short_column_one_that_differs_in_one_way_only_is_not_unusual() -> None:
    assert suspicious_ids(PARENTS, [*ids(10), RecordId("365239700000003924")]).related == set()
    assert suspicious_ids(PARENTS, [*ids(10), RecordId("4876876000000111222")]).related == set()


def test_one_in_twenty_is_unusual() -> None:
    assert suspicious_ids(PARENTS, [*ids(19), RecordId("4876876000000111222")]).related == {"4876876000000111222"}


def test_numbers_that_begin_in_many_ways_are_another_thing_than_ids() -> None:
    """Telephone numbers of many networks, and the days of several years, have no first digits in common."""
    phones = [RecordId(f"1{area}555{area:04d}"[:11]) for area in range(201, 260)]
    dates = [RecordId(f"{year}0105093000") for year in range(1990, 2030)]
    for others in (phones, dates):
        found = suspicious_ids(PARENTS, others)
        assert found.related == set(others)
        assert "begin in many ways" in say_text(found.notes[0]) or "begin with" in say_text(found.notes[0])


def test_strangers_among_ids_are_found_whatever_their_share() -> None:
    phones = [RecordId(f"49{area}55501001") for area in range(151, 180)]
    for count in (2, 10, 100, 1000):
        assert suspicious_ids(PARENTS, [*ids(count), *phones]).related == set(phones)


def test_no_ids_are_not_suspicious() -> None:
    found = suspicious_ids([], [])
    assert not found.parents
    assert not found.related
    assert not found.notes


@pytest.mark.parametrize(
    "others",
    [
        ids(1, "49150555", 12),
        ids(5, "49150555", 12),
        ids(3000, "49150555", 12),
        ids(5, "20260105", 14),
        ids(5, "1767225600", 13),
        [*ids(5, "49150555", 12), *ids(4, "49301234", 11)],
        [*ids(5, "49150555", 12), *ids(4)],
    ],
    ids=["one", "five", "thousands", "time stamps", "milliseconds", "two lengths", "with some IDs among them"],
)
def test_a_related_column_of_another_kind_than_the_parents_is_suspicious_as_a_whole(others: list[RecordId]) -> None:
    found = suspicious_ids(PARENTS, others)
    assert found.related == set(others)
    assert not found.parents
    (note,) = map(say_text, found.notes)
    assert others[0][:4] in note and "3652" in note and "telephone numbers" in note


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (ids(5, length=18), "18 digits and the parent IDs 19"),
        (ids(5, "4876876"), "begin with 4876 and the parent IDs with 3652"),
        ([*ids(5, "4876876"), *ids(4)], "begin with 4876"),
    ],
)
def test_another_length_or_other_first_digits_alone_are_only_noted(others: list[RecordId], told: str) -> None:
    found = suspicious_ids(PARENTS, others)
    assert found.related == set()
    (note,) = map(say_text, found.notes)
    assert told in note


def test_a_column_in_which_nothing_is_usual_is_compared_with_the_other_one() -> None:
    others = [*ids(5, "49150555", 12), *ids(5, "1767225600", 13)]
    mixed = [*others[:5], *ids(5, length=19), *others[5:]]
    assert suspicious_ids(PARENTS, mixed).related == set(others)
    assert suspicious_ids(mixed, ids(5)).parents == set(others)


def test_usual_is_what_most_different_ids_are_however_often_they_are_repeated() -> None:
    numbers = [*ids(5, "49150555", 12), *(ids(1) * 50)]
    assert suspicious_ids(PARENTS, numbers).related == set(numbers)


def test_ids_that_may_have_been_rounded_are_counted_in_a_note() -> None:
    rounded = [RecordId(f"36523970000{n:03d}20000") for n in range(1, 40)]
    found = suspicious_ids(PARENTS, [*rounded, *ids(20)])
    assert found.related == set(rounded)
    assert say_text(found.notes[0]).startswith("39 IDs may have been rounded by a program")
    assert "Export the records from Zoho again".lower() in say_text(found.notes[0]).lower()
    (note,) = suspicious_ids([RecordId("3652397000000320000"), *PARENTS], ids(20)).notes
    assert say_text(note).startswith("1 ID may have been rounded")


@pytest.mark.parametrize("digits", [10, 13, 17])
@pytest.mark.parametrize("count", [2, 3, 9, 19])
def test_half_an_id_is_suspicious_however_few_there_are(count: int, digits: int) -> None:
    half = RecordId("3652397000001234571"[:digits])
    assert suspicious_ids(PARENTS, [*ids(count), half]).related == {half}
    assert suspicious_ids([*ids(count), half], PARENTS).parents == {half}


def test_of_two_ids_neither_has_an_odd_length() -> None:
    assert suspicious_ids(PARENTS, [*ids(1), RecordId("36523970000012345")]).related == set()
