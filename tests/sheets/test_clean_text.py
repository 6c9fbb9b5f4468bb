"""Text is cleaned for a cell, and only where it must be."""

import pytest

from desktop.sheets.clean_text import clean, clean_row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ü 漢 😀\ttab\nline\r", "plain ü 漢 😀\ttab\nline\r"),
        ("\x00\x07\x0b\x1f", "����"),
        ("\ud800 half \udfff", "� half �"),
        ("\ufffe\uffff", "��"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_text_is_cleaned_for_a_workbook(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_row_is_cleaned_cell_by_cell() -> None:
    assert list(clean_row(["plain", "a\nb", "\x07"])) == ["plain", "a\nb", "\ufffd"]
    assert list(clean_row(["x" * 20_000, "y" * 20_000])) == ["x" * 20_000, "y" * 20_000]
    assert list(clean_row([])) == []
