"""Refusals that would meet every call pause a run when three come in a row."""

from desktop.domain.causes import CauseCode
from desktop.engine.refusals_in_a_row import RefusalsInARow


def test_the_third_in_a_row_pauses_and_an_answer_begins_the_count_anew() -> None:
    row = RefusalsInARow()
    assert [row.count_refusal(CauseCode.REFUSED_THREE_TIMES) for _ in range(2)] == [None, None]
    row.clear()
    answers = [row.count_refusal(CauseCode.REFUSED_THREE_TIMES) for _ in range(3)]
    assert answers == [None, None, CauseCode.REFUSED_THREE_TIMES]


def test_at_the_end_only_a_missing_right_to_read_pauses_for_fewer() -> None:
    row = RefusalsInARow()
    assert row.pause_cause_at_end() is None
    row.count_refusal(CauseCode.REFUSED_THREE_TIMES)
    assert row.pause_cause_at_end() is None
    row.count_refusal(CauseCode.COPY_REFUSED)
    assert row.pause_cause_at_end() is CauseCode.COPY_REFUSED
    row.clear()
    assert row.pause_cause_at_end() is None
