"""Answers that may not be true: Zoho denies a link that was seen, or says that a call from the other end did its work."""

from collections.abc import Callable, Sequence

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, RequestRefused
from desktop.domain.findings import Presence
from desktop.domain.operations import Operation
from desktop.domain.outcomes import PUT_BACK, REMOVED, CallAnswer, CopyAnswer, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch, Side, SideChoice
from desktop.domain.runs import RunState
from desktop.engine.checking import LinkCheck
from desktop.engine.control import RunControl
from desktop.engine.directions import PROBES_BEFORE_AS_SHEET, LearnedDirections
from desktop.engine.settle import verify
from tests.engine.rehearsal import CONTACTS, NOT_FOUND, Deed, FakeCrm, Reading, Rehearsal, applied_then, works

# Five contacts, each on the same eight campaigns: five calls from the contacts' end, eight from the campaigns'.
GRID = [(campaign, contact) for contact in range(5) for campaign in range(8)]
LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED, "RECORD_LOCKED", "the record is locked")


def only_from_the_sheets_side(said: LinkOutcome) -> Deed:
    """The CRM does nothing for a call from the other end, and says this of each id."""

    def deed(crm: FakeCrm, batch: Batch) -> CallAnswer:
        return CallAnswer(dict.fromkeys(batch.ids, said)) if batch.side is Side.RELATED else works(crm, batch)

    return deed


def denies(crm: FakeCrm, batch: Batch) -> CallAnswer:
    return CallAnswer(dict.fromkeys(batch.ids, NOT_FOUND))


def meanwhile_removed(crm: FakeCrm, batch: Batch) -> CallAnswer:
    crm.apply(batch)
    return denies(crm, batch)


def sides(stage: Rehearsal) -> list[Side]:
    return [batch.side for batch in stage.crm.sent]


@pytest.mark.parametrize("safety_copy", [True, False])
@pytest.mark.parametrize("said", [NOT_FOUND, REMOVED, LOCKED])
def test_links_that_a_reversed_call_did_not_change_are_sent_from_the_sheets_side(said: LinkOutcome, safety_copy: bool) -> None:
    script = [only_from_the_sheets_side(said)] * 100
    stage = Rehearsal(GRID, script, choice=SideChoice.AUTO, safety_copy=safety_copy, lanes=1)
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, len(GRID))
    assert not stage.crm.linked
    assert sides(stage).count(Side.RELATED) == PROBES_BEFORE_AS_SHEET
    assert stage.book.ledger.as_sheet == {CONTACTS}
    assert sides(stage).count(Side.PARENT) == 8, "a call a campaign, for the links of all five contacts"


@pytest.mark.parametrize(("contacts", "probes"), [(2, 2), (3, 3), (7, 3)])
def test_turned_links_wait_for_each_other_and_go_in_few_calls(contacts: int, probes: int) -> None:
    """Also where the relation has fewer reversed calls than it takes to give it up."""
    pairs = [(campaign, contact) for contact in range(contacts) for campaign in range(30)]
    stage = Rehearsal(pairs, [only_from_the_sheets_side(NOT_FOUND)] * 100, choice=SideChoice.AUTO, safety_copy=True, lanes=5)
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == len(pairs) and not stage.crm.linked
    assert sides(stage) == [Side.RELATED] * probes + [Side.PARENT] * 30
    assert {len(batch) for batch in stage.crm.sent[probes:]} == {contacts}


def test_links_turned_before_a_relation_is_proven_are_still_sent() -> None:
    """The first contact is locked from its own end; from the other contacts' ends the calls are honoured."""

    def first_is_locked(crm: FakeCrm, batch: Batch) -> CallAnswer:
        is_first = batch.side is Side.RELATED and 0 in batch.link_numbers
        return CallAnswer(dict.fromkeys(batch.ids, LOCKED)) if is_first else works(crm, batch)

    stage = Rehearsal(GRID, [first_is_locked] * 100, choice=SideChoice.AUTO, lanes=5)
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == len(GRID) and not stage.crm.linked
    assert sides(stage) == [Side.RELATED] * 5 + [Side.PARENT] * 8


