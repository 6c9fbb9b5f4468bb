"""Our own results as a sheet: known again, however often they went through the program."""

import pytest

from desktop.sheets.own_results import OUTCOME_HEADERS, headers_with, note_on_results, source_width
from desktop.words import say_text


def test_our_headers_give_way_to_the_sheets_own() -> None:
    assert headers_with(("Id", "outcome ", "Run"), ("Row", "Outcome", "Run")) == (
        "Id",
        "outcome ",
        "Run",
        "Row",
        "Delink: Outcome",
        "Delink: Run",
    )


def test_headers_of_results_of_results_stay_apart() -> None:
    once = headers_with(("Id",), OUTCOME_HEADERS)
    thrice = headers_with(headers_with(once, OUTCOME_HEADERS), OUTCOME_HEADERS)
    assert len({header.casefold() for header in thrice}) == len(thrice)


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_the_source_s_columns_are_told_from_ours(times: int) -> None:
    headers: tuple[str, ...] = ("Campaign Id", "Outcome", "Contact Id")
    for _ in range(times):
        headers = headers_with(headers, OUTCOME_HEADERS)
    assert source_width(headers) == 3


def test_some_of_our_words_do_not_make_a_sheet_ours() -> None:
    assert source_width(OUTCOME_HEADERS[1:]) == len(OUTCOME_HEADERS) - 1


def test_the_note_says_what_is_read() -> None:
    assert "only what was not settled" in say_text(note_on_results("To fix", "20260401-1"))
    assert "run 20260401-1; all of its rows" in say_text(note_on_results("All rows", "20260401-1"))
    assert "an earlier run; all of its rows" in say_text(note_on_results(None, ""))
