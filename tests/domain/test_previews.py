"""The user's own view of a plan: parents in sheet order, what is ticked, and counts that fit the plan."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.building import LinksBuilder
from desktop.domain.entries import Links
from desktop.domain.findings import Findings, Presence
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.previews import LinkFate, PlanFacts, Preview, Unticked
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

FORWARD, OTHER = Relation("Campaigns", "Contacts"), Relation("Products", "Leads")


def parent_id(number: int) -> RecordId:
    return RecordId(f"36523970000003{number:05d}")


def related_id(number: int) -> RecordId:
    return RecordId(f"36523970000009{number:05d}")


def members_of(preview: Preview, place: int) -> list[int]:
    """The numbers of a parent's links."""
    return [preview.order[position] for position in preview.positions_of(place)]


@st.composite
def some_links(draw: st.DrawFn) -> Links:
    pairs = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.integers(0, 30)), max_size=60, unique=True))
    links = LinksBuilder()
    for row, (other, parent, related) in enumerate(pairs, start=2):
        links.add(OTHER if other else FORWARD, parent_id(parent), related_id(related), row)
    suspicious = draw(st.sets(st.integers(0, max(0, len(pairs) - 1)))) if pairs else set[int]()
    return links.build(suspicious, included=draw(st.booleans()))


@given(some_links())
def test_every_link_stands_under_its_own_parent_once_and_parents_in_sheet_order(links: Links) -> None:
    preview = Preview.of(links)
    assert sorted(preview.order) == list(range(len(links)))
    for place in range(len(preview)):
        ends = {(links.relation(number).parent_module, links.parent_ids[number]) for number in members_of(preview, place)}
        assert ends == {preview.parent(place)}
    parents = [preview.parent(place) for place in range(len(preview))]
    assert len(set(parents)) == len(parents)
    firsts = [members_of(preview, place)[0] for place in range(len(preview))]
    assert firsts == sorted(firsts)


@given(some_links(), st.data())
def test_what_is_ticked_is_what_may_be_sent_of_the_others(links: Links, data: st.DataObject) -> None:
    preview = Preview.of(links)
    out = data.draw(st.lists(st.integers(0, 1), min_size=len(links), max_size=len(links)))
    left_out = {number for number, is_out in zip(preview.order, out, strict=True) if is_out}
    unticked = Unticked(bytes(out))
    assert bool(unticked) == bool(left_out)
    assert preview.ticked(unticked) == [number for number in links.sendable() if number not in left_out]
    assert preview.ticked(Unticked()) == links.sendable()


@given(some_links(), st.sampled_from(["", "3", "00000", parent_id(2), related_id(11), "  spring", "no such name"]), st.data())
def test_what_is_found_has_the_text_in_an_id_or_its_name_and_a_link_of_the_fates(
    links: Links, text: str, data: st.DataObject
) -> None:
    presence = data.draw(st.lists(st.sampled_from(Presence), min_size=len(links), max_size=len(links)))
    fates = data.draw(st.sets(st.sampled_from(LinkFate)))
    names = {parent_id(4): "Spring fair"}
    preview = Preview.of(links, Findings(bytearray(presence)))
    shown = preview.find(text, names, fates)
    expected = []
    for place in range(len(preview)):
        own = preview.parent(place)[1]
        texts = [own, names.get(own, "").lower(), *(links.related_ids[number] for number in members_of(preview, place))]
        has_fate = not fates or any(preview.fates[number] in fates for number in members_of(preview, place))
        if has_fate and any(text.strip() in one for one in texts):
            expected.append(place)
    assert list(shown.places) == expected
    theirs = {position for place in expected for position in preview.positions_of(place)}
    assert [position for position, is_shown in enumerate(shown.positions) if is_shown] == sorted(theirs)
    assert len(shown.positions) == len(links)


@given(some_links(), st.data())
def test_counts_and_places_agree_with_the_fates_of_the_links(links: Links, data: st.DataObject) -> None:
    presence = data.draw(st.lists(st.sampled_from(Presence), min_size=len(links), max_size=len(links)))
    findings = Findings(bytearray(presence))
    preview = Preview.of(links).with_findings(findings)
    assert preview == Preview.of(links, findings)
    for fate in LinkFate:
        of_places = [sum(preview.fates[n] == fate for n in members_of(preview, place)) for place in range(len(preview))]
        assert list(preview.counts[fate]) == of_places
        assert preview.count(fate) == sum(preview.counts[fate])
    held = set() if links.included else links.suspicious
    gone = (Presence.NOT_LINKED, Presence.NOT_FOUND)
    sent = [n for n in range(len(links)) if n not in held and presence[n] not in gone]
    assert preview.ticked(Unticked()) == sent


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
