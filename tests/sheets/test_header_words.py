"""What headers tell."""

import pytest

from desktop.sheets.header_words import module_named_by, naming_columns, relation_named_by, title_words


@pytest.mark.parametrize(
    ("header", "module"),
    [
        ("Campaign Id", "Campaigns"),
        ("CAMPAIGNS", "Campaigns"),
        ("Account Name.id", "Accounts"),
        ("Contact_Id", "Contacts"),
        ("contact-ids (new)", "Contacts"),
        ("Price Book Id", "Price_Books"),
        ("PriceBooks.id", "Price_Books"),
        ("Price_Books", "Price_Books"),
        ("Potential Id", "Deals"),
        ("Deal ID", "Deals"),
        ("Lead", "Leads"),
        ("Appointment Id", "Appointments__s"),
        ("Services__s", "Services__s"),
        ("Record Id", None),
        ("Kontakt-ID", None),
        ("Leader", None),
        ("Produktname", None),
        ("", None),
    ],
)
def test_a_header_names_a_module_or_none(header: str, module: str | None) -> None:
    assert module_named_by(header) == module


def test_titles_are_counted_by_what_they_say() -> None:
    assert title_words(("Campaign Id", "Kontakt-ID", "Account Name.id", "Record", "Reason", "idea")) == 4


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (("Parent Module", "Id", "Related List", "Other"), (0, 2)),
        (("module", "Id", "related_list"), (0, 2)),
        (("Module", "Parent module", "RelatedList"), (1, 2)),
        (("Module", "Id"), (None, None)),
        (("Related List", "Id"), (None, None)),
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
        ("Campaigns", "Notes", "Campaigns/Notes"),
        ("", "", "/"),
    ],
)
def test_two_cells_name_a_relation(module: str, related_list: str, code: str) -> None:
    assert relation_named_by(module, related_list) == code
