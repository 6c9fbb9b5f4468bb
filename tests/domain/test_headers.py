"""What headers tell, in twelve languages and in the spellings that people use."""

import pytest

from desktop.domain.headers import (
    can_be_title,
    is_mark_header,
    is_mark_value,
    is_title,
    modules_of_rows,
    naming_columns,
    read_header,
    relation_named_by,
    title_words,
)
from desktop.domain.relations import MODULES


@pytest.mark.parametrize(
    ("header", "module"),
    [
        ("Campaign Id", "Campaigns"),
        ("CAMPAIGNS", "Campaigns"),
        ("Account Name.id", "Accounts"),
        ("Contact_Id", "Contacts"),
        ("contact-ids (new)", "Contacts"),
        ("CONTACTID", "Contacts"),
        ("priceBookIds", "Price_Books"),
        ("ContactIDs", "Contacts"),
        ("Price Book Id", "Price_Books"),
        ("PriceBooks.id", "Price_Books"),
        ("Price_Books", "Price_Books"),
        ("Potential Id", "Deals"),
        ("Deal ID", "Deals"),
        ("Lead", "Leads"),
        ("Appointment Id", "Appointments__s"),
        ("Services__s", "Services__s"),
        ("Kampagne-ID", "Campaigns"),
        ("Kampagnen-ID", "Campaigns"),
        ("KontaktID", "Contacts"),
        ("ID des Kontakts", "Contacts"),
        ("Preisbücher-ID", "Price_Books"),
        ("PREISBUECHER-ID", "Price_Books"),
        ("Kontonummer", "Accounts"),
        ("Produkt-Nr.", "Products"),
        ("Produktname", "Products"),
        ("ID de la campagne", "Campaigns"),
        ("Identifiant du contact", "Contacts"),
        ("ID de la transaction", "Deals"),
        ("ID de la campaña", "Campaigns"),
        ("ID de la campana", "Campaigns"),
        ("Posible cliente ID", "Leads"),
        ("Nombre de Cuenta.id", "Accounts"),
        ("ID da campanha", "Campaigns"),
        ("Negócio convertido.id", "Deals"),
        ("Contactpersoon-id", "Contacts"),
        ("contactnaam", "Contacts"),
        ("ID campagna", "Campaigns"),
        ("Listino prezzi.id", "Price_Books"),
        ("キャンペーン名.id", "Campaigns"),
        ("ｷｬﾝﾍﾟｰﾝID", "Campaigns"),
        ("取引先名", "Accounts"),
        ("取引先責任者ID", "Contacts"),
        ("联系人ID", "Contacts"),
        ("营销活动 ID", "Campaigns"),
        ("客户名称.id", "Accounts"),
        ("潜在客户ID", "Leads"),
        ("潛在客戶 ID", "Leads"),
        ("معرف الحملة", "Campaigns"),
        ("معرّف جهة الاتصال", "Contacts"),
        ("معرف جهة اتصال", "Contacts"),
        ("KAMPANYA KİMLİĞİ", "Campaigns"),
        ("kişi ıd", "Contacts"),
        ("Müşteri Adayı ID", "Leads"),
        ("ID kampanii", "Campaigns"),
        ("Identyfikator usługi", "Services__s"),
        ("Record Id", None),
        ("Leader", None),
        ("Mobile", None),
        ("Dealer Id", None),
        ("Transaction ID", None),
        ("Customer Id", None),
        ("Campaign Contact Id", None),
        ("", None),
        ("Contact " * 20, None),
    ],
)
def test_a_header_names_a_module_or_none(header: str, module: str | None) -> None:
    assert read_header(header).module == module


@pytest.mark.parametrize(
    ("header", "end"),
    [
        ("Contact", "Contacts"),
        ("Contact Name", "Contacts"),
        ("Contacts to remove", "Contacts"),
        ("Contact Id of the fair", "Contacts"),
        ("Parent Campaign Id", "Campaigns"),
        ("Contact Number", None),
        ("Contact 2", None),
        ("Kontonummer", None),
        ("Lead Source", None),
        ("Contact Owner.id", None),
        ("Parent Campaign.id", None),
        ("Social Lead ID", None),
        ("HubSpot Contact ID", None),
        ("Record Id", None),
    ],
)
def test_a_header_names_an_end_when_it_says_id_or_nothing_else(header: str, end: str | None) -> None:
    assert read_header(header).end == end


@pytest.mark.parametrize(
    "header",
    [
        *("Record Id", "RECORD ID", "ID", "Zoho CRM ID", "Datensatz-ID", "DatensatzID", "ID de registro", "ID do registro"),
        *("ID record", "Record-id", "ID de l'enregistrement", "データID", "ﾃﾞｰﾀＩＤ", "记录ID", "記錄 ID", "معرف السجل"),
        *("Kayıt Kimliği", "KAYIT KİMLİĞİ", "ID rekordu", "ids"),
    ],
)
def test_a_bare_id_is_known_in_every_language(header: str) -> None:
    assert read_header(header).is_bare_id
    assert read_header(header).has_id


