"""Which columns are the ends: real exports in three languages, what is asked, and tables beside each other."""

import pytest

from desktop.domain.readings import Cells, ReadingChoice
from desktop.domain.relations import parse_relation
from desktop.sheets.columns import ChoiceNotThere, ColumnsNotFound, Layout, RelationOpen, find_layout
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, OTHER_CAMPAIGN, contact

CAMPAIGNS_CONTACTS = parse_relation("Campaigns/Contacts")


def _with_ids(headers: Cells, words: Cells = (), count: int = 3) -> list[Cells]:
    """Headers and rows: a word below each of ``words``, nothing below an empty title, other IDs everywhere else."""
    rows = [headers]
    for number in range(count):
        cells = [contact(100 * place + number) if title else "" for place, title in enumerate(headers)]
        rows.append(tuple("Ann" if title in words else cell for title, cell in zip(headers, cells, strict=True)))
    return rows


def _columns(layout: Layout) -> tuple[int, int]:
    return layout.columns.parent, layout.columns.related


EXPORTS: dict[str, tuple[Cells, Cells, Cells]] = {
    "Contacts": (
        ("Record Id", "Contact Owner.id", "Contact Owner", "First Name", "Account Name.id", "Created By.id", "Modified By.id"),
        (
            "Datensatz-ID",
            "Kontakt-Besitzer.id",
            "Kontakt-Besitzer",
            "Vorname",
            "Kontoname.id",
            "Erstellt von.id",
            "Geändert von.id",
        ),
        ("データID", "連絡先の担当者.id", "連絡先の担当者", "姓", "取引先名.id", "作成者.id", "更新者.id"),
    ),
    "Leads": (
        ("Record Id", "Lead Owner.id", "Lead Owner", "Company", "Converted Account.id", "Created By.id", "Layout.id"),
        ("Datensatz-ID", "Lead-Besitzer.id", "Lead-Besitzer", "Firma", "Konvertiertes Konto.id", "Erstellt von.id", "Layout.id"),
        ("データID", "見込み客の担当者.id", "見込み客の担当者", "会社", "変換済み取引先.id", "作成者.id", "レイアウト.id"),
    ),
    "Accounts": (
        (
            "Record Id",
            "Account Owner.id",
            "Account Owner",
            "Account Name",
            "Parent Account.id",
            "Created By.id",
            "Territories.id",
        ),
        (
            "Datensatz-ID",
            "Kontobesitzer.id",
            "Kontobesitzer",
            "Kontoname",
            "Übergeordnetes Konto.id",
            "Erstellt von.id",
            "Gebiet.id",
        ),
        ("データID", "取引先の担当者.id", "取引先の担当者", "取引先名", "親取引先.id", "作成者.id", "テリトリー.id"),
    ),
    "Deals": (
        ("Record Id", "Deal Owner.id", "Deal Owner", "Deal Name", "Account Name.id", "Contact Name.id", "Campaign Source.id"),
        (
            "Datensatz-ID",
            "Abschluss-Besitzer.id",
            "Abschlussbesitzer",
            "Abschlussname",
            "Kontoname.id",
            "Kontaktname.id",
            "Tag.id",
        ),
        ("データID", "商談の担当者.id", "商談の担当者", "商談名", "取引先名.id", "連絡先名.id", "キャンペーンのデータ元.id"),
    ),
    "Price_Books": (
        (
            "Record Id",
            "Price Book Owner.id",
            "Price Book Owner",
            "Price Book Name",
            "Created By.id",
            "Modified By.id",
            "Layout.id",
        ),
        (
            "Datensatz-ID",
            "Preisbuch-Besitzer.id",
            "Preisbuchbesitzer",
            "Preisbuchname",
            "Erstellt von.id",
            "Geändert von.id",
            "Tag",
        ),
        ("データID", "価格表の担当者.id", "価格表の担当者", "価格表名", "作成者.id", "更新者.id", "レイアウト.id"),
    ),
    "Products": (
        ("Record Id", "Product Owner.id", "Product Owner", "Product Name", "Vendor Name.id", "Created By.id", "Modified By.id"),
        ("Datensatz-ID", "Produkt-Besitzer.id", "Produktbesitzer", "Produktname", "Lieferantenname.id", "Erstellt von.id", "Tag"),
        ("データID", "商品の担当者.id", "商品の担当者", "商品名", "仕入先名.id", "作成者.id", "更新者.id"),
    ),
    "Campaigns": (
        ("Record Id", "Campaign Owner.id", "Campaign Owner", "Campaign Name", "Parent Campaign.id", "Created By.id", "Tag"),
        (
            "Datensatz-ID",
            "Kampagnenbesitzer.id",
            "Kampagnenbesitzer",
            "Kampagnenname",
            "Erstellt von.id",
            "Geändert von.id",
            "Tag",
        ),
        ("データID", "キャンペーンの担当者.id", "キャンペーンの担当者", "キャンペーン名", "作成者.id", "更新者.id", "タグ"),
    ),
}
ADDED: dict[str, Cells] = {
    "Campaigns": ("Campaign Id", "Kampagnen-ID", "キャンペーン名.id"),
    "Products": ("Product Id", "Produkt-ID", "商品ID"),
    "Contacts": ("Contact Id", "KontaktID", "連絡先ID"),
}


