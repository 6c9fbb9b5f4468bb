"""What people call the records of a module, as labels, and the relations between two of them."""

from collections.abc import Mapping

from desktop.words.language import Plural

RELATIONS: Mapping[str, str | Plural] = {
    "related-from-parent": "{related} from {parent}",
    "campaign": "Campaign",
    "campaigns": "Campaigns",
    "product": "Product",
    "products": "Products",
    "lead": "Lead",
    "leads": "Leads",
    "contact": "Contact",
    "contacts": "Contacts",
    "account": "Account",
    "accounts": "Accounts",
    "deal": "Deal",
    "deals": "Deals",
    "price-book": "Price book",
    "price-books": "Price books",
    "appointment": "Appointment",
    "appointments": "Appointments",
    "service": "Service",
    "services": "Services",
}
