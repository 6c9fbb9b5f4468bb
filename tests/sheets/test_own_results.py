"""Our own results are recognised, however often they went through the program, and in whatever language."""

from collections.abc import Sequence

import pytest

from desktop.domain.readings import Worksheet
from desktop.domain.result_tables import ENGLISH_WORDS, OUTCOME_COLUMNS, ResultColumn, ResultSheet, ResultWords, headers_with
from desktop.domain.row_choices import Condition
from desktop.sheets.own_results import (
    ENGLISH,
    Words,
    left_out_before,
    note_on_results,
    nothing_to_fix,
    own_names,
    source_width,
    to_fix_among,
    words_by_place,
    worksheet_name,
)
from desktop.words import say_text
from tests.sheets.making_results import OUTCOME_HEADERS

SHOUTED = ResultWords(
    {column: heading.upper() for column, heading in ENGLISH_WORDS.columns.items()},
    {sheet: name.upper() for sheet, name in ENGLISH_WORDS.sheets.items()},
)
BOTH = (*ENGLISH, SHOUTED)
LOUD_HEADERS = SHOUTED.headings(OUTCOME_COLUMNS)


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_the_source_s_columns_are_distinguished_from_ours(times: int) -> None:
    headers: tuple[str, ...] = ("Campaign Id", "Outcome", "Contact Id")
    for _ in range(times):
        headers = headers_with(headers, OUTCOME_HEADERS)
    assert source_width(headers, ENGLISH) == 3


def test_our_columns_in_two_languages_are_distinguished_from_the_source_s() -> None:
    headers = headers_with(headers_with(("Campaign Id", "Contact Id"), LOUD_HEADERS), OUTCOME_HEADERS)
    assert (source_width(headers, BOTH), source_width(headers, ENGLISH)) == (2, 10)


def test_some_of_our_words_do_not_make_a_sheet_ours() -> None:
    assert source_width(OUTCOME_HEADERS[1:], ENGLISH) == len(OUTCOME_HEADERS) - 1
    assert source_width((*OUTCOME_HEADERS[:-1], LOUD_HEADERS[-1]), BOTH) == len(OUTCOME_HEADERS)
    assert source_width(("a", "b"), (ResultWords(),)) == 2, "words that know no columns know no results"


def test_a_workbook_is_ours_by_the_names_of_its_worksheets_in_one_language() -> None:
    english = [Worksheet("Summary"), Worksheet("All rows"), Worksheet("To fix")]
    loud = [Worksheet(sheet.name.upper()) for sheet in english]
    assert (to_fix_among(english, BOTH), to_fix_among(loud, BOTH)) == ("To fix", "TO FIX")
    assert own_names(loud, BOTH) is SHOUTED
    for other in ([], english[1:], [*english[:2], loud[2]], [english[1], english[0], english[2]]):
        assert to_fix_among(other, BOTH) is None
    assert to_fix_among([Worksheet(""), Worksheet("All rows")], (ResultWords(),)) is None


def test_rows_that_were_left_out_are_known_by_their_code() -> None:
    headers = headers_with(("Campaign Id", "Contact Id"), LOUD_HEADERS)
    expected = (Condition(6, "hidden", excluded=True), Condition(6, "filtered", excluded=True))
    assert left_out_before("ALL ROWS", headers, BOTH) == expected
    assert left_out_before(None, headers, BOTH) == expected
    assert left_out_before("ALL ROWS", headers, ENGLISH) == left_out_before("TO FIX 2", headers, BOTH) == ()


def test_in_results_of_results_the_columns_of_the_last_run_count() -> None:
    headers = headers_with(headers_with(("Campaign Id", "Contact Id"), OUTCOME_HEADERS), LOUD_HEADERS)
    assert {condition.column for condition in left_out_before("ALL ROWS", headers, BOTH)} == {14}
    first_row = [""] * 10 + ["5", "", "", "", "", "run-2", "", ""]
    assert "run run-2" in note_of("ALL ROWS", headers, first_row, BOTH)


def note_of(sheet_name: str | None, headers: Sequence[str], first_row: Sequence[str], words: Words) -> str:
    note = note_on_results(sheet_name, headers, first_row, words)
    return "" if note is None else say_text(note)


def test_the_note_says_what_is_read() -> None:
    first = ["2", "", "", "", "", "20260401-1", "", ""]
    assert "only what was not settled" in note_of("To fix", OUTCOME_HEADERS, first, ENGLISH)
    assert "worksheet “ALL ROWS”" in note_of("TO FIX", LOUD_HEADERS, first, BOTH)
    assert "run 20260401-1; all of its rows" in note_of("All rows", OUTCOME_HEADERS, first, ENGLISH)
    assert "an earlier run; all of its rows" in note_of(None, OUTCOME_HEADERS, (), ENGLISH)
    assert note_on_results(None, ("Campaign Id", "Contact Id"), (), ENGLISH) is None


def test_nothing_to_fix_names_the_worksheet_as_the_file_does() -> None:
    nothing = nothing_to_fix(LOUD_HEADERS, BOTH)
    assert nothing is not None and say_text(nothing).endswith("“ALL ROWS”")
    assert nothing_to_fix(("Campaign Id", "Contact Id"), BOTH) is None


def test_columns_that_are_known_by_their_place_lose_our_prefix() -> None:
    headers = headers_with(("Campaign Id", "Run"), LOUD_HEADERS)
    words = words_by_place(headers)
    assert words is not None and words.headings(OUTCOME_COLUMNS) == LOUD_HEADERS and not words.sheets
    assert source_width(headers, (words,)) == 2 and words.columns[ResultColumn.RUN] == "RUN"
    assert words_by_place(OUTCOME_HEADERS) is None, "there is no room for the two columns of IDs"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("All rows", "All rows"),
        ("Noch zu tun / offen?", "Noch zu tun - offen-"),
        ("[a]:b*c\\d", "-a--b-c-d"),
        ("'zitiert'", "zitiert"),
        ("x" * 40, "x" * 26),
    ],
)
def test_a_title_becomes_a_name_that_excel_takes(title: str, name: str) -> None:
    assert worksheet_name(title) == name


def test_a_long_title_is_known_again_by_its_cut_name() -> None:
    words = ResultWords(ENGLISH_WORDS.columns, {**ENGLISH_WORDS.sheets, ResultSheet.TO_FIX: "What is still to be done by you"})
    named = [Worksheet("Summary"), Worksheet("All rows"), Worksheet(worksheet_name(words.sheets[ResultSheet.TO_FIX]))]
    assert to_fix_among(named, (words,)) == "What is still to be done b"
