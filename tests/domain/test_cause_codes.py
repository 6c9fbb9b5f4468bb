"""Codes of causes stand in journals and in the answers to scripts: each is one plain word, and none is used twice."""

import re

from desktop.domain.cause_codes import CauseCode


def test_every_code_is_the_name_in_small_letters() -> None:
    for cause in CauseCode:
        assert cause.value == cause.name.lower() and re.fullmatch(r"[a-z]+(_[a-z]+)*", cause.value)


def test_no_code_means_two_causes() -> None:
    assert len({cause.value for cause in CauseCode}) == len(CauseCode.__members__)
