"""Looks at what stands where results are to go: is it the sheet itself, did we write it, was it saved again since?

Every program that saves a workbook anew sets the time of its last change; ours says the same time for both, because it is
written once. A program that keeps document properties keeps ours, so the property alone does not say that nothing changed.
"""

import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from desktop.domain.result_targets import NOTHING_THERE, Target
from desktop.sheets.own_results import ALL_ROWS, SUMMARY
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml

RUN_PROPERTY = "Delink run"
"""The custom document property of our workbooks of results; its value is the run."""

_LARGEST_PART = 1024 * 1024
# What a zip archive raises that is damaged or encrypted; such a file is none of ours.
_UNREADABLE = (OSError, EOFError, BadZipFile, zlib.error, NotImplementedError, RuntimeError, XmlDamaged, EntitiesFound)


def look_at_target(path: Path, sheet: Path) -> Target:
    """What stands at ``path``; ``sheet`` is the run's own sheet, which may be gone."""
    is_sheet = _is_same_file(path, sheet)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Target(exists=False, is_sheet=True) if is_sheet else NOTHING_THERE
    except OSError:
        return Target(exists=True, is_sheet=is_sheet)
    if stat.S_ISDIR(found.st_mode):
        return NOTHING_THERE  # nothing is replaced: a file cannot take a folder's name, and writing says so
    if not stat.S_ISREG(found.st_mode):
        return Target(exists=True, is_sheet=is_sheet)
    run, has_our_sheets, saved_once = _marks_of(path)
    return Target(True, is_sheet, _digest_of(path), run, has_our_sheets, saved_once)


def _is_same_file(path: Path, other: Path) -> bool:
    """By any spelling, through links and, where the disk knows that, by a second name of the same file."""
    with suppress(OSError, ValueError):
        if path.samefile(other):
            return True
    return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(other))


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _marks_of(path: Path) -> tuple[str, bool, bool]:
    """The run that its property names, whether its worksheets are called as ours, and whether it was saved only once."""
    try:
        with ZipFile(path) as archive:
            properties = _texts(archive, "docProps/custom.xml", lambda _, attributes: attributes.get("name"))
            times = _texts(archive, "docProps/core.xml", lambda element, _: element)
            worksheets = _texts(archive, "xl/workbook.xml", _name_of_worksheet)
    except _UNREADABLE:
        return "", False, False
    created = times.get("created", "")
    has_our_sheets = list(worksheets)[:2] == [SUMMARY, ALL_ROWS]
    return properties.get(RUN_PROPERTY, ""), has_our_sheets, bool(created) and created == times.get("modified")


def _name_of_worksheet(element: str, attributes: Mapping[str, str]) -> str | None:
    return attributes.get("name") if element == "sheet" else None


def _texts(archive: ZipFile, part: str, name_of: Callable[[str, dict[str, str]], str | None]) -> dict[str, str]:
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
