"""The guide in other languages says the same as the English one, and calls things what the program calls them there."""

import re
from html import unescape
from pathlib import Path

import pytest

from desktop.qt.guide_window import GUIDE, guide_in
from desktop.words.catalogues import language_named, languages

ENGLISH = guide_in("en").read_text("utf-8")
TRANSLATED = [code for code in languages() if code != "en"]


def marked(text: str, tag: str) -> list[str]:
    """What stands between the marks of one kind, in its order."""
    return [unescape(found) for found in re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag.split()[0]}>", text, re.DOTALL)]


def test_a_language_without_a_guide_has_the_english_one() -> None:
    assert guide_in("tlh") == GUIDE / "guide.html"


@pytest.mark.parametrize("code", TRANSLATED)
def test_it_has_the_same_parts_examples_and_outcomes(code: str) -> None:
    text = guide_in(code).read_text("utf-8")
    assert re.findall(r'<a name="(\w+)">', text) == re.findall(r'<a name="(\w+)">', ENGLISH)
    assert set(re.findall(r'href="([^"]*)"', text)) == set(re.findall(r'href="([^"]*)"', ENGLISH))
    assert re.findall(r'<tt class="\w+">.*?</tt>', text) == re.findall(r'<tt class="\w+">.*?</tt>', ENGLISH)
    assert all((GUIDE / source).is_file() for source in re.findall(r'src="([^"]*)"', text))


@pytest.mark.parametrize("code", TRANSLATED)
def test_it_calls_things_what_the_program_calls_them(code: str) -> None:
    """Whatever the English guide marks and the program says in the same words has its own word in each language."""
    language, text = language_named(code), guide_in(code).read_text("utf-8")
    wrong = []
    for tag in ("i", "b"):
        for english, theirs in zip(marked(ENGLISH, tag), marked(text, tag), strict=True):
            right = language.say(english.rstrip("."))
            if right not in (english.rstrip("."), theirs.rstrip(".")):
                wrong.append((english, theirs, right))
    assert not wrong


def test_pictures_of_sheets_hold_the_same_ids() -> None:
    ids = [re.findall(r"zcrm_\d+", Path(picture).read_text("utf-8")) for picture in sorted(GUIDE.glob("export*.svg"))]
    assert len(ids) > 1 and all(found == ids[0] for found in ids)
