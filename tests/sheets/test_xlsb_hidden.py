"""Which rows and columns an Excel binary workbook hides."""

from pathlib import Path

from tests.sheets.making_xlsb import Looks, xlsb
from tests.sheets.told_hidden import NINE, hidden_in


def test_a_row_of_an_xlsb_is_hidden_by_a_flag_or_without_height(tmp_path: Path) -> None:
    looks = Looks({2: (300, 0x10), 4: (0, 0x20), 8: (300, 0x11)})
    assert hidden_in(xlsb(tmp_path / "list.xlsb", NINE, looks=looks)) == ([3, 5, 9], [])


def test_records_that_lie_across_two_pieces_are_read_whole(tmp_path: Path) -> None:
    cells = [[f"row {number}", "x" * (number % 50)] for number in range(60_000)]
    looks = Looks(dict.fromkeys(range(1, 60000, 2), (300, 16)))
    assert hidden_in(xlsb(tmp_path / "list.xlsb", cells, looks=looks)) == (list(range(2, 60_001, 2)), [])