def _export(titles: Cells, added: str) -> list[Cells]:
    """Rows of an export with one more column; every title with ``id`` in it heads IDs, of whichever kind."""
    rows = [(*titles, added)]
    for number in range(4):
        cells = [
            contact(100 * place + number % 2) if "id" in title.lower() else "x" for place, title in enumerate(titles, start=1)
        ]
        rows.append((f"zcrm_{contact(number)}", *cells[1:], f"zcrm_{CAMPAIGN}"))
    return rows


@pytest.mark.parametrize("language", [0, 1, 2])
@pytest.mark.parametrize(
    ("export", "added", "relation", "parent_is_added"),
    [
        ("Contacts", "Campaigns", "Campaigns/Contacts", True),
        ("Leads", "Campaigns", "Campaigns/Leads", True),
        ("Leads", "Products", "Products/Leads", True),
        ("Accounts", "Products", "Products/Accounts", True),
        ("Contacts", "Products", "Products/Contacts", True),
        ("Deals", "Products", "Products/Deals", True),
        ("Price_Books", "Products", "Products/Price_Books", True),
        ("Products", "Contacts", "Products/Contacts", False),
        ("Campaigns", "Contacts", "Campaigns/Contacts", False),
    ],
)
def test_an_export_with_one_column_more_needs_no_choice(
    export: str, added: str, relation: str, parent_is_added: bool, language: int
) -> None:
    rows = _export(EXPORTS[export][language], ADDED[added][language])
    layout = find_layout(rows, ReadingChoice())
    assert layout.relation == parse_relation(relation)
    last = len(rows[0]) - 1
    assert _columns(layout) == ((last, 0) if parent_is_added else (0, last))
    assert layout == find_layout(rows, ReadingChoice(relation=layout.relation))


@pytest.mark.parametrize(
    ("headers", "possible", "words"),
    [
        (
            ("Record Id", "Contact Name", "Account Name.id", "Product Id"),
            ["Products/Leads", "Products/Accounts", "Products/Contacts", "Products/Deals", "Products/Price_Books"],
            "the header “Record Id” does not tell what kind of records these are",
        ),
        (
            ("Campaign Id", "Record Id"),
            ["Campaigns/Leads", "Campaigns/Contacts"],
            "the header “Record Id” does not tell what kind of records these are",
        ),
        (
            ("Campaign Name.id", "Record Id", "Contact Name.id"),
            ["Campaigns/Leads", "Campaigns/Contacts", "Products/Contacts"],
            "the header “Record Id” does not tell what kind of records these are",
        ),
        (
            ("Record Id", "Deal Owner", "Contact Name.id", "Campaign Id"),
            ["Campaigns/Contacts"],
            "the headers do not tell which links are meant",
        ),
        (("Campaign Id", "Mobile"), ["Campaigns/Leads", "Campaigns/Contacts"], "the headers do not tell which links are meant"),
    ],
)
def test_a_relation_that_rests_on_a_guess_is_asked_for(headers: Cells, possible: list[str], words: str) -> None:
    rows = _with_ids(headers, ("Contact Name", "メール", "Vorname", "Deal Owner"))
    with pytest.raises(RelationOpen) as caught:
        find_layout(rows, ReadingChoice())
    assert (caught.value.possible, say_text(caught.value.detail)) == (possible, words)