def test_a_stop_keeps_turned_links_for_the_next_start() -> None:
    stage = Rehearsal(GRID, choice=SideChoice.AUTO, lanes=1)
    stop = stage.control.stop

    def deny_and_stop(crm: FakeCrm, batch: Batch) -> CallAnswer:
        stop()
        return denies(crm, batch)

    stage.crm.script += [denies, deny_and_stop]
    assert stage.run().state is RunState.STOPPED
    rest = Rehearsal(GRID, [only_from_the_sheets_side(NOT_FOUND)] * 100, before=stage.book.changes, choice=SideChoice.AUTO)
    rest.crm.linked = stage.crm.linked
    assert rest.run().tally[Outcome.DELINKED] == len(GRID)


@pytest.mark.parametrize("said", [NOT_FOUND, REMOVED])
def test_the_first_reversed_call_waits_for_its_proof_before_others_leave(said: LinkOutcome) -> None:
    stage = Rehearsal(GRID, [only_from_the_sheets_side(said)] * 100, choice=SideChoice.AUTO, lanes=5)
    reads_before: list[int] = []
    send = stage.crm.delink

    def delink(batch: Batch) -> CallAnswer:
        if batch.side is Side.RELATED:
            reads_before.append(len(stage.crm.looked))
        return send(batch)

    stage.crm.delink = delink  # type: ignore[method-assign]  # to see what was read before each call
    stage.run()
    assert reads_before == [0, 1, 2]


def test_after_one_proof_the_other_reversed_calls_go_at_once() -> None:
    stage = Rehearsal(GRID, choice=SideChoice.AUTO, lanes=5)
    ending = stage.run()
    assert (ending.tally[Outcome.DELINKED], sides(stage)) == (len(GRID), [Side.RELATED] * 5)
    assert len(stage.crm.looked) == 1
    assert set(stage.causes()) == {CauseCode.REMOVED}
    assert stage.book.ledger.honoured == {CONTACTS}


def test_a_denial_proves_nothing_where_no_read_saw_the_links() -> None:
    """Without a safety copy, links that are gone do not show whether the call is honoured."""
    stage = Rehearsal(GRID, choice=SideChoice.AUTO)
    stage.crm.linked.clear()
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.NOT_LINKED]) == (RunState.FINISHED, len(GRID))
    assert sides(stage).count(Side.RELATED) == PROBES_BEFORE_AS_SHEET
    assert set(stage.causes()) == {CauseCode.RELATION_NOT_FOUND}


@pytest.mark.parametrize("choice", SideChoice)
def test_links_that_somebody_else_removed_are_not_counted_as_removed(choice: SideChoice) -> None:
    stage = Rehearsal(GRID[:8], [meanwhile_removed] * 20, choice=choice, safety_copy=True)
    stage.run()
    assert set(stage.causes()) == {CauseCode.GONE_MEANWHILE}
    assert {one.outcome for one in stage.outcomes()} == {Outcome.NOT_LINKED}


def test_what_zoho_denies_on_the_sheets_own_side_and_still_shows_is_refused_with_its_words() -> None:
    said = LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND, "INVALID_DATA", "record not deleted")
    stage = Rehearsal(
        [(0, 0), (0, 1)], [lambda _, batch: CallAnswer({batch.ids[0]: said, batch.ids[1]: REMOVED})], safety_copy=True
    )
    ending = stage.run()
    assert stage.outcomes()[0] == LinkOutcome(
        Outcome.REFUSED, CauseCode.DENIED_STILL_LINKED, "INVALID_DATA", "record not deleted"
    )
    assert (ending.tally[Outcome.REFUSED], len(stage.crm.sent), len(stage.crm.looked)) == (1, 1, 1)
    assert stage.clock.monotonic() < 1060, "Zoho answered, so nothing has to be waited for"


def test_a_link_whose_earlier_answer_was_lost_counts_as_removed_when_it_is_denied_and_gone() -> None:
    """The lost call takes effect after the read, so the second send meets nothing."""
    stage = Rehearsal([(0, 0)], [AnswerMissing("c", "cut"), meanwhile_removed], safety_copy=True)
    stage.run()
    assert stage.causes() == [CauseCode.REMOVED_PROVEN]


