"""What tables of results are made of: lines, headings that give way to the sheet's own, and words that are never changed."""

import pytest

from desktop.domain.outcomes import Outcome
from desktop.domain.result_tables import (
    ENGLISH_WORDS,
    ONLY_ENGLISH,
    OUTCOME_COLUMNS,
    ResultColumn,
    ResultLine,
    ResultSheet,
    ResultWords,
    code_of,
    headers_with,
)
from desktop.domain.row_choices import LeftOut

OUTCOME_HEADERS = ENGLISH_WORDS.headings(OUTCOME_COLUMNS)


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


def test_two_columns_that_a_language_calls_alike_stay_apart() -> None:
    assert headers_with(("Id",), ("Grund", "Grund")) == ("Id", "Grund", "Delink: Grund")


def test_the_words_of_earlier_files_are_complete_and_stay_as_they_were() -> None:
    assert set(ENGLISH_WORDS.columns) == set(ResultColumn) and set(ENGLISH_WORDS.sheets) == set(ResultSheet)
    assert OUTCOME_HEADERS == ("Row", "Outcome", "Cause", "What to do", "Code", "Run", "Time", "Record address")
    assert ONLY_ENGLISH.words == (ENGLISH_WORDS,) and ONLY_ENGLISH.run_of("abc") == ""


def test_a_column_without_a_word_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        ResultWords().headings(OUTCOME_COLUMNS)


def test_the_codes_of_rows_that_were_left_out_are_those_that_files_have() -> None:
    assert [code_of(reason) for reason in LeftOut] == ["hidden", "filtered"]