@pytest.mark.parametrize(
    ("headers", "relation", "columns"),
    [
        (("Account Name.id", "Record Id", "Campaign Id"), "Campaigns/Contacts", (2, 1)),
        (("Record Id", "Account Name.id", "Product Name.id"), "Products/Contacts", (2, 0)),
        (("Record Id", "Account Name.id", "Product Id"), "Products/Accounts", (2, 1)),
        (("Record Id", "Contact Name.id", "Campaign Name.id"), "Campaigns/Contacts", (2, 1)),
        (("Record Id", "Contact Id", "Campaign Id"), "Campaigns/Contacts", (2, 1)),
        (("Campaign Id", "Eins", "Kontakt"), "Campaigns/Contacts", (0, 2)),
        (("Owner.id", "Campaign Id", "Eins"), "Campaigns/Contacts", (1, 2)),
        (("Contact Number", "Contact Id", "Campaign"), "Campaigns/Contacts", (2, 1)),
        (("Social Lead ID", "Lead Id", "Campaign Id"), "Campaigns/Leads", (2, 1)),
        (("Vendor Name.id", "Eins", "Zwei"), "Campaigns/Contacts", (1, 2)),
    ],
)
def test_with_a_named_relation_the_clearest_columns_are_taken(headers: Cells, relation: str, columns: tuple[int, int]) -> None:
    layout = find_layout(_with_ids(headers), ReadingChoice(relation=parse_relation(relation)))
    assert _columns(layout) == columns


@pytest.mark.parametrize(
    ("headers", "relation", "words"),
    [
        (
            ("Campaign Id", "Contact Id", "Contact Id"),
            "Campaigns/Contacts",
            "columns B (“Contact Id”) and C (“Contact Id”) can each hold the IDs of Contacts: name the one that is meant",
        ),
        (
            ("Campaign Id", "Kampagne-ID", "Contact Id"),
            "Campaigns/Contacts",
            "columns A (“Campaign Id”) and B (“Kampagne-ID”) can each hold the IDs of Campaigns: name the one that is meant",
        ),
        (
            ("Campaign Id", "Eins", "Zwei"),
            "Campaigns/Contacts",
            "columns B (“Eins”) and C (“Zwei”) can each hold the IDs of Contacts: name the one that is meant",
        ),
        (
            ("Eins", "Zwei", "Drei"),
            "Campaigns/Contacts",
            "columns A (“Eins”), B (“Zwei”) and C (“Drei”) hold IDs, and nothing tells which two are meant: name both columns",
        ),
        (
            ("Record Id", "Account Name.id", "Product Id"),
            "Campaigns/Leads",
            "columns A (“Record Id”), B (“Account Name.id”) and C (“Product Id”) hold IDs, "
            "and nothing tells which two are meant: name both columns",
        ),
    ],
)
def test_none_of_several_equal_columns_is_guessed(headers: Cells, relation: str, words: str) -> None:
    rows = _with_ids(headers)
    with pytest.raises(ChoiceNotThere) as caught:
        find_layout(rows, ReadingChoice(relation=parse_relation(relation)))
    assert say_text(caught.value.detail) == words
    layout = find_layout(rows, ReadingChoice(relation=parse_relation(relation), parent_column="A", related_column="C"))
    assert _columns(layout) == (0, 2)


def test_equal_columns_are_asked_for_when_the_relation_was_found() -> None:
    with pytest.raises(ChoiceNotThere):
        find_layout(_with_ids(("Campaign Id", "Contact Id", "Contact Id")), ReadingChoice())


