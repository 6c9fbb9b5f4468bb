"""The different IDs of a column and what most of them have in common."""

import pytest

from desktop.domain.distinct_ids import DistinctIds
from desktop.domain.records import RecordId


def of(*ids: str) -> DistinctIds:
    return DistinctIds.of([RecordId(one) for one in ids])


def test_each_id_is_held_once_and_by_its_length() -> None:
    distinct = of("3652000001", "36520000011", "3652000001", "3652000002")
    assert sorted(distinct.ids) == ["3652000001", "36520000011", "3652000002"]
    assert {length: sorted(ids) for length, ids in distinct.by_length.items()} == {
        10: ["3652000001", "3652000002"],
        11: ["36520000011"],
    }


def test_a_column_longer_than_a_portion_is_seen_to_its_end() -> None:
    column = [RecordId(f"3652{number:08d}") for number in range(50_000)]
    distinct = DistinctIds.of([*column, *column, RecordId("9652000000001")])
    assert {length: len(ids) for length, ids in distinct.by_length.items()} == {12: 50_000, 13: 1}
    assert (distinct.usual_length(), distinct.usual_start(4), distinct.shared_start(4)) == (12, "3652", None)


@pytest.mark.parametrize(
    ("ids", "length", "start"),
    [
        ((), None, None),
        (("3652000001",), 10, "3652"),
        (("3652000001", "48760000001"), None, None),
        (("3652000001", "3652000002", "48760000001"), 10, "3652"),
        (("3652000001", "3652000001", "48760000001"), None, None),
        (("3652000001", "36520000001"), None, "3652"),
    ],
)
def test_usual_is_what_more_than_half_have(ids: tuple[str, ...], length: int | None, start: str | None) -> None:
    distinct = of(*ids)
    assert (distinct.usual_length(), distinct.usual_start(4)) == (length, start)


@pytest.mark.parametrize(
    ("ids", "start"),
    [((), None), (("3652397001",), "3652397"), (("3652397001", "36523971001"), "3652397"), (("3652397001", "3652398001"), None)],
)
def test_a_shared_start_is_one_that_all_have(ids: tuple[str, ...], start: str | None) -> None:
    assert of(*ids).shared_start(7) == (start if ids else None)
