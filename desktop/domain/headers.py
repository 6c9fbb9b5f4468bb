"""What the header of a column says, in any of the languages of :mod:`header_words`.

A header is cut into words, and each word is looked up. Before that both sides are folded alike (:func:`words_in`), so that
spelling does not matter: full-width and half-width signs (NFKC), capitals, accents, the Turkish dotless i, Arabic vowel signs
and the Arabic article. A change from small to capital letters ends a word ("KontaktID"), and so does a change of script
("データID"). Languages that glue words together are taken apart: German and Dutch compounds only where a known word is
followed by another known one ("Kampagnennummer", "contactnaam", "leadid"), so that a "Leader" is no lead; Japanese and
Chinese by the longest known word at each place, so that 潜在客户 (a lead) is not taken for 客户 (an account).

Three answers decide which columns can be an end of a link. A header *names an end* when it names one module and says that
the column holds IDs ("Kampagnen-ID", "Account Name.id"), or says nothing else at all ("Kontakt"): "Contact Number" is a
telephone number. A header is a *bare ID* when it says ID and nothing more ("Record Id", データID): the rows themselves are
the records then, and the other columns have to tell of which module. And a header that names an owner, an author, a layout
and the like, or another system, is *never an end*.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from desktop.domain.header_words import FOREIGN, HEADER_WORDS
from desktop.domain.module_words import MODULE_WORDS
from desktop.domain.relations import MODULES, canonical_module

_MODULE = "module "
_ALL_MODULES = frozenset(MODULES)
_SAYS_NOTHING = frozenset({"fillers", "names", "records", "parents", "related", "marks"})

_LONGEST_TITLE = 80
_HAN_AND_KANA = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_HAN_AND_KANA}]+|[0-9]+|[^\W_0-9{_HAN_AND_KANA}]+")
_IS_HAN_OR_KANA = re.compile(rf"[{_HAN_AND_KANA}]")
_BEGINNING = re.compile(r"[A-Za-z0-9]{1,3}")
_LOOKUP = re.compile(r"\S\s*\.\s*id", re.IGNORECASE)
# Accents of Latin letters, Arabic vowel signs, and the Arabic sign that only makes a line longer.
_ACCENTS = dict.fromkeys([*range(0x300, 0x370), *range(0x64B, 0x656), 0x640, 0x670])
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ى": "ي", "ة": "ه", "ٱ": "ا"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ARABIC_ARTICLES = ("وال", "بال", "لل", "ال")
_LINKING_LETTERS = ("", "s", "n", "en")
_COMPOUND_ENDS = frozenset({"ids", "names", "numbers", "owners", "statuses", "codes"})
_MARK_ENDINGS = ("status", "kennzeichen")
_CROSSES = (("x",), ("✓",), ("✔",), ("☑",), ("✗",))


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says: the kinds of words in it, named as the fields of LanguageWords, and the module that it names.

    ``module`` is None when it names none, or several. ``is_lookup`` says that it ends in ``.id``, as the columns of an
    export do that hold what a field of the record refers to. ``is_plain`` says that it has no unknown word and no figures.
    """

    module: str | None
    says: frozenset[str]
    is_lookup: bool
    is_plain: bool

    @property
    def has_id(self) -> bool:
        """True when the header says that the column holds IDs."""
        return "ids" in self.says

    @property
    def is_never_an_end(self) -> bool:
        """True for a column of users, layouts, records that the row merely refers to, and IDs of other systems."""
        refers_upwards = self.is_lookup and self.module is not None and "parents" in self.says
        return not self.says.isdisjoint({"owners", "kin", "foreign"}) or refers_upwards

    @property
    def end(self) -> str | None:
        """The module whose records the column holds by its header, or None."""
        is_something_else = not self.has_id and not self.says <= _SAYS_NOTHING
        return None if self.is_never_an_end or is_something_else else self.module

    @property
    def is_bare_id(self) -> bool:
        """Return True for a header that names no record, such as "Record Id", "ID", データID."""
        return self.has_id and self.module is None and self.says <= {"ids", "records", "fillers"}

    @property
    def side(self) -> str | None:
        """``parents`` or ``related`` for a header that names one end of the link and no module ("Parent Id")."""
        is_side = self.has_id and self.module is None and self.says <= {"ids", "records", "fillers", "parents", "related"}
        named = self.says & {"parents", "related"}
        return next(iter(named)) if is_side and len(named) == 1 else None


