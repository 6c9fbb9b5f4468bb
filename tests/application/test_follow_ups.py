"""After a run: its links are read again, what it left is planned anew, what it removed is planned to be put back."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.follow_ups import VerifiedRun, VerifyListener, prepare_retry, prepare_undo, verify_run
from desktop.application.outside import Runs
from desktop.application.result_files import OWN_FOLDER, ResultsRequest
from desktop.application.serving import AccountOffer, OpenAccount
from desktop.application.starting import RunRequest, start_run
from desktop.domain.errors import LinksUnconfirmed, NothingToRetry, ResultsOverSheet, RunNotOpenable, UndoImpossible
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import Outcome
from desktop.domain.texts import Text
from desktop.engine.control import RunControl
from desktop.engine.ports import RunJournal
from tests.application.office import PAIRS, Office, request_of
from tests.cli.driving import outcomes_in


class Told(VerifyListener):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.why: list[Text | str] = []
        self.links = self.lines = 0

    def reading(self, record: RunRecord, account: OpenAccount) -> None:
        self.began.append(f"{record.facts.run} {account.connection.account.company}")

    def unwritable(self, why: Text | str) -> None:
        self.why.append(why)

    def links_read(self, links: int) -> None:
        self.links = links

    def lines_written(self, done: int, total: int) -> None:
        self.lines = total


def verified(office: Office, run: str, told: VerifyListener | None = None, results: ResultsRequest = OWN_FOLDER) -> VerifiedRun:
    return verify_run(office.services, run, office.offer, RunControl(), told or Told(), results)


def undone(office: Office, run: str) -> str:
    undo, account = prepare_undo(office.services, run, office.offer, RunControl())
    book = start_run(office.services, RunRequest(undo.sheet, undo.plan, undo=undo), account, RunControl())
    office.work(book)
    return book.book.facts.run


def run_with_lost_answers(office: Office, *, first: int = 0) -> str:
    """Four links went, or the first of them, and nobody could find out."""
    office.crm.faults.add([{"match": {"method": "DELETE"}, "apply": "yes", "do": "fin"}])
    office.crm.faults.add([{"match": {"method": "GET", "path": "/Campaigns/"}, "times": 99, "do": "status", "status": 503}])
    run = office.removed(request_of(PAIRS[:4], first=first, safety_copy=False))
    office.crm.faults.clear()
    assert office.ledger(run).tally_at_rest[Outcome.UNKNOWN] == (first or 4)
    return run


def test_a_run_is_read_again_and_nothing_is_written_where_nothing_was_open(office: Office) -> None:
    run, told = office.removed(), Told()
    before = [path.stat().st_mtime_ns for path in office.services.results_folder.iterdir()]
    found = verified(office, run, told)
    assert (len(found.found.gone), found.found.differences, found.has_settled, found.written) == (len(PAIRS), (), False, None)
    assert (told.began, told.links, told.lines) == ([f"{run} Practice Ltd"], len(PAIRS), 0)
    assert [path.stat().st_mtime_ns for path in office.services.results_folder.iterdir()] == before


def test_what_a_reading_settles_is_written_into_the_record_and_into_results(office: Office) -> None:
    run, told = run_with_lost_answers(office), Told()
    found = verified(office, run, told)
    assert found.has_settled and found.written is not None and found.written.path is not None and told.lines
    assert office.ledger(run).tally[Outcome.UNKNOWN] == 0
    assert set(outcomes_in(found.written.path)) == {"Was not linked"} or set(outcomes_in(found.written.path)) == {"Removed"}


def test_results_are_written_where_they_are_wished_for_and_never_over_the_sheet(office: Office, tmp_path: Path) -> None:
    run = office.removed()
    found = verified(office, run, results=ResultsRequest(tmp_path / "proof.csv"))
    assert not found.has_settled and found.written is not None and found.written.path == tmp_path / "proof.csv"
    sheet = office.services.runs.read(run)
    with sheet, pytest.raises(ResultsOverSheet):
        verified(office, run, results=ResultsRequest(Path(sheet.facts.sheet_path), may_overwrite=True))


class OnlyReadable:
    """Runs whose locks are out of reach, as on a disk that may only be read."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def open(self, run: str) -> RunJournal:
        raise RunNotOpenable(run, "read-only file system")

    def __getattr__(self, name: str) -> object:
        return getattr(self._runs, name)


