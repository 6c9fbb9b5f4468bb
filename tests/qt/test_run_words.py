"""The sentences of a removal and of an undo, side by side; every one says which of the two it is about."""

import pytest

from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState
from desktop.qt.run_words import RunWords

REMOVED = Tally({Outcome.DELINKED: 7, Outcome.NOT_LINKED: 1, Outcome.REFUSED: 2, Outcome.NOT_ATTEMPTED: 1})
PUT_BACK = Tally({Outcome.RELINKED: 1, Outcome.ALREADY_LINKED: 3, Outcome.UNKNOWN: 2})


def every_sentence(operation: Operation) -> list[str]:
    words = RunWords(operation)
    sentences = [
        words.step(),
        words.before(),
        words.to_type(5),
        words.button(5),
        words.fate(5),
        words.fate_of_one(),
    ]
    sentences += [words.title(), words.goes_on(2), words.in_work(), words.begun(5), words.done(REMOVED)]
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
        (Operation.REMOVE, RetryOf("a"), "Retry", "Tries again what the run of %1 left"),
        (Operation.RESTORE, UndoOf("a"), "Undo", "Puts back what the run of %1 removed"),
        (Operation.RESTORE, RetryOf("a"), "Retried undo", "Tries again what the undo of %1 left"),
    ],
)
def test_a_run_is_named_by_what_it_does_and_why(operation: Operation, origin: Origin, name: str, follows: str) -> None:
    words = RunWords(operation)
    assert (words.name(origin), words.what_it_follows(origin)) == (name, follows)
    assert RunWords(Operation.REMOVE).name(Fresh()) == "Removal"


@pytest.mark.parametrize(
    ("operation", "tally", "counts", "summary"),
    [
        (
            Operation.REMOVE,
            REMOVED,
            ["7 links removed", "1 was not linked", "2 refused", "1 not sent"],
            "7 links removed, 1 was not linked, 3 need you.",
        ),
        (
            Operation.RESTORE,
            PUT_BACK,
            ["1 link put back", "3 were linked again already", "2 not confirmed"],
            "1 link put back, 3 were linked again already, 2 need you.",
        ),
        (Operation.RESTORE, Tally({}), ["0 links put back"], "0 links put back."),
    ],
)
def test_counts_are_told_in_the_words_of_the_run(operation: Operation, tally: Tally, counts: list[str], summary: str) -> None:
    assert RunWords(operation).counts(tally) == counts
    assert RunWords(operation).summary(tally) == summary
