"""What an error says of itself: its code for scripts, its facts in the sentence, and the choices where something is open."""

from desktop.domain import errors
from desktop.domain.error_codes import error_code
from desktop.words.errors import explain_error


class FromTheFuture(errors.DelinkError):
    """An error that has no words yet."""


class KindOfLocked(errors.SheetLocked):
    """A closer kind of an error that has words."""


def test_an_error_without_words_is_told_all_the_same() -> None:
    error = FromTheFuture()
    assert (error_code(error), explain_error(error).title) == ("error", "That did not work")
    assert explain_error(error).in_one_line() == "Delink could not go on. Nothing was lost; try again."


def test_a_closer_kind_of_an_error_has_the_words_of_its_kind() -> None:
    assert error_code(KindOfLocked("list.xlsx")) == "sheet_locked"
    assert explain_error(KindOfLocked("list.xlsx")).in_one_line().startswith("list.xlsx is in use")


def test_a_sentence_says_why_and_then_what_to_do() -> None:
    error = errors.SheetUnreadable("list.xlsx", "it is cut short")
    assert (
        explain_error(error).in_one_line()
        == "list.xlsx could not be read: it is cut short. Choose another file; nothing was sent."
    )


def test_hidden_rows_are_counted_for_both_choices() -> None:
    sentence = explain_error(errors.HiddenRowsOpen("list.xlsx", 1200, 5000)).in_one_line()
    assert "1,200 of its 5,000 rows are hidden" in sentence
    assert "--hidden-rows skip for the 3,800 visible rows or --hidden-rows read for all 5,000" in sentence


def test_where_nobody_can_tell_which_rows_are_hidden_skipping_them_is_not_offered() -> None:
    sentence = explain_error(errors.HiddenRowsOpen("list.xlsx", None, 5000)).in_one_line()
    assert "cannot be found out" in sentence and "--hidden-rows read if all 5,000 rows are meant" in sentence
    assert "skip" not in sentence


def test_braces_in_what_others_wrote_are_no_place_for_a_fact() -> None:
    assert "{run}" in explain_error(errors.SheetUnreadable("{run}.xlsx", "it is cut short")).in_one_line()