@pytest.mark.parametrize("operation", [Operation.REMOVE, Operation.RESTORE])
def test_three_server_errors_end_with_zohos_own_words(operation: Operation) -> None:
    error = AnswerNotUnderstood("c", 500, "the server had an error", code="INTERNAL_ERROR", message="Internal Server Error")
    stage = Rehearsal([(0, 0)], [error] * 3, safety_copy=True, operation=operation)
    stage.run()
    words = (CauseCode.SERVER_ERROR_EACH_TIME, "INTERNAL_ERROR", "Internal Server Error")
    assert stage.outcomes() == [LinkOutcome(Outcome.REFUSED, *words)]


def test_without_a_read_a_denial_on_the_sheets_side_means_not_linked() -> None:
    stage = Rehearsal([(0, 0)], [denies])
    stage.run()
    assert stage.causes() == [CauseCode.RELATION_NOT_FOUND]
    assert not stage.crm.looked


def test_a_denial_that_no_read_settles_stays_unconfirmed() -> None:
    reads = [AnswerMissing("c", "cut")] * 20
    stage = Rehearsal([(0, 0)], [denies], safety_copy=True, reads=reads)
    ending = stage.run()
    assert (ending.state, stage.causes()) == (RunState.FINISHED, [CauseCode.DENIED_UNPROVEN])


def test_the_next_program_reads_what_zoho_denied_before_it_says_anything() -> None:
    first = Rehearsal([(0, 0)], [denies], safety_copy=True, reads=[AnswerMissing("c", "cut")] * 20)
    first.run()
    rest = Rehearsal([(0, 0)], before=first.book.changes, safety_copy=True)
    rest.run()
    assert rest.causes() == [CauseCode.DENIED_STILL_LINKED]


def test_a_lost_probe_whose_links_are_read_as_gone_proves_the_other_end() -> None:
    lost = applied_then(AnswerMissing("c", "cut"))
    stage = Rehearsal(GRID, [lost], choice=SideChoice.AUTO, safety_copy=True)
    ending = stage.run()
    assert (ending.tally[Outcome.DELINKED], sides(stage)) == (len(GRID), [Side.RELATED] * 5)
    assert len(stage.crm.looked) == 1


def test_where_nothing_may_be_read_the_sheets_side_tells_whether_a_link_went() -> None:
    refused = RequestRefused("c", Refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING, 401, "OAUTH_SCOPE_MISMATCH", ""))
    stage = Rehearsal(GRID, reads=[refused] * 99, choice=SideChoice.AUTO)
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, len(GRID))


def test_the_word_of_a_call_that_did_nothing_is_no_proof_for_links_that_are_gone() -> None:
    """Without a safety copy nobody knows whether the link that is gone was ever there."""
    stage = Rehearsal([(0, 0), (1, 0)], [only_from_the_sheets_side(REMOVED)] * 9, choice=SideChoice.AUTO)
    stage.crm.linked = {pair for pair in stage.crm.linked if pair[0].endswith("1")}
    stage.run()
    assert stage.causes() == [CauseCode.GONE_UNPROVEN, CauseCode.REMOVED]


def test_proof_without_a_read_before_the_call_is_not_remembered_for_later_runs() -> None:
    settings = Settings()
    learned = LearnedDirections(settings, place(), Operation.REMOVE)
    stage = Rehearsal(GRID, choice=SideChoice.AUTO, learned=learned)
    stage.run()
    assert (stage.book.ledger.honoured, settings.values) == ({CONTACTS}, {})


def test_undo_proves_only_its_own_kind_of_call() -> None:
    lies = only_from_the_sheets_side(PUT_BACK)
    stage = Rehearsal(GRID, [lies] * 99, choice=SideChoice.AUTO, operation=Operation.RESTORE)
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.RELINKED]) == (RunState.FINISHED, len(GRID))
    assert len(stage.crm.linked) == len(GRID)


def test_an_undo_whose_first_call_is_proven_goes_on_from_the_other_end() -> None:
    stage = Rehearsal(GRID, choice=SideChoice.AUTO, operation=Operation.RESTORE)
    stage.run()
    assert (sides(stage), set(stage.causes())) == ([Side.RELATED] * 5, {CauseCode.PUT_BACK})


