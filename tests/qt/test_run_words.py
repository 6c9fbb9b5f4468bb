"""The sentences of a removal and of an undo, side by side; every one says which of the two it is about."""

from datetime import datetime

import pytest

from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState
from desktop.qt.run_words import RunWords

WHEN = datetime(2026, 1, 5, 8)
REMOVED = Tally({Outcome.DELINKED: 7, Outcome.NOT_LINKED: 1, Outcome.REFUSED: 2, Outcome.NOT_ATTEMPTED: 1})
PUT_BACK = Tally({Outcome.RELINKED: 1, Outcome.ALREADY_LINKED: 3, Outcome.UNKNOWN: 2})


def every_sentence(operation: Operation) -> list[str]:
    words = RunWords(operation)
    sentences = [
        words.step(),
        words.before(),
        words.to_type(5, "EU"),
        words.button(5),
        words.fate(5),
        words.fate_of_one(),
    ]
    begun = words.begun(5, is_paused=False, done=2, when=WHEN, place="ACME")
    sentences += [words.title(), words.goes_on(2), words.in_work(), begun, words.done(REMOVED)]
    sentences += [words.done_in_short(REMOVED), words.ended(RunState.FINISHED), words.ended(RunState.STOPPED)]
    return sentences


def test_no_sentence_serves_both() -> None:
    removal, undo = every_sentence(Operation.REMOVE), every_sentence(Operation.RESTORE)
    assert not set(removal) & set(undo)
    assert all("back" in sentence.lower() or "undo" in sentence.lower() for sentence in undo)
    assert all("remov" in sentence.lower() for sentence in removal)


@pytest.mark.parametrize(
    ("operation", "origin", "name", "follows"),
    [
        (Operation.REMOVE, RetryOf("a"), "Retry", "Tries again what the run of 5 Jan 2026 08:00 left"),
        (Operation.RESTORE, UndoOf("a"), "Undo", "Puts back what the run of 5 Jan 2026 08:00 removed"),
        (Operation.RESTORE, RetryOf("a"), "Retried undo", "Tries again what the undo of 5 Jan 2026 08:00 left"),
    ],
)
def test_a_run_is_named_by_what_it_does_and_why(operation: Operation, origin: Origin, name: str, follows: str) -> None:
    words = RunWords(operation)
    assert (words.name(origin), words.what_it_follows(origin, WHEN)) == (name, follows)
    assert RunWords(Operation.REMOVE).name(Fresh()) == "Removal"


@pytest.mark.parametrize(
    ("operation", "tally", "counts", "summary"),
    [
        (
            Operation.REMOVE,
            REMOVED,
            ["7 links removed", "1 was not linked", "2 refused", "1 not sent"],
            "7 links removed, 1 was not linked, 3 need your attention.",
        ),
        (
            Operation.RESTORE,
            PUT_BACK,
            ["1 link put back", "3 were linked again already", "2 not confirmed"],
            "1 link put back, 3 were linked again already, 2 need your attention.",
        ),
        (Operation.RESTORE, Tally({}), ["0 links put back"], "0 links put back."),
    ],
)
def test_counts_are_told_in_the_words_of_the_run(operation: Operation, tally: Tally, counts: list[str], summary: str) -> None:
    assert RunWords(operation).counts(tally) == counts
    assert RunWords(operation).summary(tally) == summary


def test_one_link_and_many_are_told_in_their_own_words() -> None:
    removal = RunWords(Operation.REMOVE)
    assert removal.to_type(5000, "EU") == "Type 5000 to remove 5,000 links in EU", "the number stands as it is typed"
    assert removal.goes_on_in(1, "EU") == "Continuing reads in EU what became of that one, then removes the rest there."
    assert removal.goes_on_in(3, "EU") == "Continuing reads in EU what became of those 3, then removes the rest there."
    assert RunWords(Operation.RESTORE).summary(Tally({Outcome.UNKNOWN: 1})) == "0 links put back, 1 needs your attention."
    undo = RunWords(Operation.RESTORE).begun(1, is_paused=True, done=0, when=WHEN, place="ACME")
    assert undo == "Your undo of 1 link (5 Jan 2026 08:00, ACME) was paused after 0."
    assert removal.follows(RetryOf("a"), "a") == "retry of run a" and removal.follows(UndoOf("a"), "a") == "undo of run a"
