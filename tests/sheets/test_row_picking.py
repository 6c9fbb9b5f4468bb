"""Which rows of a block are meant, and how a condition is written."""

from array import array

import pytest

from desktop.domain.row_choices import Condition, RowFilter
from desktop.sheets.columns import ChoiceNotThere
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.row_picking import RowPicker, condition_of, filter_of
from desktop.words import say_text

HEADERS = ("Campaign Id", "Status", "px=b", "Sure!", "")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Status=Active", Condition(1, "Active")),
        ("status = Active", Condition(1, " Active")),
        ("Status!=Active", Condition(1, "Active", excluded=True)),
        ("Status=", Condition(1, "")),
        ("Status!=", Condition(1, "", excluded=True)),
        ("Status=a=b", Condition(1, "a=b")),
        ("px=b=c", Condition(2, "c")),
        ("px=b!=c", Condition(2, "c", excluded=True)),
        ("A=b", Condition(0, "b")),
        ("b!=x", Condition(1, "x", excluded=True)),
        ("Sure!=yes", Condition(3, "yes")),
        ("Sure!!=yes", Condition(3, "yes", excluded=True)),
        ("E=x", Condition(4, "x")),
    ],
)
def test_a_condition_names_a_title_or_a_letter_before_its_first_fitting_sign(text: str, condition: Condition) -> None:
    assert condition_of(text, HEADERS) == condition


@pytest.mark.parametrize("text", ["Colour=red", "=red", "!=red", "2=x", "F=x"])
def test_a_condition_on_a_column_that_is_not_there_names_those_that_are(text: str) -> None:
    with pytest.raises(ChoiceNotThere) as caught:
        condition_of(text, HEADERS)
    assert "A “Campaign Id”, B “Status”, C “px=b”, D “Sure!” and E “”" in say_text(caught.value.detail)


def test_a_condition_without_a_sign_says_how_to_write_one() -> None:
    with pytest.raises(ChoiceNotThere) as caught:
        condition_of("Status", HEADERS)
    assert "COLUMN=VALUE or COLUMN!=VALUE" in say_text(caught.value.detail)


def test_values_for_and_against_one_column_are_refused() -> None:
    with pytest.raises(ChoiceNotThere) as caught:
        filter_of(["Status=a", "B!=b"], HEADERS)
    assert "for values of “Status” and against" in say_text(caught.value.detail)


def test_a_column_by_index_must_be_there() -> None:
    with pytest.raises(ChoiceNotThere) as caught:
        filter_of([Condition(5, "x")], HEADERS)
    assert "there is no column 6" in say_text(caught.value.detail)


ROWS = PackedRows.of([("a",), ("b",), ("a",), ("b",)])


@pytest.mark.parametrize(
    ("hidden", "conditions", "reads_hidden", "reasons"),
    [
        ([], [], False, None),
        ([1, 9], [], False, None),
        ([11], [], False, b"\x00\x01\x00\x00"),
        ([11], [], True, None),
        ([], [Condition(0, "a")], False, b"\x00\x02\x00\x02"),
        ([10, 11], [Condition(0, "a")], False, b"\x01\x01\x00\x02"),
        ([10, 11], [Condition(0, "a")], True, b"\x00\x02\x00\x02"),
        ([], [Condition(0, "a"), Condition(0, "b")], False, None),
    ],
)
def test_a_hidden_row_is_left_out_as_hidden_whatever_the_filter_says(
    hidden: list[int], conditions: list[Condition], reads_hidden: bool, reasons: bytes | None
) -> None:
    picker = RowPicker(array("L", hidden), RowFilter(conditions), reads_hidden=reads_hidden)
    assert picker.reasons(ROWS, 0, picker.hidden_among(10, 4)) == reasons


def test_a_block_may_begin_below_its_first_row() -> None:
    picker = RowPicker(array("L", [12]), RowFilter([Condition(0, "b")]), reads_hidden=False)
    assert picker.reasons(ROWS, 1, picker.hidden_among(11, 3)) == b"\x00\x01\x00"


def test_not_equal_never_means_equal_to_a_title_that_ends_in_an_exclamation_mark() -> None:
    headers = ("Status", "Status!")
    assert condition_of("Status!=keep", headers) == Condition(0, "keep", excluded=True)
    assert condition_of("Status!!=keep", headers) == Condition(1, "keep", excluded=True)
