"""A whole sheet from the file to its links: the books balance, and no ID is ever invented."""

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.entries import Rejection
from desktop.domain.errors import (
    RelationNotAllowed,
    RelationUnclear,
    SheetChoiceWrong,
    SheetError,
    SheetUnreadable,
    SheetUnsafe,
    SheetWithoutLinks,
)
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import Verdict
from desktop.domain.relations import Relation, parse_relation
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_sheets import (
    CAMPAIGN,
    HEADERS,
    OTHER_CAMPAIGN,
    balances,
    cell,
    contact,
    links,
    raw_workbook,
    row,
    text_file,
    workbook,
)

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
CAMPAIGNS_CONTACTS = parse_relation("Campaigns/Contacts")


def link_texts(sheet: SheetLinks) -> list[tuple[str, str]]:
    return [(link.parent_id, link.related_id) for link in (sheet.links[number] for number in range(len(sheet.links)))]


def test_the_sample_workbook_has_every_kind_of_trouble_and_balances() -> None:
    sheet = open_sheet(SAMPLES / "spring-clean-up.xlsx")
    assert balances(sheet)
    assert set(sheet.books.rejected) == set(Rejection) - {Rejection.SECOND_TABLE}
    assert min(sheet.books.duplicates, sheet.books.blank, sheet.books.suspicious) > 0
    assert all(sheet.verdicts[verdict] for verdict in Verdict)
    assert sheet.relations == (CAMPAIGNS_CONTACTS,)
    assert say_text(sheet.reading.sentence()) == "Excel workbook, sheet “Clean-up”, header in row 4"


def test_the_sample_text_file_is_read_with_a_note() -> None:
    sheet = open_sheet(SAMPLES / "price-books.csv")
    assert say_text(sheet.reading.sentence()) == "Semicolon-separated text, Windows-1252, header in row 1"
    assert tuple(map(say_text, sheet.reading.notes)) == (
        "The file is not UTF-8; it was read as Windows-1252. Row 2 is the first that is not UTF-8.",
    )
    assert sheet.relations == (Relation("Products", "Price_Books"),)