def test_a_column_that_is_never_proposed_can_be_named() -> None:
    rows = _with_ids(("Contact Owner.id", "Campaign Id"))
    with pytest.raises(ColumnsNotFound) as caught:
        find_layout(rows, ReadingChoice(relation=CAMPAIGNS_CONTACTS))
    assert say_text(caught.value.detail) == (
        "only column B holds record IDs, and a second one is needed "
        "(the IDs in column A are those of owners, authors or the like)"
    )
    layout = find_layout(rows, ReadingChoice(relation=CAMPAIGNS_CONTACTS, related_column="Contact Owner.id"))
    assert _columns(layout) == (1, 0)


def test_headers_of_columns_that_the_user_named_decide_the_relation() -> None:
    rows = _with_ids(("Record Id", "Campaign Name.id", "Contact Name.id"))
    layout = find_layout(rows, ReadingChoice(parent_column="B", related_column="C"))
    assert layout.relation == CAMPAIGNS_CONTACTS


@pytest.mark.parametrize("language", [0, 1, 2])
def test_if_rows_name_their_relation_the_headers_decide_the_sides(language: int) -> None:
    headers = [
        ("Related Module", "Related Id", "Parent Module", "Parent Id", "Owner.id"),
        ("Verknüpfte Liste", "Verknüpfte ID", "Modul", "Übergeordnete ID", "Besitzer.id"),
        ("関連タブ", "関連ID", "親タブ", "親ID", "作成者.id"),
    ][language]
    row = ("Contacts", contact(1), "Campaigns", CAMPAIGN, contact(7))
    layout = find_layout([headers, row], ReadingChoice())
    assert (layout.relation, _columns(layout)) == (None, (3, 1))
    assert (layout.columns.module, layout.columns.related_list) == (2, 0)


@pytest.mark.parametrize(
    ("headers", "beside"),
    [
        (("Campaign Id", "Contact Id", "", "Campaign Id", "Contact Id"), "columns D (“Campaign Id”) and E (“Contact Id”)"),
        (("Campaign Id", "Contact Id", "Campaign Id", "Contact Id"), "columns C (“Campaign Id”) and D (“Contact Id”)"),
        (("Campaign Id", "Contact Id", "", "Product Id", "Lead Id"), "columns D (“Product Id”) and E (“Lead Id”)"),
        (("Campaign Id", "Contact Id", "", "Eins", "Zwei"), "columns D (“Eins”) and E (“Zwei”)"),
    ],
)
def test_one_of_two_tables_beside_each_other_is_read_and_the_other_is_named(headers: Cells, beside: str) -> None:
    layout = find_layout(_with_ids(headers), ReadingChoice())
    assert (layout.relation, _columns(layout)) == (CAMPAIGNS_CONTACTS, (0, 1))
    assert tuple(map(say_text, layout.notes)) == (f"C{beside[1:]} hold another list beside this one; nothing of it is read.",)


def test_the_table_of_the_named_relation_is_read() -> None:
    rows = _with_ids(("Campaign Id", "Contact Id", "", "Product Id", "Lead Id"))
    layout = find_layout(rows, ReadingChoice(relation=parse_relation("Products/Leads")))
    assert _columns(layout) == (3, 4)
    assert tuple(map(say_text, layout.notes)) == (
        "Columns A (“Campaign Id”) and B (“Contact Id”) hold another list beside this one; nothing of it is read.",
    )


def test_an_empty_column_between_the_two_ends_does_not_separate_them() -> None:
    layout = find_layout(_with_ids(("Campaign Id", "", "Contact Id")), ReadingChoice())
    assert (_columns(layout), layout.notes) == ((0, 2), ())


def test_a_hidden_column_without_a_title_does_not_split_a_table() -> None:
    headers = ("Campaign Id", "Eins", "", "Contact Id", "Zwei")
    rows = [headers, *((CAMPAIGN, contact(10 + n), "Ann", contact(n), contact(20 + n)) for n in range(3))]
    layout = find_layout(rows, ReadingChoice(), hidden={2})
    assert (_columns(layout), layout.notes) == ((0, 3), ())


def test_two_named_pairs_without_a_gap_are_asked_about() -> None:
    rows = _with_ids(("Campaign Id", "Contact Id", "Product Id", "Lead Id"))
    with pytest.raises(RelationOpen):
        find_layout(rows, ReadingChoice())
    layout = find_layout(rows, ReadingChoice(relation=CAMPAIGNS_CONTACTS))
    assert tuple(map(say_text, layout.notes)) == (
        "Columns C (“Product Id”) and D (“Lead Id”) hold another list beside this one; nothing of it is read.",
    )


