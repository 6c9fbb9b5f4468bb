"""Before a run: who the token belongs to, what goes into the run's record, and whether a run may go on here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from desktop.domain.causes import CauseCode
from desktop.domain.connections import PRACTICE_NAME, Connection
from desktop.domain.errors import RunElsewhere
from desktop.domain.pacing import MOST_LANES
from desktop.domain.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunFacts, RunKind
from desktop.engine.judging import held_back
from desktop.engine.ports import Crm, RunBook, Services, SettingsStore

LANES_SETTING = "lanes"


def with_account(crm: Crm) -> Connection:
    """The connection with the company and user that its token belongs to. Raises TokenRejected, CrmUnreachable and others."""
    return replace(crm.connection, account=crm.who_am_i())


def new_run(
    services: Services, sheet: SheetLinks, plan: Plan, connection: Connection, retry_of: RunFacts | None = None
) -> RunBook:
    """Put a run on disk, ready to start: its rows, links and plan; links that the plan leaves out are noted at once.

    ``retry_of`` are the facts of the run whose rest this one takes over.
    """
    now = services.clock.now()
    facts = RunFacts(
        run=services.runs.new_id(),
        kind=RunKind.RETRY if retry_of else RunKind.RUN,
        parent=retry_of.run if retry_of else None,
        started=iso(now),
        sheet_path=sheet.path,
        sheet_name=sheet.name,
        sheet_sha256=sheet.sha256,
        reading=retry_of.reading if retry_of else sheet.reading.sentence(),
        relations=sheet.relations,
        connection=connection,
        side=plan.side,
        calls_planned=plan.calls,
        app_version=services.app_version,
        os_user=services.os_user,
        headers=sheet.headers,
        parent_column=sheet.columns.parent,
        related_column=sheet.columns.related,
    )
    left_out = [held_back(links, cause, now) for cause, links in links_left_out(sheet, plan).items() if links]
    return services.runs.create(facts, sheet, plan, left_out)


def links_left_out(sheet: SheetLinks, plan: Plan) -> Mapping[CauseCode, list[int]]:
    """The links that the plan does not send: suspicious ones held back, and those that the user did not tick."""
    sent = {link for batch in plan.batches for link in batch.link_numbers}
    suspicious = set() if sheet.links.included else sheet.links.suspicious
    rest = [link for link in range(len(sheet.links)) if link not in sent]
    return {
        CauseCode.HELD_BACK: [link for link in rest if link in suspicious],
        CauseCode.LEFT_OUT: [link for link in rest if link not in suspicious],
    }


def lanes_wish(settings: SettingsStore) -> int | None:
    """The number of lanes that the user set; None: they adapt."""
    wish = settings.get(LANES_SETTING)
    return wish if isinstance(wish, int) and not isinstance(wish, bool) and 1 <= wish <= MOST_LANES else None


def check_same_place(facts: RunFacts, connection: Connection) -> None:
    """Raise RunElsewhere unless the connection leads to the host, environment and organisation of the run's first start.

    An organisation is compared where both are known. The practice CRM has another port at each start, so its host is not.
    """
    before = facts.connection
    same_host = before.api_url == connection.api_url or before.id == connection.id == PRACTICE_NAME
    organisations = {before.account.organisation_id, connection.account.organisation_id} - {""}
    if not same_host or before.environment is not connection.environment or len(organisations) > 1:
        raise RunElsewhere(before.label, connection.label)


def iso(seconds: float) -> str:
    """Seconds since the epoch as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
