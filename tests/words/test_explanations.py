"""An explanation is said in one line or whole, and leaves out what there is nothing to say about."""

from desktop.words.explanations import Explanation

BOTH = Explanation("Title", "{name} is open.", "Close {name}.")


def test_facts_are_filled_into_all_three() -> None:
    assert BOTH.said(name="A") == Explanation("Title", "A is open.", "Close A.")


def test_nothing_to_do_leaves_no_blank_behind() -> None:
    assert BOTH.said(name="A").whole() == "Title. A is open. Close A."
    assert Explanation("Title", "Why.").whole() == "Title. Why."
    assert Explanation("Title", "Why.").in_one_line() == "Why."
