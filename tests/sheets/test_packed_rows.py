"""Rows packed into a block come out as they went in, by row and by column."""

import pickle
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.entries import SheetRow
from desktop.sheets.packed_rows import BLOCK, CUT, PackedRows, RowsBelow

_texts = st.text(max_size=8).filter(lambda text: CUT not in text)
_ragged = st.lists(st.lists(_texts, max_size=5), max_size=12)
_even = st.integers(0, 4).flatmap(lambda width: st.lists(st.lists(_texts, min_size=width, max_size=width), max_size=12))


@given(rows=st.one_of(_ragged, _even))
def test_rows_and_columns_are_those_that_were_packed(rows: list[list[str]]) -> None:
    block = pickle.loads(pickle.dumps(PackedRows.of(rows)))  # noqa: S301 (as it crosses from the child)
    assert len(block) == len(rows)
    assert list(map(list, block.rows())) == rows
    columns = list(zip_longest(*rows, fillvalue=""))
    assert block.widest == len(columns)
    for number in range(len(columns) + 2):
        assert block.column(number) == (list(columns[number]) if number < len(columns) else [""] * len(rows))


def test_a_cell_that_is_no_text_is_not_packed() -> None:
    for value in (1.0, True, None):
        with pytest.raises(TypeError):
            PackedRows.of([["a", value]])  # type: ignore[list-item]


@pytest.mark.parametrize("rows", [[["a", "b"], ["c", "\0"]], [["a"], ["\0", "b"]], [["a\0b"]]])
def test_a_cell_with_the_sign_that_stands_between_cells_is_not_packed(rows: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="zero character"):
        PackedRows.of(rows)


def test_rows_of_several_blocks_have_their_numbers() -> None:
    numbers = [[str(number)] for number in range(1, 2 * BLOCK + 8)]
    blocks = [PackedRows.of(numbers[start : start + BLOCK]) for start in range(0, len(numbers), BLOCK)]
    rows = RowsBelow(blocks, skipped=3)
    assert len(rows) == len(numbers) - 3
    for index in (0, BLOCK - 4, BLOCK - 3, len(rows) - 1, -1):
        number = (index if index >= 0 else len(rows) + index) + 4
        assert rows[index] == SheetRow(number, (str(number),))
    assert list(rows) == rows[:]
    assert [row.number for row in rows[BLOCK - 5 : BLOCK]] == list(range(BLOCK - 1, BLOCK + 4))


def test_a_header_below_the_last_row_leaves_no_rows() -> None:
    assert list(RowsBelow([PackedRows.of([["a"]])], skipped=5)) == []
