"""The pages in docs/ name files, tables and keys; they are wrong as soon as one of these is renamed, so this notices it."""

import ast
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from desktop.cli.arguments import WrongUse
from desktop.domain.runs import RunState
from desktop.practice import PracticeCrm
from desktop.storage import journal_codec
from desktop.storage.journal_schema import SCHEMA_VERSION, TABLES
from installer.setup import draw_house
from tests.cli.driving import SAMPLE, PracticeServer, delink, pairs_of, place_of, seed, write_sheet
from tests.house.sources import DESKTOP, ROOT
from tests.storage.stored import sheet_of

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "TRANSLATING.md"))]
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
_FILE = re.compile(r"`((?:desktop|tests|installer|resources|requirements|docs)/[\w./-]+)`")
_TARGET = re.compile(r"`make ([a-z-]+)`")
_ROW = re.compile(r"^\| `([a-z_]+)`", re.MULTILINE)
_TYPED_ROW = re.compile(r"^\| `([a-z_]+)` \| ([a-z ]+) \|", re.MULTILINE)
_PAYLOAD = re.compile(r"^\| `([a-z_]+)` \|.*\| `([^`]+)` \|$", re.MULTILINE)
_SHORT_FILE = re.compile(r"`([\w-]+/[\w./-]+\.(?:py|sh|spec|nsi))`")
Keys = frozenset[str]
_TYPES: Mapping[str, type] = {"text": str, "number": int, "object": dict, "list": list, "true or false": bool, "null": type(None)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [link for link in _LINK.findall(text) if not (page.parent / link).exists()] == []
    assert [name for name in _FILE.findall(text) if not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(_TARGET.findall(text)) <= targets


def test_the_files_that_the_table_of_changes_names_are_there() -> None:
    """They stand there without the folder that all of them are in."""
    named = _SHORT_FILE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(named) > 100
    assert [name for name in named if not any((base / name).exists() for base in (ROOT, DESKTOP, ROOT / "installer"))] == []


def test_a_room_is_captioned_with_the_first_sentence_about_it() -> None:
    assert draw_house._first_sentence("One file\nof app.py. Another.\n\nMore.") == "One file of app.py."
    assert all(room.caption.endswith((".", "?")) for room in draw_house.rooms().values())


def test_the_first_change_fits_the_line_that_it_changes() -> None:
    """Before somebody has walked through the page, and after it, so that the walk ends with tests that pass."""
    page = (ROOT / "docs/first-change.md").read_text("utf-8")
    line = re.search(r'^    ("\w+": ")(.+)",$', page, re.MULTILINE)
    assert line is not None
    known = re.search(re.escape(line[1]) + '(.+)",', (DESKTOP / "domain/module_words.py").read_text("utf-8"))
    assert known is not None and line[2].startswith(known[1])
    named = re.findall(r"tests/[\w/]+\.py", page)
    assert len(named) > 4 and all((ROOT / name).exists() for name in named)


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


def test_the_payloads_that_the_page_shows_are_those_of_the_journal() -> None:
    shown = dict(_PAYLOAD.findall(sections("journal.md")["changes"]))
    assert shown.keys() == journal_codec._DECODERS.keys()
    links = sheet_of().links
    for kind, payload in shown.items():
        row = (kind, 1.0, payload)
        assert journal_codec.encode_change(journal_codec.decode_change(row, links), links) == row


def codes_of_the_command_line() -> Iterator[str]:
    """The codes of wrong uses, and those that stand as texts where the program ends."""
    kinds: list[type[WrongUse]] = [WrongUse, *WrongUse.__subclasses__()]
    yield from (kind.code for kind in kinds)
    for node in ast.walk(ast.parse((DESKTOP / "cli/main.py").read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="_fail"), args=[ast.Constant(value=str(code)), *_]):
                yield code


def test_the_page_on_json_names_the_codes_that_the_command_line_adds() -> None:
    assert set(_ROW.findall(sections("json.md")["Codes of the command line"])) == set(codes_of_the_command_line())


def keys_told(*headings: str) -> Keys:
    told = sections("json.md")
    return frozenset(key for heading in headings for key, _ in _TYPED_ROW.findall(told[heading]))


def keys_of(printed: Mapping[str, object], *headings: str) -> Keys:
    """The keys of an object, after a look at the types of its values where the page has the keys under these headings."""
    told = sections("json.md")
    types = {key: words for heading in headings for key, words in _TYPED_ROW.findall(told[heading])}
    wrong = {key: value for key, value in printed.items() if key in types and not is_a(types[key], value)}
    assert not wrong, headings
    return frozenset(printed)


def is_a(words: str, value: object) -> bool:
    """Whether a value has the type, or one of the types, that the page names."""
    named = [words] if words in _TYPES else words.split(" or ")
    return type(value) in {_TYPES[name] for name in named}


def test_a_value_of_another_type_is_noticed() -> None:
    assert is_a("text or null", None) and is_a("true or false", True) and is_a("number", 3)
    assert not is_a("number", True) and not is_a("number", "3") and not is_a("text", None)


def test_the_page_on_json_names_the_keys_that_commands_print(tmp_path: Path) -> None:
    """Both ways: no key is printed that the page does not name, and none named that nobody prints."""
    home, pairs = tmp_path / "home", pairs_of(3, 1)
    sheet = str(write_sheet(tmp_path / "list.csv", pairs))
    with PracticeCrm(tmp_path / "crm.sqlite", 0) as crm:
        seed(crm, pairs)
        one_off, token = place_of(crm), f"{crm.access_token}\n"
        checked = delink(home, "check", sheet, "--with-crm", *one_off, "--where", f"A!={'9' * 18}", "--json", secret=token).json
        assert keys_of(checked, "check") == keys_told("check")
        first = delink(home, "run", sheet, *one_off, "--yes", "--first", "1", "--json", secret=token).json
        assert first["state"] == RunState.PAUSED and keys_of(first, "run, resume, retry") == keys_told("run, resume, retry")
        run = str(first["run"])
        ended = delink(home, "resume", run, *one_off, "--json", secret=token).json
        assert keys_of(ended, "run, resume, retry") == keys_told("run, resume, retry") - {"cause"}
        assert keys_of(delink(home, "verify", run, *one_off, "--json", secret=token).json, "verify") == keys_told("verify")
        undone = delink(home, "undo", run, *one_off, "--yes", "--json", secret=token).json
        assert keys_of(undone, "undo") == keys_told("undo") - {"cause"}
        written = delink(home, "results", run, "--output", str(tmp_path / "again.xlsx"), "--json").json
        assert keys_of(written, "results") == keys_told("results")
        of_outcomes = {"delinked", "not_linked", "relinked", "already_linked", "refused", "unknown", "not_attempted"}
        for listed in delink(home, "runs", "--json").json["runs"]:
            assert keys_of(listed, "runs") - of_outcomes == keys_told("runs") - {"runs"}
        add = ("connections", "add", "box", "--api-url", crm.api_url, "--accounts-url", crm.accounts_url, "--access-token", "-")
        assert keys_of(delink(home, *add, "--json", secret=token).json, "connections add, rename, remove") == keys_told(
            "connections add, rename, remove"
        )
        (listed,) = delink(home, "connections", "list", "--json").json["connections"]
        assert keys_of(listed, "connections list") == keys_told("connections list") - {"connections"}
        assert keys_of(delink(home, "connections", "test", "box", "--json").json, "connections test") == keys_told(
            "connections test"
        )
    support = delink(home, "support", "--output", str(tmp_path / "help.zip"), "--json").json
    assert keys_of(support, "support") == keys_told("support")
    failed = delink(home, "check", str(SAMPLE) + ".none", "--json").json
    assert keys_of(failed, "When it fails") == keys_told("When it fails")
    with PracticeServer(home) as served:
        assert keys_of(served.told, "practice") == keys_told("practice")
