"""Which links may be removed at all: the built-in relations, their reverses, and lists of the organisation's own.

The same verb on a neighbouring path deletes notes, attachments or records, so nothing passes that is not on the list.
The table follows Zoho's page "Delink related records"; Deals was called Potentials there and in older organisations.

An organisation may have lists of its own beside these (fields that Zoho calls multi-select lookups). Nobody outside it can
know their names, so such a relation passes only when two things come together: a person accepted it by its name, and the
organisation's own metadata says that its links can be taken off. The person's word stands in the choice of the sheet and in
the journal of the run. The metadata is asked again by every conversation that is to change such a list, because what one
account answers proves nothing of another. Whatever both say, the lists of :data:`NEVER` stay refused.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop.domain.errors import RelationNotAllowed
from desktop.domain.texts import Text

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.ASCII)


def is_api_name(name: str) -> bool:
    """True for what the CRM's interface can call a module or a related list."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A parent module and one of its related lists, by their API names. Raises ValueError for what cannot be such a name."""

    parent_module: str
    related_list: str

    def __post_init__(self) -> None:
        if not (is_api_name(self.parent_module) and is_api_name(self.related_list)):
            raise ValueError("a relation is named by two API names")

    @property
    def code(self) -> str:
        """The relation as settings, sheets and options write it: ``Campaigns/Contacts``."""
        return f"{self.parent_module}/{self.related_list}"

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class BuiltInRelation:
    """One row of the table: the relation and its other direction (None: there is none)."""

    relation: Relation
    reverse: Relation | None


@dataclass(frozen=True, slots=True)
class ModuleWords:
    """What people call the records of a module."""

    one: Text | str
    many: Text | str


MODULES: dict[str, ModuleWords] = {
    "Campaigns": ModuleWords(Text("campaign"), Text("campaigns")),
    "Products": ModuleWords(Text("product"), Text("products")),
    "Leads": ModuleWords(Text("lead"), Text("leads")),
    "Contacts": ModuleWords(Text("contact"), Text("contacts")),
    "Accounts": ModuleWords(Text("account"), Text("accounts")),
    "Deals": ModuleWords(Text("deal"), Text("deals")),
    "Price_Books": ModuleWords(Text("price-book"), Text("price-books")),
    "Appointments__s": ModuleWords(Text("appointment"), Text("appointments")),
    "Services__s": ModuleWords(Text("service"), Text("services")),
}

# The screen tab in a record's address is not always the API name (older organisations: Potentials, PriceBooks).
_MODULE_SYNONYMS = {
    "potentials": "Deals",
    "pricebooks": "Price_Books",
    "appointments": "Appointments__s",
    "services": "Services__s",
}


def _built_in(parent: str, related: str, *, reversible: bool = True) -> BuiltInRelation:
    return BuiltInRelation(Relation(parent, related), Relation(related, parent) if reversible else None)


BUILT_IN: tuple[BuiltInRelation, ...] = (
    _built_in("Campaigns", "Leads"),
    _built_in("Campaigns", "Contacts"),
    _built_in("Products", "Leads"),
    _built_in("Products", "Accounts"),
    _built_in("Products", "Contacts"),
    _built_in("Products", "Deals"),
    _built_in("Products", "Price_Books"),
    _built_in("Appointments__s", "Services__s", reversible=False),
)

_REVERSES: dict[Relation, Relation] = {}
for _row in BUILT_IN:
    if _row.reverse is not None:
        _REVERSES[_row.relation] = _row.reverse
        _REVERSES[_row.reverse] = _row.relation

ALLOWED: frozenset[Relation] = frozenset({row.relation for row in BUILT_IN} | set(_REVERSES))

# Zoho documents these too, but not every organisation has them: the metadata must list them before anything is sent.
ONLY_WHERE_LISTED: frozenset[Relation] = frozenset({Relation("Appointments__s", "Services__s")})

# Lists that older organisations know under another name; only their metadata can say so.
OLDER_NAMES: dict[Relation, Relation] = {Relation("Products", "Deals"): Relation("Products", "Potentials")}

# Lists on which the same call deletes data instead of a link, or that have calls of their own. No metadata can allow them.
NEVER: frozenset[str] = frozenset({"notes", "attachments", "emails", "contact_roles"})


# What a link itself has, apart from its two records; Zoho's page "Update related records" takes these back.
_OWN_FIELDS: Mapping[frozenset[str], tuple[str, ...]] = {
    frozenset({"Campaigns", "Leads"}): ("Member_Status",),
    frozenset({"Campaigns", "Contacts"}): ("Member_Status",),
    frozenset({"Products", "Price_Books"}): ("list_price",),
}


def own_fields(relation: Relation) -> tuple[str, ...]:
    """The names of the fields that a link of this relation has of its own, from whichever end."""
    return _OWN_FIELDS.get(frozenset({relation.parent_module, relation.related_list}), ())


def is_custom(relation: Relation) -> bool:
    """True for a relation that is not built in, so that only the organisation's metadata can allow it."""
    return relation not in ALLOWED


def related_module(relation: Relation) -> str | None:
    """The module whose records the list holds; None where its name does not tell, which is so for a list of one's own."""
    return None if is_custom(relation) else relation.related_list


def reverse_of(relation: Relation) -> Relation | None:
    """The same relation seen from the other record, if that direction is built in."""
    return _REVERSES.get(relation)


def label_of(relation: Relation) -> Text:
    """The relation in words, such as "Contacts from Campaigns"."""
    return Text("related-from-parent", related=words_of(relation.related_list).many, parent=words_of(relation.parent_module).many)


def words_of(module: str) -> ModuleWords:
    """What people call the records of this module or list; an unknown one is shown by its name without underscores."""
    plain = module.removesuffix("__s").replace("_", " ")
    return MODULES.get(module) or ModuleWords(plain, plain)


def canonical_module(name: str) -> str:
    """The API name of a module however it was written in an address or a header (``PriceBooks``, ``potentials``)."""
    folded = re.sub(r"[\s_]+", "", name).lower()
    for module in MODULES:
        if folded == module.replace("_", "").lower():
            return module
    return _MODULE_SYNONYMS.get(folded, name)


def parse_relation(text: str) -> Relation:
    """The relation that ``Campaigns/Contacts`` names; ``Products/Potentials`` is ``Products/Deals``.

    Raises RelationNotAllowed when the text does not name two API names or names a list that is never allowed.
    """
    parent, slash, related = text.strip().partition("/")
    if not slash or not is_api_name(parent) or not is_api_name(related):
        raise RelationNotAllowed(text)
    relation = Relation(canonical_module(parent), canonical_module(related))
    if is_never(relation):
        raise RelationNotAllowed(text)
    return relation


def is_never(relation: Relation) -> bool:
    """True for lists and modules on which the delink call would delete data; no setting can lift this."""
    return relation.related_list.lower() in NEVER or relation.parent_module.lower() in NEVER


def check_allowed(relation: Relation, confirmed: Collection[Relation] = frozenset()) -> Relation:
    """Return the relation if it is built in, a reverse of one, or among those ``confirmed`` by the organisation's metadata.

    Raises RelationNotAllowed for everything else, and for the lists of :data:`NEVER` whatever was confirmed.
    """
    if is_never(relation) or not (relation in ALLOWED or relation in confirmed):
        raise RelationNotAllowed(relation.code)
    return relation
