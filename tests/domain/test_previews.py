"""The user's own view of a plan: parents in sheet order, what is ticked, and counts that fit the plan."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.entries import Links
from desktop.domain.findings import Findings, Presence
from desktop.domain.plans import SideChoice, make_plan
from desktop.domain.previews import LinkFate, PlanFacts, Preview, Unticked
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


@given(some_links(), st.sets(st.integers(0, 12)), st.sets(st.integers(0, 60)))
def test_what_is_ticked_is_what_may_be_sent_of_the_others(links: Links, places: set[int], single: set[int]) -> None:
    preview = Preview.of(links)
    left_out = {number for place in places if place < len(preview.members) for number in preview.members[place]} | single
    unticked = Unticked(frozenset(places), frozenset(single))
    assert sorted(preview.ticked(unticked)) == [number for number in links.sendable() if number not in left_out]
    assert sorted(preview.ticked(Unticked())) == links.sendable()


@given(some_links(), st.data())
def test_counts_and_places_agree_with_the_fates_of_the_links(links: Links, data: st.DataObject) -> None:
    presence = data.draw(st.lists(st.sampled_from(Presence), min_size=len(links), max_size=len(links)))
    findings = Findings(bytearray(presence))
    preview = Preview.of(links).with_findings(links, findings)
    assert preview == Preview.of(links, findings)
    for fate in LinkFate:
        having = [place for place, members in enumerate(preview.members) if any(preview.fates[n] == fate for n in members)]
        assert preview.places_with(fate) == having
        assert preview.count(fate) == sum(preview.counts[fate])
    held = set() if links.included else links.suspicious
    gone = (Presence.NOT_LINKED, Presence.NOT_FOUND)
    sent = [n for n in range(len(links)) if n not in held and presence[n] not in gone]
    assert sorted(preview.ticked(Unticked())) == sent


@given(some_links(), st.sampled_from(SideChoice))
def test_the_counts_are_those_of_the_links_that_the_plan_sends(links: Links, choice: SideChoice) -> None:
    plan = make_plan(links, choice)
    facts = PlanFacts.of(plan)
    sent = links.sendable()
    assert facts.parents == len({links.parent_ids[number] for number in sent})
    assert facts.related == len({links.related_ids[number] for number in sent})
    assert sum(facts.calls_of.values()) <= plan.calls <= facts.reads or not sent
    if choice is SideChoice.AS_SHEET:
        assert sum(facts.calls_of.values()) == plan.calls
