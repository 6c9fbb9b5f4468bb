"""Which rows are meant: how a filter reads, and how rows that were left out are kept."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.row_choices import Condition, ConditionsClash, LeftOut, RowFilter, RowsLeftOut, filter_in_words
from desktop.words import say_text

STATUS, KEEP = 0, 1
ROWS = [("Unsubscribed", "x"), ("bounced ", ""), ("Active", "x"), ("", "X"), ("UNSUBSCRIBED", "\u200b")]


def admitted(*conditions: Condition) -> list[int]:
    marks = RowFilter(conditions).admitted(lambda column: [row[column] for row in ROWS], len(ROWS))
    return [place for place, mark in enumerate(marks) if mark]


@pytest.mark.parametrize(
    ("conditions", "rows"),
    [
        pytest.param([], [0, 1, 2, 3, 4], id="no condition admits all"),
        pytest.param([Condition(STATUS, "unsubscribed")], [0, 4], id="whatever the case"),
        pytest.param([Condition(STATUS, " Bounced")], [1], id="without the blanks around it"),
        pytest.param(
            [Condition(STATUS, "Active"), Condition(STATUS, "bounced")], [1, 2], id="values of a column are alternatives"
        ),
        pytest.param([Condition(STATUS, "")], [3], id="empty"),
        pytest.param([Condition(STATUS, "", excluded=True)], [0, 1, 2, 4], id="not empty"),
        pytest.param([Condition(KEEP, "")], [1, 4], id="a cell of zero-width marks is empty"),
        pytest.param(
            [Condition(STATUS, "Active", excluded=True), Condition(STATUS, "Bounced", excluded=True)],
            [0, 3, 4],
            id="a row differs from all excluded values",
        ),
        pytest.param([Condition(STATUS, "unsubscribed"), Condition(KEEP, "x")], [0], id="columns must all hold"),
        pytest.param([Condition(STATUS, "Unsub")], [], id="a part of a cell is not the cell"),
    ],
)
def test_a_filter_admits_the_rows_that_meet_its_conditions(conditions: list[Condition], rows: list[int]) -> None:
    assert admitted(*conditions) == rows


def test_an_accent_is_the_same_as_one_sign_or_two() -> None:
    marks = RowFilter([Condition(0, "Résilié")]).admitted(lambda _: ["Re\u0301silie\u0301", "Resilie"], 2)
    assert marks == bytes([1, 0])


def test_values_for_and_against_one_column_clash() -> None:
    with pytest.raises(ConditionsClash) as caught:
        RowFilter([Condition(KEEP, "x"), Condition(STATUS, "a"), Condition(STATUS, "b", excluded=True)])
    assert caught.value.args == (STATUS,)


@given(st.lists(st.sampled_from([0, 1, 2]), max_size=60), st.integers(1, 10_000))
def test_rows_left_out_come_back_from_their_ranges(reasons: list[int], first: int) -> None:
    made = RowsLeftOut()
    made.add(range(first, first + len(reasons)), bytes(reasons))
    expected = [(first + place, LeftOut(reason)) for place, reason in enumerate(reasons) if reason]
    assert list(made) == expected
    assert list(RowsLeftOut.of_ranges(made.ranges())) == expected
    assert len(made.ranges()) == sum(bool(reason) for reason, _ in groupby(reasons))
    assert made.count(LeftOut.HIDDEN) == reasons.count(1)


def test_rows_of_several_blocks_follow_each_other() -> None:
    made = RowsLeftOut()
    made.add(range(2, 5), bytes([1, 0, 2]))
    made.add(range(5, 7), bytes([2, 2]))
    assert made.ranges() == [(2, 2, 1), (4, 6, 2)]


def test_a_filter_is_told_in_words() -> None:
    conditions = [
        Condition(STATUS, " Active"),
        Condition(KEEP, "", excluded=True),
        Condition(STATUS, ""),
    ]
    words = filter_in_words(conditions, ["Status", "Keep"].__getitem__)
    assert say_text(words) == "“Status” is “Active” or empty and “Keep” is not empty"
    many = [Condition(STATUS, f"value {number}") for number in range(5000)]
    assert say_text(filter_in_words(many, ["Status"].__getitem__)).count(" or ") == 4999, "however many values there are"
    assert filter_in_words([], ["Status"].__getitem__) == ""
