"""Columns are called so that no two of them bear one title."""

import pytest

from desktop.domain.column_titles import told_apart


@pytest.mark.parametrize(
    ("titles", "called"),
    [
        (["Campaign Id", "Contact Id"], ["Campaign Id", "Contact Id"]),
        (["Contact Id", "Name", "Contact Id"], ["Contact Id (A)", "Name", "Contact Id (C)"]),
        (["Name", "NAME", " name "], ["Name (A)", "NAME (B)", "name (C)"]),
        (["two\nlines", "two lines"], ["two lines (A)", "two lines (B)"]),
        (["X", "X", "X (A)"], ["X (A) (A)", "X (B)", "X (A) (C)"]),
        ([], []),
    ],
)
def test_equal_titles_get_the_letter_of_their_column(titles: list[str], called: list[str]) -> None:
    assert told_apart(titles) == called
    assert len(set(called)) == len(titles)
