"""Outcomes of links: a run that removes and one that puts back share what is open."""

from desktop.domain.operations import Operation
from desktop.domain.outcome_codes import AS_MEANT, DONE, OPEN_OUTCOMES, Outcome


def test_the_codes_are_a_contract_with_scripts_and_journals() -> None:
    assert [str(one) for one in Outcome] == [
        "delinked",
        "not_linked",
        "refused",
        "unknown",
        "not_attempted",
        "relinked",
        "already_linked",
    ]


def test_the_runs_of_each_operation_have_five_outcomes_and_the_open_ones_are_the_same() -> None:
    removed, put_back = set(Operation.REMOVE.outcomes), set(Operation.RESTORE.outcomes)
    assert len(removed) == len(put_back) == 5 and removed | put_back == set(Outcome)
    assert removed & put_back == set(OPEN_OUTCOMES)


def test_what_was_done_is_as_wished_and_what_is_open_is_not() -> None:
    assert DONE < AS_MEANT and not AS_MEANT & set(OPEN_OUTCOMES)