@lru_cache(maxsize=32_768)
def read_header(header: str) -> Header:
    """Understand the header of a column. A text that is too long for one says nothing that is known."""
    if len(header) > _LONGEST_TITLE:
        return Header(None, frozenset({"unknown"}), is_lookup=False, is_plain=False)
    modules, says = set[str](), set[str]()
    for meaning in _meanings(words_in(header)):
        named = {one.removeprefix(_MODULE) for one in meaning if one.startswith(_MODULE)}
        modules |= named
        says |= set() if named else meaning
    if len(modules) > 1:
        says.add("several")
    return Header(
        module=next(iter(modules)) if len(modules) == 1 else None,
        says=frozenset(says),
        is_lookup=_LOOKUP.search(header.strip()[-8:]) is not None and "ids" in says,
        is_plain=bool(modules or says) and says.isdisjoint({"unknown", "figures"}),
    )


def is_mark_header(header: str) -> bool:
    """True for a column that may say which rows are meant: "Delete?", "Member Status", "Aktion", 配信停止, "x"."""
    said = read_header(header)
    if said.has_id or said.is_never_an_end:
        return False
    return "marks" in said.says or is_mark_value(header) or any(word.endswith(_MARK_ENDINGS) for word in words_in(header))


def is_mark_value(text: str) -> bool:
    """True for the text of a cell that marks its row by itself: "remove", "x", "behalten", 削除."""
    if len(text) > _LONGEST_TITLE:
        return False
    words = words_in(text) or (text.strip(),)
    return words in _CROSSES or "marks" in _vocabulary().get(words, frozenset())


def can_be_title(cell: str) -> bool:
    """A quick test for millions of cells: False for figures, long texts, and what begins like no word of the table."""
    if len(cell) > _LONGEST_TITLE or not cell.isascii():
        return len(cell) <= _LONGEST_TITLE
    begins = _BEGINNING.match(cell)
    return begins is None or begins[0].casefold() in _beginnings()


def is_title(cell: str) -> bool:
    """True when a cell looks like the title of a column that has to do with records."""
    said = read_header(cell)
    return said.module is not None or not said.says.isdisjoint({"ids", "records", "several"})


def title_words(row: Iterable[str]) -> int:
    """How many cells look like titles of columns."""
    return sum(map(is_title, row))


def modules_of_rows(headers: Sequence[str]) -> frozenset[str]:
    """The modules whose records the rows can be, by the titles of all columns; all of them when nothing tells.

    An export has a column for the owner, which names the module ("Contact Owner"). Else the fields tell: a person with an
    account is a contact, a person with a company is a lead, and a person with neither is one of the two. A module that has
    a column of IDs of its own is not told by its fields: the rows then refer to it.
    """
    said = [read_header(header) for header in headers if header]
    owners = _modules_in(one for one in said if "owners" in one.says and one.is_plain and "kin" not in one.says)
    if owners:
        return owners if len(owners) == 1 else _ALL_MODULES
    with_ids = {one.end for one in said if one.has_id and not one.is_lookup}
    told = _modules_in(one for one in said if _is_field_of_one_module(one)).difference(with_ids) or _ALL_MODULES
    if any("persons" in one.says for one in said):
        told &= _modules_of_persons(headers)
    return told or _ALL_MODULES


def naming_columns(headers: Sequence[str]) -> tuple[int | None, int | None]:
    """The columns (from 0) that name module and related list; both or none."""
    words = [words_in(header) for header in headers]
    lists = [n for n, title in enumerate(words) if "lists_named" in _vocabulary().get(title, frozenset())]
    modules = [n for n, title in enumerate(words) if "modules_named" in _vocabulary().get(title, frozenset())]
    if not lists or not modules:
        return None, None
    return max(modules, key=lambda n: (len("".join(words[n])), -n)), lists[0]  # "Parent module" says more than "Module"


def relation_named_by(module: str, related_list: str) -> str:
    """The relation that two cells of a row name, as ``Module/List``; singular or plural, in any of the languages."""
    return f"{_module_of(module)}/{_module_of(related_list)}"


def words_in(text: str) -> tuple[str, ...]:
    """The words of a header, folded so that two spellings of a word are equal. Figures are words of their own."""
    if text.isascii():
        return tuple(_WORD.findall(_with_words_parted(text).casefold()))
    folded = _with_words_parted(unicodedata.normalize("NFKC", text)).casefold()
    bare = unicodedata.normalize("NFKD", folded).translate(_ACCENTS)
    shown = "".join(sign for sign in unicodedata.normalize("NFC", bare) if unicodedata.category(sign) != "Cf")
    return tuple(map(_without_article, _WORD.findall(shown.translate(_LETTERS))))


