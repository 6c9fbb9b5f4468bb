"""A run against a CRM that does anything, in any order: it ends, says nothing false, and never sends blindly."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmUnreachable, RequestRefused, TokenRejected
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import REMOVED, CallAnswer, CopyAnswer, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch, Side, SideChoice
from desktop.domain.runs import Change, Intent, Returned, RunState, Settled, Sighted
from tests.engine.rehearsal import NOT_FOUND, Deed, FakeCrm, Rehearsal, applied_then, pairs_of, works
from tests.thorough import examples
from tests.truth.quick_clock import QuickClock

LOST = AnswerMissing("c", "the connection was cut")
LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED, "RECORD_LOCKED")


def half_answered(crm: FakeCrm, batch: Batch) -> CallAnswer:
    outcomes = crm.apply(batch)
    return CallAnswer({**outcomes, batch.ids[0]: LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_INCOMPLETE)})


def half_copied(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
    call_id, pair = batches[0].ids[0], pairs_of(batches[0])[0]
    return CopyAnswer({call_id: {}} if pair in crm.linked else {}, whole=False)


def refusal(scope: RefusalScope, cause: CauseCode) -> RequestRefused:
    return RequestRefused("c", Refusal(scope, cause, 400, "CODE", "words"))


def denies(crm: FakeCrm, batch: Batch) -> CallAnswer:
    """Zoho says of links that are there that they are not."""
    return CallAnswer(dict.fromkeys(batch.ids, NOT_FOUND))


def deaf_to_the_other_end(lie: Sequence[LinkOutcome], deed: Deed | Exception) -> Deed:
    """A CRM that does nothing for a reversed call, and says anything of each id; from the sheet's side it does its part."""

    def deaf(crm: FakeCrm, batch: Batch) -> CallAnswer:
        if batch.side is Side.RELATED and not isinstance(deed, Exception):
            return CallAnswer({call_id: lie[place % len(lie)] for place, call_id in enumerate(batch.ids)})
        if isinstance(deed, Exception):
            raise deed
        return deed(crm, batch)

    return deaf


REFUSALS = [
    refusal(RefusalScope.IDS, CauseCode.ID_FORMAT),
    refusal(RefusalScope.CALL, CauseCode.REFUSED_OTHER),
    refusal(RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND),
    refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING),
]
REJECTED = TokenRejected("c", "INVALID_TOKEN")
NOTHING_DONE: list[Exception] = [CrmBusy("c", 1.0), CrmUnreachable("c", "no network"), REJECTED, *REFUSALS]
OPEN: list[Deed | Exception] = [LOST, applied_then(LOST), applied_then(AnswerNotUnderstood("c", 500)), half_answered]
deeds: st.SearchStrategy[Deed | Exception] = st.sampled_from([works, works, denies, *OPEN, *NOTHING_DONE])
readings = st.sampled_from([None, None, None, half_copied, LOST, *NOTHING_DONE])


@examples(40)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=14, unique=True),
    st.lists(deeds, max_size=14),
    st.lists(readings, max_size=8),
    st.lists(st.sampled_from([LOST, AnswerNotUnderstood("c", 502)]), max_size=5),
    st.booleans(),
    st.sampled_from(SideChoice),
    st.sets(st.integers(0, 13)),
    st.lists(st.sampled_from([REMOVED, NOT_FOUND, LOCKED]), max_size=3),
)
def test_whatever_happens_the_run_ends_and_tells_the_truth(
    pairs: list[tuple[int, int]],
    script: list[Deed | Exception],
    copies: list[Exception | None],
    reads: list[Exception],
    safety_copy: bool,
    side: SideChoice,
    absent: set[int],
    lie: list[LinkOutcome],
) -> None:
    if not safety_copy:  # no read saw these links, so what Zoho says of them from the sheet's side is all that is known
        script = [works if deed is denies else deed for deed in script]
        absent = set() if lie else absent  # SUCCESS for a link that was never there cannot be told from a removal
    if lie:
        script = [deaf_to_the_other_end(lie, deed) for deed in (*script, *[works] * 60)]
    before: list[Change] = []
    linked: set[tuple[str, str]] = set()
    removed: set[tuple[str, str]] = set()
    for start in range(30):
        stage = Rehearsal(pairs, script, reads=reads, before=before, safety_copy=safety_copy, choice=side, clock=QuickClock())
        everything = list(zip(stage.book.links.parent_ids, stage.book.links.related_ids, strict=True))
        if start == 0:
            linked = {pair for number, pair in enumerate(everything) if number not in absent}
        stage.crm.linked = linked  # type: ignore[assignment]  # ids are text
        there = set(linked)
        stage.crm.copy_script = list(copies)
        ending = stage.run()
        removed |= there - linked
        before += stage.book.changes
        script, copies, reads = stage.crm.script, stage.crm.copy_script, stage.crm.read_script  # type: ignore[assignment]
        if ending.state is RunState.FINISHED:
            break
    assert ending.state is RunState.FINISHED
    for pair, outcome in zip(everything, stage.outcomes(), strict=True):
        match outcome.outcome:
            case Outcome.DELINKED:
                assert pair in removed and pair not in linked
            case Outcome.NOT_LINKED:
                assert pair not in linked and (pair not in removed or outcome.cause is CauseCode.GONE_UNPROVEN)
            case Outcome.REFUSED | Outcome.NOT_ATTEMPTED:
                assert pair not in removed
    assert no_blind_send(before)
    assert Ledger(len(pairs)).replay(before).outcomes() == stage.outcomes()


def no_blind_send(changes: Sequence[Change]) -> bool:
    """No link is intended again after a loss without a read of it between."""
    open_links: set[int] = set()
    flying: dict[int, Batch] = {}
    for change in changes:
        match change:
            case Intent(batch, _):
                if open_links & set(batch.link_numbers):
                    return False
                flying[batch.number] = batch
            case Returned(number, _, _):
                flying.pop(number)
            case Settled(_, outcomes, _):
                open_links |= {link for link, one in outcomes if one.outcome is Outcome.UNKNOWN}
                open_links -= {link for link, one in outcomes if one.outcome is not Outcome.UNKNOWN}
            case Sighted(linked, gone, _, _):
                open_links -= {*linked, *gone}
    return True
