"""How much of what could be tried without end is tried: a share of it in every run, all of it in ``make test-long``."""

import os

from hypothesis import settings

IS_THOROUGH = bool(os.environ.get("DELINK_THOROUGH"))
_SHARE = 6


def share_of(number: int) -> int:
    """So many in ``make test-long``, a sixth of them else."""
    return number if IS_THOROUGH else max(1, number // _SHARE)


def examples(number: int) -> settings:
    """Settings of a property that is tried with so many examples in ``make test-long``."""
    return settings(max_examples=share_of(number))
