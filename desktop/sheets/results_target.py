"""Find out what stands where results are to go: is it the sheet itself, did we write it, was it saved again since?

Every program that saves a workbook sets the time of its last change; ours sets that and the time of creation equal, because it
writes the file once. A program that keeps document properties keeps ours, so the property alone does not prove that nothing
changed.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

from desktop.domain.result_tables import ENGLISH_WORDS, ResultSheet
from desktop.domain.result_targets import NOTHING_THERE, Target
from desktop.sheets.document_properties import RUN_PROPERTY, UNREADABLE, custom_properties, texts_of

# Compared only with workbooks without our property; the versions that wrote those spoke English.
_OUR_SHEETS = [ENGLISH_WORDS.sheets[ResultSheet.SUMMARY], ENGLISH_WORDS.sheets[ResultSheet.ALL_ROWS]]


def look_at_target(path: Path, sheet: Path) -> Target:
    """Describe what stands at ``path``; ``sheet`` is the run's own sheet, which may be gone."""
    is_sheet = _is_same_file(path, sheet)
    try:
        status = path.stat()
    except (OSError, ValueError):  # no such file, or a path where none can be written: writing will say so
        return Target(exists=False, is_sheet=True) if is_sheet else NOTHING_THERE
    if stat.S_ISDIR(status.st_mode):
        return NOTHING_THERE  # nothing is replaced: a file cannot take a folder's name, and writing will say so
    if not stat.S_ISREG(status.st_mode):
        return Target(exists=True, is_sheet=is_sheet)
    run, has_our_sheets, saved_once = _marks_of(path)
    return Target(True, is_sheet, _digest_of(path), run, has_our_sheets, saved_once)


def _is_same_file(path: Path, other: Path) -> bool:
    """Compare by any spelling, through links and, where the disk knows that, by a second name of the same file."""
    with suppress(OSError, ValueError):
        if path.samefile(other):
            return True
    with suppress(OSError, ValueError):
        return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(other))
    return False


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _marks_of(path: Path) -> tuple[str, bool, bool]:
    """Return the run in the property, whether the worksheets have our names, and whether the file was saved only once."""
    try:
        with ZipFile(path) as archive:
            properties = custom_properties(archive)
            times = texts_of(archive, "docProps/core.xml", lambda element, _: element)
            worksheets = texts_of(archive, "xl/workbook.xml", _name_of_worksheet)
    except UNREADABLE:
        return "", False, False
    created = times.get("created", "")
    has_our_sheets = list(worksheets)[:2] == _OUR_SHEETS
    return properties.get(RUN_PROPERTY, ""), has_our_sheets, bool(created) and created == times.get("modified")


def _name_of_worksheet(element: str, attributes: Mapping[str, str]) -> str | None:
    return attributes.get("name") if element == "sheet" else None
