"""The words of results: one for each column and worksheet, in each language."""

from desktop.domain.result_tables import ENGLISH_WORDS, ResultColumn, ResultSheet
from desktop.words.language import Language
from desktop.words.results import RESULTS, result_words
from desktop.words.sentences import SENTENCES
from tests.words.made_up import MADE_UP, MARK


def test_english_says_what_files_have_said_so_far() -> None:
    assert result_words(Language(sentences=SENTENCES)) == ENGLISH_WORDS


def test_another_language_has_words_of_its_own() -> None:
    words = result_words(MADE_UP)
    assert words.columns == {column: MARK + ENGLISH_WORDS.columns[column] for column in ResultColumn}
    assert words.sheets == {sheet: MARK + ENGLISH_WORDS.sheets[sheet] for sheet in ResultSheet}


def test_every_word_of_the_table_is_asked_for() -> None:
    asked = {f"result-column-{column}" for column in ResultColumn} | {f"result-sheet-{sheet}" for sheet in ResultSheet}
    assert set(RESULTS) == {name.replace("_", "-") for name in asked}
