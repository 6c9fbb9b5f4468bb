"""Hidden rows are collected in order and once, and no more of them than a spreadsheet has."""

from array import array

import pytest

from desktop.sheets.hidden import Hidden, HiddenRowCollector


def test_hidden_rows_are_returned_in_order_and_once() -> None:
    rows = HiddenRowCollector()
    for number in (7, 3, 7, 5):
        rows.see(number, hides=True)
    assert list(rows.numbers()) == [3, 5, 7]
    assert Hidden(rows.numbers(), (0, 4)).within(5, 4) == Hidden(array("L", [3, 5]), (0,))


def test_more_hidden_rows_than_a_sheet_can_have_are_refused() -> None:
    with pytest.raises(ValueError, match="more rows"):
        HiddenRowCollector().hide_all(range(3_000_000))


def test_rows_never_seen_are_hidden_up_to_the_last_seen_one_where_the_default_hides() -> None:
    rows = HiddenRowCollector()
    rows.hide_others()
    for number in (2, 6):
        rows.see(number, hides=False)
    rows.see(4, hides=True)
    assert list(rows.numbers()) == [1, 3, 4, 5]
    assert list(HiddenRowCollector().numbers()) == []


def test_a_row_that_is_both_shown_and_hidden_counts_as_hidden() -> None:
    rows = HiddenRowCollector()
    rows.hide_others()
    rows.see(1, hides=True)
    rows.see(1, hides=False)
    assert list(rows.numbers()) == [1]


def test_nothing_hidden_is_false() -> None:
    assert not Hidden() and Hidden(columns=(3,)) and Hidden(array("L", [1]))
    assert not Hidden(array("L", [7]), (9,)).within(6, 9)
