"""Before a removal the CRM is asked about links: which exist, and what their records are called. Nothing changes."""

from pathlib import Path

import pytest

from desktop.application.checking import CrmCheck, first_names, names_of_links
from desktop.application.planning import plan_retry, plan_sheet
from desktop.application.retrying import Retry
from desktop.application.serving import opened, practice_account
from desktop.application.sheet_reports import save_findings, save_problem_rows
from desktop.domain.errors import ResultsOverSheet
from desktop.domain.findings import Presence
from desktop.domain.plans import SideChoice
from desktop.engine.patient_lists import ReadingCancelled
from desktop.sheets.links_sheet import open_sheet
from tests.application.office import PAIRS, Office
from tests.cli.driving import write_sheet
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


def test_a_retry_is_planned_anew_from_the_ends_that_it_may_use() -> None:
    sheet = sheet_of(PAIRS)
    plan = plan_sheet(sheet, SideChoice.AS_SHEET, range(4))
    retry = Retry(parent=None, sheet=sheet, plan=plan, sides=SideChoice.AS_SHEET)  # type: ignore[arg-type]  # not asked for
    anew = plan_retry(retry, first=1)
    assert (anew.links_to_send, len(anew.first_links), anew.side) == (4, 1, plan.side)


def test_what_is_told_of_a_sheet_never_takes_its_place(office: Office, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "mine.csv", [*PAIRS, (PAIRS[0][0], "Bob")])
    sheet = open_sheet(path)
    with opened(office.services, office.account) as account:
        findings = CrmCheck(office.services, sheet, plan_sheet(sheet), account).run()
    before = path.read_bytes()
    with pytest.raises(ResultsOverSheet):
        save_problem_rows(office.services, sheet, path)
    with pytest.raises(ResultsOverSheet):
        save_findings(office.services, sheet, findings, path)
    assert path.read_bytes() == before
    assert save_problem_rows(office.services, sheet, tmp_path / "problems.csv") > 0
    assert save_findings(office.services, sheet, findings, tmp_path / "found.csv") > len(PAIRS)
