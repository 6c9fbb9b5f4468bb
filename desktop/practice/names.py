"""Plausible names for practice records, derived from their ids, so that a record has the same name everywhere."""

import zlib

_FIRST = (
    "Ann",
    "Ben",
    "Carla",
    "David",
    "Eva",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Kira",
    "Luis",
    "Mara",
    "Nils",
    "Olga",
    "Pavel",
)
_LAST = (
    "Ortiz",
    "Becker",
    "Chen",
    "Dupont",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Larsen",
    "Moreau",
)
_SEASON = ("Spring", "Summer", "Autumn", "Winter", "New Year", "Easter", "Harvest", "Midnight")
_EVENT = ("Fair", "Newsletter", "Open House", "Webinar", "Roadshow", "Clearance", "Preview", "Reunion")
_THING = ("Chair", "Lamp", "Desk", "Kettle", "Shelf", "Printer", "Router", "Blanket")
_LINE = ("Classic", "Nova", "Alpine", "Studio", "Basic", "Pro", "Travel", "Eco")
_FIRM = ("Acorn", "Bluewater", "Cedar", "Delta", "Elm Street", "Fjord", "Granite", "Harbour")
_FORM = ("Ltd", "Trading", "Partners", "Works", "Group", "Supplies")

_WORDS = {
    "Campaigns": (_SEASON, _EVENT),
    "Products": (_LINE, _THING),
    "Accounts": (_FIRM, _FORM),
    "Deals": (_FIRM, ("renewal", "first order", "upgrade", "pilot")),
    "Price_Books": (_SEASON, ("prices", "price list", "offer")),
}


def name_of(module: str, record_id: str) -> str:
    """Return the name of a record."""
    first, second = _WORDS.get(module, (_FIRST, _LAST))
    part = zlib.crc32(f"{module}:{record_id}".encode())
    return f"{first[part % len(first)]} {second[part // 64 % len(second)]}"
