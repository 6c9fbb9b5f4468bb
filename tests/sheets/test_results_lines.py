"""The lines of results: which columns, which words, which rows."""

import pytest

from desktop.domain.outcomes import Outcome
from desktop.sheets.results_lines import ResultLine, clean


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
def test_text_is_made_fit_for_a_workbook(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("outcome", "needs_work"),
    [
        (Outcome.DELINKED, False),
        (Outcome.NOT_LINKED, False),
        (Outcome.REFUSED, True),
        (Outcome.UNKNOWN, True),
        (Outcome.NOT_ATTEMPTED, True),
        (None, True),
    ],
)
def test_what_is_left_to_fix(outcome: Outcome | None, needs_work: bool) -> None:
    assert ResultLine((), outcome).needs_work is needs_work
