"""The collector of sentences finds what is said, and the check of catalogues finds what is wrong with a translation."""

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from desktop.words import Explanation, Plural
from tests.house.sources import ROOT

sys.path.insert(0, str(ROOT / "installer" / "setup"))
FAULTS, COLLECT, MAKE = map(import_module, ("catalogue_faults", "collect_sentences", "make_catalogues"))

SOURCE = """
def told(name, n, part):
    # NOTE the name of a file
    say("{name} is open.", name=name)
    say_count("{n} link", "{n} links", n)
    say_as("a step", "Put back")
    part.say(name)
    return (
        "not said"
    )
"""


def test_what_is_written_where_it_is_said_is_found_with_its_note() -> None:
    assert list(COLLECT.in_a_file("a.py", SOURCE)) == [
        COLLECT.Found("a.py", "{name} is open.", ("the name of a file",)),
        COLLECT.Found("a.py", ("{n} link", "{n} links")),
        COLLECT.Found("a.py", "Put back", context="a step"),
    ]


@pytest.mark.parametrize("call", ["say(name)", 'say(f"{name} is open")', 'say("")', 'say_count("{n} link", many, n)'])
def test_a_sentence_that_no_catalogue_can_have_is_refused(call: str) -> None:
    with pytest.raises(COLLECT.NotASentence, match=r"b\.py:1"):
        list(COLLECT.in_a_file("b.py", call))


def test_tables_have_sentences_explanations_and_plurals() -> None:
    table = {"a": "one", "b": Plural("{n} row", "{n} rows"), "c": Explanation("Title", "Why.")}
    assert list(COLLECT.sentences_of(table)) == ["one", ("{n} row", "{n} rows"), "Title", "Why."]
    assert list(COLLECT.sentences_of({1, 2})) == []


def test_the_program_has_its_sentences_in_both_places() -> None:
    assert len(list(COLLECT.in_the_source(ROOT))) > 400 and len(list(COLLECT.in_the_tables())) > 300


def faults(original: str | tuple[str, str], translation: str | tuple[str, str], flags: Iterable[str] = ()) -> list[str]:
    catalogue = Catalog("de")
    catalogue.add(original, translation, flags=flags)
    return [fault.split(": ", 2)[1] for fault in FAULTS.faults_of("de.po", catalogue)]


@pytest.mark.parametrize(
    ("original", "translation", "fault"),
    [
        ("Back", "", "has no translation"),
        (("{n} link", "{n} links"), ("{n} Verknüpfung", ""), "has no translation for each plural"),
        ("{name} is open.", "{nom} ist offen.", "names other facts"),
        ("{name} is open.", "Offen.", "names other facts"),
        ("{name} is open.", "{name ist offen.", "names other facts"),
        ("<b>Stop</b>", "Stopp", "has other HTML"),
        ("It is open.", "Es ist offen", "begins or ends"),
        ("&Open", "Öffnen", "begins or ends"),
        ("Open ", "Öffnen", "begins or ends"),
    ],
)
def test_a_translation_that_cannot_be_said_is_found(
    original: str | tuple[str, str], translation: str | tuple[str, str], fault: str
) -> None:
    assert [found for found in faults(original, translation) if found.startswith(fault)]


def test_a_good_translation_has_no_fault_and_a_doubtful_one_has() -> None:
    assert faults("{name} is open.", "{name} ist offen.") == []
    assert faults(("{n} link", "{n} links"), ("{n} Verknüpfung", "{n} Verknüpfungen")) == []
    assert faults(("one link", "{n} links"), ("eine Verknüpfung", "{n} Verknüpfungen")) == []
    assert faults("Back", "Zurück", flags={"fuzzy"}) == ["nobody has said yet that this translation is right"]


def test_a_language_is_begun_once_and_only_if_there_is_one(tmp_path: Path) -> None:
    assert "no language" in MAKE.add(tmp_path, "xx") and "no language" in MAKE.add(tmp_path, "../eo")
    assert list(tmp_path.iterdir()) == []
    assert MAKE.add(tmp_path, "eo") is None
    assert {path.name for path in tmp_path.iterdir()} == {"delink.pot", "eo.po", "eo.mo"}
    (tmp_path / "eo.po").write_text("the work of a week", "utf-8")
    assert "already" in MAKE.add(tmp_path, "eo")
    assert (tmp_path / "eo.po").read_text("utf-8") == "the work of a week"
