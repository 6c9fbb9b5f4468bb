"""An undo among people who go on working, answers that are lost and programs that die."""

import json
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.application.undoing import undo_of
from desktop.application.undone_links import put_back_links
from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, UndoImpossible
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CallAnswer, LinkFields, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.runs import RunState
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm
from desktop.engine.settle import wait_out_losses
from desktop.practice import PracticeCrm
from desktop.words import say_text
from tests.patience import PATIENCE_S
from tests.truth.through import Through
from tests.undo.stage import LINKS, PRICE_BOOKS, Bench, blind_puts, linked_now, links_of


def removed_run(bench: Bench) -> str:
    run = bench.start(LINKS)
    assert bench.work(run).tally[Outcome.DELINKED] == len(LINKS)
    return run


def causes(bench: Bench, run: str) -> list[CauseCode]:
    return [known.cause for known in bench.ledger(run).outcomes()]


def test_an_undo_is_a_run_of_its_own_that_knows_its_parent(bench: Bench) -> None:
    run = removed_run(bench)
    undo = bench.start_undo(run)
    bench.work(undo)
    newest, before = bench.services.runs.summaries()
    assert (newest.run, newest.operation, newest.origin.run, newest.tally[Outcome.RELINKED]) == (
        undo,
        Operation.RESTORE,
        run,
        len(LINKS),
    )
    assert before.tally[Outcome.DELINKED] == len(LINKS), "the run that was undone keeps its own outcomes"


def test_what_somebody_linked_again_meanwhile_is_left_as_it_is(bench: Bench, practice: PracticeCrm) -> None:
    run = removed_run(bench)
    own = json.dumps({"Member_Status": "Chosen by hand"})
    bench.change("UPDATE links SET linked = 1, fields = ? WHERE id_b = ? OR id_a = ?", own, *[LINKS[5].related_id] * 2)
    undo = bench.start_undo(run)
    ending = bench.work(undo)
    assert (ending.tally[Outcome.RELINKED], ending.tally[Outcome.ALREADY_LINKED]) == (len(LINKS) - 1, 1)
    assert causes(bench, undo)[5] is CauseCode.LINKED_AGAIN
    assert {"Member_Status": "Chosen by hand"} in linked_now(practice).values()
    assert LINKS[5].related_id not in "".join(call["asked"] for call in practice.state.calls() if call["method"] == "PUT")


def test_a_run_that_was_undone_leaves_nothing_for_a_second_undo(bench: Bench) -> None:
    run = removed_run(bench)
    bench.work(bench.start_undo(run))
    with pytest.raises(UndoImpossible) as refused:
        bench.start_undo(run)
    assert say_text(refused.value.detail).startswith("it was undone already")


def test_a_second_undo_has_only_what_the_first_did_not_put_back(bench: Bench, practice: PracticeCrm) -> None:
    before = linked_now(practice)
    run = removed_run(bench)
    bench.work(bench.start_undo(run, chosen=[0, 1, 2]))
    with bench.read(run) as book:
        wanted = undo_of(book, put_back=put_back_links(bench.services.runs, book))
    assert (wanted.removed, wanted.put_back, wanted.plan.links_to_send) == (len(LINKS), 3, len(LINKS) - 3)
    second = bench.start_undo(run)
    with bench.read(second) as book:
        assert [book.links[link] for link in range(len(book.links))] == LINKS[3:]
    ending = bench.work(second)
    assert (ending.tally[Outcome.RELINKED], ending.tally[Outcome.ALREADY_LINKED]) == (len(LINKS) - 3, 0)
    assert linked_now(practice) == before


def test_what_was_put_back_and_is_gone_again_can_be_put_back_again(bench: Bench, practice: PracticeCrm) -> None:
    before = linked_now(practice)
    run = removed_run(bench)
    bench.work(bench.start_undo(run))
    bench.change("UPDATE links SET linked = 0 WHERE id_a = ? OR id_b = ?", *[LINKS[2].related_id] * 2)
    found = bench.verify(run)
    assert (found.missing, found.unwanted, len(found.back)) == ((2,), (), len(LINKS) - 1)
    gone = {(LINKS[2].parent_id, LINKS[2].related_id)}
    ending = bench.work(bench.start_undo(run, gone_again=gone))
    assert ending.tally.total == ending.tally[Outcome.RELINKED] == 1
    assert linked_now(practice) == before


def test_an_undo_that_was_forgotten_counts_for_nothing_and_the_next_one_finds_all_there(
    bench: Bench, practice: PracticeCrm
) -> None:
    run = removed_run(bench)
    undo = bench.start_undo(run)
    bench.work(undo)
    before = linked_now(practice)
    bench.services.runs.remove(undo)
    ending = bench.work(bench.start_undo(run))
    assert (ending.calls, ending.tally[Outcome.ALREADY_LINKED]) == (0, len(LINKS))
    assert linked_now(practice) == before


