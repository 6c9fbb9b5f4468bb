"""What is written into a journal comes back as it was: changes, facts, connections; and what no version wrote is refused."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.readings import Reading
from desktop.domain.runs import (
    AsSheet,
    Change,
    Copied,
    Doubted,
    Intent,
    Reopened,
    Returned,
    RunState,
    Settled,
    Sighted,
    StateChange,
)
from desktop.domain.texts import Text
from desktop.storage.journal_codec import (
    decode_batch,
    decode_change,
    decode_connection,
    decode_facts,
    encode_batch,
    encode_change,
    encode_connection,
    encode_facts,
    encode_reading,
)
from desktop.storage.kept_texts import decode_text
from desktop.storage.run_folder import RunFolder
from desktop.words import say_text
from tests.storage.stored import CONTACTS, facts_of, new_run, plan_of, sheet_of


@st.composite
def changes(draw: st.DrawFn) -> Change:
    at = draw(st.floats(0, 2e9))
    links = tuple(draw(st.lists(st.integers(0, 5), unique=True)))
    pairs = st.sampled_from([(outcome, cause) for cause in CauseCode for outcome in cause.traits.ends])
    outcome = st.builds(lambda pair, *words: LinkOutcome(*pair, *words), pairs, st.text(max_size=5), st.text(max_size=5))
    outcomes = tuple((link, draw(outcome)) for link in links)
    batch = draw(st.sampled_from(plan_of(sheet_of()).batches))
    kinds: list[Change] = [
        Intent(batch, at), Settled(draw(st.none() | st.integers(0, 9)), outcomes, at), Returned(3, draw(st.booleans()), at),
        Sighted(links[1:], links[:1], at, draw(st.integers(1, 9))), Copied(links, {}, at, draw(st.integers(1, 9))),
        Reopened(links, at), AsSheet(CONTACTS, at), Doubted(batch, at),
        StateChange(draw(st.sampled_from(RunState)), draw(st.none() | st.sampled_from(CauseCode)), at),
    ]  # fmt: skip
    return draw(st.sampled_from(kinds))


@given(changes())
def test_every_change_survives_its_writing(change: Change) -> None:
    links = sheet_of().links
    again = decode_change(encode_change(change, links), links)
    if isinstance(change, Settled) and isinstance(again, Settled):
        assert dict(again.outcomes) == dict(change.outcomes)
        assert (again.batch, again.at) == (change.batch, change.at)
    else:
        assert again == change


def test_lone_surrogates_in_a_servers_words_are_kept(tmp_path: Path) -> None:
    odd = LinkOutcome(Outcome.REFUSED, CauseCode.REFUSED_OTHER, "CODE", "half \ud800")
    with new_run(tmp_path) as run:
        run.commit([Intent(run.plan.batches[0], 1.0), Settled(0, ((0, odd),), 2.0)])
        name = run.facts.run
    with RunFolder(tmp_path).open(name) as again:
        assert again.ledger.outcome(0) == odd


def test_a_batch_has_its_ids_looked_up_again_from_either_side() -> None:
    sheet = sheet_of()
    for choice in (SideChoice.AS_SHEET, SideChoice.AUTO):
        for batch in make_plan(sheet.links, choice).batches:
            fields = encode_batch(batch, sheet.links)
            assert decode_batch(fields, sheet.links) == batch
            assert not {*batch.ids} & {str(one) for one in fields}, "the ids stand in the table of links alone"


def test_equal_outcomes_are_written_once_with_the_numbers_of_their_links() -> None:
    outcomes = tuple((link, REMOVED) for link in range(100))
    _, _, payload = encode_change(Settled(4, outcomes, 1.0), sheet_of().links)
    assert payload.count(str(REMOVED.outcome)) == 1 and len(payload) < 500


def test_state_without_a_lead_of_the_clock_is_read() -> None:
    links = sheet_of().links
    for lead in (None, 3.5):
        change = StateChange(RunState.PAUSED, CauseCode.OFFLINE, 1.0, lead)
        assert decode_change(encode_change(change, links), links) == change
    assert decode_change(("state", 1.0, '["running",null]'), links) == StateChange(RunState.RUNNING, None, 1.0)


@pytest.mark.parametrize("row", [("danced", 1.0, "[]"), ("state", 1.0, '["dancing",null]'), ("intent", 1.0, "{")])
def test_change_that_no_version_wrote_is_refused(row: tuple[str, float, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        decode_change(row, sheet_of().links)


def test_facts_come_back_as_they_were() -> None:
    sheet = sheet_of()
    facts = facts_of(sheet, plan_of(sheet))
    assert decode_facts(encode_facts(facts), encode_reading(facts.reading)) == facts


def test_how_a_sheet_was_read_is_kept_in_no_language_and_an_earlier_version_takes_nothing_else_for_it(tmp_path: Path) -> None:
    sheet = sheet_of()
    reading = Reading(Text("excel-workbook"), sheet_name="Liste", header_row=4).sentence()
    run = RunFolder(tmp_path).create(replace(facts_of(sheet, plan_of(sheet)), reading=reading), sheet, plan_of(sheet), ())
    run.close()
    with closing(sqlite3.connect(tmp_path / f"{run.facts.run}.delink-run")) as db:
        meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    assert "header in row 4" in say_text(reading) and "header in row" not in meta["reading"]
    assert decode_text(json.loads(meta["reading"])) == run.facts.reading
    assert json.loads(meta["facts"])["reading"] == "" and decode_facts(meta["facts"]).run == run.facts.run
    with RunFolder(tmp_path).read(run.facts.run) as again:
        assert again.facts == run.facts


def test_english_words_of_an_older_journal_are_shown_as_they_are() -> None:
    facts = replace(facts_of(sheet_of(), plan_of(sheet_of())), reading="Excel workbook, sheet “List”, header in row 4")
    assert decode_facts(encode_facts(facts)).reading == "Excel workbook, sheet “List”, header in row 4"


def test_a_connection_of_a_later_version_is_read_without_what_it_added() -> None:
    connection = facts_of(sheet_of(), plan_of(sheet_of())).connection
    fields = json.loads(encode_connection(connection))
    assert decode_connection(fields) == connection
    later = {**fields, "colour": 7, "account": {**fields["account"], "mood": ["good"]}}
    assert decode_connection(later) == connection
    assert decode_connection({**fields, "environment": None}).environment is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": 7},
        {"account": "Ann"},
        {"account": {"company": 7}},
        {"relations": "all"},
        {"relations": [7]},
        {"environment": "moon"},
    ],
)
def test_what_is_no_connection_is_refused(wrong: dict[str, object]) -> None:
    fields = json.loads(encode_connection(facts_of(sheet_of(), plan_of(sheet_of())).connection))
    with pytest.raises((TypeError, ValueError)):
        decode_connection({**fields, **wrong})
    with pytest.raises(TypeError):
        decode_connection([])
