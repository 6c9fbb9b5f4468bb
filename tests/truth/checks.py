"""What must be true after anything: the journal against the CRM's own memory, word by word."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger, RunRecord
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.runs import Intent, Moment

Pair = tuple[str, str]


@dataclass(frozen=True)
class Fate:
    """What the CRM knows of a link: whether it is there now, and how often a call removed it."""

    linked: bool
    removed: int


def fates(links: Iterable[Mapping[str, Any]]) -> dict[frozenset[str], Fate]:
    """The CRM's own account, by the two ids of each link."""
    return {frozenset((one["id_a"], one["id_b"])): Fate(bool(one["linked"]), int(one["removed"])) for one in links}


def falsehoods(record: RunRecord, crm: Mapping[frozenset[str], Fate]) -> list[str]:
    """Every outcome that the CRM contradicts: an empty list is what is wanted."""
    found = []
    for number, outcome in enumerate(record.ledger.outcomes()):
        pair = (record.links.parent_ids[number], record.links.related_ids[number])
        fate = crm.get(frozenset(pair), Fate(False, 0))
        if (wrong := _contradiction(outcome, fate)) is not None:
            found.append(f"{pair}: {outcome.outcome}/{outcome.cause} but {wrong}")
    return found


def _contradiction(outcome: LinkOutcome, fate: Fate) -> str | None:
    match outcome.outcome:
        case Outcome.DELINKED if fate.linked:
            return "it is still linked"
        case Outcome.DELINKED if not fate.removed:
            return "no call removed it"
        case Outcome.NOT_LINKED if fate.linked:
            return "it is linked"
        case Outcome.NOT_LINKED if fate.removed and outcome.cause is not CauseCode.GONE_UNPROVEN:
            return "this run removed it"
        case Outcome.REFUSED | Outcome.NOT_ATTEMPTED if fate.removed:
            return "it was removed"
    return None


def blind_sends(calls: Sequence[Mapping[str, Any]], open_before: Iterable[frozenset[str]] = ()) -> list[str]:
    """Removals that were sent again after an answer that left their fate open, without a read between.

    ``open_before`` are links whose fate was open before the first of these calls.
    """
    found, open_links = [], set(open_before)
    for call in calls:
        parts = str(call["path"]).strip("/").split("/")
        if len(parts) < 5:
            continue
        near, asked = parts[3], [one for one in str(call["asked"]).split(",") if one]
        if call["method"] == "GET" and not call["fault"] and call["status"] in (200, 204):
            open_links = {link for link in open_links if near not in link or (asked and not link & set(asked))}
        if call["method"] == "DELETE":
            links = {frozenset((near, far)) for far in asked}
            found += [f"{sorted(link)} was sent again blindly" for link in links & open_links]
            if _leaves_open(call):
                open_links |= links
    return found


def _leaves_open(call: Mapping[str, Any]) -> bool:
    if call["fault"] in ("", "rewrite"):
        return False
    return not (call["fault"] == "status" and 400 <= call["status"] < 500)


def unintended(calls: Sequence[Mapping[str, Any]], intents: Iterable[Intent]) -> list[str]:
    """Removals that reached the CRM without an intent in the journal."""
    reached = Counter((str(call["path"]).split("/")[4], str(call["asked"])) for call in calls if call["method"] == "DELETE")
    meant = Counter((str(one.batch.call_parent_id), ",".join(one.batch.ids)) for one in intents)
    return [f"{call} came {count} times, meant {meant[call]}" for call, count in reached.items() if count > meant[call]]


def unsteady(moments: Sequence[Moment], total: int) -> list[str]:
    """Where progress went back, or reached its end too early."""
    done = [moment.done for moment in moments]
    found = [f"progress fell from {a} to {b}" for a, b in pairwise(done) if b < a]
    return [*found, f"progress past its end: {done}"] if max(done, default=0) > total else found


def words_of(ledger: Ledger, links: Iterable[int]) -> set[CauseCode]:
    """The causes that these links ended with."""
    outcomes = ledger.outcomes()
    return {outcomes[link].cause for link in links}
