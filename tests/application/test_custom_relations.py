"""Which lists of its own an organisation offers, and that a run begins only with those that somebody accepted and it offers."""

from dataclasses import replace

import pytest

from desktop.application.checking import CrmCheck, first_names
from desktop.application.custom_relations import check_accepted, check_offered, find_custom_relations
from desktop.application.planning import plan_sheet
from desktop.application.serving import opened
from desktop.domain.building import LinksBuilder
from desktop.domain.errors import RelationNotAllowed, RelationNotOffered
from desktop.domain.findings import Presence
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import Relation
from tests.application.office import PAIRS, Office, request_of
from tests.truth.stage import sheet_of

VISITORS, SPONSORS = Relation("Trade_Fairs", "Visitors"), Relation("Trade_Fairs", "Sponsors")


def sheet_of_relation(relation: Relation, *, is_accepted: bool = True) -> SheetLinks:
    sheet, builder = sheet_of(PAIRS), LinksBuilder([relation])
    for number in range(len(sheet.links)):
        link = sheet.links[number]
        builder.add(relation, link.parent_id, link.related_id, sheet.links.first_rows[number])
    accepted = frozenset({relation}) if is_accepted else frozenset[Relation]()
    return replace(sheet, links=builder.build(), choice=ReadingChoice(relation, accepted_relations=accepted))


def test_only_lists_of_its_own_that_the_account_offers_are_found(office: Office) -> None:
    assert find_custom_relations(office.services, office.account) == (VISITORS,)
    office.crm.state.set(scopes=["ZohoCRM.modules.ALL"])
    assert find_custom_relations(office.services, office.account) == ()


def test_what_is_built_in_needs_no_word_and_no_call(office: Office) -> None:
    check_accepted(sheet_of(PAIRS))
    before = len(office.crm.state.calls())
    with opened(office.services, office.account) as account:
        check_offered(account.crm, [Relation("Campaigns", "Contacts"), Relation("Contacts", "Campaigns")])
        assert len(office.crm.state.calls()) == before
        for relation in (SPONSORS, Relation("Trade_Fairs", "Notes"), Relation("Leads", "Visitors")):
            with pytest.raises(RelationNotOffered):
                check_offered(account.crm, [VISITORS, relation])


@pytest.mark.parametrize(("relation", "is_accepted"), [(VISITORS, False), (SPONSORS, True)])
def test_a_run_begins_neither_without_a_persons_word_nor_without_the_accounts(
    office: Office, relation: Relation, is_accepted: bool
) -> None:
    sheet = sheet_of_relation(relation, is_accepted=is_accepted)
    with pytest.raises(RelationNotAllowed):
        office.start(replace(request_of(), sheet=sheet, plan=plan_sheet(sheet)))
    assert not office.services.runs.summaries()
    assert office.crm.state.counts()["removals"] == 0


def test_its_links_are_looked_at_and_only_the_records_whose_module_is_known_are_named(office: Office) -> None:
    office.crm.seed([("Trade_Fairs", "Visitors", *pair) for pair in PAIRS[:5]], share=False)
    sheet = sheet_of_relation(VISITORS)
    with opened(office.services, office.account) as account:
        findings = CrmCheck(office.services, sheet, plan_sheet(sheet), account).run()
    assert findings.count(Presence.LINKED) == 5
    assert findings.count(Presence.NOT_LINKED) + findings.count(Presence.NOT_FOUND) == len(PAIRS) - 5
    named = set(first_names(office.services, office.account, sheet))
    assert named and named <= {parent for parent, _ in PAIRS}
