"""Before a removal the CRM is asked about links: which exist, and what their records are called. Nothing changes."""

import pytest

from desktop.application.checking import CrmCheck, first_names, names_of_links
from desktop.application.planning import plan_sheet
from desktop.application.serving import opened, practice_account
from desktop.domain.findings import Presence
from desktop.engine.patient_lists import ReadingCancelled
from tests.application.office import PAIRS, Office
from tests.truth.stage import sheet_of

GONE = [(PAIRS[0][0], PAIRS[11][1])]


def test_links_that_are_there_are_told_from_those_that_are_not(office: Office) -> None:
    sheet = sheet_of([*PAIRS[:3], *GONE])
    with opened(office.services, office.account) as account:
        findings = CrmCheck(office.services, sheet, plan_sheet(sheet), account).run()
    assert (findings.count(Presence.LINKED), findings.count(Presence.NOT_LINKED)) == (3, 1)
    assert (office.crm.state.counts()["removals"], office.crm.state.counts()["links_now"]) == (0, len(PAIRS))


def test_in_practice_the_links_of_the_sheet_are_put_in_first(office: Office) -> None:
    sheet = sheet_of(PAIRS)
    with opened(office.services, practice_account(office.services)) as account:
        findings = CrmCheck(office.services, sheet, plan_sheet(sheet), account).run()
    assert findings.count(Presence.LINKED) > len(PAIRS) // 2


def test_a_look_that_was_cancelled_finds_nothing(office: Office) -> None:
    sheet = sheet_of(PAIRS)
    with opened(office.services, office.account) as account, pytest.raises(ReadingCancelled):
        look = CrmCheck(office.services, sheet, plan_sheet(sheet), account)
        look.cancel()
        look.run()


def test_records_are_called_by_their_names(office: Office) -> None:
    sheet = sheet_of(PAIRS)
    names = first_names(office.services, office.account, sheet)
    assert set(names) == {one for pair in PAIRS for one in pair}
    assert set(names_of_links(office.services, office.account, sheet.links, [5])) == set(PAIRS[5])
