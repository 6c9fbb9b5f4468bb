"""The safety copy on the command line: taken by default, declined by an option, told in the results."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.practice import PracticeCrm, rules
from desktop.storage.run_folder import RunFolder
from tests.cli.driving import delink, pairs_of, place_of, write_sheet

LINKS, PARENTS = 12, 4
PAIRS = pairs_of(LINKS, PARENTS)


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        crm.seed((("Campaigns", "Contacts", parent, related) for parent, related in PAIRS[:-1]), share=False)
        yield crm


@pytest.mark.parametrize(
    ("option", "reads", "told"), [((), PARENTS, "11 links, read before they were removed"), (("--no-safety-copy",), 0, "none")]
)
def test_it_is_taken_unless_declined_and_the_results_tell(
    crm: PracticeCrm, tmp_path: Path, option: tuple[str, ...], reads: int, told: str
) -> None:
    sheet, target = write_sheet(tmp_path / "a.csv", PAIRS), tmp_path / "out.xlsx"
    arguments = ("run", str(sheet), *place_of(crm), "--yes", "--json", "--results", str(target), *option)
    ended = delink(tmp_path / "home", *arguments, secret=crm.access_token)
    assert ended.code == 0
    assert [ended.json[key] for key in ("delinked", "not_linked", "calls", "reads")] == [LINKS - 1, 1, PARENTS, reads]
    lines = load_workbook(target)["Summary"].iter_rows(max_col=2, values_only=True)
    assert [line[1] for line in lines if line[0] == "Safety copy"] == [told]
    assert ("safety copy" in ended.err) is bool(reads)


def test_the_copy_holds_what_each_link_had_of_its_own(crm: PracticeCrm, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "a.csv", PAIRS)
    delink(tmp_path / "home", "run", str(sheet), *place_of(crm), "--yes", secret=crm.access_token)
    fields = {link["id_b"]: json.loads(link["fields"]) for link in crm.state.links()}
    (journal,) = (tmp_path / "home" / "runs").glob("*.delink-run")
    with RunFolder(journal.parent).read(journal.stem) as record:
        copy = dict(record.safety_copy())
        assert len(copy) == LINKS - 1
        assert all(copy[link] == fields[record.links.related_ids[link]] for link in copy)


def test_a_key_that_may_not_read_is_a_matter_of_signing_in(crm: PracticeCrm, tmp_path: Path) -> None:
    crm.state.set(scopes=["ZohoCRM.modules.DELETE", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"])
    sheet = write_sheet(tmp_path / "a.csv", PAIRS)
    ended = delink(tmp_path / "home", "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token)
    assert (ended.code, ended.json["cause"], ended.json["calls"]) == (3, "copy_refused", 0)
    assert "right to read both modules" in ended.err
    crm.state.set(scopes=["ZohoCRM.modules.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL"])
    ended = delink(tmp_path / "home", "resume", *place_of(crm), "--json", secret=crm.access_token)
    assert (ended.code, ended.json["delinked"]) == (0, LINKS - 1)


def test_credits_for_others_are_kept(crm: PracticeCrm, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.json").write_text('{"credits_floor": 500}', encoding="utf-8")
    crm.state.set(credits=499)
    sheet = write_sheet(tmp_path / "a.csv", PAIRS)
    ended = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--json", "--lanes", "1", secret=crm.access_token)
    assert (ended.code, ended.json["cause"], ended.json["calls"]) == (4, "credits_low", 0)
    crm.state.set(credits=501)
    ended = delink(home, "resume", *place_of(crm), "--json", secret=crm.access_token)
    assert (ended.code, ended.json["delinked"]) == (0, LINKS - 1)


def test_a_copy_without_member_statuses_pauses_until_that_is_accepted(
    crm: PracticeCrm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_record", lambda names, module, related_list, far, own: {"id": far})
    home, sheet = tmp_path / "home", write_sheet(tmp_path / "a.csv", PAIRS)
    paused = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--json", secret=crm.access_token)
    assert (paused.code, paused.json["cause"], paused.json["calls"]) == (4, "copy_without_fields", 0)
    assert delink(home, "resume", *place_of(crm), secret=crm.access_token).code == 4
    ended = delink(home, "resume", *place_of(crm), "--partial-undo", "--json", secret=crm.access_token)
    assert (ended.code, ended.json["delinked"]) == (0, LINKS - 1)
