"""What the things are called that stand in tables, lists and boxes."""

from desktop.domain.connections import DATA_CENTRES, Environment
from desktop.domain.outcomes import Outcome
from desktop.domain.settings import Settings, rules_of
from desktop.words.labels import data_centre_label, environment_label, outcome_label, setting_label


def test_every_outcome_has_words_of_its_own() -> None:
    assert len({outcome_label(one) for one in Outcome}) == len(Outcome)
    assert outcome_label(Outcome.UNKNOWN) == "Not confirmed"


def test_every_data_centre_and_environment_has_a_name() -> None:
    assert len({data_centre_label(one) for one in DATA_CENTRES.values()}) == len(DATA_CENTRES)
    assert {environment_label(one) for one in Environment} == {str(one) for one in Environment}


def test_every_setting_has_a_label() -> None:
    assert all(map(setting_label, rules_of(Settings)))
