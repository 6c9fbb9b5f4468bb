"""Before links are sent that an earlier run left unconfirmed, they are read; what is none of theirs holds nothing up."""

import pytest

from desktop.application.result_files import ResultFiles
from desktop.application.retrying import settle_earlier
from desktop.domain.causes import CauseCode
from desktop.domain.errors import LinksUnconfirmed
from desktop.domain.outcomes import Outcome
from desktop.domain.records import Link
from desktop.engine.control import RunControl
from desktop.practice import PracticeCrm
from tests.undo.stage import LINKS, Bench, sheet_of
from tests.undo.test_undo import causes

FIRST = [link for link in LINKS if link.parent_id == LINKS[0].parent_id]
OTHERS = [link for link in LINKS if link.parent_id != LINKS[0].parent_id]


def run_that_lost_its_first_call(bench: Bench, practice: PracticeCrm) -> str:
    """Finished, with the links of one campaign unconfirmed."""
    path = FIRST[0].parent_id
    practice.faults.add([{"match": {"method": "DELETE", "path": path}, "do": "fin", "apply": "yes"}])
    practice.faults.add([{"match": {"method": "GET", "path": path, "skip": 1}, "do": "fin", "times": 99}])
    run = bench.start(LINKS)
    assert bench.work(run).tally[Outcome.UNKNOWN] == len(FIRST)
    practice.faults.clear()
    return run


def settle(bench: Bench, wanted: list[Link]) -> None:
    client = bench.client()
    try:
        settle_earlier(bench.services, sheet_of(wanted), client, RunControl(), around=ResultFiles(bench.services).kept_true)
    finally:
        client.close()


def test_what_an_earlier_run_lost_is_read_and_written_into_its_record(bench: Bench, practice: PracticeCrm) -> None:
    run = run_that_lost_its_first_call(bench, practice)
    settle(bench, FIRST)
    assert causes(bench, run)[: len(FIRST)] == [CauseCode.REMOVED_PROVEN] * len(FIRST)
    assert [path.stem.endswith(run) for path in bench.services.results_folder.iterdir()] == [True]


def test_what_cannot_be_read_any_more_holds_up_only_its_own_links(bench: Bench, practice: PracticeCrm) -> None:
    """The campaign was deleted since: no read says anything about its links."""
    run = run_that_lost_its_first_call(bench, practice)
    bench.change("DELETE FROM records WHERE id = ?", FIRST[0].parent_id)
    bench.change("DELETE FROM records WHERE id = ?", FIRST[0].related_id)
    settle(bench, OTHERS)
    with pytest.raises(LinksUnconfirmed):
        settle(bench, [*OTHERS, FIRST[0]])
    assert bench.ledger(run).tally[Outcome.UNKNOWN] >= 1


def test_an_earlier_run_that_was_undone_says_how_much_of_it_was_put_back(bench: Bench) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    bench.work(bench.start_undo(run, chosen=[0, 1, 2]))
    (earlier,) = bench.services.runs.earlier(sheet_of(LINKS), bench.connection)
    assert (earlier.run, earlier.removed, earlier.put_back) == (run, len(LINKS), 3)
