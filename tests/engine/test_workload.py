"""The queue of a run, whatever the order in which its tasks come back."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.building import LinksBuilder
from desktop.domain.entries import Links
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.engine.workload import Task, TaskKind, Workload

CONTACTS = Relation("Campaigns", "Contacts")


def links_of(parents: list[int]) -> Links:
    """Make links of several parents: the parent with index i has ``parents[i]`` of them."""
    links = LinksBuilder()
    for parent, count in enumerate(parents):
        for related in range(count):
            links.add(CONTACTS, RecordId(f"36523970000003{parent:05d}"), RecordId(f"36523970000009{related:05d}"), 2)
    return links.build()


@given(
    st.lists(st.sampled_from([1, 3, 150, 450, 2100]), min_size=1, max_size=4),
    st.booleans(),
    st.booleans(),
    st.lists(st.integers(0, 1_000_000), min_size=10, max_size=100),
)
def test_every_call_is_handed_out_once_and_after_its_copy(
    parents: list[int], copy: bool, by_ids: bool, choices: list[int]
) -> None:
    links = links_of(parents)
    plan = make_plan(links, SideChoice.AS_SHEET)
    copied = bytearray(len(links)) if copy else None
    workload = Workload(links, plan.calls, copied, by_ids=by_ids)
    workload.queue_calls(plan.batches)
    flying: list[Task] = []
    sent: list[int] = []
    step = 0
    while len(workload) or flying:
        choice = choices[step % len(choices)]
        step += 1
        if len(flying) < 6 and (choice % 3 or not flying) and (task := workload.next_task(0.0)) is not None:
            here = [task, *(one for one in flying if one.call_list == task.call_list)]
            assert not any(one.pages for one in here) or not any(one.kind is TaskKind.SEND for one in here)
            flying.append(task)
        elif flying:
            task = flying.pop(choice % len(flying))
            workload.note_returned(task)
            numbers = [link for batch in task.batches for link in batch.link_numbers]
            if task.kind is TaskKind.SEND:
                assert copied is None or all(copied[link] for link in numbers)
                sent += numbers
            elif by_ids and choice % 5 == 0 and task.others:
                workload.read_otherwise(task)  # the list was not worth paging
                workload.queue_calls(task.batches, first=True)
            else:
                workload.note_read(numbers)
                workload.queue_calls(task.batches, first=True)
        assert step < 20_000
    assert sorted(sent) == list(range(len(links)))


def test_the_calls_of_one_long_list_do_not_wait_for_its_reads_by_ids() -> None:
    links = links_of([2300])
    workload = Workload(links, 23, bytearray(2300))
    workload.queue_calls(make_plan(links, SideChoice.AS_SHEET).batches)
    first, second = workload.next_task(0.0), workload.next_task(0.0)
    assert first is not None and second is not None and {first.kind, second.kind} == {TaskKind.COPY}
    workload.note_returned(first)
    workload.note_read(first.batch.link_numbers)
    workload.queue_calls([first.batch], first=True)
    removal = workload.next_task(0.0)
    assert removal is not None and removal.kind is TaskKind.SEND, "while the second read is on its way"
    third = workload.next_task(0.0)
    assert third is not None and third.kind is TaskKind.COPY, "while the removal is on its way"


def test_a_list_that_is_not_read_by_ids_after_all_is_paged_while_nothing_is_sent_on_it() -> None:
    links = links_of([2300])
    workload = Workload(links, 23, bytearray(2300))
    workload.queue_calls(make_plan(links, SideChoice.AS_SHEET).batches)
    first, second = workload.next_task(0.0), workload.next_task(0.0)
    assert first is not None and second is not None
    workload.note_returned(second)
    workload.note_read(second.batch.link_numbers)
    workload.queue_calls([second.batch], first=True)
    removal = workload.next_task(0.0)
    assert removal is not None and removal.kind is TaskKind.SEND
    workload.note_returned(first)
    workload.read_otherwise(first)
    workload.queue_calls([first.batch], first=True)
    assert workload.next_task(0.0) is None, "the read waits for the removal, and the others behind it"
    workload.note_returned(removal)
    again = workload.next_task(0.0)
    assert again is not None and again.kind is TaskKind.COPY and again.pages and again.batch == first.batch


def test_a_task_that_was_put_back_comes_again() -> None:
    links = links_of([250])
    plan = make_plan(links)
    workload = Workload(links, plan.calls, bytearray(250))
    workload.queue_calls(plan.batches)
    task = workload.next_task(0.0)
    assert task is not None and task.kind is TaskKind.COPY and len(task.batches) == 3
    workload.put_back(task)
    again = workload.next_task(0.0)
    assert again is not None and again.batches == task.batches


def test_a_long_list_is_copied_call_by_call_where_ids_can_be_asked_for_and_as_a_whole_where_not() -> None:
    links = links_of([2300])
    plan = make_plan(links)
    for by_ids, batches in ((True, 1), (False, 23)):
        workload = Workload(links, plan.calls, bytearray(2300), by_ids=by_ids)
        workload.queue_calls(plan.batches)
        task = workload.next_task(0.0)
        assert task is not None and len(task.batches) == batches
