"""A plan as the user thinks of it: their own parents in sheet order, under each its links, and the counts to confirm.

Both values look at every link, so for a large sheet they are made off the window's thread.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from desktop.domain.entries import Links
from desktop.domain.plans import Plan, Side
from desktop.domain.records import RecordId

Parent = tuple[str, RecordId]


@dataclass(frozen=True, slots=True)
class Preview:
    """``parents[place]`` is a module and a record id, ``members[place]`` the numbers of its links, ``held`` those held back."""

    parents: Sequence[Parent]
    members: Sequence[Sequence[int]]
    held: AbstractSet[int]

    @classmethod
    def of(cls, links: Links) -> "Preview":
        """All links of a sheet by their parents, in sheet order."""
        groups: dict[Parent, list[int]] = {}
        modules = [relation.parent_module for relation in links.relations]
        for number, (relation, parent_id) in enumerate(zip(links.relation_of, links.parent_ids, strict=True)):
            groups.setdefault((modules[relation], parent_id), []).append(number)
        return cls(list(groups), list(groups.values()), frozenset() if links.included else links.suspicious)

    def ticked(self, unticked: Collection[int]) -> list[int]:
        """The links that may be sent when the parents at these places are left out."""
        held = self.held
        places = (place for place in range(len(self.parents)) if place not in unticked)
        return [link for place in places for link in self.members[place] if link not in held]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """How many parents and related records a plan touches, and how many calls are addressed from each of the sheet's parents.

    A reversed call belongs to no one parent of the sheet.
    """

    parents: int
    related: int
    calls_of: Mapping[RecordId, int]

    @classmethod
    def of(cls, plan: Plan) -> "PlanFacts":
        """The facts of a plan."""
        parents: set[RecordId] = set()
        related: set[RecordId] = set()
        calls_of: dict[RecordId, int] = {}
        for batch in plan.batches:
            near, far = (parents, related) if batch.side is Side.PARENT else (related, parents)
            near.add(batch.call_parent_id)
            far.update(batch.ids)
            if batch.side is Side.PARENT:
                calls_of[batch.call_parent_id] = calls_of.get(batch.call_parent_id, 0) + 1
        return cls(len(parents), len(related), calls_of)
