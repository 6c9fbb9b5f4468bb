"""The sentences of a removal and of an undo, side by side; every one says which of the two it is about."""

import pytest

from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunKind, RunState
from desktop.qt.run_words import RunWords

REMOVED = Tally({Outcome.DELINKED: 7, Outcome.NOT_LINKED: 1, Outcome.REFUSED: 2, Outcome.NOT_ATTEMPTED: 1})
PUT_BACK = Tally({Outcome.RELINKED: 1, Outcome.ALREADY_LINKED: 3, Outcome.UNKNOWN: 2})


def every_sentence(kind: RunKind) -> list[str]:
    words = RunWords(kind)
    sentences = [
        words.name(),
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
    removal, undo = every_sentence(RunKind.RUN), every_sentence(RunKind.UNDO)
    assert not set(removal) & set(undo)
    assert all("back" in sentence.lower() or "undo" in sentence.lower() for sentence in undo)
    assert all("remov" in sentence.lower() for sentence in removal)


def test_a_retry_removes() -> None:
    assert every_sentence(RunKind.RETRY)[1:] == every_sentence(RunKind.RUN)[1:]
    assert RunWords(RunKind.RETRY).name() == "Retry"


@pytest.mark.parametrize(
    ("kind", "tally", "counts", "summary"),
    [
        (
            RunKind.RUN,
            REMOVED,
            ["7 links removed", "1 was not linked", "2 refused", "1 not sent"],
            "7 links removed, 1 was not linked, 3 need you.",
        ),
        (
            RunKind.UNDO,
            PUT_BACK,
            ["1 link put back", "3 were linked again already", "2 not confirmed"],
            "1 link put back, 3 were linked again already, 2 need you.",
        ),
        (RunKind.UNDO, Tally({}), ["0 links put back"], "0 links put back."),
    ],
)
def test_counts_are_told_in_the_words_of_the_run(kind: RunKind, tally: Tally, counts: list[str], summary: str) -> None:
    assert RunWords(kind).counts(tally) == counts
    assert RunWords(kind).summary(tally) == summary
