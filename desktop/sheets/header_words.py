"""What the headers of columns tell: which module a column of IDs belongs to, and which columns name the relation."""

import re

from desktop.domain.readings import Cells
from desktop.domain.relations import MODULES, Relation, canonical_module

_LIST_WORDS = ("related list", "list name", "relatedlist")
_MODULE_WORDS = ("parent module", "module")
_TITLE = re.compile(r"\bid\b|\.id$|\brecord\b")


def module_named_by(header: str) -> str | None:
    """The module that a header names ("Campaign Id", "Account Name.id"), or None."""
    folded = f" {re.sub(r'[^a-z]+', ' ', header.lower()).strip()} "
    for module, words in MODULES.items():
        names = (words.one.lower(), words.many.lower(), module.lower().removesuffix("__s").replace("_", " "))
        if any(f" {name} " in folded for name in names):
            return module
    last = re.sub(r"[^a-z]+(ids?|number)?$", "", header.lower())
    synonym = canonical_module(last)
    return synonym if synonym in MODULES else "Deals" if " potential " in folded else None


def title_words(row: Cells) -> int:
    """How many cells look like titles of columns."""
    return sum(bool(module_named_by(cell)) or bool(_TITLE.search(cell.lower())) for cell in row)


def naming_columns(headers: Cells) -> tuple[int | None, int | None]:
    """The columns (from 0) that name module and related list; both or none."""
    folded = [re.sub(r"[\s_]+", " ", header).strip().lower() for header in headers]
    related_list = next((n for n, header in enumerate(folded) if header in _LIST_WORDS), None)
    module = next((n for word in _MODULE_WORDS for n, header in enumerate(folded) if header == word), None)
    return (module, related_list) if module is not None and related_list is not None else (None, None)


def relation_named_by(module: str, related_list: str) -> str:
    """The relation that two cells of a row name, as ``Module/List``; singular or plural, in either spelling."""
    return Relation(_module_of(module), _module_of(related_list)).code


def _module_of(cell: str) -> str:
    named = canonical_module(cell.strip())
    if named in MODULES:
        return named
    folded = re.sub(r"[\s_]+", " ", cell).strip().lower()
    by_word = {words.one.lower(): module for module, words in MODULES.items()}
    return by_word.get(folded, named)
