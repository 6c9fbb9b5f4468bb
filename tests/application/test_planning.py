"""A plan of a sheet, of what was ticked in it, or none at all while it is not clear which rows are meant."""

from dataclasses import replace

import pytest

from desktop.application.planning import plan_sheet
from desktop.domain.errors import HiddenRowsOpen
from desktop.domain.plans import SideChoice
from desktop.domain.row_choices import HiddenCounts, HiddenRows
from tests.application.office import PAIRS
from tests.truth.stage import sheet_of


def test_only_the_links_that_were_ticked_are_planned_and_the_first_of_them_pause() -> None:
    sheet = sheet_of(PAIRS)
    assert plan_sheet(sheet).links_to_send == len(PAIRS)
    plan = plan_sheet(sheet, SideChoice.AS_SHEET, [5, 0], first=1)
    assert sorted(link for batch in plan.batches for link in batch.link_numbers) == [0, 5]
    assert plan.pause_after == 1


@pytest.mark.parametrize("hidden", [HiddenCounts(rows=2, with_links=1), HiddenCounts(are_known=False)])
def test_nothing_is_planned_before_somebody_said_which_rows_are_meant(hidden: HiddenCounts) -> None:
    sheet = sheet_of(PAIRS)
    sheet = replace(sheet, hidden=hidden)
    with pytest.raises(HiddenRowsOpen):
        plan_sheet(sheet)
    for meant in HiddenRows:
        assert plan_sheet(replace(sheet, choice=replace(sheet.choice, hidden_rows=meant))).links_to_send == len(PAIRS)
