"""The words of an undo: plain, its own where it needs them, and the catalogue's where not."""

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.operations import OPERATIONS, Operation
from desktop.domain.outcomes import AS_MEANT, DONE, Outcome
from desktop.words.causes import CAUSES, explain_cause
from desktop.words.labels import outcome_label
from tests.words.test_plain_words import BANNED

# What the catalogue says of these is said of removals, or of runs that take a safety copy; an undo ends in none of them.
OF_REMOVALS = {
    CauseCode.GONE_MEANWHILE,
    CauseCode.DENIED_STILL_LINKED,
    CauseCode.COPY_WITHOUT_FIELDS,
    CauseCode.REMOVED,
    CauseCode.REMOVED_PROVEN,
    CauseCode.RELATION_NOT_FOUND,
    CauseCode.ABSENT_BEFORE,
    CauseCode.GONE_UNPROVEN,
    CauseCode.STILL_LINKED,
    CauseCode.FOUND_GONE_AGAIN,
}


@pytest.mark.parametrize("code", sorted(set(CauseCode) - OF_REMOVALS))
def test_no_word_of_an_undo_speaks_of_removing(code: CauseCode) -> None:
    cause = explain_cause(code, Operation.RESTORE)
    for text in (cause.title, cause.why, cause.what_to_do):
        assert "remov" not in text.lower(), text
        assert not BANNED.search(text), text


def test_runs_that_remove_have_the_words_of_the_catalogue() -> None:
    assert [explain_cause(code, Operation.REMOVE) for code in CauseCode] == [CAUSES[code] for code in CauseCode]


def test_a_cause_of_a_newer_version_is_shown_not_lost() -> None:
    assert explain_cause("from_the_future", Operation.RESTORE).title == "from_the_future"


def test_each_operation_has_five_outcomes_with_words_of_their_own() -> None:
    assert set(Operation.REMOVE.outcomes) | set(Operation.RESTORE.outcomes) == set(Outcome)
    for outcomes in (operation.outcomes for operation in OPERATIONS):
        assert len({outcome_label(one) for one in outcomes}) == 5
        assert len(DONE & set(outcomes)) == 1 and len(AS_MEANT & set(outcomes)) == 2
