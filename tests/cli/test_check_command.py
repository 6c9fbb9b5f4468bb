"""check: what is in a sheet and what it would take, without sending anything."""

from pathlib import Path

import pytest

from tests.cli.driving import SAMPLE, delink, pairs_of, write_sheet

KEYS = ["sheet", "rows", "blank", "entries", "links", "duplicates", "rejected", "suspicious", "parents", "calls", "side"]
P, C = "3652397000000327101", "3652397000000925128"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_sample_is_told_as_one_object(home: Path) -> None:
    ended = delink(home, "check", str(SAMPLE), "--json")
    told = ended.json
    assert ended.code == 0
    assert list(told) == KEYS
    assert told["sheet"] == str(SAMPLE)
    assert told["entries"] == told["links"] + told["duplicates"] + sum(told["rejected"].values())
    assert (told["rows"], told["blank"], told["links"], told["duplicates"], told["suspicious"]) == (388, 2, 372, 2, 3)
    assert told["rejected"] == {
        "blank_parent": 1, "blank_related": 1, "not_an_id": 3, "damaged": 7, "error_cell": 1, "same_record": 1,
        "wrong_module": 1,
    }  # fmt: skip
    assert (told["parents"], told["calls"], told["side"]) == (6, 6, "parent")


def test_the_sample_is_told_in_words(home: Path) -> None:
    ended = delink(home, "check", str(SAMPLE))
    assert ended.code == 0
    assert "Excel workbook, sheet “Clean-up”, header in row 4." in ended.out
    assert "369 links to remove in 6 calls." in ended.out
    assert "--include-suspicious" in ended.out


def test_suspicious_links_are_sent_only_when_wanted(home: Path) -> None:
    told = delink(home, "check", str(SAMPLE), "--include-suspicious", "--json").json
    assert (told["links"], told["suspicious"]) == (372, 3)
    assert "372 links to remove" in delink(home, "check", str(SAMPLE), "--include-suspicious").out


def test_the_cheaper_side_is_taken_unless_the_sheet_s_own_is_wanted(home: Path, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "many.csv", [(f"36523970000003{n + 27101:05d}", C) for n in range(250)])
    cheap = delink(home, "check", str(sheet), "--json").json
    plain = delink(home, "check", str(sheet), "--side", "as-sheet", "--json").json
    assert (cheap["calls"], cheap["side"]) == (3, "related")
    assert (plain["calls"], plain["side"]) == (250, "parent")


def test_a_campaign_and_a_contact_with_many_links_are_a_call_each(home: Path, tmp_path: Path) -> None:
    of_campaign = [(P, f"36523970000009{n:05d}") for n in range(1, 40)]
    of_contact = [(f"36523970000003{n:05d}", C) for n in range(30001, 30041)]
    sheet = write_sheet(tmp_path / "both.csv", [*of_campaign, *of_contact])
    told = delink(home, "check", str(sheet), "--json").json
    assert (told["links"], told["calls"], told["side"]) == (79, 2, "mixed")
    assert "79 links to remove in 2 calls instead of 41." in delink(home, "check", str(sheet)).out


@pytest.mark.parametrize(("parent", "related"), [("Campaign Id", "Contact Id"), ("A", "B"), ("1", "2")])
def test_columns_are_named_by_header_letter_or_number(home: Path, tmp_path: Path, parent: str, related: str) -> None:
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(4, 2))
    options = ("--parent-column", parent, "--related-column", related, "--relation", "Campaigns/Contacts")
    assert delink(home, "check", str(sheet), *options, "--json").json["links"] == 4


def test_without_a_header_and_with_empty_parents_below_the_first(home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "no-header.csv"
    sheet.write_text(f"{P},{C}\n,3652397000000925129\n", encoding="utf-8")
    options = ("--header-row", "none", "--relation", "Campaigns/Contacts", "--json")
    told = delink(home, "check", str(sheet), *options).json
    assert (told["rows"], told["links"], told["rejected"]) == (2, 1, {"blank_parent": 1})
    assert delink(home, "check", str(sheet), "--fill-down", *options).json["links"] == 2


def test_nothing_to_send_ends_1(home: Path, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "a.csv", [(P, "3.65E+18"), (P, "3.66E+18")])
    ended = delink(home, "check", str(sheet), "--json")
    assert ended.code == 1
    assert (ended.json["links"], ended.json["rejected"]) == (0, {"damaged": 2})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.xlsx", None, "sheet_unreadable"),
        ("empty.csv", b"", "sheet_unreadable"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "sheet_unreadable"),
        ("cut.xlsx", SAMPLE.read_bytes()[:3000], "sheet_unreadable"),
        ("names.csv", b"Campaign,Contact\nSpring Fair,Ann Ortiz\n", "sheet_without_links"),
        ("one.csv", f"Contact Id\n{C}\n".encode(), "sheet_without_links"),
        ("unclear.csv", f"A,B\n{P},{C}\n".encode(), "relation_unclear"),
        ("nul.csv", b"Campaign Id,Contact Id\n\0\0\0\n", "sheet_unreadable"),
    ],
)
def test_a_sheet_that_is_of_no_use_ends_2_with_one_sentence(
    home: Path, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    sheet = tmp_path / name
    if content is not None:
        sheet.write_bytes(content)
    ended = delink(home, "check", str(sheet), "--json")
    assert ended.code == 2
    assert ended.json["error"] == code
    assert len(ended.err.strip().splitlines()) == 1
    assert ended.json["message"] == ended.err.strip()
    assert name in ended.err and ended.err.strip().endswith(".")


def test_a_folder_is_not_a_sheet(home: Path, tmp_path: Path) -> None:
    ended = delink(home, "check", str(tmp_path))
    assert ended.code == 2 and len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("relation", ["Leads/Notes", "Contacts/Attachments", "Campaigns/Contact_Roles", "nonsense", "a/b/c"])
def test_a_relation_that_is_not_allowed_is_refused(home: Path, relation: str) -> None:
    ended = delink(home, "check", str(SAMPLE), "--relation", relation, "--json")
    assert (ended.code, ended.json["error"]) == (2, "relation_not_allowed")


def test_an_unclear_relation_lists_those_that_could_be_meant(home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "unclear.csv"
    sheet.write_text(f"A,B\n{P},{C}\n", encoding="utf-8")
    said = delink(home, "check", str(sheet)).err
    assert "--relation" in said and "Campaigns/Leads, Campaigns/Contacts, Products/Leads" in said
