"""Every reason for which an entry or a row is not sent has words, and no two have the same title."""

from desktop.domain.entries import REJECTION_ORDER
from desktop.domain.row_choices import LeftOut
from desktop.words.rejections import REJECTIONS, ROWS_LEFT_OUT


def test_every_reason_has_words() -> None:
    assert set(REJECTIONS) == set(REJECTION_ORDER)
    assert set(ROWS_LEFT_OUT) == set(LeftOut)


def test_reasons_are_told_apart_by_their_titles() -> None:
    """Results count by title, and a filter in a spreadsheet finds it."""
    titles = [words.title for words in (*REJECTIONS.values(), *ROWS_LEFT_OUT.values())]
    assert len(set(titles)) == len(titles)


def test_every_reason_says_why_and_what_to_do_in_sentences() -> None:
    for words in (*REJECTIONS.values(), *ROWS_LEFT_OUT.values()):
        assert words.why.endswith(".") and words.what_to_do.endswith("."), words.title
        assert not words.title.endswith(".") and words.title[0].isupper()