def test_an_undo_at_work_elsewhere_counts_for_nothing_until_it_can_be_read(bench: Bench) -> None:
    run = removed_run(bench)
    undo = bench.start_undo(run)
    bench.work(undo)
    with bench.services.runs.open(undo), bench.read(run) as book:
        assert put_back_links(bench.services.runs, book) == frozenset()
    with bench.read(run) as book:
        assert put_back_links(bench.services.runs, book) == frozenset(range(len(LINKS)))


def test_links_of_deleted_records_are_refused_and_the_others_come_back(bench: Bench) -> None:
    run = removed_run(bench)
    bench.change("DELETE FROM records WHERE id = ?", LINKS[0].related_id)
    bench.change("DELETE FROM records WHERE id = ?", LINKS[4].parent_id)
    undo = bench.start_undo(run)
    ending = bench.work(undo)
    told = causes(bench, undo)
    assert told[0] is CauseCode.RECORD_GONE
    assert told[4:8] == [CauseCode.PARENT_NOT_FOUND] * 4
    assert ending.tally[Outcome.RELINKED] == len(LINKS) - 5


def test_chosen_links_only(bench: Bench, practice: PracticeCrm) -> None:
    run = removed_run(bench)
    undo = bench.start_undo(run, chosen={1, 7, 99})
    assert bench.work(undo).tally.total == 2
    ends = {one for pair in linked_now(practice) for _, one in pair}
    assert ends == {one for number in (1, 7) for one in (LINKS[number].parent_id, LINKS[number].related_id)}
    with bench.read(undo) as book:
        assert [row.number for row in book.rows()] == [3, 9], "the rows of the sheet that led to them"


@pytest.mark.parametrize("why", ["no safety copy", "an undo", "nothing removed", "none of the chosen"])
def test_what_cannot_be_undone_says_so(bench: Bench, why: str) -> None:
    run, chosen = bench.start(LINKS, safety_copy=why != "no safety copy"), None
    if why != "nothing removed":
        bench.work(run)
    if why == "an undo":
        run = bench.start_undo(run)
        bench.work(run)
    if why == "none of the chosen":
        chosen = {99}
    with pytest.raises(UndoImpossible):
        bench.start_undo(run, chosen)


def test_a_price_comes_back_and_a_link_without_one_is_refused_alone(bench: Bench, practice: PracticeCrm) -> None:
    links = links_of(PRICE_BOOKS, 1, 8)
    bench.seed(links)
    bench.change("UPDATE links SET fields = '{}' WHERE id_a = ? OR id_b = ?", *[links[3].related_id] * 2)
    before = linked_now(practice)
    run = bench.start(links)
    bench.work(run)
    undo = bench.start_undo(run)
    message = {
        "code": "MANDATORY_NOT_FOUND",
        "details": {"json_path": "$.data[3].list_price"},
        "message": "required field not found",
    }
    as_a_whole = {"do": "status", "status": 400, "body": json.dumps(message), "match": {"method": "PUT"}}
    practice.faults.add([as_a_whole])
    ending = bench.work(undo)
    assert causes(bench, undo)[3] is CauseCode.VALUE_MISSING
    assert (ending.tally[Outcome.RELINKED], ending.tally[Outcome.REFUSED]) == (7, 1)
    missing = set(before) - set(linked_now(practice))
    assert len(missing) == 1 and linked_now(practice) == {pair: own for pair, own in before.items() if pair not in missing}


class Dying(Through):
    """The program dies during one call that puts links back, before or after it took effect."""

    def __init__(self, crm: Crm, die: Callable[[], None], *, applied: bool, nth: int = 2) -> None:
        super().__init__(crm)
        self._die, self._applied, self._left = die, applied, nth

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        self._left -= 1
        if self._left:
            return super().relink(batch, fields)
        if self._applied:
            super().relink(batch, fields)
        self._die()
        threading.Event().wait(PATIENCE_S)
        raise AnswerMissing("c", "the program is gone")


@pytest.mark.parametrize("applied", [True, False])
def test_a_program_that_dies_during_an_undo_goes_on_with_exactly_the_rest(
    bench: Bench, practice: PracticeCrm, applied: bool
) -> None:
    before = linked_now(practice)
    run = removed_run(bench)
    undo = bench.start_undo(run)
    bench.work(undo, lambda crm: Dying(crm, lambda: bench.control.stop(0.0), applied=applied), lanes=1)
    assert len(bench.ledger(undo).with_outcome(Outcome.UNKNOWN)) == 4
    bench.services.runs.remove(run)
    ending = bench.work(undo)
    assert (ending.state, ending.tally[Outcome.RELINKED]) == (RunState.FINISHED, len(LINKS))
    assert causes(bench, undo).count(CauseCode.PUT_BACK_PROVEN) == (4 if applied else 0)
    assert linked_now(practice) == before
    assert blind_puts(practice.state.calls()) == []


