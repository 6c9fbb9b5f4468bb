"""A new run is put on disk: its links and calls, and what is known of its links before it begins."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from desktop.application.custom_relations import check_accepted
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection
from desktop.domain.findings import Findings, Presence
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, Origin, RetryOf
from desktop.domain.outcomes import LinkFields
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks, check_rows_are_chosen
from desktop.domain.runs import Change, Copied, RunFacts, Settled, Sighted, check_same_place
from desktop.engine.decisions import ABSENT
from desktop.engine.judging import held_back
from desktop.engine.looks import usable_findings
from desktop.engine.ports import Clock, RunJournal


class NewRuns(Protocol):
    """Where a new run is put on disk."""

    def create(self, facts: RunFacts, sheet: SheetLinks, plan: Plan, left_out: Sequence[Change]) -> RunJournal: ...
    def new_id(self) -> str: ...


class NewRunPorts(Protocol):
    """What a new run is made with."""

    @property
    def runs(self) -> NewRuns: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def app_version(self) -> str: ...
    @property
    def os_user(self) -> str: ...


def new_run(
    ports: NewRunPorts,
    sheet: SheetLinks,
    plan: Plan,
    connection: Connection,
    *,
    safety_copy: bool = True,
    findings: Findings | None = None,
    retry_of: RunFacts | None = None,
) -> RunJournal:
    """Put a run on disk, ready to start: its rows, links and plan; links that the plan leaves out are noted at once.

    Without ``safety_copy`` no link is read before it is sent, and the run cannot be undone. ``findings`` are those of a
    look at the links before: what it proved absent ends so without being sent, as long as the look counts (see looks.py).
    ``retry_of`` are the facts of the run whose rest this one takes over.

    Raises HiddenRowsOpen, whoever calls: nothing is sent of a sheet whose rows are not chosen. Raises LookElsewhere and
    LookOutdated, after which the caller plans anew without the look; RunElsewhere for a retry in another account. Raises
    RelationNotAllowed for links of a relation that nobody accepted.
    """
    check_rows_are_chosen(sheet)
    check_accepted(sheet)
    if retry_of is not None:
        check_same_place(retry_of, connection)
    findings = usable_findings(findings, plan, connection, ports.clock)
    now = ports.clock.now()
    facts = RunFacts(
        run=ports.runs.new_id(),
        operation=Operation.REMOVE,
        origin=RetryOf(retry_of.run) if retry_of else Fresh(),
        started=_iso(now),
        sheet_path=sheet.path,
        sheet_name=sheet.name,
        sheet_sha256=sheet.sha256,
        reading=retry_of.reading if retry_of else sheet.reading.sentence(),
        relations=sheet.relations,
        connection=connection,
        side=plan.side,
        calls_planned=plan.calls,
        app_version=ports.app_version,
        os_user=ports.os_user,
        headers=sheet.headers,
        parent_column=sheet.columns.parent,
        related_column=sheet.columns.related,
        safety_copy=safety_copy,
    )
    return ports.runs.create(facts, sheet, plan, first_changes(sheet, plan, findings, now))


def run_with_copy(
    ports: NewRunPorts,
    before: RunFacts,
    operation: Operation,
    origin: Origin,
    sheet: SheetLinks,
    plan: Plan,
    fields: Mapping[int, LinkFields],
    connection: Connection,
) -> RunJournal:
    """Put a run on disk that begins with the safety copy of the run ``before`` it, and so takes none itself.

    ``fields`` are what each link of the sheet has of its own. Raises JournalUnwritable, and RunElsewhere for another account.
    """
    check_same_place(before, connection)
    check_accepted(sheet)
    now = ports.clock.now()
    facts = replace(
        before,
        run=ports.runs.new_id(),
        operation=operation,
        origin=origin,
        started=_iso(now),
        connection=connection,
        side=plan.side,
        calls_planned=plan.calls,
        app_version=ports.app_version,
        os_user=ports.os_user,
        safety_copy=False,
    )
    copied = Copied(tuple(fields), fields, now, reads=0)
    return ports.runs.create(facts, sheet, plan, [copied, *left_out(sheet, plan, now)])


def first_changes(sheet: SheetLinks, plan: Plan, findings: Findings | None, at: float) -> list[Change]:
    """What is known of a run's links before it begins: left out by the user, held back, or seen in the CRM before."""
    changes: list[Change] = []
    absent: frozenset[int] = frozenset()
    if findings is not None:
        sent = {link for batch in plan.batches for link in batch.link_numbers}
        gone = findings.links_with(Presence.NOT_LINKED, Presence.NOT_FOUND)
        absent = frozenset(gone) - sent
        changes.append(Sighted(tuple(findings.links_with(Presence.LINKED)), tuple(gone), findings.at, reads=0))
        if absent:
            changes.append(Settled(None, tuple((link, ABSENT) for link in sorted(absent)), at))
    return [*changes, *left_out(sheet, plan, at, absent)]


def left_out(sheet: SheetLinks, plan: Plan, at: float, absent: Collection[int] = ()) -> list[Change]:
    """The links that the plan does not send, as changes: their outcome is known before the run begins."""
    return [held_back(links, cause, at) for cause, links in links_left_out(sheet, plan, absent).items() if links]


def links_left_out(sheet: SheetLinks, plan: Plan, absent: Collection[int] = ()) -> Mapping[CauseCode, list[int]]:
    """The links that the plan does not send: suspicious ones held back, and those that the user did not tick.

    Those known to be ``absent`` are not among them.
    """
    sent = {link for batch in plan.batches for link in batch.link_numbers}
    suspicious = set() if sheet.links.included else sheet.links.suspicious
    rest = [link for link in range(len(sheet.links)) if link not in sent and link not in absent]
    return {
        CauseCode.HELD_BACK: [link for link in rest if link in suspicious],
        CauseCode.LEFT_OUT: [link for link in rest if link not in suspicious],
    }


def _iso(seconds: float) -> str:
    """Seconds since the epoch as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
