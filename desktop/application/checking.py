"""Asks the CRM about the links of a sheet before anything is removed: which of them exist, and what their records are called.

Nothing is changed. Links that are tried out in the practice CRM are put into it first, so that there is something to find.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.application.accounts import belongs_to_practice
from desktop.application.custom_relations import check_offered
from desktop.application.serving import OpenAccount, OpenCrm, SignedIn, opened
from desktop.application.starting import SeededPractice
from desktop.domain.entries import Links
from desktop.domain.findings import Findings
from desktop.domain.pacing import lane_cap
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.relations import related_module
from desktop.engine.checking import LinkCheck
from desktop.engine.looks import is_recent
from desktop.engine.ports import Clock

__all__ = ["CrmCheck", "first_names", "is_recent", "names_of_links"]

_MOST_NAMES = 100


class CheckPorts(OpenCrm, Protocol):
    """What it takes to ask the CRM about links."""

    @property
    def practice(self) -> SeededPractice: ...
    @property
    def clock(self) -> Clock: ...


class CrmCheck:
    """One look at the links of a plan; ``on_progress`` gets how many reads of at most how many came back, on any thread."""

    def __init__(
        self,
        ports: CheckPorts,
        sheet: SheetLinks,
        plan: Plan,
        account: OpenAccount,
        on_progress: Callable[[int, int], None] = lambda _, __: None,
    ) -> None:
        self._practice = ports.practice if belongs_to_practice(account.connection) else None
        self._sheet, self._crm = sheet, account.crm
        lanes = lane_cap(account.connection.account.edition)
        self._check = LinkCheck(account.crm, ports.clock, sheet.links, plan, on_progress, lanes)

    def run(self) -> Findings:
        """Look at every link of the plan.

        Raises RelationNotOffered, ReadingCancelled and, where nothing more can be learned, the CrmError leaves.
        """
        check_offered(self._crm, self._sheet.relations)
        if self._practice is not None:
            self._practice.seed(self._sheet)
        return self._check.run()

    def cancel(self) -> None:
        """End soon. Any thread may call this."""
        self._check.cancel()


def first_names(ports: CheckPorts, account: SignedIn, sheet: SheetLinks, *, is_new: bool = True) -> dict[RecordId, str]:
    """Names of the first parents and of the first related records of a sheet; none where they may not be read.

    With ``is_new`` the sheet's links are put into the practice CRM, if that is asked.
    """
    if is_new and belongs_to_practice(account.connection):
        ports.practice.seed(sheet)
    names: dict[RecordId, str] = {}
    relation = sheet.relations[0]
    ends = (relation.parent_module, sheet.links.parent_ids), (related_module(relation), sheet.links.related_ids)
    with opened(ports, account) as conversation:
        for module, ids in ends:
            if module is None:
                continue
            names.update(conversation.crm.names_of(module, _first_of(ids)))
    return names


def names_of_links(ports: OpenCrm, account: SignedIn, links: Links, numbers: Sequence[int]) -> dict[RecordId, str]:
    """Names of both records of these few links."""
    modules: dict[str, set[RecordId]] = {}
    for number in numbers:
        relation = links.relation(number)
        modules.setdefault(relation.parent_module, set()).add(links.parent_ids[number])
        if (related := related_module(relation)) is not None:
            modules.setdefault(related, set()).add(links.related_ids[number])
    with opened(ports, account) as conversation:
        read = conversation.crm.names_of
        return {record: name for module, ids in modules.items() for record, name in read(module, ids).items()}


def _first_of(ids: Sequence[RecordId]) -> list[RecordId]:
    """The first of these records, each once; there may be a million."""
    first: dict[RecordId, None] = {}
    for record_id in ids:
        first[record_id] = None
        if len(first) == _MOST_NAMES:
            break
    return list(first)