def hides(*shown: int) -> Reading:
    """A list that may hold more than it shows."""

    def reading(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
        return CopyAnswer({batches[0].ids[place]: {} for place in shown}, whole=False, may_hide=True)

    return reading


def test_hidden_links_are_neither_sent_nor_called_gone() -> None:
    stage = Rehearsal([(0, 0), (0, 1), (0, 2)], safety_copy=True)
    stage.crm.copy_script = [hides(1)]
    ending = stage.run()
    assert stage.causes() == [CauseCode.COPY_FAILED, CauseCode.REMOVED, CauseCode.COPY_FAILED]
    assert (ending.state, len(stage.crm.copied)) == (RunState.FINISHED, 1)


def test_an_undo_puts_nothing_back_that_a_read_may_hide() -> None:
    stage = Rehearsal([(0, 0), (0, 1)], operation=Operation.RESTORE)
    stage.crm.copy_script = [hides(1)]
    stage.run()
    assert (stage.causes(), stage.crm.sent) == ([CauseCode.COPY_FAILED, CauseCode.LINKED_AGAIN], [])


def test_check_and_verification_call_hidden_links_unclear() -> None:
    stage = Rehearsal([(0, 0), (0, 1)])
    stage.crm.copy_script = [hides(0)] * 2
    findings = LinkCheck(stage.crm, stage.clock, stage.book.links, stage.book.plan).run()
    assert [findings.of(link) for link in range(2)] == [Presence.LINKED, Presence.UNCLEAR]
    seen = verify(stage.book, stage.crm, stage.clock, RunControl())
    assert (seen.still_linked, seen.gone, seen.unknown) == ((0,), (), (1,))


def test_reversed_calls_behind_a_paused_probe_leave_after_the_pause() -> None:
    stage = Rehearsal(GRID, choice=SideChoice.AUTO, first=10)
    assert stage.run().state is RunState.PAUSED
    rest = Rehearsal(GRID, choice=SideChoice.AUTO, first=10, before=stage.book.changes)
    rest.crm.linked = stage.crm.linked
    assert rest.run().tally[Outcome.DELINKED] == len(GRID)
    assert rest.crm.looked == [], "what the first program proved stands in the run's record"


class Settings:
    """Remembers values in memory, in the place of the settings file."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def get(self, key: str, default: object = None) -> object:
        return self.values.get(key, default)

    def set(self, key: str, value: object) -> None:
        self.values[key] = value

    def flush(self, within_s: float | None = None) -> bool:
        return True


def place(name: str = "a", environment: Environment | None = Environment.PRODUCTION, organisation: str = "1") -> Connection:
    account = Account(organisation_id=organisation)
    return Connection(name, name, "eu", environment, "https://www.zohoapis.eu", account=account)


@pytest.mark.parametrize(
    ("change", "still_known"),
    [
        (lambda: (place(), Operation.REMOVE), True),
        (lambda: (place(organisation="2"), Operation.REMOVE), False),
        (lambda: (place(environment=Environment.SANDBOX), Operation.REMOVE), False),
        (lambda: (place("b"), Operation.REMOVE), False),
        (lambda: (place(), Operation.RESTORE), False),
    ],
)
def test_what_was_proven_counts_for_this_connection_and_place_only(
    change: Callable[[], tuple[Connection, Operation]], still_known: bool
) -> None:
    settings = Settings()
    LearnedDirections(settings, place(), Operation.REMOVE).learn(CONTACTS)
    known = LearnedDirections(settings, *change()).proven([CONTACTS])
    assert known == ({CONTACTS} if still_known else set())


def test_one_off_connection_remembers_no_proof() -> None:
    settings = Settings()
    LearnedDirections(settings, place("one-off"), Operation.REMOVE).learn(CONTACTS)
    assert settings.values == {}
    assert not LearnedDirections(settings, place("one-off"), Operation.REMOVE).proven([CONTACTS])


def test_with_the_other_end_proven_earlier_nothing_is_read_and_nothing_waits() -> None:
    settings = Settings()
    learned = LearnedDirections(settings, place(), Operation.REMOVE)
    first = Rehearsal(GRID, choice=SideChoice.AUTO, learned=learned, safety_copy=True)
    first.run()
    again = Rehearsal(GRID, choice=SideChoice.AUTO, learned=LearnedDirections(settings, place(), Operation.REMOVE))
    again.run()
    assert (len(first.crm.looked), len(again.crm.looked)) == (1, 0)
    assert len(again.crm.sent) == 5
