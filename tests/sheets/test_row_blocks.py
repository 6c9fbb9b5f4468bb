"""Parts and choices of a block keep its numbers, IDs, cells and parents above together."""

from desktop.sheets.id_columns import SharedTexts
from desktop.sheets.row_blocks import RowBlock
from tests.sheets.making_sheets import CAMPAIGN, contact

ROWS = [(CAMPAIGN, contact(number)) for number in range(4)]


def block(above: tuple[str, ...] = ()) -> RowBlock:
    ids = SharedTexts().columns_of([row[0] for row in ROWS], [row[1] for row in ROWS])
    return RowBlock(range(2, 6), ids, lambda: ROWS, above)


def contents_of(some: RowBlock) -> tuple[list[int], list[str], list[tuple[str, ...]], list[str]]:
    assert len(some) == len(some.ids)
    return list(some.numbers), list(some.ids.related), [tuple(cells) for cells in some.cells()], list(some.above)


def test_a_part_is_its_rows_in_every_column() -> None:
    assert contents_of(block(("a", "b", "c", "d")).part(1, 3)) == ([3, 4], [contact(1), contact(2)], ROWS[1:3], ["b", "c"])
    assert contents_of(block().part(3, 4)) == ([5], [contact(3)], ROWS[3:], [])


def test_a_part_of_all_rows_is_the_block_itself() -> None:
    whole = block()
    assert whole.part(0, 4) is whole


def test_chosen_rows_are_those_that_are_marked() -> None:
    assert contents_of(block(("a", "b", "c", "d")).chosen(b"\1\0\0\2")) == (
        [2, 5],
        [contact(0), contact(3)],
        [ROWS[0], ROWS[3]],
        ["a", "d"],
    )
    assert contents_of(block().chosen(bytes(4))) == ([], [], [], [])


def test_the_cells_are_made_only_when_somebody_asks() -> None:
    def refuse() -> list[tuple[str, ...]]:
        raise AssertionError("nobody asked")

    some = RowBlock(range(2, 6), block().ids, refuse)
    assert len(some.part(1, 3).chosen(b"\0\1")) == 1
