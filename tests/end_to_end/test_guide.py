"""The guide: opened by key, button and where it helps; its examples are what the program does; it leads nowhere else."""

import re
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.domain.operations import Operation
from desktop.domain.records import RecordId, Verdict, judge_number, judge_text
from desktop.domain.suspicions import suspicious_ids
from desktop.qt.guide_window import GUIDE, GuideWindow
from desktop.words.labels import outcome_label
from tests.end_to_end.desk import Desk

TEXT = (GUIDE / "guide.html").read_text("utf-8")


def examples() -> list[tuple[str, str, str]]:
    """Verdict, kind of cell and text of each example in the guide's table of verdicts."""
    table = TEXT.partition('name="ids"')[2].partition("<h2>")[0]
    rows = re.findall(r"<tr><td><b>(\w+)</b></td>(.*?)</tr>", table, re.DOTALL)
    cells = [(verdict.lower(), re.findall(r'<tt class="(\w+)">(.*?)</tt>', row)) for verdict, row in rows]
    return [(verdict, kind, unescape(text)) for verdict, found in cells for kind, text in found]


def opened(desk: Desk) -> QTextBrowser:
    (guide,) = desk.window.findChildren(GuideWindow)
    desk.until(guide.isVisible)
    (text,) = guide.findChildren(QTextBrowser, "text_guide")
    return text


def test_the_key_and_the_button_open_it_and_escape_closes_it(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    text = opened(desk)
    assert "From a sheet to its results" in text.toPlainText()
    QTest.keyClick(text, Qt.Key.Key_Escape)
    desk.until(lambda: not text.isVisible())
    desk.click("button_help")
    assert opened(desk) is text


def test_a_sheet_without_ids_leads_to_how_one_is_exported(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot)
    sheet = tmp_path / "names.csv"
    sheet.write_text("Campaign,Contact\nSpring Fair,Ben Ortiz\nSpring Fair,Lena Vogt\n")
    desk.window.file_dropped.emit(sheet)
    desk.until(lambda: "No record IDs were found" in desk.texts())
    desk.click("button_how_to_export")
    text = opened(desk)
    assert text.verticalScrollBar().value() > 0
    picture = text.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("export.svg"))
    assert picture.width() >= 640


def test_the_table_has_examples_of_all_four_verdicts() -> None:
    assert {verdict for verdict, _, _ in examples()} == set(Verdict)


@pytest.mark.parametrize(("verdict", "kind", "text"), examples())
def test_each_example_is_judged_as_the_guide_says(verdict: str, kind: str, text: str) -> None:
    if kind == "column":
        column = [RecordId(f"3652397000000{n:06d}") for n in range(1, 50)]
        assert suspicious_ids(column, [*column, RecordId(text)]).related == {text}
        assert verdict == Verdict.SUSPICIOUS
    else:
        assert (judge_text if kind == "text" else judge_number)(text).verdict == verdict


def test_its_words_for_outcomes_are_those_of_the_program() -> None:
    told = re.findall(r"<tr><td><b>([\w ]+)</b>", TEXT.partition('name="outcomes"')[2].partition("<h2>")[0])
    assert told == [outcome_label(outcome) for outcome in Operation.REMOVE.outcomes]


def test_it_leads_nowhere_but_to_its_own_parts() -> None:
    parts = set(re.findall(r'<a name="(\w+)">', TEXT))
    links = re.findall(r'href="([^"]*)"', TEXT)
    assert links and {link.removeprefix("#") for link in links} <= parts
    assert all((GUIDE / source).is_file() for source in re.findall(r'src="([^"]*)"', TEXT))
