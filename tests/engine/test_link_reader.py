"""Lists are read with few reads, what they show is told by link, and a fault of the program comes to light."""

from collections.abc import Callable, Sequence

import pytest

from desktop.domain.errors import AnswerMissing
from desktop.domain.outcomes import CopyAnswer
from desktop.domain.planning.plans import Batch, SideChoice, make_plan
from desktop.engine.link_reader import LinkReader, LinksShown
from desktop.engine.patient_lists import PatientLists, ReadingCancelled
from desktop.engine.reading_lanes import ReadingLanes
from tests.engine.rehearsal import CONTACTS, FakeCrm, Rehearsal


def read(stage: Rehearsal, crm: FakeCrm, after: Callable[[LinksShown, LinkReader], None] = lambda *_: None) -> list[LinksShown]:
    links, shown = stage.book.links, list[LinksShown]()
    lists = PatientLists(crm, stage.clock, 5)
    with ReadingLanes(lists, stage.clock) as lanes:
        reader = LinkReader(lists, lanes, links, make_plan(links, SideChoice.AS_SHEET).batches)
        for round_ in reader.rounds():
            for one in round_:
                shown.append(one)
                after(one, reader)
    return shown


def linked_and_gone(shown: Sequence[LinksShown]) -> tuple[list[int], list[int]]:
    return sorted(link for one in shown for link in one.linked), sorted(link for one in shown for link in one.gone)


def shows_half(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
    """A page that shows the first half of what was asked for, and says nothing of the rest."""
    ids = [call_id for one in batches for call_id in one.ids]
    return CopyAnswer({call_id: {} for call_id in ids[: len(ids) // 2]}, whole=False)


def test_a_list_is_read_in_one_go_and_says_what_is_linked_and_what_is_gone() -> None:
    stage = Rehearsal([(0, n) for n in range(250)])
    stage.crm.linked = {pair for pair in stage.crm.linked if pair[1] < "3652397000000900100"}
    assert linked_and_gone(read(stage, stage.crm)) == (list(range(100)), list(range(100, 250)))
    assert [len(batches) for batches in stage.crm.copied] == [3]


def test_links_that_pages_do_not_show_are_asked_for_by_ids() -> None:
    stage = Rehearsal([(0, n) for n in range(300)])
    stage.crm.copy_script = [shows_half]
    assert linked_and_gone(read(stage, stage.crm)) == (list(range(300)), [])
    assert [sum(map(len, batches)) for batches in stage.crm.copied] == [300, 100, 50]


def test_a_list_that_is_too_long_to_be_paged_through_is_asked_by_ids_at_once() -> None:
    stage = Rehearsal([(0, n) for n in range(2100)])
    assert linked_and_gone(read(stage, stage.crm)) == (list(range(2100)), [])
    assert [len(batches) for batches in stage.crm.copied] == [1] * 21


def test_long_list_is_paged_through_once_ids_prove_useless() -> None:
    stage = Rehearsal([(0, n) for n in range(2100)])

    class NoIds(FakeCrm):
        def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
            self.reads_by_ids = False
            return super().copy_of(batches, reads_on)

    crm = NoIds(stage.book)
    assert linked_and_gone(read(stage, crm)) == (list(range(2100)), [])
    assert len(crm.copied) <= 6, "only what was on its way already was asked for by ids"


def test_links_that_a_list_may_hide_are_told_apart_and_not_asked_for_again() -> None:
    stage = Rehearsal([(0, n) for n in range(150)])
    stage.crm.copy_script = [lambda _, batches: CopyAnswer({batches[0].ids[0]: {}}, whole=False, may_hide=True)]
    (shown,) = read(stage, stage.crm)
    assert (shown.linked, shown.gone, shown.hidden) == ((0,), (), tuple(range(1, 150)))


def test_a_relation_that_is_left_out_is_asked_for_no_more() -> None:
    stage = Rehearsal([(parent, 0) for parent in range(60)])
    shown = read(stage, stage.crm, lambda _, reader: reader.leave_out(CONTACTS))
    assert len(shown) == len(stage.crm.copied) < 20


def test_batches_can_be_added_between_rounds() -> None:
    stage, other = Rehearsal([(0, 0), (1, 0)]), list[Batch]()
    other += stage.book.plan.batches[1:]
    first = make_plan(stage.book.links, SideChoice.AS_SHEET, [0])
    lists = PatientLists(stage.crm, stage.clock, 5)
    seen: list[int] = []
    with ReadingLanes(lists, stage.clock) as lanes:
        reader = LinkReader(lists, lanes, stage.book.links, first.batches)
        for round_ in reader.rounds():
            seen += [link for one in round_ for link in one.linked]
            reader.read_first(other)
            other = []
    assert seen == [0, 1]


def test_error_that_outlasts_patience_comes_with_its_batches() -> None:
    stage = Rehearsal([(0, 0)])
    stage.crm.copy_script = [AnswerMissing("c", "cut")] * 9
    (shown,) = read(stage, stage.crm)
    assert isinstance(shown.error, AnswerMissing) and shown.batches[0].link_numbers == (0,)


def test_fault_of_the_program_is_raised_to_the_reader() -> None:
    stage = Rehearsal([(0, 0)])
    stage.crm.copy_script = [ZeroDivisionError("a fault")]
    with pytest.raises(ZeroDivisionError):
        read(stage, stage.crm)


def test_answers_before_a_cancel_are_yielded_and_nothing_is_read_after_it() -> None:
    stage, seen = Rehearsal([(parent, 0) for parent in range(60)]), list[LinksShown]()
    lists = PatientLists(stage.crm, stage.clock, 5)
    with pytest.raises(ReadingCancelled), ReadingLanes(lists, stage.clock) as lanes:
        for round_ in LinkReader(lists, lanes, stage.book.links, stage.book.plan.batches).rounds():
            seen += round_
            lanes.cancel()
    assert 0 < len(seen) <= len(stage.crm.copied) < 60