@pytest.mark.parametrize("header", ["Contact Id", "ID number", "Record", "idea", "Owner.id", "External ID", "UUID", "Paid", ""])
def test_other_headers_are_no_bare_id(header: str) -> None:
    assert not read_header(header).is_bare_id


@pytest.mark.parametrize(
    "header",
    [
        *("Contact Owner.id", "Owner", "Created By.id", "Modified By", "Last Activity By", "Layout.id", "Tag", "Territories"),
        *("Parent Account.id", "Reporting To.id", "Connected To.id", "Converted Contact.id", "Assigned To", "Vendor Name.id"),
        *("Kontakt-Besitzer.id", "Kontaktbesitzer", "Datensatzeigentümer", "Erstellt von.id", "GEÄNDERT VON", "Geaendert von"),
        *("Übergeordnetes Konto.id", "Propriétaire du lead.id", "Créé par", "CREE PAR", "Modifié par.id", "Compte parent.id"),
        *("Propietario de Contacto", "Creado por.id", "Proprietário do Lead.id", "Criado Por.id", "Contato convertido.id"),
        *("Eigenaar contactpersoon", "Gemaakt door.id", "Lead Proprietario.id", "Creato da.id", "Account convertito.id"),
        *("連絡先の担当者.id", "作成者.id", "更新者", "レイアウト.id", "親取引先.id", "联系人所有者", "创建者.id", "修改人"),
        *(
            "聯絡人擁有者",
            "مالك جهة الاتصال",
            "المالك",
            "Kampanya Sahibi",
            "Oluşturan.id",
            "Właściciel kontaktu",
            "Utworzone przez",
        ),
    ],
)
def test_owners_and_their_kin_are_never_an_end(header: str) -> None:
    assert read_header(header).is_never_an_end
    assert read_header(header).end is None


@pytest.mark.parametrize("header", ["Contact Id", "Record Id", "Parent Id", "Parent Campaign Id", "Tagung", "Besitz", "", "ID"])
def test_other_headers_are_no_owners(header: str) -> None:
    assert not read_header(header).is_never_an_end


@pytest.mark.parametrize(
    "header",
    [
        *("Delete?", "To delete", "Remove", "Keep", "Action", "x", "X", "✓", "Unsubscribed", "Member Status", "Email Opt Out"),
        *("Löschen?", "loeschen", "Behalten", "Aktion", "Abgemeldet", "Mitgliedsstatus", "Supprimer", "Statut", "Eliminar"),
        *(
            "Excluir",
            "Verwijderen",
            "Elimina",
            "Stato",
            "削除",
            "配信停止",
            "ステータス",
            "删除",
            "退订",
            "狀態",
            "حذف",
            "الحالة",
        ),
        *("Silinecek", "Durum", "Usuń", "Do usunięcia"),
    ],
)
def test_marks_are_known_in_every_language(header: str) -> None:
    assert is_mark_header(header)


@pytest.mark.parametrize(
    "header", ["Contact Id", "Id to delete", "Reaction", "Transaction", "X (Twitter)", "Extra", "Email", "Modified By", ""]
)
def test_other_headers_are_no_marks(header: str) -> None:
    assert not is_mark_header(header)


@pytest.mark.parametrize(
    ("text", "is_mark"),
    [("remove", True), ("KEEP", True), ("x", True), ("behalten", True), ("削除", True), ("✓", True), ("Ben", False), ("", False)],
)
def test_a_value_can_be_a_mark_by_itself(text: str, is_mark: bool) -> None:
    assert is_mark_value(text) is is_mark
    assert not is_mark_value("remove " * 20)


def test_titles_are_counted_by_what_they_say() -> None:
    assert title_words(("Campaign Id", "Kontakt-ID", "Account Name.id", "Record", "Reason", "idea")) == 4


@pytest.mark.parametrize("cell", ["Campaign Id", "KontaktID", "ID", "(Contact)", "データID", "Kişi ID", "Übergeordnetes Konto"])
def test_the_quick_test_lets_every_title_through(cell: str) -> None:
    assert can_be_title(cell)


@pytest.mark.parametrize("cell", ["3652397000000327001", "Xaver Q.", "contact " * 20])
def test_the_quick_test_knows_what_is_certainly_no_title(cell: str) -> None:
    assert not can_be_title(cell)
    assert not is_title(cell)


