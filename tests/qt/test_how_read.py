"""What a change of the reading keeps of everything else that was said."""

from dataclasses import replace

from desktop.domain.errors import SheetWithoutLinks
from desktop.domain.readings import FIND_OUT, OtherWorksheet, Reading, ReadingChoice
from desktop.domain.relations import parse_relation
from desktop.domain.row_choices import Condition, HiddenRows
from desktop.qt.how_read import HowRead
from tests.qt.staging import mixed_sheet

CONTACTS = parse_relation("Campaigns/Contacts")
SAID = ReadingChoice(
    relation=CONTACTS,
    parent_column=0,
    related_column=1,
    header_row=3,
    encoding="UTF-8",
    delimiter="~",
    where=(Condition(2, "x"),),
)


def refused(choice: ReadingChoice, rows: int = 3) -> HowRead:
    error = SheetWithoutLinks("list.csv", "no column holds record IDs")
    error.reading, error.top = Reading("Text", encoding="UTF-8", delimiter=","), [("a", "b")] * rows
    error.others = [OtherWorksheet("All", 7)]
    how = HowRead.of_error(error, choice)
    assert how is not None
    return how


def test_an_error_before_anything_was_read_has_nothing_to_change() -> None:
    assert HowRead.of_error(SheetWithoutLinks("list.csv", "it is empty"), FIND_OUT) is None


def test_a_refusal_keeps_every_other_choice() -> None:
    how = refused(SAID)
    assert how.with_header(5) == replace(SAID, header_row=5)
    assert how.with_encoding("UTF-16") == replace(SAID, encoding="UTF-16")


def test_columns_and_a_filter_of_them_do_not_outlive_another_delimiter() -> None:
    wanted = replace(SAID, delimiter=";", parent_column=None, related_column=None, where=())
    assert refused(SAID).with_delimiter(";") == wanted


def test_nothing_follows_to_another_worksheet() -> None:
    said = replace(SAID, include_suspicious=True, fill_down=True, hidden_rows=HiddenRows.READ)
    assert refused(said).with_worksheet("All") == ReadingChoice(sheet_name="All")


def test_a_header_can_be_any_of_the_first_fifty_rows_that_are_there() -> None:
    assert refused(FIND_OUT).headers_to_choose == range(1, 4)
    assert refused(FIND_OUT, 50).headers_to_choose == range(1, 51)
    assert refused(FIND_OUT, 0).headers_to_choose == range(1, 51), "none is known, so all are offered"
    assert refused(FIND_OUT).header_row is None and refused(SAID).header_row == 3


def test_of_a_sheet_what_was_found_out_is_kept_with_another_header() -> None:
    sheet = mixed_sheet()
    sheet = replace(sheet, choice=ReadingChoice(where=(Condition(2, "x"),), hidden_rows=HiddenRows.SKIP))
    changed = HowRead.of_sheet(sheet).with_header(2)
    assert (changed.parent_column, changed.related_column, changed.header_row) == (0, 1, 2)
    assert changed.where == sheet.choice.where and changed.hidden_rows is HiddenRows.SKIP


def test_the_rows_of_a_sheet_are_known_by_their_numbers() -> None:
    how = HowRead.of_sheet(mixed_sheet())
    assert how.rows[1] == ("Campaign Id", "Contact Id", "Note") and 5 in how.rows
