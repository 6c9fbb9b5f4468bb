"""One word for one thing, wherever people read: the table in TRANSLATING.md names the words that are not used."""

import re
from collections.abc import Iterator

import pytest

from tests.house.sources import ROOT
from tests.house.test_reading_grade import sentences

PAGES = ("README.md", "resources/guide/guide.html", "installer/ADMINISTRATORS.md")
# What the system says, which people know by these words.
OF_OTHERS = ("permission denied",)


def words_not_used() -> dict[str, str]:
    """Each word that is not used, with the words that are."""
    table = (ROOT / "TRANSLATING.md").read_text("utf-8").partition("| Not (English) |\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]
    return {word.strip(): row[0] for row in rows for word in row[3].split(",") if word.strip()}


def lines_of(page: str) -> Iterator[str]:
    """What people read of a page: no tags, no code."""
    text = (ROOT / page).read_text("utf-8")
    text = re.sub(r"```.*?```|`[^`]*`|<style.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)
    yield from text.splitlines()


def uses(word: str, texts: Iterator[str] | list[str]) -> list[str]:
    """The texts with this word in them, unless it is another's."""
    pattern = re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
    return [text for text in texts if pattern.search(text) and not any(other in text.lower() for other in OF_OTHERS)]


def test_the_table_is_read() -> None:
    words = words_not_used()
    assert words["backup"] == "safety copy" and words["permission"] == "right" and len(words) > 20


@pytest.mark.parametrize("word", sorted(words_not_used()))
def test_a_thing_has_one_word(word: str) -> None:
    found = {"the program": uses(word, sentences()), **{page: uses(word, lines_of(page)) for page in PAGES}}
    assert not {place: texts for place, texts in found.items() if texts}, f"say “{words_not_used()[word]}”"


def test_a_word_that_is_not_used_would_be_found() -> None:
    assert uses("backup", ["Keep a Backup.", "Backups are kept.", "It is backed up."]) == ["Keep a Backup.", "Backups are kept."]
    assert uses("permission", ["permission denied"]) == []
