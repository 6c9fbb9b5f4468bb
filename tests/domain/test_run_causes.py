"""The rows for why a run waits or ends: with those of links they are the whole catalogue."""

from desktop.domain.cause_codes import CauseCode
from desktop.domain.link_causes import LINK_CAUSES
from desktop.domain.run_causes import RUN_CAUSES


def test_every_code_has_one_row() -> None:
    assert RUN_CAUSES.keys() | LINK_CAUSES.keys() == set(CauseCode)
