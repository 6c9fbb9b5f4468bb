"""Which numbers of an .xlsx workbook are shown as dates, and how (ECMA-376 part 1, 18.8.30 and 18.17.4).

A date is a number of days with a format that shows one; openpyxl knows the formats and counts the days. A number that is
no day of any calendar stays what is stored, whatever its format: an ID does not become a date because somebody gave its
column the wrong format.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time

from desktop.sheets.open_xml import Book, Package
from desktop.sheets.stored_cells import shown
from desktop.sheets.xml_stream import read_xml

_LAST_DAY = 2_958_465.999999  # 31 December 9999
_LONGEST_WHOLE = 7
_BUILT_IN = {*range(14, 23), *range(45, 48)}
_EAST_ASIAN = {*range(27, 37), *range(50, 59)}  # dates too, in a code that depends on the language of the system
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?", re.ASCII)


class Dates:
    """Which styles of cells, by their numbers, are of dates and of durations."""

    def __init__(self, dates: set[str], durations: set[str], *, from_1904: bool) -> None:
        self._dates = dates
        self._durations = durations
        self._start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # as openpyxl names the calendars

    @staticmethod
    def may_be(literal: str) -> bool:
        """False for a number that is no day of any calendar; cheap, because every number with a style is asked."""
        return len(literal.partition(".")[0]) <= _LONGEST_WHOLE or "E" in literal or "e" in literal

    def has(self, style: str) -> bool:
        """True for a style of dates or durations."""
        return style in self._dates or style in self._durations

    def shown(self, literal: str, style: str) -> str | None:
        """The date or duration as text; None for a number that is none."""
        is_duration = style in self._durations
        if not (is_duration or style in self._dates) or _NUMBER.fullmatch(literal) is None:
            return None
        days = float(literal)
        if not 0 <= days <= _LAST_DAY:
            return None
        from openpyxl.utils.datetime import from_excel

        try:
            moment = from_excel(days, self._start, timedelta=is_duration)
        except (OverflowError, ValueError):
            return None
        is_midnight = isinstance(moment, datetime) and moment.time() == time()
        return shown(moment.date() if is_midnight else moment)


def read_dates(package: Package, book: Book) -> Dates:
    """What the styles say. Raises KeyError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error."""
    formats: dict[str, str] = {}
    used: list[str] = []
    in_cells = False

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal in_cells
        if element == "cellXfs":
            in_cells = True
        elif element == "xf" and in_cells:
            used.append(attributes.get("numFmtId", ""))
        elif element == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def end(element: str) -> None:
        nonlocal in_cells
        in_cells = in_cells and element != "cellXfs"

    if book.styles:
        with package.open(book.styles) as stream:
            read_xml(stream, start, on_end=end)
    kinds = {number: _kind_of(number, formats.get(number)) for number in set(used)}
    dates, durations = (
        {str(place) for place, number in enumerate(used) if kinds[number] == kind} for kind in ("date", "duration")
    )
    return Dates(dates, durations, from_1904=book.from_1904)


def _kind_of(number: str, code: str | None) -> str:
    whole = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if code is None and whole in _EAST_ASIAN:
        return "date"
    if code is None and whole not in _BUILT_IN:
        return ""  # nearly every style of nearly every sheet: the library is not loaded for it
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    shown_as = BUILTIN_FORMATS[whole] if code is None else code
    if is_timedelta_format(shown_as):
        return "duration"
    return "date" if is_date_format(shown_as) else ""