@pytest.mark.parametrize("empty_rows", [2000, 2500, 3990, 6000])
def test_an_end_whose_ids_begin_far_down_is_known_by_its_header(empty_rows: int) -> None:
    rows: list[Cells] = [("Campaign Id", "Contact Id", "Note")]
    rows += [("", contact(number), "") for number in range(empty_rows)]
    rows += [(CAMPAIGN, contact(number), "") for number in range(empty_rows, empty_rows + 20)]
    for choice in (ReadingChoice(), ReadingChoice(relation=CAMPAIGNS_CONTACTS)):
        assert _columns(find_layout(rows[:4000], choice)) == (0, 1)


def test_an_empty_column_that_names_an_end_goes_before_others_but_not_before_a_filled_one() -> None:
    headers = ("Campaign Id", "Contact Id", "Record Id", "Campaign Name.id")
    rows = [headers, *(("", contact(n), contact(5000 + n), OTHER_CAMPAIGN) for n in range(5000))]
    assert _columns(find_layout(rows, ReadingChoice(relation=CAMPAIGNS_CONTACTS))) == (3, 1)
    without_lookup = [row[:3] for row in rows]
    assert _columns(find_layout(without_lookup, ReadingChoice(relation=CAMPAIGNS_CONTACTS))) == (0, 1)


def test_an_empty_column_of_a_short_sheet_is_no_end() -> None:
    with pytest.raises(ColumnsNotFound):
        find_layout([("Campaign Id", "Contact Id"), ("", contact(1))], ReadingChoice())


def test_a_column_of_names_is_no_end_whatever_its_header_says() -> None:
    rows = [("Campaign Id", "Contact Id"), *(("Spring Fair", contact(n)) for n in range(5000))]
    with pytest.raises(ColumnsNotFound):
        find_layout(rows, ReadingChoice())


def test_a_header_that_says_id_is_believed_although_few_cells_hold_one() -> None:
    rows = [("Campaign Id", "Contact Id"), *(("Spring Fair", contact(n)) for n in range(9)), (CAMPAIGN, contact(9))]
    assert _columns(find_layout(rows, ReadingChoice())) == (0, 1)


@pytest.mark.parametrize(
    ("headers", "relation"),
    [
        (("キャンペーン名.id", "データID", "メール"), "Campaigns/Contacts"),
        (("Record Id", "Vorname", "Produkt-ID"), "Products/Contacts"),
        (("Record Id", "E-Mail", "Kampagnen-ID"), "Campaigns/Contacts"),
    ],
)
def test_persons_of_whom_no_column_says_that_they_are_leads_are_taken_for_contacts(headers: Cells, relation: str) -> None:
    layout = find_layout(_with_ids(headers, ("メール", "Vorname", "E-Mail")), ReadingChoice())
    assert (layout.relation and layout.relation.code, len(layout.notes)) == (relation, 1)
    assert "are taken for contacts" in say_text(layout.notes[0])


@pytest.mark.parametrize("telling", ["Lead Status", "Company", "会社名"])
def test_persons_whose_columns_tell_of_leads_are_leads(telling: str) -> None:
    headers = ("Campaign Id", "Record Id", "E-Mail", "Vorname", telling)
    layout = find_layout(_with_ids(headers, ("E-Mail", "Vorname", telling)), ReadingChoice())
    assert (layout.relation and layout.relation.code, layout.notes) == ("Campaigns/Leads", ())


@pytest.mark.parametrize("title", ["Contact Foobar ID", "Kontakt-Xyz-ID", "Contact Quux Id"])
def test_a_title_with_an_unknown_word_may_mean_somebody_else_s_id_and_is_asked_for(title: str) -> None:
    with pytest.raises(RelationOpen):
        find_layout(_with_ids(("Campaign Id", title)), ReadingChoice())
    assert _columns(find_layout(_with_ids(("Campaign Id", title)), ReadingChoice(relation=CAMPAIGNS_CONTACTS))) == (0, 1)
