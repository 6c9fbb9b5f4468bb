"""What is put together of several sentences, counts and facts; nothing stands where there is nothing to say."""

from desktop.words.joining import enumerated, sentences, side_by_side


def test_sentences_stand_one_after_the_other_without_gaps() -> None:
    assert sentences("It is gone.", "", "Look again.") == "It is gone. Look again."
    assert sentences() == ""


def test_counts_are_told_in_a_row() -> None:
    assert enumerated(["7 removed", "2 refused", "", "1 not sent"]) == "7 removed, 2 refused, 1 not sent"
    assert enumerated(["7 removed"]) == "7 removed" and enumerated([]) == ""


def test_facts_stand_side_by_side() -> None:
    assert side_by_side("ACME", "", "EU") == "ACME · EU"
