"""What stands on the first page of the results: who, where, what, when and how many, as evidence that stands by itself.

Times are ISO 8601 in UTC in every language, so that the page can be compared with a log.
"""

from datetime import UTC, datetime

from desktop.domain.history import Family, put_back_by
from desktop.domain.ledger import RunRecord
from desktop.domain.origins import RetryOf
from desktop.domain.relations import label_of
from desktop.domain.result_tables import ResultSheet, ResultWords, Section, SummaryPage
from desktop.domain.row_choices import LeftOut
from desktop.domain.runs import RunState, RunSummary
from desktop.words import say, say_count, say_text
from desktop.words.labels import environment_label, outcome_label
from desktop.words.rejections import explain_rejection

_Facts = list[tuple[str, str | int]]


def summary_of(record: RunRecord, family: Family, words: ResultWords) -> SummaryPage:
    """The page of a run; ``family`` are the runs around it."""
    sections = (
        Section(say("Outcomes"), [*_counts(record), *_undone(family)]),
        Section(say("Run"), _run(record, family)),
        Section(say("Account"), _account(record)),
        Section(say("Sheet"), _sheet(record)),
    )
    return SummaryPage(words.sheets[ResultSheet.SUMMARY], say("What became of the links"), sections)


def _counts(record: RunRecord) -> _Facts:
    outcomes = [known.outcome for known in record.ledger.outcomes()]
    facts: _Facts = [(outcome_label(outcome), outcomes.count(outcome)) for outcome in record.facts.operation.outcomes]
    facts.append((say("Links in all"), len(outcomes)))
    facts.append((say("Repeated in the sheet"), record.entries.duplicates))
    facts += [
        (say("Rejected: {cause}", cause=explain_rejection(reason).title), count)
        for reason, count in record.entries.rejected().items()
    ]
    facts.append((say("Entries in all"), len(record.entries)))
    left_out = ((reason, record.left_out.count(reason)) for reason in LeftOut)
    facts += [(_rows_left_out(reason), number) for reason, number in left_out if number]
    return facts


def _rows_left_out(reason: LeftOut) -> str:
    match reason:
        case LeftOut.HIDDEN:
            return say("Rows: left out: a hidden row")
        case LeftOut.FILTERED:
            return say("Rows: left out by your filter")


def _undone(family: Family) -> _Facts:
    """The counts above are what the run did; this is what became of it."""
    if not family.put_back:
        return []
    label = say("This run was undone") if family.is_undone else say("This run was undone in part")
    words = say_count(
        "{put_back} of {n} link that it removed was put back",
        "{put_back} of {n} links that it removed were put back",
        family.removed,
        put_back=family.put_back,
    )
    return [(label, words)]


def _run(record: RunRecord, family: Family) -> _Facts:
    facts, ledger = record.facts, record.ledger
    follows = (
        say("Tries again what this run left") if isinstance(facts.origin, RetryOf) else say("Puts back what this run removed")
    )
    changed = datetime.fromtimestamp(ledger.changed_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if ledger.changed_at else ""
    return [
        (say("State"), _state(ledger.state)),
        (say("Run"), facts.run),
        *([(follows, facts.origin.run)] if facts.origin.run is not None else []),
        *([(say("What this run left was tried again by"), family.retry.run)] if family.retry else []),
        *((say("Undone by run"), _undone_by(undo)) for undo in family.undos),
        (say("Started (UTC)"), facts.started),
        (say("Ended (UTC)"), changed if ledger.state is not RunState.RUNNING else ""),
        (say("Relation"), ", ".join(f"{say_text(label_of(relation))} ({relation.code})" for relation in facts.relations)),
        (say("Calls that put links back") if facts.operation.ends_linked else say("Removal calls"), ledger.calls),
        (say("Reading calls"), ledger.reads),
        (say("Calls addressed from"), _side(facts.side)),
        (say("Safety copy"), _safety_copy(record)),
        (say("Delink version"), facts.app_version),
        (say("User of this computer"), facts.os_user or _not_known()),
    ]


def _undone_by(undo: RunSummary) -> str:
    return say_count(
        "{run}: {n} link put back, started {when}",
        "{run}: {n} links put back, started {when}",
        put_back_by(undo),
        run=undo.run,
        when=undo.started,
    )


def _state(state: RunState) -> str:
    match state:
        case RunState.FINISHED:
            return say("Finished")
        case RunState.PAUSED:
            return say("Paused; it can be continued")
        case RunState.STOPPED:
            return say("Stopped; it can be continued")
        case RunState.RUNNING:
            return say("Running")
        case RunState.INTERRUPTED:
            return say("Interrupted; it can be continued")


def _side(side: str) -> str:
    match side:
        case "parent":
            return say("the parent records")
        case "related":
            return say("the related records")
    return say("both ends")


def _safety_copy(record: RunRecord) -> str:
    copies = record.ledger.copies
    if not record.facts.operation.takes_copy:
        return say_count("that of the run above, {n} link", "that of the run above, {n} links", copies)
    if not record.facts.safety_copy:
        return say("none")
    return say_count("{n} link, read before it was removed", "{n} links, read before they were removed", copies)


def _account(record: RunRecord) -> _Facts:
    connection = record.facts.connection
    account = connection.account
    return [
        (say("Company"), account.company or _not_known()),
        (say("Organisation ID"), account.organisation_id or _not_known()),
        (say("Zoho user"), " ".join(part for part in (account.user, account.email) if part) or _not_known()),
        (say("Data centre"), connection.data_centre.upper() or connection.api_url),
        (say("Environment"), environment_label(connection.environment) if connection.environment else _not_known()),
        (say("Version of Zoho's interface"), connection.api_version),
    ]


def _sheet(record: RunRecord) -> _Facts:
    facts = record.facts
    return [(say("File"), facts.sheet_name), (say("Read as"), say_text(facts.reading)), (say("SHA-256"), facts.sheet_sha256)]


def _not_known() -> str:
    return say("not known")
