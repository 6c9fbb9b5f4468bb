"""Relations that only the organisation's own metadata can allow: which ones there are, and the proof before a run.

That a person accepted one of them by its name stands in the choice of its sheet, and later in its run's journal. Nothing of
that is a proof. Before a run begins or goes on, the account that serves it is asked whether it offers the relation, and
where it does not, or may not be asked, nothing is sent. The client asks once more, just before its first call
(crm/organisation.py), so that no way around this file leads to a call either.
"""

from collections.abc import Iterable, Sequence

from desktop.application.serving import OpenCrm, SignedIn, opened
from desktop.domain.errors import RelationNotAllowed, RelationNotOffered
from desktop.domain.readings import SheetLinks
from desktop.domain.relations import ONLY_WHERE_LISTED, Relation, check_allowed, is_custom
from desktop.engine.ports import Crm


def find_custom_relations(ports: OpenCrm, account: SignedIn) -> Sequence[Relation]:
    """Every relation beside the built-in ones that the metadata of this account offers: a call for each of its modules.

    Raises the CrmError leaves.
    """
    with opened(ports, account) as conversation:
        crm = conversation.crm
        return tuple(one for module in crm.modules() for one in crm.related_lists(module) if is_custom(one))


def check_offered(crm: Crm, relations: Iterable[Relation]) -> None:
    """Raise RelationNotOffered unless this account's metadata has those of the relations that need its word.

    Raises the CrmError leaves where the metadata cannot be read.
    """
    for relation in relations:
        if relation in ONLY_WHERE_LISTED:
            if relation.related_list not in (crm.visible_lists(relation.parent_module) or ()):
                raise RelationNotOffered(relation.code)
        elif is_custom(relation):
            try:
                check_allowed(relation, crm.related_lists(relation.parent_module))
            except RelationNotAllowed as exc:
                raise RelationNotOffered(relation.code) from exc


def check_accepted(sheet: SheetLinks) -> None:
    """Raise RelationNotAllowed for a sheet with links of a relation that is not built in and that nobody accepted."""
    for relation in sheet.relations:
        check_allowed(relation, sheet.choice.accepted_relations)