def test_answers_lost_each_time_end_as_still_not_linked(bench: Bench, practice: PracticeCrm) -> None:
    run = removed_run(bench)
    undo = bench.start_undo(run)
    practice.faults.add([{"do": "reset", "match": {"method": "PUT", "path": LINKS[0].parent_id}, "times": 3}])
    started = bench.services.clock.now()
    ending = bench.work(undo)
    assert causes(bench, undo)[:4] == [CauseCode.STILL_NOT_LINKED] * 4
    assert (ending.tally[Outcome.REFUSED], ending.tally[Outcome.RELINKED]) == (4, len(LINKS) - 4)
    assert bench.services.clock.now() - started >= 120
    assert blind_puts(practice.state.calls()) == []


def test_what_the_run_lost_is_settled_in_its_own_record_before_it_is_undone(bench: Bench, practice: PracticeCrm) -> None:
    before = linked_now(practice)
    run = bench.start(LINKS)
    practice.faults.add([{"do": "fin", "apply": "yes", "match": {"method": "DELETE"}, "times": 99}])
    for parent in {link.parent_id for link in LINKS}:  # the first read of each list is that of the safety copy
        practice.faults.add([{"do": "fin", "match": {"method": "GET", "path": parent, "skip": 1}, "times": 99}])
    ending = bench.work(run)
    practice.faults.clear()
    assert ending.tally[Outcome.UNKNOWN] == len(LINKS)
    undo = bench.start_undo(run)
    assert causes(bench, run) == [CauseCode.REMOVED_PROVEN] * len(LINKS)
    assert bench.work(undo).tally[Outcome.RELINKED] == len(LINKS)
    assert linked_now(practice) == before


class WaitingClock:
    """Goes on only while somebody waits."""

    def __init__(self, time: float) -> None:
        self._time = time

    def monotonic(self) -> float:
        return self._time

    def now(self) -> float:
        return self._time

    def random(self) -> float:
        return 0.5

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        assert seconds is not None
        self._time += seconds


def test_an_undo_waits_until_lost_calls_can_no_longer_take_effect(bench: Bench, practice: PracticeCrm) -> None:
    run = bench.start(LINKS)
    practice.faults.add([{"do": "fin", "apply": "yes", "match": {"method": "DELETE"}}])
    bench.work(run)
    told: list[float] = []
    ledger = bench.ledger(run)
    lost_at = max(loss.at for loss in ledger.lost().values())
    clock = WaitingClock(lost_at)
    assert wait_out_losses(ledger, clock, RunControl(), told.append)
    assert clock.now() == lost_at + 120
    assert told == list(range(120, 0, -1))
    stopped = RunControl()
    stopped.stop()
    assert not wait_out_losses(ledger, clock, stopped)


def test_results_of_an_undo_speak_its_words(bench: Bench, tmp_path: Path) -> None:
    run = removed_run(bench)
    bench.change("DELETE FROM records WHERE id = ?", LINKS[0].related_id)
    bench.change("UPDATE links SET linked = 1 WHERE id_b = ? OR id_a = ?", *[LINKS[5].related_id] * 2)
    undo = bench.start_undo(run)
    bench.work(undo)
    with bench.read(undo) as book:
        bench.services.write_results(book, tmp_path / "undo.xlsx")
    workbook = load_workbook(tmp_path / "undo.xlsx")
    assert workbook.sheetnames == ["Summary", "All rows", "Not put back"]
    header, *lines = workbook["All rows"].iter_rows(values_only=True)
    outcomes = [line[header.index("Outcome")] for line in lines]
    assert (outcomes[0], outcomes[5], outcomes.count("Put back")) == ("Refused", "Was linked again already", len(LINKS) - 2)
    assert workbook["Not put back"].max_row == 2
    facts = {label: value for label, value in workbook["Summary"].iter_rows(min_row=3, max_col=2, values_only=True) if label}
    assert (facts["Put back"], facts["Was linked again already"], facts["Refused"]) == (len(LINKS) - 2, 1, 1)
    assert facts["Puts back what this run removed"] == run
    assert "Removed" not in facts


def test_the_results_of_a_run_say_that_it_was_undone_and_tried_again(bench: Bench, tmp_path: Path) -> None:
    run = removed_run(bench)
    facts = summary_page(bench, run, tmp_path)
    assert not [label for label in facts if "undone" in label.lower()]
    first, second = bench.start_undo(run, chosen=[0, 1, 2]), ""
    bench.work(first)
    facts = summary_page(bench, run, tmp_path)
    assert facts["This run was undone in part"] == f"3 of {len(LINKS)} links that it removed were put back"
    assert str(facts["Undone by run"]).startswith(f"{first}: 3 links put back")
    assert facts["Removed"] == len(LINKS), "the run keeps its own outcomes"
    second = bench.start_undo(run)
    bench.work(second)
    facts = summary_page(bench, run, tmp_path)
    assert facts["This run was undone"] == f"{len(LINKS)} of {len(LINKS)} links that it removed were put back"
    assert str(facts["Undone by run"]).startswith(second), "each undo has its line"


def summary_page(bench: Bench, run: str, folder: Path) -> dict[str, object]:
    with bench.read(run) as book:
        bench.services.write_results(book, folder / "again.xlsx")
    page = load_workbook(folder / "again.xlsx")["Summary"]
    return {str(label): value for label, value in page.iter_rows(min_row=3, max_col=2, values_only=True) if label}
