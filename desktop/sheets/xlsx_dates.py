"""Decide which numbers of an .xlsx workbook are shown as dates, and how (ECMA-376 part 1, 18.8.30 and 18.17.4).

A date is a number of days with a format that shows one; openpyxl knows the formats and counts the days. A number that is no day
of any calendar stays what is stored, whatever its format: an ID does not become a date because somebody gave its column the
wrong format.
"""

import io
import re
from collections.abc import Mapping
from datetime import datetime, time

from desktop.sheets.open_xml import Package, Workbook
from desktop.sheets.stored_cells import shown
from desktop.sheets.xml_stream import Tree, encoding_of, parse, placed_parser, read_xml

_LAST_DAY = 2_958_465.999999  # 31 December 9999
_LONGEST_WHOLE = 7
_BUILT_IN = {*range(14, 23), *range(45, 48)}
_EAST_ASIAN = {*range(27, 37), *range(50, 59)}  # dates too, in a code that depends on the language of the system
_MOST_AT_ONCE = 64 * 1024 * 1024
_PLACES: Tree = {"numFmts": {"numFmt": {}}, "cellXfs": {"xf": {}}}
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml [^<>]*+>\s*+)?+<styleSheet[\s>]")
_STYLE = re.compile(rb'<xf(?: (?!numFmtId=)[^<>"\s=]++="[^<>"]*+")*+ numFmtId="([0-9]{1,9})"')
_ANY_STYLE = re.compile(rb"<xf[\s/>]")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?", re.ASCII)


class Dates:
    """Knows which styles of cells (by number) are of dates and of durations."""

    def __init__(self, dates: set[str], durations: set[str], *, from_1904: bool) -> None:
        self._dates = dates
        self._durations = durations
        self._start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # as openpyxl names the calendars

    @staticmethod
    def may_be(literal: str) -> bool:
        """False for a number that is no day of any calendar. It must be cheap: it is asked for every number with a style."""
        return len(literal.partition(".")[0]) <= _LONGEST_WHOLE or "E" in literal or "e" in literal

    def has(self, style: str) -> bool:
        return style in self._dates or style in self._durations

    def shown(self, literal: str, style: str) -> str | None:
        """Return the date or duration as text; None if the number is neither."""
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


def read_dates(package: Package, workbook: Workbook) -> Dates:
    """Read the styles. Raises KeyError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error."""
    styles = _Styles()
    if workbook.styles and not (
        package.size(workbook.styles) <= _MOST_AT_ONCE and _read_at_once(package, workbook.styles, styles)
    ):
        styles = _Styles()
        with package.open(workbook.styles) as stream:
            parse(placed_parser(_PLACES, styles.see, lambda _: None), stream)
    kinds = {number: _kind_of(number, styles.formats.get(number)) for number in set(styles.used)}
    dates, durations = (
        {str(place) for place, number in enumerate(styles.used) if kinds[number] == kind} for kind in ("date", "duration")
    )
    return Dates(dates, durations, from_1904=workbook.from_1904)


class _Styles:
    """Collects the codes of number formats by their numbers, and the format number of each style of cells."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.used: list[str] = []

    def see(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle an element of the styles."""
        if element == "xf":
            self.used.append(attributes.get("numFmtId", ""))
        elif element == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")


def _read_at_once(package: Package, part: str, styles: _Styles) -> bool:
    """Read the two lists that matter past a parser; False if they are not written as programs write them.

    Workbooks that were copied into one another for years have ten thousands of fonts and styles, and nobody needs the fonts.
    """
    with package.open(part) as stream:
        raw = stream.read()
    is_plain = encoding_of(raw) is None and b"<!" not in raw and _ROOT.match(raw) is not None
    formats, used = _section(raw, b"numFmts"), _section(raw, b"cellXfs")
    if not is_plain or formats is None or used is None:
        return False
    numbers: list[bytes] = _STYLE.findall(used)
    if len(numbers) != len(_ANY_STYLE.findall(used)):
        return False
    styles.used = list(map(bytes.decode, numbers))
    read_xml(io.BytesIO(b"<styleSheet>%b</styleSheet>" % formats), styles.see)
    return True


def _section(raw: bytes, name: bytes) -> bytes | None:
    """Return the whole element of this name, empty if there is none; None if it is unclear where it is."""
    mentions = raw.count(name)
    if mentions == 0:
        return b""
    start, end = raw.find(b"<%b" % name), raw.find(b"</%b>" % name)
    return raw[start : end + len(name) + 3] if mentions == 2 and 0 <= start < end else None


def _kind_of(number: str, code: str | None) -> str:
    format_number = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if code is None and format_number in _EAST_ASIAN:
        return "date"
    if code is None and format_number not in _BUILT_IN:
        return ""  # nearly every style of nearly every sheet: it is not worth loading the library for
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    shown_as = BUILTIN_FORMATS[format_number] if code is None else code
    if is_timedelta_format(shown_as):
        return "duration"
    return "date" if is_date_format(shown_as) else ""
