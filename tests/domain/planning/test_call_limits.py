"""Both of Zoho's limits to a call: 100 ids, and 2,000 characters for their list with its commas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.planning.call_limits import MAX_IDS, MAX_IDS_CHARACTERS, cut, only_their_number_counts, room_for
from desktop.domain.records import RecordId


def ids_of(count: int, digits: int) -> list[RecordId]:
    return [RecordId(f"{number:0{digits}d}") for number in range(count)]


@pytest.mark.parametrize(("digits", "room"), [(10, 100), (18, 100), (19, 100), (20, 95)])
def test_of_the_longest_ids_fewer_fit(digits: int, room: int) -> None:
    ids = ids_of(200, digits)
    assert room_for(ids) == room
    assert only_their_number_counts(ids) is (room == MAX_IDS)
    assert len(",".join(ids[:room])) <= MAX_IDS_CHARACTERS
    assert room == MAX_IDS or len(",".join(ids[: room + 1])) > MAX_IDS_CHARACTERS


def test_room_is_counted_for_the_longest_of_the_ids() -> None:
    mixed = [*ids_of(100, 20), *ids_of(100, 10)]
    assert room_for(mixed) == room_for(reversed(mixed)) == 95
    assert room_for([*ids_of(5, 20), *ids_of(300, 19)]) == 99, "five more characters cost one id"
    assert (room_for([]), only_their_number_counts([])) == (100, True)


@pytest.mark.parametrize("by_number", [True, False])
def test_links_of_one_record_fill_one_call_after_the_other(by_number: bool) -> None:
    calls, anchors = cut(range(250), ["p"] * 250, ids_of(250, 19), by_number)
    assert [len(call) for call in calls] == [100, 100, 50] and anchors == ["p"] * 3
    assert [link for call in calls for link in call] == list(range(250))


@pytest.mark.parametrize("by_number", [True, False])
def test_calls_stand_in_the_order_of_their_first_links(by_number: bool) -> None:
    calls, anchors = cut([7, 3, 9, 5], ["b", "a", "b", "a"], ids_of(4, 19), by_number)
    assert (calls, anchors) == ([[7, 9], [3, 5]], ["b", "a"])
    assert cut([], [], [], by_number) == ([], [])


def test_a_long_id_opens_the_next_call() -> None:
    far = [*ids_of(95, 20), *ids_of(5, 10)]
    calls, _ = cut(range(100), ["p"] * 100, far, by_number=False)
    assert [len(call) for call in calls] == [95, 5]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(10, 20)), max_size=400))
def test_no_call_breaks_a_limit_and_no_link_is_lost(links: list[tuple[int, int]]) -> None:
    far = [RecordId("9" * digits) for _, digits in links]
    calls, anchors = cut(range(len(links)), [anchor for anchor, _ in links], far, by_number=False)
    assert sorted(link for call in calls for link in call) == list(range(len(links)))
    for call, anchor in zip(calls, anchors, strict=True):
        assert {links[link][0] for link in call} == {anchor}
        assert len(call) <= MAX_IDS and len(",".join(far[link] for link in call)) <= MAX_IDS_CHARACTERS
