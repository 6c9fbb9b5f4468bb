"""The document properties by which a workbook of results says what it is, in whatever language its words are.

Their names are codes and never change: ``Delink run`` has the run, ``Delink column outcome`` the heading of the column of
outcomes in this file, ``Delink worksheet to_fix`` the name of the worksheet of what is to fix. People see them in Excel under
File, Info, Properties; programs that save the workbook again in its own format keep them.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile, ZipFile

from desktop.domain.result_tables import OUTCOME_COLUMNS, ResultColumn, ResultSheet, ResultWords
from desktop.sheets.clean_text import clean
from desktop.sheets.own_results import worksheet_name
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml

RUN_PROPERTY = "Delink run"
"""Its value is the run."""

_COLUMN, _WORKSHEET = "Delink column ", "Delink worksheet "
_LONGEST_VALUE = 255
_LARGEST_PART = 1024 * 1024

UNREADABLE = (OSError, EOFError, BadZipFile, zlib.error, NotImplementedError, RuntimeError, XmlDamaged, EntitiesFound)
"""What a zip archive raises that is damaged or encrypted; such a file is none of ours."""

_Code = TypeVar("_Code", bound=StrEnum)


def properties_of(words: ResultWords) -> Iterator[tuple[str, str]]:
    """Name and value of each property that says how the columns and worksheets of a file are called."""
    for column, heading in words.columns.items():
        yield f"{_COLUMN}{column}", clean(heading)[:_LONGEST_VALUE]
    for sheet, name in words.sheets.items():
        yield f"{_WORKSHEET}{sheet}", worksheet_name(name)


def words_of(properties: Mapping[str, str]) -> ResultWords | None:
    """The words that a file brings along; None where it is none of ours, or of a version that did not write them."""
    columns = _named(properties, _COLUMN, ResultColumn)
    if not set(OUTCOME_COLUMNS) <= columns.keys():
        return None
    return ResultWords(columns, _named(properties, _WORKSHEET, ResultSheet))


def words_in(path: Path) -> ResultWords | None:
    """:func:`words_of` a workbook; None where its properties cannot be read, for which no sheet is refused."""
    try:
        with ZipFile(path) as archive:
            return words_of(custom_properties(archive))
    except UNREADABLE:
        return None


def custom_properties(archive: ZipFile) -> dict[str, str]:
    """The properties that somebody gave a workbook, by name, as Excel keeps them or as .ods does. Raises UNREADABLE."""
    in_excel = texts_of(archive, "docProps/custom.xml", lambda _, attributes: attributes.get("name"))
    return in_excel or texts_of(archive, "meta.xml", _name_in_ods)


def _name_in_ods(element: str, attributes: Mapping[str, str]) -> str | None:
    named = (value for name, value in attributes.items() if name.endswith(":name"))
    return next(named, None) if element == "user-defined" else None


def texts_of(archive: ZipFile, part: str, name_of: Callable[[str, dict[str, str]], str | None]) -> dict[str, str]:
    """What stands in a small part after each element that ``name_of`` gives a name; empty where there is no such part."""
    found: dict[str, str] = {}
    if part not in archive.namelist() or archive.getinfo(part).file_size > _LARGEST_PART:
        return found

    def see(element: str, attributes: dict[str, str]) -> None:
        if (name := name_of(element, attributes)) is not None:
            found[name] = ""

    def take(text: str) -> None:
        if found:
            found[next(reversed(found))] += text

    with archive.open(part) as stream:
        read_xml(stream, on_start=see, on_text=take)
    return found


def _named(properties: Mapping[str, str], prefix: str, codes: type[_Code]) -> dict[_Code, str]:
    called = ((code, properties.get(f"{prefix}{code}", "").strip()) for code in codes)
    return {code: name for code, name in called if name}
