"""Plans the calls for a sheet, for what of it was ticked, or for what an earlier run left. No plan without chosen rows."""

from collections.abc import Iterable

from desktop.application.retrying import Retry
from desktop.domain.planning.plans import Plan, SideChoice, make_plan
from desktop.domain.readings import SheetLinks, check_rows_are_chosen


def plan_sheet(
    sheet: SheetLinks, sides: SideChoice = SideChoice.AUTO, numbers: Iterable[int] | None = None, first: int = 0
) -> Plan:
    """The calls for a sheet's links, or for those with these numbers; with ``first`` so many go first, and then it pauses.

    Raises HiddenRowsOpen where nobody has said yet which rows are meant.
    """
    check_rows_are_chosen(sheet)
    return make_plan(sheet.links, sides, numbers, first)


def plan_retry(retry: Retry, first: int = 0) -> Plan:
    """The calls of a retry, from those ends only that it may use."""
    numbers = [link for batch in retry.plan.batches for link in batch.link_numbers]
    return plan_sheet(retry.sheet, retry.sides, numbers, first)
