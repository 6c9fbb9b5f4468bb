"""The user's own view of a plan: parents in sheet order, what is ticked, and counts that fit the plan."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.entries import Links
from desktop.domain.plans import SideChoice, make_plan
from desktop.domain.previews import PlanFacts, Preview
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

FORWARD, OTHER = Relation("Campaigns", "Contacts"), Relation("Products", "Leads")


def parent_id(number: int) -> RecordId:
    return RecordId(f"36523970000003{number:05d}")


def related_id(number: int) -> RecordId:
    return RecordId(f"36523970000009{number:05d}")


@st.composite
def some_links(draw: st.DrawFn) -> Links:
    pairs = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.integers(0, 30)), max_size=60, unique=True))
    links = Links()
    for row, (other, parent, related) in enumerate(pairs, start=2):
        links.add(OTHER if other else FORWARD, parent_id(parent), related_id(related), row)
    links.suspicious = draw(st.sets(st.integers(0, max(0, len(pairs) - 1)))) if pairs else set()
    links.included = draw(st.booleans())
    return links


@given(some_links())
def test_every_link_stands_under_its_own_parent_once_and_parents_in_sheet_order(links: Links) -> None:
    preview = Preview.of(links)
    assert sorted(number for members in preview.members for number in members) == list(range(len(links)))
    for (module, parent), members in zip(preview.parents, preview.members, strict=True):
        assert {(links.relation(number).parent_module, links.parent_ids[number]) for number in members} == {(module, parent)}
    firsts = [members[0] for members in preview.members]
    assert firsts == sorted(firsts)


@given(some_links(), st.sets(st.integers(0, 12)))
def test_what_is_ticked_is_what_may_be_sent_of_the_other_parents(links: Links, unticked: set[int]) -> None:
    preview = Preview.of(links)
    left_out = {number for place in unticked if place < len(preview.members) for number in preview.members[place]}
    assert sorted(preview.ticked(unticked)) == [number for number in links.sendable() if number not in left_out]
    assert sorted(preview.ticked(())) == links.sendable()


@given(some_links(), st.sampled_from(SideChoice))
def test_the_counts_are_those_of_the_links_that_the_plan_sends(links: Links, choice: SideChoice) -> None:
    plan = make_plan(links, choice)
    facts = PlanFacts.of(plan)
    sent = links.sendable()
    assert facts.parents == len({links.parent_ids[number] for number in sent})
    assert facts.related == len({links.related_ids[number] for number in sent})
    assert sum(facts.calls_of.values()) <= plan.calls
    if choice is SideChoice.AS_SHEET:
        assert sum(facts.calls_of.values()) == plan.calls