def test_a_run_that_cannot_be_written_is_read_all_the_same_and_its_record_stays(office: Office) -> None:
    run, told = run_with_lost_answers(office), Told()
    runs: object = OnlyReadable(office.services.runs)
    services = replace(office.services, runs=runs)  # type: ignore[arg-type]  # it passes everything else on
    found = verify_run(services, run, office.offer, RunControl(), told)
    assert (len(found.found.gone), told.why) == (4, ["read-only file system"])
    assert office.ledger(run).tally_at_rest[Outcome.UNKNOWN] == 4


def test_a_stopped_reading_tells_what_it_found_and_lets_go_of_the_run(office: Office) -> None:
    run, control = office.removed(), RunControl()
    control.stop()
    found = verify_run(office.services, run, office.offer, control, Told())
    assert len(found.found.unknown) == len(PAIRS)
    office.services.runs.open(run).close()


def test_links_that_were_linked_again_are_planned_with_what_the_run_left(office: Office) -> None:
    run = office.removed()
    with pytest.raises(NothingToRetry):
        prepare_retry(office.services, run, office.offer, RunControl())
    retry, account = prepare_retry(office.services, run, office.offer, RunControl(), changed_since=(3,))
    account.close()
    assert (retry.plan.links_to_send, list(retry.sheet.links.related_ids)) == (1, [PAIRS[3][1]])


def test_what_the_last_calls_became_is_read_before_a_retry_is_planned(office: Office) -> None:
    run, told = run_with_lost_answers(office, first=1), list[float]()
    retry, account = prepare_retry(office.services, run, office.offer, RunControl(), told.append)
    account.close()
    assert retry.plan.links_to_send == 3
    assert office.ledger(run).tally[Outcome.UNKNOWN] == 0
    assert list(office.services.results_folder.glob(f"*{run}*")), "its results say so too"


def test_a_stop_before_a_retry_or_an_undo_plans_nothing(office: Office) -> None:
    control = RunControl()
    control.stop()
    with pytest.raises(LinksUnconfirmed):
        prepare_retry(office.services, run_with_lost_answers(office), office.offer, control)
    with pytest.raises(LinksUnconfirmed):
        prepare_undo(office.services, office.removed(), office.offer, control)


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_an_undo_is_planned_for_what_the_run_removed(office: Office, is_signed_in: bool) -> None:
    run = office.removed()
    offer = office.offer if is_signed_in else AccountOffer()
    undo, account = prepare_undo(office.services, run, offer, RunControl())
    account.close()
    assert (undo.plan.links_to_send, undo.parent_links, undo.unconfirmed) == (len(PAIRS), len(PAIRS), 0)
    office.services.runs.open(run).close()


def test_a_run_without_a_safety_copy_an_undo_and_a_run_that_was_undone_are_not_undone(office: Office) -> None:
    def refuses(run: str, why: str) -> None:
        with pytest.raises(UndoImpossible, match=why):
            prepare_undo(office.services, run, office.offer, RunControl())

    run = office.removed()
    undo = undone(office, run)
    refuses(run, "run-undone-already")
    refuses(undo, "run-put-links-back")
    refuses(office.removed(request_of(PAIRS[:1], safety_copy=False)), "run-took-no-copy")


def test_what_was_put_back_and_is_gone_again_can_be_put_back_again(office: Office) -> None:
    run = office.removed()
    undone(office, run)
    assert (len(verified(office, run).found.back), verified(office, run).found.unwanted) == (len(PAIRS), ())
    undo, account = prepare_undo(office.services, run, office.offer, RunControl(), gone_again={PAIRS[2]})
    account.close()
    assert (undo.plan.links_to_send, list(undo.sheet.links.related_ids)) == (1, [PAIRS[2][1]])
