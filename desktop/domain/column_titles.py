"""How the columns of a sheet are called where people choose between them: no two of them alike."""

from collections import Counter
from collections.abc import Sequence


def letter_of(column: int) -> str:
    """The spreadsheet's name of a column (from 0): A, B … AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def told_apart(titles: Sequence[str]) -> list[str]:
    """The titles of all columns, from the left; equal ones get the letter of their column, as in ``Contact Id (B)``.

    Titles that differ only in capitals count as equal, because people do not tell them apart.
    """
    called = [" ".join(title.split()) for title in titles]
    while equal := {title for title, times in Counter(title.casefold() for title in called).items() if times > 1}:
        # A title may already read like one that just got its letter; then that one gets its letter too.
        called = [f"{title} ({letter_of(column)})" if title.casefold() in equal else title for column, title in enumerate(called)]
    return called
