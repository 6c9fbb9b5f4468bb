"""Every outcome has a word for tables and bars."""

import pytest

from desktop.domain.outcomes import OUTCOME_LABELS, Outcome
from desktop.words.labels import OUTCOMES, outcome_label


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_is_called_the_same_everywhere(outcome: Outcome) -> None:
    assert outcome_label(outcome) == OUTCOME_LABELS[outcome]


def test_every_outcome_has_a_label() -> None:
    assert OUTCOMES.keys() == set(Outcome)
