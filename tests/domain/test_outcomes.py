"""Outcomes of links: every one has words, a run that removes and one that puts back share what is open, and counts add up."""

from desktop.domain.outcomes import AS_WISHED, DONE, OUTCOME_LABELS, RUN_OUTCOMES, UNDO_OUTCOMES, Outcome, Tally


def test_every_outcome_has_words_of_its_own() -> None:
    assert set(OUTCOME_LABELS) == set(Outcome)
    assert len(set(OUTCOME_LABELS.values())) == len(Outcome)


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


def test_each_kind_of_run_has_five_outcomes_and_three_of_them_are_the_same() -> None:
    assert len(RUN_OUTCOMES) == len(UNDO_OUTCOMES) == 5
    assert set(RUN_OUTCOMES) | set(UNDO_OUTCOMES) == set(Outcome)
    assert set(RUN_OUTCOMES) & set(UNDO_OUTCOMES) == {Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED}


def test_what_was_done_is_as_wished_and_what_is_open_is_not() -> None:
    assert DONE < AS_WISHED and not AS_WISHED & set(RUN_OUTCOMES) & set(UNDO_OUTCOMES)


def test_a_tally_counts_every_link_once() -> None:
    tally = Tally.of([Outcome.DELINKED, Outcome.REFUSED, Outcome.DELINKED])
    assert (tally[Outcome.DELINKED], tally[Outcome.REFUSED], tally[Outcome.UNKNOWN], tally.total) == (2, 1, 0, 3)
    assert Tally().total == Tally.of([]).total == 0