@pytest.mark.parametrize("name", ["list.xlsx", "list.xlsm", "list.csv", "list.tsv", "list.txt"])
def test_every_format_gives_the_same_links(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.startswith("list.xls"):
        workbook(path, links(30))
    else:
        text_file(path, "".join("\t".join(cells) + "\r\n" for cells in links(30)))
    sheet = open_sheet(path)
    assert link_texts(sheet) == links(30)[1:]
    assert balances(sheet)
    assert (sheet.path, sheet.name) == (str(path), name)
    assert sheet.headers == HEADERS
    assert [sheet.rows[0].number, sheet.rows[-1].number] == [2, 31]


def test_a_big_file_of_either_kind_gives_the_same_links_through_a_child(tmp_path: Path) -> None:
    wanted = links(150_000)
    rows_read: list[int] = []
    text = text_file(tmp_path / "list.csv", "".join(",".join(cells) + "\n" for cells in wanted))
    for path in (workbook(tmp_path / "list.xlsx", wanted[:30_001]), text):
        sheet = open_sheet(path, progress=rows_read.append)
        assert link_texts(sheet) == wanted[1 : len(sheet.links) + 1]
        assert rows_read[-1] == len(sheet.rows) + 1
        assert rows_read == sorted(rows_read)
        rows_read.clear()
    assert not multiprocessing.active_children()


def test_numbers_and_errors_are_judged_by_what_is_stored(tmp_path: Path) -> None:
    stored = [
        (cell("B2", "3652397000000925128", "n"), None),
        (cell("B3", "3.652397000000925128E+18", "n"), Rejection.DAMAGED),
        (cell("B4", "3652397000000920000", "n"), None),
        (cell("B5", "3652397000000925128.0", "n"), Rejection.DAMAGED),
        (cell("B6", "3652397000001", "n"), None),
        (cell("B7", "3652397000001.5", "n"), Rejection.NOT_AN_ID),
        (cell("B8", "#REF!", "e"), Rejection.ERROR_CELL),
        (cell("B9", "1", "b"), Rejection.NOT_AN_ID),
    ]
    data = row(1, cell("A1", "Campaign Id"), cell("B1", "Contact Id")) + "".join(
        row(number, cell(f"A{number}", CAMPAIGN), xml) for number, (xml, _) in enumerate(stored, start=2)
    )
    sheet = open_sheet(raw_workbook(tmp_path / "list.xlsx", data))
    assert [entry.rejection for entry in sheet.entries] == [reason for _, reason in stored]
    assert [pair[1] for pair in link_texts(sheet)] == ["3652397000000925128", "3652397000000920000", "3652397000001"]
    assert sheet.links.suspicious == {1, 2}, "one may be rounded, one is six digits shorter than the others"
    assert balances(sheet)


def test_merged_parents_hold_for_all_their_rows(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        for column, header in enumerate(HEADERS):
            page.write_string(0, column, header)
        page.merge_range(1, 0, 3, 0, CAMPAIGN)
        for number in range(3):
            page.write_string(number + 1, 1, contact(number))
    assert link_texts(open_sheet(path)) == links(3)[1:]


@pytest.mark.parametrize(
    ("choice", "detail"),
    [
        (ReadingChoice(sheet_name="Nobody"), "there is no worksheet “Nobody”, only “List”"),
        (ReadingChoice(parent_column="Nobody"), "there is no column “Nobody”"),
        (ReadingChoice(related_column="Z"), "there is no column “Z”"),
        (ReadingChoice(header_row=99), "it has no row 99"),
    ],
)
def test_a_choice_that_does_not_exist_is_reported(tmp_path: Path, choice: ReadingChoice, detail: str) -> None:
    with pytest.raises(SheetChoiceWrong) as caught:
        open_sheet(workbook(tmp_path / "list.xlsx", links(3)), choice)
    assert say_text(caught.value.detail) == detail


def test_a_text_file_has_no_worksheets_to_choose(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", f"Campaign Id,Contact Id\n{CAMPAIGN},{contact(1)}\n")
    with pytest.raises(SheetChoiceWrong) as caught:
        open_sheet(path, ReadingChoice(sheet_name="List"))
    assert say_text(caught.value.detail) == "it is a text file, which has no worksheet “List”"


@pytest.mark.parametrize("relation", [Relation("Campaigns", "Notes"), Relation("Cases", "Contacts")])
def test_a_relation_that_is_not_allowed_is_refused_before_reading(tmp_path: Path, relation: Relation) -> None:
    with pytest.raises(RelationNotAllowed):
        open_sheet(tmp_path / "not there.xlsx", ReadingChoice(relation=relation))


def test_a_relation_that_somebody_accepted_is_read_and_no_sheet_accepts_one_by_itself(tmp_path: Path) -> None:
    fairs, notes = Relation("Trade_Fairs", "Visitors"), Relation("Trade_Fairs", "Notes")
    rows = "".join(f"{CAMPAIGN},{contact(n)},Trade_Fairs,{name}\n" for n, name in enumerate(("Visitors", "Notes")))
    path = text_file(tmp_path / "list.csv", f"Parent Id,Related Id,Module,Related list\n{rows}")
    accepted = ReadingChoice(fairs, accepted_relations=frozenset({fairs, notes}), parent_column="A", related_column="B")
    read = open_sheet(path, accepted)
    assert read.relations == (fairs,) and len(read.links) == 1 and read.books.rejected == {Rejection.WRONG_MODULE: 1}
    named_by_rows = open_sheet(path, ReadingChoice(parent_column="A", related_column="B"))
    assert not len(named_by_rows.links) and named_by_rows.books.rejected == {Rejection.WRONG_MODULE: 2}
    with pytest.raises(RelationNotAllowed):
        open_sheet(path, ReadingChoice(notes, accepted_relations=frozenset({notes})))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", SheetUnreadable),
        ("\n\n\n", SheetWithoutLinks),
        ("Name,Mail\nAnn,ann@example.com\n", SheetWithoutLinks),
        (f"Campaign Id\n{CAMPAIGN}\n", SheetWithoutLinks),
        (f"Eins,Zwei\n{CAMPAIGN},{contact(1)}\n", RelationUnclear),
        (f'Campaign Id,Contact Id\n{CAMPAIGN},"{contact(1)}\n', SheetUnreadable),
        ("x" * 2_000_000, SheetUnreadable),
    ],
)
def test_a_text_file_without_use_gets_one_error(tmp_path: Path, text: str, error: type[SheetError]) -> None:
    with pytest.raises(SheetError) as caught:
        open_sheet(text_file(tmp_path / "list.csv", text))
    assert type(caught.value) is error
    assert caught.value.path == str(tmp_path / "list.csv")


def test_a_refusal_names_the_row_that_looks_like_a_header_and_reading_below_it_works(tmp_path: Path) -> None:
    notes = "".join(f"note line {number}\n" for number in range(29))
    rows = "".join(f"{CAMPAIGN},{contact(number)}\n" for number in range(5))
    path = text_file(tmp_path / "list.csv", f"{notes}Campaign Id,Contact Id\n{rows}")
    with pytest.raises(SheetWithoutLinks) as caught:
        open_sheet(path)
    assert say_text(caught.value.detail) == (
        "only column B holds record IDs, and a second one is needed; "
        "row 30 looks like a header (“Campaign Id”, “Contact Id”): choose it as the header row"
    )
    assert (caught.value.header_rows, caught.value.delimiter) == ((30,), None)
    assert len(open_sheet(path, ReadingChoice(header_row=30)).links) == 5


@pytest.mark.parametrize("sign", ["~", "^", "#", "¦", ":", "/"])
def test_a_refusal_names_the_sign_that_may_be_the_delimiter(tmp_path: Path, sign: str) -> None:
    rows = "".join(f"zcrm_{CAMPAIGN}{sign}{contact(number)}{sign}Ann\n" for number in range(5))
    path = text_file(tmp_path / "list.txt", f"Campaign Id{sign}Contact Id{sign}Name\n{rows}")
    with pytest.raises(SheetWithoutLinks) as caught:
        open_sheet(path)
    assert (
        say_text(caught.value.detail) == f"no column holds record IDs; “{sign}” stands beside the IDs: choose it as the delimiter"
    )
    assert caught.value.delimiter == sign
    assert len(open_sheet(path, ReadingChoice(delimiter=sign)).links) == 5


def test_no_delimiter_is_advised_for_a_workbook(tmp_path: Path) -> None:
    rows = [("Campaign Id~Contact Id",), *((f"{CAMPAIGN}~{contact(number)}",) for number in range(5))]
    with pytest.raises(SheetWithoutLinks) as caught:
        open_sheet(workbook(tmp_path / "list.xlsx", rows))
    assert (say_text(caught.value.detail), caught.value.delimiter) == ("no column holds record IDs", None)


def test_a_second_table_below_the_first_is_rejected_and_its_header_is_named(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "list.csv",
        f"Campaign Id,Contact Id\n{CAMPAIGN},{contact(1)}\n\nSecond list,\nContact Id,Campaign Id\n{contact(2)},{CAMPAIGN}\n,\n",
    )
    sheet = open_sheet(path)
    assert balances(sheet)
    assert link_texts(sheet) == [(CAMPAIGN, contact(1))]
    assert sheet.books.rejected == {Rejection.BLANK_RELATED: 1, Rejection.SECOND_TABLE: 2}
    assert sheet.books.blank == 2
    assert tuple(map(say_text, sheet.reading.notes)) == (
        "Another header stands in row 5; the rows below it are not read. Choose row 5 as the header row to read them.",
    )
    below = open_sheet(path, ReadingChoice(header_row=5))
    assert link_texts(below) == [(CAMPAIGN, contact(2))]
    assert tuple(map(say_text, below.reading.notes)) == ()


def test_exports_pasted_below_each_other_are_read_as_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", [*links(2), HEADERS, *links(4)[3:], HEADERS])
    sheet = open_sheet(path)
    assert balances(sheet)
    assert link_texts(sheet) == links(4)[1:3] + links(4)[3:]
    assert (sheet.books.blank, sheet.books.rejected) == (2, {})
    assert tuple(map(say_text, sheet.reading.notes)) == ("The header is repeated in rows 4 and 7; it is skipped there.",)


def test_a_table_beside_the_first_is_named_and_not_read(tmp_path: Path) -> None:
    rows = [(*HEADERS, "", *HEADERS), *((*one, "", OTHER_CAMPAIGN, contact(77)) for one in links(3)[1:])]
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", rows))
    assert link_texts(sheet) == links(3)[1:]
    assert tuple(map(say_text, sheet.reading.notes)) == (
        "Columns D (“Campaign Id”) and E (“Contact Id”) hold another list beside this one; nothing of it is read.",
    )


def test_a_hostile_workbook_of_a_kilobyte_does_not_end_the_program(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "far.xlsx", row(1, cell("A1", "x")) + row(1048576, cell("XFD1048576", "y")))
    with pytest.raises(SheetUnsafe):
        open_sheet(path)


def test_a_sheet_without_anything_to_send_is_still_described_in_full(tmp_path: Path) -> None:
    sheet = open_sheet(text_file(tmp_path / "list.csv", f"Campaign Id,Contact Id\n{CAMPAIGN},3.65E+18\n,\n"))
    assert (sheet.books.rows, sheet.books.blank, sheet.books.links) == (2, 1, 0)
    assert sheet.books.rejected == {Rejection.DAMAGED: 1}


def test_a_file_that_changes_while_it_is_read_is_not_trusted(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "".join(",".join(cells) + "\n" for cells in links(3)))

    def change(_: int) -> None:
        path.write_text("something else\n")

    with pytest.raises(SheetUnreadable) as caught:
        open_sheet(path, progress=change)
    assert say_text(caught.value.detail) == "it was changed while it was being read"


def test_a_file_that_vanishes_while_it_is_read_is_reported(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "".join(",".join(cells) + "\n" for cells in links(3)))
    with pytest.raises(SheetUnreadable) as caught:
        open_sheet(path, progress=lambda _: path.unlink())
    assert say_text(caught.value.detail) == "there is no such file"


def test_a_cancelled_reading_returns_early(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "".join(",".join(cells) + "\n" for cells in links(20_000)))
    assert len(open_sheet(path, cancelled=lambda: True).rows) < 6000


def test_rows_are_a_sequence_with_the_numbers_of_the_file(tmp_path: Path) -> None:
    rows = open_sheet(
        text_file(tmp_path / "list.csv", f"\nCampaign Id,Contact Id\n{CAMPAIGN},{contact(1)}\n\n{CAMPAIGN},x\n")
    ).rows
    assert [row.number for row in rows] == [3, 4, 5]
    assert [row.number for row in rows[1:]] == [4, 5]
    assert rows[-1].cells == (CAMPAIGN, "x")
    with pytest.raises(IndexError):
        rows[3]
    with pytest.raises(IndexError):
        rows[-4]


_ids = st.from_regex(r"[0-9]{8,21}", fullmatch=True)


@given(cells=st.lists(st.tuples(_ids, _ids), min_size=1, max_size=20), delimiter=st.sampled_from(",;\t|"))
def test_text_and_workbook_agree(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], delimiter: str) -> None:
    folder = tmp_path_factory.mktemp("both")
    rows = [HEADERS, *cells]
    choice = ReadingChoice(parent_column="1", related_column="2", header_row=1)
    text = text_file(folder / "list.csv", "".join(delimiter.join(one) + "\n" for one in rows))
    first, second = open_sheet(workbook(folder / "list.xlsx", rows), choice), open_sheet(text, choice)
    assert first.books == second.books
    assert link_texts(first) == link_texts(second)
