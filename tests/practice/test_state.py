"""The state of the practice CRM: a link has one key from both ends, a transaction is whole, an older file still opens."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.practice.state import DEFAULTS, State, keys, module_of, own_fields, pair_of, share_of

P, A = "3652397000000327001", "3652397000000925128"


def test_a_link_has_one_key_from_whichever_end() -> None:
    assert pair_of("Campaigns", P, "Contacts", A) == pair_of("Contacts", A, "Campaigns", P)
    assert pair_of("Products", P, "Potentials", A) == pair_of("Deals", A, "Products", P)
    assert pair_of("Campaigns", P, "Contacts", A) != pair_of("Campaigns", P, "Leads", A)
    assert (module_of("Potentials"), module_of("Deals"), module_of("Leads")) == ("Deals", "Deals", "Leads")


def test_a_transaction_that_fails_changes_nothing() -> None:
    state = State(None)
    with pytest.raises(KeyError), state.transaction() as db:
        state.count(db, calls=1)
        raise KeyError
    assert state.counts()["calls"] == 0
    with state.transaction() as db:
        state.count(db, calls=2, reads=1)
    assert (state.counts()["calls"], state.counts()["reads"]) == (2, 1)


def test_seeding_counts_what_is_new_and_knows_both_records() -> None:
    state = State(None)
    assert state.seed([("Campaigns", "Contacts", P, A)], share=False) == 1
    assert state.seed([("Contacts", "Campaigns", A, P)], share=False) == 0, "the same link from its other end"
    with state.transaction() as db:
        assert set(db.execute("SELECT module, id FROM records")) == {("Campaigns", P), ("Contacts", A)}


def test_a_related_record_of_the_unknown_share_is_not_there() -> None:
    unknown = next(one for one in (f"36523970000{n:08d}" for n in range(1000)) if share_of(P, one) == "unknown")
    state = State(None)
    assert state.seed([("Campaigns", "Contacts", P, unknown)], share=True) == 0
    with state.transaction() as db:
        assert db.execute("SELECT id FROM records").fetchall() == [(P,)]


def test_only_members_and_prices_have_fields_of_their_own() -> None:
    assert set(own_fields("Leads", A, "Campaigns", P)) == {"Member_Status"}
    assert set(own_fields("Price_Books", A, "Products", P)) == {"list_price"}
    assert own_fields("Products", P, "Leads", A) == {}


def test_a_setting_that_nobody_changed_has_its_default_and_reset_brings_it_back() -> None:
    state = State(None)
    state.set(cap=3, credits=5)
    assert (state.setting("cap"), state.setting("credits"), state.setting("edition")) == (3, 5, DEFAULTS["edition"])
    state.reset()
    assert state.setting("cap") == DEFAULTS["cap"]


def test_the_log_of_an_earlier_version_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE calls (seq INTEGER PRIMARY KEY, at REAL, method TEXT)")
        db.execute("INSERT INTO calls VALUES (1, 1.0, 'GET')")
        db.commit()
    state = State(path)
    assert state.calls() == []
    state.close()


def test_keys_are_the_ids_in_order_each_once() -> None:
    assert keys(["2", "1", "2"]) == ["2", "1"]
