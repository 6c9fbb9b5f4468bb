"""No plan is made without chosen rows, and a retry keeps to the ends that it may use."""

from dataclasses import replace

import pytest

from desktop.application.planning import plan_retry, plan_sheet
from desktop.application.retrying import Retry
from desktop.domain.errors import HiddenRowsOpen
from desktop.domain.planning.plans import SideChoice
from desktop.domain.row_choices import HiddenCounts
from tests.application.office import PAIRS
from tests.truth.stage import sheet_of


def test_what_was_ticked_is_planned_and_the_first_links_go_before_the_others() -> None:
    plan = plan_sheet(sheet_of(PAIRS), numbers=[1, 2, 5], first=2)
    assert (plan.links_to_send, len(plan.first_links)) == (3, 2)


def test_nothing_is_planned_while_nobody_has_said_which_rows_are_meant() -> None:
    with pytest.raises(HiddenRowsOpen):
        plan_sheet(replace(sheet_of(PAIRS), hidden=HiddenCounts(3, 1)))


def test_a_retry_is_planned_anew_from_the_ends_that_it_may_use() -> None:
    sheet = sheet_of(PAIRS)
    plan = plan_sheet(sheet, SideChoice.AS_SHEET, range(4))
    retry = Retry(parent=None, sheet=sheet, plan=plan, sides=SideChoice.AS_SHEET)  # type: ignore[arg-type]  # not asked for
    anew = plan_retry(retry, first=1)
    assert (anew.links_to_send, len(anew.first_links), anew.side) == (4, 1, plan.side)
