"""The pages in docs/ name files, tables and keys; they are wrong as soon as one of these is renamed, so this notices it."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.runs import RunState
from desktop.practice import PracticeCrm
from desktop.storage import journal_codec
from desktop.storage.journal_schema import SCHEMA_VERSION, TABLES
from installer.setup import draw_house
from tests.cli.driving import SAMPLE, PracticeServer, delink, pairs_of, place_of, seed, write_sheet
from tests.house.sources import ROOT

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "TRANSLATING.md"))]
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
_FILE = re.compile(r"`((?:desktop|tests|installer|resources|requirements|docs)/[\w./-]+)`")
_TARGET = re.compile(r"`make ([a-z-]+)`")
_ROW = re.compile(r"^\| `([a-z_]+)`", re.MULTILINE)
Keys = frozenset[str]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [link for link in _LINK.findall(text) if not (page.parent / link).exists()] == []
    assert [name for name in _FILE.findall(text) if not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(_TARGET.findall(text)) <= targets


def test_the_picture_shows_the_imports_as_they_are() -> None:
    assert draw_house.PICTURE.read_text("utf-8") == draw_house.draw(draw_house.floors(), draw_house.rooms())


def test_only_imports_that_follow_from_others_are_left_out_of_the_picture() -> None:
    rooms = draw_house.rooms()
    shown = draw_house.shown_imports(rooms)
    reached = {(name, target) for name in rooms for target in draw_house._reachable(name, rooms)}
    by_arrows = set(shown)
    while more := {(a, d) for a, b in by_arrows for c, d in by_arrows if b == c} - by_arrows:
        by_arrows |= more
    assert by_arrows == reached and len(shown) < sum(len(room.imports) for room in rooms.values())


def sections(page: str) -> dict[str, str]:
    """The text under each heading of the second and third level."""
    parts = re.split(r"^##+ (.+)$", (ROOT / "docs" / page).read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_journal_has_the_tables_and_columns_that_its_page_names() -> None:
    told = sections("journal.md")
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES)
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
            assert {column for column in columns if f"`{column}`" not in told[table]} == set(), table
    assert set(_ROW.findall(told["changes"])) == journal_codec._DECODERS.keys()
    versions = [int(version) for version in re.findall(r"^\| (\d) \|", told["Versions"], re.MULTILINE)]
    assert versions == list(range(1, SCHEMA_VERSION + 1))


def keys_told(*headings: str) -> Keys:
    told = sections("json.md")
    return frozenset(key for heading in headings for key in _ROW.findall(told[heading]))


def keys_of(printed: Mapping[str, object]) -> Keys:
    return frozenset(printed)


def test_the_page_on_json_names_the_keys_that_commands_print(tmp_path: Path) -> None:
    """Both ways: no key is printed that the page does not name, and none named that nobody prints."""
    home, pairs = tmp_path / "home", pairs_of(3, 1)
    sheet = str(write_sheet(tmp_path / "list.csv", pairs))
    with PracticeCrm(tmp_path / "crm.sqlite", 0) as crm:
        seed(crm, pairs)
        one_off, token = place_of(crm), f"{crm.access_token}\n"
        checked = delink(home, "check", sheet, "--with-crm", *one_off, "--where", f"A!={'9' * 18}", "--json", secret=token).json
        assert keys_of(checked) == keys_told("check")
        first = delink(home, "run", sheet, *one_off, "--yes", "--first", "1", "--json", secret=token).json
        assert first["state"] == RunState.PAUSED and keys_of(first) == keys_told("run, resume, retry")
        run = str(first["run"])
        ended = delink(home, "resume", run, *one_off, "--json", secret=token).json
        assert keys_of(ended) == keys_told("run, resume, retry") - {"cause"}
        assert keys_of(delink(home, "verify", run, *one_off, "--json", secret=token).json) == keys_told("verify")
        undone = delink(home, "undo", run, *one_off, "--yes", "--json", secret=token).json
        assert keys_of(undone) == keys_told("undo") - {"cause"}
        written = delink(home, "results", run, "--output", str(tmp_path / "again.xlsx"), "--json").json
        assert keys_of(written) == keys_told("results")
        of_outcomes = {"delinked", "not_linked", "relinked", "already_linked", "refused", "unknown", "not_attempted"}
        for listed in delink(home, "runs", "--json").json["runs"]:
            assert keys_of(listed) - of_outcomes == keys_told("runs") - {"runs"}
        add = ("connections", "add", "box", "--api-url", crm.api_url, "--accounts-url", crm.accounts_url, "--access-token", "-")
        assert keys_of(delink(home, *add, "--json", secret=token).json) == keys_told("connections add, rename, remove")
        (listed,) = delink(home, "connections", "list", "--json").json["connections"]
        assert keys_of(listed) == keys_told("connections list") - {"connections"}
        assert keys_of(delink(home, "connections", "test", "box", "--json").json) == keys_told("connections test")
    support = delink(home, "support", "--output", str(tmp_path / "help.zip"), "--json").json
    assert keys_of(support) == keys_told("support")
    failed = delink(home, "check", str(SAMPLE) + ".none", "--json").json
    assert keys_of(failed) == keys_told("When it fails")
    with PracticeServer(home) as served:
        assert keys_of(served.told) == keys_told("practice")
