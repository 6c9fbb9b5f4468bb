"""The document properties by which a workbook of results is recognised, in whatever language its words are.

Their names are codes and never change: ``Delink run`` holds the run, ``Delink column outcome`` the heading of the column of
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
"""The property whose value is the name of the run."""

_COLUMN, _WORKSHEET = "Delink column ", "Delink worksheet "
_LONGEST_VALUE = 255
_LARGEST_PART = 1024 * 1024

UNREADABLE = (OSError, EOFError, BadZipFile, zlib.error, NotImplementedError, RuntimeError, XmlDamaged, EntitiesFound)
"""What a damaged or encrypted zip archive raises; such a file is none of ours."""

_Code = TypeVar("_Code", bound=StrEnum)


def properties_of(words: ResultWords) -> Iterator[tuple[str, str]]:
    """Yield name and value of each property that says what the columns and worksheets of a file are called."""
    for column, heading in words.columns.items():
        yield f"{_COLUMN}{column}", clean(heading)[:_LONGEST_VALUE]
    for sheet, name in words.sheets.items():
        yield f"{_WORKSHEET}{sheet}", worksheet_name(name)


def words_of(properties: Mapping[str, str]) -> ResultWords | None:
    """Return the words that a file brings along; None if it is none of ours, or of a version that did not write them."""
    columns = _words_by_code(properties, _COLUMN, ResultColumn)
    if not set(OUTCOME_COLUMNS) <= columns.keys():
        return None
    return ResultWords(columns, _words_by_code(properties, _WORKSHEET, ResultSheet))


def words_in(path: Path) -> ResultWords | None:
    """Apply :func:`words_of` to a workbook. None if its properties cannot be read: no sheet is refused for that."""
    try:
        with ZipFile(path) as archive:
            return words_of(custom_properties(archive))
    except UNREADABLE:
        return None


def custom_properties(archive: ZipFile) -> dict[str, str]:
    """Return the properties that somebody gave a workbook, as Excel or as .ods keeps them. Raises UNREADABLE."""
    in_excel = texts_of(archive, "docProps/custom.xml", lambda _, attributes: attributes.get("name"))
    return in_excel or texts_of(archive, "meta.xml", _name_in_ods)


def _name_in_ods(element: str, attributes: Mapping[str, str]) -> str | None:
    names = (value for name, value in attributes.items() if name.endswith(":name"))
    return next(names, None) if element == "user-defined" else None


def texts_of(archive: ZipFile, part: str, name_of: Callable[[str, dict[str, str]], str | None]) -> dict[str, str]:
    """Return the text of each element to which ``name_of`` gives a name; empty if there is no such (small) part."""
    texts: dict[str, str] = {}
    if part not in archive.namelist() or archive.getinfo(part).file_size > _LARGEST_PART:
        return texts

    def open_element(element: str, attributes: dict[str, str]) -> None:
        if (name := name_of(element, attributes)) is not None:
            texts[name] = ""

    def add_text(text: str) -> None:
        if texts:
            texts[next(reversed(texts))] += text

    with archive.open(part) as stream:
        read_xml(stream, on_start=open_element, on_text=add_text)
    return texts


def _words_by_code(properties: Mapping[str, str], prefix: str, codes: type[_Code]) -> dict[_Code, str]:
    names = ((code, properties.get(f"{prefix}{code}", "").strip()) for code in codes)
    return {code: name for code, name in names if name}
