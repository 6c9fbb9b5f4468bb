"""A sheet that cannot be used as it was read: how it is read is changed on the spot, until it can."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.end_to_end.desk import Desk
from tests.end_to_end.making_books import PARENT, a_book, contact


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def refused(desk: Desk, path: Path, title: str = "No record IDs were found") -> None:
    desk.window.file_dropped.emit(path)
    desk.until(lambda: desk.window.sheet.has_problem and title in desk.texts())


def shown(desk: Desk, name: str) -> bool:
    return any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QWidget, name))


def tilde(path: Path, links: int = 3) -> Path:
    lines = [f"{PARENT}~{contact(number)}" for number in range(1, links + 1)]
    path.write_text("Campaign Id~Contact Id\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def header_far_down(path: Path) -> Path:
    """The header in row 31, below thirty lines of text in its columns."""
    book = Workbook()
    page = book.active
    assert page is not None
    for number in range(1, 31):
        page.append([f"About the list, line {number}", "see there"])
    page.append(["Campaign Id", "Contact Id"])
    for number in range(1, 4):
        page.append([PARENT, contact(number)])
    book.save(path)
    return path


def say_sign(desk: Desk, sign: str) -> None:
    desk.choose("combo_delimiter", "Another sign")
    field = desk.find("input_delimiter", QLineEdit)
    field.clear()
    QTest.keyClicks(field, sign)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_another_header_row_makes_a_sheet_of_it(desk: Desk, tmp_path: Path) -> None:
    refused(desk, header_far_down(tmp_path / "far.xlsx"))
    headers = desk.find("combo_header_row", QComboBox)
    assert headers.currentText() == "Found by itself"
    assert headers.itemText(headers.findData(31)) == "Row 31: Campaign Id · Contact Id"
    rows = desk.find("table_first_rows", QTableView).model()
    assert (rows.index(0, 0).data(), rows.index(0, 1).data()) == ("1", "About the list, line 1")
    desk.choose("combo_header_row", "Row 31: Campaign Id · Contact Id")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 3 links"


def test_any_single_sign_can_be_typed_as_the_delimiter(desk: Desk, tmp_path: Path) -> None:
    refused(desk, tilde(tmp_path / "odd.csv"))
    assert not shown(desk, "input_delimiter")
    say_sign(desk, "~")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 3 links"
    desk.click("button_change_reading")
    assert desk.find("combo_delimiter", QComboBox).currentText() == "Another sign"
    assert desk.find("input_delimiter", QLineEdit).text() == "~"


def test_a_further_refusal_keeps_what_was_chosen_and_it_can_be_reset(desk: Desk, tmp_path: Path) -> None:
    path = tilde(tmp_path / "odd.csv")
    lines = "\n".join(f"about the list, line {number}" for number in range(30))
    path.write_text(lines + "\n" + path.read_text("utf-8"), "utf-8")
    refused(desk, path)
    assert not shown(desk, "button_reading_automatic"), "nothing was chosen yet"
    say_sign(desk, "~")
    desk.until_settled(lambda: shown(desk, "button_reading_automatic"))
    assert "No record IDs were found" in desk.texts()
    desk.choose("combo_header_row", "Row 1: about the list, line 0")
    desk.until(lambda: desk.find("combo_header_row", QComboBox).currentData() == 1)
    desk.until_settled(lambda: desk.window.sheet.has_problem)
    assert desk.find("input_delimiter", QLineEdit).text() == "~", "the other choice stays"
    desk.click("button_reading_automatic")
    desk.until_settled(lambda: desk.window.sheet.has_problem and not shown(desk, "button_reading_automatic"))
    assert desk.find("combo_delimiter", QComboBox).currentText() == "Comma"
    assert desk.find("combo_header_row", QComboBox).currentText() == "Found by itself"
    say_sign(desk, "~")
    desk.until(lambda: desk.window.sheet.has_problem and shown(desk, "button_reading_automatic"))
    desk.choose("combo_header_row", "Row 31: Campaign Id · Contact Id")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 3 links"


def test_a_text_that_is_not_decoded_at_all_still_offers_encoding_and_delimiter(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(f"Campaign Id,Contact Id\n{PARENT},{contact(1)}\n", "utf-16")
    path.write_bytes(path.read_bytes() + b"\n")  # half a letter at the end
    refused(desk, path, "The file cannot be read")
    assert "None of its rows could be read." in desk.texts()
    assert shown(desk, "combo_delimiter") and not shown(desk, "combo_worksheet")
    assert desk.find("combo_encoding", QComboBox).currentIndex() == -1, "none was found"


def test_an_encoding_that_does_not_fit_can_be_changed_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text(f"Campaign Id,Contact Id,Name\n{PARENT},{contact(1)},Jürgen\n", "utf-8")
    desk.open(path)
    desk.click("button_change_reading")
    desk.choose("combo_encoding", "UTF-16")
    desk.until_settled(lambda: desk.window.sheet.has_problem)
    assert desk.find("combo_encoding", QComboBox).currentText() == "UTF-16"
    desk.choose("combo_encoding", "UTF-8")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 1 link"


def test_a_quotation_mark_that_is_never_closed_offers_another_delimiter(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    path.write_text(f'Campaign Id;Contact Id\n{PARENT};{contact(1)}\n"{PARENT};{contact(2)}\n', "utf-8")
    refused(desk, path, "The file cannot be read")
    assert shown(desk, "combo_encoding") and shown(desk, "combo_delimiter") and shown(desk, "combo_header_row")


@pytest.mark.parametrize("contents", [b"", b"PK\x03\x04 not a workbook"])
def test_where_nothing_was_read_there_is_nothing_to_change(desk: Desk, tmp_path: Path, contents: bytes) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(contents)
    refused(desk, path, "The file cannot be read")
    assert not shown(desk, "combo_header_row") and not shown(desk, "table_first_rows")


def test_the_question_which_links_are_meant_can_be_answered_by_another_header_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "unclear.csv"
    path.write_text(f"A,B\nCampaign Id,Contact Id\n{PARENT},{contact(1)}\n", "utf-8")
    desk.open(path)
    assert desk.primary().text() == "Check 1 link"
    desk.click("button_change_reading")
    desk.choose("combo_header_row", "No header")
    desk.until_on(desk.window.sheet)
    path.write_text(f"A,B\n{PARENT},{contact(1)}\n", "utf-8")
    refused(desk, path, "Which links are meant?")
    assert shown(desk, "combo_header_row") and shown(desk, "combo_which_relation")


def test_the_worksheet_that_holds_the_ids_is_one_click_away(desk: Desk, tmp_path: Path) -> None:
    path = a_book(tmp_path / "two.xlsx", ["a", "b"], others={"Notes": 0})
    desk.open(path)
    desk.click("button_change_reading")
    desk.choose("combo_worksheet", "Notes")
    desk.until(lambda: desk.window.sheet.has_problem)
    combo = desk.find("combo_worksheet", QComboBox)
    assert combo.currentData() == "Notes" and combo.itemText(0) == "List (2 links)"
    desk.click("button_other_worksheet_1")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 2 links"


def test_a_hidden_worksheet_is_offered_and_marked(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    front = book.active
    assert front is not None
    front.append(["Name", "E-mail"])
    front.append(["Ben Ortiz", "ben@mail.example"])
    hidden = book.create_sheet("IDs")
    hidden.append(["Campaign Id", "Contact Id"])
    hidden.append([PARENT, contact(1)])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "names.xlsx")
    refused(desk, tmp_path / "names.xlsx")
    desk.choose("combo_worksheet", "IDs (hidden)")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 1 link"


def test_the_page_says_which_file_was_refused_and_how_it_was_read(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "good.xlsx", ["a"]))
    refused(desk, tilde(tmp_path / "odd.csv"))
    assert "odd.csv: Comma-separated text, UTF-8." in desk.texts() and "good.xlsx" not in desk.texts()
    assert not any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QAbstractButton, "button_reading_back"))


def test_a_row_that_looks_like_the_header_is_one_click_away(desk: Desk, tmp_path: Path) -> None:
    refused(desk, header_far_down(tmp_path / "far.xlsx"))
    assert desk.find("button_reading_header", QAbstractButton).text() == "Take row 31 as the header"
    desk.click("button_reading_header")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 3 links"


def test_a_sign_that_stands_beside_the_ids_is_one_click_away(desk: Desk, tmp_path: Path) -> None:
    refused(desk, tilde(tmp_path / "odd.csv"))
    assert desk.find("button_reading_delimiter", QAbstractButton).text() == "Separate by “~”"
    desk.click("button_reading_delimiter")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 3 links"


def test_columns_that_cannot_be_told_apart_are_named_on_the_spot(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    lines = [f"{PARENT},{contact(number)},{contact(number + 50)}" for number in range(1, 4)]
    path.write_text("Campaign Id,Contact Id,Contact Id\n" + "\n".join(lines) + "\n", "utf-8")
    refused(desk, path, "The sheet does not have that")
    related = desk.find("combo_related_column", QComboBox)
    assert [related.itemText(row) for row in range(4)] == ["Found by itself", "A: Campaign Id", "B: Contact Id", "C: Contact Id"]
    desk.choose("combo_related_column", "C: Contact Id")
    desk.until_on(desk.window.sheet)
    sheet = desk.window.sheet.sheet
    assert sheet is not None and list(sheet.links.related_ids) == [contact(51), contact(52), contact(53)]
