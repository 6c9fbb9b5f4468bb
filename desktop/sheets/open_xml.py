r"""The parts of an Excel workbook, found through its relationships, and what the workbook says about its worksheets.

Excel always writes ``xl/workbook.xml`` and ``xl/worksheets/sheet1.xml``, but other programs choose other names, write
``XL\Workbook.xml`` or put a prefix before every element. So names of parts are compared without case and with either slash,
and elements and attributes are known by their local names.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote
from zipfile import ZipFile

from desktop.domain.errors import SheetUnreadable
from desktop.domain.texts import Text
from desktop.sheets.xml_stream import XmlDamaged, read_xml

_TRUE, _FALSE = ("1", "true"), ("0", "false")
_USUAL = ("xl/workbook.xml", "xl/workbook.bin")
_MEASURE = re.compile(
    r"\s*([-+]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?)\s*(?:[a-z]+|%)?\s*", re.ASCII
)
SAME_NAMES = Text("parts-of-one-name")
_SAME_IDS = Text("parts-for-one-worksheet")
_HALF_A_PIXEL = 0.375
_MOST_RELATIONS = 100_000
_MOST_HEADS = 200  # how many worksheets are searched for the selected one if the workbook does not name it


class EnoughRead(Exception):
    """The element that was searched for is found; the rest of the part need not be read."""


@dataclass(frozen=True, slots=True)
class Related:
    """The target of a relationship: its kind (the last word of its type) and the name of the part."""

    kind: str
    part: str


class Package:
    """A zip archive seen as a package of parts that point to each other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        counts = Counter(_normal(entry.filename) for entry in entries)
        self._doubles = {name for name, count in counts.items() if count > 1}
        # Names that differ only in case are kept as they are written, because then a reference means the exact one.
        self._entries = {self._key(_plain(entry.filename)): entry for entry in entries}

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def parts(self) -> list[str]:
        """Return the names of all parts, as this class spells them: with slashes and in lower case."""
        return list(self._entries)

    def open(self, part: str) -> IO[bytes]:
        """Open a part for reading. Raises KeyError if there is none of this name."""
        return self._archive.open(self._entries[part])

    def _key(self, name: str) -> str:
        return name if name.lower() in self._doubles else name.lower()

    def _part_of_name(self, name: str) -> str:
        """Return the part that a name means. Raises SheetUnreadable if it means several, and none exactly."""
        key = self._key(name)
        if key.lower() in self._doubles and key not in self._entries:
            raise SheetUnreadable(self._archive.filename or "", SAME_NAMES)
        return key

    def size(self, part: str) -> int:
        """Return how many bytes a part unpacks to. Raises KeyError."""
        return self._entries[part].file_size

    def relations(self, part: str) -> dict[str, Related]:
        """Return what a part points to, by the id of each relationship; the package itself is the part ``""``.

        Raises KeyError, XmlDamaged, EntitiesFound, SheetUnreadable.
        """
        folder, name = posixpath.split(part)
        relations: dict[str, Related] = {}

        def see(element: str, attributes: Mapping[str, str]) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                if len(relations) >= _MOST_RELATIONS:
                    raise XmlDamaged("relationships without end")
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = self._part_of_name(_plain(posixpath.join("/" + folder, attributes.get("Target", "").replace("\\", "/"))))
                related = Related(kind, target if target in self else self._part_of_name(unquote(target)))
                if relations.setdefault(attributes.get("Id", ""), related) != related:
                    raise SheetUnreadable(self._archive.filename or "", _SAME_IDS)

        with self.open(self._part_of_name(_plain(f"{folder}/_rels/{name}.rels"))) as stream:
            read_xml(stream, see)
        return relations

    def workbook(self) -> str:
        """Return the name of the part of the workbook. Raises KeyError, XmlDamaged, EntitiesFound."""
        with suppress(KeyError):
            for related in self.relations("").values():
                if related.kind == "officeDocument" and related.part in self:
                    return related.part
        return next((part for part in _USUAL if part in self), _USUAL[0])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, in the order of its tabs; ``part`` is empty if the workbook names none."""

    name: str
    part: str
    is_worksheet: bool
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook (chart sheets and hidden ones too); ``active`` is the place of the tab in front, from 0.

    ``texts`` and ``styles`` are the parts with what the sheets share, empty if there is none; ``from_1904`` means that days are
    counted from that year on.
    """

    sheets: tuple[Sheet, ...]
    active: int | None
    texts: str = ""
    styles: str = ""
    from_1904: bool = False

    def part_of(self, name: str) -> str:
        """Return the part of the sheet of this name. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet.part
        raise KeyError(name)

    @property
    def in_front(self) -> str | None:
        """Return the name of the sheet in front; None if the workbook names none, or one that does not exist."""
        is_there = self.active is not None and 0 <= self.active < len(self.sheets)
        return self.sheets[self.active].name if self.active is not None and is_there else None


def read_workbook(package: Package) -> Workbook:
    """Read ``workbook.xml``. Raises KeyError, XmlDamaged, EntitiesFound."""
    part = package.workbook()
    related = package.relations(part)
    sheets: list[Sheet] = []
    actives: list[int | None] = []
    eras: list[bool] = []

    def see(element: str, attributes: Mapping[str, str]) -> None:
        if element == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            target = related.get(relation, Related("", ""))
            is_hidden = attributes.get("state", "visible").strip() != "visible"
            is_worksheet = target.kind == "worksheet" and target.part in package  # another program may have lost the part
            sheets.append(Sheet(attributes.get("name", ""), target.part, is_worksheet, is_hidden))
        elif element == "workbookPr":
            eras.append(is_true(attributes.get("date1904")))
        elif element == "workbookView":
            actives.append(number(attributes.get("activeTab", "0")))

    with package.open(part) as stream:
        read_xml(stream, see)
    shared = {target.kind: target.part for target in related.values() if target.part in package}
    return Workbook(
        tuple(sheets),
        actives[0] if actives else None,  # of several windows the first one counts
        shared.get("sharedStrings", ""),
        shared.get("styles", ""),
        any(eras),
    )


def read_front(package: Package) -> str | None:
    """Return the sheet in front: the active tab, else the first worksheet with a selected tab. Raises like read_workbook."""
    workbook = read_workbook(package)
    return workbook.in_front or _first_selected(package, workbook.sheets)


def number(text: str | None) -> int | None:
    """Read an attribute as a whole number of up to nine digits; None if it is anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def is_true(text: str | None) -> bool:
    """Read an attribute as a truth value; False if it is missing."""
    return text is not None and text.strip().lower() in _TRUE