def _with_words_parted(text: str) -> str:
    """The text with a blank where a capital begins a new word: "KontaktID", "priceBookIds", "CRMContact"."""
    if text.islower() or text.isupper():
        return text
    text = text.replace("IDs", "Ids")
    parted = []
    for before, sign, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        begins = sign.isupper() and (before.islower() or before.isdigit() or (before.isupper() and after.islower()))
        parted.append(f" {sign}" if begins else sign)
    return "".join(parted)


def _without_article(word: str) -> str:
    article = next((one for one in _ARABIC_ARTICLES if word.startswith(one) and len(word) >= len(one) + 3), "")
    return word.removeprefix(article)


@cache
def _vocabulary() -> dict[tuple[str, ...], frozenset[str]]:
    """What each known phrase (as folded words) means: kinds of words, and modules with _MODULE before their name."""
    known: dict[tuple[str, ...], set[str]] = {}
    for meaning, phrases in _all_phrases():
        for phrase in phrases.split(","):
            for spelling in {phrase, phrase.translate(_UMLAUTS)}:
                known.setdefault(words_in(spelling), set()).add(meaning)
    return {words: frozenset(meanings) for words, meanings in known.items() if words}


def _all_phrases() -> Iterator[tuple[str, str]]:
    for modules in MODULE_WORDS.values():
        for module, phrases in modules.items():
            yield f"{_MODULE}{module}", phrases
    for language in HEADER_WORDS.values():
        for field in fields(language):
            yield field.name, getattr(language, field.name)
    yield "foreign", FOREIGN


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:3] for words in _vocabulary() for word in words)


@cache
def _longest_phrase() -> int:
    return max(map(len, _vocabulary()))


def _meanings(words: Sequence[str]) -> list[frozenset[str]]:
    """What the words of a header mean, the longest known phrase at each place."""
    known, found, place = _vocabulary(), list[frozenset[str]](), 0
    while place < len(words):
        longest = min(_longest_phrase(), len(words) - place)
        length = next((n for n in range(longest, 0, -1) if tuple(words[place : place + n]) in known), 0)
        if length:
            found.append(known[tuple(words[place : place + length])])
        else:
            found += _meanings_of_unknown(words[place])
        place += max(length, 1)
    return found


def _meanings_of_unknown(word: str) -> list[frozenset[str]]:
    if word.isdigit():
        return [frozenset({"figures"})]
    if _IS_HAN_OR_KANA.match(word):
        return _meanings_without_blanks(word)
    return _meanings_of_compound(word) or [frozenset({"unknown"})]


def _meanings_without_blanks(text: str) -> list[frozenset[str]]:
    """The same for Japanese and Chinese: the longest known word at each place; what is between them is unknown."""
    known, found, place = _vocabulary(), list[frozenset[str]](), 0
    while place < len(text):
        end = next((end for end in range(len(text), place, -1) if (text[place:end],) in known), None)
        found.append(frozenset({"unknown"}) if end is None else known[text[place:end],])
        place = place + 1 if end is None else end
    return found


def _meanings_of_compound(word: str) -> list[frozenset[str]]:
    """What a word for a module or a record means with another word glued to it; nothing when it is none of that kind."""
    known = _vocabulary()
    for cut in range(4, len(word) - 1):
        end = known.get((word[cut:],), frozenset()) & _COMPOUND_ENDS
        for letters in _LINKING_LETTERS if end else ():
            head = known.get((word[:cut].removesuffix(letters),), frozenset())
            if "records" in head or any(one.startswith(_MODULE) for one in head):
                return [head, end]
    return []


def _modules_in(said: Iterable[Header]) -> frozenset[str]:
    return frozenset(one.module for one in said if one.module is not None)


def _is_field_of_one_module(said: Header) -> bool:
    """True for a field that only records of the named module have: "Lead Status", "Product Code"."""
    field_of = {"Leads": "statuses", "Products": "codes"}.get(said.module or "")
    return field_of in said.says and not said.has_id


def _modules_of_persons(headers: Sequence[str]) -> frozenset[str]:
    """Whether persons are contacts (they have an account) or leads (they have a company); both where it is open.

    A word that means an account as well as a company, such as "Firma", tells neither.
    """
    said = [read_header(header) for header in headers]
    accounts = any(one.module == "Accounts" and not one.is_never_an_end and (one.has_id or "names" in one.says) for one in said)
    companies = any(one.module is None and one.says == {"companies"} for one in said)
    if accounts == companies:
        return frozenset({"Contacts", "Leads"})
    return frozenset({"Contacts" if accounts else "Leads"})


def _module_of(cell: str) -> str:
    named = canonical_module(cell.strip())
    said = read_header(cell)
    return said.module if named not in MODULES and said.module is not None and not said.says else named