@pytest.mark.parametrize(
    ("headers", "modules"),
    [
        (("Record Id", "Contact Owner.id"), {"Contacts"}),
        (("データID", "見込み客の担当者"), {"Leads"}),
        (("Datensatz-ID", "Kontobesitzer", "Vorname"), {"Accounts"}),
        (("Record Id", "First Name", "Account Name"), {"Contacts"}),
        (("Record Id", "Last Name", "Company"), {"Leads"}),
        (("データID", "姓", "取引先名.id"), {"Contacts"}),
        (("Datensatz-ID", "Nachname", "Firma"), {"Contacts", "Leads"}),
        (("Record Id", "First Name", "Email"), {"Contacts", "Leads"}),
        (("Record Id", "Lead Status"), {"Leads"}),
        (("Record Id", "Product Code"), {"Products"}),
        (("Record Id", "Product Code", "Product Id"), set(MODULES)),
        (("Record Id", "Contact Owner", "Lead Owner"), set(MODULES)),
        (("Record Id", "Converted Contact.id"), set(MODULES)),
        (("Record Id", "Email"), set(MODULES)),
        ((), set(MODULES)),
    ],
)
def test_other_columns_tell_whose_records_the_rows_are(headers: tuple[str, ...], modules: set[str]) -> None:
    assert modules_of_rows(headers) == modules


@pytest.mark.parametrize(("header", "side"), [("Parent Id", "parents"), ("Related record ID", "related"), ("Parent", None)])
def test_a_header_can_name_an_end_without_a_module(header: str, side: str | None) -> None:
    assert read_header(header).side == side


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (("Parent Module", "Id", "Related List", "Other"), (0, 2)),
        (("module", "Id", "related_list"), (0, 2)),
        (("Module", "Parent module", "RelatedList"), (1, 2)),
        (("Parent Module", "Parent Id", "Related Module", "Related Id"), (0, 2)),
        (("Modul", "ID", "Verknüpfte Liste"), (0, 2)),
        (("親タブ", "関連リスト"), (0, 1)),
        (("Módulo", "Lista relacionada"), (0, 1)),
        (("Module", "Id"), (None, None)),
        (("Related List", "Id"), (None, None)),
        (("Connected To.module", "Related List"), (None, None)),
    ],
)
def test_the_columns_that_name_the_relation_come_together_or_not(
    headers: tuple[str, ...], columns: tuple[int | None, int | None]
) -> None:
    assert naming_columns(headers) == columns


@pytest.mark.parametrize(
    ("module", "related_list", "code"),
    [
        ("Campaigns", "Contacts", "Campaigns/Contacts"),
        (" campaign ", "contact", "Campaigns/Contacts"),
        ("Product", "Potentials", "Products/Deals"),
        ("Price book", "Products", "Price_Books/Products"),
        ("Kampagnen", "Kontakte", "Campaigns/Contacts"),
        ("キャンペーン", "見込み客", "Campaigns/Leads"),
        ("Campaigns", "Notes", "Campaigns/Notes"),
        ("Campaigns", "Contact Id", "Campaigns/Contact Id"),
        ("", "", "/"),
    ],
)
def test_two_cells_name_a_relation(module: str, related_list: str, code: str) -> None:
    assert relation_named_by(module, related_list) == code


@pytest.mark.parametrize(
    "header",
    [
        "ID właściciela",
        "ID des Besitzers",
        "Markierung-ID",
        "ID des Inhabers",
        "ID des Erstellers",
        "ID des Kontaktinhabers",
        "ID des Gebiets",
        "Gebiets-ID",
        "Layouts-ID",
        "Inhaberkennung",
        "Benutzerkennung",
        "Modifiziert von",
        "Betreuer",
        "ID twórcy",
        "ID autora",
        "ID użytkownika",
        "ID znacznika",
        "Stworzone przez",
        "Sahibinin Kimliği",
        "Oluşturanın Kimliği",
        "Etiketin Kimliği",
        "Eigenaars-ID",
        "Gebruikers-ID",
        "ID van maker",
        "Titolare",
        "Autore",
        "Ultima modifica di",
        "Zona",
        "Titular",
        "Última modificación por",
        "Autor",
        "Última modificação por",
        "Disposição",
        "Étiquettes",
        "Dernière modification par",
        "登録者",
        "営業担当",
        "ラベル",
        "責任者",
        "所有人",
        "归属人",
        "擁有人",
        "编辑者",
        "معرف المعدل",
        "معرف الوسوم",
        "تم الإنشاء من قبل",
        "SMOWNERID",
        "Author",
        "Approver",
        "Locked By",
        "Contact Editor ID",
        "联系人归属人ID",
        "連絡先の登録者ID",
        "Kişi oluşturanın kimliği",
    ],
)
def test_other_forms_of_the_words_for_owners_and_authors_are_known_too(header: str) -> None:
    assert read_header(header).is_never_an_end


@pytest.mark.parametrize(
    "header",
    [
        "Contact Id",
        "Kontakt-ID",
        "ID contatto",
        "連絡先ID",
        "联系人ID",
        "Price Book Id",
        "Record Id",
        "Account Name.id",
        "ID kontaktu",
    ],
)
def test_titles_of_ends_are_no_owners(header: str) -> None:
    assert not read_header(header).is_never_an_end
