"""Codes of causes stand in journals and in the answers to scripts: each is one plain word, and none is used twice."""

import pickle
import re

from desktop.domain.cause_codes import CauseCode
from desktop.domain.outcome_codes import Outcome


def test_every_code_is_the_name_in_small_letters() -> None:
    for cause in CauseCode:
        assert cause.value == cause.name.lower() and re.fullmatch(r"[a-z]+(_[a-z]+)*", cause.value)


def test_no_code_means_two_causes() -> None:
    assert len({cause.value for cause in CauseCode}) == len(CauseCode.__members__)


def test_a_code_that_was_stored_or_sent_finds_its_traits_again() -> None:
    for cause in CauseCode:
        assert CauseCode(cause.value) is cause and pickle.loads(pickle.dumps(cause)) is cause  # noqa: S301 (made here)
        assert CauseCode(cause.value).traits is cause.traits


def test_every_outcome_can_be_explained() -> None:
    assert {outcome for cause in CauseCode for outcome in cause.traits.ends} == set(Outcome)