def may_be_true(text: str | None) -> bool:
    """True unless the attribute is missing or a plain "false": readers disagree about any other word."""
    return text is not None and text.strip().lower() not in _FALSE


def is_zero(text: str | None) -> bool:
    """True for a measure of zero, with or without a unit; False if the attribute is missing."""
    return _measure(text) == 0


def is_flat(text: str | None) -> bool:
    """True for a height, in points, that no screen shows; False if the attribute is missing."""
    height = _measure(text)
    return height is not None and height < _HALF_A_PIXEL


def _measure(text: str | None) -> float | None:
    match = _MEASURE.fullmatch(text or "")
    return float(match[1]) if match is not None else None


def _first_selected(package: Package, sheets: tuple[Sheet, ...]) -> str | None:
    selected: list[str] = []
    name = ""

    def see(element: str, attributes: Mapping[str, str]) -> None:
        if element == "sheetView" and is_true(attributes.get("tabSelected")):
            selected.append(name)
        if selected or element in ("cols", "sheetData"):
            raise EnoughRead

    for sheet in sheets[:_MOST_HEADS]:
        name = sheet.name
        if sheet.is_worksheet and sheet.part in package and not selected:
            with package.open(sheet.part) as stream, suppress(EnoughRead):
                read_xml(stream, see)
    return selected[0] if selected else None


def _plain(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")


def _normal(name: str) -> str:
    return _plain(name).lower()
