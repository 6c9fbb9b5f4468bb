"""What an error says of itself: its code for scripts, its facts in the sentence, and the choices where something is open."""

from desktop.domain import errors
from desktop.domain.error_causes import error_code, explain, sentence_of


class FromTheFuture(errors.DelinkError):
    """An error that has no words yet."""


class KindOfLocked(errors.SheetLocked):
    """A closer kind of an error that has words."""


def test_an_error_without_words_is_told_all_the_same() -> None:
    error = FromTheFuture()
    assert (error_code(error), explain(error).title) == ("error", "That did not work")
    assert sentence_of(error) == "Delink could not go on. Nothing was lost; try again."


def test_a_closer_kind_of_an_error_has_the_words_of_its_kind() -> None:
    assert error_code(KindOfLocked("list.xlsx")) == "sheet_locked"
    assert sentence_of(KindOfLocked("list.xlsx")).startswith("list.xlsx is in use")


def test_a_sentence_says_why_and_then_what_to_do() -> None:
    error = errors.SheetUnreadable("list.xlsx", "it is cut short")
    assert sentence_of(error) == "list.xlsx could not be read: it is cut short. Choose another file; nothing was sent."


def test_hidden_rows_are_counted_for_both_choices() -> None:
    sentence = sentence_of(errors.HiddenRowsOpen("list.xlsx", 1200, 5000))
    assert "1,200 of its 5,000 rows are hidden" in sentence
    assert "--hidden-rows skip for the 3,800 visible rows or --hidden-rows read for all 5,000" in sentence


def test_where_nobody_can_tell_which_rows_are_hidden_skipping_them_is_not_offered() -> None:
    sentence = sentence_of(errors.HiddenRowsOpen("list.xlsx", None, 5000))
    assert "cannot be found out" in sentence and "--hidden-rows read if all 5,000 rows are meant" in sentence
    assert "skip" not in sentence


def test_braces_in_what_others_wrote_are_no_place_for_a_fact() -> None:
    assert "{run}" in sentence_of(errors.SheetUnreadable("{run}.xlsx", "it is cut short"))
